/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_parser.c - a parser on trial: documents of its types, whole and spoiled
 *
 * Owns its worker, in which it is alone. Writes what it reads as docket parse
 * does, without the text.
 */
#include <stdlib.h>

#include "outline.h"
#include "trial_reading.h"

static void
print_record(struct trial *trial, const struct source *source,
	     const struct trial_record *record)
{
	buffer_put_string(&trial->out->text, "\n");
	outline_print_head(trial->out, source, &record->digest);
	outline_print_fields(trial->out, &record->record);
	buffer_put_string(&trial->out->text, "\n");
	outline_print_tree(trial->out, &record->record);
	buffer_put_string(&trial->out->text, "\n");
	trial_say_read(trial, source->label, &record->record);
}

/*
 * With half the room that it needs: the host swallows the rest and sets the
 * document aside, whatever the parser does, which must not be to crash.
 */
static int
check_limit(struct trial *trial, const struct source *source,
	    const struct trial_record *record)
{
	struct worker_setup setup = trial_setup(trial, ROLE_READER);
	auto_free char *label =
		mem_format("%s past the limit of text", source->label);
	struct reader reader;
	struct reading reading;
	int code;

	setup.text_limit_bytes = docket_record_text(&record->record).size / 2;
	if (setup.text_limit_bytes == 0)
		return 0;
	trial_add_plugin(trial, &setup);
	reader_init(&reader, &setup, trial->deadline_ms);
	code = reader_read(&reader, source, &reading);
	if (code == 0)
		code = trial_judge(trial, label, &reading);
	reader_fini(&reader);
	worker_setup_fini(&setup);
	return code;
}

static int
try_document(struct trial *trial, struct reader *reader,
	     const struct source *source)
{
	struct trial_record record = { .image = { 0 } };
	int code = trial_read(trial, reader, source, &record);

	if (code)
		return code == EXIT_FAILURE ? 0 : code;
	print_record(trial, source, &record);
	code = trial_check_reading(trial, reader, source, &record);
	if (code == 0)
		code = check_limit(trial, source, &record);
	trial_record_fini(&record);
	return code;
}

int
trial_parser(struct trial *trial)
{
	struct worker_setup setup = trial_setup(trial, ROLE_READER);
	struct reader reader;
	int code = 0;

	trial_add_plugin(trial, &setup);
	reader_init(&reader, &setup, trial->deadline_ms);
	if (trial_start(trial, &reader.worker, &setup)) {
		trial_say(trial, TRIAL_OK, "it opens");
		for (size_t i = 0; code == 0 && i < trial->document_count; i++)
			code = try_document(trial, &reader,
					    &trial->documents[i]);
		trial_close_reader(trial, &reader);
	}
	reader_fini(&reader);
	worker_setup_fini(&setup);
	return code;
}
