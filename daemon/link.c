/* SPDX-License-Identifier: Apache-2.0 */
/*
 * link.c - frames over a Unix socket, on the loop
 *
 * Owns the socket and both queues. Reads at most FILL_ROUNDS times a callback,
 * so one peer cannot hold the loop. Never ends the process: what is wrong with
 * a peer is told to the owner by on_end.
 */
#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define FILL_ROUNDS 4
/* A queue that was sent is given back if it had grown beyond this. */
#define KEEP_BYTES (256u << 10)

static void on_poll(uv_poll_t *poll, int status, int events);

static void
watch(struct link *link)
{
	int events = link->is_held ? 0 : UV_READABLE;

	if (link->is_ended)
		return;
	if (link_backlog(link) > 0)
		events |= UV_WRITABLE;
	if (events == link->watched)
		return; /* epoll need not hear it again */
	link->watched = events;
	uv_poll_start(&link->poll, events, on_poll);
}

static void
end(struct link *link, int status)
{
	if (link->is_ended)
		return;
	link->is_ended = true;
	uv_poll_stop(&link->poll);
	link->events->on_end(link, status);
}

int
link_open(struct link *link, uv_loop_t *loop, int fd, uint32_t limit_bytes,
	  const struct link_events *events)
{
	int status;

	*link = (struct link){ .fd = fd, .events = events };
	frame_stream_init(&link->in, fd, limit_bytes);
	if (fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
		status = -errno;
	else
		status = uv_poll_init(loop, &link->poll, fd);
	if (status < 0) {
		close(fd);
		link->fd = -1;
		return status;
	}
	watch(link);
	return 0;
}

void
link_put(struct link *link, enum message_type type, const void *message)
{
	if (!link->is_ended)
		message_encode(&link->out, type, message);
}

void
link_put_fd(struct link *link, enum message_type type, const void *message,
	    int fd)
{
	if (link->is_ended) {
		close(fd);
		return;
	}
	link->descriptors = mem_grow_array(
		link->descriptors, link->descriptor_count,
		&link->descriptor_capacity, sizeof(*link->descriptors));
	link->descriptors[link->descriptor_count++] =
		(struct link_descriptor){ link->out.size, fd };
	message_encode_fd(&link->out, type, message);
}

/* A descriptor that went is closed; the others keep their order. */
static void
drop_first_descriptor(struct link *link)
{
	close(link->descriptors[0].fd);
	link->descriptor_count--;
	for (size_t i = 0; i < link->descriptor_count; i++)
		link->descriptors[i] = link->descriptors[i + 1];
}

/* One sendmsg: up to the byte with which the next descriptor goes. */
static int
send_run(struct link *link)
{
	size_t end = link->out.size;
	ssize_t sent;
	int fd = -1;

	if (link->descriptor_count > 0) {
		struct link_descriptor *next = link->descriptors;

		if (next->at == link->sent) {
			fd = next->fd;
			if (link->descriptor_count > 1)
				end = next[1].at;
		} else {
			end = next->at;
		}
	}
	sent = frame_send_some(link->fd, link->out.data + link->sent,
			       end - link->sent, fd);
	if (sent < 0)
		return (int)sent;
	if (fd >= 0 && sent > 0)
		drop_first_descriptor(link);
	link->sent += (size_t)sent;
	return 0;
}

static void
forget_sent(struct link *link)
{
	link->sent = 0;
	link->out.size = 0;
	if (link->out.capacity > KEEP_BYTES)
		buffer_fini(&link->out);
}

/* A queue that is never empty must not keep all that ever went through it. */
static void
drop_sent(struct link *link)
{
	if (link->sent < KEEP_BYTES || link->sent < link_backlog(link))
		return;
	for (size_t i = 0; i < link->descriptor_count; i++)
		link->descriptors[i].at -= link->sent;
	buffer_drop(&link->out, link->sent);
	link->sent = 0;
}

void
link_flush(struct link *link)
{
	bool had_any = link_backlog(link) > 0;
	int status = 0;

	if (link->is_ended)
		return;
	while (status == 0 && link_backlog(link) > 0)
		status = send_run(link);
	if (status < 0 && status != -EAGAIN) {
		end(link, status);
		return;
	}
	if (status == 0)
		forget_sent(link);
	else
		drop_sent(link);
	watch(link);
	if (had_any && status == 0 && link->events->on_drained != NULL)
		link->events->on_drained(link);
}

size_t
link_backlog(const struct link *link)
{
	return link->out.size - link->sent;
}

/* Hand out the frames that are complete; the owner may end us meanwhile. */
static void
deliver(struct link *link)
{
	struct frame frame;
	int status;

	while (!link->is_ended && !link->is_held &&
	       (status = frame_stream_next(&link->in, &frame)) != 0) {
		if (status < 0) {
			end(link, status);
			return;
		}
		link->events->on_frame(link, &frame);
	}
}

static void
receive(struct link *link)
{
	for (int round = 0;
	     round < FILL_ROUNDS && !link->is_ended && !link->is_held;
	     round++) {
		int status = frame_stream_fill(&link->in);

		if (status == -EAGAIN)
			return;
		if (status == 1)
			deliver(link);
		else
			end(link, status);
	}
}

void
link_hold(struct link *link)
{
	link->is_held = true;
	watch(link);
}

void
link_release(struct link *link)
{
	link->is_held = false;
	deliver(link);
	watch(link);
}

static void
on_poll(uv_poll_t *poll, int status, int events)
{
	struct link *link = container_of(poll, struct link, poll);

	if (status < 0) {
		/* libuv gave up on the socket; reading it tells why. */
		receive(link);
		end(link, status);
		return;
	}
	if (events & UV_READABLE)
		receive(link);
	if ((events & UV_WRITABLE) && !link->is_ended)
		link_flush(link);
}

static void
on_close(uv_handle_t *handle)
{
	struct link *link = container_of(handle, struct link, poll);

	close(link->fd);
	link->fd = -1;
	if (link->on_closed != NULL)
		link->on_closed(link);
}

void
link_close(struct link *link, void (*on_closed)(struct link *link))
{
	link->is_ended = true;
	link->on_closed = on_closed;
	while (link->descriptor_count > 0)
		drop_first_descriptor(link);
	free(link->descriptors);
	link->descriptors = NULL;
	buffer_fini(&link->out);
	link->sent = 0;
	frame_stream_fini(&link->in);
	uv_poll_stop(&link->poll);
	uv_close((uv_handle_t *)&link->poll, on_close);
}
