/* SPDX-License-Identifier: Apache-2.0 */
/*
 * main.c - docket, the command people type
 *
 * Reads the options before the verb, finds the verb and runs it. Ends with the
 * verb's exit code, or with 74 if what it printed could not be written.
 */
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "fault.h"
#include "help.h"
#include "log.h"

/*
 * A descriptor opened later must not take the place of a stdout that was
 * closed: this one fits nothing, so writing to it is the error that it is.
 */
static void
hold_standard_descriptors(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/", O_PATH) < 0)
			abort();
}

/* Widths of characters are known in UTF-8 only, whatever the user's locale. */
static void
set_locale(void)
{
	if (!setlocale(LC_CTYPE, "") ||
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

static int
refuse_usage(const char *sentence)
{
	log_error("%s; see docket --help", sentence);
	return FAULT_EXIT_USAGE;
}

static int
refuse_verb(const char *verb)
{
	log_error("there is no verb %s; see docket --help", verb);
	return FAULT_EXIT_USAGE;
}

static int
print_help(const struct argument_rest *words, struct output *out)
{
	const struct command *command;
	size_t used;

	if (words->count < 2)
		return help_print_all(out);
	command = command_find(words->operands + 1, words->count - 1, &used);
	return command ? help_print_command(out, command)
		       : refuse_verb(words->operands[1]);
}

static int
run_verb(const struct help_globals *globals, const struct argument_rest *words,
	 struct output *out)
{
	const struct command *command;
	size_t used;

	if (globals->wants_version) {
		buffer_put_string(&out->text, "docket " DOCKET_VERSION "\n");
		return 0;
	}
	if (words->wants_help)
		return help_print_all(out);
	if (words->count == 0)
		return refuse_usage("a verb is missing");
	if (strcmp(words->operands[0], "help") == 0)
		return print_help(words, out);
	command = command_find(words->operands, words->count, &used);
	if (!command)
		return refuse_verb(words->operands[0]);
	return command_run(command, globals->state, words->operands + used,
			   words->count - used, out);
}

static int
run(char *const *words, size_t count, struct output *out)
{
	struct help_globals globals = { 0 };
	struct argument_rest rest;
	struct fault fault = { "" };
	int code;

	if (argument_parse(help_globals, ARGUMENT_FIRST, words, count, &globals,
			   &rest, &fault))
		code = refuse_usage(fault.text);
	else
		code = run_verb(&globals, &rest, out);
	argument_fini(help_globals, &globals);
	free(rest.operands);
	return code;
}

int
main(int argc, char **argv)
{
	struct output out;
	int code;
	int write_code;

	hold_standard_descriptors();
	signal(SIGPIPE, SIG_DFL);
	set_locale();
	log_open("docket", LOG_LEVEL_INFO);
	output_init(&out, STDOUT_FILENO);
	code = argc > 0 ? run(argv + 1, (size_t)argc - 1, &out)
			: FAULT_EXIT_USAGE;
	write_code = output_flush(&out);
	output_fini(&out);
	return code ? code : write_code;
}
