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
 * Where a plugin asks for it (DOCKET_NEED_PROCESS), another process parses the
 * document, and this one goes on with what it reads.
 */
#include "allowance.h"
#include "ask.h"
#include "content.h"
#include "farewell.h"
#include "parse.h"
#include "parse_apart.h"
#include "sketch.h"
#include "sniff.h"
#include "tokens.h"

struct reader {
	struct worker *worker;
	struct parsers parsers;
	struct plugin *const *annotators; /* in order */
	size_t annotator_count;
	struct word_breaker *breaker; /* NULL: no tokens are wanted */
	struct allowance allowance;
	bool is_apart;
	struct parse_apart apart;
};

/* ---- a document ---- */

static const struct plugin *
parse(struct reader *reader, struct docket_job *job, int content,
      struct docket_bytes past, struct outcome *out_outcome)
{
	if (reader->is_apart)
		return parse_apart_document(&reader->apart, &reader->allowance,
					    job, content, past, out_outcome);
	return parse_document(&reader->parsers, job, past, out_outcome);
}

/* Until one has more to say than OK and SKIP. */
static void
ask_annotators(const struct reader *reader, struct docket_job *job,
	       struct outcome *outcome)
{
	for (size_t i = 0; i < reader->annotator_count; i++) {
		const struct plugin *plugin = reader->annotators[i];
		const char *name = plugin->abi.plugin.name;
		enum docket_status status;

		job_enter(job, name);
		status = plugin->abi.annotator.annotate(plugin->self, job);
		job_leave(job);
		if (status == DOCKET_SKIP)
			status = DOCKET_OK;
		job_judge(job, "annotate", name, status, outcome);
		if (outcome->status != DOCKET_OK)
			return;
	}
}

static void
send_record(const struct docket_job *job, const struct plugin *parser)
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
	children_send(&job->children, job->wire, job->lease);
	record_finish(job->record, &image);
	record.image = buffer_bytes(&image);
	wire_send(job->wire, MESSAGE_RECORD, &record);
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
read_document(struct reader *reader, struct docket_job *job, int content,
	      const struct message_job *order, struct outcome *out_outcome)
{
	const struct plugin *parser;

	if (!is_readable(job, order->types, out_outcome))
		return;
	parser = parse(reader, job, content, order->past, out_outcome);
	if (!parser)
		return;
	name_types_put(&reader->worker->name_types, job);
	ask_annotators(reader, job, out_outcome);
	if (out_outcome->status != DOCKET_OK)
		return;
	if (reader->breaker)
		tokens_put(reader->breaker, job->record);
	send_record(job, parser);
}

/* ---- a job ---- */

/* Forced by whoever dropped it, else sniffed; "" of nothing. */
static struct docket_bytes
find_media_type(const struct message_job *order, struct docket_bytes content)
{
	if (order->media_type.size || !content.size)
		return order->media_type;
	return bytes_of(sniff_media_type(content, order->name));
}

/* The exit code with which this process is to end; 0: it goes on. */
static int
read_job(struct reader *reader, const struct frame *frame)
{
	struct wire *wire = &reader->worker->wire;
	struct message_job order;
	struct content content;
	struct outcome outcome;
	struct docket_job job = { .wire = wire };
	int code = 0;

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
	read_document(reader, &job, content.fd, &order, &outcome);
	allowance_end(&reader->allowance);
	if (outcome.status != DOCKET_OK)
		code = job_fail(&job, &outcome);
	job_end(&job);
	content_close(&content);
	return code;
}

/* ---- all of them ---- */

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
		code = read_job(reader, &frame);
	}
	return code;
}

static size_t
count_parsers(const struct worker *worker)
{
	size_t count = 0;

	while (count < worker->plugin_count &&
	       worker->plugins[count]->abi.kind == PLUGIN_PARSER)
		count++;
	return count;
}

static void
open_reader(struct reader *reader, struct worker *worker)
{
	size_t count;

	ask_sort(worker->plugins, worker->plugin_count);
	count = count_parsers(worker);
	*reader = (struct reader){
		.worker = worker,
		.parsers = { worker, count },
		.annotators = worker->plugins + count,
		.annotator_count = worker->plugin_count - count,
		.is_apart = worker->needs & DOCKET_NEED_PROCESS,
	};
	if (worker->setup.wants & DOCKET_WANT_TOKENS) {
		reader->breaker = word_breaker_new();
		word_breaker_see_many(reader->breaker);
	}
	if (reader->is_apart)
		parse_apart_open(&reader->apart, &reader->parsers,
				 &worker->wire);
	allowance_open(&reader->allowance, worker->setup.cpu_limit_ms);
}

int
read_documents(struct worker *worker)
{
	struct reader reader;
	int code;

	open_reader(&reader, worker);
	code = read_until_closed(&reader);
	parse_apart_close(&reader.apart);
	word_breaker_free(reader.breaker);
	return code;
}
