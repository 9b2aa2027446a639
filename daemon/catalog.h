/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog.h - the plugins of this installation: found, described, configured
 *
 * docketd never loads a plugin. It asks docket-worker --describe about each,
 * one process a file, and checks [plugin NAME] options against what that says.
 * A section with exec is a program, which is a plugin without a file to ask.
 */
#ifndef DAEMON_CATALOG_H
#define DAEMON_CATALOG_H

#include "config.h"
#include "message.h"

enum catalog_state {
	CATALOG_LOADED = 0,
	CATALOG_DISABLED, /* enabled = no */
	CATALOG_REFUSED,  /* would not load, or not with these options */
};

struct catalog_plugin {
	char *path;
	char *name; /* described, or guessed from the file's name */
	enum catalog_state state;
	char *detail;			  /* why it was refused; or NULL */
	struct message_description about; /* lent from `described` */
	struct buffer described;
	const struct config_plugin *config; /* borrowed; NULL: defaults */
	bool is_program; /* the configuration describes it; path is its own */
};

struct catalog {
	struct catalog_plugin *plugins; /* sorted by file name */
	size_t count, capacity;
	char *worker; /* path of docket-worker */
	char *bus;    /* path of docket-bus */
};

/*
 * Look through the plugin folder. A plugin that does not load is an entry
 * that says so. 0; or -EINVAL with a sentence (file:line) where the
 * configuration names a plugin or an option that is not there, or -errno
 * where the folder cannot be read. Blocks, for milliseconds a plugin.
 */
int catalog_load(struct catalog *catalog, const struct config *config,
		 struct fault *fault);
void catalog_fini(struct catalog *catalog);

struct catalog_plugin *catalog_find(struct catalog *catalog,
				    struct docket_bytes name);

/* A worker would not load it after all. */
void catalog_refuse(struct catalog_plugin *plugin, struct docket_bytes detail);

/* Is any plugin that reads documents refused? */
bool catalog_lacks_reader(const struct catalog *catalog);

/*
 * Has it readers of its own? A parser that is a program, or one that needs a
 * process for each document.
 */
bool catalog_is_specialist(const struct catalog_plugin *plugin);

/* enum docket_want of all indexers that are loaded. */
uint32_t catalog_wants(const struct catalog *catalog);

const char *catalog_state_name(enum catalog_state state);

/* Put PLUGIN and OPTION messages for one plugin. */
void catalog_put_plugin(struct buffer *out,
			const struct catalog_plugin *plugin);
/* The same of a specialist, for a reader that leaves its documents to others. */
void catalog_put_elsewhere(struct buffer *out,
			   const struct catalog_plugin *plugin);

#endif
