/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_reading.c - documents read on trial, and what any reader must stand
 *
 * Owns the spoiled documents while they are read. Setting a document aside is
 * an answer; what is wrong is to take the worker down, to be broken by it, or
 * to ask for another time, which makes no document better.
 */
#include "trial_reading.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "log.h"

void
trial_record_fini(struct trial_record *record)
{
	buffer_fini(&record->image);
	*record = (struct trial_record){ 0 };
}

/* Keep what a reading lends. */
static int
keep(const struct reading *reading, struct trial_record *out_record)
{
	struct trial_record record = { .digest = reading->digest };

	buffer_put_bytes(&record.image, reading->image);
	if (record_open(buffer_bytes(&record.image), &record.record)) {
		trial_record_fini(&record);
		log_error("docket-worker sent a record that is damaged");
		return FAULT_EXIT_SOFTWARE;
	}
	*out_record = record;
	return 0;
}

/* Does one of a parser's types fit, "text" slash star being all of text? */
static bool
is_named(struct docket_bytes types, struct docket_bytes media_type)
{
	struct docket_bytes type;

	while (description_next_line(&types, &type)) {
		bool is_family =
			type.size > 0 && type.data[type.size - 1] == '*';
		size_t size = is_family ? type.size - 1 : type.size;

		if (media_type.size >= size &&
		    (is_family || media_type.size == size) &&
		    strncasecmp(type.data, media_type.data, size) == 0)
			return true;
	}
	return false;
}

/* Why nobody read a document, for the author of the only parser there was. */
static void
say_skipped(struct trial *trial, const char *label,
	    struct docket_bytes media_type)
{
	const char *why = is_named(trial->plugin->about.types, media_type)
				  ? "and the plugin skips it"
				  : "which the plugin does not name";

	trial_say(trial, TRIAL_WRONG, "%s is not read: it is %.*s, %s", label,
		  (int)media_type.size, media_type.data, why);
}

static void
say_not_read(struct trial *trial, const char *label,
	     const struct reading *reading)
{
	const struct message_failed *failed = &reading->failed;

	if (reading->end == READING_LOST)
		trial_say(trial, TRIAL_WRONG, "%s is not read: the worker %s",
			  label, reading->lost.text);
	else if (failed->status == DOCKET_SKIP &&
		 trial->plugin->about.kind == PLUGIN_PARSER)
		say_skipped(trial, label, failed->media_type);
	else
		trial_say(trial, TRIAL_WRONG, "%s is not read (%.*s): %.*s",
			  label, (int)failed->reason.size, failed->reason.data,
			  (int)failed->detail.size, failed->detail.data);
}

int
trial_read(struct trial *trial, struct reader *reader,
	   const struct source *source, struct trial_record *out_record)
{
	struct reading reading;
	int code = reader_read(reader, source, &reading);

	if (code)
		return code;
	if (reading.end == READING_RECORD)
		return keep(&reading, out_record);
	say_not_read(trial, source->label, &reading);
	return EXIT_FAILURE;
}

static void
say_warnings(struct trial *trial, const char *label,
	     const struct docket_record *record)
{
	struct docket_bytes warning;

	for (size_t i = 0;
	     warning = docket_record_field(record, DOCKET_FIELD_WARNING, i),
		    warning.data;
	     i++)
		trial_say(trial, TRIAL_NOTE, "%s: warning: %.*s", label,
			  (int)warning.size, warning.data);
}

static void
say_children(struct trial *trial, const char *label,
	     const struct docket_record *record)
{
	struct docket_bytes child;

	for (size_t i = 0;
	     child = docket_record_field(record, DOCKET_FIELD_CHILD, i),
		    child.data;
	     i++)
		trial_say(trial, TRIAL_NOTE, "%s: in it: %.*s", label,
			  (int)child.size, child.data);
}

void
trial_say_read(struct trial *trial, const char *label,
	       const struct docket_record *record)
{
	trial_say(trial, TRIAL_OK,
		  "%s is read: %zu blocks, %zu marks, %zu bytes of text", label,
		  docket_record_blocks(record), docket_record_marks(record),
		  docket_record_text(record).size);
	say_children(trial, label, record);
	say_warnings(trial, label, record);
}

void
trial_close_reader(struct trial *trial, struct reader *reader)
{
	if (reader->is_broken)
		reader_end(reader);
	trial_close(trial, &reader->worker, reader->setup);
}

/* ---- the same once more ---- */

static int
check_again(struct trial *trial, struct reader *reader,
	    const struct source *source, const struct trial_record *first,
	    const char *where)
{
	struct trial_record again = { .image = { 0 } };
	int code = trial_read(trial, reader, source, &again);

	if (code)
		return code == EXIT_FAILURE ? 0 : code;
	if (bytes_equal(buffer_bytes(&again.image),
			buffer_bytes(&first->image)))
		trial_say(trial, TRIAL_OK, "%s is the same record %s",
			  source->label, where);
	else
		trial_say(trial, TRIAL_WRONG, "%s is another record %s: %s",
			  source->label, where,
			  bytes_equal(docket_record_text(&again.record),
				      docket_record_text(&first->record))
				  ? "what is around its text differs"
				  : "its text differs");
	trial_record_fini(&again);
	return 0;
}

/* ---- what is left of it ---- */

static void
make_empty(struct docket_bytes bytes, struct buffer *out)
{
	(void)bytes;
	(void)out;
}

static void
make_cut(struct docket_bytes bytes, struct buffer *out)
{
	buffer_put(out, bytes.data, bytes.size / 2);
}

/* What UTF-8 must not have, in the middle and at the end of it. */
static void
make_spoiled(struct docket_bytes bytes, struct buffer *out)
{
	static const char bad[] = "\xff\xc3(\xed\xa0\x80\xf8";
	static const char begun[] = "\xe2\x82";

	buffer_put(out, bytes.data, bytes.size / 2);
	buffer_put(out, bad, sizeof(bad) - 1);
	buffer_put(out, bytes.data + bytes.size / 2,
		   bytes.size - bytes.size / 2);
	buffer_put(out, begun, sizeof(begun) - 1);
}

static void
make_zeros(struct docket_bytes bytes, struct buffer *out)
{
	memset(buffer_reserve(out, bytes.size), 0, bytes.size);
	out->size += bytes.size;
}

static const struct {
	const char *what; /* after the document's label */
	void (*make)(struct docket_bytes bytes, struct buffer *out);
} variants[] = {
	{ "without a byte", make_empty },
	{ "cut in half", make_cut },
	{ "with bytes that are not UTF-8", make_spoiled },
	{ "with nothing but zeros", make_zeros },
};

/* What an answer to such a document is worth. */
static void
judge_failure(struct trial *trial, const char *label,
	      const struct message_failed *failed)
{
	static const struct {
		enum trial_verdict verdict;
		const char *what;
	} answers[] = {
		[DOCKET_SKIP] = { TRIAL_OK, "is left to other plugins" },
		[DOCKET_RETRY] = { TRIAL_WRONG, "would be tried for ever" },
		[DOCKET_REJECT] = { TRIAL_OK, "is set aside" },
		[DOCKET_BROKEN] = { TRIAL_WRONG, "breaks the plugin" },
	};
	uint32_t status = failed->status < ARRAY_SIZE(answers) ? failed->status
							       : DOCKET_BROKEN;

	trial_say(trial, answers[status].verdict, "%s %s (%.*s): %.*s", label,
		  answers[status].what, (int)failed->reason.size,
		  failed->reason.data, (int)failed->detail.size,
		  failed->detail.data);
}

int
trial_judge(struct trial *trial, const char *label,
	    const struct reading *reading)
{
	struct trial_record record;
	int code = 0;

	switch (reading->end) {
	case READING_RECORD:
		code = keep(reading, &record);
		if (code == 0) {
			trial_say_read(trial, label, &record.record);
			trial_record_fini(&record);
		}
		break;
	case READING_FAILED:
		judge_failure(trial, label, &reading->failed);
		break;
	case READING_LOST:
		trial_say(trial, TRIAL_WRONG, "%s: the worker %s", label,
			  reading->lost.text);
		break;
	}
	return code;
}

/* Read as the type that the whole document has, whatever it looks like. */
static int
check_variant(struct trial *trial, struct reader *reader, const char *label,
	      struct docket_bytes name, struct docket_bytes media_type,
	      struct docket_bytes bytes)
{
	struct source source;
	struct reading reading;
	int code = source_hold(label, name, bytes, &source);

	if (code)
		return code;
	source.media_type = media_type;
	code = reader_read(reader, &source, &reading);
	if (code == 0)
		code = trial_judge(trial, label, &reading);
	source_close(&source);
	return code;
}

static int
check_variants(struct trial *trial, struct reader *reader,
	       const struct source *source, const struct trial_record *record)
{
	auto_buffer struct buffer whole = { 0 };
	struct docket_bytes media_type = docket_record_field(
		&record->record, DOCKET_FIELD_MEDIA_TYPE, 0);
	int code = source_read(source, &whole);

	for (size_t i = 0; code == 0 && i < ARRAY_SIZE(variants); i++) {
		auto_buffer struct buffer bytes = { 0 };
		auto_free char *label =
			mem_format("%s %s", source->label, variants[i].what);

		variants[i].make(buffer_bytes(&whole), &bytes);
		code = check_variant(trial, reader, label, source->name,
				     media_type, buffer_bytes(&bytes));
	}
	return code;
}

int
trial_check_reading(struct trial *trial, struct reader *reader,
		    const struct source *source,
		    const struct trial_record *record)
{
	int code =
		check_again(trial, reader, source, record, "when read again");

	if (code)
		return code;
	reader_end(reader);
	code = check_again(trial, reader, source, record, "in a fresh process");
	return code ? code : check_variants(trial, reader, source, record);
}
