/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox_watch.c - inotify: which folder, which name, what happened
 *
 * Owns the inotify descriptor and the list of what it watches. libuv's own
 * uv_fs_event drops queue overflows and never asks for CLOSE_WRITE, so the
 * descriptor is ours, on a uv_poll. Whatever is in doubt ends in a scan.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "inbox_private.h"
#include "log.h"

#define WATCH_MASK                                                   \
	(IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | \
	 IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK)
#define EVENT_BUFFER_SIZE (64u << 10)

/* ---- the list ---- */

static struct inbox_watch *
find_watch(struct inboxes *inboxes, int number)
{
	for (size_t i = 0; i < inboxes->watch_count; i++) {
		size_t at = (inboxes->watch_last + i) % inboxes->watch_count;

		if (inboxes->watches[at].number == number) {
			inboxes->watch_last = at;
			return &inboxes->watches[at];
		}
	}
	return NULL;
}

static void
remove_watch(struct inboxes *inboxes, struct inbox_watch *watch)
{
	free(watch->path);
	*watch = inboxes->watches[--inboxes->watch_count];
}

int
inbox_watch_add(struct inboxes *inboxes, struct inbox *inbox, int fd,
		const char *path)
{
	auto_free char *link = mem_format("/proc/self/fd/%d/.", fd);
	struct inbox_watch *watch;
	int number;

	if (!inbox->config->may_notify)
		return 0;
	if (inboxes->notify < 0)
		return -EMFILE; /* there was none to be had */
	number = inotify_add_watch(inboxes->notify, link, WATCH_MASK);
	if (number < 0)
		return -errno;
	watch = find_watch(inboxes, number);
	if (watch == NULL) {
		inboxes->watches = mem_grow_array(
			inboxes->watches, inboxes->watch_count,
			&inboxes->watch_capacity, sizeof(*inboxes->watches));
		watch = &inboxes->watches[inboxes->watch_count++];
		*watch = (struct inbox_watch){ .number = number };
	}
	free(watch->path);
	watch->path = mem_dup_string(path);
	watch->inbox = inbox;
	return 0;
}

void
inbox_watch_drop(struct inboxes *inboxes, struct inbox *inbox, bool is_all)
{
	for (size_t i = inboxes->watch_count; i-- > 0;) {
		struct inbox_watch *watch = &inboxes->watches[i];

		if (watch->inbox != inbox || (!is_all && *watch->path == '\0'))
			continue;
		inotify_rm_watch(inboxes->notify, watch->number);
		remove_watch(inboxes, watch);
	}
}

/* ---- events ---- */

static void
scan_all(struct inboxes *inboxes)
{
	for (size_t i = 0; i < inboxes->count; i++)
		inboxes->items[i].must_scan = true;
}

/* A folder below the inbox came, went or has another name. */
static void
take_folder_event(struct inboxes *inboxes, struct inbox *inbox)
{
	inbox->must_scan = true;
	if (inbox->config->is_recursive)
		inbox_watch_drop(inboxes, inbox, false);
}

/* The watched folder itself. */
static void
take_own_event(struct inboxes *inboxes, struct inbox_watch *watch,
	       uint32_t mask)
{
	struct inbox *inbox = watch->inbox;

	if (*watch->path == '\0') {
		inbox_lose(inboxes, inbox);
		return;
	}
	if (mask & IN_IGNORED)
		remove_watch(inboxes, watch);
	if (mask & IN_MOVE_SELF)
		take_folder_event(inboxes, inbox);
}

static void
take_name_event(struct inboxes *inboxes, const struct inbox_watch *watch,
		const struct inotify_event *event)
{
	auto_free char *path = NULL;

	/* What has no name of its own yet has an odd one: it will be linked. */
	if (inbox_is_ignored(watch->inbox->config, event->name) ||
	    strchr(event->name, '/') != NULL)
		return;
	path = mem_format("%s%s", watch->path, event->name);
	if (event->mask & IN_MOVED_TO)
		inbox_note(inboxes, watch->inbox, path, SIGHTING_MOVED_IN);
	else if (event->mask & IN_CLOSE_WRITE)
		inbox_note(inboxes, watch->inbox, path, SIGHTING_CLOSED);
	else if (event->mask & IN_CREATE)
		inbox_note(inboxes, watch->inbox, path, SIGHTING_CREATED);
}

static void
take_event(struct inboxes *inboxes, const struct inotify_event *event)
{
	struct inbox_watch *watch;

	if (event->mask & IN_Q_OVERFLOW) {
		log_notice("too many files at once for inotify; every inbox "
			   "is looked through");
		scan_all(inboxes);
		return;
	}
	watch = find_watch(inboxes, event->wd);
	if (watch == NULL)
		return; /* of a watch that was given up */
	if (event->mask &
	    (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT))
		take_own_event(inboxes, watch, event->mask);
	else if (event->len > 0 && (event->mask & IN_ISDIR) == 0)
		take_name_event(inboxes, watch, event);
	else if (event->len > 0 &&
		 !inbox_is_ignored(watch->inbox->config, event->name))
		watch->inbox->must_scan = true;
}

static void
on_notify(uv_poll_t *poll, int status, int events)
{
	struct inboxes *inboxes = container_of(poll, struct inboxes, poll);
	static _Alignas(struct inotify_event) char buffer[EVENT_BUFFER_SIZE];
	ssize_t size;

	(void)events;
	if (status < 0) {
		scan_all(inboxes);
		inbox_set_timer(inboxes);
		return;
	}
	size = read(inboxes->notify, buffer, sizeof(buffer));
	for (char *at = buffer; size > 0 && at < buffer + size;) {
		const struct inotify_event *event = (const void *)at;

		take_event(inboxes, event);
		at += sizeof(*event) + event->len;
	}
	inbox_set_timer(inboxes);
}

void
inbox_watch_open(struct inboxes *inboxes)
{
	inboxes->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}

void
inbox_watch_start(struct inboxes *inboxes)
{
	if (inboxes->notify < 0)
		return;
	uv_poll_init(inboxes->loop, &inboxes->poll, inboxes->notify);
	uv_poll_start(&inboxes->poll, UV_READABLE, on_notify);
}

void
inbox_watch_close(struct inboxes *inboxes)
{
	while (inboxes->watch_count > 0)
		free(inboxes->watches[--inboxes->watch_count].path);
	free(inboxes->watches);
	inboxes->watches = NULL;
	if (inboxes->notify >= 0)
		close(inboxes->notify);
	inboxes->notify = -1;
}
