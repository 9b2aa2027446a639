/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker_process.h - a real docket-worker, spoken to as docketd does
 *
 * It lies beside the test program, the test plugins in ../tests/plugins.
 * Waiting ends with a failed test after ten seconds.
 */
#ifndef TESTS_WORKER_PROCESS_H
#define TESTS_WORKER_PROCESS_H

#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "message.h"

#define PATIENCE_MS 10000
#define RECORD_LIMIT (64u << 20)

struct worker_process {
	pid_t pid;
	struct frame_stream in;
	struct buffer out;
	struct frame frame; /* the last one heard */
	/* how it is set up */
	struct message_hello hello;
};

/* BUILD/<path> */
static inline char *
build_path(const char *path)
{
	char self[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);

	assert_true(size > 0);
	self[size] = '\0';
	for (int i = 0; i < 2; i++)
		*strrchr(self, '/') = '\0';
	return mem_format("%s/%s", self, path);
}

static inline char *
plugin_path(const char *name)
{
	auto_free char *path = mem_format("tests/plugins/%s.so", name);

	return build_path(path);
}

/* Start it; lock (or -1) becomes its descriptor 4. */
static inline void
worker_spawn(struct worker_process *worker, const char *role, int lock)
{
	auto_free char *program = build_path("bin/docket-worker");
	int pair[2];

	assert_int_equal(
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	worker->pid = fork();
	assert_true(worker->pid >= 0);
	if (worker->pid == 0) {
		/* Out of the way of 3 and 4 first. */
		int socket = dup(dup(dup(pair[1])));
		int locked = lock < 0 ? -1 : dup(lock);

		dup2(socket, 3);
		if (locked >= 0)
			dup2(locked, 4);
		execl(program, "docket-worker", role, (char *)NULL);
		_exit(127);
	}
	close(pair[1]);
	frame_stream_init(&worker->in, pair[0], RECORD_LIMIT);
}

static inline void
worker_say(struct worker_process *worker, enum message_type type,
	   const void *message)
{
	message_encode(&worker->out, type, message);
	frame_send(worker->in.fd, &worker->out, -1);
}

static inline void
worker_say_fd(struct worker_process *worker, enum message_type type,
	      const void *message, int fd)
{
	message_encode_fd(&worker->out, type, message);
	frame_send(worker->in.fd, &worker->out, fd);
}

/* The next message must be of this type. */
static inline void
worker_hear(struct worker_process *worker, enum message_type type,
	    void *out_message)
{
	int rc = frame_receive(&worker->in, PATIENCE_MS, &worker->frame);

	if (rc != 1)
		fail_msg("no %s but an end (%d)", message_type_name(type), rc);
	if (worker->frame.type != type)
		fail_msg("no %s but a %s", message_type_name(type),
			 message_type_name(worker->frame.type));
	assert_int_equal(message_decode(&worker->frame, out_message), 0);
}

/* The worker closes, having said nothing more. */
static inline void
worker_hear_end(struct worker_process *worker)
{
	int rc = frame_receive(&worker->in, PATIENCE_MS, &worker->frame);

	if (rc == 1)
		fail_msg("no end but a %s",
			 message_type_name(worker->frame.type));
	assert_true(rc == 0 || rc == -ECONNRESET);
}

/* Wait until it is gone; its status as wait() has it. */
static inline int
worker_join(struct worker_process *worker)
{
	int status;

	close(worker->in.fd);
	assert_int_equal(waitpid(worker->pid, &status, 0), worker->pid);
	frame_stream_fini(&worker->in);
	buffer_fini(&worker->out);
	return status;
}

/* Close the socket, as docketd does in the end: it must leave with 0. */
static inline void
worker_dismiss(struct worker_process *worker)
{
	int status = worker_join(worker);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static inline void
worker_ends_with(struct worker_process *worker, int code)
{
	int status;

	worker_hear_end(worker);
	status = worker_join(worker);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), code);
}

static inline void
worker_wishes(struct worker_process *worker, const char *file)
{
	auto_free char *path = plugin_path(file);
	struct message_plugin plugin = {
		.name = bytes_of(file),
		.path = bytes_of(path),
	};

	worker_say(worker, MESSAGE_PLUGIN, &plugin);
}

static inline void
worker_sets(struct worker_process *worker, const char *name, const char *value)
{
	struct message_option option = { bytes_of(name), bytes_of(value) };

	worker_say(worker, MESSAGE_OPTION, &option);
}

static inline void
worker_loads(struct worker_process *worker, const char *name)
{
	struct message_loaded loaded;

	worker_hear(worker, MESSAGE_LOADED, &loaded);
	assert_true(bytes_equal(loaded.plugin, bytes_of(name)));
}

static inline bool
has_words(struct docket_bytes text, const char *words)
{
	return memmem(text.data, text.size, words, strlen(words)) != NULL;
}

static inline void
worker_refuses(struct worker_process *worker, const char *why)
{
	struct message_refused refused;

	worker_hear(worker, MESSAGE_REFUSED, &refused);
	if (!has_words(refused.detail, why))
		fail_msg("\"%.*s\" does not say \"%s\"",
			 (int)refused.detail.size, refused.detail.data, why);
}

static inline uint64_t
worker_is_ready(struct worker_process *worker)
{
	struct message_sequence ready;

	worker_hear(worker, MESSAGE_READY, &ready);
	return ready.sequence;
}

#endif
