/* SPDX-License-Identifier: Apache-2.0 */
/*
 * runs.c - a mail's text as runs: the writer's own, what is quoted, signatures
 *
 * Owns the text and the list. Running out of memory ends the process.
 */
#include "runs.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

static struct run *
add_run(struct runs *runs, enum run_kind kind, unsigned depth)
{
	struct run *run;

	runs->items = array_reserve(runs->items, runs->count + 1,
				    &runs->capacity, sizeof(*runs->items));
	run = &runs->items[runs->count++];
	*run = (struct run){ runs->size, runs->size, depth, kind };
	return run;
}

bool
runs_append(struct runs *runs, enum run_kind kind, unsigned depth,
	    struct docket_bytes text)
{
	struct run *run = runs->count ? &runs->items[runs->count - 1] : NULL;
	bool is_new = !run || run->kind != kind || run->depth != depth;

	if (is_new)
		run = add_run(runs, kind, depth);
	runs->data = array_reserve(runs->data, runs->size + text.size,
				   &runs->data_capacity, 1);
	if (text.size)
		memcpy(runs->data + runs->size, text.data, text.size);
	runs->size += text.size;
	run->end = runs->size;
	return is_new;
}

void
runs_fini(struct runs *runs)
{
	free(runs->data);
	free(runs->items);
	*runs = (struct runs){ 0 };
}
