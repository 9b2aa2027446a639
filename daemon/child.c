/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child.c - a process of ours at the other end of a link, kept alive
 *
 * Owns the process, its link and one timer whose meaning depends on the state:
 * DOWN, it starts the child; STARTING, it was given long enough to get ready;
 * DYING, what has not come by itself is forced.
 */
#include "child.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "log.h"

/* Unless its owner knows better. */
#define READY_TIMEOUT_MS 30000
#define DYING_TIMEOUT_MS 1000
#define STOP_TIMEOUT_MS 10000
#define LONG_LIFE_MS 1000
#define FIRST_DELAY_MS 50
#define DELAY_DOUBLINGS 8 /* 12.8 s at most */
/* A record may be as large as its document's text and then some. */
#define FRAME_LIMIT_BYTES (600u << 20)

static void on_timer(uv_timer_t *timer);
static const struct link_events link_events;

void
child_init(struct child *child, uv_loop_t *loop, const char *name,
	   const char *const *argv, int lock, const struct child_events *events)
{
	*child = (struct child){
		.loop = loop,
		.name = mem_dup_string(name),
		.argv = argv,
		.lock = lock,
		.events = events,
		.is_timer_open = true,
		.ready_timeout_ms = READY_TIMEOUT_MS,
	};
	uv_timer_init(loop, &child->timer);
}

static void
start_later(struct child *child)
{
	unsigned doublings = child->failures;
	uint64_t delay = 0;

	if (doublings > DELAY_DOUBLINGS)
		doublings = DELAY_DOUBLINGS;
	if (child->failures > 0)
		delay = (uint64_t)FIRST_DELAY_MS << (doublings - 1);
	uv_timer_start(&child->timer, on_timer, delay, 0);
}

/* Both halves are gone and their handles closed: tell, and begin again. */
static void
bury(struct child *child)
{
	struct child_exit how = child->exit;
	bool was_long = uv_now(child->loop) - child->started_ms >= LONG_LIFE_MS;
	bool was_good = how.was_ready && (was_long || how.was_at_work);

	child->failures = was_good ? 0 : child->failures + 1;
	child->state = CHILD_DOWN;
	uv_timer_stop(&child->timer);
	if (child->is_wanted)
		start_later(child);
	child->events->on_exit(child, &how);
}

static void
handle_closed(struct child *child)
{
	if (--child->open_handles == 0)
		bury(child);
}

static void
on_process_closed(uv_handle_t *handle)
{
	handle_closed(
		container_of((uv_process_t *)handle, struct child, process));
}

static void
on_link_closed(struct link *link)
{
	handle_closed(container_of(link, struct child, link));
}

static void
half_gone(struct child *child)
{
	if (child->has_exited && child->has_ended) {
		uv_close((uv_handle_t *)&child->process, on_process_closed);
		link_close(&child->link, on_link_closed);
		return;
	}
	if (child->state != CHILD_DYING ||
	    !uv_is_active((uv_handle_t *)&child->timer)) {
		child->state = CHILD_DYING;
		uv_timer_start(&child->timer, on_timer, DYING_TIMEOUT_MS, 0);
	}
}

static void
on_process_exit(uv_process_t *process, int64_t status, int signal)
{
	struct child *child = container_of(process, struct child, process);

	child->exit.status = (int)status;
	child->exit.signal = signal;
	child->has_exited = true;
	half_gone(child);
}

static void
on_link_end(struct link *link, int status)
{
	struct child *child = container_of(link, struct child, link);

	child->has_ended = true;
	if (status < 0 && status != -EPIPE && status != -ECONNRESET) {
		log_error("%s: %s on its link; it is killed", child->name,
			  uv_strerror(status));
		if (!child->has_exited)
			uv_process_kill(&child->process, SIGKILL);
	}
	half_gone(child);
}

static void
on_link_frame(struct link *link, struct frame *frame)
{
	struct child *child = container_of(link, struct child, link);
	struct message_sequence ready;

	if (frame->type != MESSAGE_READY) {
		child->events->on_frame(child, frame);
		return;
	}
	if (frame->fd >= 0)
		close(frame->fd); /* unasked for */
	if (child->state == CHILD_DYING)
		return; /* told to go before it was ready */
	if (message_decode(frame, &ready) < 0 ||
	    child->state != CHILD_STARTING) {
		log_error("%s: READY out of place; it is killed", child->name);
		child_kill(child);
		return;
	}
	child->state = CHILD_READY;
	child->exit.was_ready = true;
	uv_timer_stop(&child->timer);
	child->events->on_ready(child, ready.sequence);
}

static const struct link_events link_events = {
	.on_frame = on_link_frame,
	.on_end = on_link_end,
};

/* The child's end becomes its descriptor 3, the lock its descriptor 4. */
static int
spawn(struct child *child, int end)
{
	uv_stdio_container_t stdio[5] = {
		{ .flags = UV_IGNORE },
		{ .flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO },
		{ .flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO },
		{ .flags = UV_INHERIT_FD, .data.fd = end },
		{ .flags = UV_INHERIT_FD, .data.fd = child->lock },
	};
	uv_process_options_t options = {
		.exit_cb = on_process_exit,
		.file = child->argv[0],
		.args = (char **)child->argv,
		.stdio = stdio,
		.stdio_count = ARRAY_SIZE(stdio),
		.flags = UV_PROCESS_WINDOWS_HIDE,
	};

	return uv_spawn(child->loop, &child->process, &options);
}

static int
spawn_with_link(struct child *child)
{
	int ends[2], status;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -errno;
	status = link_open(&child->link, child->loop, ends[0],
			   FRAME_LIMIT_BYTES, &link_events);
	if (status < 0) {
		close(ends[1]);
		return status;
	}
	child->open_handles = 2;
	status = spawn(child, ends[1]);
	close(ends[1]);
	if (status < 0) {
		/* A failed spawn leaves a handle to close, as a good one. */
		child->has_exited = true;
		child->has_ended = true;
		child->exit.status = 127;
		half_gone(child);
	}
	return status;
}

void
child_start(struct child *child)
{
	int status;

	child->is_wanted = true;
	child->state = CHILD_STARTING;
	child->has_exited = false;
	child->has_ended = false;
	child->exit = (struct child_exit){ 0 };
	child->started_ms = uv_now(child->loop);
	status = spawn_with_link(child);
	if (status < 0) {
		log_error("%s: cannot start %s: %s", child->name,
			  child->argv[0], uv_strerror(status));
		if (child->open_handles == 0) {
			child->state = CHILD_DOWN;
			child->failures++;
			start_later(child);
		}
		return;
	}
	uv_timer_start(&child->timer, on_timer, child->ready_timeout_ms, 0);
	child->events->set_up(child);
	link_flush(&child->link);
}

void
child_note_work(struct child *child)
{
	child->exit.was_at_work = true;
}

void
child_kill(struct child *child)
{
	if (child->state == CHILD_DOWN || child->has_exited)
		return;
	child->exit.was_killed = true;
	child->state = CHILD_DYING;
	uv_process_kill(&child->process, SIGKILL);
	uv_timer_start(&child->timer, on_timer, DYING_TIMEOUT_MS, 0);
}

void
child_interrupt(struct child *child)
{
	if (child->state == CHILD_DOWN || child->has_exited)
		return;
	child->exit.was_killed = true;
	child->state = CHILD_DYING;
	uv_process_kill(&child->process, SIGTERM);
	uv_timer_start(&child->timer, on_timer, DYING_TIMEOUT_MS, 0);
}

void
child_stop(struct child *child)
{
	child->is_wanted = false;
	if (child->state == CHILD_DOWN) {
		uv_timer_stop(&child->timer);
		return;
	}
	if (child->open_handles == 0 || child->has_exited)
		return;
	child->state = CHILD_DYING;
	shutdown(child->link.fd, SHUT_WR);
	uv_timer_start(&child->timer, on_timer, STOP_TIMEOUT_MS, 0);
}

bool
child_is_gone(const struct child *child)
{
	return child->state == CHILD_DOWN;
}

/* What did not come by itself is forced: the process, then the link. */
static void
force(struct child *child)
{
	if (!child->has_exited) {
		uv_process_kill(&child->process, SIGKILL);
		uv_timer_start(&child->timer, on_timer, DYING_TIMEOUT_MS, 0);
	} else if (!child->has_ended) {
		child->has_ended = true;
		half_gone(child);
	}
}

static void
on_timer(uv_timer_t *timer)
{
	struct child *child = container_of(timer, struct child, timer);

	switch (child->state) {
	case CHILD_DOWN:
		child_start(child);
		break;
	case CHILD_STARTING:
		log_error("%s: not ready after %u s; it is killed", child->name,
			  child->ready_timeout_ms / 1000);
		child_kill(child);
		break;
	case CHILD_DYING:
		force(child);
		break;
	case CHILD_READY:
	case CHILD_STATE_COUNT:
		break;
	}
}

void
child_fini(struct child *child)
{
	if (child->is_timer_open)
		uv_close((uv_handle_t *)&child->timer, NULL);
	child->is_timer_open = false;
	free(child->name);
	child->name = NULL;
}
