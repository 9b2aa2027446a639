/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_reference.c - what a document cites
 *
 * Reads the text once, passage by passage: symbols and instruments are marked
 * as they come, resolutions and decisions by number when the whole text has
 * told whose they are. The document's own symbols are no references. Ends the
 * process where memory runs out.
 */
#include <docket/annotator.h>

#include <stdbool.h>
#include <string.h>

#include "settle.h"

struct annotator_reference {
	struct vocabulary vocabulary;
};

static bool
is_resolution(const struct docket_job *job)
{
	static const char *const classes[] = { "resolution", "decision" };
	struct docket_bytes class =
		docket_job_field(job, DOCKET_FIELD_CLASS, 0);

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (class.size >= strlen(classes[i]) &&
		    memcmp(class.data, classes[i], strlen(classes[i])) == 0)
			return true;
	return false;
}

static bool
is_right_to_left(const struct passages *passages)
{
	for (size_t i = 0; i < passages->tokens.count; i++)
		if (passages->tokens.items[i].kind == TOKEN_WORD)
			return passages->tokens.items[i].script ==
			       SCRIPT_ARABIC;
	return false;
}

/* Is it a symbol that the document bears, or one of a pair of them? */
static bool
is_own(const struct docket_job *job, const char *value)
{
	size_t size = strlen(value);

	for (size_t i = 0;; i++) {
		struct docket_bytes own =
			docket_job_field(job, DOCKET_FIELD_SYMBOL, i);
		const char *at = own.data;

		if (!own.data)
			return false;
		while ((at = memmem(at, own.size - (size_t)(at - own.data),
				    value, size))) {
			char after = at + size < own.data + own.size ? at[size]
								     : '\0';

			if ((at == own.data || at[-1] == '-') &&
			    (!after || after == '-'))
				return true;
			at++;
		}
	}
}

static void
drop_own(const struct docket_job *job, struct finds *finds)
{
	size_t kept = 0;

	for (size_t i = 0; i < finds->count; i++) {
		const struct find *find = &finds->items[i];

		if (find->kind != DOCKET_MARK_REFERENCE ||
		    !is_own(job, finds_string(finds, find->value)))
			finds->items[kept++] = *find;
	}
	finds->count = kept;
}

static enum docket_status
annotate(void *self, struct docket_job *job)
{
	const struct annotator_reference *annotator = self;
	const struct vocabulary *vocabulary = &annotator->vocabulary;
	struct citations citations;
	struct passages passages;
	struct finds finds = { 0 };
	struct signs signs = { 0 };

	citations_init(&citations, is_resolution(job));
	passages_open(&passages, job, vocabulary->writing);
	/* A running head is told from a list of documents by what it bears. */
	passages.has_lines =
		docket_job_field(job, DOCKET_FIELD_SYMBOL, 0).data != NULL;
	while (passages_next(&passages)) {
		if (passages.block.kind == DOCKET_BLOCK_LINE) {
			signs_read_line(vocabulary, &passages, &finds);
			continue;
		}
		signs_read(&signs, vocabulary, &passages, &finds);
		citations_take(&citations, vocabulary, &signs,
			       is_right_to_left(&passages));
	}
	passages_close(&passages);
	settle_citations(&citations, vocabulary,
			 docket_job_field(job, DOCKET_FIELD_SYMBOL, 0), &finds);
	drop_own(job, &finds);
	finds_put(&finds, job);
	signs_fini(&signs);
	citations_fini(&citations);
	finds_fini(&finds);
	return DOCKET_OK;
}

static void
forget(void *self)
{
	struct annotator_reference *annotator = self;

	vocabulary_fini(&annotator->vocabulary);
}

/* Here, not in open(): it reads files. */
static enum docket_status
prepare(void *self)
{
	struct annotator_reference *annotator = self;
	struct data_error error;

	if (!vocabulary_read(&annotator->vocabulary, docket_data_folder(),
			     &error))
		return DOCKET_OK;
	docket_log("%s", error.text);
	forget(annotator);
	return DOCKET_BROKEN;
}

static const char *const data[] = { "languages", "names", NULL };

static const struct docket_annotator annotator = {
	.annotate = annotate,
	.order = 30,
};

DOCKET_PLUGIN = {
	.name = "reference",
	.summary = "Documents, resolutions and treaties that a text cites",
	.data = data,
	.self_size = sizeof(struct annotator_reference),
	.prepare = prepare,
	.close = forget,
	.annotator = &annotator,
};
