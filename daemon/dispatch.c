/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dispatch.c - arrivals that wait for a reader, in order
 */
#include "dispatch.h"

#include <stdlib.h>

void
dispatch_init(struct dispatch *dispatch)
{
	STAILQ_INIT(&dispatch->queue);
	dispatch->count = 0;
}

void
dispatch_fini(struct dispatch *dispatch)
{
	while (dispatch->count > 0)
		dispatch_drop_first(dispatch);
}

void
dispatch_put(struct dispatch *dispatch, uint64_t number, bool is_alone)
{
	struct dispatch_entry *entry = mem_alloc(sizeof(*entry));

	entry->number = number;
	entry->is_alone = is_alone;
	STAILQ_INSERT_TAIL(&dispatch->queue, entry, next);
	dispatch->count++;
}

const struct dispatch_entry *
dispatch_first(const struct dispatch *dispatch)
{
	return STAILQ_FIRST(&dispatch->queue);
}

void
dispatch_drop_first(struct dispatch *dispatch)
{
	struct dispatch_entry *entry = STAILQ_FIRST(&dispatch->queue);

	STAILQ_REMOVE_HEAD(&dispatch->queue, next);
	dispatch->count--;
	free(entry);
}
