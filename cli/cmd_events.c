/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_events.c - docket events: what happened, and what happens
 *
 * Each event is written at once, so it can be read from a pipe as it comes.
 * Whoever names a number to begin at is told when that is too long ago.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "escape.h"
#include "event.h"
#include "print.h"
#include "talk.h"

struct events_options {
	int64_t since;
	const char *topic;
	bool is_following;
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "follow", DOCKET_OPTION_BOOL,
	    offsetof(struct events_options, is_following), NULL,
	    "Go on with those to come, until Ctrl-C", 0, 0 },
	  NULL },
	{ { "since", DOCKET_OPTION_INT, offsetof(struct events_options, since),
	    "-1",
	    "Events above number N; -1: all, or with --follow\n"
	    "only those to come",
	    -1, INT64_MAX },
	  "N" },
	{ { "topic", DOCKET_OPTION_STRING,
	    offsetof(struct events_options, topic), NULL,
	    "Only events whose topic begins so:\n"
	    "document.parsed/letters/fr",
	    0, 0 },
	  "PREFIX" },
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct events_options, wants_json), NULL,
	    "One CloudEvent a line", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

struct watch {
	const struct call *call;
	char *source; /* of the CloudEvents */
	bool has_gap;
};

enum { CODE_GAP = 3 };

/* What somebody wants to know of an event beside its type. */
static void
put_detail(struct buffer *out, const struct event *event)
{
	const struct docket_bytes parts[] = { event->name,  event->plugin,
					      event->level, event->language,
					      event->class, event->reason,
					      event->detail };
	const char *separator = "";

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		if (parts[i].size == 0)
			continue;
		buffer_put_string(out, separator);
		escape_put_line(out, parts[i]);
		separator = "  ";
	}
	if (event->original)
		buffer_format(out, "  (of %" PRIu64 ")", event->original);
	if (event->parent)
		buffer_format(out, "  (in %" PRIu64 ")", event->parent);
}

static void
print_line(struct output *out, const struct event *event)
{
	auto_buffer struct buffer line = { 0 };
	auto_free char *arrival = NULL;

	if (event->arrival)
		arrival = mem_format("%" PRIu64, event->arrival);
	print_time(&line, event->time_ms);
	buffer_format(&line, "  %6" PRIu64 "  %-20s  %6s  ", event->number,
		      event_type_name(event->type), arrival ? arrival : "");
	put_detail(&line, event);
	print_cut(&out->text, buffer_bytes(&line),
		  out->columns ? out->columns : SIZE_MAX);
}

static int
take_event(struct watch *watch, const struct frame *row)
{
	const struct events_options *options = watch->call->options;
	struct output *out = watch->call->out;
	struct event event;
	int code = talk_decode(row, MESSAGE_EVENT, &event);

	if (code)
		return code;
	if (options->wants_json)
		event_put_json(&out->text, &event,
			       watch->source ? watch->source : "", "",
			       event.number);
	else
		print_line(out, &event);
	buffer_put_string(&out->text, "\n");
	return output_flush(out);
}

static void
tell_gap(struct watch *watch, struct docket_bytes floor)
{
	const struct events_options *options = watch->call->options;

	if (options->since < 0)
		return; /* all there are was the question */
	watch->has_gap = true;
	fprintf(stderr,
		"docket: GAP: the events up to %.*s are no longer kept\n",
		(int)floor.size, floor.data);
}

/*
 * Before the events docketd says under which name they go out, and whether
 * some are missing.
 */
static int
take_fact(struct watch *watch, const struct frame *row)
{
	struct message_fact fact;
	int code = talk_decode(row, MESSAGE_FACT, &fact);

	if (code)
		return code;
	if (bytes_equal(fact.name, bytes_of("gap"))) {
		tell_gap(watch, fact.value);
	} else if (bytes_equal(fact.name, bytes_of("source"))) {
		free(watch->source);
		watch->source = mem_format("%.*s", (int)fact.value.size,
					   fact.value.data);
	}
	return 0;
}

static int
take_row(void *owner, const struct frame *row)
{
	return row->type == MESSAGE_FACT ? take_fact(owner, row)
					 : take_event(owner, row);
}

static uint64_t
choose_after(const struct events_options *options)
{
	if (options->since >= 0)
		return (uint64_t)options->since;
	return options->is_following ? UINT64_MAX : 0;
}

static int
run_events(const struct call *call)
{
	const struct events_options *options = call->options;
	struct watch watch = { .call = call };
	struct message_events events = {
		.after = choose_after(options),
		.follow = options->is_following,
		.topic = bytes_of(options->topic),
	};
	int code = talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_EVENTS,
		.message = &events,
		.is_patient = options->is_following,
		.take_row = take_row,
		.owner = &watch,
	});

	free(watch.source);
	return code == 0 && watch.has_gap ? CODE_GAP : code;
}

static const struct command_code codes[] = {
	{ 0, "All there were are printed" },
	{ 1, "docketd refuses; it says why" },
	{ CODE_GAP, "Events above N are missing: they are no longer kept" },
	{ 0, NULL },
};

const struct command cmd_events = {
	.name = "events",
	.operands = "",
	.summary = "What happened, and with --follow what happens",
	.text = "The events of the journal in their order: time, number, "
		"type,\n"
		"arrival, and what there is to say. In JSON they are "
		"CloudEvents 1.0\n"
		"as on the bus, numbered as in the journal.",
	.arguments = arguments,
	.options_size = sizeof(struct events_options),
	.codes = codes,
	.run = run_events,
};
