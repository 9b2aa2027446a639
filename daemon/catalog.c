/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog.c - the plugins of this installation: found, described, configured
 *
 * Owns the list. Runs docket-worker --describe before the loop starts; a
 * plugin that hangs or crashes when it is loaded is refused like any other.
 */
#include "catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "catalog_program.h"
#include "place.h"

#define DESCRIBE_TIMEOUT_MS 10000
#define DESCRIBE_LIMIT_BYTES (64u << 10)

extern char **environ;

const char *
catalog_state_name(enum catalog_state state)
{
	static const char *const names[] = {
		[CATALOG_LOADED] = "loaded",
		[CATALOG_DISABLED] = "disabled",
		[CATALOG_REFUSED] = "refused",
	};

	return names[state];
}

void
catalog_refuse(struct catalog_plugin *plugin, struct docket_bytes detail)
{
	free(plugin->detail);
	plugin->detail = mem_format("%.*s", (int)detail.size, detail.data);
	plugin->state = CATALOG_REFUSED;
}

/* ---- asking docket-worker ---- */

/* Start it with its answer on a pipe; returns the read end or -errno. */
static int
spawn_describe(const char *worker, const char *path, pid_t *out_pid)
{
	const char *argv[] = { worker, "--describe", path, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], status;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
					 O_WRONLY, 0);
	status = posix_spawn(out_pid, worker, &actions, NULL, (char **)argv,
			     environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (status != 0) {
		close(ends[0]);
		return -status;
	}
	return ends[0];
}

/* An option that the configuration gives: does the plugin's table have it? */
struct check {
	struct catalog_plugin *plugin;
	bool *is_known; /* one a configured value */
	struct fault *fault;
};

static int
check_option(struct check *check, const struct frame *frame)
{
	const struct config_plugin *config = check->plugin->config;
	struct message_described_option about;
	int status = 0;

	if (message_decode(frame, &about) < 0)
		return -EBADMSG;
	for (size_t i = 0; config != NULL && i < config->value_count; i++) {
		const struct config_value *value = &config->values[i];
		uint64_t room; /* any option's value fits */
		auto_free char *name = mem_format("%.*s", (int)about.name.size,
						  about.name.data);
		struct docket_option table[] = {
			{ .name = name,
			  .type = (enum docket_option_type)about.type,
			  .minimum = about.minimum,
			  .maximum = about.maximum },
			{ .name = NULL },
		};

		if (strcmp(value->name, name) != 0)
			continue;
		check->is_known[i] = true;
		room = 0;
		status = option_set(table, &room, value->value, check->fault);
		if (status < 0)
			return fault_prefix(check->fault, -EINVAL, "%s",
					    value->place);
		option_fini(table, &room);
	}
	return status;
}

static void
take_description(struct catalog_plugin *plugin, const struct frame *frame)
{
	struct frame copy = *frame;

	if (plugin->about.kind != 0)
		return; /* what it prints itself is no description */
	buffer_put(&plugin->described, frame->data, frame->size);
	copy.data = plugin->described.data;
	if (message_decode(&copy, &plugin->about) < 0)
		return;
	free(plugin->name);
	plugin->name = mem_format("%.*s", (int)plugin->about.name.size,
				  plugin->about.name.data);
	plugin->state = CATALOG_LOADED;
}

static void
find_config(struct catalog_plugin *plugin, const struct config *config)
{
	for (size_t i = 0; i < config->plugin_count; i++)
		if (strcmp(config->plugins[i].name, plugin->name) == 0)
			plugin->config = &config->plugins[i];
	if (plugin->config != NULL && !plugin->config->is_enabled)
		plugin->state = CATALOG_DISABLED;
}

/* Read its answer: a description and its options, or a refusal. */
static int
read_answer(int fd, const struct config *config, struct check *check)
{
	struct catalog_plugin *plugin = check->plugin;
	struct message_refused refused;
	struct frame_stream stream;
	struct frame frame;
	int status;

	frame_stream_init(&stream, fd, DESCRIBE_LIMIT_BYTES);
	while ((status = frame_receive(&stream, DESCRIBE_TIMEOUT_MS, &frame)) >
	       0) {
		if (frame.type == MESSAGE_DESCRIPTION) {
			take_description(plugin, &frame);
			find_config(plugin, config);
			free(check->is_known);
			check->is_known = mem_alloc_array(
				plugin->config ? plugin->config->value_count + 1
					       : 1,
				sizeof(bool));
		} else if (frame.type == MESSAGE_DESCRIBED_OPTION) {
			status = check_option(check, &frame);
		} else if (frame.type == MESSAGE_REFUSED &&
			   message_decode(&frame, &refused) == 0) {
			catalog_refuse(plugin, refused.detail);
		}
		if (status == -EINVAL)
			break;
	}
	frame_stream_fini(&stream);
	return status;
}

static int
refuse_option(const struct check *check, const struct config_value *value)
{
	const struct catalog_plugin *plugin = check->plugin;

	if (strcmp(value->name, "exec") == 0)
		return fault_set(check->fault, -EINVAL,
				 "%s: %s is the plugin %s already; give the "
				 "program another name",
				 value->place, plugin->path, plugin->name);
	return fault_set(check->fault, -EINVAL,
			 "%s: plugin %s has no option \"%s\"; docket plugins "
			 "describe %s lists those it has",
			 value->place, plugin->name, value->name, plugin->path);
}

static int
check_unknown(const struct check *check)
{
	const struct config_plugin *config = check->plugin->config;

	for (size_t i = 0; config != NULL && i < config->value_count; i++)
		if (!check->is_known[i])
			return refuse_option(check, &config->values[i]);
	return 0;
}

static void
explain_silence(struct catalog_plugin *plugin, int status, int how)
{
	auto_free char *detail = NULL;

	if (plugin->detail != NULL)
		return;
	if (status == -ETIMEDOUT)
		detail = mem_format("it did not load within %d s",
				    DESCRIBE_TIMEOUT_MS / 1000);
	else if (WIFSIGNALED(how))
		detail = mem_format("loading it ended in signal %d (%s)",
				    WTERMSIG(how), strsignal(WTERMSIG(how)));
	else
		detail = mem_format("loading it ended with status %d",
				    WEXITSTATUS(how));
	catalog_refuse(plugin, bytes_of(detail));
}

static int
describe(struct catalog *catalog, struct catalog_plugin *plugin,
	 const struct config *config, struct fault *fault)
{
	struct check check = { .plugin = plugin, .fault = fault };
	int status, how = 0;
	pid_t pid;
	auto_fd int fd = spawn_describe(catalog->worker, plugin->path, &pid);

	if (fd < 0)
		return fault_set_errno(fault, fd, "cannot start %s",
				       catalog->worker);
	status = read_answer(fd, config, &check);
	kill(pid, SIGKILL); /* at its end already, or hanging */
	waitpid(pid, &how, 0);
	if (status == 0 && plugin->about.kind != 0)
		status = check_unknown(&check);
	else if (status != -EINVAL)
		explain_silence(plugin, status, how);
	free(check.is_known);
	return status == -EINVAL ? status : 0;
}

/* ---- the list ---- */

static char *
guess_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash != NULL ? slash + 1 : path;

	return mem_format("%.*s", (int)strcspn(file, "."), file);
}

static void
add(struct catalog *catalog, const char *path)
{
	catalog->plugins =
		mem_grow_array(catalog->plugins, catalog->count,
			       &catalog->capacity, sizeof(*catalog->plugins));
	catalog->plugins[catalog->count++] = (struct catalog_plugin){
		.path = mem_dup_string(path),
		.name = guess_name(path),
		.state = CATALOG_REFUSED,
	};
}

static int
add_program(struct catalog *catalog, const struct config *config,
	    const struct config_plugin *plugin, struct fault *fault)
{
	struct catalog_plugin entry = { 0 };
	int status = catalog_program_describe(config, plugin, &entry, fault);

	if (status < 0)
		return status;
	catalog->plugins =
		mem_grow_array(catalog->plugins, catalog->count,
			       &catalog->capacity, sizeof(*catalog->plugins));
	catalog->plugins[catalog->count++] = entry;
	return 0;
}

/* A section is about a plugin that has a file, or it is one. */
static int
take_sections(struct catalog *catalog, const struct config *config,
	      struct fault *fault)
{
	int status = 0;

	for (size_t i = 0; i < config->plugin_count && status == 0; i++) {
		const struct config_plugin *plugin = &config->plugins[i];

		if (catalog_find(catalog, bytes_of(plugin->name)) != NULL)
			continue;
		if (!catalog_program_is(plugin))
			return fault_set(fault, -EINVAL,
					 "%s: there is no plugin \"%s\" in %s; "
					 "one that is a program has exec = "
					 "PROGRAM",
					 plugin->place, plugin->name,
					 config->daemon.plugins);
		status = add_program(catalog, config, plugin, fault);
	}
	return status;
}

/* It goes by its file's name from here on: that of the plugin is taken. */
static void
refuse_twin(struct catalog_plugin *twin, const struct catalog_plugin *first)
{
	auto_free char *detail =
		mem_format("%s: %s is the plugin %s already; remove one",
			   twin->path, first->path, first->name);

	catalog_refuse(twin, bytes_of(detail));
	free(twin->name);
	twin->name = guess_name(twin->path);
}

static void
refuse_twins(struct catalog *catalog)
{
	struct catalog_plugin *plugins = catalog->plugins;

	for (size_t i = 0; i < catalog->count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(plugins[i].name, plugins[j].name) == 0) {
				refuse_twin(&plugins[i], &plugins[j]);
				break;
			}
}

int
catalog_load(struct catalog *catalog, const struct config *config,
	     struct fault *fault)
{
	struct place place;
	char **paths;
	int status;

	*catalog = (struct catalog){ 0 };
	place_init(&place);
	catalog->worker = mem_dup_string(place.worker);
	catalog->bus = mem_dup_string(place.bus);
	place_fini(&place);
	status =
		place_list_plugins(config->daemon.plugins, NULL, &paths, fault);
	if (status < 0)
		return status;
	for (size_t i = 0; paths[i] != NULL && status == 0; i++) {
		add(catalog, paths[i]);
		status = describe(catalog, &catalog->plugins[i], config, fault);
	}
	place_free_list(paths);
	refuse_twins(catalog);
	if (status == 0)
		status = take_sections(catalog, config, fault);
	return status;
}

void
catalog_fini(struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->count; i++) {
		free(catalog->plugins[i].path);
		free(catalog->plugins[i].name);
		free(catalog->plugins[i].detail);
		buffer_fini(&catalog->plugins[i].described);
	}
	free(catalog->plugins);
	free(catalog->worker);
	free(catalog->bus);
	*catalog = (struct catalog){ 0 };
}

struct catalog_plugin *
catalog_find(struct catalog *catalog, struct docket_bytes name)
{
	for (size_t i = 0; i < catalog->count; i++)
		if (bytes_equal(bytes_of(catalog->plugins[i].name), name))
			return &catalog->plugins[i];
	return NULL;
}

static bool
is_reader_kind(uint32_t kind)
{
	return kind == PLUGIN_PARSER || kind == PLUGIN_ANNOTATOR;
}

bool
catalog_lacks_reader(const struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->count; i++) {
		const struct catalog_plugin *plugin = &catalog->plugins[i];

		/* Of kind 0 it is not known; its file's name may tell. */
		if (plugin->state == CATALOG_REFUSED &&
		    (is_reader_kind(plugin->about.kind) ||
		     strstr(plugin->path, "/parser_") != NULL))
			return true;
	}
	return false;
}

bool
catalog_is_specialist(const struct catalog_plugin *plugin)
{
	return plugin->about.kind == PLUGIN_PARSER &&
	       (plugin->is_program ||
		plugin->about.needs & DOCKET_NEED_PROCESS);
}

uint32_t
catalog_wants(const struct catalog *catalog)
{
	uint32_t wants = 0;

	for (size_t i = 0; i < catalog->count; i++)
		if (catalog->plugins[i].state == CATALOG_LOADED)
			wants |= catalog->plugins[i].about.wants;
	return wants;
}

static void
put_options(struct buffer *out, const struct catalog_plugin *plugin)
{
	for (size_t i = 0;
	     plugin->config != NULL && i < plugin->config->value_count; i++) {
		struct message_option option = {
			bytes_of(plugin->config->values[i].name),
			bytes_of(plugin->config->values[i].value),
		};

		message_encode(out, MESSAGE_OPTION, &option);
	}
}

void
catalog_put_plugin(struct buffer *out, const struct catalog_plugin *plugin)
{
	struct message_plugin load = {
		.name = bytes_of(plugin->name),
		.path = bytes_of(plugin->is_program ? "" : plugin->path),
	};

	message_encode(out, MESSAGE_PLUGIN, &load);
	put_options(out, plugin);
}

/* What a program reads its options say; what a file does, its types. */
void
catalog_put_elsewhere(struct buffer *out, const struct catalog_plugin *plugin)
{
	struct message_plugin load = {
		.name = bytes_of(plugin->name),
		.path = bytes_of(plugin->is_program ? "" : plugin->path),
		.is_elsewhere = true,
		.types = plugin->about.types,
	};

	message_encode(out, MESSAGE_PLUGIN, &load);
	if (plugin->is_program)
		put_options(out, plugin);
}
