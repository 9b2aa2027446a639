/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_parse.c - docket parse: read files here and now, without a daemon
 *
 * Owns the reader while it runs. Reads the files, writes records to stdout.
 */
#include <stdlib.h>

#include "command.h"
#include "document.h"
#include "log.h"
#include "outline.h"
#include "reader.h"
#include "render.h"
#include "structure.h"

struct parse_options {
	bool wants_json;
	bool wants_text;
	bool wants_akn;
	bool wants_outline;
	int64_t deadline_ms;
};

static const struct argument arguments[] = {
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct parse_options, wants_json), NULL,
	    "One JSON object a file, as without a terminal", 0, 0 },
	  NULL },
	{ { "text", DOCKET_OPTION_BOOL,
	    offsetof(struct parse_options, wants_text), NULL, "The text alone",
	    0, 0 },
	  NULL },
	{ { "akn", DOCKET_OPTION_BOOL,
	    offsetof(struct parse_options, wants_akn), NULL,
	    "The record as Akoma Ntoso 3.0, in the AKN4UN profile", 0, 0 },
	  NULL },
	{ { "outline", DOCKET_OPTION_BOOL,
	    offsetof(struct parse_options, wants_outline), NULL,
	    "The structure, as docket outline shows it", 0, 0 },
	  NULL },
	{ { "deadline", DOCKET_OPTION_DURATION,
	    offsetof(struct parse_options, deadline_ms), "60s",
	    "Give up a document after so long; 0: never", 0, 86400000 },
	  "TIME" },
	{ { 0 }, NULL },
};

/* "sha256:...  1.2 KiB  letter.txt" for each document that was in it. */
static void
print_children(struct output *out, const struct docket_record *record,
	       const struct reading *reading)
{
	for (size_t i = 0; i < reading->child_count; i++) {
		struct docket_bytes child =
			docket_record_field(record, DOCKET_FIELD_CHILD, i);
		auto_buffer struct buffer line = { 0 };

		buffer_put_bytes(&line, record_child_id(child));
		buffer_put_string(&line, "  ");
		print_size(&line, reading->child_sizes[i]);
		buffer_put_string(&line, "  ");
		buffer_put_bytes(&line, record_child_name(child));
		print_field(out, "in it", buffer_bytes(&line));
	}
}

static int
print_outline(struct output *out, const struct source *source,
	      const struct docket_record *record, const struct reading *reading)
{
	outline_print_head(out, source, &reading->digest);
	outline_print_fields(out, record);
	print_children(out, record, reading);
	buffer_put_string(&out->text, "\n");
	outline_print_tree(out, record);
	buffer_put_string(&out->text, "\n");
	return outline_print_text(out, docket_record_text(record));
}

static int
print_reading(const struct call *call, const struct source *source,
	      const struct reading *reading)
{
	const struct parse_options *options = call->options;
	struct document_content image = { .bytes = reading->image };
	struct docket_record record;
	int code = document_open_record(&image, &record);

	if (code)
		return code;
	if (options->wants_text)
		return outline_print_text(call->out,
					  docket_record_text(&record));
	if (options->wants_outline) {
		outline_print_fields(call->out, &record);
		print_children(call->out, &record, reading);
		buffer_put_string(&call->out->text, "\n");
		return structure_print(call->out, &record, false);
	}
	if (options->wants_akn) {
		render_akn(&call->out->text, &record, &reading->digest,
			   source->name, source->size);
		return output_flush(call->out);
	}
	if (options->wants_json || !call->out->is_terminal) {
		render_record(&call->out->text, &record, &reading->digest,
			      source->name, source->size);
		return output_flush(call->out);
	}
	return print_outline(call->out, source, &record, reading);
}

static int
parse_file(const struct call *call, struct reader *reader, const char *path)
{
	struct source source;
	struct reading reading;
	int code = source_open(path, &source);

	if (code)
		return code;
	code = reader_read(reader, &source, &reading);
	if (code == 0 && reading.end != READING_RECORD)
		code = reader_explain(&source, &reading);
	else if (code == 0)
		code = print_reading(call, &source, &reading);
	source_close(&source);
	return code;
}

/* One that cannot be read does not keep the others from it. */
static int
run_parse(const struct call *call)
{
	const struct parse_options *options = call->options;
	struct worker_setup setup = {
		.role = ROLE_READER,
		.text_limit_bytes = RECORD_TEXT_LIMIT,
	};
	struct fault fault = { "" };
	struct reader reader;
	int result = 0;

	if (worker_setup_add_installed(&setup, NULL, &fault)) {
		log_error("%s", fault.text);
		return FAULT_EXIT_CONFIG;
	}
	reader_init(&reader, &setup, options->deadline_ms);
	for (size_t i = 0; i < call->operand_count; i++) {
		int code = parse_file(call, &reader, call->operands[i]);

		if (code)
			result = code;
		if (code > EXIT_FAILURE)
			break;
	}
	reader_fini(&reader);
	worker_setup_fini(&setup);
	return result;
}

static const struct command_code codes[] = {
	{ 0, "Every file was read" },
	{ 1, "A file is not there or cannot be read; the others were" },
	{ 0, NULL },
};

const struct command cmd_parse = {
	.name = "parse",
	.operands = "FILE...",
	.summary = "Read documents here and now, without a daemon",
	.text = "Each FILE is read by the installed parsers and annotators in "
		"a\n"
		"process of its own, and what they found is printed: JSON "
		"where\n"
		"stdout is no terminal, else the fields, an outline and the "
		"text.\n"
		"A FILE of - is standard input. Nothing is registered.",
	.arguments = arguments,
	.options_size = sizeof(struct parse_options),
	.operands_min = 1,
	.operands_max = SIZE_MAX,
	.codes = codes,
	.run = run_parse,
};
