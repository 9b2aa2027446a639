/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_frame.c - a stream of frames that arrives in pieces
 *
 * The first byte says how large the pieces are, the second with which of them
 * a descriptor travels, the rest is what the peer writes. Frames come out in
 * order, in their place in what was sent, and no descriptor is lost.
 */
#include "fuzz.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"

#define PAYLOAD_LIMIT 1024

/* The receiving end, and how much of the input its frames have used up. */
struct receiver {
	struct frame_stream stream;
	const uint8_t *expected;
	bool is_broken;
};

static void
check_frame(struct receiver *receiver, const struct frame *frame)
{
	struct frame_header header;

	memcpy(&header, receiver->expected, sizeof(header));
	assert(frame->type == header.type && frame->size == header.size);
	assert((frame->fd >= 0) == (header.flags == FRAME_HAS_FD));
	assert(!memcmp(frame->data, receiver->expected + sizeof(header),
		       frame->size));
	receiver->expected += sizeof(header) + frame->size;
}

static void
take_frames(struct receiver *receiver)
{
	struct frame frame;
	int result;

	result = frame_stream_fill(&receiver->stream);
	if (result < 0 && result != -EAGAIN) {
		receiver->is_broken = true;
		return;
	}
	while (result = frame_stream_next(&receiver->stream, &frame),
	       result == 1) {
		check_frame(receiver, &frame);
		if (frame.fd >= 0)
			close(frame.fd);
	}
	receiver->is_broken = result < 0;
}

static void
send_pieces(struct receiver *receiver, int peer, const uint8_t *data,
	    size_t size)
{
	size_t piece = 1 + data[0];
	uint8_t with_fd = data[1];
	size_t number = 0;

	receiver->expected = data + 2;
	for (size_t at = 2; at < size && !receiver->is_broken; number++) {
		size_t left = size - at < piece ? size - at : piece;
		bool has_fd = with_fd >> (number % 8) & 1;
		ssize_t sent = frame_send_some(peer, (const char *)data + at,
					       left, has_fd ? peer : -1);

		assert(sent > 0);
		at += (size_t)sent;
		take_frames(receiver);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct receiver receiver = { 0 };
	int ends[2];

	if (size < 2)
		return 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0,
		       ends) < 0)
		return 0;
	frame_stream_init(&receiver.stream, ends[0], PAYLOAD_LIMIT);
	send_pieces(&receiver, ends[1], data, size);
	frame_stream_fini(&receiver.stream);
	close(ends[0]);
	close(ends[1]);
	return 0;
}
