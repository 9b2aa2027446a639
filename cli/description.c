/* SPDX-License-Identifier: Apache-2.0 */
/*
 * description.c - what a plugin's file declares, learnt without loading it
 *
 * Owns the frames of docket-worker --describe, from which everything is lent.
 * What the worker and the plugin print meanwhile is thrown away: the reason of
 * a refusal is in the frames.
 */
#include "description.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "place.h"

/* The worker itself gives a file ten seconds. */
#define DEADLINE_MS 15000
#define LIMIT_BYTES (1u << 20)

/* ---- docket-worker --describe ---- */

/* posix_spawn answers with a positive errno, and so do its parts. */
static int
spawn(const char *program, const char *path, int pipe, pid_t *out_pid)
{
	char *argv[] = { (char *)"docket-worker", (char *)"--describe",
			 (char *)path, NULL };
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return -error;
	error = posix_spawn_file_actions_adddup2(&actions, pipe, STDOUT_FILENO);
	for (int fd = 0; !error && fd <= STDERR_FILENO; fd++)
		if (fd != STDOUT_FILENO)
			error = posix_spawn_file_actions_addopen(
				&actions, fd, "/dev/null", O_RDWR, 0);
	if (!error)
		error = posix_spawn(out_pid, program, &actions, NULL, argv,
				    environ);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

/* Start it; the read end of its standard output, or a negative errno. */
static int
start(const char *path, pid_t *out_pid, struct fault *fault)
{
	struct place place;
	int ends[2];
	int error;

	if (pipe2(ends, O_CLOEXEC))
		return fault_set_errno(fault, -errno, "pipe");
	place_init(&place);
	error = spawn(place.worker, path, ends[1], out_pid);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		fault_set_errno(fault, error, "cannot start %s", place.worker);
	}
	place_fini(&place);
	return error ? error : ends[0];
}

/* ---- its frames ---- */

/* A frame that outlives the stream. */
static void
keep(struct description *description, const struct frame *frame)
{
	struct frame_header header = { .size = frame->size,
				       .type = frame->type };

	buffer_put(&description->frames, &header, sizeof(header));
	buffer_put(&description->frames, frame->data, frame->size);
}

static void
take_option(struct description *description, const struct frame *frame)
{
	struct message_described_option option;

	if (message_decode(frame, &option))
		return;
	description->options =
		mem_grow_array(description->options, description->option_count,
			       &description->option_capacity, sizeof(option));
	description->options[description->option_count++] = option;
}

/* 0, or 1 and the reason if it is refused. */
static int
take_frame(struct description *description, const struct frame *frame,
	   struct fault *fault)
{
	struct message_refused refused;

	if (frame->type == MESSAGE_DESCRIPTION)
		message_decode(frame, &description->about);
	else if (frame->type == MESSAGE_DESCRIBED_OPTION)
		take_option(description, frame);
	else if (frame->type == MESSAGE_REFUSED &&
		 message_decode(frame, &refused) == 0)
		return fault_set(fault, EXIT_FAILURE, "%.*s",
				 (int)refused.detail.size, refused.detail.data);
	return 0;
}

/* The frames that were kept, now that they stay where they are. */
static int
take_all(struct description *description, struct fault *fault)
{
	const struct buffer *frames = &description->frames;
	size_t at = 0;
	int code = 0;

	while (code == 0 && at < frames->size) {
		struct frame_header header;
		struct frame frame = { .fd = -1 };

		memcpy(&header, frames->data + at, sizeof(header));
		frame.type = header.type;
		frame.size = header.size;
		frame.data = frames->data + at + sizeof(header);
		at += sizeof(header) + header.size;
		code = take_frame(description, &frame, fault);
	}
	if (code == 0 && !description_kind_name(description->about.kind))
		return fault_set(fault, FAULT_EXIT_SOFTWARE,
				 "docket-worker --describe says nothing");
	return code;
}

/* Everything it writes; false if that took too long, or is not frames. */
static bool
gather(struct description *description, int pipe)
{
	struct frame_stream stream;
	struct frame frame;
	int answer;

	frame_stream_init(&stream, pipe, LIMIT_BYTES);
	while ((answer = frame_receive(&stream, DEADLINE_MS, &frame)) == 1)
		keep(description, &frame);
	frame_stream_fini(&stream);
	return answer == 0;
}

int
description_read(const char *path, struct description *out_description,
		 struct fault *fault)
{
	pid_t pid;
	auto_fd int pipe = start(path, &pid, fault);
	bool is_whole;
	int code;

	*out_description = (struct description){ 0 };
	if (pipe < 0)
		return FAULT_EXIT_CONFIG;
	is_whole = gather(out_description, pipe);
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (is_whole)
		code = take_all(out_description, fault);
	else
		code = fault_set(fault, FAULT_EXIT_SOFTWARE,
				 "docket-worker --describe does not answer");
	if (code)
		description_fini(out_description);
	return code;
}

void
description_fini(struct description *description)
{
	free(description->options);
	buffer_fini(&description->frames);
	*description = (struct description){ 0 };
}

/* ---- what is in it ---- */

const char *
description_kind_name(uint32_t kind)
{
	static const char *const names[] = {
		[PLUGIN_PARSER] = "parser",
		[PLUGIN_ANNOTATOR] = "annotator",
		[PLUGIN_INDEXER] = "indexer",
		[PLUGIN_NOTIFIER] = "notifier",
	};

	return kind < ARRAY_SIZE(names) ? names[kind] : NULL;
}

/* The index-th bit that is set; 32 past the last. */
static unsigned
find_bit(uint32_t mask, size_t index)
{
	unsigned bit = 0;

	for (; bit < 32; bit++)
		if (mask >> bit & 1 && index-- == 0)
			break;
	return bit;
}

const char *
description_need_name(uint32_t mask, size_t index)
{
	static const char *const names[] = { "network", "exec", "threads",
					     "process" };
	unsigned bit = find_bit(mask, index);

	return bit < ARRAY_SIZE(names) ? names[bit] : NULL;
}

const char *
description_want_name(uint32_t mask, size_t index)
{
	return find_bit(mask, index) == 0 ? "tokens" : NULL;
}

bool
description_next_line(struct docket_bytes *lines, struct docket_bytes *out_line)
{
	const char *end;
	size_t size;

	if (lines->size == 0)
		return false;
	end = memchr(lines->data, '\n', lines->size);
	size = end ? (size_t)(end - lines->data) : lines->size;
	*out_line = (struct docket_bytes){ lines->data, size };
	lines->data += end ? size + 1 : size;
	lines->size -= end ? size + 1 : size;
	return true;
}
