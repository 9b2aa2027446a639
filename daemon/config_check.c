/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config_check.c - what no single line of docket.conf can tell is wrong
 *
 * Reads the whole configuration, and the users and folders it names; owns and
 * changes nothing. Never ends the process.
 */
#include "config_check.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

#include "owner.h"

/* Put before the sentence where that was said. -EINVAL. */
static int
point_at(const struct config *config, const char *kind, const char *name,
	 const char *option, struct fault *fault)
{
	auto_free char *section =
		mem_format("%s%s%s", kind, *name != '\0' ? " " : "", name);
	const char *place = config_place(config, section, option);

	return place != NULL ? fault_prefix(fault, -EINVAL, "%s", place)
			     : -EINVAL;
}

static int
check_address(const struct config_bus *bus, const char *option,
	      const char *address, struct fault *fault)
{
	const char *path = address + strlen("ipc://");
	struct sockaddr_un place;

	if (strncmp(address, "ipc://", strlen("ipc://")) != 0 || path[0] != '/')
		return fault_set(fault, -EINVAL,
				 "[bus %s] %s \"%s\": say ipc:// and an "
				 "absolute path; this version speaks nothing "
				 "else",
				 bus->name, option, address);
	if (strlen(path) >= sizeof(place.sun_path))
		return fault_set(fault, -EINVAL,
				 "[bus %s] %s: %s is longer than the %zu "
				 "bytes a socket may have; choose a shorter "
				 "runtime or --state folder",
				 bus->name, option, path,
				 sizeof(place.sun_path) - 1);
	return 0;
}

static bool
has_address(const struct config_bus *bus, const char *address)
{
	return strcmp(bus->address, address) == 0 ||
	       strcmp(bus->replay, address) == 0;
}

static bool
has_inbox(const struct config *config, const char *name, size_t size)
{
	for (size_t i = 0; i < config->inbox_count; i++)
		if (strlen(config->inboxes[i].name) == size &&
		    memcmp(config->inboxes[i].name, name, size) == 0)
			return true;
	return false;
}

static int
check_bus_inboxes(const struct config *config, const struct config_bus *bus,
		  struct fault *fault)
{
	const char *word = bus->inboxes;
	size_t size;

	for (; *(word += strspn(word, " ")) != '\0'; word += size) {
		size = strcspn(word, " ");
		if (has_inbox(config, word, size))
			continue;
		fault_set(fault, -EINVAL,
			  "[bus %s] inboxes: there is no [inbox %.*s]; add it "
			  "or correct the name",
			  bus->name, (int)size, word);
		return point_at(config, "bus", bus->name, "inboxes", fault);
	}
	return 0;
}

static int
check_addresses(const struct config *config, const struct config_bus *bus,
		struct fault *fault)
{
	if (check_address(bus, "address", bus->address, fault) < 0)
		return point_at(config, "bus", bus->name, "address", fault);
	if (check_address(bus, "replay", bus->replay, fault) < 0)
		return point_at(config, "bus", bus->name, "replay", fault);
	if (strcmp(bus->address, bus->replay) != 0)
		return 0;
	fault_set(fault, -EINVAL,
		  "[bus %s] address and replay are the same; each is a socket "
		  "of its own",
		  bus->name);
	return point_at(config, "bus", bus->name, "replay", fault);
}

/* buses[at] alone, and against those before it. */
static int
check_bus(const struct config *config, size_t at, struct fault *fault)
{
	const struct config_bus *bus = &config->buses[at];

	if (check_addresses(config, bus, fault) < 0 ||
	    check_bus_inboxes(config, bus, fault) < 0)
		return -EINVAL;
	for (size_t i = 0; i < at; i++) {
		if (!has_address(&config->buses[i], bus->address) &&
		    !has_address(&config->buses[i], bus->replay))
			continue;
		fault_set(fault, -EINVAL,
			  "[bus %s] and [bus %s] have an address in common",
			  config->buses[i].name, bus->name);
		return point_at(config, "bus", bus->name, "address", fault);
	}
	return 0;
}

/* The path with links resolved, as far as it is there. */
static char *
resolve(const char *path)
{
	char folder[PATH_MAX];

	return mem_dup_string(realpath(path, folder) != NULL ? folder : path);
}

/* Would docketd take in its own receipts there? Dot-folders are passed over. */
static bool
is_taken_in(const char *receipts, const char *inbox)
{
	size_t size = strlen(inbox);

	if (strncmp(receipts, inbox, size) != 0)
		return false;
	return receipts[size] == '\0' ||
	       (receipts[size] == '/' &&
		(receipts[size + 1] != '.' ||
		 strncmp(receipts + size, "/.docket", 8) == 0));
}

static int
check_receipts(const struct config *config, const struct config_inbox *inbox,
	       struct fault *fault)
{
	auto_free char *receipts = resolve(inbox->receipts);

	for (size_t i = 0; i < config->inbox_count; i++) {
		auto_free char *path = resolve(config->inboxes[i].path);

		if (*receipts == '\0' || !is_taken_in(receipts, path))
			continue;
		fault_set(fault, -EINVAL,
			  "[inbox %s] receipts = %s lies in [inbox %s], which "
			  "would take them in; choose another folder, or one "
			  "in it whose name begins with a dot",
			  inbox->name, inbox->receipts,
			  config->inboxes[i].name);
		return point_at(config, "inbox", inbox->name, "receipts",
				fault);
	}
	return 0;
}

static int
check_owners(const struct config_inbox *inbox, struct fault *fault)
{
	uid_t *owners = NULL;
	struct fault cause;
	size_t count;

	if (owner_find(inbox->owners, &owners, &count, &cause) < 0)
		return fault_set(fault, -EINVAL, "[inbox %s] owners: %s",
				 inbox->name, cause.text);
	free(owners);
	return 0;
}

static int
check_types(const struct config_inbox *inbox, struct fault *fault)
{
	const char *word = inbox->types;
	size_t size;

	for (; *(word += strspn(word, " ")) != '\0'; word += size) {
		size_t main_size = strcspn(word, "/ ");

		size = strcspn(word, " ");
		if (main_size > 0 && main_size + 1 < size &&
		    memchr(word + main_size + 1, '/', size - main_size - 1) ==
			    NULL)
			continue;
		return fault_set(fault, -EINVAL,
				 "[inbox %s] types: \"%.*s\" is not a media "
				 "type; say text/plain or image/*",
				 inbox->name, (int)size, word);
	}
	return 0;
}

static int
check_path(const struct config *config, size_t at, struct fault *fault)
{
	const struct config_inbox *inbox = &config->inboxes[at];

	if (*inbox->path == '\0')
		return fault_set(fault, -EINVAL,
				 "[inbox %s] has no path; add path = FOLDER",
				 inbox->name);
	for (size_t i = 0; i < at; i++)
		if (strcmp(config->inboxes[i].path, inbox->path) == 0)
			return fault_set(fault, -EINVAL,
					 "[inbox %s] and [inbox %s] are the "
					 "same folder",
					 config->inboxes[i].name, inbox->name);
	return 0;
}

/* inboxes[at] alone, and against those before it. */
static int
check_inbox(const struct config *config, size_t at, struct fault *fault)
{
	const struct config_inbox *inbox = &config->inboxes[at];
	const char *name = inbox->name;

	if (check_path(config, at, fault) < 0)
		return point_at(config, "inbox", name, "path", fault);
	if (check_owners(inbox, fault) < 0)
		return point_at(config, "inbox", name, "owners", fault);
	if (check_types(inbox, fault) < 0)
		return point_at(config, "inbox", name, "types", fault);
	return 0;
}

/* It is a part of the source of its events, which is a URI. */
static int
check_daemon(const struct config *config, struct fault *fault)
{
	const char *name = config->daemon.name;
	size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789._-");

	if (size > 0 && size <= 64 && name[size] == '\0')
		return 0;
	fault_set(fault, -EINVAL,
		  "[daemon] name: \"%s\" is not a name; it takes 1 to 64 "
		  "letters, digits, ., _ and -",
		  name);
	return point_at(config, "daemon", "", "name", fault);
}

int
config_check(const struct config *config, struct fault *fault)
{
	if (check_daemon(config, fault) < 0)
		return -EINVAL;
	if (config->inbox_count == 0)
		return fault_set(fault, -EINVAL,
				 "no inbox: add a section [inbox NAME] with "
				 "path = FOLDER, or start with --inbox FOLDER");
	for (size_t i = 0; i < config->inbox_count; i++)
		if (check_inbox(config, i, fault) < 0)
			return -EINVAL;
	for (size_t i = 0; i < config->inbox_count; i++)
		if (check_receipts(config, &config->inboxes[i], fault) < 0)
			return -EINVAL;
	for (size_t i = 0; i < config->bus_count; i++)
		if (check_bus(config, i, fault) < 0)
			return -EINVAL;
	return 0;
}
