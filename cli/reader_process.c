/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader_process.c - how a docket-worker comes to life, and how it ended
 *
 * Owns nothing that lasts. Reads the plugin folder, starts a process whose
 * descriptor 3 is the socketpair, whose standard input is empty and whose
 * standard output is our standard error: what a plugin prints is no record.
 */
#include "reader_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "message.h"
#include "place.h"
#include "record.h"

#define WORKER_FD 3

static void
put_hello(const struct place *place, struct buffer *out)
{
	struct message_hello hello = {
		.role = ROLE_READER,
		.data_folder = bytes_of(place->data),
		.text_limit_bytes = RECORD_TEXT_LIMIT,
	};

	message_encode(out, MESSAGE_HELLO, &hello);
}

/* "parser_text" out of ".../parser_text.so" */
static struct docket_bytes
get_stem(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return (struct docket_bytes){ name,
				      (size_t)(strrchr(name, '.') - name) };
}

static int
put_plugins(const struct place *place, struct buffer *out, struct fault *fault)
{
	static const char *const prefixes[] = { "parser_", "annotator_", NULL };
	char **paths;
	int error = place_list_plugins(place->plugins, prefixes, &paths, fault);

	if (error)
		return error;
	for (size_t i = 0; paths[i]; i++) {
		struct message_plugin plugin = {
			.name = get_stem(paths[i]),
			.path = bytes_of(paths[i]),
		};

		message_encode(out, MESSAGE_PLUGIN, &plugin);
	}
	place_free_list(paths);
	return 0;
}

/* posix_spawn answers with a positive errno, and so do its parts. */
static int
spawn(const char *program, int socket, pid_t *out_pid)
{
	char *argv[] = { (char *)"docket-worker", (char *)"reader", NULL };
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return -error;
	error = posix_spawn_file_actions_adddup2(&actions, socket, WORKER_FD);
	if (!error)
		error = posix_spawn_file_actions_addopen(
			&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_adddup2(
			&actions, STDERR_FILENO, STDOUT_FILENO);
	if (!error)
		error = posix_spawn(out_pid, program, &actions, NULL, argv,
				    environ);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

static int
start_at(const struct place *place, pid_t *out_pid, int *out_fd,
	 struct fault *fault)
{
	int pair[2];
	int error;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return fault_set_errno(fault, -errno, "socketpair");
	error = spawn(place->worker, pair[1], out_pid);
	close(pair[1]);
	if (error) {
		close(pair[0]);
		return fault_set_errno(fault, error, "cannot start %s",
				       place->worker);
	}
	*out_fd = pair[0];
	return 0;
}

int
reader_process_start(pid_t *out_pid, int *out_fd, struct buffer *out_setup,
		     struct fault *fault)
{
	struct place place;
	int error;

	place_init(&place);
	put_hello(&place, out_setup);
	error = put_plugins(&place, out_setup, fault);
	if (error == 0)
		error = start_at(&place, out_pid, out_fd, fault);
	place_fini(&place);
	message_encode(out_setup, MESSAGE_START, NULL);
	return error;
}

int
reader_process_end(pid_t pid)
{
	int status = 0;

	/*
	 * Who is dying of something else has that as its status before its
	 * descriptors are closed; another signal does not change it.
	 */
	kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

char *
reader_process_describe(int status)
{
	if (WIFSIGNALED(status))
		return mem_format("was ended by signal %d (%s)",
				  WTERMSIG(status),
				  strsignal(WTERMSIG(status)));
	return mem_format("ended by itself with exit code %d",
			  WEXITSTATUS(status));
}
