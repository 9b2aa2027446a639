/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_outline.c - docket outline: the structure of a document at a glance
 *
 * Writes to stdout what the record of an arrival says.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "command.h"
#include "document.h"
#include "log.h"
#include "outline.h"
#include "structure.h"
#include "talk.h"

struct outline_options {
	bool wants_all;
	bool wants_actions;
};

static const struct argument arguments[] = {
	{ { "all", DOCKET_OPTION_BOOL,
	    offsetof(struct outline_options, wants_all), NULL,
	    "Every item, running head and footnote too", 0, 0 },
	  NULL },
	{ { "actions", DOCKET_OPTION_BOOL,
	    offsetof(struct outline_options, wants_actions), NULL,
	    "Instead: what was decided or asked, and where", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

static int
print_record(const struct call *call, const struct docket_record *record)
{
	const struct outline_options *options = call->options;

	if (options->wants_actions)
		return structure_print_actions(call->out, record);
	outline_print_fields(call->out, record);
	buffer_put_string(&call->out->text, "\n");
	return structure_print(call->out, record, options->wants_all);
}

static int
take_row(void *owner, const struct frame *row)
{
	const struct call *call = owner;
	struct message_content message;
	struct document_content content;
	struct docket_record record;
	struct arrival arrival;
	int code = talk_decode(row, MESSAGE_CONTENT, &message);

	if (code == 0)
		code = talk_decode_arrival(message.arrival, &arrival);
	if (code)
		return code;
	if (message.size == 0) {
		log_error("arrival %" PRIu64 " is %s and has no structure; "
			  "docket show says why",
			  arrival.number, arrival_state_name(arrival.state));
		return EXIT_FAILURE;
	}
	code = document_open(message.content, message.size, row->fd, &content);
	if (code)
		return code;
	code = document_open_record(&content, &record);
	if (code == 0)
		code = print_record(call, &record);
	document_close(&content);
	return code;
}

static int
run_outline(const struct call *call)
{
	struct document_name name;
	int code = document_parse_name(call->operands[0], &name);

	if (code)
		return code;
	return talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_SHOW,
		.message = &name.document,
		.needs_row = true,
		.take_row = take_row,
		.owner = (void *)call,
	});
}

static const struct command_code codes[] = {
	{ 0, "Shown" },
	{ 1, "There is no such arrival, or it was not read; or refused" },
	{ 0, NULL },
};

const struct command cmd_outline = {
	.name = "outline",
	.operands = "ID",
	.summary = "The structure of a document at a glance",
	.text = "Its fields, its parts, what stands under which heading. Each "
		"line\n"
		"begins with an anchor: docket show ID#ANCHOR opens it. A list "
		"is one\n"
		"line, with the number of its items.",
	.arguments = arguments,
	.options_size = sizeof(struct outline_options),
	.operands_min = 1,
	.operands_max = 1,
	.codes = codes,
	.run = run_outline,
};
