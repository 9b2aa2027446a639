/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fact.c - the queue of facts between callbacks and the turn
 *
 * Owns the facts while they are queued. Never fails.
 */
#include "fact.h"

#include <stdlib.h>
#include <string.h>

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
	buffer_fini(&fact->content);
	buffer_fini(&fact->row);
	free(fact->subjects);
	free(fact);
	return NULL;
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

void
fact_put(struct fact_queue *queue, struct fact *fact)
{
	fact->next = NULL;
	*queue->last = fact;
	queue->last = &fact->next;
	queue->count++;
	if (!fact->is_lazy) {
		queue->urgent++;
		fact_want_turn(queue);
	}
}

bool
fact_take_wish(struct fact_queue *queue)
{
	bool is_wanted = queue->is_wanted;

	queue->is_wanted = false;
	uv_idle_stop(&queue->idle);
	return is_wanted;
}

struct fact *
fact_gather(struct fact_queue *queue)
{
	struct fact *first = queue->first;

	queue->first = NULL;
	queue->last = &queue->first;
	queue->count = 0;
	queue->urgent = 0;
	return first;
}
