/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader.c - a docket-worker of our own, for reading without a daemon
 *
 * Owns the worker. Reads the documents; what a document does to the worker
 * stays there.
 */
#include "reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

void
reader_init(struct reader *reader, const struct worker_setup *setup,
	    int64_t deadline_ms)
{
	*reader = (struct reader){
		.setup = setup,
		.deadline_ms = deadline_ms,
	};
	own_worker_init(&reader->worker);
}

void
reader_fini(struct reader *reader)
{
	own_worker_fini(&reader->worker);
	reader->is_broken = false;
}

static int
get_deadline(const struct reader *reader)
{
	return reader->deadline_ms ? (int)reader->deadline_ms : -1;
}

/* The worker broke the protocol: say so, and have no more of it. */
static int
refuse(struct reader *reader, const char *what)
{
	own_worker_fini(&reader->worker);
	log_error("docket-worker and docket do not understand each other: %s",
		  what);
	return FAULT_EXIT_SOFTWARE;
}

static void
warn_refused(struct docket_bytes lines)
{
	while (lines.size > 0) {
		const char *end = memchr(lines.data, '\n', lines.size);
		size_t size = (size_t)(end - lines.data);

		log_warning("a plugin was refused: %.*s", (int)size,
			    lines.data);
		lines.data += size + 1;
		lines.size -= size + 1;
	}
}

int
reader_start(struct reader *reader)
{
	struct fault fault = { "" };
	int error;

	if (reader->is_broken)
		reader_fini(reader);
	if (reader->worker.pid)
		return 0;
	error = own_worker_start(&reader->worker, reader->setup, &fault);
	if (error) {
		log_error("%s", fault.text);
		return error == -EPROTO ? FAULT_EXIT_SOFTWARE
					: FAULT_EXIT_CONFIG;
	}
	warn_refused(buffer_bytes(&reader->worker.refused));
	return 0;
}

static int
send_job(struct reader *reader, const struct source *source)
{
	auto_buffer struct buffer content = { 0 };
	struct message_job job = {
		.lease = ++reader->lease,
		.name = source->name,
		.media_type = source->media_type,
		.size = source->size,
	};
	int code;

	if (source->size > MESSAGE_INLINE_LIMIT) {
		own_worker_send_fd(&reader->worker, MESSAGE_JOB, &job,
				   source->fd);
		return 0;
	}
	code = source_read(source, &content);
	if (code)
		return code;
	job.content = buffer_bytes(&content);
	job.size = content.size;
	own_worker_send(&reader->worker, MESSAGE_JOB, &job);
	return 0;
}

static int
take_record(struct reader *reader, const struct frame *frame,
	    struct reading *reading)
{
	struct message_record record;

	if (message_decode(frame, &record))
		return refuse(reader, "a record that does not decode");
	reading->end = READING_RECORD;
	reading->image = record.image;
	return 0;
}

static int
take_failure(struct reader *reader, const struct frame *frame,
	     struct reading *reading)
{
	if (message_decode(frame, &reading->failed))
		return refuse(reader, "a failure that does not decode");
	reading->end = READING_FAILED;
	reader->is_broken = reading->failed.status == DOCKET_BROKEN;
	return 0;
}

static int
take_loss(struct reader *reader, int answer, struct reading *reading)
{
	struct fault lost;

	if (answer == -EMSGSIZE || answer == -EPROTO)
		return refuse(reader, strerror(-answer));
	own_worker_give_up(&reader->worker, answer, get_deadline(reader),
			   &lost);
	fault_set(&reading->lost, 0, "%s%s", lost.text,
		  answer == -ETIMEDOUT ? "; --deadline gives it longer" : "");
	reading->end = READING_LOST;
	return 0;
}

/* Until the worker has said what became of the document. */
static int
await_record(struct reader *reader, struct reading *reading)
{
	for (;;) {
		struct frame frame;
		int answer = own_worker_receive(&reader->worker,
						get_deadline(reader), &frame);

		if (answer != 1)
			return take_loss(reader, answer, reading);
		switch (frame.type) {
		case MESSAGE_STARTED:
		case MESSAGE_PROGRESS:
			break; /* each gives it the whole time again */
		case MESSAGE_RECORD:
			return take_record(reader, &frame, reading);
		case MESSAGE_FAILED:
			return take_failure(reader, &frame, reading);
		default:
			return refuse(reader, message_type_name(frame.type));
		}
	}
}

int
reader_read(struct reader *reader, const struct source *source,
	    struct reading *out_reading)
{
	int code = reader_start(reader);

	*out_reading = (struct reading){ 0 };
	if (code == 0)
		code = send_job(reader, source);
	/* Hashed here while it is read there. */
	if (code == 0)
		code = source_hash(source, &out_reading->digest);
	if (code == 0)
		code = await_record(reader, out_reading);
	if (code == FAULT_EXIT_IO)
		reader_fini(reader); /* it may still answer: not to the next */
	return code;
}

int
reader_explain(const struct source *source, const struct reading *reading)
{
	/* What the person who has the file can do about it. */
	static const char *const cures[] = {
		[DOCKET_SKIP] = "docket plugins lists what can be read.",
		[DOCKET_RETRY] = "Try again later.",
		[DOCKET_REJECT] = "Have it sent again, or in another form.",
		[DOCKET_BROKEN] = "Tell the author of the plugin.",
	};
	const struct message_failed *failed = &reading->failed;
	const char *cure = cures[DOCKET_BROKEN];

	if (reading->end == READING_LOST) {
		log_error("%s was not read: the worker %s", source->label,
			  reading->lost.text);
		return EXIT_FAILURE;
	}
	if (failed->status < ARRAY_SIZE(cures) && cures[failed->status])
		cure = cures[failed->status];
	log_error("%s was not read (%.*s). %.*s %s", source->label,
		  (int)failed->reason.size, failed->reason.data,
		  (int)failed->detail.size, failed->detail.data, cure);
	return EXIT_FAILURE;
}
