/* SPDX-License-Identifier: Apache-2.0 */
/*
 * child.h - a process of ours at the other end of a link, kept alive
 *
 * docket-worker and docket-bus are children. A child has its socketpair on
 * descriptor 3 and the children's lock on descriptor 4. It is gone when its
 * process has ended *and* its link is read to the end, so nothing it said is
 * missed. Then it is started again: at once after a life in which it got ready
 * and that lasted a second or was brought down by its work, else later and
 * later, 12.8 s at most.
 */
#ifndef DAEMON_CHILD_H
#define DAEMON_CHILD_H

#include "link.h"

enum child_state {
	CHILD_DOWN,	/* waits to be started (again) */
	CHILD_STARTING, /* runs, has not said READY */
	CHILD_READY,
	CHILD_DYING, /* was told to go, or is half gone */
	CHILD_STATE_COUNT
};

struct child;

struct child_exit {
	int status;	 /* exit status, if signal is 0 */
	int signal;	 /* what killed it, 0: nothing */
	bool was_killed; /* by child_kill() */
	bool was_ready;	 /* in this life */
	bool was_at_work; /* on what may have brought it down: child_note_work() */
};

struct child_events {
	/* Put HELLO up to START into the link. */
	void (*set_up)(struct child *child);
	void (*on_ready)(struct child *child, uint64_t sequence);
	/* All frames but READY. */
	void (*on_frame)(struct child *child, struct frame *frame);
	/* It is gone; it will be started again unless it was stopped. */
	void (*on_exit)(struct child *child, const struct child_exit *how);
};

struct child {
	struct link link;
	uv_loop_t *loop;
	uv_process_t process;
	uv_timer_t timer; /* start again, or give up waiting */
	enum child_state state;
	const struct child_events *events;
	char *name;		 /* for the log: "reader-1" */
	const char *const *argv; /* borrowed, NULL-terminated */
	int lock;		 /* borrowed descriptor to inherit */
	bool is_wanted;		 /* is to be started again */
	bool has_exited;
	bool has_ended;
	bool is_timer_open;
	int open_handles; /* of this life: process and link */
	unsigned failures;
	unsigned ready_timeout_ms; /* to be set before it is started */
	uint64_t started_ms;
	struct child_exit exit;
};

/* Nothing runs yet. name is copied, argv and lock are borrowed. */
void child_init(struct child *child, uv_loop_t *loop, const char *name,
		const char *const *argv, int lock,
		const struct child_events *events);
void child_start(struct child *child);

/* What it does from now on may end it, and is not its own fault if it does. */
void child_note_work(struct child *child);

/* Kill it now, for that is the only way; it will be started again. */
void child_kill(struct child *child);
/* The same, but with a signal that lets it say what it was doing. */
void child_interrupt(struct child *child);

/* End it: its link is closed, which it takes as the end; no new start. */
void child_stop(struct child *child);
bool child_is_gone(const struct child *child);

/* Free what child_init() made; it must be gone. */
void child_fini(struct child *child);

#endif
