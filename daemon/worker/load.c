/* SPDX-License-Identifier: Apache-2.0 */
/*
 * load.c - one plugin in this process, from its file to its close()
 *
 * Owns the handle, the descriptor's copy and self. Nothing here ends the
 * process, but a constructor of the object may; describe.c is where that is
 * found out, in a process that nobody misses.
 */
#include "load.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host.h"
#include "option.h"
#include "program.h"
#include "program_plugin.h"

static int
check_file(const char *path, struct fault *fault)
{
	struct stat file;

	if (stat(path, &file))
		return fault_set_errno(fault, -errno, "%s", path);
	if (!S_ISREG(file.st_mode))
		return fault_set(fault, -EINVAL, "%s is not a regular file",
				 path);
	if (file.st_mode & S_IWOTH)
		return fault_set(fault, -EPERM,
				 "%s may be written by everybody (mode %04o)",
				 path, file.st_mode & 07777);
	if (file.st_uid != 0 && file.st_uid != geteuid())
		return fault_set(fault, -EPERM,
				 "%s belongs to user %u, who is neither root "
				 "nor the one docket runs as",
				 path, file.st_uid);
	return 0;
}

/* The file's objects, resolved now and seen by nobody else. */
static int
link_file(struct plugin *plugin, struct fault *fault)
{
	const struct docket_abi *stamp;
	const struct docket_plugin *descriptor;
	int rc;

	plugin->handle = dlopen(plugin->path, RTLD_NOW | RTLD_LOCAL);
	if (!plugin->handle)
		return fault_set(fault, -EINVAL, "%s", dlerror());

	stamp = dlsym(plugin->handle, "docket_abi");
	descriptor = dlsym(plugin->handle, "docket_plugin");
	if (!stamp || !descriptor)
		return fault_set(fault, -EINVAL,
				 "%s is no docket plugin: it "
				 "has no DOCKET_PLUGIN",
				 plugin->path);
	rc = abi_adopt(stamp, descriptor, &plugin->abi, fault);
	return rc ? fault_prefix(fault, rc, "%s", plugin->path) : 0;
}

static void
make_self(struct plugin *plugin)
{
	if (plugin->abi.plugin.self_size)
		plugin->self = mem_alloc(plugin->abi.plugin.self_size);
	option_set_fallbacks(plugin->abi.options, plugin->self);
}

static int
load(const char *path, struct plugin *plugin, struct fault *fault)
{
	int rc;

	/* Absolute, or dlopen() would search the system for it. */
	plugin->path = realpath(path, NULL);
	if (!plugin->path)
		return fault_set_errno(fault, -errno, "%s", path);
	rc = check_file(plugin->path, fault);
	if (!rc)
		rc = link_file(plugin, fault);
	if (!rc)
		make_self(plugin);
	return rc;
}

int
load_plugin(const char *path, struct plugin **out_plugin, struct fault *fault)
{
	struct plugin *plugin = mem_alloc(sizeof(*plugin));
	int rc = load(path, plugin, fault);

	if (rc)
		load_free(plugin);
	else
		*out_plugin = plugin;
	return rc;
}

int
load_program(enum message_role role, const char *name, bool is_elsewhere,
	     struct plugin **out_plugin, struct fault *fault)
{
	const struct docket_plugin *from = program_plugin_of(role);
	struct plugin *plugin;
	int rc;

	if (!from)
		return fault_set(fault, -EINVAL,
				 "%s is a program, which cannot be an indexer",
				 name);
	plugin = mem_alloc(sizeof(*plugin));
	rc = abi_adopt(&program_plugin_stamp, from, &plugin->abi, fault);
	if (rc) {
		load_free(plugin);
		return rc;
	}
	plugin->abi.plugin.name = name;
	plugin->is_elsewhere = is_elsewhere;
	if (is_elsewhere)
		plugin->abi.plugin.needs = 0;
	make_self(plugin);
	*out_plugin = plugin;
	return 0;
}

struct plugin *
load_elsewhere(const char *name, const char *path, const char *types)
{
	struct plugin *plugin = mem_alloc(sizeof(*plugin));

	plugin->path = mem_dup_string(path);
	plugin->is_elsewhere = true;
	plugin->types = program_split(types);
	plugin->abi.kind = PLUGIN_PARSER;
	plugin->abi.plugin.name = name;
	plugin->abi.parser.types = (const char *const *)plugin->types;
	return plugin;
}

int
load_set_option(struct plugin *plugin, const char *name, const char *value,
		struct fault *fault)
{
	const struct docket_option *option =
		option_find(plugin->abi.options, name);
	const char *owner = plugin->abi.plugin.name;
	int rc;

	if (!option)
		return fault_set(fault, -EINVAL, "plugin %s has no option %s",
				 owner, name);
	rc = option_set(option, plugin->self, value, fault);
	return rc ? fault_prefix(fault, rc, "plugin %s", owner) : 0;
}

/* Call one of the two that say how it went; absent: well. */
static int
call(struct plugin *plugin, enum docket_status (*callback)(void *self),
     const char *what, struct fault *fault)
{
	enum docket_status status = DOCKET_OK;

	host_enter(plugin->abi.plugin.name);
	if (callback)
		status = callback(plugin->self);
	host_leave();
	if (status == DOCKET_OK)
		return 0;
	return fault_set(fault, -EINVAL, "plugin %s did not %s: %s",
			 plugin->abi.plugin.name, what,
			 host_status_name(status));
}

int
load_prepare(struct plugin *plugin, struct fault *fault)
{
	return call(plugin, plugin->abi.plugin.prepare, "prepare", fault);
}

int
load_open(struct plugin *plugin, struct fault *fault)
{
	plugin->has_opened = true;
	return call(plugin, plugin->abi.plugin.open, "open", fault);
}

static void
close_plugin(struct plugin *plugin)
{
	if (!plugin->has_opened || !plugin->abi.plugin.close)
		return;
	host_enter(plugin->abi.plugin.name);
	plugin->abi.plugin.close(plugin->self);
	host_leave();
}

struct plugin *
load_free(struct plugin *plugin)
{
	if (!plugin)
		return NULL;
	close_plugin(plugin);
	if (plugin->abi.options)
		option_fini(plugin->abi.options, plugin->self);
	free(plugin->self);
	abi_fini(&plugin->abi);
	/*
	 * What never opened leaves the process; the rest stays mapped, since
	 * the libraries behind a plugin may have left threads or handlers.
	 */
	if (plugin->handle && !plugin->has_opened)
		dlclose(plugin->handle);
	free(plugin->types);
	free(plugin->path);
	free(plugin);
	return NULL;
}
