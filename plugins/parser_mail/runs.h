/* SPDX-License-Identifier: Apache-2.0 */
/*
 * runs.h - a mail's text as runs: the writer's own, what is quoted, signatures
 */
#ifndef PARSER_MAIL_RUNS_H
#define PARSER_MAIL_RUNS_H

#include <stdbool.h>

#include <docket/plugin.h>

enum run_kind {
	RUN_TEXT,
	RUN_SIGNATURE, /* behind "-- " */
};

/* Lines in a row that are of one kind and quoted as deep. */
struct run {
	size_t start; /* bytes into the text */
	size_t end;
	unsigned depth; /* 0: the writer's own */
	enum run_kind kind;
};

/* A zeroed one is empty. */
struct runs {
	char *data; /* UTF-8, in lines */
	size_t size;
	size_t data_capacity;
	struct run *items;
	size_t count;
	size_t capacity;
};

/*
 * Append to the last run if it is like that, else to a new one; true: it is a
 * new one. Out of memory ends the process.
 */
bool runs_append(struct runs *runs, enum run_kind kind, unsigned depth,
		 struct docket_bytes text);
void runs_fini(struct runs *runs);

#endif
