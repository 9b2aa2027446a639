/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_language.c - the language of a document and of its blocks
 *
 * The whole text is asked first. Where it proves nothing, since it is in two
 * languages or most of it is names, the blocks are: the document's language is
 * the one that most of them are in, and it must be proven by most blocks that
 * are long enough to prove anything. A block gets a language of its own only
 * where it proves another one. Without proof there is no language: nothing is
 * guessed. Ends the process where memory runs out.
 */
#include <docket/annotator.h>

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language_file.h"
#include "tally.h"

struct annotator_language {
	struct languages *languages;
};

/* What the blocks say. */
struct survey {
	int *verdicts; /* of each block; -1: nothing */
	struct tally all;
	struct tally block;		   /* the one that is looked at */
	uint64_t letters[LANGUAGES_LIMIT]; /* in blocks that prove it */
	uint64_t unproven; /* letters in long blocks that prove nothing */
};

/* What holds other blocks, or is no prose. */
static bool
is_text(const struct docket_job *job, size_t index,
	const struct docket_block *block)
{
	if (block->kind == DOCKET_BLOCK_LINE || block->start == block->end)
		return false;
	return index + 1 == docket_job_blocks(job) ||
	       docket_job_block(job, index + 1).start >= block->end;
}

static void
survey_block(const struct languages *languages, struct docket_bytes text,
	     struct survey *survey, size_t index)
{
	struct tally *tally = &survey->block;
	int verdict;

	tally_text(languages, text, tally);
	tally_add(languages, &survey->all, tally);
	verdict = tally_judge(languages, tally);
	survey->verdicts[index] = verdict;
	if (verdict >= 0)
		survey->letters[verdict] += tally->letters;
	else if (tally_is_long(languages, tally))
		survey->unproven += tally->letters;
}

static void
survey_blocks(const struct languages *languages, const struct docket_job *job,
	      struct survey *survey)
{
	struct docket_bytes text = docket_job_text(job);

	for (size_t i = 0; i < docket_job_blocks(job); i++) {
		struct docket_block block = docket_job_block(job, i);

		survey->verdicts[i] = -1;
		if (is_text(job, i, &block))
			survey_block(languages,
				     (struct docket_bytes){
					     text.data + block.start,
					     block.end - block.start },
				     survey, i);
	}
}

static int
judge_document(const struct languages *languages, const struct survey *survey)
{
	int best = tally_judge(languages, &survey->all);

	if (best >= 0)
		return best;
	for (size_t i = 0; i < languages->count; i++)
		if (survey->letters[i] > survey->unproven &&
		    (best < 0 || survey->letters[i] > survey->letters[best]))
			best = (int)i;
	return best;
}

static void
put_languages(struct docket_job *job, const struct languages *languages,
	      const struct survey *survey, int document)
{
	size_t count = docket_job_blocks(job);

	if (document >= 0) {
		const char *code = languages->items[document].code;

		docket_put_field(job, DOCKET_FIELD_LANGUAGE,
				 (struct docket_bytes){ code, strlen(code) });
	}
	for (size_t i = 0; i < count; i++)
		if (survey->verdicts[i] >= 0 && survey->verdicts[i] != document)
			docket_set_block_language(
				job, i,
				languages->items[survey->verdicts[i]].code);
}

static enum docket_status
annotate(void *self, struct docket_job *job)
{
	const struct annotator_language *annotator = self;
	const struct languages *languages = annotator->languages;
	size_t count = docket_job_blocks(job);
	struct survey survey = {
		.verdicts = calloc(count ? count : 1, sizeof(int)),
	};

	if (!survey.verdicts)
		abort();
	tally_init(languages, &survey.all);
	tally_init(languages, &survey.block);
	survey_blocks(languages, job, &survey);
	put_languages(job, languages, &survey,
		      judge_document(languages, &survey));
	tally_fini(&survey.all);
	tally_fini(&survey.block);
	free(survey.verdicts);
	return DOCKET_OK;
}

static void
forget(void *self)
{
	struct annotator_language *annotator = self;

	annotator->languages = languages_free(annotator->languages);
}

/* Here, not in open(): it reads files. */
static enum docket_status
prepare(void *self)
{
	struct annotator_language *annotator = self;
	struct data_error error;
	char folder[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s/languages", docket_data_folder());
	annotator->languages = languages_new();
	if (!language_file_read_folder(annotator->languages, folder, &error))
		return DOCKET_OK;
	docket_log("%s", error.text);
	forget(annotator);
	return DOCKET_BROKEN;
}

static const char *const data[] = { "languages", NULL };

static const struct docket_annotator annotator = {
	.annotate = annotate,
	.order = 10,
};

DOCKET_PLUGIN = {
	.name = "language",
	.summary = "The language of documents and of their blocks",
	.data = data,
	.self_size = sizeof(struct annotator_language),
	.prepare = prepare,
	.close = forget,
	.annotator = &annotator,
};
