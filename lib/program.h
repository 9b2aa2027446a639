/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program.h - a program that is a plugin: what [plugin NAME] says of it
 *
 * docs/exec-plugins.md is its contract. docketd checks the options before
 * anything runs; docket-worker takes the same ones and runs the program.
 */
#ifndef LIB_PROGRAM_H
#define LIB_PROGRAM_H

#include "fault.h"
#include "option.h"

/* As written; lists have blanks between their words. */
struct program {
	const char *exec;   /* absolute path, then arguments */
	const char *kind;   /* parser, notifier */
	const char *types;  /* parser: media types */
	const char *names;  /* parser: shell patterns of file names */
	const char *output; /* parser: text, json */
	const char *topics; /* notifier: prefixes; empty: all */
	int64_t deadline_ms;
	uint64_t memory_limit_bytes; /* of each process; 0: none */
	uint64_t output_limit_bytes; /* parser */
	int64_t processes;	     /* beside those that docket's user has */
};

extern const struct docket_option program_options[];

bool program_is_parser(const struct program *program);
bool program_puts_json(const struct program *program);

/*
 * Is everything there that it needs, and nothing that it cannot use? 0, or
 * -EINVAL with a sentence and the name of the option that is to be changed.
 */
int program_check(const struct program *program, const char **out_option,
		  struct fault *fault);

/* The words of a list, NULL-terminated; one block of memory, the caller's. */
char **program_split(const char *list) __attribute__((returns_nonnull));

#endif
