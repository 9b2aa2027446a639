/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox.c - the watched folders: how they come and go, and what they offer
 *
 * Owns the inboxes and the one timer for everything that comes with time.
 * Nothing here ends the process once it runs: an inbox that went away is
 * looked for every second. If the very folder is back its claims never ended,
 * and it goes on; in the spool of any other everything is to be claimed.
 */
#include "inbox.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "inbox_private.h"
#include "log.h"

#define LOST_RETRY_MS 1000
#define FULL_RETRY_MS 100

static void on_timer(uv_timer_t *timer);

/* ---- opening ---- */

/* Is it another name of a folder that is open? */
static int
check_distinct(const struct inboxes *inboxes, const struct inbox *inbox,
	       struct fault *fault)
{
	for (const struct inbox *before = inboxes->items; before < inbox;
	     before++)
		if (inbox_folder_is_same(before->folder, inbox->folder))
			return fault_set(fault, -EINVAL,
					 "[inbox %s] and [inbox %s] are the "
					 "same folder",
					 before->config->name,
					 inbox->config->name);
	return 0;
}

/* What was mounted there may be gone, and what lies below it is looked at. */
static void
note_device(struct inbox *inbox)
{
	struct stat meta;

	if (fstat(inbox->folder->folder, &meta) < 0)
		return;
	if (inbox->device != 0 && inbox->device != meta.st_dev)
		log_warning("[inbox %s] %s is on another file system than "
			    "before",
			    inbox->config->name, inbox->config->path);
	inbox->device = meta.st_dev;
}

static int
open_inbox(struct inbox *inbox, struct fault *fault)
{
	int status = inbox_folder_open(inbox->config, &inbox->folder, fault);

	if (status == 0)
		note_device(inbox);
	inbox->must_scan = true;
	inbox->must_recover = status == 0;
	inbox->is_watched = true; /* so that it is told if it cannot be */
	return status;
}

static void
close_inbox(struct inboxes *inboxes, struct inbox *inbox)
{
	inbox_watch_drop(inboxes, inbox, true);
	inbox_scan_end(inbox);
	inbox_folder_drop(inbox->lost);
	inbox->lost = take(inbox->folder);
	inbox->must_recover = false;
}

int
inboxes_open(struct inboxes *inboxes, uv_loop_t *loop,
	     const struct config *config, struct fact_queue *queue,
	     struct fault *fault)
{
	int status = 0;

	*inboxes = (struct inboxes){
		.loop = loop,
		.queue = queue,
		.rescan_ms = (uint64_t)config->daemon.rescan_ms,
		.count = config->inbox_count,
	};
	inbox_watch_open(inboxes);
	inboxes->items =
		mem_alloc_array(config->inbox_count, sizeof(*inboxes->items));
	for (size_t i = 0; i < inboxes->count; i++) {
		struct inbox *inbox = &inboxes->items[i];

		inbox->config = &config->inboxes[i];
		waiting_init(&inbox->waiting, (uint64_t)inbox->config->quiet_ms,
			     (uint64_t)inbox->config->found_quiet_ms);
		if (status == 0)
			status = open_inbox(inbox, fault);
		if (status == 0)
			status = check_distinct(inboxes, inbox, fault);
	}
	return status;
}

/* ---- coming and going ---- */

void
inbox_lose(struct inboxes *inboxes, struct inbox *inbox)
{
	log_warning("[inbox %s] %s was moved, removed or unmounted; docketd "
		    "looks for it every second",
		    inbox->config->name, inbox->config->path);
	close_inbox(inboxes, inbox);
}

static void
reopen(struct inbox *inbox)
{
	struct fault fault;

	if (inbox->lost != NULL && inbox_folder_is_in_place(inbox->lost)) {
		inbox->folder = take(inbox->lost);
		inbox->must_scan = true;
	} else {
		inbox->lost = inbox_folder_drop(inbox->lost);
		if (open_inbox(inbox, &fault) < 0)
			return;
	}
	log_notice("[inbox %s] %s is there again", inbox->config->name,
		   inbox->config->path);
}

struct inbox *
inboxes_take_reopened(struct inboxes *inboxes)
{
	for (size_t i = 0; i < inboxes->count; i++) {
		struct inbox *inbox = &inboxes->items[i];

		if (!inbox->must_recover)
			continue;
		inbox->must_recover = false;
		return inbox;
	}
	return NULL;
}

/* ---- what is offered ---- */

/*
 * The oldest that is ready. A name that is in hand already (its file was closed
 * late, or another came in its place) has to be quiet once more: by then the
 * file that was meant may be in the spool.
 */
static struct waiting *
find_ready(struct inboxes *inboxes, struct inbox *inbox)
{
	struct waiting *waiting;

	if (inbox->folder == NULL)
		return NULL;
	while ((waiting = waiting_ready(&inbox->waiting)) != NULL &&
	       inbox_folder_has_in_hand(inbox->folder, waiting->name)) {
		waiting_note(&inbox->waiting, waiting->name, SIGHTING_CLOSED,
			     inbox_now_ms(inboxes));
		inbox_set_timer(inboxes);
	}
	return waiting;
}

bool
inboxes_take(struct inboxes *inboxes, struct inbox_candidate *out)
{
	for (size_t i = 0; i < inboxes->count; i++) {
		struct inbox *inbox =
			&inboxes->items[inboxes->next++ % inboxes->count];
		struct waiting *waiting = find_ready(inboxes, inbox);

		if (waiting == NULL)
			continue;
		*out = (struct inbox_candidate){
			.inbox = inbox,
			.origin = waiting->was_found   ? ORIGIN_FOUND
				  : waiting->was_moved ? ORIGIN_MOVED
						       : ORIGIN_WRITTEN,
			.move = waiting->was_moved ? waiting->move : 0,
			.name = mem_dup_string(waiting->name),
		};
		waiting_drop(&inbox->waiting, waiting);
		return true;
	}
	return false;
}

struct inbox *
inboxes_find(struct inboxes *inboxes, struct docket_bytes name)
{
	if (name.size == 0)
		return inboxes->count == 1 ? inboxes->items : NULL;
	for (size_t i = 0; i < inboxes->count; i++)
		if (bytes_equal(bytes_of(inboxes->items[i].config->name), name))
			return &inboxes->items[i];
	return NULL;
}

/* ---- time ---- */

/* Is it to be looked through, and is there room for what is found? */
static bool
is_scan_due(const struct inboxes *inboxes, const struct inbox *inbox)
{
	return inbox->scan == NULL &&
	       inbox->waiting.count < INBOX_NAMES_LIMIT / 2 &&
	       inbox_now_ms(inboxes) >= (inbox->must_scan
						 ? inbox->scan_after_ms
						 : inbox->next_scan_ms);
}

static void
tend(struct inboxes *inboxes, struct inbox *inbox)
{
	if (inbox->folder != NULL && is_scan_due(inboxes, inbox) &&
	    !inbox_folder_is_in_place(inbox->folder))
		inbox_lose(inboxes, inbox);
	if (inbox->folder == NULL)
		reopen(inbox);
	if (inbox->folder == NULL)
		return;
	if (inbox->must_recover)
		fact_want_turn(inboxes->queue);
	if (is_scan_due(inboxes, inbox))
		inbox_scan_begin(inbox);
	if (inbox->scan != NULL)
		inbox_scan_continue(inboxes, inbox);
	inbox_check_due(inboxes, inbox);
}

/* When tend() will have something to do. */
static uint64_t
next_due(const struct inboxes *inboxes, const struct inbox *inbox)
{
	uint64_t due = waiting_next_due(&inbox->waiting);
	uint64_t now = inbox_now_ms(inboxes), scan = inbox->next_scan_ms;

	if (inbox->folder == NULL)
		return now +
		       (inbox->lost != NULL ? FULL_RETRY_MS : LOST_RETRY_MS);
	if (inbox->scan != NULL || is_scan_due(inboxes, inbox))
		return now;
	if (inbox->must_scan || scan <= now)
		scan = now + FULL_RETRY_MS;
	return scan < due ? scan : due;
}

/* One timer for everything that comes with time. */
void
inbox_set_timer(struct inboxes *inboxes)
{
	uint64_t now = inbox_now_ms(inboxes), next = now + inboxes->rescan_ms;

	for (size_t i = 0; i < inboxes->count; i++) {
		uint64_t due = next_due(inboxes, &inboxes->items[i]);

		if (due < next)
			next = due;
	}
	/* Not 0: a timer that is due at once keeps libuv in its timers. */
	uv_timer_start(&inboxes->timer, on_timer, next > now ? next - now : 1,
		       0);
}

static void
on_timer(uv_timer_t *timer)
{
	struct inboxes *inboxes = container_of(timer, struct inboxes, timer);

	for (size_t i = 0; i < inboxes->count; i++)
		tend(inboxes, &inboxes->items[i]);
	inbox_set_timer(inboxes);
}

void
inboxes_start(struct inboxes *inboxes)
{
	uv_timer_init(inboxes->loop, &inboxes->timer);
	inbox_watch_start(inboxes);
	on_timer(&inboxes->timer);
}

void
inboxes_stop(struct inboxes *inboxes)
{
	uv_close((uv_handle_t *)&inboxes->timer, NULL);
	if (inboxes->notify >= 0)
		uv_close((uv_handle_t *)&inboxes->poll, NULL);
}

void
inboxes_fini(struct inboxes *inboxes)
{
	for (size_t i = 0; i < inboxes->count; i++) {
		struct inbox *inbox = &inboxes->items[i];

		close_inbox(inboxes, inbox);
		inbox->lost = inbox_folder_drop(inbox->lost);
		free(take(inbox->folder_left));
		waiting_fini(&inbox->waiting);
	}
	inbox_watch_close(inboxes);
	free(inboxes->items);
	*inboxes = (struct inboxes){ .notify = -1 };
}
