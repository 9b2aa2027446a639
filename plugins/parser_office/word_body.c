/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_body.c - a part of a Word document as paragraphs and notes
 *
 * Owns what is open while the part is read. What is a heading, an item or a
 * numbered paragraph is decided here, at the end of each paragraph. Running
 * out of memory ends the process.
 */
#include "word_body.h"

#include <stdlib.h>

#include "array.h"

#define PROGRESS_STEP 1024

static struct docket_bytes
get_value(const struct xml_element *element)
{
	return xml_get(element, SPACE_W, "val");
}

/* ---- paragraphs ---- */

static void
start_paragraph(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_frame *frame = word_body_frame(body);

	(void)element;
	frame->style = word_styles_normal(&body->word->styles);
	frame->own = word_styles_unset();
	frame->style_id.size = 0;
	frame->is_merged = false;
	frame->is_mark_hidden = false;
	frame->is_contents = word_field_is_contents(body);
	frame->run = (struct word_run){ 0 };
	if (++body->paragraphs % PROGRESS_STEP == 0)
		docket_job_progress(body->word->job, body->paragraphs, 0);
}

static const struct label_level *
number(struct word_body *body, struct word_frame *frame,
       const struct word_style *style, uint32_t *out_level)
{
	struct word_numbering *numbering = &body->word->numbering;
	int32_t level = style->level;

	if (style->numbering <= 0 ||
	    (frame->is_mark_hidden && paragraph_is_empty(&frame->paragraph)))
		return NULL;
	if (level == WORD_UNSET)
		level = (int32_t)word_numbering_level(
			numbering, style->numbering,
			text_bytes(&frame->style_id));
	*out_level = (uint32_t)level;
	return word_numbering_next(numbering, style->numbering, *out_level,
				   &frame->paragraph.label);
}

static void
note_title(struct word_body *body, const struct paragraph *paragraph)
{
	struct text *title = &body->word->title;

	if (body->flow->captured || !paragraph->text.size)
		return;
	if (title->size)
		text_put_string(title, " ");
	paragraph_copy_text(paragraph, title);
}

static void
classify(struct word_body *body, struct word_frame *frame)
{
	struct paragraph *paragraph = &frame->paragraph;
	struct word_style style = frame->own;
	const struct label_level *levels;
	uint32_t level = 0;
	int32_t outline;

	word_styles_inherit(&style, &frame->style);
	levels = number(body, frame, &style, &level);
	outline = style.outline;
	if (style.is_title == 1) {
		note_title(body, paragraph);
		if (outline == WORD_UNSET)
			outline = 0;
	}
	if (outline >= 0 && outline < WORD_LEVELS) {
		paragraph->kind = DOCKET_BLOCK_HEADING;
		paragraph->level = (uint32_t)outline + 1;
	} else if (frame->is_contents || style.is_contents == 1) {
		paragraph->kind = DOCKET_BLOCK_LINE;
	} else if (levels && paragraph->label.text.size &&
		   !label_is_paragraph(levels, level)) {
		paragraph->kind = DOCKET_BLOCK_ITEM;
		paragraph->level = level + 1;
	}
}

static void
finish_paragraph(struct word_body *body)
{
	struct word_frame *frame = word_body_frame(body);

	frame->is_merged = false;
	classify(body, frame);
	flow_put(body->flow, &frame->paragraph);
}

void
word_body_finish_merged(struct word_body *body)
{
	if (word_body_frame(body)->is_merged)
		finish_paragraph(body);
}

static void
end_paragraph(void *reader)
{
	struct word_body *body = reader;

	word_run_end_paragraph(body);
	if (!word_body_frame(body)->is_merged)
		finish_paragraph(body);
}

static void
start_properties(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	word_body_frame(body)->in_properties = true;
}

static void
end_properties(void *reader)
{
	struct word_body *body = reader;

	word_body_frame(body)->in_properties = false;
}

static void
start_style(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_frame *frame = word_body_frame(body);
	struct docket_bytes id = get_value(element);

	frame->style = word_styles_find(&body->word->styles, id);
	frame->style_id.size = 0;
	text_put_bytes(&frame->style_id, id);
}

static void
start_level(void *reader, const struct xml_element *element)
{
	word_body_frame(reader)->own.level =
		bytes_number(get_value(element), WORD_UNSET);
}

static void
start_numbering(void *reader, const struct xml_element *element)
{
	word_body_frame(reader)->own.numbering =
		bytes_number(get_value(element), WORD_UNSET);
}

static void
start_outline(void *reader, const struct xml_element *element)
{
	word_body_frame(reader)->own.outline =
		bytes_number(get_value(element), WORD_UNSET);
}

static void
start_hidden(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_frame *frame = word_body_frame(body);
	bool is_hidden = xml_is_on(element, SPACE_W);

	if (frame->in_properties)
		frame->is_mark_hidden = is_hidden;
	else if (frame->run.is_inside)
		frame->run.is_hidden = is_hidden;
}

/* ---- changes that are tracked ---- */

/* Of a row, of the mark that ends a paragraph, or of text. */
static void
start_deletion(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_frame *frame = word_body_frame(body);

	body->word->deleted++;
	if (body->in_row_properties && body->row_count)
		body->rows[body->row_count - 1].is_deleted = true;
	else if (frame->in_properties)
		frame->is_merged = true;
	else
		xml_skip(element);
}

/* ---- text boxes ---- */

static void
push_frame(struct word_body *body)
{
	struct word_frame *frame = array_add(&body->frames, &body->frame_count,
					     &body->frame_capacity);

	frame->style = word_styles_normal(&body->word->styles);
}

static void
pop_frame(struct word_body *body)
{
	struct word_frame *frame = word_body_frame(body);

	paragraph_fini(&frame->paragraph);
	text_fini(&frame->style_id);
	body->frame_count--;
}

static void
start_box(void *reader, const struct xml_element *element)
{
	(void)element;
	push_frame(reader);
}

static void
end_box(void *reader)
{
	struct word_body *body = reader;

	word_body_finish_merged(body);
	if (body->frame_count > 1)
		pop_frame(body);
}

/* ---- one of several ---- */

static void
start_alternatives(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	text_put_string(&body->choices, "-");
}

static void
end_alternatives(void *reader)
{
	struct word_body *body = reader;

	if (body->choices.size)
		body->choices.size--;
}

/* The first one is taken. */
static void
start_alternative(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	size_t size = body->choices.size;

	if (!size)
		return;
	if (body->choices.data[size - 1] == 't')
		xml_skip(element);
	body->choices.data[size - 1] = 't';
}

/* ---- content controls ---- */

static void
start_control(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	text_put_string(&body->controls, "-");
}

static void
end_control(void *reader)
{
	struct word_body *body = reader;
	struct text *controls = &body->controls;

	if (controls->size && controls->data[--controls->size] == 'c')
		body->contents--;
}

static void
start_gallery(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct text *controls = &body->controls;

	if (!controls->size || controls->data[controls->size - 1] == 'c' ||
	    !xml_is(element, SPACE_W, "val", "Table of Contents"))
		return;
	controls->data[controls->size - 1] = 'c';
	body->contents++;
}

/* ---- notes, and other files ---- */

static void
start_note(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct docket_bytes type = xml_get(element, SPACE_W, "type");

	if (!body->notes || (type.size && !bytes_are(type, "normal"))) {
		xml_skip(element);
		return;
	}
	names_put(&body->notes->ids, xml_get(element, SPACE_W, "id"),
		  (uint32_t)body->notes->count);
	text_fini(&body->note);
	body->flow->captured = &body->note;
	body->in_note = true;
}

static void
end_note(void *reader)
{
	struct word_body *body = reader;
	struct word_notes *notes = body->notes;

	if (!body->in_note)
		return;
	body->in_note = false;
	word_body_finish_merged(body);
	if (body->note.size)
		body->note.size--; /* the line's end */
	*array_add(&notes->bodies, &notes->count, &notes->capacity) =
		body->note;
	body->note = (struct text){ 0 };
}

static void
start_inclusion(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	body->word->inclusions++;
}

static const struct xml_rule rules[] = {
	{ SPACE_W, "p", start_paragraph, end_paragraph, false },
	{ SPACE_W, "pPr", start_properties, end_properties, false },
	{ SPACE_W, "pStyle", .start = start_style },
	{ SPACE_W, "ilvl", .start = start_level },
	{ SPACE_W, "numId", .start = start_numbering },
	{ SPACE_W, "outlineLvl", .start = start_outline },
	{ SPACE_W, "vanish", .start = start_hidden },
	{ SPACE_W, "del", .start = start_deletion },
	{ SPACE_W, "moveFrom", .start = start_deletion },
	{ SPACE_W, "txbxContent", start_box, end_box, false },
	{ SPACE_MC, "AlternateContent", start_alternatives, end_alternatives,
	  false },
	{ SPACE_MC, "Choice", .start = start_alternative },
	{ SPACE_MC, "Fallback", .start = start_alternative },
	{ SPACE_W, "sdt", start_control, end_control, false },
	{ SPACE_W, "docPartGallery", .start = start_gallery },
	{ SPACE_W, "footnote", start_note, end_note, false },
	{ SPACE_W, "endnote", start_note, end_note, false },
	{ SPACE_W, "altChunk", .start = start_inclusion },
	/* What was so before a change, and what says nothing of the text. */
	{ SPACE_W, "pPrChange", .is_skipped = true },
	{ SPACE_W, "rPrChange", .is_skipped = true },
	{ SPACE_W, "numberingChange", .is_skipped = true },
	{ SPACE_W, "sectPr", .is_skipped = true },
	{ SPACE_W, "tabs", .is_skipped = true },
};

static const struct xml_grammar grammar = {
	.tables = { { rules, sizeof(rules) / sizeof(rules[0]) },
		    { word_run_rules, WORD_RUN_RULES },
		    { word_field_rules, WORD_FIELD_RULES },
		    { word_table_rules, WORD_TABLE_RULES } },
	.text = word_run_text,
};

static void
clear(struct word_body *body)
{
	while (body->frame_count)
		pop_frame(body);
	free(body->frames);
	free(body->rows);
	free(body->cells);
	for (size_t i = 0; i < WORD_FIELDS; i++)
		text_fini(&body->fields[i].code);
	text_fini(&body->controls);
	text_fini(&body->choices);
	text_fini(&body->link);
	text_fini(&body->note);
	relations_fini(&body->relations);
}

bool
word_body_read(struct word *word, struct docket_bytes part_name,
	       struct flow *flow, struct word_notes *notes)
{
	struct docket_bytes part = package_find(word->package, part_name);
	struct word_body body = {
		.word = word,
		.flow = flow,
		.notes = notes,
		.is_head = flow->captured && !notes,
		.page = word->has_pages && !flow->captured,
	};
	bool is_good = relations_read(&body.relations, word->package, part_name,
				      word->refusal);

	push_frame(&body);
	is_good = is_good &&
		  xml_read(part, "of the text", &grammar, &body, word->refusal);
	if (is_good) {
		while (body.frame_count > 1)
			pop_frame(&body);
		word_body_finish_merged(&body);
		flow_settle(flow);
	}
	clear(&body);
	return is_good;
}
