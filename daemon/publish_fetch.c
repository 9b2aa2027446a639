/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish_fetch.c - pages of a stream, for subscribers that catch up
 *
 * docket-bus asks for one page at a time and gets it in one go. So what can be
 * under way is one question of a few hundred rows to the journal, whoever asks
 * for whatever: live events wait for it some milliseconds, and not longer.
 *
 * Owns nothing: a page that comes when its docket-bus is gone is thrown away.
 */
#include "publish.h"

#define PAGE_EVENTS 250

static void
put_page(struct publish *publish, const struct journal_query *query)
{
	struct link *link = &publish->child.link;
	bool is_kept = query->after >= query->floor;
	struct message_fetch_end end = {
		.checked = query->after,
		.floor = query->floor,
		.head = query->head,
	};

	for (size_t i = 0; i < query->count && is_kept; i++) {
		struct message_publish row = {
			.index = (uint32_t)query->stream,
			.sequence = query->items[i].key,
			.event = buffer_bytes(&query->items[i].body),
		};

		link_put(link, MESSAGE_FETCHED, &row);
		end.checked = row.sequence;
	}
	if (query->count < query->limit && query->after <= query->head)
		end.checked = query->head;
	link_put(link, MESSAGE_FETCH_END, &end);
	link_flush(link);
}

static void
take_page(struct journal_query *query)
{
	struct publish *publish = query->owner;

	if (query->number == publish->life) {
		publish->is_fetching = false;
		if (publish->child.state == CHILD_READY)
			put_page(publish, query);
	}
	journal_query_free(query);
}

bool
publish_fetch(struct publish *publish, const struct frame *frame)
{
	struct message_fetch fetch;
	struct journal_query *query;

	if (message_decode(frame, &fetch) < 0 || publish->is_fetching ||
	    fetch.index >= publish->count || fetch.limit == 0 ||
	    fetch.limit > PAGE_EVENTS)
		return false;
	query = journal_query_new(QUERY_STREAM, publish, take_page);
	query->stream = fetch.index;
	query->after = fetch.after < INT64_MAX ? fetch.after : INT64_MAX;
	query->limit = fetch.limit;
	query->number = publish->life;
	publish->is_fetching = true;
	journal_ask(publish->journal, query);
	return true;
}
