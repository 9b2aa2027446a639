/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fact.c - the queue of facts between callbacks and the turn
 *
 * Owns the facts while they are queued. Never fails.
 */
#include "fact.h"

#include <stdlib.h>
#include <string.h>

#define LONG_COUNT 4096

struct fact *
fact_new(enum fact_kind kind)
{
	struct fact *fact = mem_alloc(sizeof(*fact));

	fact->kind = kind;
	return fact;
}

struct fact *
fact_free(struct fact *fact)
{
	struct fact_string *string;

	if (fact == NULL)
		return NULL;
	while ((string = fact->strings) != NULL) {
		fact->strings = string->next;
		free(string);
	}
	fact_free_all(fact->members);
	buffer_fini(&fact->content);
	buffer_fini(&fact->row);
	free(fact->subjects);
	free(fact);
	return NULL;
}

void
fact_free_all(struct fact *facts)
{
	struct fact *next;

	for (; facts != NULL; facts = next) {
		next = facts->next;
		fact_free(facts);
	}
}

size_t
fact_count_members(const struct fact *fact)
{
	const struct fact *member = fact->members;
	size_t count = 0;

	for (; member != NULL; member = member->next)
		count++;
	return count;
}

size_t
fact_bytes(const struct fact *fact)
{
	const struct fact *member = fact->members;
	size_t bytes = fact->content.size;

	for (; member != NULL; member = member->next)
		bytes += member->content.size;
	return bytes;
}

struct docket_bytes
fact_keep(struct fact *fact, struct docket_bytes bytes)
{
	struct fact_string *string;

	if (bytes.data == NULL)
		return bytes;
	string = mem_alloc(sizeof(*string) + bytes.size);
	memcpy(string->data, bytes.data, bytes.size);
	string->next = fact->strings;
	fact->strings = string;
	return (struct docket_bytes){ string->data, bytes.size };
}

void
fact_explain(struct fact *fact, const char *stage, struct docket_bytes plugin,
	     struct docket_bytes reason, struct docket_bytes detail)
{
	fact->arrival.stage = bytes_of(stage);
	fact->arrival.plugin = fact_keep(fact, plugin);
	fact->arrival.reason = fact_keep(fact, reason);
	fact->arrival.detail = fact_keep(fact, detail);
}

static void
on_idle(uv_idle_t *idle)
{
	(void)idle; /* its being active is the point: poll does not sleep */
}

void
fact_queue_init(struct fact_queue *queue, uv_loop_t *loop)
{
	*queue = (struct fact_queue){ .last = &queue->first };
	uv_idle_init(loop, &queue->idle);
}

void
fact_want_turn(struct fact_queue *queue)
{
	queue->is_wanted = true;
	uv_idle_start(&queue->idle, on_idle);
}

static void
count(struct fact_queue *queue, const struct fact *fact)
{
	queue->count++;
	queue->urgent += !fact->is_lazy;
	queue->bytes += fact_bytes(fact);
}

void
fact_put(struct fact_queue *queue, struct fact *fact)
{
	fact->next = NULL;
	*queue->last = fact;
	queue->last = &fact->next;
	count(queue, fact);
	if (!fact->is_lazy)
		fact_want_turn(queue);
}

bool
fact_take_wish(struct fact_queue *queue)
{
	bool is_wanted = queue->is_wanted;

	queue->is_wanted = false;
	uv_idle_stop(&queue->idle);
	return is_wanted;
}

bool
fact_queue_is_long(const struct fact_queue *queue)
{
	return queue->count >= LONG_COUNT;
}

struct fact *
fact_gather(struct fact_queue *queue, size_t limit)
{
	struct fact *first = queue->first;
	struct fact **end = &queue->first;

	while (*end != NULL && limit-- > 0) {
		queue->count--;
		queue->urgent -= !(*end)->is_lazy;
		queue->bytes -= fact_bytes(*end);
		end = &(*end)->next;
	}
	if (end == &queue->first)
		return NULL;
	queue->first = *end;
	if (*end == NULL)
		queue->last = &queue->first;
	*end = NULL;
	return first;
}

void
fact_put_back(struct fact_queue *queue, struct fact *facts)
{
	struct fact **end = &facts;

	for (; *end != NULL; end = &(*end)->next)
		count(queue, *end);
	if (queue->first == NULL && facts != NULL)
		queue->last = end;
	*end = queue->first;
	queue->first = facts;
}

void
fact_tell(struct fact_queue *queue, enum event_type type, const char *plugin,
	  const char *detail)
{
	struct fact *fact = fact_new(FACT_HAPPENED);

	fact->event.type = type;
	if (plugin != NULL)
		fact->event.plugin = fact_keep(fact, bytes_of(plugin));
	if (detail != NULL)
		fact->event.detail = fact_keep(fact, bytes_of(detail));
	fact_put(queue, fact);
}
