/* SPDX-License-Identifier: Apache-2.0 */
/*
 * list.c - lists, and what numbers their items have
 *
 * Works on struct page. Lists within lists are levels of the outermost one.
 */
#include "stack.h"

#define LEVEL_LIMIT 32
/* Tokens looked through to count the items of reversed lists, in all. */
#define LOOK_LIMIT (1u << 20)

/*
 * How many items the list at the token has, in itself. Whoever nests lists
 * without ends is not looked after for ever.
 */
static int
count_items(struct page *page, size_t index)
{
	const struct tokens *tokens = page->tokens;
	int depth = 0;
	int count = 0;

	for (size_t i = index + 1;
	     i < tokens->count && page->looked < LOOK_LIMIT;
	     i++, page->looked++) {
		const struct token *token = &tokens->items[i];
		bool is_list = tags[token->tag].traits & TAG_IS_LIST;

		if (token->kind == TOKEN_OPEN)
			depth += is_list;
		else if (token->kind == TOKEN_CLOSE && is_list && depth-- == 0)
			break;
		count += depth == 0 && token->kind == TOKEN_OPEN &&
			 token->tag == TAG_LI;
	}
	return count;
}

void
stack_begin_list(struct page *page, struct element *element, size_t index,
		 const struct hints *hints)
{
	stack_part(page);
	element->item = 0;
	if (!element->list || element->table > element->list) {
		element->list = (uint32_t)page->depth - 1;
		element->level = 0;
	}
	element->style = (uint8_t)hints->style;
	if (element->tag == TAG_OL && hints->style == ORDINAL_UNSAID)
		element->style = ORDINAL_DECIMAL;
	element->step = hints->is_reversed ? -1 : 1;
	element->value = hints->has_start ? hints->start : 1;
	if (hints->is_reversed && !hints->has_start)
		element->value = count_items(page, index);
	if (element->level < LEVEL_LIMIT)
		element->level++;
}

void
stack_begin_item(struct page *page, struct element *element,
		 const struct hints *hints)
{
	struct element *parent = element - 1;
	struct element *list = parent;
	bool is_in_list = element->list && element->tag == TAG_LI;

	stack_part(page);
	while (list > page->elements && !(tags[list->tag].traits & TAG_IS_LIST))
		list--;
	if (is_in_list) {
		if (hints->has_value)
			list->value = hints->value;
		element->value = list->value;
		list->value += list->step;
	}
	if (hints->style != ORDINAL_UNSAID)
		element->style = (uint8_t)hints->style;
	element->item = (uint32_t)page->depth - 1;
	if (!element->level)
		element->level = 1;
	if (element->is_in_cell || element->leaf == DOCKET_BLOCK_LINE)
		return;
	element->leaf = DOCKET_BLOCK_ITEM;
	element->owner = element->item;
}
