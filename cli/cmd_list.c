/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_list.c - docket list: arrivals and their states
 *
 * Writes a table or a JSON object a line to stdout.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "fault.h"
#include "log.h"
#include "render.h"
#include "table.h"
#include "talk.h"

struct list_options {
	const char *inbox;
	const char *states;
	int64_t limit;
	int64_t after; /* -1: the newest */
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "inbox", DOCKET_OPTION_STRING, offsetof(struct list_options, inbox),
	    NULL, "Only of this inbox", 0, 0 },
	  "NAME" },
	{ { "state", DOCKET_OPTION_STRING,
	    offsetof(struct list_options, states), NULL,
	    "Only in one of these states: queued, reading, blocked,\n"
	    "done, duplicate, quarantined, ignored, vanished,\n"
	    "superseded, discarded",
	    0, 0 },
	  "STATE,..." },
	{ { "limit", DOCKET_OPTION_INT, offsetof(struct list_options, limit),
	    "50", "At most so many; 0: all", 0, UINT32_MAX },
	  "N" },
	{ { "after", DOCKET_OPTION_INT, offsetof(struct list_options, after),
	    "-1",
	    "The first arrivals above number N, which from 0 on\n"
	    "pages through all; -1: the newest ones",
	    -1, INT64_MAX },
	  "N" },
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct list_options, wants_json), NULL,
	    "One JSON object a line", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

static const struct table_column columns[] = {
	{ "NUMBER", 0, true },	       { "STATE", 0, false },
	{ "RECEIVED", 0, false },      { "INBOX", 16, false },
	{ "LANG", 5, false },	       { "CLASS", 18, false },
	{ "TITLE OR NAME", 0, false }, { NULL, 0, false },
};

/* Where all of them are quarantined, what matters is why and what to do. */
static const struct table_column quarantine_columns[] = {
	{ "NUMBER", 0, true },	{ "RECEIVED", 0, false },
	{ "INBOX", 16, false }, { "REASON", 16, false },
	{ "NAME", 32, false },	{ "CURE", 0, false },
	{ NULL, 0, false },
};

struct listing {
	const struct call *call;
	struct table table;
	uint64_t count;
	bool is_quarantine;
};

static enum print_style
get_style(enum arrival_state state)
{
	switch (state) {
	case ARRIVAL_DONE:
		return PRINT_GOOD;
	case ARRIVAL_QUARANTINED:
	case ARRIVAL_BLOCKED:
		return PRINT_BAD;
	case ARRIVAL_QUEUED:
	case ARRIVAL_READING:
		return PRINT_PENDING;
	case ARRIVAL_NEW:
	case ARRIVAL_DUPLICATE:
	case ARRIVAL_IGNORED:
	case ARRIVAL_VANISHED:
	case ARRIVAL_SUPERSEDED:
	case ARRIVAL_DISCARDED:
	case ARRIVAL_STATE_COUNT:
		break;
	}
	return PRINT_DIM;
}

static struct docket_bytes
or_dash(struct docket_bytes value)
{
	return value.size > 0 ? value : bytes_of("-");
}

static int
put_row(struct table *table, const struct arrival *arrival)
{
	auto_buffer struct buffer number = { 0 };
	auto_buffer struct buffer time = { 0 };
	struct docket_bytes title =
		arrival->title.size > 0 ? arrival->title : arrival->name;

	buffer_format(&number, "%" PRIu64, arrival->number);
	print_time(&time, arrival->received_ms);
	table_put(table, buffer_bytes(&number), PRINT_PLAIN);
	table_put(table, bytes_of(arrival_state_name(arrival->state)),
		  get_style(arrival->state));
	table_put(table, buffer_bytes(&time), PRINT_PLAIN);
	table_put(table, or_dash(arrival->inbox), PRINT_PLAIN);
	table_put(table, or_dash(arrival->language), PRINT_PLAIN);
	table_put(table, or_dash(arrival->class), PRINT_PLAIN);
	return table_put(table, title, PRINT_PLAIN);
}

static int
put_quarantined(struct table *table, const struct arrival *arrival)
{
	auto_buffer struct buffer number = { 0 };
	auto_buffer struct buffer time = { 0 };

	buffer_format(&number, "%" PRIu64, arrival->number);
	print_time(&time, arrival->received_ms);
	table_put(table, buffer_bytes(&number), PRINT_PLAIN);
	table_put(table, buffer_bytes(&time), PRINT_PLAIN);
	table_put(table, or_dash(arrival->inbox), PRINT_PLAIN);
	table_put(table, or_dash(arrival->reason), PRINT_BAD);
	table_put(table, arrival->name, PRINT_PLAIN);
	return table_put(table, bytes_of(arrival_cure(arrival)), PRINT_PLAIN);
}

static int
take_row(void *owner, const struct frame *row)
{
	struct listing *listing = owner;
	const struct list_options *options = listing->call->options;
	struct arrival arrival;
	int code = talk_decode(row, MESSAGE_ARRIVAL, &arrival);

	if (code)
		return code;
	listing->count++;
	if (!options->wants_json && listing->is_quarantine)
		return put_quarantined(&listing->table, &arrival);
	if (!options->wants_json)
		return put_row(&listing->table, &arrival);
	render_arrival(&listing->call->out->text, &arrival);
	return output_pass(listing->call->out);
}

/* The bits of "done,quarantined"; 0 and said where a word is no state. */
static uint32_t
parse_states(const char *states)
{
	auto_free char *words = mem_dup_string(states);
	char *rest = words;
	char *word;
	uint32_t bits = 0;

	while ((word = strsep(&rest, ","))) {
		int state = arrival_state_of(word);

		if (state <= ARRIVAL_NEW) {
			log_error("list: \"%s\" is no state of an arrival; see "
				  "%s",
				  word,
				  strcmp(word, "receiving") == 0
					  ? "docket status for files that "
					    "are being written"
					  : "docket help list");
			return 0;
		}
		bits |= 1u << state;
	}
	return bits;
}

/* Somebody who sees fifty should know that there may be more. */
static void
mention_limit(const struct listing *listing)
{
	const struct list_options *options = listing->call->options;

	if (listing->call->out->is_terminal && !options->wants_json &&
	    listing->count == (uint64_t)options->limit && options->limit > 0)
		log_notice("%" PRIu64 " shown; --limit 0 shows all",
			   listing->count);
}

static int
run_list(const struct call *call)
{
	const struct list_options *options = call->options;
	bool is_newest = options->after < 0;
	struct message_list list = {
		.after = is_newest ? 0 : (uint64_t)options->after,
		.limit = (uint32_t)options->limit,
		.is_newest = is_newest,
		.inbox = bytes_of(options->inbox),
	};
	struct listing listing = { .call = call };
	int code;

	if (options->states) {
		list.states = parse_states(options->states);
		if (list.states == 0)
			return FAULT_EXIT_USAGE;
	}
	listing.is_quarantine = list.states == 1u << ARRIVAL_QUARANTINED;
	table_init(&listing.table, call->out,
		   listing.is_quarantine ? quarantine_columns : columns);
	code = talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_LIST,
		.message = &list,
		.take_row = take_row,
		.owner = &listing,
	});
	if (code == 0)
		code = table_finish(&listing.table);
	table_fini(&listing.table);
	if (code == 0 && output_flush(call->out) == 0)
		mention_limit(&listing);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "Listed, even if that is nothing" },
	{ 1, "docketd refuses; it says why" },
	{ 0, NULL },
};

const struct command cmd_list = {
	.name = "list",
	.operands = "",
	.summary = "Arrivals and their states",
	.text = "Arrivals in the order of their numbers, the newest ones "
		"unless\n"
		"--after is given. Times are local; in JSON they are UTC. "
		"With\n"
		"--state quarantined the cures are shown.",
	.arguments = arguments,
	.options_size = sizeof(struct list_options),
	.codes = codes,
	.run = run_list,
};
