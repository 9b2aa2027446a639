/* SPDX-License-Identifier: Apache-2.0 */
/*
 * command.h - what a verb of docket is: one row
 *
 * The row drives dispatch, the reading of options and every word of the help.
 * Functions of this program that can fail return 0 or the exit code that docket
 * is to end with, and have then said why on stderr, once; where it differs,
 * their header says so.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "argument.h"
#include "output.h"

/* What a verb runs with. All of it is borrowed. */
struct call {
	const char *state;     /* --state; NULL: the system's instance */
	const void *options;   /* the verb's own struct, filled in */
	char *const *operands; /* as many as the row allows */
	size_t operand_count;
	struct output *out; /* stdout */
};

struct command_code {
	int code;
	const char *meaning;
};

struct command {
	const char *name;     /* one word, or two: "plugins test" */
	const char *operands; /* as the help shows them: "FILE..." */
	const char *summary;  /* one line, no full stop */
	const char *text;     /* paragraphs of at most 72 columns */
	const struct argument *arguments;
	size_t options_size; /* bytes of the verb's own struct */
	size_t operands_min;
	size_t operands_max;
	enum argument_mode mode;
	const struct command_code *codes; /* its own; ends with meaning NULL */
	int (*run)(const struct call *call);
};

/* The verbs, each in cmd_<verb>.c. */
extern const struct command cmd_add, cmd_audit, cmd_discard, cmd_retry,
	cmd_events, cmd_formats, cmd_get, cmd_list, cmd_outline, cmd_parse,
	cmd_plugins, cmd_plugins_describe, cmd_plugins_test, cmd_refs,
	cmd_reload, cmd_search, cmd_show, cmd_status;

/* The index-th verb in the order of the help; NULL past the end. */
const struct command *command_at(size_t index);

/*
 * The verb that begins the words, by as many of them as there is one for: so
 * many are *out_used. NULL: the first word is no verb.
 */
const struct command *command_find(char *const *words, size_t count,
				   size_t *out_used);

/* Read the words behind the verb, and run it. */
int command_run(const struct command *command, const char *state,
		char *const *words, size_t count, struct output *out);

#endif
