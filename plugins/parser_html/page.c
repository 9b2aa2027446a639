/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page.c - tokens into the blocks of a record
 *
 * Owns the open elements and the open block. Each tag first ends what cannot go
 * on around it (tag.c), then tells what text in it is. Running out of memory
 * ends the process.
 */
#include "page.h"

#include <stdlib.h>
#include <string.h>

#include "attribute.h"
#include "head.h"
#include "stack.h"

/* ---- tables ---- */

static void
begin_table(struct page *page, struct element *element, unsigned flags)
{
	stack_part(page);
	element->table = 0;
	if (flags & TOKEN_IS_LAYOUT || element->is_in_cell ||
	    element->is_hidden || element->leaf == DOCKET_BLOCK_LINE)
		return;
	flow_close(&page->flow);
	element->table = (uint32_t)page->depth - 1;
	element->leaf = DOCKET_BLOCK_PARAGRAPH;
	element->owner = element->item = 0;
}

/* The row that the next cell stands in; 0: there is none. */
static uint32_t
find_row(const struct page *page)
{
	for (size_t i = page->depth - 1; i > 0; i--) {
		uint32_t traits = tags[page->elements[i].tag].traits;

		if (traits & TAG_IS_ROW)
			return (uint32_t)i;
		if (traits & TAG_IS_TABLE)
			break;
	}
	return 0;
}

static void
begin_cell(struct page *page, struct element *element)
{
	const struct docket_block cell = { .kind = DOCKET_BLOCK_CELL };

	if (!element->table || element->is_in_cell) {
		stack_part(page);
		return;
	}
	flow_close(&page->flow);
	stack_open_table(page, find_row(page));
	if (element->tag == TAG_CAPTION)
		return;
	element->leaf = DOCKET_BLOCK_CELL;
	element->owner = (uint32_t)page->depth - 1;
	element->is_in_cell = true;
	page->leaf_owner = element->owner;
	page->label[0] = '\0';
	flow_open(&page->flow, &cell, FLOW_BREAK_IS_LINE);
}

/* A cell that no row was opened for. */
static void
ensure_row(struct page *page, enum tag tag)
{
	if (tag != TAG_CAPTION && !find_row(page))
		stack_push(page, TAG_TR);
}

/* ---- other elements ---- */

static void
begin_heading(struct page *page, struct element *element, unsigned level)
{
	stack_part(page);
	if (element->is_in_cell ||
	    (element->is_aside && !page->open[TAG_HEADER]))
		return;
	element->leaf = DOCKET_BLOCK_HEADING;
	element->level = (uint8_t)level;
	element->owner = (uint32_t)page->depth - 1;
}

static unsigned
heading_level(enum tag tag, const struct hints *hints)
{
	if (hints->heading && tag != TAG_SPAN)
		return hints->heading;
	if (tags[tag].traits & TAG_IS_HEADING)
		return (unsigned)(tag - TAG_H1) + 1;
	return 0;
}

/* Beside the document: navigation always, the rest where it frames the page. */
static void
begin_region(struct page *page, struct element *element,
	     const struct hints *hints)
{
	uint32_t traits = tags[element->tag].traits;
	bool is_anywhere = element->tag == TAG_NAV ||
			   element->tag == TAG_SEARCH ||
			   element->tag == TAG_NOSCRIPT;

	if (traits & TAG_IS_ARTICLE || hints->is_main) {
		element->is_article = true;
		if (element->is_aside && element->leaf == DOCKET_BLOCK_LINE)
			element->leaf = DOCKET_BLOCK_PARAGRAPH;
		element->is_aside = false;
		return;
	}
	if (!(traits & TAG_IS_ASIDE) && !hints->is_aside)
		return;
	if ((element->is_article && !is_anywhere) || element->is_in_cell)
		return;
	flow_close(&page->flow);
	element->is_aside = true;
	element->leaf = DOCKET_BLOCK_LINE;
	element->owner = element->item = element->list = element->table = 0;
}

static void
begin_note(struct page *page, struct element *element)
{
	struct docket_bytes number = page->note_number;

	if (!page->has_note || element->is_in_cell ||
	    !(tags[element->tag].traits & TAG_IS_BLOCK) ||
	    tags[element->tag].traits & (TAG_IS_LIST | TAG_IS_TABLE))
		return;
	flow_close(&page->flow);
	element->leaf = DOCKET_BLOCK_FOOTNOTE;
	element->owner = (uint32_t)page->depth - 1;
	element->number = number;
	page->has_note = false;
}

static void
apply_hints(struct element *element, const struct hints *hints)
{
	char language[LANGUAGE_SIZE];

	element->is_hidden |= hints->is_hidden;
	element->is_label |= hints->is_label;
	if (!hints->language.size ||
	    !(tags[element->tag].traits & TAG_IS_BLOCK))
		return;
	head_read_language(hints->language, language);
	if (language[0])
		memcpy(element->language, language, sizeof(language));
}

/* What text in the new element is. */
static void
begin_element(struct page *page, struct element *element, size_t index,
	      const struct hints *hints)
{
	uint32_t traits = tags[element->tag].traits;
	unsigned level = heading_level((enum tag)element->tag, hints);

	apply_hints(element, hints);
	element->is_hidden |= (traits & TAG_IS_HIDDEN) != 0 ||
			      (element->tag == TAG_DIALOG && !hints->is_open);
	element->is_preserved |= (traits & TAG_IS_PRESERVED) != 0;
	begin_region(page, element, hints);
	if (traits & TAG_IS_LIST)
		stack_begin_list(page, element, index, hints);
	else if (traits & (TAG_IS_ITEM | TAG_IS_TERM))
		stack_begin_item(page, element, hints);
	else if (traits & TAG_IS_TABLE)
		begin_table(page, element, page->tokens->items[index].flags);
	else if (traits & TAG_IS_CELL)
		begin_cell(page, element);
	else if (level)
		begin_heading(page, element, level);
	if (traits & TAG_IS_PARAGRAPH)
		page->label_level = hints->level;
	begin_note(page, element);
}

/* ---- tags that are no elements of their own ---- */

static void
open_link(struct page *page, size_t index, const struct hints *hints)
{
	static const struct docket_bytes nothing;
	const struct note *marks = page->notes->marks;
	struct docket_bytes href = hints->href;

	if (page->tokens->items[index].flags & TOKEN_IS_MARK) {
		while (marks[page->next_mark].token < index)
			page->next_mark++;
		flow_begin_mark(&page->flow, DOCKET_MARK_NOTE,
				marks[page->next_mark].number, nothing);
		return;
	}
	if (!href.size || href.data[0] == '#' ||
	    (href.size > 11 &&
	     attribute_has((struct docket_bytes){ href.data, 11 },
			   "javascript:")))
		return;
	flow_begin_mark(&page->flow, DOCKET_MARK_LINK, nothing, href);
}

static void
put_document_language(struct page *page, const struct hints *hints)
{
	char *language = page->elements[0].language;
	struct docket_bytes value = { language, 0 };

	if (language[0] || !hints->language.size || page->depth > 1)
		return;
	head_read_language(hints->language, language);
	value.size = strlen(language);
	if (value.size)
		docket_put_field(page->job, DOCKET_FIELD_LANGUAGE, value);
}

/* Returns how many further tokens were taken. */
static size_t
open_title(struct page *page, size_t index)
{
	const struct tokens *tokens = page->tokens;
	const struct token *text = &tokens->items[index] + 1;

	if (index + 2 >= tokens->count || text->kind != TOKEN_TEXT ||
	    text[1].kind != TOKEN_CLOSE || text[1].tag != TAG_TITLE)
		return 0;
	if (!page->has_title && !page->open[TAG_SVG])
		page->has_title =
			head_put_title(page->job, token_bytes(tokens, text));
	return 2;
}

/* What has no content: true if this was one of them. */
static bool
open_void(struct page *page, const struct token *token)
{
	struct docket_bytes tag = token_bytes(page->tokens, token);

	if (!(tags[token->tag].traits & TAG_IS_VOID))
		return false;
	if (token->tag == TAG_META)
		head_put_meta(page->job, tag);
	else if (token->tag == TAG_LINK)
		head_put_link(page->job, tag);
	else if (token->tag == TAG_BR && !stack_top(page)->is_hidden)
		flow_break_line(&page->flow);
	else if (token->tag == TAG_HR)
		stack_break(page);
	return true;
}

/* ---- all tags ---- */

/* What cannot be open around the new element ends. */
static void
end_before(struct page *page, enum tag tag)
{
	uint32_t innermost = tags[stack_top(page)->tag].traits;

	if (tag == TAG_TABLE &&
	    innermost & (TAG_IS_TABLE | TAG_IS_ROWS | TAG_IS_ROW))
		stack_end(page, TAG_IS_TABLE, TAG_IS_TABLE);
	if (tag == TAG_A && page->open[TAG_A])
		stack_close(page, TAG_A);
	/* Most tags only close a paragraph, and mostly there is none. */
	if (tags[tag].closes != TAG_IS_PARAGRAPH || page->open[TAG_P])
		stack_end(page, tags[tag].closes, tags[tag].within);
	if (tags[tag].traits & TAG_IS_BLOCK)
		stack_break(page);
}

static void
open_element(struct page *page, size_t index)
{
	const struct token *token = &page->tokens->items[index];
	enum tag tag = (enum tag)token->tag;
	struct element *element;
	struct hints hints = { 0 };

	if (token->size)
		hints_read(page->tokens, token, &hints);
	if (tag == TAG_HTML || tag == TAG_BODY)
		put_document_language(page, &hints);
	if (tag == TAG_HTML || tag == TAG_BODY || tag == TAG_HEAD)
		return;
	if (tag == TAG_TD || tag == TAG_TH || tag == TAG_CAPTION)
		ensure_row(page, tag);
	element = stack_push(page, tag);
	if (!element)
		return;
	begin_element(page, element, index, &hints);
	if (tag == TAG_A)
		open_link(page, index, &hints);
	else if (tag == TAG_Q)
		stack_put(page, STACK_QUOTE_OPEN, true);
	if (token->flags & TOKEN_IS_CLOSED)
		stack_pop(page);
}

static bool
is_in_table(enum tag tag)
{
	return tags[tag].traits & (TAG_IS_CELL | TAG_IS_ROW | TAG_IS_ROWS);
}

/* Returns how many further tokens were taken. */
static size_t
open_tag(struct page *page, size_t index)
{
	const struct token *token = &page->tokens->items[index];
	enum tag tag = (enum tag)token->tag;

	if (tag == TAG_TITLE)
		return open_title(page, index);
	if (tags[tag].traits & TAG_IS_RAW)
		return 0;
	end_before(page, tag);
	if (open_void(page, token))
		return 0;
	if (is_in_table(tag) && !page->open[TAG_TABLE])
		stack_part(page);
	else
		open_element(page, index);
	return 0;
}

/* A footnote begins at the token: in its element, or with the next text. */
static void
meet_note(struct page *page, size_t index)
{
	const struct note *feet = page->notes->feet;

	stack_part(page);
	while (feet[page->next_foot].token < index)
		page->next_foot++;
	page->note_number = feet[page->next_foot].number;
	page->has_note = true;
}

static size_t
put_token(struct page *page, size_t index)
{
	const struct token *token = &page->tokens->items[index];

	if (token->flags & TOKEN_IS_NOTE)
		meet_note(page, index);
	switch ((enum token_kind)token->kind) {
	case TOKEN_TEXT:
		stack_put(page, token_bytes(page->tokens, token),
			  token->flags & TOKEN_IS_EXACT);
		break;
	case TOKEN_OPEN:
		return open_tag(page, index);
	case TOKEN_CLOSE:
		stack_close(page, (enum tag)token->tag);
		break;
	}
	return 0;
}

static void
put_warning(struct page *page, const char *sentence)
{
	docket_put_field(page->job, DOCKET_FIELD_WARNING,
			 (struct docket_bytes){ sentence, strlen(sentence) });
}

void
page_put(struct docket_job *job, const struct tokens *tokens,
	 const struct notes *notes)
{
	struct page *page = calloc(1, sizeof(*page));

	if (!page)
		abort();
	page->job = page->flow.job = job;
	page->tokens = tokens;
	page->notes = notes;
	page->depth = 1;
	for (size_t i = 0; i < tokens->count; i++)
		i += put_token(page, i);
	while (page->depth > 1)
		stack_pop(page);
	flow_close(&page->flow);
	stack_end_loose_list(page);
	if (page->is_too_deep)
		put_warning(page, "Elements that nest deeper than 512 were "
				  "taken as if they were not there.");
	if (!page->flow.has_text)
		put_warning(page, "There is no text in it.");
	flow_fini(&page->flow);
	free(page);
}
