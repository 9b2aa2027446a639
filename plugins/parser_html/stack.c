/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stack.c - the open elements of a page
 *
 * Works on struct page. What ends when: an end tag ends what was opened since
 * its element, but not beyond the cell or table it is in; formatting ends alone,
 * whatever blocks were opened in it. Each tag costs at most a look at the whole
 * stack, which is bounded.
 */
#include "stack.h"

#include <string.h>

#define WALLS (TAG_IS_CELL | TAG_IS_TABLE | TAG_IS_OWN)
#define IN_TABLE (TAG_IS_CELL | TAG_IS_ROW | TAG_IS_ROWS | TAG_IS_TABLE)

static uint32_t
traits_of(const struct element *element)
{
	return tags[element->tag].traits;
}

void
stack_break(struct page *page)
{
	flow_break(&page->flow);
}

void
stack_part(struct page *page)
{
	if (stack_top(page)->is_in_cell)
		flow_break(&page->flow);
	else
		flow_close(&page->flow);
}

void
stack_end_loose_list(struct page *page)
{
	if (page->has_loose_list)
		docket_close_block(page->job);
	page->has_loose_list = false;
}

struct element *
stack_push(struct page *page, enum tag tag)
{
	struct element *element;

	if (page->depth == STACK_LIMIT) {
		page->excess[tag]++;
		page->is_too_deep = true;
		return NULL;
	}
	element = &page->elements[page->depth];
	*element = page->elements[page->depth - 1];
	element->tag = (uint8_t)tag;
	element->has_block = false;
	element->is_used = false;
	page->depth++;
	page->generation++;
	page->open[tag]++;
	return element;
}

void
stack_pop(struct page *page)
{
	uint32_t index = (uint32_t)page->depth - 1;
	struct element *element = &page->elements[index];

	if (element->tag == TAG_Q && page->flow.is_open)
		stack_put(page, STACK_QUOTE_CLOSE, true);
	page->depth--;
	page->generation++;
	page->open[element->tag]--;
	if (element->tag == TAG_A)
		flow_end_mark(&page->flow);
	if (page->flow.is_open && page->leaf_owner == index && index)
		flow_close(&page->flow);
	else if (traits_of(element) & TAG_IS_BLOCK)
		flow_break(&page->flow);
	if (element->has_block) {
		flow_close(&page->flow);
		stack_end_loose_list(page);
		docket_close_block(page->job);
	}
}

/* Everything above the index, and it. */
static void
pop_to(struct page *page, size_t index)
{
	while (page->depth > index)
		stack_pop(page);
}

void
stack_end(struct page *page, uint32_t traits, uint32_t within)
{
	size_t found = 0;

	for (size_t i = page->depth - 1; i > 0; i--) {
		uint32_t these = traits_of(&page->elements[i]);

		if (these & traits)
			found = i;
		if (these & within)
			break;
	}
	if (found)
		pop_to(page, found);
}

/* Formatting ends alone where blocks were opened in it. */
static void
end_inline(struct page *page, size_t index)
{
	struct element *element = &page->elements[index];

	for (size_t i = index + 1; i < page->depth; i++) {
		if (!(traits_of(&page->elements[i]) & TAG_IS_BLOCK))
			continue;
		if (element->tag == TAG_A)
			flow_end_mark(&page->flow);
		page->open[element->tag]--;
		element->tag = TAG_NONE;
		page->open[TAG_NONE]++;
		return;
	}
	pop_to(page, index);
}

/* What an end tag does not reach beyond. */
static uint32_t
walls_of(uint32_t traits)
{
	if (traits & IN_TABLE)
		return TAG_IS_TABLE;
	if (traits & TAG_IS_ITEM)
		return WALLS | TAG_IS_LIST;
	return traits & TAG_IS_OWN ? 0 : WALLS;
}

static bool
is_ended(const struct element *element, enum tag tag)
{
	return element->tag == tag ||
	       tags[tag].traits & traits_of(element) & TAG_IS_HEADING;
}

static bool
end_tag(struct page *page, enum tag tag)
{
	uint32_t walls = walls_of(tags[tag].traits);

	if (page->missed[tag] == page->generation)
		return false;
	for (size_t i = page->depth - 1; i > 0; i--) {
		if (is_ended(&page->elements[i], tag)) {
			if (tags[tag].traits & TAG_IS_INLINE)
				end_inline(page, i);
			else
				pop_to(page, i);
			return true;
		}
		if (traits_of(&page->elements[i]) & walls)
			break;
	}
	page->missed[tag] = page->generation;
	return false;
}

void
stack_close(struct page *page, enum tag tag)
{
	bool is_block = tags[tag].traits & TAG_IS_BLOCK;

	if (page->excess[tag]) {
		page->excess[tag]--;
	} else if (page->open[tag] || tags[tag].traits & TAG_IS_HEADING) {
		if (end_tag(page, tag))
			return;
	}
	if (is_block)
		stack_break(page);
}
