/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arrival.h - one thing taken in at one time from one place, and its states
 *
 * The row of the journal, and what travels to whoever lists it.
 */
#ifndef LIB_ARRIVAL_H
#define LIB_ARRIVAL_H

#include "digest.h"
#include "json.h"

/* Numbers are stored: append only. */
enum arrival_state {
	ARRIVAL_NEW = 0,     /* no row yet */
	ARRIVAL_QUEUED = 1,  /* durable here, waits for a reader */
	ARRIVAL_READING = 2, /* leased to a reader */
	ARRIVAL_BLOCKED = 3, /* no plugin reads it now */
	ARRIVAL_DONE = 4,
	ARRIVAL_DUPLICATE = 5,
	ARRIVAL_QUARANTINED = 6,
	ARRIVAL_IGNORED = 7,
	ARRIVAL_VANISHED = 8,
	ARRIVAL_SUPERSEDED = 9,
	ARRIVAL_DISCARDED = 10, /* quarantined, until a person gave it up */
	ARRIVAL_STATE_COUNT
};

/* How it came. Numbers are stored. */
enum arrival_origin {
	ORIGIN_MOVED = 1,   /* renamed or linked in */
	ORIGIN_WRITTEN = 2, /* written in place */
	ORIGIN_FOUND = 3,   /* by a rescan */
	ORIGIN_ADDED = 4,   /* docket add */
	ORIGIN_CHILD = 5,   /* out of another document */
	ORIGIN_COUNT
};

/* Borrowed strings; data NULL where unknown. */
struct arrival {
	uint64_t number;   /* 1, 2, 3 ... the number people cite */
	uint32_t state;	   /* enum arrival_state */
	uint32_t origin;   /* enum arrival_origin */
	uint64_t parent;   /* 0: none */
	uint64_t original; /* duplicate: the arrival that is done */
	struct docket_bytes inbox;
	struct docket_bytes name; /* bytes, as the file was called */
	struct digest digest;	  /* zeros until known */
	uint64_t size;		  /* bytes */
	int64_t received_ms;	  /* since 1970-01-01 UTC */
	int64_t settled_ms;	  /* when it reached a final state; 0 */
	uint32_t attempts;	  /* readers it was started in */
	uint32_t retries;	  /* times a plugin asked for another time */
	int64_t not_before_ms;	  /* it rests until then; 0 */
	/* where the original bytes came from: recognised after a crash */
	uint64_t device;
	uint64_t inode;
	int64_t mtime_ns;
	uint32_t owner; /* uid */
	/* out of the record */
	struct docket_bytes media_type;
	struct docket_bytes language;
	struct docket_bytes class;
	struct docket_bytes symbols; /* separated by line feeds */
	struct docket_bytes date;
	struct docket_bytes title;
	/* why it is where it is */
	struct docket_bytes stage;
	struct docket_bytes plugin;
	struct docket_bytes reason; /* one word */
	struct docket_bytes detail; /* a sentence */
};

const char *arrival_state_name(enum arrival_state state);
/* The state of that name, or -1. Past the end a name is "unknown". */
int arrival_state_of(const char *name);
const char *arrival_origin_name(enum arrival_origin origin);

/* Will it never move again by itself? */
bool arrival_is_final(enum arrival_state state);

/* What a person can do about one in quarantine; NULL for any other. */
const char *arrival_cure(const struct arrival *arrival);

/*
 * Pair. A body begins with its version: a later release that appends members
 * or states raises it, reads older bodies (what they lack is zero), and what
 * is newer than the reader is refused. Decoding lends from the bytes.
 * 0, or -EBADMSG.
 */
void arrival_encode(struct buffer *out, const struct arrival *arrival);
int arrival_decode(struct docket_bytes from, struct arrival *out_arrival);

/*
 * The members of a JSON object that is open: what docket list --json prints.
 * All keys are always there; what is not known is null.
 */
void arrival_put_json(struct json *json, const struct arrival *arrival);

/* Of these: "name", or "name_base64" where it is not UTF-8, the other null. */
void arrival_put_name(struct json *json, struct docket_bytes name);
/* "symbols", an array of the lines. */
void arrival_put_symbols(struct json *json, struct docket_bytes symbols);

#endif
