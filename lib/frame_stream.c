/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame_stream.c - frames over a socket, with their descriptors
 *
 * Owns the descriptors that came in and were not handed out yet. The peer may
 * have been taken over: what it sends costs at most one buffer of the limit
 * and eight descriptors, and an answer that is not a frame ends the stream.
 *
 * Frames are handed out where they lie. What was handed out is cleared away by
 * the next fill, and moved only when at least as much was consumed as is left,
 * so a byte is moved once, whatever the sizes are.
 */
#include "frame.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define FILL_MINIMUM (64u << 10)
#define FILL_MAXIMUM (256u << 10)
#define KEEP_MAXIMUM (1u << 20) /* an empty buffer above this is released */
#define MAX_FDS ARRAY_SIZE(((struct frame_stream *)0)->fds)

void
frame_stream_init(struct frame_stream *stream, int fd, uint32_t limit_bytes)
{
	*stream = (struct frame_stream){
		.fd = fd,
		.limit_bytes = limit_bytes,
	};
}

void
frame_stream_fini(struct frame_stream *stream)
{
	for (size_t i = 0; i < stream->fd_count; i++)
		close(stream->fds[i]);
	stream->fd_count = 0;
	stream->consumed = 0;
	buffer_fini(&stream->in);
}

static size_t
get_pending(const struct frame_stream *stream)
{
	return stream->in.size - stream->consumed;
}

static void
clear_consumed(struct frame_stream *stream)
{
	struct buffer *in = &stream->in;

	if (stream->consumed < get_pending(stream))
		return;
	buffer_drop(in, stream->consumed);
	stream->consumed = 0;
	if (!in->size && in->capacity > KEEP_MAXIMUM)
		buffer_fini(in);
}

/* Keep the descriptors of one control message; those too many are closed. */
static int
keep_fds(struct frame_stream *stream, const struct cmsghdr *control)
{
	size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	int answer = 0;

	for (size_t i = 0; i < count; i++) {
		int fd;

		memcpy(&fd, CMSG_DATA(control) + i * sizeof(fd), sizeof(fd));
		if (stream->fd_count < MAX_FDS) {
			stream->fds[stream->fd_count++] = fd;
		} else {
			close(fd);
			answer = -EPROTO;
		}
	}
	return answer;
}

static int
take_control(struct frame_stream *stream, struct msghdr *message)
{
	int answer = message->msg_flags & MSG_CTRUNC ? -EPROTO : 0;
	struct cmsghdr *at;

	for (at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at)) {
		if (at->cmsg_level != SOL_SOCKET || at->cmsg_type != SCM_RIGHTS)
			continue;
		if (keep_fds(stream, at) < 0)
			answer = -EPROTO;
	}
	return answer;
}

/* How many bytes came, or a negative errno. A pipe has no descriptors. */
static ssize_t
receive_some(struct frame_stream *stream, char *at, size_t size)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(MAX_FDS * sizeof(int))];
	} control;
	struct iovec part = { at, size };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	ssize_t count = recvmsg(stream->fd, &message, MSG_CMSG_CLOEXEC);
	int rc;

	if (count < 0 && errno == ENOTSOCK)
		count = read(stream->fd, at, size);
	else if (count >= 0 && (rc = take_control(stream, &message)) < 0)
		return rc;
	return count < 0 ? -errno : count;
}

int
frame_stream_fill(struct frame_stream *stream)
{
	struct buffer *in = &stream->in;
	ssize_t count;
	size_t room;
	char *at;

	clear_consumed(stream);
	at = buffer_reserve(in, FILL_MINIMUM);
	room = in->capacity - in->size;
	if (room > FILL_MAXIMUM)
		room = FILL_MAXIMUM;
	do {
		count = receive_some(stream, at, room);
	} while (count == -EINTR);
	if (count <= 0)
		return count == -EWOULDBLOCK ? -EAGAIN : (int)count;
	in->size += (size_t)count;
	return 1;
}

static int
claim_fd(struct frame_stream *stream)
{
	int fd = stream->fds[0];

	stream->fd_count--;
	memmove(stream->fds, stream->fds + 1,
		stream->fd_count * sizeof(stream->fds[0]));
	return fd;
}

int
frame_stream_next(struct frame_stream *stream, struct frame *out_frame)
{
	size_t pending = get_pending(stream);
	struct frame_header header;
	const char *at;
	bool has_fd;

	/* With nothing left to claim it, a descriptor was unasked for. */
	if (pending == 0 && stream->fd_count)
		return -EPROTO;
	if (pending < FRAME_HEADER_SIZE)
		return 0;
	at = stream->in.data + stream->consumed;
	memcpy(&header, at, sizeof(header));
	if (header.size > stream->limit_bytes)
		return -EMSGSIZE;
	if (header.flags & ~FRAME_HAS_FD)
		return -EPROTO;
	if (pending - FRAME_HEADER_SIZE < header.size)
		return 0;
	has_fd = header.flags & FRAME_HAS_FD;
	if (has_fd && !stream->fd_count)
		return -EPROTO;
	stream->consumed += FRAME_HEADER_SIZE + header.size;
	*out_frame = (struct frame){
		.type = header.type,
		.data = at + FRAME_HEADER_SIZE,
		.size = header.size,
		.fd = has_fd ? claim_fd(stream) : -1,
	};
	return 1;
}

static int64_t
get_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until fd is ready; deadline_ms of the monotonic clock, -1: no deadline. */
static int
wait_for(int fd, short events, int64_t deadline_ms)
{
	struct pollfd poller = { .fd = fd, .events = events };

	for (;;) {
		int64_t left_ms = -1;
		int ready;

		if (deadline_ms >= 0) {
			left_ms = deadline_ms - get_now_ms();
			if (left_ms < 0)
				left_ms = 0;
		}
		ready = poll(&poller, 1, (int)left_ms);
		if (ready > 0)
			return 0;
		if (ready == 0)
			return -ETIMEDOUT;
		if (errno != EINTR)
			return -errno;
	}
}

int
frame_receive(struct frame_stream *stream, int timeout_ms,
	      struct frame *out_frame)
{
	int64_t deadline_ms = timeout_ms < 0 ? -1 : get_now_ms() + timeout_ms;

	for (;;) {
		int rc = frame_stream_next(stream, out_frame);

		if (rc != 0)
			return rc;
		rc = wait_for(stream->fd, POLLIN, deadline_ms);
		if (rc < 0)
			return rc;
		rc = frame_stream_fill(stream);
		if (rc == 0)
			return get_pending(stream) ? -ECONNRESET : 0;
		if (rc < 0 && rc != -EAGAIN)
			return rc;
	}
}

int
frame_send(int socket, struct buffer *out, int fd)
{
	size_t sent = 0;

	while (sent < out->size) {
		ssize_t count = frame_send_some(socket, out->data + sent,
						out->size - sent, fd);
		int rc = 0;

		if (count == -EAGAIN)
			rc = wait_for(socket, POLLOUT, -1);
		else if (count < 0)
			rc = (int)count;
		else
			sent += (size_t)count;
		if (rc < 0)
			return rc;
		if (sent)
			fd = -1;
	}
	out->size = 0;
	return 0;
}

/* Let a descriptor travel with message; control is where it is written. */
static void
attach_fd(struct msghdr *message, void *control, size_t size, int fd)
{
	struct cmsghdr *header;

	memset(control, 0, size);
	message->msg_control = control;
	message->msg_controllen = size;
	header = CMSG_FIRSTHDR(message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
}

ssize_t
frame_send_some(int socket, const char *data, size_t size, int fd)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = { (char *)(uintptr_t)data, size };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t count;

	if (fd >= 0)
		attach_fd(&message, control.bytes, sizeof(control.bytes), fd);
	do {
		count = sendmsg(socket, &message, MSG_NOSIGNAL);
		if (count < 0 && errno == ENOTSOCK && fd < 0)
			count = write(socket, data, size);
	} while (count < 0 && errno == EINTR);
	if (count < 0)
		return errno == EWOULDBLOCK ? -EAGAIN : -errno;
	return count;
}
