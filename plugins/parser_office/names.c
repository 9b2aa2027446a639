/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names.c - what a format calls things, and their places in arrays
 *
 * Owns copies of the names. They are sorted at the first question, so that
 * whatever a stranger calls things, finding one is logarithmic. Running out of
 * memory ends the process.
 */
#include "names.h"

#include <stdlib.h>

#include "array.h"

void
names_put(struct names *names, struct docket_bytes name, uint32_t value)
{
	struct name *item =
		array_add(&names->items, &names->count, &names->capacity);

	item->at = names->strings.size;
	item->size = name.size;
	item->value = value;
	text_put_bytes(&names->strings, name);
	names->is_sorted = false;
}

static int
compare(struct docket_bytes a, struct docket_bytes b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size ? memcmp(a.data, b.data, size) : 0;

	return order ? order : (a.size > b.size) - (a.size < b.size);
}

static struct docket_bytes
get_name(const struct name *item, const struct names *names)
{
	return text_slice(&names->strings, item->at, item->size);
}

/* Equal names stay in the order in which they were put. */
static int
compare_items(const void *one, const void *two, void *context)
{
	const struct name *a = one;
	const struct name *b = two;
	int order = compare(get_name(a, context), get_name(b, context));

	return order ? order : (a->at > b->at) - (a->at < b->at);
}

uint32_t
names_find(struct names *names, struct docket_bytes name)
{
	size_t low = 0;
	size_t high = names->count;

	if (!names->is_sorted && names->count)
		qsort_r(names->items, names->count, sizeof(*names->items),
			compare_items, names);
	names->is_sorted = true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(get_name(&names->items[middle], names), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < names->count &&
	    bytes_match(get_name(&names->items[low], names), name))
		return names->items[low].value;
	return NAMES_NONE;
}

void
names_fini(struct names *names)
{
	free(names->items);
	text_fini(&names->strings);
	*names = (struct names){ 0 };
}
