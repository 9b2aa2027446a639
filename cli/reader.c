/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader.c - docket-workers of our own, for reading without a daemon
 *
 * Owns the workers. Reads the documents; what a document does to a worker stays
 * there.
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
	reader->asked = &reader->worker;
	reader->specialists = mem_alloc_array(setup->specialist_count + 1,
					      sizeof(struct own_worker));
	for (size_t i = 0; i < setup->specialist_count; i++)
		own_worker_init(&reader->specialists[i]);
}

void
reader_end(struct reader *reader)
{
	own_worker_fini(&reader->worker);
	for (size_t i = 0;
	     reader->specialists && i < reader->setup->specialist_count; i++)
		own_worker_fini(&reader->specialists[i]);
	reader->is_broken = false;
}

void
reader_fini(struct reader *reader)
{
	reader_end(reader);
	free(take(reader->specialists));
	free(take(reader->child_sizes));
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
	own_worker_fini(reader->asked);
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

/* Ask this one from here on; NULL: the first. */
static int
turn_to(struct reader *reader, const struct worker_specialist *specialist)
{
	struct fault fault = { "" };
	int error;

	reader->asked = &reader->worker;
	if (specialist)
		reader->asked =
			&reader->specialists[specialist -
					     reader->setup->specialists];
	if (reader->asked->pid)
		return 0;
	error = own_worker_start(reader->asked, reader->setup, specialist,
				 &fault);
	if (error) {
		log_error("%s", fault.text);
		return error == -EPROTO ? FAULT_EXIT_SOFTWARE
					: FAULT_EXIT_CONFIG;
	}
	warn_refused(buffer_bytes(&reader->asked->refused));
	return 0;
}

int
reader_start(struct reader *reader)
{
	if (reader->is_broken)
		reader_end(reader);
	return turn_to(reader, NULL);
}

static int
send_job(struct reader *reader, const struct source *source, const char *past)
{
	auto_buffer struct buffer content = { 0 };
	struct message_job job = {
		.lease = ++reader->lease,
		.name = source->name,
		.media_type = source->media_type,
		.past = bytes_of(past),
		.size = source->size,
	};
	int code;

	if (source->size > MESSAGE_INLINE_LIMIT) {
		own_worker_send_fd(reader->asked, MESSAGE_JOB, &job,
				   source->fd);
		return 0;
	}
	code = source_read(source, &content);
	if (code)
		return code;
	job.content = buffer_bytes(&content);
	job.size = content.size;
	own_worker_send(reader->asked, MESSAGE_JOB, &job);
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
	reading->child_sizes = reader->child_sizes;
	reading->child_count = reader->child_count;
	return 0;
}

/* The record names them; here they only have a size. */
static int
take_child(struct reader *reader, const struct frame *frame)
{
	struct message_child child;

	if (message_decode(frame, &child))
		return refuse(reader, "a child that does not decode");
	reader->child_sizes =
		mem_grow_array(reader->child_sizes, reader->child_count,
			       &reader->child_capacity, sizeof(uint64_t));
	reader->child_sizes[reader->child_count++] = child.size;
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
	own_worker_give_up(reader->asked, answer, get_deadline(reader), &lost);
	fault_set(&reading->lost, 0, "%s%s", lost.text,
		  answer == -ETIMEDOUT ? "; --deadline gives it longer" : "");
	reading->end = READING_LOST;
	return 0;
}

/* Until the worker has said what became of the document. */
static int
await_record(struct reader *reader, struct reading *reading)
{
	int code = 0;

	reader->child_count = 0;
	while (code == 0) {
		struct frame frame;
		int answer = own_worker_receive(reader->asked,
						get_deadline(reader), &frame);

		if (answer != 1)
			return take_loss(reader, answer, reading);
		switch (frame.type) {
		case MESSAGE_STARTED:
		case MESSAGE_PROGRESS:
		case MESSAGE_CHILD_BYTES:
			break; /* each gives it the whole time again */
		case MESSAGE_CHILD:
			code = take_child(reader, &frame);
			break;
		case MESSAGE_RECORD:
			return take_record(reader, &frame, reading);
		case MESSAGE_FAILED:
			return take_failure(reader, &frame, reading);
		default:
			return refuse(reader, message_type_name(frame.type));
		}
	}
	return code;
}

/* ---- from one worker to the next ---- */

/* The specialist that the first worker leaves it to; NULL: that is its answer. */
static const struct worker_specialist *
find_specialist(const struct reader *reader, const struct reading *reading)
{
	const struct worker_setup *setup = reader->setup;

	if (reader->asked != &reader->worker ||
	    reading->end != READING_FAILED ||
	    reading->failed.status != DOCKET_SKIP)
		return NULL;
	for (size_t i = 0; i < setup->specialist_count; i++)
		if (bytes_equal(bytes_of(setup->specialists[i].name),
				reading->failed.plugin))
			return &setup->specialists[i];
	return NULL;
}

/* Ask another worker for the same document. */
static int
read_in(struct reader *reader, const struct worker_specialist *specialist,
	const char *past, const struct source *source, struct reading *reading)
{
	int code = turn_to(reader, specialist);

	if (code == 0)
		code = send_job(reader, source, past);
	return code ? code : await_record(reader, reading);
}

/* What a specialist skips is for the parsers behind it. */
static int
ask_specialists(struct reader *reader, const struct source *source,
		struct reading *reading)
{
	const struct worker_specialist *specialist;
	int code = 0;

	while (code == 0 &&
	       (specialist = find_specialist(reader, reading)) != NULL) {
		code = read_in(reader, specialist, NULL, source, reading);
		if (code == 0 && reading->end == READING_FAILED &&
		    reading->failed.status == DOCKET_SKIP)
			code = read_in(reader, NULL, specialist->name, source,
				       reading);
	}
	return code;
}

int
reader_read(struct reader *reader, const struct source *source,
	    struct reading *out_reading)
{
	int code = reader_start(reader);

	*out_reading = (struct reading){ 0 };
	if (code == 0)
		code = send_job(reader, source, NULL);
	/* Hashed here while it is read there. */
	if (code == 0)
		code = source_hash(source, &out_reading->digest);
	if (code == 0)
		code = await_record(reader, out_reading);
	if (code == 0)
		code = ask_specialists(reader, source, out_reading);
	if (code == FAULT_EXIT_IO)
		reader_end(reader); /* it may still answer: not to the next */
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
