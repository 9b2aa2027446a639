/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config.h - docket.conf: sections, options, where each was said
 *
 * INI by inih; every section is a table of struct docket_option, so what an
 * option may be, its default and its error message are written down once.
 * Errors name file and line and what would be right.
 */
#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include "option.h"

/* [daemon] */
struct config_daemon {
	const char *name;    /* CloudEvents source is /docket/NAME */
	const char *state;   /* folder */
	const char *runtime; /* folder of control.sock and the bus */
	const char *plugins; /* folder */
	const char *data;    /* folder */
	int64_t readers;     /* processes */
	int64_t attempts;    /* of reading one arrival */
	int64_t read_deadline_ms;
	uint64_t text_limit_bytes;
	uint64_t memory_limit_bytes; /* of a reader */
	int64_t rescan_ms;
	uint64_t ballast_bytes;	    /* kept for when the disk is full */
	int64_t follow_deadline_ms; /* for a batch or an event */
	int64_t events_keep;	    /* the newest so many are never deleted */
};

/* [inbox NAME] */
struct config_inbox {
	const char *name;
	const char *path;
	int64_t quiet_ms;	/* written in place: after the last close */
	int64_t found_quiet_ms; /* found by a rescan: since the last change */
	uint64_t size_limit_bytes;
	const char *ignore;   /* shell patterns, separated by blanks */
	const char *receipts; /* folder, or "": none */
	const char *owners;   /* users, separated by blanks; "": everybody */
	const char *types;    /* media types, the same; "": all */
	bool is_recursive;    /* folders in it are watched, too */
	bool may_notify;      /* ask inotify; otherwise look every poll_ms */
	int64_t poll_ms;      /* where inotify does not see everything */
};

/* [bus NAME] */
struct config_bus {
	const char *name;
	const char *address; /* ipc://... */
	const char *replay;  /* ipc://..., where subscribers catch up */
	const char *topics;  /* prefixes, separated by blanks; "": all */
	const char *inboxes; /* names, separated by blanks; "": all */
};

/* [plugin NAME] */
struct config_value {
	char *name;
	char *value;
	const char *place; /* "file:line", of what was said */
};

struct config_plugin {
	const char *name;
	const char *place; /* the same */
	bool is_enabled;
	struct config_value *values; /* checked against its own table later */
	size_t value_count, value_capacity;
};

/* Where a section begins ("" for the option), or an option is given. */
struct config_said {
	char *section; /* "inbox letters" */
	char *option;
	char *place; /* "file:line" */
};

struct config {
	struct config_daemon daemon;
	struct config_inbox *inboxes;
	size_t inbox_count, inbox_capacity;
	struct config_bus *buses;
	size_t bus_count, bus_capacity;
	struct config_plugin *plugins;
	size_t plugin_count, plugin_capacity;
	struct config_said *said;
	size_t said_count, said_capacity;
};

/* What was asked for on the command line; NULL where it was not. */
struct config_request {
	const char *file;  /* --config */
	const char *state; /* --state: everything below it, by hand */
	const char *inbox; /* --inbox, goes with --state */
};

/*
 * Read the file (and the folder conf.d beside it), fill in defaults, check.
 * 0, or -EINVAL with "file:line: what is wrong; what would be right".
 */
int config_load(const struct config_request *request, struct config *out_config,
		struct fault *fault);
void config_fini(struct config *config);

/* Append the effective configuration as a file that says the same. */
void config_put(struct buffer *out, const struct config *config);

/*
 * "file:line" of the option, else of its section; NULL: neither is in a file.
 */
const char *config_place(const struct config *config, const char *section,
			 const char *option);

/* Is name one of the words in a blank-separated list (empty: all)? */
bool config_list_has(const char *list, struct docket_bytes name);

#endif
