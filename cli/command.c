/* SPDX-License-Identifier: Apache-2.0 */
/*
 * command.c - the verbs, and how one of them is run
 *
 * Owns the list of verbs. Reads command lines, writes help and usage errors.
 */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "help.h"
#include "log.h"

/* In the order in which somebody meets them. */
static const struct command *const commands[] = {
	&cmd_parse,
	&cmd_add,
	&cmd_status,
	&cmd_list,
	&cmd_show,
	&cmd_outline,
	&cmd_refs,
	&cmd_get,
	&cmd_search,
	&cmd_events,
	&cmd_formats,
	&cmd_plugins,
	&cmd_plugins_describe,
	&cmd_plugins_test,
	&cmd_retry,
	&cmd_discard,
	&cmd_audit,
	&cmd_reload,
};

const struct command *
command_at(size_t index)
{
	return index < ARRAY_SIZE(commands) ? commands[index] : NULL;
}

/* How many words a name takes of those that are there; 0: they are others. */
static size_t
match_words(const char *name, char *const *words, size_t count)
{
	size_t used = 0;

	for (;;) {
		size_t size = strcspn(name, " ");

		if (used == count || strlen(words[used]) != size ||
		    memcmp(words[used], name, size) != 0)
			return 0;
		used++;
		if (name[size] == '\0')
			return used;
		name += size + 1;
	}
}

const struct command *
command_find(char *const *words, size_t count, size_t *out_used)
{
	const struct command *found = NULL;
	size_t most = 0;

	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		size_t used = match_words(commands[i]->name, words, count);

		if (used > most) {
			most = used;
			found = commands[i];
		}
	}
	*out_used = most;
	return found;
}

static int
refuse_usage(const struct command *command, const char *sentence)
{
	log_error("%s: %s; see docket help %s", command->name, sentence,
		  command->name);
	return FAULT_EXIT_USAGE;
}

/* Run the verb whose words were read without error. */
static int
run_with(const struct command *command, const struct call *call)
{
	if (call->operand_count < command->operands_min)
		return refuse_usage(command, "something is missing");
	if (call->operand_count > command->operands_max)
		return refuse_usage(command, "there is a word too many");
	return command->run(call);
}

int
command_run(const struct command *command, const char *state,
	    char *const *words, size_t count, struct output *out)
{
	struct fault fault = { "" };
	struct argument_rest rest;
	auto_free void *options = mem_alloc(command->options_size + 1);
	int code;

	if (argument_parse(command->arguments, command->mode, words, count,
			   options, &rest, &fault))
		code = refuse_usage(command, fault.text);
	else if (rest.wants_help)
		code = help_print_command(out, command);
	else
		code = run_with(command, &(struct call){
						 .state = state,
						 .options = options,
						 .operands = rest.operands,
						 .operand_count = rest.count,
						 .out = out,
					 });
	argument_fini(command->arguments, options);
	free(rest.operands);
	return code;
}
