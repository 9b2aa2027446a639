/* SPDX-License-Identifier: Apache-2.0 */
/*
 * find.c - a question to an indexer: MESSAGE_FIND to MESSAGE_FOUND
 *
 * Owns the question while it is asked. What was typed is parsed here, in the
 * worker, by the code that broke the documents into words. Ends nothing.
 */
#include "find.h"

#include <math.h>
#include <stdarg.h>

#include "farewell.h"
#include "host.h"
#include "outcome.h"
#include "query.h"

struct docket_finding {
	struct wire *wire;
	uint64_t request;
	const char *plugin; /* that is asked */
	uint64_t left;	    /* hits that are still taken */
	char explained[sizeof(((struct fault *)0)->text)];
};

/* Sends from within a callback, now and then. */
void
docket_put_hit(struct docket_finding *finding, uint64_t arrival, double score)
{
	struct message_hit hit = {
		.request = finding->request,
		.arrival = arrival,
		.score = isfinite(score) ? score : 0,
	};

	if (!finding->left)
		return;
	finding->left--;
	farewell_disarm();
	wire_put(finding->wire, MESSAGE_HIT, &hit);
	farewell_arm(finding->plugin);
}

void
docket_finding_explain(struct docket_finding *finding, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(finding->explained, sizeof(finding->explained), format,
		  arguments);
	va_end(arguments);
}

static void
ask(const struct plugin *indexer, const struct docket_query *query,
    uint32_t limit, struct docket_finding *finding, struct outcome *out_outcome)
{
	const char *name = indexer->abi.plugin.name;
	enum docket_status status;

	if (!indexer->abi.indexer.find) {
		outcome_find(out_outcome, DOCKET_SKIP, "unsupported",
			     "The indexer %s answers no queries.", name);
		return;
	}
	finding->plugin = name;
	host_enter(name);
	status =
		indexer->abi.indexer.find(indexer->self, query, limit, finding);
	host_leave();
	outcome_set(out_outcome, "find", name, status, finding->explained);
}

enum docket_status
find_and_answer(struct wire *wire, const struct plugin *indexer,
		struct word_breaker *breaker, const struct frame *frame)
{
	struct message_find order;
	struct docket_finding finding = { .wire = wire };
	struct outcome outcome = { .reason = "" };
	struct docket_query *query = NULL;
	struct message_found found;

	wire_decode(frame, &order);
	finding.request = order.request;
	finding.left = order.limit ? order.limit : UINT64_MAX;
	if (query_parse(order.query, breaker, &query, &outcome.detail))
		outcome.status = DOCKET_REJECT;
	else
		ask(indexer, query, order.limit, &finding, &outcome);
	query_free(query);
	found = (struct message_found){
		.request = order.request,
		.status = outcome.status,
		.detail = bytes_of(outcome.detail.text),
	};
	wire_send(wire, MESSAGE_FOUND, &found);
	return outcome.status;
}
