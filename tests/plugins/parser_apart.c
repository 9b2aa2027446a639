/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_apart.c - reads each document in a process of its own, and tells of it
 *
 * What says APART: its text is followed by how many documents this process has
 * read before, by whether it may fork, and by the pid of the one that opened it.
 * "CRASH NOW", "EXIT NOW", "HANG NOW", "SPIN NOW", "BLOAT NOW", "BREAK NOW",
 * "PRETEND NOW" (to have read it) and "LEAVE NOW" do so first. "WITH CHILD" it is
 * taken out of itself, too.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <docket/parser.h>

#include "spell.h"

#define BLOAT_BYTES (64u << 20)

struct apart {
	pid_t opener;
	int count; /* of documents, in this process */
};

static enum docket_status
apart_open(void *self)
{
	struct apart *apart = self;

	apart->opener = getpid();
	return DOCKET_OK;
}

/* What a library may hold on to. */
static void
bloat(void)
{
	char *memory = malloc(BLOAT_BYTES);

	if (memory)
		memset(memory, 'x', BLOAT_BYTES);
}

/* It lives on; its parent does not. */
static void
leave_child(void)
{
	if (fork() == 0) {
		sleep(1000);
		_exit(0);
	}
}

/* As a copy that has handed over its record, but without one. */
static void
pretend(void)
{
	_exit(94);
}

static void
spin(void)
{
	volatile int turns = 0;

	for (;;)
		turns ^= 1;
}

static void
hang(struct docket_job *job)
{
	docket_job_progress(job, 1, 2);
	for (;;)
		pause();
}

static const struct {
	const char *spell;
	int signal; /* or 0 and a function */
	void (*act)(void);
} spells[] = {
	{ "CRASH NOW", SIGSEGV, NULL }, { "HANG NOW", 0, NULL },
	{ "BLOAT NOW", 0, bloat },	{ "LEAVE NOW", 0, leave_child },
	{ "PRETEND NOW", 0, pretend },	{ "SPIN NOW", 0, spin },
};

static void
obey(struct docket_job *job, struct docket_bytes bytes)
{
	if (has_spell(bytes, "EXIT NOW"))
		exit(0);
	for (size_t i = 0; i < sizeof(spells) / sizeof(spells[0]); i++) {
		if (!has_spell(bytes, spells[i].spell))
			continue;
		if (spells[i].act)
			spells[i].act();
		else if (spells[i].signal)
			raise(spells[i].signal);
		else
			hang(job);
	}
}

static int
may_fork(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	if (child > 0)
		waitpid(child, NULL, 0);
	return child > 0;
}

static enum docket_status
apart_parse(void *self, struct docket_job *job)
{
	struct apart *apart = self;
	struct docket_bytes bytes = docket_job_bytes(job);
	char line[80];

	if (!has_spell(bytes, "APART"))
		return DOCKET_SKIP;
	obey(job, bytes);
	if (has_spell(bytes, "BREAK NOW"))
		return DOCKET_BROKEN;
	docket_put_text(job, bytes);
	snprintf(line, sizeof(line), "\nbefore: %d, forks: %s, by: %s\n",
		 apart->count++, may_fork() ? "yes" : "no",
		 apart->opener == getpid() ? "opener" : "copy");
	docket_put_text(job, (struct docket_bytes){ line, strlen(line) });
	if (has_spell(bytes, "WITH CHILD"))
		docket_put_child(job, (struct docket_bytes){ "one", 3 }, bytes);
	return DOCKET_OK;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = apart_parse,
};

DOCKET_PLUGIN = {
	.name = "apart",
	.summary = "Reads each document in a process of its own",
	.needs = DOCKET_NEED_PROCESS,
	.self_size = sizeof(struct apart),
	.open = apart_open,
	.parser = &parser,
};
