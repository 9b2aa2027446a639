/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipts.c - the folders of receipts: each follows the journal's events
 *
 * Writes files on libuv's pool, a batch of events at a time and one batch a
 * folder; the cursor moves when the batch is on the disk. A folder that cannot
 * be written to is tried again every five seconds, and its events wait in the
 * journal. Owns nothing but its queries.
 */
#include "receipts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "receipt.h"

#define BATCH_EVENTS 256
#define RETRY_MS 5000

static void ask(struct receipts_folder *folder);

static int
open_folder(const struct config_inbox *inbox)
{
	int fd = open(inbox->receipts, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

/* ---- on libuv's pool ---- */

/* Errors of one name that no waiting cures; all others are the folder's. */
static bool
is_of_one_name(int error)
{
	return error == -EEXIST || error == -EINVAL || error == -EILSEQ ||
	       error == -ENAMETOOLONG || error == -EISDIR;
}

static int
write_receipt(struct receipts_folder *folder, int fd, struct journal_item *item)
{
	struct event event;
	int status;

	if (event_decode(buffer_bytes(&item->body), &event) < 0 ||
	    !receipt_is_due(&event) ||
	    !bytes_equal(event.inbox, bytes_of(folder->inbox->name)))
		return 0;
	status = receipt_write(fd, &event);
	if (is_of_one_name(status)) {
		folder->left_out = status;
		return 0;
	}
	return status;
}

static void
on_write(uv_work_t *work)
{
	struct receipts_folder *folder =
		container_of(work, struct receipts_folder, work);
	auto_fd int fd = open_folder(folder->inbox);
	uint64_t written = folder->cursor;

	folder->error = fd < 0 ? fd : 0;
	for (size_t i = 0; i < folder->batch->count; i++) {
		if (folder->error == 0)
			folder->error = write_receipt(folder, fd,
						      &folder->batch->items[i]);
		if (folder->error < 0)
			break;
		written = folder->batch->items[i].key;
	}
	if (fd >= 0 && fsync(fd) < 0 && folder->error == 0)
		folder->error = -errno;
	else
		folder->written = written;
}

/* ---- on the loop ---- */

static void
note_errors(struct receipts_folder *folder)
{
	const char *name = folder->inbox->name;

	if (folder->left_out < 0)
		log_warning("[inbox %s] a receipt is left out: %s", name,
			    strerror(-folder->left_out));
	if (folder->error < 0 && !folder->is_failing)
		log_warning("[inbox %s] receipts cannot be written into %s: "
			    "%s; tried again every %d s",
			    name, folder->inbox->receipts,
			    strerror(-folder->error), RETRY_MS / 1000);
	if (folder->error == 0 && folder->is_failing)
		log_notice("[inbox %s] receipts can be written again", name);
	folder->is_failing = folder->error < 0;
	folder->left_out = 0;
}

/* Lazily: what a crash forgets of it is recognised when it is met again. */
static void
report(struct receipts_folder *folder)
{
	struct fact *fact;

	if (folder->written <= folder->cursor)
		return;
	folder->cursor = folder->written;
	fact = fact_new(FACT_REPORTED);
	fact->follower = folder->name;
	fact->cursor = folder->cursor;
	fact->is_lazy = true;
	fact_put(folder->receipts->queue, fact);
}

static void
on_written(uv_work_t *work, int status)
{
	struct receipts_folder *folder =
		container_of(work, struct receipts_folder, work);

	(void)status;
	folder->batch = journal_query_free(folder->batch);
	folder->is_busy = false;
	note_errors(folder);
	report(folder);
	folder->is_behind = true;
	folder->retry_ms = folder->is_failing
				   ? uv_now(folder->receipts->loop) + RETRY_MS
				   : 0;
	ask(folder);
}

static void
take_batch(struct journal_query *query)
{
	struct receipts_folder *folder = query->owner;

	folder->is_busy = false;
	if (query->count == 0 || folder->receipts->is_stopping) {
		journal_query_free(query);
		ask(folder);
		return;
	}
	folder->is_busy = true;
	folder->batch = query;
	folder->written = folder->cursor;
	uv_queue_work(folder->receipts->loop, &folder->work, on_write,
		      on_written);
}

static void
ask(struct receipts_folder *folder)
{
	struct journal_query *query;

	if (folder->is_busy || !folder->is_behind || !folder->knows_cursor ||
	    folder->receipts->is_stopping ||
	    folder->retry_ms > uv_now(folder->receipts->loop))
		return;
	folder->is_busy = true;
	folder->is_behind = false;
	query = journal_query_new(QUERY_EVENTS, folder, take_batch);
	query->after = folder->cursor;
	query->limit = BATCH_EVENTS;
	journal_ask(folder->receipts->journal, query);
}

static void
take_cursor(struct journal_query *query)
{
	struct receipts_folder *folder = query->owner;

	folder->is_busy = false;
	folder->cursor = query->count > 0 ? query->items[0].key : 0;
	folder->knows_cursor = true;
	journal_query_free(query);
	ask(folder);
}

void
receipts_wake(struct receipts *receipts)
{
	for (size_t i = 0; i < receipts->count; i++) {
		receipts->folders[i].is_behind = true;
		ask(&receipts->folders[i]);
	}
}

void
receipts_tend(struct receipts *receipts)
{
	for (size_t i = 0; i < receipts->count; i++)
		ask(&receipts->folders[i]);
}

uint64_t
receipts_consumed(const struct receipts *receipts)
{
	uint64_t consumed = UINT64_MAX;

	for (size_t i = 0; i < receipts->count; i++)
		if (receipts->folders[i].cursor < consumed)
			consumed = receipts->folders[i].cursor;
	return consumed;
}

const char *
receipts_state(const struct receipts *receipts,
	       const struct config_inbox *inbox)
{
	for (size_t i = 0; i < receipts->count; i++)
		if (receipts->folders[i].inbox == inbox)
			return receipts->folders[i].is_failing ? "failing"
							       : "written";
	return NULL;
}

/* ---- life ---- */

int
receipts_check(const struct config_inbox *inbox, struct fault *fault)
{
	auto_fd int fd = -1;
	int status;

	if (*inbox->receipts == '\0')
		return 0;
	fd = open_folder(inbox);
	status = fd < 0 ? fd : 0;
	if (status == 0 && faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) < 0)
		status = -errno;
	if (status < 0)
		return fault_set(fault, status,
				 "[inbox %s] receipts: %s: %s; make the "
				 "folder and let docketd's user write there",
				 inbox->name, inbox->receipts,
				 strerror(-status));
	return 0;
}

int
receipts_init(struct receipts *receipts, uv_loop_t *loop,
	      struct fact_queue *queue, struct journal *journal,
	      const struct config *config, struct fault *fault)
{
	*receipts = (struct receipts){
		.loop = loop,
		.queue = queue,
		.journal = journal,
	};
	receipts->folders = mem_alloc_array(config->inbox_count,
					    sizeof(*receipts->folders));
	for (size_t i = 0; i < config->inbox_count; i++) {
		const struct config_inbox *inbox = &config->inboxes[i];
		struct receipts_folder *folder =
			&receipts->folders[receipts->count];

		if (receipts_check(inbox, fault) < 0)
			return -EINVAL;
		if (*inbox->receipts == '\0')
			continue;
		folder->receipts = receipts;
		folder->inbox = inbox;
		folder->name = mem_format("receipts %s", inbox->name);
		receipts->count++;
	}
	return 0;
}

void
receipts_start(struct receipts *receipts)
{
	for (size_t i = 0; i < receipts->count; i++) {
		struct receipts_folder *folder = &receipts->folders[i];
		struct journal_query *query =
			journal_query_new(QUERY_CURSOR, folder, take_cursor);

		query->follower = folder->name;
		folder->is_busy = true;
		folder->is_behind = true;
		journal_ask(receipts->journal, query);
	}
}

void
receipts_stop(struct receipts *receipts)
{
	receipts->is_stopping = true;
}

bool
receipts_is_gone(const struct receipts *receipts)
{
	for (size_t i = 0; i < receipts->count; i++)
		if (receipts->folders[i].is_busy)
			return false;
	return true;
}

void
receipts_free(struct receipts *receipts)
{
	for (size_t i = 0; i < receipts->count; i++)
		free(receipts->folders[i].name);
	free(receipts->folders);
	*receipts = (struct receipts){ 0 };
}
