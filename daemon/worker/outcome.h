/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outcome.h - how a plugin's callback went, for docketd and for people
 */
#ifndef WORKER_OUTCOME_H
#define WORKER_OUTCOME_H

#include "fault.h"
#include "message.h"

struct outcome {
	enum docket_status status;
	const char *stage;   /* read, annotate, index, notify */
	const char *plugin;  /* borrowed; "" where none was asked */
	const char *reason;  /* one word; "" for OK */
	struct fault detail; /* a sentence; "" for OK */
};

/*
 * What a plugin answered. A status that does not exist is BROKEN. The detail is
 * what the plugin explained (any bytes), else what its status means.
 */
void outcome_set(struct outcome *outcome, const char *stage, const char *plugin,
		 enum docket_status status, const char *explained);

/* What the host found, in a word and a sentence. */
void outcome_find(struct outcome *outcome, enum docket_status status,
		  const char *reason, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* As a message that lends from the outcome. */
struct message_failed outcome_message(const struct outcome *outcome,
				      uint64_t lease,
				      struct docket_bytes media_type);

#endif
