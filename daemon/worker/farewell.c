/* SPDX-License-Identifier: Apache-2.0 */
/*
 * farewell.c - the last word of a worker that a plugin takes down
 *
 * Owns the handlers of the signals that end a process, and the words: they are
 * encoded when a callback begins, since a handler may do little more than send
 * them. Signals are the process's, so is what they need. A handler ends the
 * process by its own signal, as if it had not been caught.
 */
#include "farewell.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"

/* 0 stands for exit(). */
static const int endings[] = {
	0, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGXCPU, SIGTERM,
};

/* Enough for a handler when the stack has overflowed. */
#define STACK_SIZE (32u << 10)

static struct {
	int socket; /* -1: not watching */
	uint64_t lease;
	volatile sig_atomic_t is_armed;
	struct buffer words[ARRAY_SIZE(endings)];
	char stack[STACK_SIZE];
} farewell = { .socket = -1 };

static void
say(int ending)
{
	if (!farewell.is_armed)
		return;
	farewell.is_armed = 0;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (endings[i] == ending)
			send(farewell.socket, farewell.words[i].data,
			     farewell.words[i].size,
			     MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
say_at_exit(void)
{
	say(0);
}

/* The handler is gone by now, so the second time it is the end. */
static void
say_and_die(int number)
{
	say(number);
	raise(number);
}

void
farewell_open(int socket)
{
	stack_t stack = {
		.ss_sp = farewell.stack,
		.ss_size = sizeof(farewell.stack),
	};
	struct sigaction action = {
		.sa_handler = say_and_die,
		.sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK,
	};

	farewell.socket = socket;
	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (endings[i])
			sigaction(endings[i], &action, NULL);
	atexit(say_at_exit);
}

void
farewell_set_lease(uint64_t lease)
{
	farewell.lease = lease;
}

void
farewell_arm(const char *plugin)
{
	if (farewell.socket < 0)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		struct message_dying word = {
			.lease = farewell.lease,
			.signal = (uint32_t)endings[i],
			.plugin = bytes_of(plugin),
		};

		farewell.words[i].size = 0;
		message_encode(&farewell.words[i], MESSAGE_DYING, &word);
	}
	farewell.is_armed = 1;
}

void
farewell_disarm(void)
{
	farewell.is_armed = 0;
}
