/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paragraphs.c - lines into paragraphs
 *
 * Owns the paragraphs. A paragraph that goes on behind a page break swallows
 * what stands between only in order: running heads and footnotes come out
 * behind it. So lines get the number of their paragraph first, and are then
 * counted into order. Running out of memory ends the process.
 */
#include "paragraphs.h"

#include <stdlib.h>

#include "array.h"
#include "join.h"

#define NO_LINE SIZE_MAX

struct builder {
	const struct lines *lines;
	const uint8_t *joins;
	const struct layout *layout;
	uint32_t *owners; /* the paragraph of each line */
	size_t last;	  /* line of running text */
	bool has_break;	  /* a page ended since */
	struct paragraphs *out;
};

static enum docket_block_kind
find_kind(const struct line *line)
{
	if (line->flags & (LINE_FURNITURE | LINE_BARE))
		return DOCKET_BLOCK_LINE;
	return line->flags & LINE_NOTE ? DOCKET_BLOCK_FOOTNOTE
				       : DOCKET_BLOCK_PARAGRAPH;
}

static size_t
add_paragraph(struct builder *builder, const struct line *line)
{
	struct paragraphs *out = builder->out;

	out->items[out->count] = (struct paragraph){
		.kind = (uint8_t)find_kind(line),
		.page = line->page,
	};
	return out->count++;
}

static bool
goes_on_behind_gap(const struct builder *builder, const struct line *line)
{
	const struct line *last;

	if (!builder->layout || builder->last == NO_LINE)
		return false;
	last = &builder->lines->items[builder->last];
	if (!builder->has_break && last->page == line->page)
		return join_over_gap(builder->layout, last, line);
	return join_over_page(builder->layout, last, line);
}

/* The paragraph of line `at`. */
static size_t
find_owner(struct builder *builder, size_t at)
{
	const struct line *line = &builder->lines->items[at];
	size_t owner;

	if (line->flags & LINE_FURNITURE)
		builder->has_break = true;
	if (at && join_is_joined(builder->joins[at]))
		owner = builder->owners[at - 1];
	else if (find_kind(line) == DOCKET_BLOCK_PARAGRAPH &&
		 goes_on_behind_gap(builder, line))
		owner = builder->owners[builder->last];
	else
		owner = add_paragraph(builder, line);
	if (find_kind(line) == DOCKET_BLOCK_PARAGRAPH) {
		builder->last = at;
		builder->has_break = false;
	}
	return owner;
}

/* Lines by paragraph, each in the order in which they stand. */
static void
order_lines(struct builder *builder)
{
	struct paragraphs *out = builder->out;
	size_t count = builder->lines->count;
	uint32_t first = 0;

	for (size_t i = 0; i < count; i++)
		out->items[builder->owners[i]].count++;
	for (size_t i = 0; i < out->count; i++) {
		out->items[i].first = first;
		first += out->items[i].count;
		out->items[i].count = 0;
	}
	for (size_t i = 0; i < count; i++) {
		struct paragraph *owner = &out->items[builder->owners[i]];

		out->order[owner->first + owner->count++] = (uint32_t)i;
	}
}

void
paragraphs_build(const struct lines *lines, const uint8_t *joins,
		 const struct layout *layout, struct paragraphs *out_paragraphs)
{
	struct paragraphs paragraphs = {
		.lines = lines,
		.items = array_new(lines->count, sizeof(struct paragraph)),
		.order = array_new(lines->count, sizeof(uint32_t)),
	};
	struct builder builder = {
		.lines = lines,
		.joins = joins,
		.layout = layout,
		.owners = array_new(lines->count, sizeof(uint32_t)),
		.last = NO_LINE,
		.out = &paragraphs,
	};

	for (size_t i = 0; i < lines->count; i++)
		builder.owners[i] = (uint32_t)find_owner(&builder, i);
	order_lines(&builder);
	free(builder.owners);
	*out_paragraphs = paragraphs;
}

void
paragraphs_fini(struct paragraphs *paragraphs)
{
	free(paragraphs->items);
	free(paragraphs->order);
	*paragraphs = (struct paragraphs){ 0 };
}
