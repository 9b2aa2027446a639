/* SPDX-License-Identifier: Apache-2.0 */
/*
 * terms.c - what ids within the document stand for
 *
 * Owns the list. Running out of memory ends the process.
 */
#include "terms.h"

#include <string.h>

#include "array.h"

static int
compare_bytes(struct docket_bytes left, struct docket_bytes right)
{
	size_t size = left.size < right.size ? left.size : right.size;
	int order = size ? memcmp(left.data, right.data, size) : 0;

	return order ? order
		     : (left.size > right.size) - (left.size < right.size);
}

static int
compare_terms(const void *left, const void *right)
{
	const struct term *one = left;
	const struct term *other = right;

	return compare_bytes(one->id, other->id);
}

/* TLCOrganization, TLCPerson ... */
static bool
is_term(const struct tape_node *node)
{
	return node->kind == TAPE_OPEN && strncmp(node->name, "TLC", 3) == 0;
}

void
terms_read(struct terms *terms, const struct tape *tape)
{
	*terms = (struct terms){ 0 };
	for (size_t i = 0; i < tape->count; i++) {
		struct term term = { 0 };

		if (!is_term(&tape->nodes[i]))
			continue;
		term.id = tape_attribute(tape, i, "eId");
		if (!term.id.data)
			term.id = tape_attribute(tape, i, "id");
		term.uri = tape_attribute(tape, i, "href");
		term.name = tape_attribute(tape, i, "showAs");
		if (!term.id.size)
			continue;
		terms->items = array_reserve(terms->items, terms->count + 1,
					     &terms->capacity, sizeof(term));
		terms->items[terms->count++] = term;
	}
	if (terms->count)
		qsort(terms->items, terms->count, sizeof(*terms->items),
		      compare_terms);
}

void
terms_fini(struct terms *terms)
{
	free(terms->items);
	*terms = (struct terms){ 0 };
}

const struct term *
terms_find(const struct terms *terms, struct docket_bytes reference)
{
	struct term key = { .id = reference };

	if (!terms->count || reference.size < 2 || reference.data[0] != '#')
		return NULL;
	key.id.data++;
	key.id.size--;
	return bsearch(&key, terms->items, terms->count, sizeof(key),
		       compare_terms);
}
