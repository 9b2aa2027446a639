/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_show.c - docket show: what became of an arrival, and what was read
 *
 * Writes to stdout what the record says or, where there is none, why.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "command.h"
#include "document.h"
#include "fault.h"
#include "kin.h"
#include "log.h"
#include "outline.h"
#include "render.h"
#include "talk.h"

struct show_options {
	bool wants_json;
	bool wants_text;
	bool wants_akn;
};

static const struct argument arguments[] = {
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct show_options, wants_json), NULL,
	    "The record as JSON; where there is none, the arrival\n"
	    "as docket list --json shows it",
	    0, 0 },
	  NULL },
	{ { "text", DOCKET_OPTION_BOOL,
	    offsetof(struct show_options, wants_text), NULL, "The text alone",
	    0, 0 },
	  NULL },
	{ { "akn", DOCKET_OPTION_BOOL, offsetof(struct show_options, wants_akn),
	    NULL, "The record as Akoma Ntoso 3.0, in the AKN4UN profile", 0,
	    0 },
	  NULL },
	{ { 0 }, NULL },
};

struct showing {
	const struct call *call;
	const char *anchor;
	struct arrival arrival;
	struct kin kin;
};

static void
print_number(struct output *out, const char *label, uint64_t number)
{
	auto_free char *text = mem_format("%" PRIu64, number);

	if (number > 0)
		print_field(out, label, bytes_of(text));
}

static void
print_time_field(struct output *out, const char *label, int64_t time_ms)
{
	auto_buffer struct buffer text = { 0 };

	print_time(&text, time_ms);
	if (time_ms)
		print_field(out, label, buffer_bytes(&text));
}

/* What the registry knows, whether it could be read or not. */
static void
print_arrival(struct output *out, const struct arrival *arrival,
	      const struct kin *kin)
{
	auto_buffer struct buffer size = { 0 };
	char id[DIGEST_TEXT_SIZE];

	print_number(out, "arrival", arrival->number);
	print_field(out, "state", bytes_of(arrival_state_name(arrival->state)));
	print_field(out, "inbox", arrival->inbox);
	print_field(out, "name", arrival->name);
	print_time_field(out, "received", arrival->received_ms);
	print_time_field(out, "settled", arrival->settled_ms);
	print_size(&size, arrival->size);
	print_field(out, "size", buffer_bytes(&size));
	if (!digest_is_zero(&arrival->digest))
		print_field(out, "id",
			    bytes_of(digest_format(&arrival->digest, id)));
	kin_print_parent(out, kin, arrival->parent);
	print_number(out, "same as", arrival->original);
	print_number(out, "attempts", arrival->attempts);
	print_field(out, "stage", arrival->stage);
	print_field(out, "plugin", arrival->plugin);
	print_field(out, "reason", arrival->reason);
	print_field(out, "detail", arrival->detail);
	print_time_field(out, "not before", arrival->not_before_ms);
	print_field(out, "cure", bytes_of(arrival_cure(arrival)));
	kin_print_children(out, kin, arrival->number);
	kin_print_relations(out, kin);
}

static int
print_bare_arrival(const struct showing *showing)
{
	const struct show_options *options = showing->call->options;
	struct output *out = showing->call->out;

	if (showing->anchor || options->wants_text || options->wants_akn) {
		log_error("arrival %" PRIu64 " is %s and has no text",
			  showing->arrival.number,
			  arrival_state_name(showing->arrival.state));
		return EXIT_FAILURE;
	}
	if (options->wants_json)
		render_arrival(&out->text, &showing->arrival);
	else
		print_arrival(out, &showing->arrival, &showing->kin);
	return output_flush(out);
}

static int
print_anchored(const struct showing *showing,
	       const struct docket_record *record)
{
	struct docket_bytes text;

	if (outline_find(record, showing->anchor, &text))
		return outline_print_text(showing->call->out, text);
	log_error("arrival %" PRIu64 " has no part or block \"%s\"; docket "
		  "show lists them",
		  showing->arrival.number, showing->anchor);
	return EXIT_FAILURE;
}

static int
print_record(const struct showing *showing, const struct docket_record *record)
{
	const struct show_options *options = showing->call->options;
	const struct arrival *arrival = &showing->arrival;
	struct output *out = showing->call->out;

	if (showing->anchor)
		return print_anchored(showing, record);
	if (options->wants_text)
		return outline_print_text(out, docket_record_text(record));
	if (options->wants_akn) {
		render_akn(&out->text, record, &arrival->digest, arrival->name,
			   arrival->size);
		return output_flush(out);
	}
	if (options->wants_json) {
		render_record(&out->text, record, &arrival->digest,
			      arrival->name, arrival->size);
		return output_flush(out);
	}
	print_arrival(out, arrival, &showing->kin);
	outline_print_fields(out, record);
	buffer_put_string(&out->text, "\n");
	outline_print_tree(out, record);
	return output_flush(out);
}

static int
take_row(void *owner, const struct frame *row)
{
	struct showing *showing = owner;
	struct message_content message;
	struct document_content content;
	struct docket_record record;
	int code;

	if (row->type == MESSAGE_ARRIVAL)
		return kin_take(&showing->kin, row);
	code = talk_decode(row, MESSAGE_CONTENT, &message);
	if (code == 0)
		code = talk_decode_arrival(message.arrival, &showing->arrival);
	if (code)
		return code;
	if (message.size == 0)
		return print_bare_arrival(showing);
	code = document_open(message.content, message.size, row->fd, &content);
	if (code)
		return code;
	code = document_open_record(&content, &record);
	if (code == 0)
		code = print_record(showing, &record);
	document_close(&content);
	return code;
}

static int
take_relation(void *owner, const struct frame *row)
{
	struct showing *showing = owner;

	return kin_take_relation(&showing->kin, row);
}

/* What the document itself is shown with. */
static int
ask_relations(struct showing *showing, const struct message_document *document)
{
	const struct message_refs message = {
		.arrival = document->arrival,
		.digest = document->digest,
		.which = REFS_RELATED,
	};

	return talk_ask(&(struct talk){
		.state = showing->call->state,
		.type = MESSAGE_REFS,
		.message = &message,
		.take_row = take_relation,
		.owner = showing,
	});
}

static int
ask_document(struct showing *showing, const struct message_document *document)
{
	return talk_ask(&(struct talk){
		.state = showing->call->state,
		.type = MESSAGE_SHOW,
		.message = document,
		.needs_row = true,
		.take_row = take_row,
		.owner = showing,
	});
}

/* Is it the arrival that is shown, not only what was read in it? */
static bool
shows_arrival(const struct showing *showing)
{
	const struct show_options *options = showing->call->options;

	return !showing->anchor && !options->wants_json &&
	       !options->wants_text && !options->wants_akn;
}

static int
run_show(const struct call *call)
{
	const struct show_options *options = call->options;
	struct showing showing = { .call = call };
	struct document_name name;
	int code = document_parse_name(call->operands[0], &name);

	if (code)
		return code;
	if (name.anchor && (options->wants_json || options->wants_akn)) {
		log_error("show: --json and --akn show whole documents; %s is "
			  "a part",
			  call->operands[0]);
		return FAULT_EXIT_USAGE;
	}
	showing.anchor = name.anchor;
	if (shows_arrival(&showing))
		code = ask_relations(&showing, &name.document);
	if (code == 0)
		code = ask_document(&showing, &name.document);
	kin_fini(&showing.kin);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "Shown" },
	{ 1, "There is no such arrival, anchor or text; or refused" },
	{ 0, NULL },
};

const struct command cmd_show = {
	.name = "show",
	.operands = "ID",
	.summary = "What became of an arrival, and what was read in it",
	.text = "ID is the number of an arrival, or sha256: with 64 digits, or "
		"the\n"
		"digits alone. ID#ANCHOR shows the text of one part or block: "
		"17#annex-1.\n"
		"Without options: the arrival, the fields, and an outline with "
		"the\n"
		"anchors. Where nothing could be read it says at which stage, "
		"and why.",
	.arguments = arguments,
	.options_size = sizeof(struct show_options),
	.operands_min = 1,
	.operands_max = 1,
	.codes = codes,
	.run = run_show,
};
