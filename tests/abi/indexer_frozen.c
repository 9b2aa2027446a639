/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexer_frozen.c - an indexer of version 1: every callback and function
 *
 * Its index is one file with its last sequence and a line of tokens for each
 * arrival; in memory it is the same.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi_1_host.h"

#define ROWS 8

struct frozen {
	char path[4096];
	uint64_t sequence;
	char *rows[ROWS]; /* tokens of an arrival, a space before each */
};

static enum abi1_status
frozen_open(void *self)
{
	struct frozen *frozen = self;
	char line[65536];
	FILE *file;

	snprintf(frozen->path, sizeof(frozen->path), "%s/index.%u",
		 docket_state_folder(), (unsigned)docket_word_version());
	file = fopen(frozen->path, "re");
	if (!file)
		return ABI1_OK;
	if (fgets(line, sizeof(line), file))
		frozen->sequence = strtoull(line, NULL, 10);
	for (size_t i = 0; i < ROWS && fgets(line, sizeof(line), file); i++)
		if (line[0] != '\n')
			frozen->rows[i] = strdup(line);
	fclose(file);
	return ABI1_OK;
}

static enum abi1_status
frozen_resume(void *self, uint64_t *out_sequence)
{
	const struct frozen *frozen = self;

	*out_sequence = frozen->sequence;
	return ABI1_OK;
}

static enum abi1_status
frozen_remove(void *self, uint64_t arrival, const struct abi1_record *record)
{
	struct frozen *frozen = self;

	(void)record;
	free(frozen->rows[arrival % ROWS]);
	frozen->rows[arrival % ROWS] = NULL;
	return ABI1_OK;
}

/* Everything a record gives is looked at, so that a crash would show. */
static int
is_whole(const struct abi1_record *record)
{
	struct abi1_bytes text = docket_record_text(record);

	for (size_t i = 0; i < docket_record_parts(record); i++)
		if (docket_record_part(record, i).end > text.size)
			return 0;
	for (size_t i = 0; i < docket_record_blocks(record); i++)
		if (docket_record_block(record, i).end > text.size ||
		    docket_record_block(record, i).anchor.size == 0)
			return 0;
	for (size_t i = 0; i < docket_record_marks(record); i++)
		if (docket_record_mark(record, i).end > text.size)
			return 0;
	return text.size == 0 ||
	       docket_record_field(record, ABI1_FIELD_MEDIA_TYPE, 0).size > 0;
}

static enum abi1_status
frozen_put(void *self, uint64_t arrival, const struct abi1_record *record)
{
	struct frozen *frozen = self;
	struct abi1_bytes tokens = docket_record_tokens(record);
	char *row;

	if (!is_whole(record))
		return ABI1_BROKEN;
	frozen_remove(self, arrival, record);
	row = malloc(tokens.size + 3);
	row[0] = ' ';
	memcpy(row + 1, tokens.data, tokens.size);
	strcpy(row + 1 + tokens.size, "\n");
	frozen->rows[arrival % ROWS] = row;
	return ABI1_OK;
}

static enum abi1_status
frozen_commit(void *self, uint64_t sequence)
{
	struct frozen *frozen = self;
	FILE *file = fopen(frozen->path, "we");

	if (!file)
		return ABI1_RETRY;
	frozen->sequence = sequence;
	fprintf(file, "%" PRIu64 "\n", sequence);
	for (size_t i = 0; i < ROWS; i++)
		fputs(frozen->rows[i] ? frozen->rows[i] : "\n", file);
	return fclose(file) ? ABI1_RETRY : ABI1_OK;
}

/* Is that token, or the '=' twin of one, in a row? */
static int
has_token(const char *row, struct abi1_bytes token)
{
	char needle[300];
	char twin[300];

	snprintf(needle, sizeof(needle), " %.*s ", (int)token.size, token.data);
	snprintf(twin, sizeof(twin), " =%.*s ", (int)token.size, token.data);
	return row && (strstr(row, needle) || strstr(row, twin));
}

/* By the first token of each variant of the first clause. */
static enum abi1_status
frozen_find(void *self, const struct abi1_query *query, size_t limit,
	    struct abi1_finding *finding)
{
	const struct frozen *frozen = self;
	struct abi1_clause clause = docket_query_clause(query, 0);

	(void)limit;
	if (docket_query_clauses(query) == 0 || clause.variants == 0 ||
	    clause.tokens == 0 || clause.is_excluded) {
		docket_finding_explain(finding, "Not %s.", "that");
		return ABI1_REJECT;
	}
	for (size_t i = 0; i < ROWS; i++) {
		size_t variant = 0;

		while (variant < clause.variants &&
		       !has_token(frozen->rows[i],
				  docket_query_token(query, 0, variant, 0)))
			variant++;
		if (variant < clause.variants)
			docket_put_hit(finding, i, 1.5);
	}
	return ABI1_OK;
}

static void
frozen_close(void *self)
{
	struct frozen *frozen = self;

	for (size_t i = 0; i < ROWS; i++)
		free(frozen->rows[i]);
}

static const struct abi1_indexer indexer = {
	.resume = frozen_resume,
	.put = frozen_put,
	.remove = frozen_remove,
	.commit = frozen_commit,
	.find = frozen_find,
};

ABI1_PLUGIN(112, 56, 0, 0, 40, 0) = {
	.name = "frozen",
	.wants = ABI1_WANT_TOKENS,
	.self_size = sizeof(struct frozen),
	.open = frozen_open,
	.close = frozen_close,
	.indexer = &indexer,
};
