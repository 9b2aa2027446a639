/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unpack.h - the members of an archive, one after the other, within limits
 */
#ifndef PARSER_ARCHIVE_UNPACK_H
#define PARSER_ARCHIVE_UNPACK_H

#include <stdbool.h>

#include <docket/plugin.h>

#define UNPACK_ENTRIES_LIMIT 1000
#define UNPACK_BYTES_LIMIT (256u << 20)
/* Unpacked to packed, where it is more than this floor. */
#define UNPACK_RATIO_LIMIT 100
#define UNPACK_RATIO_FLOOR (1u << 20)

enum unpack_result {
	UNPACK_MEMBER, /* there is one */
	UNPACK_END,    /* there are no more */
	UNPACK_DAMAGED,
	UNPACK_ENCRYPTED,
	UNPACK_ENTRIES,	  /* more than the limit */
	UNPACK_EXPANSION, /* more than the limit of bytes, or the ratio */
};

/* What is no document, by why it is left out. */
enum unpack_kind {
	UNPACK_FILE, /* a document */
	UNPACK_FOLDER,
	UNPACK_LINK,
	UNPACK_DEVICE, /* pipes and sockets, too */
	UNPACK_EMPTY,
	UNPACK_LITTER, /* what file managers leave behind */
	UNPACK_KIND_COUNT
};

struct unpack_member {
	struct docket_bytes name; /* its path: any bytes */
	struct docket_bytes content;
};

struct archive;

struct unpack {
	struct archive *archive;
	struct docket_bytes packed; /* lent */
	char *data;		    /* of the member at hand */
	size_t capacity;
	uint64_t total; /* bytes unpacked so far */
	uint32_t entries;
	uint32_t counts[UNPACK_KIND_COUNT];
	/* Of one compressed file, not an archive: what it is called. */
	const char *single_name;
	char error[128]; /* what the library says of the damage */
};

/* false: out of memory, or a limit of the process. */
bool unpack_open(struct unpack *unpack, struct docket_bytes packed,
		 const char *single_name);
void unpack_close(struct unpack *unpack);

/*
 * The next regular file that is not empty and no litter. What it lends lives
 * until the next call. Nothing is ever written anywhere.
 */
enum unpack_result unpack_next(struct unpack *unpack,
			       struct unpack_member *out_member);

/* How many bytes of the packed ones were read. */
uint64_t unpack_tell(const struct unpack *unpack);

#endif
