/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_archive.c - archives: their members become arrivals of their own
 *
 * The record's text is the list of the members, so that an archive is found by
 * what is in it. An archive is taken whole or not at all: one that breaks off,
 * is locked or is too much is set aside, and none of its members is registered.
 * Ends the process where memory runs out.
 */
#include <docket/parser.h>

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unpack.h"

struct parser_archive {
	locale_t locale; /* in which names are UTF-8 */
};

/* What is said of an archive that is not taken. */
static const struct {
	const char *reason;
	const char *sentence;
} refusals[] = {
	[UNPACK_DAMAGED] = { "damaged", "The archive is damaged" },
	[UNPACK_ENCRYPTED] = { "encrypted", "The archive asks for a password" },
	[UNPACK_ENTRIES] = { "entries",
			     "The archive has more than 1,000 members" },
	[UNPACK_EXPANSION] = { "expansion",
			       "The archive unpacks to more than 256 MiB, or "
			       "to more than 100 times its size" },
};

/* What is said of members that are not taken; NULL: nothing worth saying. */
static const char *const omissions[UNPACK_KIND_COUNT] = {
	[UNPACK_LINK] = "Links in it that were not followed",
	[UNPACK_DEVICE] = "Devices and pipes in it that were left out",
	[UNPACK_EMPTY] = "Empty files in it that were left out",
	[UNPACK_LITTER] = "Files in it that programs leave behind, as "
			  ".DS_Store, and that were left out",
};

/* Compressions of one file: its name without this is that of the file. */
static const char *const suffixes[] = {
	".gz", ".bz2", ".xz", ".zst", ".lzma", ".lz", ".Z",
};

static const char *const single_types[] = {
	"application/gzip",	  "application/x-bzip2", "application/x-xz",
	"application/zstd",	  "application/x-lzma",	 "application/x-lzip",
	"application/x-compress",
};

static bool
may_be_single(struct docket_bytes type)
{
	for (size_t i = 0; i < sizeof(single_types) / sizeof(single_types[0]);
	     i++)
		if (type.size == strlen(single_types[i]) &&
		    memcmp(type.data, single_types[i], type.size) == 0)
			return true;
	return false;
}

/* "letter.txt" of "letter.txt.gz". To be freed; NULL without memory. */
static char *
name_single(struct docket_bytes name)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		size_t size = strlen(suffixes[i]);

		if (name.size > size && memcmp(name.data + name.size - size,
					       suffixes[i], size) == 0) {
			name.size -= size;
			break;
		}
	}
	return strndup(name.size ? name.data : "", name.size);
}

/* ---- the list ---- */

static void
put_cell(struct docket_job *job, struct docket_bytes text)
{
	const struct docket_block cell = { .kind = DOCKET_BLOCK_CELL };

	docket_open_block(job, &cell);
	docket_put_text(job, text);
	docket_close_block(job);
}

static void
put_row(struct docket_job *job, const struct unpack_member *member)
{
	const struct docket_block row = { .kind = DOCKET_BLOCK_ROW };
	char size[32];
	int count =
		snprintf(size, sizeof(size), "%zu bytes", member->content.size);

	docket_open_block(job, &row);
	put_cell(job, member->name);
	put_cell(job, (struct docket_bytes){ size, (size_t)count });
	docket_close_block(job);
}

static void
put_omissions(struct docket_job *job, const struct unpack *unpack)
{
	char sentence[128];

	for (int i = 0; i < UNPACK_KIND_COUNT; i++) {
		int size;

		if (!omissions[i] || !unpack->counts[i])
			continue;
		size = snprintf(sentence, sizeof(sentence), "%s: %" PRIu32 ".",
				omissions[i], unpack->counts[i]);
		docket_put_field(
			job, DOCKET_FIELD_WARNING,
			(struct docket_bytes){ sentence, (size_t)size });
	}
}

/* ---- the archive ---- */

static uint32_t
count_kib(uint64_t bytes)
{
	return (uint32_t)(bytes >> 10) + 1;
}

static enum docket_status
refuse(struct docket_job *job, const struct unpack *unpack,
       enum unpack_result result)
{
	docket_job_reason(job, refusals[result].reason);
	docket_job_explain(job, "%s%s%s.", refusals[result].sentence,
			   unpack->error[0] ? ": " : "", unpack->error);
	return DOCKET_REJECT;
}

static enum docket_status
put_members(struct docket_job *job, struct unpack *unpack)
{
	const struct docket_block table = { .kind = DOCKET_BLOCK_TABLE };
	struct unpack_member member;
	enum unpack_result result;

	docket_open_block(job, &table);
	while ((result = unpack_next(unpack, &member)) == UNPACK_MEMBER) {
		put_row(job, &member);
		docket_put_child(job, member.name, member.content);
		docket_job_progress(job, count_kib(unpack_tell(unpack)),
				    count_kib(unpack->packed.size));
	}
	docket_close_block(job);
	if (result != UNPACK_END)
		return refuse(job, unpack, result);
	put_omissions(job, unpack);
	if (!unpack->counts[UNPACK_FILE]) {
		docket_job_reason(job, "empty");
		docket_job_explain(job, "There is no document in the archive.");
		return DOCKET_REJECT;
	}
	return DOCKET_OK;
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	const struct parser_archive *parser = self;
	locale_t before = uselocale(parser->locale);
	enum docket_status status = DOCKET_BROKEN;
	struct unpack unpack;
	char *single = NULL;

	if (may_be_single(docket_job_media_type(job)))
		single = name_single(docket_job_name(job));
	if (unpack_open(&unpack, docket_job_bytes(job), single))
		status = put_members(job, &unpack);
	else
		status = refuse(job, &unpack, UNPACK_DAMAGED);
	unpack_close(&unpack);
	free(single);
	uselocale(before);
	return status;
}

/* ---- the plugin ---- */

static enum docket_status
prepare(void *self)
{
	struct parser_archive *parser = self;

	parser->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (parser->locale)
		return DOCKET_OK;
	docket_log("there is no locale C.UTF-8");
	return DOCKET_BROKEN;
}

static void
close_locale(void *self)
{
	struct parser_archive *parser = self;

	if (parser->locale)
		freelocale(parser->locale);
}

static const char *const types[] = {
	"application/zip",
	"application/x-tar",
	"application/x-7z-compressed",
	"application/x-cpio",
	"application/x-archive",
	"application/gzip",
	"application/x-bzip2",
	"application/x-xz",
	"application/zstd",
	"application/x-lzma",
	"application/x-lzip",
	"application/x-compress",
	NULL,
};

static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

DOCKET_PLUGIN = {
	.name = "archive",
	.summary = "Archives: zip, tar, 7z, cpio; compressed files",
	.needs = DOCKET_NEED_PROCESS,
	.self_size = sizeof(struct parser_archive),
	.prepare = prepare,
	.close = close_locale,
	.parser = &parser,
};
