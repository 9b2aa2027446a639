/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outcome.c - how a plugin's callback went, for docketd and for people
 *
 * Pure; owns and ends nothing.
 */
#include "outcome.h"

#include <stdarg.h>
#include <stdlib.h>

#include "mem.h"

/* What a status means where the plugin does not say more. */
static const struct {
	const char *reason;
	const char *detail; /* after "The plugin <name> " */
} meanings[] = {
	[DOCKET_SKIP] = { "unsupported", "does not take documents like this." },
	[DOCKET_RETRY] = { "retry", "asks to be asked again later." },
	[DOCKET_REJECT] = { "rejected", "found the document faulty." },
	[DOCKET_BROKEN] = { "plugin-broken", "found itself broken." },
};

void
outcome_set(struct outcome *outcome, const char *stage, const char *plugin,
	    enum docket_status status, const char *explained)
{
	*outcome = (struct outcome){ .stage = stage, .plugin = plugin };
	if (status == DOCKET_OK)
		outcome->reason = "";
	else if ((unsigned)status >= ARRAY_SIZE(meanings))
		outcome_find(outcome, DOCKET_BROKEN, "plugin-broken",
			     "The plugin %s answered %d, which is no status.",
			     plugin, (int)status);
	else if (explained[0])
		outcome_find(outcome, status, meanings[status].reason, "%s",
			     explained);
	else
		outcome_find(outcome, status, meanings[status].reason,
			     "The plugin %s %s", plugin,
			     meanings[status].detail);
}

void
outcome_find(struct outcome *outcome, enum docket_status status,
	     const char *reason, const char *format, ...)
{
	auto_free char *detail = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&detail, format, arguments) < 0)
		abort();
	va_end(arguments);
	outcome->status = status;
	outcome->reason = reason;
	fault_set(&outcome->detail, 0, "%s", detail);
}

struct message_failed
outcome_message(const struct outcome *outcome, uint64_t lease,
		struct docket_bytes media_type)
{
	return (struct message_failed){
		.lease = lease,
		.status = outcome->status,
		.stage = bytes_of(outcome->stage),
		.plugin = bytes_of(outcome->plugin),
		.reason = bytes_of(outcome->reason),
		.detail = bytes_of(outcome->detail.text),
		.media_type = media_type,
	};
}
