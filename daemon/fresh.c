/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fresh.c - records that were just committed, whole, for the index that is next
 *
 * Owns their images. A slot belongs to whoever came last; what does not fit is
 * not kept. Never ends the process.
 */
#include "fresh.h"

static void
clear(struct fresh *fresh, struct fresh_slot *slot)
{
	fresh->bytes -= slot->image.size;
	buffer_fini(&slot->image);
	slot->number = 0;
}

static struct fresh_slot *
get_slot(struct fresh *fresh, uint64_t number)
{
	return &fresh->slots[number % FRESH_SLOTS];
}

void
fresh_put(struct fresh *fresh, uint64_t number, struct buffer *image)
{
	struct fresh_slot *slot = get_slot(fresh, number);

	clear(fresh, slot);
	if (image->size > FRESH_LIMIT_BYTES - fresh->bytes) {
		buffer_fini(image);
		return;
	}
	fresh->bytes += image->size;
	slot->number = number;
	slot->image = *image;
	*image = (struct buffer){ 0 };
}

bool
fresh_take(struct fresh *fresh, uint64_t number, struct buffer *out)
{
	struct fresh_slot *slot = get_slot(fresh, number);

	if (slot->number != number || number == 0)
		return false;
	fresh->bytes -= slot->image.size;
	slot->number = 0;
	buffer_fini(out);
	*out = slot->image;
	slot->image = (struct buffer){ 0 };
	return true;
}

void
fresh_fini(struct fresh *fresh)
{
	for (size_t i = 0; i < FRESH_SLOTS; i++)
		clear(fresh, &fresh->slots[i]);
}
