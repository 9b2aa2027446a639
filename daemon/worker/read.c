/* SPDX-License-Identifier: Apache-2.0 */
/*
 * read.c - the reader's role: a document comes in, a record goes out
 *
 * Each JOB is answered with STARTED and then, after any number of PROGRESS,
 * with the children that were taken out of it and one RECORD, or with FAILED.
 * Owns what is kept from document to document: the order of plugins, the word
 * breaker, the allowance. A document that takes more processor time than docketd
 * allows ends the process, as may a plugin; docketd knows by the lease which
 * document that was. Wall clock deadlines are docketd's.
 *
 * Where a plugin asks for it (DOCKET_NEED_PROCESS), a copy of this process does
 * all that for one document: it answers on the same socket, while this process
 * waits and neither reads nor writes.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "advice.h"
#include "allowance.h"
#include "apart.h"
#include "ask.h"
#include "content.h"
#include "farewell.h"
#include "job.h"
#include "log.h"
#include "outcome.h"
#include "sketch.h"
#include "sniff.h"
#include "tokens.h"
#include "worker.h"

struct reader {
	struct worker *worker;
	struct plugin *const *plugins; /* parsers, then annotators, in order */
	size_t parser_count;
	size_t plugin_count;
	struct word_breaker *breaker; /* NULL: no tokens are wanted */
	struct allowance allowance;
};

/* ---- asking plugins ---- */

/* What counts in the end, whatever a plugin answered. */
static void
judge(const struct docket_job *job, const char *stage,
      const struct plugin *plugin, enum docket_status status,
      struct outcome *out_outcome)
{
	const char *name = plugin->abi.plugin.name;
	const char *limit = record_builder_limit(job->record);

	outcome_set(out_outcome, stage, name, status, job->explained);
	if (job->reason[0] && status != DOCKET_OK)
		out_outcome->reason = job->reason;
	if (job->stray)
		outcome_find(out_outcome, DOCKET_BROKEN, "plugin-broken",
			     "The plugin %s called %s() where it may not.",
			     name, job->stray);
	else if (children_pass_limit(&job->children, out_outcome))
		return;
	else if (limit)
		outcome_find(out_outcome, DOCKET_REJECT, "limit",
			     "The document yields more than docket takes of "
			     "one: its limit of %s is reached.",
			     limit);
}

static void
ask_parser(struct reader *reader, const struct plugin *plugin,
	   struct docket_job *job, struct outcome *out_outcome)
{
	enum docket_status status;

	job_begin(job, reader->worker->setup.text_limit_bytes);
	job_enter(job, plugin->abi.plugin.name);
	status = plugin->abi.parser.parse(plugin->self, job);
	job_leave(job);
	judge(job, "read", plugin, status, out_outcome);
}

static bool
is_plugin(const struct plugin *plugin, struct docket_bytes name)
{
	return bytes_equal(bytes_of(plugin->abi.plugin.name), name);
}

/* It has readers of its own: docketd knows which, by its name. */
static void
send_elsewhere(const struct plugin *plugin, struct outcome *out_outcome)
{
	*out_outcome = (struct outcome){
		.stage = "read",
		.plugin = plugin->abi.plugin.name,
	};
	outcome_find(out_outcome, DOCKET_SKIP, "elsewhere",
		     "The plugin %s is asked, in a reader of its own.",
		     plugin->abi.plugin.name);
}

/* It has no parser. What its name says may be what it was before. */
static void
refuse_unsupported(const struct reader *reader, const struct docket_job *job,
		   struct outcome *out_outcome)
{
	const char *named =
		name_types_find_wrong(&reader->worker->name_types, job);

	*out_outcome = (struct outcome){ .stage = "read", .plugin = "" };
	outcome_find(out_outcome, DOCKET_SKIP, "unsupported",
		     "No plugin reads documents of type %.*s.%s%s%s%s",
		     (int)job->media_type.size, job->media_type.data,
		     advice_of(job->media_type),
		     named ? " By its name it is " : "", named ? named : "",
		     named ? "; it may be damaged." : "");
}

/*
 * The parser that took the document, or NULL and the outcome says why. Those up
 * to `past`, if there is one, were asked before.
 */
static const struct plugin *
find_parser(struct reader *reader, struct docket_job *job,
	    struct docket_bytes past, struct outcome *out_outcome)
{
	for (enum ask_fit fit = ASK_NAMED; fit > ASK_NOT; fit--) {
		for (size_t i = 0; i < reader->parser_count; i++) {
			const struct plugin *plugin = reader->plugins[i];

			if (ask_fit_job(plugin, job->media_type, job->name) !=
			    fit)
				continue;
			if (past.size) {
				if (is_plugin(plugin, past))
					past.size = 0;
				continue;
			}
			if (plugin->is_elsewhere) {
				send_elsewhere(plugin, out_outcome);
				return NULL;
			}
			ask_parser(reader, plugin, job, out_outcome);
			if (out_outcome->status != DOCKET_SKIP)
				return out_outcome->status ? NULL : plugin;
		}
	}
	refuse_unsupported(reader, job, out_outcome);
	return NULL;
}

/* Until one has more to say than OK and SKIP. */
static void
ask_annotators(struct reader *reader, struct docket_job *job,
	       struct outcome *outcome)
{
	for (size_t i = reader->parser_count; i < reader->plugin_count; i++) {
		const struct plugin *plugin = reader->plugins[i];
		enum docket_status status;

		job_enter(job, plugin->abi.plugin.name);
		status = plugin->abi.annotator.annotate(plugin->self, job);
		job_leave(job);
		if (status == DOCKET_SKIP)
			status = DOCKET_OK;
		judge(job, "annotate", plugin, status, outcome);
		if (outcome->status != DOCKET_OK)
			return;
	}
}

/* ---- a job ---- */

static void
send_record(struct reader *reader, const struct docket_job *job,
	    const struct plugin *parser)
{
	auto_buffer struct buffer image = { 0 };
	struct message_record record = {
		.lease = job->lease,
		.plugin = bytes_of(parser->abi.plugin.name),
	};
	struct sketch sketch;

	if (sketch_make(record_text(job->record), &sketch))
		record.sketch = (struct docket_bytes){ (const char *)&sketch,
						       sizeof(sketch) };
	children_send(&job->children, &reader->worker->wire, job->lease);
	record_finish(job->record, &image);
	record.image = buffer_bytes(&image);
	wire_send(&reader->worker->wire, MESSAGE_RECORD, &record);
}

/* May plugins see it? If not, the outcome says why. */
static bool
is_readable(const struct docket_job *job, struct docket_bytes types,
	    struct outcome *out_outcome)
{
	*out_outcome = (struct outcome){ .stage = "read", .plugin = "" };
	if (!job->content.size)
		outcome_find(out_outcome, DOCKET_REJECT, "empty",
			     "The file has no bytes in it.");
	else if (types.size && !ask_is_listed(types, job->media_type))
		outcome_find(out_outcome, DOCKET_REJECT, "type",
			     "It is %.*s, and its inbox takes %.*s.",
			     (int)job->media_type.size, job->media_type.data,
			     (int)types.size, types.data);
	return out_outcome->status == DOCKET_OK;
}

/* Read it and answer, but for failures, which are told by the outcome. */
static void
read_document(struct reader *reader, struct docket_job *job,
	      const struct message_job *order, struct outcome *out_outcome)
{
	const struct plugin *parser;

	if (!is_readable(job, order->types, out_outcome))
		return;
	parser = find_parser(reader, job, order->past, out_outcome);
	if (!parser)
		return;
	job_settle(job, parser->abi.plugin.name, parser->abi.plugin.version);
	name_types_put(&reader->worker->name_types, job);
	ask_annotators(reader, job, out_outcome);
	if (out_outcome->status != DOCKET_OK)
		return;
	if (reader->breaker)
		tokens_put(reader->breaker, job->record);
	send_record(reader, job, parser);
}

/* Forced by whoever dropped it, else sniffed; "" of nothing. */
static struct docket_bytes
find_media_type(const struct message_job *order, struct docket_bytes content)
{
	if (order->media_type.size || !content.size)
		return order->media_type;
	return bytes_of(sniff_media_type(content, order->name));
}

static enum docket_status
read_job(struct reader *reader, const struct frame *frame)
{
	struct wire *wire = &reader->worker->wire;
	struct message_job order;
	struct content content;
	struct outcome outcome;
	struct docket_job job = { .wire = wire };

	wire_decode_fd(frame, &order);
	content_open(frame, order.content, order.size, &content);
	wire_send(wire, MESSAGE_STARTED,
		  &(struct message_lease){ .lease = order.lease });
	farewell_set_lease(order.lease);
	allowance_begin(&reader->allowance);
	job.lease = order.lease;
	job.content = content.bytes;
	job.name = order.name;
	job.media_type = find_media_type(&order, content.bytes);
	read_document(reader, &job, &order, &outcome);
	allowance_end(&reader->allowance);
	if (outcome.status != DOCKET_OK) {
		struct message_failed failed =
			outcome_message(&outcome, job.lease, job.media_type);

		wire_send(wire, MESSAGE_FAILED, &failed);
	}
	job_end(&job);
	content_close(&content);
	return outcome.status;
}

/* The exit code with which this process is to end; 0: it goes on. */
static int
take_job(struct reader *reader, const struct frame *frame)
{
	if (read_job(reader, frame) != DOCKET_BROKEN)
		return 0;
	log_error("a plugin is broken, starting afresh");
	return FAULT_EXIT_SOFTWARE;
}

/* ---- a job in a process of its own ---- */

static void
open_allowance(struct reader *reader)
{
	allowance_open(&reader->allowance, reader->worker->setup.cpu_limit_ms);
}

struct errand {
	struct reader *reader;
	const struct frame *frame;
};

static int
run_errand(void *owner)
{
	struct errand *errand = owner;

	open_allowance(errand->reader);
	return take_job(errand->reader, errand->frame);
}

/* There was no process for it: another time there may be. */
static void
postpone(struct wire *wire, const struct frame *frame, int error)
{
	struct message_job order;
	struct outcome outcome = { .stage = "read", .plugin = "" };
	struct message_failed failed;

	wire_decode_fd(frame, &order);
	outcome_find(&outcome, DOCKET_RETRY, "retry",
		     "There was no process to read it in: %s.",
		     strerror(-error));
	failed = outcome_message(&outcome, order.lease, order.media_type);
	wire_send(wire, MESSAGE_STARTED,
		  &(struct message_lease){ .lease = order.lease });
	wire_send(wire, MESSAGE_FAILED, &failed);
}

static void
take_job_apart(struct reader *reader, const struct frame *frame)
{
	struct errand errand = { reader, frame };
	struct apart apart = {
		.needs = reader->worker->needs,
		.run = run_errand,
		.owner = &errand,
	};
	int error = apart_run(&apart);

	if (error)
		postpone(&reader->worker->wire, frame, error);
	if (frame->fd >= 0)
		close(frame->fd); /* the copy had its own */
}

/* ---- all of them ---- */

static bool
is_apart(const struct reader *reader)
{
	return reader->worker->needs & DOCKET_NEED_PROCESS;
}

static int
read_until_closed(struct reader *reader)
{
	struct wire *wire = &reader->worker->wire;
	struct frame frame;
	int code = 0;

	wire_send(wire, MESSAGE_READY, &(struct message_sequence){ 0 });
	while (code == 0 && wire_receive(wire, &frame)) {
		if (frame.type != MESSAGE_JOB)
			wire_refuse("a %s to a reader",
				    message_type_name(frame.type));
		if (is_apart(reader))
			take_job_apart(reader, &frame);
		else
			code = take_job(reader, &frame);
	}
	return code;
}

int
read_documents(struct worker *worker)
{
	struct reader reader = {
		.worker = worker,
		.plugins = worker->plugins,
		.plugin_count = worker->plugin_count,
	};
	int code;

	ask_sort(worker->plugins, worker->plugin_count);
	while (reader.parser_count < reader.plugin_count &&
	       reader.plugins[reader.parser_count]->abi.kind == PLUGIN_PARSER)
		reader.parser_count++;
	if (worker->setup.wants & DOCKET_WANT_TOKENS)
		reader.breaker = word_breaker_new();
	if (!is_apart(&reader) && reader.breaker)
		word_breaker_see_many(reader.breaker);
	if (is_apart(&reader))
		apart_open(worker->needs);
	else
		open_allowance(&reader);
	code = read_until_closed(&reader);
	word_breaker_free(reader.breaker);
	return code;
}
