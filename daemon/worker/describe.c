/* SPDX-License-Identifier: Apache-2.0 */
/*
 * describe.c - what plugins declare, for docketd to learn
 *
 * Loading runs code of the file: its constructors, and those of libraries
 * behind it. They may end the process, crash or hang. So each file is loaded by
 * a child of our own, which is given limits and a deadline and hands its frames
 * back through a pipe; the parent stays whole and says what became of it.
 */
#include "describe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "load.h"
#include "log.h"
#include "sandbox.h"

#define DEADLINE_MS 10000
#define MEMORY_LIMIT (512u << 20)
/* A description longer than this is none. */
#define OUTPUT_LIMIT (1u << 20)

/* ---- the child ---- */

static void
put_lines(struct buffer *out, const char *const *lines)
{
	for (; lines && *lines; lines++)
		buffer_format(out, "%s\n", *lines);
}

static void
put_description(struct buffer *out, const struct abi *abi)
{
	auto_buffer struct buffer lines = { 0 };
	struct message_description description = {
		.kind = abi->kind,
		.needs = abi->plugin.needs,
		.wants = abi->plugin.wants,
		.name = bytes_of(abi->plugin.name),
		.version = bytes_of(abi->plugin.version),
		.summary = bytes_of(abi->plugin.summary),
	};

	put_lines(&lines, abi->parser.types);
	put_lines(&lines, abi->notifier.topics);
	description.types = buffer_bytes(&lines);
	message_encode(out, MESSAGE_DESCRIPTION, &description);
}

static void
put_option(struct buffer *out, const struct docket_option *option)
{
	struct message_described_option described = {
		.type = option->type,
		.name = bytes_of(option->name),
		.fallback = bytes_of(option->fallback),
		.summary = bytes_of(option->summary),
		.minimum = option->minimum,
		.maximum = option->maximum,
	};

	message_encode(out, MESSAGE_DESCRIBED_OPTION, &described);
}

static void
put_refused(struct buffer *out, const char *path, const char *detail)
{
	struct message_refused refused = {
		.plugin = bytes_of(path),
		.detail = bytes_of(detail),
	};

	log_error("%s", detail);
	message_encode(out, MESSAGE_REFUSED, &refused);
}

/* Load the file and say what it is, or why it is none. */
static int
put_file(struct buffer *out, const char *path)
{
	struct sandbox sandbox = {
		.role = ROLE_READER,
		.memory_limit_bytes = MEMORY_LIMIT,
	};
	struct plugin *plugin = NULL;
	struct fault fault = { "" };

	if (sandbox_limit(&sandbox, &fault) ||
	    load_plugin(path, &plugin, &fault)) {
		put_refused(out, path, fault.text);
		return EXIT_FAILURE;
	}
	put_description(out, &plugin->abi);
	for (const struct docket_option *option = plugin->abi.options;
	     option->name; option++)
		put_option(out, option);
	load_free(plugin);
	return EXIT_SUCCESS;
}

/* Whoever gets to the end has written something; no constructor has. */
static _Noreturn void
run_child(const char *path, int pipe)
{
	struct buffer out = { 0 };
	int code;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* What a constructor prints is no frame. */
	dup2(STDERR_FILENO, STDOUT_FILENO);
	code = put_file(&out, path);
	frame_send(pipe, &out, -1);
	_exit(code);
}

/* ---- the parent ---- */

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Everything up to the end of the pipe; false if that took too long. */
static bool
gather(int pipe, struct buffer *out)
{
	int64_t end_ms = now_ms() + DEADLINE_MS;
	struct pollfd poller = { .fd = pipe, .events = POLLIN };

	while (out->size < OUTPUT_LIMIT) {
		int64_t left_ms = end_ms - now_ms();
		ssize_t count;

		if (left_ms <= 0 || poll(&poller, 1, (int)left_ms) != 1)
			return false;
		count = read(pipe, buffer_reserve(out, 4096), 4096);
		if (count <= 0)
			return count == 0;
		out->size += (size_t)count;
	}
	return false;
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static char *
explain_end(const char *path, int status, bool is_in_time)
{
	if (!is_in_time)
		return mem_format("%s did not load within %d seconds", path,
				  DEADLINE_MS / 1000);
	if (WIFSIGNALED(status))
		return mem_format("%s ended the process that loaded it by "
				  "signal %d (%s)",
				  path, WTERMSIG(status),
				  strsignal(WTERMSIG(status)));
	return mem_format("%s ended the process that loaded it with exit "
			  "code %d",
			  path, WEXITSTATUS(status));
}

/* 0: out has the frames. EXIT_FAILURE: out has a refusal. */
static int
describe_apart(const char *path, int pipes[2], struct buffer *out)
{
	auto_free char *detail = NULL;
	bool is_in_time;
	int status;
	pid_t pid = fork();

	if (pid == 0)
		run_child(path, pipes[1]);
	close(pipes[1]);
	is_in_time = pid > 0 && gather(pipes[0], out);
	close(pipes[0]);
	if (pid > 0 && !is_in_time)
		kill(pid, SIGKILL);
	status = pid > 0 ? wait_for(pid) : 0;
	if (is_in_time && out->size && WIFEXITED(status))
		return WEXITSTATUS(status);

	out->size = 0;
	detail = pid < 0 ? mem_format("%s: no process to load it", path)
			 : explain_end(path, status, is_in_time);
	put_refused(out, path, detail);
	return EXIT_FAILURE;
}

int
describe_files(char *const *paths, int count)
{
	int code = EXIT_SUCCESS;

	for (int i = 0; i < count; i++) {
		auto_buffer struct buffer out = { 0 };
		int pipes[2];

		if (pipe2(pipes, O_CLOEXEC)) {
			log_error("pipe: %s", strerror(errno));
			return EXIT_FAILURE;
		}
		if (describe_apart(paths[i], pipes, &out))
			code = EXIT_FAILURE;
		if (frame_send(STDOUT_FILENO, &out, -1))
			return EXIT_FAILURE;
	}
	return code;
}
