/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.c - the sections of docket.conf and their options
 *
 * Owns the values. Reading lines is config_file.c's business, and what no
 * single line can tell config_check.c's. Never ends the
 * process: a bad configuration is the caller's to refuse.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config_check.h"
#include "config_file.h"
#include "place.h"

static const char default_ignore[] =
	".* *~ *.tmp *.part *.filepart *.crdownload ~$* Thumbs.db"
	" desktop.ini .DS_Store";

#define DAEMON(member) offsetof(struct config_daemon, member)
#define INBOX(member) offsetof(struct config_inbox, member)
#define BUS(member) offsetof(struct config_bus, member)

static const struct docket_option daemon_options[] = {
	{ "name", DOCKET_OPTION_STRING, DAEMON(name), "registry-1",
	  "this registry, in the source of its events", 0, 0 },
	{ "state", DOCKET_OPTION_STRING, DAEMON(state), "/var/lib/docket",
	  "folder of the journal, the store and the indexes", 0, 0 },
	{ "runtime", DOCKET_OPTION_STRING, DAEMON(runtime), "/run/docket",
	  "folder of the control socket and the bus", 0, 0 },
	{ "plugins", DOCKET_OPTION_STRING, DAEMON(plugins), "",
	  "folder of plugins; empty: the one that was installed", 0, 0 },
	{ "data", DOCKET_OPTION_STRING, DAEMON(data), "",
	  "folder of languages and names; empty: the one that was installed", 0,
	  0 },
	{ "readers", DOCKET_OPTION_INT, DAEMON(readers), "2",
	  "reader processes", 1, 64 },
	{ "attempts", DOCKET_OPTION_INT, DAEMON(attempts), "3",
	  "times a document may bring down its reader", 1, 100 },
	{ "read_deadline", DOCKET_OPTION_DURATION, DAEMON(read_deadline_ms),
	  "60s", "for one document, renewed by progress", 100, 86400000 },
	{ "text_limit", DOCKET_OPTION_SIZE, DAEMON(text_limit_bytes), "256M",
	  "text of one document", 1024, 512 << 20 },
	{ "memory_limit", DOCKET_OPTION_SIZE, DAEMON(memory_limit_bytes), "1G",
	  "data segment of a reader; 0: none", 0, 0 },
	{ "rescan", DOCKET_OPTION_DURATION, DAEMON(rescan_ms), "60s",
	  "between two looks at every inbox", 100, 86400000 },
	{ "ballast", DOCKET_OPTION_SIZE, DAEMON(ballast_bytes), "16M",
	  "kept on the state's disk for when it is full; 0: none", 0, 1 << 30 },
	{ "follow_deadline", DOCKET_OPTION_DURATION, DAEMON(follow_deadline_ms),
	  "5m", "for an indexer's or a notifier's answer", 100, 86400000 },
	{ "events_keep", DOCKET_OPTION_INT, DAEMON(events_keep), "1000000",
	  "events that can be caught up with", 100, INT64_MAX },
	{ .name = NULL },
};

static const struct docket_option inbox_options[] = {
	{ "path", DOCKET_OPTION_STRING, INBOX(path), "",
	  "the watched folder; required", 0, 0 },
	{ "quiet", DOCKET_OPTION_DURATION, INBOX(quiet_ms), "2s",
	  "after a file that was written in place was closed", 10, 86400000 },
	{ "found_quiet", DOCKET_OPTION_DURATION, INBOX(found_quiet_ms), "30s",
	  "without change, for a file that only a rescan found", 10, 86400000 },
	{ "size_limit", DOCKET_OPTION_SIZE, INBOX(size_limit_bytes), "512M",
	  "larger files are quarantined", 1, 0 },
	{ "ignore", DOCKET_OPTION_STRING, INBOX(ignore), default_ignore,
	  "names that are not documents: shell patterns", 0, 0 },
	{ "receipts", DOCKET_OPTION_STRING, INBOX(receipts), "",
	  "folder for a text file about each document; empty: none", 0, 0 },
	{ "owners", DOCKET_OPTION_STRING, INBOX(owners), "",
	  "users whose files are taken, names or numbers; empty: everybody's",
	  0, 0 },
	{ "types", DOCKET_OPTION_STRING, INBOX(types), "",
	  "media types that are taken, such as text/plain image/*; empty: all",
	  0, 0 },
	{ "recursive", DOCKET_OPTION_BOOL, INBOX(is_recursive), "no",
	  "take files out of the folders in it, too", 0, 0 },
	{ "notify", DOCKET_OPTION_BOOL, INBOX(may_notify), "yes",
	  "rely on inotify; no: look through it every poll", 0, 0 },
	{ "poll", DOCKET_OPTION_DURATION, INBOX(poll_ms), "5s",
	  "between two looks where inotify does not see everything", 100,
	  86400000 },
	{ .name = NULL },
};

static const struct docket_option bus_options[] = {
	{ "address", DOCKET_OPTION_STRING, BUS(address), "",
	  "ipc:// and an absolute path; empty: in the runtime folder", 0, 0 },
	{ "replay", DOCKET_OPTION_STRING, BUS(replay), "",
	  "the same, where subscribers catch up; empty: beside address", 0, 0 },
	{ "topics", DOCKET_OPTION_STRING, BUS(topics), "",
	  "prefixes of topics that are published; empty: all", 0, 0 },
	{ "inboxes", DOCKET_OPTION_STRING, BUS(inboxes), "",
	  "inboxes whose documents are published; empty: all", 0, 0 },
	{ .name = NULL },
};

/* ---- sections by kind ---- */

static struct config_inbox *
add_inbox(struct config *config, const char *name)
{
	struct config_inbox *inbox;

	config->inboxes = mem_grow_array(config->inboxes, config->inbox_count,
					 &config->inbox_capacity,
					 sizeof(*config->inboxes));
	inbox = &config->inboxes[config->inbox_count++];
	*inbox = (struct config_inbox){ .name = mem_dup_string(name) };
	option_set_fallbacks(inbox_options, inbox);
	return inbox;
}

static struct config_bus *
add_bus(struct config *config, const char *name)
{
	struct config_bus *bus;

	config->buses =
		mem_grow_array(config->buses, config->bus_count,
			       &config->bus_capacity, sizeof(*config->buses));
	bus = &config->buses[config->bus_count++];
	*bus = (struct config_bus){ .name = mem_dup_string(name) };
	option_set_fallbacks(bus_options, bus);
	return bus;
}

static struct config_plugin *
add_plugin(struct config *config, const char *name, const char *place)
{
	struct config_plugin *plugin;

	config->plugins = mem_grow_array(config->plugins, config->plugin_count,
					 &config->plugin_capacity,
					 sizeof(*config->plugins));
	plugin = &config->plugins[config->plugin_count++];
	*plugin = (struct config_plugin){
		.name = mem_dup_string(name),
		.place = place,
		.is_enabled = true,
	};
	return plugin;
}

static int
set_by_table(const struct docket_option *table, void *target,
	     const struct config_line *line, struct fault *fault)
{
	const struct docket_option *option = option_find(table, line->key);
	struct buffer known = { 0 };

	if (option != NULL)
		return option_set(option, target, line->value, fault);
	for (; table->name != NULL; table++)
		buffer_format(&known, " %s", table->name);
	fault_set(fault, -EINVAL, "unknown option \"%s\"; there are:%.*s",
		  line->key, (int)known.size, known.data);
	buffer_fini(&known);
	return -EINVAL;
}

/* "enabled" is docket's; the rest is for the plugin's own table to judge. */
static int
set_plugin(struct config_plugin *plugin, const struct config_line *line,
	   struct fault *fault)
{
	static const struct docket_option enabled[] = {
		{ "enabled", DOCKET_OPTION_BOOL,
		  offsetof(struct config_plugin, is_enabled), "yes", "", 0, 0 },
		{ .name = NULL },
	};

	if (strcmp(line->key, "enabled") == 0)
		return option_set(enabled, plugin, line->value, fault);
	plugin->values = mem_grow_array(plugin->values, plugin->value_count,
					&plugin->value_capacity,
					sizeof(*plugin->values));
	plugin->values[plugin->value_count++] = (struct config_value){
		.name = mem_dup_string(line->key),
		.value = mem_dup_string(line->value),
		.place = line->place,
	};
	return 0;
}

static bool
is_name(const char *name)
{
	size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

	return size > 0 && size <= 32 && name[size] == '\0';
}

/* Section kinds; [daemon] is the one without a name. */
enum kind { KIND_DAEMON, KIND_INBOX, KIND_BUS, KIND_PLUGIN, KIND_COUNT };
static const char *const kind_names[KIND_COUNT] = {
	[KIND_DAEMON] = "daemon",
	[KIND_INBOX] = "inbox",
	[KIND_BUS] = "bus",
	[KIND_PLUGIN] = "plugin",
};

static int
section_kind(const char *section, const char **out_name, struct fault *fault)
{
	size_t size = strcspn(section, " ");
	const char *name = section + size + strspn(section + size, " ");

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (strlen(kind_names[kind]) != size ||
		    strncmp(section, kind_names[kind], size) != 0)
			continue;
		if ((kind == KIND_DAEMON) != (*name == '\0'))
			break;
		if (kind != KIND_DAEMON && !is_name(name))
			return fault_set(fault, -EINVAL,
					 "\"%s\" is not a name; it takes 1 to "
					 "32 letters, digits, _ and -",
					 name);
		*out_name = name;
		return kind;
	}
	return fault_set(fault, -EINVAL,
			 "unknown section [%s]; there are [daemon], [inbox "
			 "NAME], [bus NAME] and [plugin NAME]",
			 section);
}

int
config_take_section(struct config *config, const struct config_line *line,
		    struct fault *fault)
{
	const char *name;
	int kind = section_kind(line->section, &name, fault);

	switch (kind) {
	case KIND_INBOX:
		add_inbox(config, name);
		return 0;
	case KIND_BUS:
		add_bus(config, name);
		return 0;
	case KIND_PLUGIN:
		add_plugin(config, name, line->place);
		return 0;
	default:
		return kind < 0 ? kind : 0;
	}
}

int
config_take_line(struct config *config, const struct config_line *line,
		 struct fault *fault)
{
	const char *name;
	int kind = section_kind(line->section, &name, fault);

	switch (kind) {
	case KIND_DAEMON:
		return set_by_table(daemon_options, &config->daemon, line,
				    fault);
	case KIND_INBOX:
		return set_by_table(inbox_options,
				    &config->inboxes[config->inbox_count - 1],
				    line, fault);
	case KIND_BUS:
		return set_by_table(bus_options,
				    &config->buses[config->bus_count - 1], line,
				    fault);
	case KIND_PLUGIN:
		return set_plugin(&config->plugins[config->plugin_count - 1],
				  line, fault);
	default:
		return kind;
	}
}

/* ---- what no single line can tell ---- */

static void
replace(const char **string, char *value)
{
	free((char *)*string);
	*string = value;
}

/* An absolute path, also of a folder that is not there (yet). */
static char *
resolve_state(const char *path)
{
	char folder[PATH_MAX];

	if (realpath(path, folder) != NULL)
		return mem_dup_string(folder);
	if (path[0] == '/' || getcwd(folder, sizeof(folder)) == NULL)
		return mem_dup_string(path);
	return mem_format("%s/%s", folder, path);
}

static void
apply_request(struct config *config, const struct config_request *request)
{
	char *folder;

	if (request->state == NULL)
		return;
	folder = resolve_state(request->state);
	replace(&config->daemon.state, folder);
	replace(&config->daemon.runtime, mem_format("%s/run", folder));
	if (request->inbox != NULL) {
		struct config_inbox *inbox = add_inbox(config, "inbox");

		replace(&inbox->path, mem_dup_string(request->inbox));
	}
}

/* Beside the address: for DIR/bus of [bus bus] DIR/replay, else ADDRESS-replay. */
static char *
name_replay(const struct config_bus *bus)
{
	size_t size = strlen(bus->address);

	if (strcmp(bus->name, "bus") == 0 && size > strlen("/bus") &&
	    strcmp(bus->address + size - strlen("/bus"), "/bus") == 0)
		return mem_format("%.*sreplay", (int)(size - strlen("bus")),
				  bus->address);
	return mem_format("%s-replay", bus->address);
}

static void
apply_bus_defaults(const struct config *config, struct config_bus *bus)
{
	if (*bus->address == '\0')
		replace(&bus->address,
			mem_format("ipc://%s/%s", config->daemon.runtime,
				   bus->name));
	if (*bus->replay == '\0')
		replace(&bus->replay, name_replay(bus));
}

static void
apply_defaults(struct config *config)
{
	struct place place;

	place_init(&place);
	if (*config->daemon.plugins == '\0')
		replace(&config->daemon.plugins, mem_dup_string(place.plugins));
	if (*config->daemon.data == '\0')
		replace(&config->daemon.data, mem_dup_string(place.data));
	place_fini(&place);
	if (config->bus_count == 0)
		add_bus(config, "bus");
	for (size_t i = 0; i < config->bus_count; i++)
		apply_bus_defaults(config, &config->buses[i]);
}

int
config_load(const struct config_request *request, struct config *out_config,
	    struct fault *fault)
{
	struct config config = { 0 };
	int status;

	option_set_fallbacks(daemon_options, &config.daemon);
	status = config_file_read(&config, request, fault);
	if (status == 0) {
		apply_request(&config, request);
		apply_defaults(&config);
		status = config_check(&config, fault);
	}
	if (status < 0) {
		config_fini(&config);
		return status;
	}
	*out_config = config;
	return 0;
}

static void
free_plugin(struct config_plugin *plugin)
{
	for (size_t i = 0; i < plugin->value_count; i++) {
		free(plugin->values[i].name);
		free(plugin->values[i].value);
	}
	free(plugin->values);
	free((char *)plugin->name);
}

void
config_fini(struct config *config)
{
	option_fini(daemon_options, &config->daemon);
	for (size_t i = 0; i < config->inbox_count; i++) {
		option_fini(inbox_options, &config->inboxes[i]);
		free((char *)config->inboxes[i].name);
	}
	for (size_t i = 0; i < config->bus_count; i++) {
		option_fini(bus_options, &config->buses[i]);
		free((char *)config->buses[i].name);
	}
	for (size_t i = 0; i < config->plugin_count; i++)
		free_plugin(&config->plugins[i]);
	for (size_t i = 0; i < config->said_count; i++) {
		free(config->said[i].section);
		free(config->said[i].option);
		free(config->said[i].place);
	}
	free(config->said);
	free(config->inboxes);
	free(config->buses);
	free(config->plugins);
	*config = (struct config){ 0 };
}

static void
put_section(struct buffer *out, const struct docket_option *table,
	    const void *target)
{
	for (; table->name != NULL; table++) {
		buffer_format(out, "%s = ", table->name);
		option_put(out, table, target);
		buffer_put_string(out, "\n");
	}
	buffer_put_string(out, "\n");
}

void
config_put(struct buffer *out, const struct config *config)
{
	buffer_put_string(out, "[daemon]\n");
	put_section(out, daemon_options, &config->daemon);
	for (size_t i = 0; i < config->inbox_count; i++) {
		buffer_format(out, "[inbox %s]\n", config->inboxes[i].name);
		put_section(out, inbox_options, &config->inboxes[i]);
	}
	for (size_t i = 0; i < config->bus_count; i++) {
		buffer_format(out, "[bus %s]\n", config->buses[i].name);
		put_section(out, bus_options, &config->buses[i]);
	}
	for (size_t i = 0; i < config->plugin_count; i++) {
		const struct config_plugin *plugin = &config->plugins[i];

		buffer_format(out, "[plugin %s]\nenabled = %s\n", plugin->name,
			      plugin->is_enabled ? "yes" : "no");
		for (size_t j = 0; j < plugin->value_count; j++)
			buffer_format(out, "%s = %s\n", plugin->values[j].name,
				      plugin->values[j].value);
		buffer_put_string(out, "\n");
	}
}

const char *
config_place(const struct config *config, const char *section,
	     const char *option)
{
	const char *place = NULL;

	for (size_t i = 0; i < config->said_count; i++) {
		const struct config_said *said = &config->said[i];

		if (strcmp(said->section, section) != 0)
			continue;
		if (strcmp(said->option, option) == 0)
			return said->place;
		if (*said->option == '\0')
			place = said->place;
	}
	return place;
}

bool
config_list_has(const char *list, struct docket_bytes name)
{
	size_t size;

	if (*list == '\0')
		return true;
	for (; *list != '\0'; list += size) {
		list += strspn(list, " ");
		size = strcspn(list, " ");
		if (size == name.size && size > 0 &&
		    memcmp(list, name.data, size) == 0)
			return true;
	}
	return false;
}
