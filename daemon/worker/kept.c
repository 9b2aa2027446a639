/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kept.c - what annotators keep of a document for those that come after them
 *
 * Owns the values, which are plugins' own: nothing looks into them here.
 */
#include "kept.h"

#include <stdio.h>
#include <string.h>

void *
kept_find(const struct kept *kept, const char *name)
{
	for (size_t i = 0; i < kept->count; i++)
		if (strcmp(kept->items[i].name, name) == 0)
			return kept->items[i].value;
	return NULL;
}

bool
kept_put(struct kept *kept, const char *name, void *value,
	 void (*release)(void *value))
{
	if (kept->count == KEPT_MAX || strlen(name) >= KEPT_NAME ||
	    kept_find(kept, name))
		return false;
	snprintf(kept->items[kept->count].name, KEPT_NAME, "%s", name);
	kept->items[kept->count].value = value;
	kept->items[kept->count].release = release;
	kept->count++;
	return true;
}

void
kept_fini(struct kept *kept)
{
	while (kept->count > 0) {
		kept->count--;
		kept->items[kept->count].release(
			kept->items[kept->count].value);
	}
}
