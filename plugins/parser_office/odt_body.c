/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt_body.c - a file of an OpenDocument text as paragraphs, lists, tables
 *
 * Owns what is open while the file is read; styles and lists that the file
 * defines before its text are filled on the way. Running out of memory ends
 * the process.
 */
#include "odt_body.h"

#include <stdlib.h>

#include "array.h"
#include "xml.h"

#define PROGRESS_STEP 1024

struct odt_styles *
odt_styles_of(void *reader)
{
	struct odt_body *body = reader;

	return body->own;
}

struct odt_lists *
odt_lists_of(void *reader)
{
	struct odt_body *body = reader;

	return body->lists;
}

/* ---- frames ---- */

struct odt_frame *
odt_body_push(struct odt_body *body)
{
	struct odt_frame *frame = array_add(&body->frames, &body->frame_count,
					    &body->frame_capacity);

	frame->list_base = body->open_count;
	return frame;
}

void
odt_body_pop(struct odt_body *body)
{
	struct odt_frame *frame = odt_body_frame(body);

	paragraph_fini(&frame->paragraph);
	text_fini(&frame->spans);
	text_fini(&frame->link);
	text_fini(&frame->list);
	body->frame_count--;
}

/* In a table, a frame or a note, lists around it do not count. */
static void
start_scope(void *reader, const struct xml_element *element)
{
	(void)element;
	odt_body_push(reader);
}

static void
end_scope(void *reader)
{
	struct odt_body *body = reader;

	if (body->frame_count > 1)
		odt_body_pop(body);
}

/* ---- lists ---- */

/* The style of the innermost open list, or of the paragraph's own style. */
static struct odt_list *
find_list(struct odt_body *body, const struct odt_frame *frame)
{
	for (size_t i = body->open_count; i > frame->list_base; i--) {
		struct text *style = &body->open_lists[i - 1].style;

		if (style->size)
			return odt_lists_find(body->lists, text_bytes(style));
	}
	return frame->has_list
		       ? odt_lists_find(body->lists, text_bytes(&frame->list))
		       : NULL;
}

static void
start_list(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;
	size_t level = body->open_count - odt_body_frame(body)->list_base;
	bool goes_on =
		xml_is(element, SPACE_TEXT, "continue-numbering", "true") ||
		xml_get(element, SPACE_TEXT, "continue-list").size;
	struct odt_open_list *open;
	struct odt_list *list;

	if (level)
		body->open_lists[body->open_count - 1].has_label = false;
	open = array_add(&body->open_lists, &body->open_count,
			 &body->open_capacity);
	text_put_bytes(&open->style,
		       xml_get(element, SPACE_TEXT, "style-name"));
	list = find_list(body, odt_body_frame(body));
	for (size_t i = level; list && !goes_on && i < LABEL_LEVELS; i++)
		list->counts.is_running[i] = false;
}

static void
end_list(void *reader)
{
	struct odt_body *body = reader;

	if (body->open_count)
		text_fini(&body->open_lists[--body->open_count].style);
}

static void
restart(struct odt_list *list, size_t level, int32_t value)
{
	if (!list || level >= LABEL_LEVELS || value <= 0)
		return;
	list->counts.values[level] = value - 1;
	list->counts.is_running[level] = true;
}

static void
start_item(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;
	const struct odt_frame *frame = odt_body_frame(body);
	size_t depth = body->open_count - frame->list_base;

	if (!depth)
		return;
	body->open_lists[body->open_count - 1].has_label = true;
	restart(find_list(body, frame), depth - 1,
		bytes_number(xml_get(element, SPACE_TEXT, "start-value"), 0));
}

static void
end_item(void *reader)
{
	struct odt_body *body = reader;

	if (body->open_count)
		body->open_lists[body->open_count - 1].has_label = false;
}

/* ---- paragraphs ---- */

static struct odt_frame *
begin_paragraph(struct odt_body *body, const struct xml_element *element)
{
	bool is_nested = odt_body_frame(body)->has_paragraph;
	struct odt_frame *frame =
		is_nested ? odt_body_push(body) : odt_body_frame(body);
	struct odt_look look =
		odt_styles_find(body->own, body->common, 'p',
				xml_get(element, SPACE_TEXT, "style-name"));

	frame->is_own = is_nested;
	frame->has_paragraph = true;
	frame->hidden = look.is_hidden;
	frame->spans.size = 0;
	frame->is_title = look.is_title;
	frame->list.size = 0;
	text_put_bytes(&frame->list, look.list);
	frame->has_list = look.has_list;
	frame->outline = 0;
	frame->is_label_barred = false;
	frame->restart = 0;
	body->hidden += look.is_hidden;
	if (look.turns_page && body->page && body->has_text && !is_nested)
		body->page++;
	if (++body->paragraphs % PROGRESS_STEP == 0)
		docket_job_progress(body->job, body->paragraphs, 0);
	return frame;
}

static void
start_paragraph(void *reader, const struct xml_element *element)
{
	begin_paragraph(reader, element);
}

static void
start_heading(void *reader, const struct xml_element *element)
{
	struct odt_frame *frame = begin_paragraph(reader, element);
	int32_t level =
		bytes_number(xml_get(element, SPACE_TEXT, "outline-level"), 1);

	frame->outline = level < 1		? 1
			 : level > LABEL_LEVELS ? LABEL_LEVELS
						: (uint32_t)level;
	frame->is_label_barred =
		xml_is(element, SPACE_TEXT, "is-list-header", "true");
	if (xml_is(element, SPACE_TEXT, "restart-numbering", "true"))
		frame->restart = bytes_number(
			xml_get(element, SPACE_TEXT, "start-value"), 1);
}

static const struct label_level *
make_label(struct odt_list *list, struct odt_frame *frame, size_t level)
{
	if (!list || level >= LABEL_LEVELS || !list->levels[level].is_set)
		return NULL;
	restart(list, level, frame->restart);
	label_count(&list->counts, list->levels, level);
	label_make(&list->counts, list->levels, level, &frame->paragraph.label);
	return list->levels;
}

/* Of the list that it is in, or, for a heading, of the outline. */
static const struct label_level *
number(struct odt_body *body, struct odt_frame *frame, size_t *out_level)
{
	struct odt_open_list *open;
	struct odt_list *outline;

	if (body->open_count > frame->list_base) {
		open = &body->open_lists[body->open_count - 1];
		*out_level = body->open_count - frame->list_base - 1;
		if (!open->has_label)
			return NULL;
		open->has_label = false;
		return make_label(find_list(body, frame), frame, *out_level);
	}
	outline = odt_lists_outline(body->lists);
	if (!frame->outline || frame->is_label_barred || frame->has_list)
		return NULL;
	*out_level = frame->outline - 1;
	return make_label(outline, frame, *out_level);
}

static void
note_title(struct odt_body *body, const struct paragraph *paragraph)
{
	if (body->flow->captured || !paragraph->text.size)
		return;
	if (body->title.size)
		text_put_string(&body->title, " ");
	paragraph_copy_text(paragraph, &body->title);
}

static void
classify(struct odt_body *body, struct odt_frame *frame)
{
	struct paragraph *paragraph = &frame->paragraph;
	size_t level = 0;
	const struct label_level *levels = number(body, frame, &level);

	if (frame->is_title)
		note_title(body, paragraph);
	if (body->contents) {
		paragraph->kind = DOCKET_BLOCK_LINE;
	} else if (frame->outline || frame->is_title) {
		paragraph->kind = DOCKET_BLOCK_HEADING;
		paragraph->level = frame->outline ? frame->outline : 1;
	} else if (levels && paragraph->label.text.size &&
		   !label_is_paragraph(levels, level)) {
		paragraph->kind = DOCKET_BLOCK_ITEM;
		paragraph->level = (uint32_t)level + 1;
	}
}

static void
end_paragraph(void *reader)
{
	struct odt_body *body = reader;
	struct odt_frame *frame = odt_body_frame(body);

	if (!frame->has_paragraph)
		return;
	odt_text_end_link(frame);
	classify(body, frame);
	flow_put(body->flow, &frame->paragraph);
	frame->has_paragraph = false;
	if (frame->is_own)
		odt_body_pop(body);
}

/* ---- tables ---- */

static void
start_table(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	start_scope(reader, element);
	flow_open(body->flow, DOCKET_BLOCK_TABLE);
}

static void
end_table(void *reader)
{
	struct odt_body *body = reader;

	flow_close(body->flow, 0);
	end_scope(reader);
}

static void
start_row(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	(void)element;
	flow_open(body->flow, DOCKET_BLOCK_ROW);
}

static void
end_row(void *reader)
{
	struct odt_body *body = reader;

	flow_close(body->flow, 0);
}

static void
start_cell(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	(void)element;
	flow_open(body->flow, DOCKET_BLOCK_CELL);
}

static void
end_cell(void *reader)
{
	struct odt_body *body = reader;

	flow_close(body->flow, 0);
}

/* ---- contents, sections, heads ---- */

static void
start_contents(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	(void)element;
	body->contents++;
}

static void
end_contents(void *reader)
{
	struct odt_body *body = reader;

	body->contents--;
}

static void
start_section(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	if (!xml_is(element, SPACE_TEXT, "display", "none"))
		return;
	body->hidden++;
	xml_skip(element);
}

static void
capture_head(struct odt_body *body, const struct xml_element *element,
	     size_t which)
{
	if (!body->heads[which] ||
	    xml_is(element, SPACE_STYLE, "display", "false")) {
		xml_skip(element);
		return;
	}
	body->flow->captured = body->heads[which];
	odt_body_push(body);
	body->is_head = true;
}

static void
start_header(void *reader, const struct xml_element *element)
{
	capture_head(reader, element, 0);
}

static void
start_footer(void *reader, const struct xml_element *element)
{
	capture_head(reader, element, 1);
}

static void
end_head(void *reader)
{
	struct odt_body *body = reader;

	if (!body->is_head)
		return;
	body->is_head = false;
	end_scope(reader);
}

#define CONTENTS(name)                                                \
	{                                                             \
		SPACE_TEXT, name, start_contents, end_contents, false \
	}
#define HEAD(name, start)                                 \
	{                                                 \
		SPACE_STYLE, name, start, end_head, false \
	}

static const struct xml_rule body_rules[] = {
	{ SPACE_TEXT, "p", start_paragraph, end_paragraph, false },
	{ SPACE_TEXT, "h", start_heading, end_paragraph, false },
	{ SPACE_TEXT, "list", start_list, end_list, false },
	{ SPACE_TEXT, "list-item", start_item, end_item, false },
	{ SPACE_TABLE, "table", start_table, end_table, false },
	{ SPACE_TABLE, "table-row", start_row, end_row, false },
	{ SPACE_TABLE, "table-cell", start_cell, end_cell, false },
	{ SPACE_TABLE, "covered-table-cell", start_cell, end_cell, false },
	{ SPACE_DRAW, "text-box", start_scope, end_scope, false },
	{ SPACE_TEXT, "section", .start = start_section },
	CONTENTS("table-of-content"),
	CONTENTS("illustration-index"),
	CONTENTS("table-index"),
	CONTENTS("object-index"),
	CONTENTS("user-index"),
	CONTENTS("alphabetical-index"),
	HEAD("header", start_header),
	HEAD("header-first", start_header),
	HEAD("header-left", start_header),
	HEAD("footer", start_footer),
	HEAD("footer-first", start_footer),
	HEAD("footer-left", start_footer),
	{ SPACE_OFFICE, "meta", .is_skipped = true },
	{ SPACE_DRAW, "object", .is_skipped = true },
};

#define BODY_RULES (sizeof(body_rules) / sizeof(body_rules[0]))

static void
clear(struct odt_body *body)
{
	while (body->frame_count)
		odt_body_pop(body);
	while (body->open_count)
		text_fini(&body->open_lists[--body->open_count].style);
	free(body->frames);
	free(body->open_lists);
	body->frames = NULL;
	body->frame_capacity = 0;
	body->open_lists = NULL;
	body->open_capacity = 0;
	text_fini(&body->note.citation);
	text_fini(&body->note.body);
	body->note = (struct odt_note){ 0 };
}

static const struct xml_grammar grammar = {
	.tables = { { body_rules, BODY_RULES },
		    { odt_text_rules, ODT_TEXT_RULES },
		    { odt_list_rules, ODT_LIST_RULES },
		    { odt_style_rules, ODT_STYLE_RULES } },
	.text = odt_text_put,
};

bool
odt_body_read(struct odt_body *body, struct docket_bytes part, const char *name,
	      struct refusal *refusal)
{
	struct flow *flow = body->flow;
	bool is_good;

	odt_body_push(body);
	is_good = xml_read(part, name, &grammar, body, refusal);
	body->flow = flow;
	if (is_good)
		flow_settle(flow);
	clear(body);
	return is_good;
}
