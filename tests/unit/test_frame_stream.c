/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_frame_stream.c - frames over a socket, with their descriptors
 *
 * Every test has a pair of sockets: it writes into the peer's end and reads
 * with the stream, which owns the other.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "frame.h"

#define LIMIT (1u << 20)

struct pair {
	int peer;
	int own;
	int fd_count; /* open ones before the test */
	struct frame_stream stream;
};

static int
count_fds(void)
{
	int count = 0;

	for (int fd = 0; fd < 200; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static int
open_pair(void **state)
{
	struct pair *pair = mem_alloc(sizeof(*pair));
	int ends[2];

	*state = pair;
	pair->fd_count = count_fds();
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	pair->peer = ends[0];
	pair->own = ends[1];
	fcntl(pair->own, F_SETFL, O_NONBLOCK);
	frame_stream_init(&pair->stream, pair->own, LIMIT);
	return 0;
}

static void
close_peer(struct pair *pair)
{
	close(pair->peer);
	pair->peer = -1;
}

/* No test may leave a descriptor behind. */
static int
close_pair(void **state)
{
	struct pair *pair = *state;
	int leaked;

	frame_stream_fini(&pair->stream);
	if (pair->peer >= 0)
		close(pair->peer);
	close(pair->own);
	leaked = count_fds() - pair->fd_count;
	free(pair);
	return leaked;
}

static void
put_frame(struct buffer *out, uint16_t type, const char *payload)
{
	size_t begin = frame_begin(out, type);

	buffer_put_string(out, payload);
	frame_end(out, begin);
}

static void
put_fd_frame(struct buffer *out, uint16_t type)
{
	size_t begin = frame_begin(out, type);

	frame_flag_fd(out, begin);
	frame_end(out, begin);
}

static void
send_raw(struct pair *pair, const void *data, size_t size)
{
	assert_int_equal(write(pair->peer, data, size), size);
}

/* Send bytes with any number of descriptors, as only a broken peer would. */
static void
send_fds(struct pair *pair, struct docket_bytes bytes, const int *fds,
	 size_t count)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(32 * sizeof(int))];
	} control = { 0 };
	struct iovec part = { (char *)(uintptr_t)bytes.data, bytes.size };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = CMSG_SPACE(count * sizeof(int)),
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(count * sizeof(int));
	memcpy(CMSG_DATA(header), fds, count * sizeof(int));
	assert_int_equal(sendmsg(pair->peer, &message, 0), bytes.size);
}

static void
expect_frame(struct pair *pair, uint16_t type, const char *payload)
{
	struct frame frame;

	assert_int_equal(frame_stream_next(&pair->stream, &frame), 1);
	assert_int_equal(frame.type, type);
	assert_int_equal(frame.size, strlen(payload));
	assert_memory_equal(frame.data, payload, frame.size);
	assert_int_equal(frame.fd, -1);
}

static void
frames_sent_together_are_received_one_by_one(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	struct frame frame;

	put_frame(&out, 1, "first");
	put_frame(&out, 2, "");
	put_frame(&out, 3, "third");
	assert_int_equal(frame_send(pair->peer, &out, -1), 0);
	assert_int_equal(out.size, 0);
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	expect_frame(pair, 1, "first");
	expect_frame(pair, 2, "");
	expect_frame(pair, 3, "third");
	assert_int_equal(frame_stream_next(&pair->stream, &frame), 0);
	assert_int_equal(frame_stream_fill(&pair->stream), -EAGAIN);
}

static void
frame_that_arrives_byte_by_byte_is_put_together(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	struct frame frame;

	put_frame(&out, 9, "slowly");
	for (size_t i = 0; i + 1 < out.size; i++) {
		send_raw(pair, out.data + i, 1);
		assert_int_equal(frame_stream_fill(&pair->stream), 1);
		assert_int_equal(frame_stream_next(&pair->stream, &frame), 0);
	}
	send_raw(pair, out.data + out.size - 1, 1);
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	expect_frame(pair, 9, "slowly");
}

static void
frames_of_all_sizes_survive_the_moves_of_the_buffer(void **state)
{
	struct pair *pair = *state;
	struct frame frame;

	for (size_t round = 0; round < 3000; round++) {
		auto_buffer struct buffer out = { 0 };
		size_t size = round * 37 % 5000;
		size_t begin = frame_begin(&out, (uint16_t)round);
		size_t half;

		memset(buffer_reserve(&out, size), (int)round % 251, size);
		out.size += size;
		frame_end(&out, begin);
		half = out.size / (1 + round % 3);
		send_raw(pair, out.data, half);
		assert_int_equal(frame_stream_fill(&pair->stream), 1);
		if (half < out.size) {
			send_raw(pair, out.data + half, out.size - half);
			assert_int_equal(frame_stream_fill(&pair->stream), 1);
		}
		assert_int_equal(frame_stream_next(&pair->stream, &frame), 1);
		assert_int_equal(frame.type, round);
		assert_int_equal(frame.size, size);
		for (size_t i = 0; i < size; i++)
			assert_int_equal((unsigned char)frame.data[i],
					 round % 251);
	}
}

static void
payload_stays_while_further_frames_are_taken(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	struct frame first;

	put_frame(&out, 1, "stays");
	put_frame(&out, 2, "next");
	frame_send(pair->peer, &out, -1);
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	assert_int_equal(frame_stream_next(&pair->stream, &first), 1);
	expect_frame(pair, 2, "next");
	assert_memory_equal(first.data, "stays", 5);
}

static void
frame_over_the_limit_is_refused_by_its_header(void **state)
{
	struct pair *pair = *state;
	struct frame_header header = { .size = LIMIT + 1, .type = 1 };
	struct frame frame;

	send_raw(pair, &header, sizeof(header));
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	assert_int_equal(frame_stream_next(&pair->stream, &frame), -EMSGSIZE);
}

static void
frame_with_an_unknown_flag_is_refused(void **state)
{
	struct pair *pair = *state;
	struct frame_header header = { .type = 1, .flags = 2 };
	struct frame frame;

	send_raw(pair, &header, sizeof(header));
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	assert_int_equal(frame_stream_next(&pair->stream, &frame), -EPROTO);
}

/* An open file that says which one it is. */
static int
make_file(char mark)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &mark, 1, 0), 1);
	return fd;
}

static char
read_mark(int fd)
{
	char mark = 0;

	assert_int_equal(pread(fd, &mark, 1, 0), 1);
	return mark;
}

static void
send_file(struct pair *pair, struct buffer *out, char mark)
{
	auto_fd int fd = make_file(mark);

	assert_int_equal(frame_send(pair->peer, out, fd), 0);
}

static void
descriptors_reach_the_frames_that_announce_them(void **state)
{
	struct pair *pair = *state;
	struct frame frame;

	for (char mark = 'a'; mark < 'z'; mark++) {
		auto_buffer struct buffer out = { 0 };

		put_frame(&out, 1, "without");
		frame_send(pair->peer, &out, -1);
		put_fd_frame(&out, 2);
		send_file(pair, &out, mark);
		put_frame(&out, 3, "without");
		frame_send(pair->peer, &out, -1);
	}
	for (char mark = 'a'; mark < 'z'; mark++) {
		auto_fd int fd = -1;

		assert_int_equal(frame_receive(&pair->stream, -1, &frame), 1);
		assert_int_equal(frame.fd, -1);
		assert_int_equal(frame_receive(&pair->stream, -1, &frame), 1);
		fd = frame.fd;
		assert_int_equal(read_mark(fd), mark);
		assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
		assert_int_equal(frame_receive(&pair->stream, -1, &frame), 1);
		assert_int_equal(frame.fd, -1);
	}
}

static void
announced_descriptor_that_is_missing_is_refused(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	struct frame frame;

	put_fd_frame(&out, 1);
	frame_send(pair->peer, &out, -1);
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	assert_int_equal(frame_stream_next(&pair->stream, &frame), -EPROTO);
}

static void
descriptor_that_nobody_announced_is_refused(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	struct frame frame;

	put_frame(&out, 1, "plain");
	send_file(pair, &out, 'x');
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	expect_frame(pair, 1, "plain");
	assert_int_equal(frame_stream_next(&pair->stream, &frame), -EPROTO);
}

static void
descriptors_beyond_eight_are_closed_and_refused(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	auto_fd int fd = make_file('x');
	int fds[20];

	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		fds[i] = fd;
	put_fd_frame(&out, 1);
	send_fds(pair, buffer_bytes(&out), fds, 5);
	assert_int_equal(frame_stream_fill(&pair->stream), 1);
	send_fds(pair, buffer_bytes(&out), fds, 5);
	assert_int_equal(frame_stream_fill(&pair->stream), -EPROTO);
	assert_int_equal(pair->stream.fd_count, 8);
}

static void
descriptors_beyond_the_control_message_are_refused(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	auto_fd int fd = make_file('x');
	int fds[20];

	for (size_t i = 0; i < ARRAY_SIZE(fds); i++)
		fds[i] = fd;
	put_fd_frame(&out, 1);
	send_fds(pair, buffer_bytes(&out), fds, ARRAY_SIZE(fds));
	assert_int_equal(frame_stream_fill(&pair->stream), -EPROTO);
}

static void
peer_that_closes_is_the_end_of_file(void **state)
{
	struct pair *pair = *state;
	struct frame frame;

	close_peer(pair);
	assert_int_equal(frame_stream_fill(&pair->stream), 0);
	assert_int_equal(frame_receive(&pair->stream, -1, &frame), 0);
}

static void
file_that_ends_within_a_frame_was_cut_off(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	struct frame frame;

	put_frame(&out, 1, "whole");
	put_frame(&out, 1, "cut off");
	send_raw(pair, out.data, out.size - 1);
	close_peer(pair);
	assert_int_equal(frame_receive(&pair->stream, -1, &frame), 1);
	assert_int_equal(frame_receive(&pair->stream, -1, &frame), -ECONNRESET);
}

static void
receiving_ends_at_its_deadline(void **state)
{
	struct pair *pair = *state;
	struct frame frame;

	assert_int_equal(frame_receive(&pair->stream, 0, &frame), -ETIMEDOUT);
	send_raw(pair, "xx", 2);
	assert_int_equal(frame_receive(&pair->stream, 5, &frame), -ETIMEDOUT);
}

/* A child reads to the end what is sent; exit code 0: it was all there. */
static pid_t
start_reader(struct pair *pair, uint32_t size)
{
	pid_t child = fork();
	struct frame frame;
	int rc;

	assert_true(child >= 0);
	if (child != 0)
		return child;
	pair->stream.limit_bytes = size;
	rc = frame_receive(&pair->stream, 60000, &frame);
	if (rc != 1 || frame.size != size)
		_exit(1);
	for (uint32_t i = 0; i < size; i++)
		if (frame.data[i] != (char)(i % 253))
			_exit(2);
	_exit(frame.fd >= 0 && read_mark(frame.fd) == 'L' ? 0 : 3);
}

static void
large_frame_goes_through_a_full_non_blocking_socket(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	const uint32_t size = 5u << 20;
	size_t begin = frame_begin(&out, 1);
	char *at = buffer_reserve(&out, size);
	pid_t reader;
	int status;

	for (uint32_t i = 0; i < size; i++)
		at[i] = (char)(i % 253);
	out.size += size;
	frame_flag_fd(&out, begin);
	frame_end(&out, begin);
	reader = start_reader(pair, size);
	fcntl(pair->peer, F_SETFL, O_NONBLOCK);
	send_file(pair, &out, 'L');
	assert_int_equal(waitpid(reader, &status, 0), reader);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
full_socket_says_so_and_takes_no_more(void **state)
{
	struct pair *pair = *state;
	auto_free char *much = mem_alloc(LIMIT);
	ssize_t count;

	fcntl(pair->peer, F_SETFL, O_NONBLOCK);
	do {
		count = frame_send_some(pair->peer, much, LIMIT, -1);
		assert_true(count != 0);
	} while (count > 0);
	assert_int_equal(count, -EAGAIN);
}

static void
sending_to_nobody_is_an_error_and_no_signal(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };

	signal(SIGPIPE, SIG_DFL);
	shutdown(pair->own, SHUT_RDWR);
	put_frame(&out, 1, "x");
	assert_int_equal(frame_send(pair->peer, &out, -1), -EPIPE);
}

static void
buffer_of_a_large_frame_is_given_back(void **state)
{
	struct pair *pair = *state;
	auto_buffer struct buffer out = { 0 };
	const size_t size = 3u << 20;
	size_t begin = frame_begin(&out, 1);
	size_t sent = 0;
	struct frame frame = { 0 };

	pair->stream.limit_bytes = (uint32_t)size;
	memset(buffer_reserve(&out, size), 'x', size);
	out.size += size;
	frame_end(&out, begin);
	fcntl(pair->peer, F_SETFL, O_NONBLOCK);
	while (frame_stream_next(&pair->stream, &frame) == 0) {
		ssize_t count = frame_send_some(pair->peer, out.data + sent,
						out.size - sent, -1);

		if (count > 0)
			sent += (size_t)count;
		assert_int_equal(frame_stream_fill(&pair->stream), 1);
	}
	assert_int_equal(frame.size, size);
	assert_true(pair->stream.in.capacity >= size);
	assert_int_equal(frame_stream_fill(&pair->stream), -EAGAIN);
	assert_true(pair->stream.in.capacity < LIMIT);
}

static void
frames_go_through_a_pipe_as_well(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct frame_stream stream;
	struct frame frame;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	frame_stream_init(&stream, ends[0], LIMIT);
	put_frame(&out, 4, "piped");
	assert_int_equal(frame_send(ends[1], &out, -1), 0);
	close(ends[1]);
	assert_int_equal(frame_receive(&stream, 1000, &frame), 1);
	assert_int_equal(frame.type, 4);
	assert_memory_equal(frame.data, "piped", 5);
	assert_int_equal(frame_receive(&stream, 1000, &frame), 0);
	frame_stream_fini(&stream);
	close(ends[0]);
}

static void
descriptor_does_not_go_through_a_pipe(void **state)
{
	auto_fd int fd = make_file('x');
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(frame_send_some(ends[1], "x", 1, fd), -ENOTSOCK);
	close(ends[0]);
	close(ends[1]);
}

#define pair_test(test) \
	cmocka_unit_test_setup_teardown(test, open_pair, close_pair)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		pair_test(frames_sent_together_are_received_one_by_one),
		pair_test(frame_that_arrives_byte_by_byte_is_put_together),
		pair_test(frames_of_all_sizes_survive_the_moves_of_the_buffer),
		pair_test(payload_stays_while_further_frames_are_taken),
		pair_test(frame_over_the_limit_is_refused_by_its_header),
		pair_test(frame_with_an_unknown_flag_is_refused),
		pair_test(descriptors_reach_the_frames_that_announce_them),
		pair_test(announced_descriptor_that_is_missing_is_refused),
		pair_test(descriptor_that_nobody_announced_is_refused),
		pair_test(descriptors_beyond_eight_are_closed_and_refused),
		pair_test(descriptors_beyond_the_control_message_are_refused),
		pair_test(peer_that_closes_is_the_end_of_file),
		pair_test(file_that_ends_within_a_frame_was_cut_off),
		pair_test(receiving_ends_at_its_deadline),
		pair_test(large_frame_goes_through_a_full_non_blocking_socket),
		pair_test(full_socket_says_so_and_takes_no_more),
		pair_test(sending_to_nobody_is_an_error_and_no_signal),
		pair_test(buffer_of_a_large_frame_is_given_back),
		pair_test(frames_go_through_a_pipe_as_well),
		pair_test(descriptor_does_not_go_through_a_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
