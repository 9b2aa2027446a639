/* SPDX-License-Identifier: Apache-2.0 */
/*
 * services.c - what the house does for whoever asks on the control socket
 *
 * Reads every module; changes none but by handing a document to intake or a
 * question to an indexer.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit.h"
#include "escape.h"
#include "house.h"
#include "log.h"
#include "notify.h"

bool
services_are_ready(const struct house *house)
{
	return pool_ready(&house->pool) > 0 &&
	       publish_is_settled(&house->publish);
}

__attribute__((format(printf, 3, 4))) static void
put(struct link *link, const char *name, const char *format, ...)
{
	auto_buffer struct buffer value = { 0 };
	struct message_fact fact = { .name = bytes_of(name) };
	auto_free char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		abort();
	va_end(arguments);
	fact.value = bytes_of(text);
	link_put(link, MESSAGE_FACT, &fact);
}

/* How it is known what comes into it. */
static const char *
name_way(const struct inbox *inbox)
{
	if (!inbox->config->may_notify || !inbox->is_watched)
		return "polled";
	return inbox->folder->is_remote ? "watched and polled" : "watched";
}

#define NAMES_SHOWN 5

/* Files that somebody has had open for writing for a long time. */
static void
put_long_open(const struct house *house, const struct inbox *inbox,
	      struct link *link)
{
	auto_free char *name =
		mem_format("inbox.%s.long_open", inbox->config->name);
	auto_buffer struct buffer names = { 0 };
	const struct waiting *entry;
	size_t count = 0;

	TAILQ_FOREACH(entry, &inbox->waiting.lists[WAITING_OPEN], in_state)
	{
		if (!inbox_is_long_open(&house->inboxes, entry) ||
		    count++ >= NAMES_SHOWN)
			continue;
		if (names.size > 0)
			buffer_put_string(&names, ", ");
		escape_put_line(&names, bytes_of(entry->name));
	}
	if (count > NAMES_SHOWN)
		buffer_format(&names, " and %zu more", count - NAMES_SHOWN);
	if (count > 0)
		put(link, name, "%.*s", (int)names.size, names.data);
}

/* Nothing in an inbox is passed over without a word. */
static void
put_folders(const struct inbox *inbox, struct link *link)
{
	auto_free char *name =
		mem_format("inbox.%s.folders", inbox->config->name);
	auto_buffer struct buffer first = { 0 };

	if (inbox->folders_left == 0)
		return;
	escape_put_line(&first, bytes_of(inbox->folder_left));
	put(link, name, "%zu left alone (%.*s%s): %s", inbox->folders_left,
	    (int)first.size, first.data, inbox->folders_left > 1 ? " ..." : "",
	    inbox->config->is_recursive
		    ? "more than 1,000, or more than 8 deep; move them up"
		    : "recursive = yes in [inbox] takes in what is in them");
}

static void
put_inboxes(struct house *house, struct link *link)
{
	for (size_t i = 0; i < house->inboxes.count; i++) {
		struct inbox *inbox = &house->inboxes.items[i];
		const char *name = inbox->config->name;
		struct waiting_table *waiting = &inbox->waiting;
		struct waiting *entry;
		auto_free char *path = mem_format("inbox.%s.path", name);
		auto_free char *state = mem_format("inbox.%s.state", name);
		auto_free char *count = mem_format("inbox.%s.waiting", name);
		auto_free char *open = mem_format("inbox.%s.receiving", name);
		size_t receiving = 0;

		TAILQ_FOREACH(entry, &waiting->lists[WAITING_OPEN], in_state)
		receiving++;
		put(link, path, "%s", inbox->config->path);
		put(link, state, "%s",
		    inbox->folder == NULL ? "missing" : name_way(inbox));
		put(link, count, "%zu", waiting->count - receiving);
		put(link, open, "%zu", receiving);
		put_long_open(house, inbox, link);
		put_folders(inbox, link);
	}
}

static const char *
name_state(enum child_state state)
{
	static const char *const names[CHILD_STATE_COUNT] = {
		[CHILD_DOWN] = "down",
		[CHILD_STARTING] = "starting",
		[CHILD_READY] = "ready",
		[CHILD_DYING] = "ending",
	};

	return names[state];
}

static void
put_followers(struct house *house, struct link *link)
{
	for (size_t i = 0; i < house->follow.count; i++) {
		struct follower *follower = &house->follow.followers[i];
		auto_free char *state =
			mem_format("follower.%s.state", follower->plugin->name);
		auto_free char *cursor = mem_format("follower.%s.cursor",
						    follower->plugin->name);

		put(link, state, "%s", name_state(follower->child.state));
		put(link, cursor, "%" PRIu64, follower->cursor);
	}
	put(link, "bus.state", "%s",
	    house->publish.refusal != NULL
		    ? house->publish.refusal
		    : name_state(house->publish.child.state));
	for (size_t i = 0; i < house->publish.count; i++) {
		const struct config_bus *bus = &house->config.buses[i];
		auto_free char *address =
			mem_format("bus.%s.address", bus->name);
		auto_free char *replay = mem_format("bus.%s.replay", bus->name);
		auto_free char *stream = mem_format("bus.%s.stream", bus->name);
		auto_free char *sequence =
			mem_format("bus.%s.published", bus->name);

		put(link, address, "%s", bus->address);
		put(link, replay, "%s", bus->replay);
		put(link, stream, "%s", house->journal.streams[i].id);
		put(link, sequence, "%" PRIu64,
		    house->publish.streams[i].published);
	}
}

static void
put_specialists(struct house *house, struct link *link)
{
	for (size_t i = 0; i < house->specialists.count; i++) {
		struct specialists_pool *pool = &house->specialists.pools[i];
		const char *name = pool->pool.specialist->name;
		auto_free char *ready = mem_format("reader.%s.ready", name);
		auto_free char *busy = mem_format("reader.%s.busy", name);
		auto_free char *queued = mem_format("reader.%s.queued", name);

		put(link, ready, "%zu", pool_ready(&pool->pool));
		put(link, busy, "%zu", pool_busy(&pool->pool));
		put(link, queued, "%zu", pool->waiting.count);
	}
}

static void
put_room(struct house *house, struct link *link)
{
	auto_buffer struct buffer reason = { 0 };

	if (room_is_short(&house->room)) {
		room_put_reason(&house->room, &reason);
		put(link, "daemon.paused", "%.*s", (int)reason.size,
		    reason.data);
	}
	put(link, "daemon.waiting_for_room", "%zu",
	    intake_short_of_room(&house->intake));
}

static void
put_status(void *owner, struct link *link)
{
	struct house *house = owner;

	put(link, "daemon.version", "%s", DOCKET_VERSION);
	put(link, "daemon.name", "%s", house->config.daemon.name);
	put(link, "daemon.pid", "%d", getpid());
	put(link, "daemon.state", "%s",
	    services_are_ready(house) ? "ready" : "starting");
	put_room(house, link);
	put(link, "journal.events", "%" PRIu64, house->last_event);
	put(link, "journal.deleted", "%" PRIu64, house->retain.floor);
	put(link, "readers.ready", "%zu", pool_ready(&house->pool));
	put(link, "readers.busy", "%zu", pool_busy(&house->pool));
	put(link, "readers.queued", "%zu", house->dispatch.count);
	put_specialists(house, link);
	put_inboxes(house, link);
	put_followers(house, link);
	for (size_t i = 0; i < house->catalog.count; i++) {
		struct catalog_plugin *plugin = &house->catalog.plugins[i];
		auto_free char *name = mem_format("plugin.%s", plugin->name);

		put(link, name, "%s%s%s", catalog_state_name(plugin->state),
		    plugin->detail != NULL ? ": " : "",
		    plugin->detail != NULL ? plugin->detail : "");
	}
}

static void
put_plugins(void *owner, struct link *link)
{
	struct house *house = owner;

	for (size_t i = 0; i < house->catalog.count; i++) {
		struct catalog_plugin *plugin = &house->catalog.plugins[i];
		struct message_plugin_row row = {
			.description = plugin->about,
			.path = bytes_of(plugin->path),
			.is_program = plugin->is_program,
			.state = bytes_of(catalog_state_name(plugin->state)),
			.detail = bytes_of(plugin->detail),
		};

		row.description.name = bytes_of(plugin->name);
		link_put(link, MESSAGE_PLUGIN_ROW, &row);
	}
}

/* Such as a file in the inbox might have. */
static bool
is_name(struct docket_bytes name)
{
	return name.size > 0 && name.size <= NAME_MAX &&
	       memchr(name.data, '/', name.size) == NULL &&
	       memchr(name.data, '\0', name.size) == NULL;
}

static int
add(void *owner, const struct message_add *add, int fd, void *request,
    struct fault *fault)
{
	struct house *house = owner;
	struct inbox *inbox = inboxes_find(&house->inboxes, add->inbox);

	if (room_is_short(&house->room)) {
		auto_buffer struct buffer reason = { 0 };

		close(fd);
		room_put_reason(&house->room, &reason);
		return fault_set(fault, -ENOSPC, "%.*s", (int)reason.size,
				 reason.data);
	}
	if (inbox == NULL || house->stage != STAGE_RUNNING) {
		close(fd);
		return fault_set(fault, -EINVAL,
				 add->inbox.size > 0
					 ? "there is no inbox \"%.*s\"; docket "
					   "status lists them"
					 : "there are several inboxes%.*s; say "
					   "--inbox NAME",
				 (int)add->inbox.size, add->inbox.data);
	}
	if (!is_name(add->name)) {
		close(fd);
		return fault_set(fault, -EINVAL,
				 "a document's name has 1 to %d bytes and "
				 "neither a slash nor a zero; say --name",
				 NAME_MAX);
	}
	intake_add(&house->intake, inbox->config, add->name, fd, request);
	return 0;
}

static void
audit(void *owner, void *request, control_audit_cb *done)
{
	struct house *house = owner;
	struct audit_scope scope = {
		.loop = &house->loop,
		.journal = &house->journal,
		.inboxes = &house->inboxes,
		.intake = &house->intake,
	};

	audit_begin(&scope, request, done);
}

static void
order(void *owner, enum fact_kind kind, uint64_t number, void *request)
{
	struct house *house = owner;
	struct fact *fact = fact_new(kind);

	fact->arrival.number = number;
	fact->request = request;
	fact_put(&house->queue, fact);
}

/* ---- reload ---- */

static void
take_check(struct reload *reload, void *request)
{
	struct house *house = container_of(reload, struct house, reload);
	int asker = -1;

	if (reload->status == 0 && house->stage != STAGE_RUNNING)
		reload->status =
			fault_set(&reload->fault, -ECANCELED, "docketd stops");
	if (reload->status == 0 && house->room.is_full)
		reload->status = fault_set(&reload->fault, -ENOSPC,
					   "the disk of docketd's state is "
					   "full; make room first");
	if (reload->status == 0 && request != NULL)
		asker = control_hand_over(request);
	if (reload->status == 0)
		reload->status = reload_prepare(reload, asker);
	if (reload->status == 0) {
		notify_systemd("STATUS=taking up a new configuration");
		turn_stop(house, true);
		return;
	}
	log_error("reload: %s", reload->fault.text);
	if (request != NULL)
		control_refuse(request, reload->fault.text);
}

static int
reload(void *owner, void *request)
{
	struct house *house = owner;

	if (house->stage != STAGE_RUNNING)
		return -EBUSY;
	return reload_check(&house->reload, &house->loop, &house->config,
			    request, take_check);
}

void
services_reload(struct house *house)
{
	reload(house, NULL);
}

static int
search(void *owner, struct docket_bytes query, uint32_t limit, void *request,
       follow_found_cb *done)
{
	struct house *house = owner;

	return follow_search(&house->follow, query, limit, request, done);
}

const struct control_services services = {
	.put_status = put_status,
	.put_plugins = put_plugins,
	.add = add,
	.audit = audit,
	.order = order,
	.reload = reload,
	.search = search,
};
