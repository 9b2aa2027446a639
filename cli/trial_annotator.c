/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_annotator.c - an annotator on trial: what it adds to documents
 *
 * Owns two workers with the installed parsers and annotators, of which only
 * one has the plugin, too: what their records differ in is what it added.
 */
#include <stdlib.h>

#include "addition.h"
#include "log.h"
#include "trial_reading.h"

struct pair {
	struct worker_setup setups[2]; /* without it, with it */
	struct reader readers[2];
};

static int
open_pair(struct trial *trial, struct pair *pair)
{
	auto_free char *stem = mem_format("annotator_%.*s",
					  (int)trial->plugin->about.name.size,
					  trial->plugin->about.name.data);
	struct fault fault = { "" };

	for (int i = 0; i < 2; i++) {
		int error;

		pair->setups[i] = trial_setup(trial, ROLE_READER);
		error = worker_setup_add_installed(&pair->setups[i], stem,
						   &fault);
		reader_init(&pair->readers[i], &pair->setups[i],
			    trial->deadline_ms);
		if (error) {
			log_error("%s", fault.text);
			return FAULT_EXIT_CONFIG;
		}
	}
	trial_add_plugin(trial, &pair->setups[1]);
	return 0;
}

static void
close_pair(struct pair *pair)
{
	for (int i = 0; i < 2; i++) {
		reader_fini(&pair->readers[i]);
		worker_setup_fini(&pair->setups[i]);
	}
}

static void
print_addition(struct trial *trial, const struct source *source,
	       const struct docket_record *before,
	       const struct docket_record *after)
{
	size_t count;

	buffer_put_string(&trial->out->text, "\n");
	print_field(trial->out, "name", bytes_of(source->label));
	count = addition_print(trial->out, before, after);
	buffer_put_string(&trial->out->text, "\n");
	if (count == 0)
		trial_say(trial, TRIAL_NOTE, "%s: it adds nothing",
			  source->label);
	else
		trial_say(trial, TRIAL_OK, "%s: added: %zu", source->label,
			  count);
}

static int
try_document(struct trial *trial, struct pair *pair,
	     const struct source *source)
{
	struct trial_record before = { .image = { 0 } };
	struct trial_record after = { .image = { 0 } };
	int code = trial_read(trial, &pair->readers[0], source, &before);

	if (code == 0)
		code = trial_read(trial, &pair->readers[1], source, &after);
	if (code == 0) {
		print_addition(trial, source, &before.record, &after.record);
		code = trial_check_reading(trial, &pair->readers[1], source,
					   &after);
	}
	trial_record_fini(&before);
	trial_record_fini(&after);
	return code == EXIT_FAILURE ? 0 : code;
}

int
trial_annotator(struct trial *trial)
{
	struct pair pair = { .setups = { { 0 } } };
	int code = open_pair(trial, &pair);

	if (code == 0 &&
	    trial_start(trial, &pair.readers[1].worker, &pair.setups[1])) {
		trial_say(trial, TRIAL_OK, "it opens");
		for (size_t i = 0; code == 0 && i < trial->document_count; i++)
			code = try_document(trial, &pair, &trial->documents[i]);
		trial_close_reader(trial, &pair.readers[1]);
	}
	close_pair(&pair);
	return code;
}
