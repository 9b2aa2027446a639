/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse_apart.c - a document that is parsed in a process of its own
 *
 * The copy gets the job as this process got it, and speaks to docketd on the
 * same socket, while this process waits and neither reads nor writes: it tells of
 * failures, and sends what it takes out of the document. The record it hands
 * over, and this process goes on with it as if it had parsed the document
 * itself. Ends the process as the copy ended, if it has not done its work.
 */
#include "parse_apart.h"

#include <string.h>

#include "content.h"
#include "farewell.h"

/* A job with its content in it, and names and the rest around it. */
#define FRAME_LIMIT (MESSAGE_INLINE_LIMIT + (64u << 10))

/* What lies in front of the record that is handed over. */
struct handed_head {
	uint64_t parser; /* its place among the parsers */
};

/* ---- the copy ---- */

static uint64_t
find_place(const struct parsers *parsers, const struct plugin *parser)
{
	uint64_t place = 0;

	while (parsers->worker->plugins[place] != parser)
		place++;
	return place;
}

static bool
hand_over(struct parse_apart *parse, const struct docket_job *job,
	  const struct plugin *parser)
{
	struct handed_head head = { find_place(parse->parsers, parser) };
	struct docket_bytes bytes = { (const char *)&head, sizeof(head) };
	auto_buffer struct buffer saved = { 0 };

	record_save(job->record, &saved);
	return handover_put(&parse->handover, bytes) &&
	       handover_put(&parse->handover, buffer_bytes(&saved));
}

static int
parse_here(struct parse_apart *parse, struct docket_job *job,
	   struct docket_bytes past)
{
	const struct plugin *parser;
	struct outcome outcome;

	parser = parse_document(parse->parsers, job, past, &outcome);
	if (parser && !hand_over(parse, job, parser)) {
		outcome_find(&outcome, DOCKET_REJECT, "limit",
			     "The document yields more than docket takes of "
			     "one: there is no memory for it.");
		parser = NULL;
	}
	if (!parser) {
		int code = job_fail(job, &outcome);

		return code ? code : APART_ANSWERED;
	}
	children_send(&job->children, job->wire, job->lease);
	return APART_PARSED;
}

static int
run(void *owner, const struct frame *frame)
{
	struct parse_apart *parse = owner;
	const struct setup *setup = &parse->parsers->worker->setup;
	struct docket_job job = { .wire = parse->wire };
	struct allowance allowance;
	struct message_job order;
	struct content content;

	wire_decode_fd(frame, &order);
	content_open(frame, order.content, order.size, &content);
	farewell_set_lease(order.lease);
	allowance_open(&allowance, setup->cpu_limit_ms);
	allowance_begin(&allowance);
	job.lease = order.lease;
	job.content = content.bytes;
	job.name = order.name;
	job.media_type = order.media_type;
	return parse_here(parse, &job, order.past);
}

/* ---- this process ---- */

void
parse_apart_open(struct parse_apart *parse, const struct parsers *parsers,
		 struct wire *wire)
{
	const struct worker *worker = parsers->worker;
	uint64_t limit = worker->setup.memory_limit_bytes;
	int rc;

	*parse = (struct parse_apart){
		.parsers = parsers,
		.wire = wire,
		.apart = {
			.needs = worker->needs,
			.limit_bytes = FRAME_LIMIT,
			.run = run,
			.owner = parse,
		},
	};
	/* What a copy can make it has memory for; no image is larger. */
	rc = handover_open(&parse->handover, limit ? limit : UINT32_MAX);
	if (!rc)
		rc = apart_open(&parse->apart);
	if (rc)
		wire_refuse("a parser that wants processes: %s", strerror(-rc));
}

void
parse_apart_close(struct parse_apart *parse)
{
	apart_close(&parse->apart);
	handover_close(&parse->handover);
}

/* It is a stranger's. NULL: it is no record, or none of these parsers made it. */
static const struct plugin *
open_handed(struct parse_apart *parse, struct docket_job *job)
{
	const struct worker *worker = parse->parsers->worker;
	auto_buffer struct buffer handed = { 0 };
	struct docket_bytes saved;
	struct handed_head head;

	if (handover_take(&parse->handover, &handed) ||
	    handed.size < sizeof(head))
		return NULL;
	memcpy(&head, handed.data, sizeof(head));
	saved = (struct docket_bytes){ handed.data + sizeof(head),
				       handed.size - sizeof(head) };
	if (head.parser >= parse->parsers->count ||
	    job_load(job, saved, worker->setup.text_limit_bytes))
		return NULL;
	return worker->plugins[head.parser];
}

/* Whose fault that is: there is rarely more than one that is parsed with here. */
static const char *
find_culprit(const struct parsers *parsers)
{
	size_t i = 0;

	while (i + 1 < parsers->count &&
	       parsers->worker->plugins[i]->is_elsewhere)
		i++;
	return parsers->worker->plugins[i]->abi.plugin.name;
}

static const struct plugin *
take_handed(struct parse_apart *parse, struct docket_job *job,
	    struct outcome *out_outcome)
{
	const struct plugin *parser = open_handed(parse, job);

	if (parser)
		return parser;
	out_outcome->plugin = find_culprit(parse->parsers);
	outcome_find(out_outcome, DOCKET_BROKEN, "plugin-broken",
		     "What was read in a process of its own is no record.");
	return NULL;
}

/* As docketd sent it, but for what is known by now. */
static void
put_job(const struct docket_job *job, int content, struct docket_bytes past,
	struct buffer *out)
{
	struct message_job order = {
		.lease = job->lease,
		.name = job->name,
		.media_type = job->media_type,
		.past = past,
		.size = job->content.size,
	};

	if (content >= 0) {
		message_encode_fd(out, MESSAGE_JOB, &order);
		return;
	}
	order.content = job->content;
	message_encode(out, MESSAGE_JOB, &order);
}

/* There was no process for it: another time there may be. */
static void
postpone(int error, struct outcome *out_outcome)
{
	outcome_find(out_outcome, DOCKET_RETRY, "retry",
		     "There was no process to read it in: %s.",
		     strerror(-error));
}

const struct plugin *
parse_apart_document(struct parse_apart *parse,
		     const struct allowance *allowance, struct docket_job *job,
		     int content, struct docket_bytes past,
		     struct outcome *out_outcome)
{
	const struct plugin *parser = NULL;
	auto_buffer struct buffer order = { 0 };
	uint64_t spent_ms = 0;
	int end;

	*out_outcome = (struct outcome){ .stage = "read", .plugin = "" };
	put_job(job, content, past, &order);
	end = apart_run(&parse->apart, &order, content, &spent_ms);
	allowance_charge(allowance, spent_ms);
	if (end < 0)
		postpone(end, out_outcome);
	else if (end == APART_PARSED)
		parser = take_handed(parse, job, out_outcome);
	handover_clear(&parse->handover);
	return parser;
}
