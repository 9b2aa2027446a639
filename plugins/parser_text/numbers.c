/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbers.c - the printed numbers of paragraphs
 *
 * Pure but for the numbers it gives. A number counts only in a run from 1; a
 * run may hold another one (the points of paragraph 5 are 1, 2 and 3, then
 * comes 6), and a number may be lost. What is no run stays text: a year, a
 * quantity, one lonely heading.
 */
#include "numbers.h"

/* Runs that are open at a time; the outermost is forgotten first. */
#define RUNS_LIMIT 8
/* So many numbers in a row may be missing. */
#define LOST_LIMIT 3

struct run {
	struct paragraph *first; /* not yet sure of its number, or NULL */
	unsigned last;
};

struct runs {
	struct run items[RUNS_LIMIT];
	size_t count;
};

static void
give_number(const struct paragraphs *paragraphs, struct paragraph *paragraph)
{
	const struct line *line = paragraph_line(paragraphs, paragraph, 0);

	paragraph->number = line->start + line->marker.label;
	paragraph->number_size = line->marker.label_size;
}

static void
begin_run(struct runs *runs, struct paragraph *paragraph)
{
	if (runs->count == RUNS_LIMIT) {
		for (size_t i = 1; i < RUNS_LIMIT; i++)
			runs->items[i - 1] = runs->items[i];
		runs->count--;
	}
	runs->items[runs->count++] = (struct run){
		.first = paragraph,
		.last = 1,
	};
}

/* The run that goes on with this number, innermost first; those in it end. */
static struct run *
find_run(struct runs *runs, unsigned value)
{
	struct run *top = runs->count ? &runs->items[runs->count - 1] : NULL;

	for (size_t i = runs->count; i-- > 0;) {
		if (runs->items[i].last + 1 != value)
			continue;
		runs->count = i + 1;
		return &runs->items[i];
	}
	return top && !top->first && value > top->last &&
			       value <= top->last + LOST_LIMIT
		       ? top
		       : NULL;
}

void
numbers_find(struct paragraphs *paragraphs)
{
	struct runs runs = { 0 };

	for (size_t i = 0; i < paragraphs->count; i++) {
		struct paragraph *paragraph = &paragraphs->items[i];
		const struct line *line =
			paragraph_line(paragraphs, paragraph, 0);
		struct run *run;

		if (paragraph->kind != DOCKET_BLOCK_PARAGRAPH ||
		    line->marker.kind != MARKER_NUMBER)
			continue;
		run = find_run(&runs, line->marker.value);
		if (run) {
			if (run->first)
				give_number(paragraphs, run->first);
			run->first = NULL;
			run->last = line->marker.value;
			give_number(paragraphs, paragraph);
		} else if (line->marker.value == 1) {
			begin_run(&runs, paragraph);
		}
	}
}
