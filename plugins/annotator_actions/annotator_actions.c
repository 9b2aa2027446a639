/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_actions.c - what a document decides, asks for and states
 *
 * Reads the text once, passage by passage, with what annotators before it have
 * marked and told apart: names, and the roles of paragraphs. Ends the process
 * where memory runs out.
 */
#include <docket/annotator.h>

#include "action.h"

struct annotator_actions {
	struct verbs verbs;
};

static enum docket_status
annotate(void *self, struct docket_job *job)
{
	const struct annotator_actions *annotator = self;
	struct parties parties;
	struct passages passages;
	struct finds finds = { 0 };
	struct action_reader reader = {
		.verbs = &annotator->verbs,
		.parties = &parties,
	};

	parties_read(&parties, job);
	passages_open(&passages, job, annotator->verbs.writing);
	while (passages_next(&passages))
		action_read(&reader, &passages, &finds);
	passages_close(&passages);
	finds_put(&finds, job);
	finds_fini(&finds);
	parties_fini(&parties);
	return DOCKET_OK;
}

static void
forget(void *self)
{
	struct annotator_actions *annotator = self;

	verbs_fini(&annotator->verbs);
}

/* Here, not in open(): it reads files. */
static enum docket_status
prepare(void *self)
{
	struct annotator_actions *annotator = self;
	struct data_error error;

	if (!verbs_read(&annotator->verbs, docket_data_folder(), &error))
		return DOCKET_OK;
	docket_log("%s", error.text);
	forget(annotator);
	return DOCKET_BROKEN;
}

static const char *const data[] = { "languages", NULL };

static const struct docket_annotator annotator = {
	.annotate = annotate,
	.order = 50,
};

DOCKET_PLUGIN = {
	.name = "actions",
	.summary = "What a text decides, asks for and states, by whom, of whom",
	.data = data,
	.self_size = sizeof(struct annotator_actions),
	.prepare = prepare,
	.close = forget,
	.annotator = &annotator,
};
