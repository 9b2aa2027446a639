/* SPDX-License-Identifier: Apache-2.0 */
/*
 * link.h - frames over a Unix socket, on the loop
 *
 * libuv's pipes pass sockets but no files, so a link does its own sendmsg and
 * recvmsg on a uv_poll. Owners embed it and find themselves by container_of.
 */
#ifndef DAEMON_LINK_H
#define DAEMON_LINK_H

#include <uv.h>

#include "message.h"

struct link;

struct link_events {
	/* The frame's data is lent; its descriptor is the callee's. */
	void (*on_frame)(struct link *link, struct frame *frame);
	/*
	 * The peer is gone (0) or the link is broken (negative errno). Once;
	 * the link is stopped and wants link_close().
	 */
	void (*on_end)(struct link *link, int status);
	/* Everything that was put has been sent. May be NULL. */
	void (*on_drained)(struct link *link);
};

struct link_descriptor {
	size_t at; /* the byte of `out` it travels with */
	int fd;
};

struct link {
	uv_poll_t poll;
	int fd; /* -1 when closed */
	bool is_ended;
	bool is_held;
	int watched; /* libuv's events */
	const struct link_events *events;
	struct frame_stream in;
	struct buffer out;
	size_t sent; /* of out */
	struct link_descriptor *descriptors;
	size_t descriptor_count;
	size_t descriptor_capacity;
	void (*on_closed)(struct link *link);
};

/* Takes fd, which becomes non-blocking. 0 or a negative errno (fd closed). */
int link_open(struct link *link, uv_loop_t *loop, int fd, uint32_t limit_bytes,
	      const struct link_events *events);

/* Queue a message; nothing goes before link_flush(). */
void link_put(struct link *link, enum message_type type, const void *message);
/* The same with a descriptor; takes it. */
void link_put_fd(struct link *link, enum message_type type, const void *message,
		 int fd);

/* Send what the socket takes; the rest goes when it takes more. */
void link_flush(struct link *link);

/*
 * Hand out no frame and read nothing, until it is released: the peer has to
 * wait. Releasing hands out what was read before, and may hold it again. Of a
 * link that is held it is not heard that the peer is gone.
 */
void link_hold(struct link *link);
void link_release(struct link *link);

/* Bytes that are queued and not sent. */
size_t link_backlog(const struct link *link);

/*
 * Stop, drop what is queued, close the descriptor. on_closed (may be NULL)
 * comes from the loop when the link's memory may go.
 */
void link_close(struct link *link, void (*on_closed)(struct link *link));

#endif
