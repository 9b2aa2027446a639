/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host.c - what a plugin may ask of the process it is in
 *
 * Owns variables of the process, as the plugin interface has no argument to
 * hang them on; a worker calls one callback at a time. Writes log lines, never
 * ends the process.
 */
#include "host.h"

#include <stdarg.h>

#include <docket/indexer.h>

#include "farewell.h"
#include "log.h"
#include "mem.h"

/* A callback that has logged so often is held to have said it. */
#define LINES_LIMIT 100
#define LINE_LIMIT 1024

static struct {
	const char *data_folder;
	const char *state_folder;
	const char *plugin; /* whose callback runs, or NULL */
	unsigned lines;	    /* that it logged */
} host = { .data_folder = "", .state_folder = "" };

void
host_open(const char *data_folder, const char *state_folder)
{
	host.data_folder = data_folder;
	host.state_folder = state_folder;
}

void
host_enter(const char *plugin)
{
	host.plugin = plugin;
	host.lines = 0;
	farewell_arm(plugin);
}

void
host_leave(void)
{
	farewell_disarm();
	host.plugin = NULL;
}

const char *
host_status_name(unsigned status)
{
	static const char *const names[] = {
		[DOCKET_OK] = "ok",	    [DOCKET_SKIP] = "skip",
		[DOCKET_RETRY] = "retry",   [DOCKET_REJECT] = "reject",
		[DOCKET_BROKEN] = "broken",
	};

	return status < ARRAY_SIZE(names) ? names[status] : "an unknown status";
}

void
docket_log(const char *format, ...)
{
	char line[LINE_LIMIT];
	va_list arguments;

	if (host.lines++ >= LINES_LIMIT)
		return;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	log_notice("%s: %s", host.plugin ? host.plugin : "a plugin", line);
	if (host.lines == LINES_LIMIT)
		log_notice("%s: further lines of this call are left out",
			   host.plugin ? host.plugin : "a plugin");
}

const char *
docket_data_folder(void)
{
	return host.data_folder;
}

const char *
docket_state_folder(void)
{
	return host.state_folder;
}
