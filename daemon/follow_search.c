/* SPDX-License-Identifier: Apache-2.0 */
/*
 * follow_search.c - questions to an indexer, and its answers
 *
 * Owns a question from asking until it was answered, until the indexer ended,
 * or until it has waited long enough. Answers are matched by number, so several
 * may be under way, and those that come too late are known.
 */
#include <errno.h>
#include <stdlib.h>

#include "follow.h"

#define ANSWER_TIMEOUT_MS 30000
#define AT_ONCE_LIMIT 32

static struct follow_search *
find_search(struct follower *follower, uint64_t request)
{
	struct follow_search *search = follower->searches;

	while (search != NULL && search->request != request)
		search = search->next;
	return search;
}

/* It was asked, and nobody waits for the answer any more. */
static bool
is_late(const struct follower *follower, uint64_t request)
{
	return request > 0 && request <= follower->follow->last_request;
}

bool
follow_search_take_hit(struct follower *follower, const struct frame *frame)
{
	struct follow_search *search;
	struct message_hit hit;

	if (message_decode(frame, &hit) < 0)
		return false;
	search = find_search(follower, hit.request);
	if (search == NULL)
		return is_late(follower, hit.request);
	search->hits = mem_grow_array(search->hits, search->count,
				      &search->capacity, sizeof(*search->hits));
	search->hits[search->count++] = hit;
	return true;
}

static void
end_search(struct follower *follower, struct follow_search *search,
	   uint32_t status, struct docket_bytes detail)
{
	struct follow_search **at = &follower->searches;

	while (*at != search)
		at = &(*at)->next;
	*at = search->next;
	search->done(search->owner, status, detail, search->hits,
		     search->count);
	free(search->hits);
	free(search);
}

bool
follow_search_take_found(struct follower *follower, const struct frame *frame)
{
	struct follow_search *search;
	struct message_found found;

	if (message_decode(frame, &found) < 0)
		return false;
	search = find_search(follower, found.request);
	if (search == NULL)
		return is_late(follower, found.request);
	end_search(follower, search, found.status, found.detail);
	return true;
}

static size_t
count_searches(const struct follower *follower)
{
	const struct follow_search *search = follower->searches;
	size_t count = 0;

	for (; search != NULL; search = search->next)
		count++;
	return count;
}

int
follow_search(struct follow *follow, struct docket_bytes query, uint32_t limit,
	      void *owner, follow_found_cb *done)
{
	struct message_find find = { ++follow->last_request, limit, query };

	for (size_t i = 0; i < follow->count; i++) {
		struct follower *follower = &follow->followers[i];
		struct follow_search *search;

		if (follower->plugin->about.kind != PLUGIN_INDEXER ||
		    follower->child.state != CHILD_READY)
			continue;
		if (count_searches(follower) >= AT_ONCE_LIMIT)
			return -EBUSY;
		search = mem_alloc(sizeof(*search));
		*search = (struct follow_search){
			.next = follower->searches,
			.request = find.request,
			.owner = owner,
			.done = done,
			.asked_ms = uv_now(follow->loop),
		};
		follower->searches = search;
		link_put(&follower->child.link, MESSAGE_FIND, &find);
		link_flush(&follower->child.link);
		return 0;
	}
	return -ENOENT;
}

void
follow_search_end_all(struct follower *follower)
{
	while (follower->searches != NULL)
		end_search(follower, follower->searches, DOCKET_BROKEN,
			   bytes_of("the indexer ended; ask again"));
}

void
follow_search_expire(struct follower *follower, uint64_t now_ms)
{
	struct follow_search *search = follower->searches, *next;

	for (; search != NULL; search = next) {
		next = search->next;
		if (now_ms - search->asked_ms > ANSWER_TIMEOUT_MS)
			end_search(follower, search, DOCKET_BROKEN,
				   bytes_of("the indexer does not answer; ask "
					    "again later"));
	}
}
