/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog_program.c - a program as an entry of the catalog
 *
 * There is no file to ask what it is: the configuration says it all. Runs
 * nothing; looks at the program's file.
 */
#include "catalog_program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

static const struct config_value *
find_value(const struct config_plugin *plugin, const char *name)
{
	for (size_t i = 0; i < plugin->value_count; i++)
		if (strcmp(plugin->values[i].name, name) == 0)
			return &plugin->values[i];
	return NULL;
}

bool
catalog_program_is(const struct config_plugin *plugin)
{
	return find_value(plugin, "exec") != NULL;
}

static int
refuse_unknown(const struct config_value *value, struct fault *fault)
{
	auto_buffer struct buffer known = { 0 };

	for (const struct docket_option *option = program_options; option->name;
	     option++)
		buffer_format(&known, " %s", option->name);
	return fault_set(fault, -EINVAL,
			 "%s: a program has no option \"%s\"; there are:%.*s",
			 value->place, value->name, (int)known.size,
			 known.data);
}

static int
read_options(const struct config_plugin *plugin, struct program *program,
	     struct fault *fault)
{
	for (size_t i = 0; i < plugin->value_count; i++) {
		const struct config_value *value = &plugin->values[i];
		const struct docket_option *option =
			option_find(program_options, value->name);

		if (option == NULL)
			return refuse_unknown(value, fault);
		if (option_set(option, program, value->value, fault) < 0)
			return fault_prefix(fault, -EINVAL, "%s", value->place);
	}
	return 0;
}

/* docketd would kill its worker before the program's own deadline. */
static int
check_deadline(const struct config *config, const struct program *program,
	       const char **out_option, struct fault *fault)
{
	if (program_is_parser(program) ||
	    program->deadline_ms < config->daemon.follow_deadline_ms)
		return 0;
	*out_option = "deadline";
	return fault_set(
		fault, -EINVAL,
		"deadline: a notifier's must be shorter than "
		"follow_deadline of [daemon]; lower it, or raise that");
}

static int
check(const struct config *config, const struct config_plugin *plugin,
      const struct program *program, struct fault *fault)
{
	const struct config_value *value;
	const char *option = NULL;
	int status = program_check(program, &option, fault);

	if (status == 0)
		status = check_deadline(config, program, &option, fault);
	if (status == 0)
		return 0;
	value = find_value(plugin, option);
	return fault_prefix(fault, status, "%s",
			    value != NULL ? value->place : plugin->place);
}

static void
put_lines(struct buffer *out, const char *list)
{
	auto_free char **words = program_split(list);

	for (size_t i = 0; words[i] != NULL; i++)
		buffer_format(out, "%s\n", words[i]);
}

/* As docket-worker --describe tells it of a file; lent from the entry. */
static void
describe(const struct config_plugin *plugin, const struct program *program,
	 struct catalog_plugin *entry)
{
	bool is_parser = program_is_parser(program);

	put_lines(&entry->described,
		  is_parser ? program->types : program->topics);
	put_lines(&entry->described, program->names);
	entry->name = mem_dup_string(plugin->name);
	entry->path = mem_format("%.*s", (int)strcspn(program->exec, " \t"),
				 program->exec);
	entry->is_program = true;
	entry->config = plugin;
	entry->state = plugin->is_enabled ? CATALOG_LOADED : CATALOG_DISABLED;
	entry->about = (struct message_description){
		.kind = is_parser ? PLUGIN_PARSER : PLUGIN_NOTIFIER,
		.needs = DOCKET_NEED_EXEC,
		.name = bytes_of(entry->name),
		.summary = bytes_of(find_value(plugin, "exec")->value),
		.types = buffer_bytes(&entry->described),
	};
}

int
catalog_program_describe(const struct config *config,
			 const struct config_plugin *plugin,
			 struct catalog_plugin *out_entry, struct fault *fault)
{
	struct program program = { 0 };
	int status;

	option_set_fallbacks(program_options, &program);
	status = read_options(plugin, &program, fault);
	if (status == 0)
		status = check(config, plugin, &program, fault);
	if (status == 0)
		describe(plugin, &program, out_entry);
	option_fini(program_options, &program);
	return status;
}
