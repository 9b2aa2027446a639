/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_add.c - docket add: hand files over without write access to an inbox
 *
 * The file is opened here, with the rights of whoever asks, and travels as a
 * descriptor. Reads files, writes a line for each to stdout.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "command.h"
#include "escape.h"
#include "fault.h"
#include "log.h"
#include "render.h"
#include "source.h"
#include "talk.h"

struct add_options {
	const char *inbox;
	const char *name;
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "inbox", DOCKET_OPTION_STRING, offsetof(struct add_options, inbox),
	    NULL, "The inbox it belongs to; may be left out if there is one", 0,
	    0 },
	  "NAME" },
	{ { "name", DOCKET_OPTION_STRING, offsetof(struct add_options, name),
	    NULL, "Register it under NAME instead of the file's", 0, 0 },
	  "NAME" },
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct add_options, wants_json), NULL,
	    "One JSON object a file", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

static void
print_line(struct buffer *out, const struct arrival *arrival)
{
	buffer_format(out, "%" PRIu64 "  %s  ", arrival->number,
		      arrival_state_name(arrival->state));
	escape_put_line(out, arrival->name);
	if (arrival->original)
		buffer_format(out, "  (of %" PRIu64 ")", arrival->original);
	buffer_put_string(out, "\n");
}

static int
take_row(void *owner, const struct frame *row)
{
	const struct call *call = owner;
	const struct add_options *options = call->options;
	struct arrival arrival;
	int code = talk_decode(row, MESSAGE_ARRIVAL, &arrival);

	if (code)
		return code;
	if (options->wants_json)
		render_arrival(&call->out->text, &arrival);
	else
		print_line(&call->out->text, &arrival);
	return output_flush(call->out);
}

static int
add_file(const struct call *call, const char *path)
{
	const struct add_options *options = call->options;
	struct message_add add = { .inbox = bytes_of(options->inbox) };
	struct source source;
	int code = source_open(path, &source);

	if (code)
		return code;
	add.name = options->name ? bytes_of(options->name) : source.name;
	if (add.name.size == 0)
		add.name = bytes_of("stdin");
	code = talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_ADD,
		.message = &add,
		.fd = source.fd,
		.is_patient = true,
		.needs_row = true,
		.take_row = take_row,
		.owner = (void *)(uintptr_t)call,
	});
	source_close(&source);
	return code;
}

/* One that is refused does not keep the others from it. */
static int
run_add(const struct call *call)
{
	const struct add_options *options = call->options;
	int result = 0;

	if (options->name && call->operand_count > 1) {
		log_error("add: --name is for one file");
		return FAULT_EXIT_USAGE;
	}
	for (size_t i = 0; i < call->operand_count; i++) {
		int code = add_file(call, call->operands[i]);

		if (code)
			result = code;
		if (code > EXIT_FAILURE)
			break;
	}
	return result;
}

static const struct command_code codes[] = {
	{ 0, "Every file is registered, durably" },
	{ 1, "A file is not there or was refused; the others were taken" },
	{ 0, NULL },
};

const struct command cmd_add = {
	.name = "add",
	.operands = "FILE...",
	.summary = "Register files, without write access to an inbox",
	.text = "Each FILE is opened with your rights and given to docketd, "
		"which\n"
		"copies it; the file stays where it is. Printed are the number "
		"of\n"
		"the arrival, its state and its name. A FILE of - is standard "
		"input.",
	.arguments = arguments,
	.options_size = sizeof(struct add_options),
	.operands_min = 1,
	.operands_max = SIZE_MAX,
	.codes = codes,
	.run = run_add,
};
