/* SPDX-License-Identifier: Apache-2.0 */
/*
 * argument.h - words of a command line, taken apart by a table
 *
 * --name VALUE, --name=VALUE, --flag; a name of one letter is -o VALUE. A word
 * that is no option is an operand; "--" makes operands of all that follow.
 * Values are typed by lib/option.h, so their errors say what would be right.
 */
#ifndef CLI_ARGUMENT_H
#define CLI_ARGUMENT_H

#include "option.h"

/* The type of an option that may be given again and again: it is a list. */
#define ARGUMENT_LIST ((enum docket_option_type)64)

/* Its member in the target. */
struct argument_list {
	const char **values; /* in order, borrowed from the words */
	size_t count;
	size_t capacity;
};

/* One option. Tables end with .option.name = NULL. */
struct argument {
	struct docket_option option; /* BOOL is a flag and takes no value */
	const char *value;	     /* its value's name in the help */
};

/* How words are read. */
enum argument_mode {
	ARGUMENT_ANYWHERE = 0,	 /* options may follow operands */
	ARGUMENT_FIRST = 1,	 /* the first operand ends the options */
	ARGUMENT_DASH_WORDS = 2, /* -word is an operand: searches exclude so */
};

/* What was there beside options. */
struct argument_rest {
	char **operands; /* the array is the caller's, its words are borrowed */
	size_t count;
	bool wants_help; /* --help, which every table has unsaid */
};

/*
 * Fill target, which must be zeroed, with fallbacks and what words say. 0, or
 * -EINVAL with a sentence; target is to be released in both cases.
 */
int argument_parse(const struct argument *table, enum argument_mode mode,
		   char *const *words, size_t count, void *target,
		   struct argument_rest *out_rest, struct fault *fault);

/* Release the strings and lists in target; partner of argument_parse(). */
void argument_fini(const struct argument *table, void *target);

#endif
