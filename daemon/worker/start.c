/* SPDX-License-Identifier: Apache-2.0 */
/*
 * start.c - from the set-up to plugins that are open
 *
 * Half the sandbox, load, options, prepare; the other half, open. A plugin
 * that fails a step is refused with its sentence and costs the others nothing.
 * Owns the list of plugins. Ends nothing by itself, but runs the constructors
 * and callbacks of plugins.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "log.h"
#include "program_plugin.h"
#include "sandbox.h"
#include "worker.h"

/* Which kinds of plugins a role hosts: bits, 1 << enum message_plugin_kind. */
static const unsigned role_kinds[] = {
	[ROLE_READER] = 1u << PLUGIN_PARSER | 1u << PLUGIN_ANNOTATOR,
	[ROLE_INDEXER] = 1u << PLUGIN_INDEXER,
	[ROLE_NOTIFIER] = 1u << PLUGIN_NOTIFIER,
};

/* A wish on its way; a sentence in fault takes it off. */
struct trial {
	const struct wish *wish;
	struct plugin *plugin; /* NULL once refused */
	struct fault fault;
};

static bool
is_program(const struct wish *wish)
{
	return wish->path[0] == '\0';
}

/* "" is any; else as the plugin calls itself, or as its file should be. */
static bool
is_wished(const struct wish *wish, const struct abi *abi)
{
	auto_free char *stem =
		mem_format("%s_%s", abi_kind_name(abi->kind), abi->plugin.name);

	return wish->name[0] == '\0' || strcmp(wish->name, stem) == 0 ||
	       strcmp(wish->name, abi->plugin.name) == 0;
}

static int
check_wish(const struct worker *worker, const struct wish *wish,
	   const struct plugin *plugin, struct fault *fault)
{
	const char *name = plugin->abi.plugin.name;

	if (!is_wished(wish, &plugin->abi))
		return fault_set(fault, -EINVAL,
				 "%s holds plugin %s, not plugin %s",
				 plugin->path, name, wish->name);
	if (!(role_kinds[worker->setup.role] >> plugin->abi.kind & 1))
		return fault_set(fault, -EINVAL,
				 "plugin %s is of kind %s, which this worker "
				 "does not host",
				 name, abi_kind_name(plugin->abi.kind));
	return 0;
}

/* Has one of the plugins before this one the same name? */
static int
check_name(const struct trial *trials, struct trial *trial)
{
	const char *name = trial->plugin->abi.plugin.name;

	for (; trials < trial; trials++) {
		if (!trials->plugin ||
		    strcmp(trials->plugin->abi.plugin.name, name) != 0)
			continue;
		return fault_set(&trial->fault, -EEXIST,
				 "%s and %s both hold a plugin %s",
				 trials->plugin->path, trial->plugin->path,
				 name);
	}
	return 0;
}

/* A program, a file, or what stands for a file that is elsewhere. */
static int
load_wish(enum message_role role, const struct wish *wish,
	  struct plugin **out_plugin, struct fault *fault)
{
	int rc = 0;

	host_enter(wish->name);
	if (is_program(wish))
		rc = load_program(role, wish->name, wish->is_elsewhere,
				  out_plugin, fault);
	else if (wish->is_elsewhere)
		*out_plugin =
			load_elsewhere(wish->name, wish->path, wish->types);
	else
		rc = load_plugin(wish->path, out_plugin, fault);
	host_leave();
	return rc;
}

static int
load(const struct worker *worker, const struct trial *trials,
     struct trial *trial)
{
	const struct wish *wish = trial->wish;
	struct fault *fault = &trial->fault;
	int rc = load_wish(worker->setup.role, wish, &trial->plugin, fault);

	if (!rc)
		rc = check_wish(worker, wish, trial->plugin, fault);
	if (!rc)
		rc = check_name(trials, trial);
	for (size_t i = 0; !rc && i < wish->option_count; i++)
		rc = load_set_option(trial->plugin, wish->options[i].name,
				     wish->options[i].value, fault);
	if (!rc)
		rc = load_prepare(trial->plugin, fault);
	if (!rc && is_program(wish))
		program_plugin_declare(trial->plugin, worker->wire.in.fd);
	return rc;
}

static void
answer_refused(struct worker *worker, const struct trial *trial)
{
	const struct wish *wish = trial->wish;
	struct message_refused refused = {
		.plugin = bytes_of(wish->name[0] ? wish->name : wish->path),
		.detail = bytes_of(trial->fault.text),
	};

	log_warning("%s", trial->fault.text);
	wire_send(&worker->wire, MESSAGE_REFUSED, &refused);
}

static void
answer_loaded(struct worker *worker, const struct abi *abi)
{
	struct message_loaded loaded = {
		.kind = abi->kind,
		.plugin = bytes_of(abi->plugin.name),
		.version = bytes_of(abi->plugin.version),
	};

	wire_send(&worker->wire, MESSAGE_LOADED, &loaded);
}

static uint32_t
gather_needs(const struct trial *trials, size_t count)
{
	uint32_t needs = 0;

	for (size_t i = 0; i < count; i++)
		if (trials[i].plugin)
			needs |= trials[i].plugin->abi.plugin.needs;
	return needs;
}

static void
open_and_answer(struct worker *worker, struct trial *trial)
{
	if (trial->plugin && load_open(trial->plugin, &trial->fault))
		trial->plugin = load_free(trial->plugin);
	if (!trial->plugin) {
		answer_refused(worker, trial);
		return;
	}
	answer_loaded(worker, &trial->plugin->abi);
	worker->plugins[worker->plugin_count++] = trial->plugin;
}

int
start_plugins(struct worker *worker, struct fault *fault)
{
	const struct setup *setup = &worker->setup;
	size_t count = setup->wish_count;
	auto_free struct trial *trials =
		mem_alloc_array(count + 1, sizeof(trials[0]));
	struct sandbox sandbox = {
		.role = setup->role,
		.memory_limit_bytes = setup->memory_limit_bytes,
	};
	int rc;

	host_open(setup->data_folder, setup->state_folder);
	rc = sandbox_before_load(&sandbox, fault);
	for (size_t i = 0; !rc && i < count; i++) {
		trials[i].wish = &setup->wishes[i];
		if (load(worker, trials, &trials[i]))
			trials[i].plugin = load_free(trials[i].plugin);
	}
	worker->needs = gather_needs(trials, count);
	sandbox.needs = worker->needs;
	if (!rc)
		rc = sandbox_before_input(&sandbox, fault);
	worker->plugins =
		mem_alloc_array(count + 1, sizeof(worker->plugins[0]));
	for (size_t i = 0; !rc && i < count; i++)
		open_and_answer(worker, &trials[i]);
	return rc;
}

void
start_undo(struct worker *worker)
{
	for (size_t i = 0; i < worker->plugin_count; i++)
		load_free(worker->plugins[i]);
	free(worker->plugins);
	worker->plugins = NULL;
	worker->plugin_count = 0;
}
