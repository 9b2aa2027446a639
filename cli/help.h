/* SPDX-License-Identifier: Apache-2.0 */
/*
 * help.h - what docket says about itself, all of it out of the tables
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "command.h"

/* docket's own options, before the verb. */
struct help_globals {
	const char *state;
	bool wants_version;
};
extern const struct argument help_globals[];

/* docket --help: the verbs. */
int help_print_all(struct output *out);

/* docket help VERB: one of them, whole. */
int help_print_command(struct output *out, const struct command *command);

#endif
