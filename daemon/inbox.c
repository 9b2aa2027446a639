/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox.c - the watched folders: what lies in them and may be claimed
 *
 * Owns the inotify descriptor, one folder descriptor and one spool descriptor
 * an inbox. libuv's own uv_fs_event drops queue overflows and never asks for
 * CLOSE_WRITE, so the descriptor is ours, on a uv_poll. A scan reads a few
 * hundred names a loop turn. Nothing here ends the process once it runs: an
 * inbox that went away is looked for every second.
 */
#include "inbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

#define SPOOL ".docket"
#define WATCH_MASK                                                   \
	(IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | \
	 IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK)
#define EVENT_BUFFER_SIZE (64u << 10)
#define NAMES_PER_SCAN 512
#define NAMES_LIMIT 65536 /* waiting in one inbox; a rescan finds the rest */
#define LOST_RETRY_MS 1000
#define FULL_RETRY_MS 100

static void on_timer(uv_timer_t *timer);

/* ---- opening ---- */

/* Is it another name of a folder that is open? */
static int
check_distinct(const struct inboxes *inboxes, const struct inbox *inbox,
	       struct fault *fault)
{
	struct stat own, other;

	if (fstat(inbox->folder, &own) < 0)
		return fault_set_errno(fault, -errno, "[inbox %s]",
				       inbox->config->name);
	for (const struct inbox *before = inboxes->items; before < inbox;
	     before++)
		if (fstat(before->folder, &other) == 0 &&
		    own.st_dev == other.st_dev && own.st_ino == other.st_ino)
			return fault_set(fault, -EINVAL,
					 "[inbox %s] and [inbox %s] are the "
					 "same folder",
					 before->config->name,
					 inbox->config->name);
	return 0;
}

static int
refuse(const struct inbox *inbox, struct fault *fault, const char *what)
{
	int code = errno;

	return fault_set(fault, -code, "[inbox %s] %s: %s (%s)",
			 inbox->config->name, inbox->config->path, what,
			 strerror(code));
}

static int
open_spool(struct inbox *inbox, struct fault *fault)
{
	struct stat folder, spool;

	if (mkdirat(inbox->folder, SPOOL, 0700) < 0 && errno != EEXIST)
		return refuse(inbox, fault,
			      "docketd cannot make " SPOOL " in it; give its "
			      "user the right to write there");
	inbox->spool = openat(inbox->folder, SPOOL,
			      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (inbox->spool < 0)
		return refuse(inbox, fault, SPOOL " cannot be opened");
	if (fstat(inbox->folder, &folder) < 0 ||
	    fstat(inbox->spool, &spool) < 0)
		return refuse(inbox, fault, "cannot be looked at");
	if (folder.st_dev != spool.st_dev) {
		errno = EXDEV;
		return refuse(inbox, fault,
			      SPOOL " is on another file system; unmount it");
	}
	return 0;
}

static int
open_inbox(struct inbox *inbox, struct fault *fault)
{
	int status;

	inbox->folder =
		open(inbox->config->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (inbox->folder < 0)
		return refuse(inbox, fault,
			      "cannot be opened; make the folder, or correct "
			      "its path");
	status = open_spool(inbox, fault);
	inbox->must_scan = true;
	return status;
}

static void
close_inbox(struct inboxes *inboxes, struct inbox *inbox)
{
	if (inbox->watch >= 0)
		inotify_rm_watch(inboxes->notify, inbox->watch);
	if (inbox->folder >= 0)
		close(inbox->folder);
	if (inbox->spool >= 0)
		close(inbox->spool);
	if (inbox->scan != NULL)
		closedir(inbox->scan);
	inbox->watch = inbox->folder = inbox->spool = -1;
	inbox->scan = NULL;
}

static void
watch(struct inboxes *inboxes, struct inbox *inbox)
{
	auto_free char *path = mem_format("/proc/self/fd/%d/.", inbox->folder);

	if (inboxes->notify < 0)
		return;
	inbox->watch = inotify_add_watch(inboxes->notify, path, WATCH_MASK);
	if (inbox->watch < 0)
		log_warning("[inbox %s] cannot be watched (%s); it is looked "
			    "through every %llu s",
			    inbox->config->name, strerror(errno),
			    (unsigned long long)inboxes->rescan_ms / 1000);
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
		.notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC),
	};
	inboxes->items =
		mem_alloc_array(config->inbox_count, sizeof(*inboxes->items));
	for (size_t i = 0; i < inboxes->count; i++) {
		struct inbox *inbox = &inboxes->items[i];

		*inbox = (struct inbox){
			.config = &config->inboxes[i],
			.folder = -1,
			.spool = -1,
			.watch = -1,
		};
		waiting_init(&inbox->waiting, (uint64_t)inbox->config->quiet_ms,
			     (uint64_t)inbox->config->found_quiet_ms);
		if (status == 0)
			status = open_inbox(inbox, fault);
		if (status == 0)
			status = check_distinct(inboxes, inbox, fault);
	}
	return status;
}

/* ---- names ---- */

static uint64_t
now_ms(const struct inboxes *inboxes)
{
	return uv_now(inboxes->loop);
}

bool
inbox_is_ignored(const struct config_inbox *config, const char *name)
{
	auto_free char *patterns = mem_dup_string(config->ignore);
	char *rest, *pattern;

	if (strcmp(name, SPOOL) == 0 || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0)
		return true;
	for (pattern = strtok_r(patterns, " ", &rest); pattern != NULL;
	     pattern = strtok_r(NULL, " ", &rest))
		if (fnmatch(pattern, name, 0) == 0)
			return true;
	return false;
}

static int
look(const struct inbox *inbox, const char *name, struct waiting_shape *shape,
     struct stat *meta)
{
	if (fstatat(inbox->folder, name, meta, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	*shape = (struct waiting_shape){
		.inode = meta->st_ino,
		.size = (uint64_t)meta->st_size,
		.mtime_ns = meta->st_mtim.tv_sec * 1000000000LL +
			    meta->st_mtim.tv_nsec,
		.ctime_ns = meta->st_ctim.tv_sec * 1000000000LL +
			    meta->st_ctim.tv_nsec,
	};
	return 0;
}

/* Old enough that no clock is needed: it lay there before we looked. */
static bool
has_rested(const struct inbox *inbox, const struct waiting_shape *shape)
{
	struct timespec now;
	int64_t age_ms, last;

	clock_gettime(CLOCK_REALTIME, &now);
	last = shape->mtime_ns > shape->ctime_ns ? shape->mtime_ns
						 : shape->ctime_ns;
	age_ms = (int64_t)now.tv_sec * 1000 - last / 1000000;
	return age_ms >= inbox->config->found_quiet_ms;
}

/* A lease is refused while anybody has the file open for writing. */
static bool
is_being_written(const struct inbox *inbox, const char *name)
{
	auto_fd int fd = openat(inbox->folder, name,
				O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC |
					O_NOCTTY);

	if (fd < 0 || fcntl(fd, F_SETLEASE, F_RDLCK) == 0)
		return false;
	return errno == EAGAIN;
}

static void
note(struct inboxes *inboxes, struct inbox *inbox, const char *name,
     enum waiting_sighting sighting)
{
	struct waiting *waiting;
	struct stat meta;

	if (inbox_is_ignored(inbox->config, name))
		return;
	if (inbox->waiting.count >= NAMES_LIMIT) {
		inbox->must_scan = true;
		return;
	}
	waiting =
		waiting_note(&inbox->waiting, name, sighting, now_ms(inboxes));
	if (waiting->state != WAITING_READY &&
	    look(inbox, name, &waiting->shape, &meta) == 0) {
		/* A second name of a file that is whole elsewhere. */
		if (waiting->state == WAITING_OPEN && meta.st_nlink > 1)
			waiting_note(&inbox->waiting, name, SIGHTING_MOVED_IN,
				     now_ms(inboxes));
		else if (waiting->state == WAITING_FOUND &&
			 !S_ISDIR(meta.st_mode) &&
			 has_rested(inbox, &waiting->shape) &&
			 !(S_ISREG(meta.st_mode) &&
			   is_being_written(inbox, name)))
			waiting_settle(&inbox->waiting, waiting);
	}
	if (waiting->state == WAITING_READY)
		fact_want_turn(inboxes->queue);
}

/* Its time has come: is it as it was, and let go by its writer? */
static void
check_due(struct inboxes *inboxes, struct inbox *inbox, struct waiting *waiting)
{
	struct waiting_shape shape;
	struct stat meta;

	if (look(inbox, waiting->name, &shape, &meta) < 0 ||
	    S_ISDIR(meta.st_mode)) {
		waiting_drop(&inbox->waiting, waiting);
		return;
	}
	if (!waiting_shape_equal(&shape, &waiting->shape) ||
	    (S_ISREG(meta.st_mode) && is_being_written(inbox, waiting->name))) {
		waiting->shape = shape;
		waiting_renew(&inbox->waiting, waiting, now_ms(inboxes));
		return;
	}
	waiting_settle(&inbox->waiting, waiting);
	fact_want_turn(inboxes->queue);
}

bool
inboxes_take(struct inboxes *inboxes, struct inbox_candidate *out)
{
	for (size_t i = 0; i < inboxes->count; i++) {
		struct inbox *inbox =
			&inboxes->items[inboxes->next++ % inboxes->count];
		struct waiting *waiting = waiting_ready(&inbox->waiting);

		if (waiting == NULL || inbox->folder < 0)
			continue;
		*out = (struct inbox_candidate){
			.inbox = inbox,
			.origin = waiting->was_found   ? ORIGIN_FOUND
				  : waiting->was_moved ? ORIGIN_MOVED
						       : ORIGIN_WRITTEN,
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

/* ---- scanning ---- */

static void
begin_scan(struct inboxes *inboxes, struct inbox *inbox)
{
	int fd = openat(inbox->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	inbox->must_scan = false;
	inbox->next_scan_ms = now_ms(inboxes) + inboxes->rescan_ms;
	inbox->scan = fd >= 0 ? fdopendir(fd) : NULL;
	if (inbox->scan == NULL)
		log_warning("[inbox %s] cannot be looked through: %s",
			    inbox->config->name, strerror(errno));
}

static void
continue_scan(struct inboxes *inboxes, struct inbox *inbox)
{
	for (int i = 0; i < NAMES_PER_SCAN; i++) {
		struct dirent *entry = readdir(inbox->scan);

		if (entry == NULL) {
			closedir(inbox->scan);
			inbox->scan = NULL;
			return;
		}
		if (entry->d_type != DT_DIR)
			note(inboxes, inbox, entry->d_name, SIGHTING_SCANNED);
	}
}

/* The folder went away, or another one stands in its place. */
static void
reopen(struct inboxes *inboxes, struct inbox *inbox)
{
	struct fault fault;

	close_inbox(inboxes, inbox);
	if (open_inbox(inbox, &fault) < 0) {
		close_inbox(inboxes, inbox);
		return;
	}
	log_notice("[inbox %s] %s is there again", inbox->config->name,
		   inbox->config->path);
	watch(inboxes, inbox);
}

static void
lose(struct inboxes *inboxes, struct inbox *inbox)
{
	log_warning("[inbox %s] %s was moved, removed or unmounted; docketd "
		    "looks for it every second",
		    inbox->config->name, inbox->config->path);
	close_inbox(inboxes, inbox);
}

/* Does the path still lead here? What is above it may be moved or mounted. */
static bool
is_in_place(const struct inbox *inbox)
{
	struct stat here, there;

	return fstat(inbox->folder, &here) == 0 &&
	       stat(inbox->config->path, &there) == 0 &&
	       here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

/* Is it to be looked through, and is there room for what is found? */
static bool
is_scan_due(const struct inboxes *inboxes, const struct inbox *inbox)
{
	return inbox->scan == NULL && inbox->waiting.count < NAMES_LIMIT / 2 &&
	       (inbox->must_scan || now_ms(inboxes) >= inbox->next_scan_ms);
}

static void
tend(struct inboxes *inboxes, struct inbox *inbox)
{
	struct waiting *waiting;

	if (inbox->folder >= 0 && is_scan_due(inboxes, inbox) &&
	    !is_in_place(inbox))
		lose(inboxes, inbox);
	if (inbox->folder < 0)
		reopen(inboxes, inbox);
	if (inbox->folder < 0)
		return;
	if (is_scan_due(inboxes, inbox))
		begin_scan(inboxes, inbox);
	if (inbox->scan != NULL)
		continue_scan(inboxes, inbox);
	for (int i = 0; i < NAMES_PER_SCAN; i++) {
		waiting = waiting_due(&inbox->waiting, now_ms(inboxes));
		if (waiting == NULL)
			break;
		check_due(inboxes, inbox, waiting);
	}
}

/* When tend() will have something to do. */
static uint64_t
next_due(const struct inboxes *inboxes, const struct inbox *inbox)
{
	uint64_t due = waiting_next_due(&inbox->waiting);
	uint64_t now = now_ms(inboxes), scan = inbox->next_scan_ms;

	if (inbox->folder < 0)
		return now + LOST_RETRY_MS;
	if (inbox->scan != NULL || is_scan_due(inboxes, inbox))
		return now;
	if (inbox->must_scan || scan <= now)
		scan = now + FULL_RETRY_MS;
	return scan < due ? scan : due;
}

/* One timer for everything that comes with time. */
static void
set_timer(struct inboxes *inboxes)
{
	uint64_t now = now_ms(inboxes), next = now + inboxes->rescan_ms;

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
	set_timer(inboxes);
}

/* ---- inotify ---- */

static struct inbox *
find_watch(struct inboxes *inboxes, int watch)
{
	for (size_t i = 0; i < inboxes->count; i++)
		if (inboxes->items[i].watch == watch)
			return &inboxes->items[i];
	return NULL;
}

static void
scan_all(struct inboxes *inboxes)
{
	for (size_t i = 0; i < inboxes->count; i++)
		inboxes->items[i].must_scan = true;
}

static void
take_event(struct inboxes *inboxes, const struct inotify_event *event)
{
	struct inbox *inbox = find_watch(inboxes, event->wd);

	if (event->mask & IN_Q_OVERFLOW) {
		log_notice("too many files at once for inotify; every inbox "
			   "is looked through");
		scan_all(inboxes);
		return;
	}
	if (inbox == NULL)
		return; /* of a watch that was given up */
	if (event->mask &
	    (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) {
		lose(inboxes, inbox);
		return;
	}
	if (event->len == 0 || (event->mask & IN_ISDIR))
		return;
	if (event->mask & IN_MOVED_TO)
		note(inboxes, inbox, event->name, SIGHTING_MOVED_IN);
	else if (event->mask & IN_CLOSE_WRITE)
		note(inboxes, inbox, event->name, SIGHTING_CLOSED);
	else if (event->mask & IN_CREATE)
		note(inboxes, inbox, event->name, SIGHTING_CREATED);
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
		set_timer(inboxes);
		return;
	}
	size = read(inboxes->notify, buffer, sizeof(buffer));
	for (char *at = buffer; size > 0 && at < buffer + size;) {
		const struct inotify_event *event = (const void *)at;

		take_event(inboxes, event);
		at += sizeof(*event) + event->len;
	}
	set_timer(inboxes);
}

void
inboxes_start(struct inboxes *inboxes)
{
	for (size_t i = 0; i < inboxes->count; i++)
		watch(inboxes, &inboxes->items[i]);
	uv_timer_init(inboxes->loop, &inboxes->timer);
	if (inboxes->notify >= 0) {
		uv_poll_init(inboxes->loop, &inboxes->poll, inboxes->notify);
		uv_poll_start(&inboxes->poll, UV_READABLE, on_notify);
	} else {
		log_warning("inotify is not to be had; inboxes are looked "
			    "through every %llu s",
			    (unsigned long long)inboxes->rescan_ms / 1000);
	}
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
		close_inbox(inboxes, &inboxes->items[i]);
		waiting_fini(&inboxes->items[i].waiting);
	}
	if (inboxes->notify >= 0)
		close(inboxes->notify);
	free(inboxes->items);
	*inboxes = (struct inboxes){ .notify = -1 };
}
