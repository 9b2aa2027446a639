/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_official.c - a record becomes an official document
 *
 * The stages are in stages.h. A record that has parts or roles from its parser
 * keeps its structure and gets fields alone. Mail is left to its headers.
 * Ends the process where memory runs out.
 */
#include <docket/annotator.h>

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "lexicon_file.h"
#include "stages.h"

struct annotator_official {
	struct lexicon *lexicon;
};

static bool
is_mail(const struct docket_job *job)
{
	static const char prefix[] = "message/";
	struct docket_bytes type =
		docket_job_field(job, DOCKET_FIELD_MEDIA_TYPE, 0);

	return type.size >= sizeof(prefix) - 1 &&
	       memcmp(type.data, prefix, sizeof(prefix) - 1) == 0;
}

static void
understand(struct document *document)
{
	contents_mark(document);
	front_read(document);
	recommendation_read(document);
	split_recitals(document);
	furniture_mark(document);
	sections_find(document);
	join_mark(document);
	signature_mark(document);
	resolution_mark(document);
	numbering_mark(document);
	headings_mark(document);
}

static enum docket_status
annotate(void *self, struct docket_job *job)
{
	const struct annotator_official *annotator = self;
	struct document document;

	if (is_mail(job))
		return DOCKET_SKIP;
	document_init(&document, job, annotator->lexicon);
	understand(&document);
	fields_put(&document);
	if (!document.has_structure)
		put_structure(&document);
	document_fini(&document);
	return DOCKET_OK;
}

static void
forget(void *self)
{
	struct annotator_official *annotator = self;

	annotator->lexicon = lexicon_free(annotator->lexicon);
}

/* Here, not in open(): it reads files. */
static enum docket_status
prepare(void *self)
{
	struct annotator_official *annotator = self;
	struct data_error error;
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s/languages", docket_data_folder());
	annotator->lexicon = lexicon_new();
	if (!lexicon_file_read_folder(annotator->lexicon, folder, &error))
		return DOCKET_OK;
	docket_log("%s", error.text);
	forget(annotator);
	return DOCKET_BROKEN;
}

static const char *const data[] = { "languages", NULL };

static const struct docket_annotator annotator = {
	.annotate = annotate,
	.order = 20,
};

DOCKET_PLUGIN = {
	.name = "official",
	.summary = "Class, title, parties, parts and paragraphs of official "
		   "documents",
	.data = data,
	.self_size = sizeof(struct annotator_official),
	.prepare = prepare,
	.close = forget,
	.annotator = &annotator,
};
