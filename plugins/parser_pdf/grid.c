/* SPDX-License-Identifier: Apache-2.0 */
/*
 * grid.c - tables whose cells have lines around them
 *
 * Lines that touch belong together; where enough of them cross, the places of
 * the horizontal ones part rows and those of the vertical ones columns. Pure.
 * Time goes with the square of the lines, so drawings with more than a
 * thousand of them are left alone.
 */
#include "grid.h"

#include <math.h>
#include <stdlib.h>

#include "array.h"

#define RULES_LIMIT 1000u
#define TOUCH 2.0f	  /* points */
#define CELL_MINIMUM 6.0f /* lower or narrower ones are double lines */

static bool
is_flat(const struct rule *rule)
{
	return rule->x1 - rule->x0 >= rule->y1 - rule->y0;
}

static bool
do_touch(const struct rule *a, const struct rule *b)
{
	return a->x0 <= b->x1 + TOUCH && b->x0 <= a->x1 + TOUCH &&
	       a->y0 <= b->y1 + TOUCH && b->y0 <= a->y1 + TOUCH;
}

static uint32_t
find_root(uint32_t *parents, uint32_t at)
{
	while (parents[at] != at) {
		parents[at] = parents[parents[at]];
		at = parents[at];
	}
	return at;
}

/* Numbers each rule with the first one that it hangs together with. */
static uint32_t *
cluster(const struct page *page)
{
	uint32_t count = (uint32_t)page->rules_count;
	uint32_t *parents = array_new(count, sizeof(*parents));

	for (uint32_t i = 0; i < count; i++) {
		parents[i] = i;
		for (uint32_t j = 0; j < i; j++)
			if (do_touch(&page->rules[i], &page->rules[j]))
				parents[find_root(parents, i)] =
					find_root(parents, j);
	}
	for (uint32_t i = 0; i < count; i++)
		parents[i] = find_root(parents, i);
	return parents;
}

static int
compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* Sorted, and those that are hardly apart made one. */
static uint32_t
merge(float *places, uint32_t count)
{
	uint32_t kept = 0;

	qsort(places, count, sizeof(*places), compare_floats);
	for (uint32_t i = 0; i < count; i++)
		if (!kept || places[i] - places[kept - 1] >= CELL_MINIMUM)
			places[kept++] = places[i];
	return kept;
}

static bool
collect(const struct page *page, const uint32_t *roots, uint32_t root,
	struct grid *grid)
{
	float xs[RULES_LIMIT], ys[RULES_LIMIT];
	uint32_t xs_count = 0, ys_count = 0;

	for (uint32_t i = 0; i < page->rules_count; i++) {
		const struct rule *rule = &page->rules[i];

		if (roots[i] != root)
			continue;
		if (is_flat(rule))
			ys[ys_count++] = (rule->y0 + rule->y1) / 2;
		else
			xs[xs_count++] = (rule->x0 + rule->x1) / 2;
	}
	xs_count = merge(xs, xs_count);
	ys_count = merge(ys, ys_count);
	/* Two rows and two columns at least; one of either is a frame. */
	if (xs_count < 3 || ys_count < 3 || xs_count > GRID_LINES_LIMIT ||
	    ys_count > GRID_LINES_LIMIT)
		return false;
	for (uint32_t i = 0; i < xs_count; i++)
		grid->xs[i] = xs[i];
	for (uint32_t i = 0; i < ys_count; i++)
		grid->ys[i] = ys[i];
	grid->xs_count = xs_count;
	grid->ys_count = ys_count;
	return true;
}

static int
compare_grids(const void *a, const void *b)
{
	const struct grid *one = a, *other = b;

	return (one->ys[0] > other->ys[0]) - (one->ys[0] < other->ys[0]);
}

void
grids_find(const struct page *page, struct grids *out_grids)
{
	uint32_t *roots;

	out_grids->count = 0;
	if (page->rules_count < 6 || page->rules_count > RULES_LIMIT)
		return;
	roots = cluster(page);
	for (uint32_t i = 0; i < page->rules_count; i++)
		if (roots[i] == i && out_grids->count < GRIDS_LIMIT &&
		    collect(page, roots, i,
			    &out_grids->items[out_grids->count]))
			out_grids->count++;
	free(roots);
	qsort(out_grids->items, out_grids->count, sizeof(struct grid),
	      compare_grids);
}

/* The interval that holds a place; false if it is outside all of them. */
static bool
find_interval(const float *places, uint32_t count, float place,
	      uint32_t *out_index)
{
	if (!(place >= places[0] && place < places[count - 1]))
		return false;
	*out_index = 0;
	while (place >= places[*out_index + 1])
		++*out_index;
	return true;
}

bool
grid_find_cell(const struct grid *grid, float x, float y, uint32_t *out_row,
	       uint32_t *out_column)
{
	return find_interval(grid->xs, grid->xs_count, x, out_column) &&
	       find_interval(grid->ys, grid->ys_count, y, out_row);
}
