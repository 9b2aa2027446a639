/* SPDX-License-Identifier: Apache-2.0 */
/*
 * event.h - what happened, as notifiers see it
 *
 * The same facts go out on the bus as CloudEvents 1.0; docs/bus.md names the
 * types and says when each is published.
 */
#ifndef DOCKET_EVENT_H
#define DOCKET_EVENT_H

#include <docket/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Lent during notify(). Strings are empty where they do not apply. */
struct docket_event {
	uint64_t number;	   /* in the journal, 1 is the first */
	int64_t time_ms;	   /* since 1970-01-01 UTC */
	const char *type;	   /* "document.parsed" */
	uint64_t arrival;	   /* 0: not about a document */
	struct docket_bytes topic; /* document.parsed/letters/fr/letter */
	struct docket_bytes json;  /* the CloudEvent, without stream sequence */
};

#ifdef __cplusplus
}
#endif

#endif
