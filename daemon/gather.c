/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gather.c - when a group should wait for company
 */
#include "gather.h"

void
gather_note(struct gather *gather, size_t count, uint64_t now_ms)
{
	gather->last_count = count;
	gather->last_ms = now_ms;
}

uint64_t
gather_wait(const struct gather *gather, size_t count, uint64_t now_ms)
{
	uint64_t waited_ms = now_ms - gather->last_ms;

	if (gather->last_count < gather->busy || count >= gather->enough ||
	    waited_ms >= gather->limit_ms)
		return 0;
	return gather->limit_ms - waited_ms;
}
