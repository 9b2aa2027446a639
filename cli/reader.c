/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader.c - a docket-worker of our own, for reading without a daemon
 *
 * Owns the worker process and the socketpair to it. Reads the plugin folder
 * and the documents; what a document does to the worker stays there.
 */
#include "reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"
#include "log.h"
#include "reader_process.h"
#include "record.h"

#define START_MS 30000
/* The text, and room for what a record has besides. */
#define FRAME_LIMIT_BYTES (RECORD_TEXT_LIMIT + (88u << 20))

void
reader_init(struct reader *reader, int64_t deadline_ms)
{
	*reader = (struct reader){ .fd = -1, .deadline_ms = deadline_ms };
}

/* End the worker, if one is running; its last status, or 0. */
static int
stop(struct reader *reader)
{
	int status;

	if (reader->pid == 0)
		return 0;
	frame_stream_fini(&reader->stream);
	close(reader->fd);
	reader->fd = -1;
	status = reader_process_end(reader->pid);
	reader->pid = 0;
	return status;
}

void
reader_fini(struct reader *reader)
{
	stop(reader);
}

/* The worker broke the protocol: say so, and have no more of it. */
static int
refuse(struct reader *reader, const char *what)
{
	stop(reader);
	log_error("docket-worker and docket do not understand each other: %s",
		  what);
	return FAULT_EXIT_SOFTWARE;
}

static void
warn_refused(const struct frame *frame)
{
	struct message_refused refused;

	if (message_decode(frame, &refused) == 0)
		log_warning("a plugin was refused: %.*s: %.*s",
			    (int)refused.plugin.size, refused.plugin.data,
			    (int)refused.detail.size, refused.detail.data);
}

/* Until the worker is ready for documents. */
static int
await_ready(struct reader *reader)
{
	for (;;) {
		struct frame frame;
		int answer = frame_receive(&reader->stream, START_MS, &frame);

		if (answer != 1) {
			auto_free char *end =
				reader_process_describe(stop(reader));

			log_error("docket-worker did not start: %s", end);
			return FAULT_EXIT_SOFTWARE;
		}
		if (frame.type == MESSAGE_READY)
			return 0;
		if (frame.type == MESSAGE_REFUSED)
			warn_refused(&frame);
	}
}

static int
start(struct reader *reader)
{
	auto_buffer struct buffer setup = { 0 };
	struct fault fault = { "" };
	int error;

	if (reader->pid)
		return 0;
	error = reader_process_start(&reader->pid, &reader->fd, &setup, &fault);
	if (error) {
		log_error("%s", fault.text);
		return FAULT_EXIT_CONFIG;
	}
	frame_stream_init(&reader->stream, reader->fd, FRAME_LIMIT_BYTES);
	/* A worker that died already is found out by the next receive. */
	frame_send(reader->fd, &setup, -1);
	return await_ready(reader);
}

static int
send_job(struct reader *reader, const struct source *source)
{
	auto_buffer struct buffer content = { 0 };
	auto_buffer struct buffer out = { 0 };
	struct message_job job = {
		.lease = ++reader->lease,
		.name = source->name,
		.size = source->size,
	};
	bool is_inline = source->size <= MESSAGE_INLINE_LIMIT;

	if (is_inline) {
		int code = source_read(source, &content);

		if (code)
			return code;
		job.content = buffer_bytes(&content);
		job.size = content.size;
		message_encode(&out, MESSAGE_JOB, &job);
	} else {
		message_encode_fd(&out, MESSAGE_JOB, &job);
	}
	/* A worker that died is found out by the next receive. */
	frame_send(reader->fd, &out, is_inline ? -1 : source->fd);
	return 0;
}

static int
take_record(struct reader *reader, const struct frame *frame,
	    struct reading *reading)
{
	struct message_record record;

	if (message_decode(frame, &record))
		return refuse(reader, "a record that does not decode");
	reading->image = record.image;
	return 0;
}

static int
take_failure(struct reader *reader, const struct source *source,
	     const struct frame *frame)
{
	/* What the person who has the file can do about it. */
	static const char *const cures[] = {
		[DOCKET_SKIP] = "docket plugins lists what can be read.",
		[DOCKET_RETRY] = "Try again later.",
		[DOCKET_REJECT] = "Have it sent again, or in another form.",
		[DOCKET_BROKEN] = "Tell the author of the plugin.",
	};
	const char *cure = cures[DOCKET_BROKEN];
	struct message_failed failed;

	if (message_decode(frame, &failed))
		return refuse(reader, "a failure that does not decode");
	if (failed.status < ARRAY_SIZE(cures) && cures[failed.status])
		cure = cures[failed.status];
	log_error("%s was not read (%.*s). %.*s %s", source->label,
		  (int)failed.reason.size, failed.reason.data,
		  (int)failed.detail.size, failed.detail.data, cure);
	return EXIT_FAILURE;
}

static int
explain_silence(struct reader *reader, const struct source *source, int answer)
{
	auto_free char *end = NULL;
	int status = stop(reader);

	if (answer == -EMSGSIZE || answer == -EPROTO)
		return refuse(reader, strerror(-answer));
	if (answer == -ETIMEDOUT) {
		log_error("%s was not read within %.1f s; --deadline gives "
			  "it longer",
			  source->label, (double)reader->deadline_ms / 1000);
		return EXIT_FAILURE;
	}
	end = reader_process_describe(status);
	log_error("%s was not read: the reader %s", source->label, end);
	return EXIT_FAILURE;
}

/* Until the worker has said what became of the document. */
static int
await_record(struct reader *reader, const struct source *source,
	     struct reading *reading)
{
	int deadline_ms = reader->deadline_ms ? (int)reader->deadline_ms : -1;

	for (;;) {
		struct frame frame;
		int answer =
			frame_receive(&reader->stream, deadline_ms, &frame);

		if (answer != 1)
			return explain_silence(reader, source, answer);
		switch (frame.type) {
		case MESSAGE_STARTED:
		case MESSAGE_PROGRESS:
			break; /* each gives it the whole time again */
		case MESSAGE_RECORD:
			return take_record(reader, &frame, reading);
		case MESSAGE_FAILED:
			return take_failure(reader, source, &frame);
		default:
			return refuse(reader, message_type_name(frame.type));
		}
	}
}

int
reader_read(struct reader *reader, const struct source *source,
	    struct reading *out_reading)
{
	struct reading reading = { 0 };
	int code = start(reader);

	if (code == 0)
		code = send_job(reader, source);
	/* Hashed here while it is read there. */
	if (code == 0)
		code = source_hash(source, &reading.digest);
	if (code == 0)
		code = await_record(reader, source, &reading);
	if (code == 0)
		*out_reading = reading;
	else if (code == FAULT_EXIT_IO)
		stop(reader); /* it may still answer: not to the next one */
	return code;
}
