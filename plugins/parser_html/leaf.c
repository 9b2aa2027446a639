/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leaf.c - which block text belongs to
 *
 * Works on struct page. A block is only opened when there is text for it; what
 * it is, the open elements say. Lists, tables and rows are opened in the host
 * with the first block in them.
 */
#include "stack.h"

#include <stdio.h>
#include <string.h>

#include "attribute.h"

/* ---- what holds blocks ---- */

static void
open_in_host(struct page *page, uint32_t index, enum docket_block_kind kind)
{
	const struct docket_block block = { .kind = kind };

	if (!index || page->elements[index].has_block)
		return;
	stack_end_loose_list(page);
	docket_open_block(page->job, &block);
	page->elements[index].has_block = true;
}

void
stack_open_table(struct page *page, uint32_t row)
{
	open_in_host(page, stack_top(page)->table, DOCKET_BLOCK_TABLE);
	open_in_host(page, row, DOCKET_BLOCK_ROW);
}

static void
open_loose_list(struct page *page)
{
	const struct docket_block list = { .kind = DOCKET_BLOCK_LIST };

	if (!page->has_loose_list)
		docket_open_block(page->job, &list);
	page->has_loose_list = true;
}

/* ---- numbers ---- */

/* The number that the browser prints before the item, if any. */
static size_t
print_item_number(struct page *page, uint32_t index, char out[ORDINAL_LIMIT])
{
	const struct element *item = &page->elements[index];

	out[0] = '\0';
	if (!index || tags[item->tag].traits & TAG_IS_TERM)
		return 0;
	return ordinal_print(item->value, (enum ordinal_style)item->style, out);
}

/* "1." and "(a)" without what is around them; empty for bullets. */
static struct docket_bytes
trim_label(const char *label)
{
	struct docket_bytes number = { label, strlen(label) };
	bool has_sign = false;

	while (number.size && strchr("([", number.data[0])) {
		number.data++;
		number.size--;
		has_sign = true;
	}
	while (number.size && strchr(".)]-:", number.data[number.size - 1])) {
		number.size--;
		has_sign = true;
	}
	if (!has_sign || memchr(number.data, ' ', number.size))
		number.size = 0;
	return number;
}

static bool
is_decimal(struct docket_bytes number)
{
	for (size_t i = 0; i < number.size; i++)
		if (number.data[i] < '0' || number.data[i] > '9')
			return false;
	return number.size > 0;
}

static void
put_words(struct page *page, const char *words)
{
	struct docket_bytes bytes = { words, strlen(words) };

	flow_put(&page->flow, bytes, true, false);
	flow_put(&page->flow, (struct docket_bytes){ " ", 1 }, true, false);
}

/* Before the first text of an item, wherever that is put. */
static void
put_item_number(struct page *page)
{
	uint32_t index = stack_top(page)->item;
	char number[ORDINAL_LIMIT];
	char printed[ORDINAL_LIMIT + 1];

	if (!index || page->elements[index].is_used)
		return;
	page->elements[index].is_used = true;
	if (!print_item_number(page, index, number))
		return;
	snprintf(printed, sizeof(printed), "%s.", number);
	put_words(page, printed);
}

/* ---- blocks ---- */

/* A block that is to be opened. */
struct leaf {
	struct docket_block block;
	uint32_t owner;
	enum flow_breaks breaks;
	bool is_loose; /* an item without a list */
};

/* Word's paragraphs with numbers are what numbered ones are elsewhere. */
static void
make_labelled(struct page *page, struct leaf *leaf)
{
	leaf->block.number = trim_label(page->label);
	if (is_decimal(leaf->block.number) && page->label_level < 2)
		return;
	leaf->block.kind = DOCKET_BLOCK_ITEM;
	leaf->block.level = page->label_level ? page->label_level : 1;
	leaf->is_loose = true;
}

static void
make_owned(struct page *page, struct leaf *leaf, char number[ORDINAL_LIMIT])
{
	struct element *owner = &page->elements[leaf->owner];

	leaf->breaks = FLOW_BREAK_IS_LINE;
	if (leaf->block.kind == DOCKET_BLOCK_FOOTNOTE) {
		leaf->block.number = owner->number;
		return;
	}
	leaf->block.level = owner->level;
	leaf->block.number.data = number;
	leaf->block.number.size = print_item_number(page, leaf->owner, number);
}

static struct leaf
choose_leaf(struct page *page, char number[ORDINAL_LIMIT])
{
	const struct element *top = stack_top(page);
	struct leaf leaf = {
		.block.kind = (enum docket_block_kind)top->leaf,
		.owner = top->owner,
	};
	bool is_owned = leaf.block.kind == DOCKET_BLOCK_ITEM ||
			leaf.block.kind == DOCKET_BLOCK_FOOTNOTE;

	if (is_owned && page->elements[leaf.owner].is_used) {
		leaf.block.kind = DOCKET_BLOCK_PARAGRAPH;
		leaf.owner = 0;
	} else if (is_owned) {
		make_owned(page, &leaf, number);
	} else if (leaf.block.kind == DOCKET_BLOCK_HEADING) {
		leaf.block.level = top->level;
		leaf.breaks = FLOW_BREAK_IS_SPACE;
	} else if (leaf.block.kind == DOCKET_BLOCK_PARAGRAPH &&
		   page->has_note) {
		leaf.block.kind = DOCKET_BLOCK_FOOTNOTE;
		leaf.block.number = page->note_number;
	} else if (leaf.block.kind == DOCKET_BLOCK_PARAGRAPH &&
		   page->label[0]) {
		make_labelled(page, &leaf);
	}
	page->has_note = false;
	return leaf;
}

static void
open_leaf(struct page *page)
{
	const struct element *top = stack_top(page);
	const char *language = page->elements[0].language;
	char number[ORDINAL_LIMIT];
	struct leaf leaf = choose_leaf(page, number);

	if (strcmp(top->language, language) != 0)
		leaf.block.language =
			(struct docket_bytes){ top->language,
					       strlen(top->language) };
	if (leaf.is_loose)
		open_loose_list(page);
	else
		stack_end_loose_list(page);
	if (leaf.block.kind == DOCKET_BLOCK_ITEM)
		open_in_host(page, top->list, DOCKET_BLOCK_LIST);
	page->leaf_owner = leaf.owner;
	flow_open(&page->flow, &leaf.block, leaf.breaks);
	if (leaf.owner != top->item)
		page->elements[leaf.owner].is_used = true;
}

/* The number or bullet of a word processor's list, as text before it. */
static void
keep_label(struct page *page, struct docket_bytes text)
{
	struct docket_bytes label;

	if (page->label[0] || flow_is_blank(text))
		return;
	label = attribute_decode(text, page->label, sizeof(page->label) - 1);
	page->label[label.size] = '\0';
}

/* Does something begin with the text that comes, unless it is blank? */
static bool
is_first(struct page *page)
{
	uint32_t item = stack_top(page)->item;

	return !page->flow.is_open || page->label[0] ||
	       (item && !page->elements[item].is_used);
}

void
stack_put(struct page *page, struct docket_bytes text, bool is_exact)
{
	const struct element *top = stack_top(page);

	if (top->is_hidden)
		return;
	if (top->is_label) {
		keep_label(page, text);
		return;
	}
	if (is_first(page) && flow_is_blank(text)) {
		if (page->flow.is_open)
			flow_put(&page->flow, text, false, false);
		return;
	}
	if (!page->flow.is_open)
		open_leaf(page);
	if (page->label[0]) {
		if (trim_label(page->label).size)
			put_words(page, page->label);
		page->label[0] = '\0';
	}
	put_item_number(page);
	flow_put(&page->flow, text, is_exact, top->is_preserved);
}
