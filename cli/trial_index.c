/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_index.c - what an indexer on trial is told, and what it answers
 *
 * Owns the descriptors of records on their way. What is not answered as it must
 * be is said here.
 */
#include "trial_index.h"

#include <sys/mman.h>
#include <unistd.h>

/* The worker does not answer as it must: that ends the trial. */
static bool
lose(struct trial_index *index, int answer, const char *during)
{
	trial_say_lost(index->trial, &index->worker, answer, during);
	return false;
}

bool
trial_index_open(struct trial_index *index)
{
	return trial_start(index->trial, &index->worker, &index->setup);
}

void
trial_index_tell(struct trial_index *index, enum message_type type,
		 uint64_t arrival, struct docket_bytes image)
{
	auto_fd int fd = memfd_create("record", MFD_CLOEXEC);
	struct message_put order = {
		.sequence = ++index->told,
		.arrival = arrival,
		.size = image.size,
	};

	/* Never more in the socket than it takes: nobody may be reading. */
	if (write(fd, image.data, image.size) == (ssize_t)image.size)
		own_worker_send_fd(&index->worker, type, &order, fd);
}

static void
say_failed(struct trial_index *index, const struct frame *frame,
	   const char *during)
{
	struct message_failed failed;

	if (message_decode(frame, &failed))
		return;
	trial_say(index->trial, TRIAL_WRONG, "%s (%.*s): %.*s", during,
		  (int)failed.reason.size, failed.reason.data,
		  (int)failed.detail.size, failed.detail.data);
	if (failed.status == DOCKET_BROKEN)
		own_worker_fini(&index->worker); /* it is ending by itself */
}

/* A failure of a put comes before the answer to the commit. */
bool
trial_index_commit(struct trial_index *index, const char *during)
{
	struct message_sequence order = { index->told };
	struct frame frame;
	int answer;

	own_worker_send(&index->worker, MESSAGE_COMMIT, &order);
	while ((answer = own_worker_receive(&index->worker,
					    (int)index->trial->deadline_ms,
					    &frame)) == 1) {
		if (frame.type == MESSAGE_COMMITTED) {
			index->committed = order.sequence;
			return true;
		}
		if (frame.type == MESSAGE_FAILED) {
			say_failed(index, &frame, during);
			return false;
		}
	}
	return lose(index, answer, during);
}

static bool
take_found(struct trial_index *index, const struct frame *frame)
{
	struct message_found found = { .status = DOCKET_BROKEN };

	message_decode(frame, &found);
	index->is_mute = found.status == DOCKET_SKIP;
	if (index->is_mute)
		trial_say(index->trial, TRIAL_NOTE, "it answers no queries");
	else if (found.status != DOCKET_OK)
		trial_say(index->trial, TRIAL_WRONG, "it does not find: %.*s",
			  (int)found.detail.size, found.detail.data);
	return found.status == DOCKET_OK;
}

bool
trial_index_find(struct trial_index *index, uint64_t arrival,
		 struct trial_answer *out_answer)
{
	struct message_find order = { .request = 1,
				      .query = buffer_bytes(&index->query) };
	struct frame frame;
	int answer;

	*out_answer = (struct trial_answer){ 0 };
	if (index->is_mute)
		return false;
	own_worker_send(&index->worker, MESSAGE_FIND, &order);
	while ((answer = own_worker_receive(&index->worker,
					    (int)index->trial->deadline_ms,
					    &frame)) == 1) {
		struct message_hit hit = { 0 };

		if (frame.type == MESSAGE_FOUND)
			return take_found(index, &frame);
		if (frame.type != MESSAGE_HIT || message_decode(&frame, &hit))
			continue;
		out_answer->hits++;
		out_answer->times += hit.arrival == arrival;
	}
	return lose(index, answer, "find");
}
