/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_run.c - what stands within paragraphs of a Word document
 *
 * Text, breaks, signs and the marks of notes, into the paragraph that is open.
 * Running out of memory ends the process.
 */
#include "word_body.h"

#include <stdlib.h>

#include "array.h"

/* ---- text ---- */

/* May what comes now be put? What is hidden is counted. */
static bool
is_shown(struct word_body *body)
{
	const struct word_frame *frame = word_body_frame(body);

	if (!word_field_is_shown(body))
		return false;
	if (frame->run.is_hidden)
		body->word->hidden++;
	return !frame->run.is_hidden;
}

static void
begin_text(struct word_body *body)
{
	struct paragraph *paragraph = &word_body_frame(body)->paragraph;

	if (!paragraph->page)
		paragraph->page = body->page;
	body->has_turned = false;
}

/* A note is put once, however often it is cited. */
static void
put_note(struct word_body *body, struct text *note, struct docket_bytes mark,
	 bool is_own)
{
	if (note)
		flow_put_note(body->flow, mark, note, is_own);
}

/* A mark that the writer chose is the text that follows. */
static void
put_own_mark(struct word_body *body, struct docket_bytes mark)
{
	struct paragraph *paragraph = &word_body_frame(body)->paragraph;
	size_t start = paragraph->text.size;

	paragraph_put(paragraph, mark);
	paragraph_mark(paragraph, DOCKET_MARK_NOTE, start, mark);
	put_note(body, body->marked_note, mark, true);
	body->marked_note = NULL;
}

static void
put(struct word_body *body, struct docket_bytes text)
{
	struct word_frame *frame = word_body_frame(body);
	struct text signs = { 0 };

	if (!is_shown(body))
		return;
	begin_text(body);
	if (body->marked_note && text.size && text.data[0] != ' ') {
		put_own_mark(body, text);
		return;
	}
	if (frame->run.font == SYMBOL_NONE) {
		paragraph_put(&frame->paragraph, text);
		return;
	}
	body->word->signs += symbol_put_all(&signs, text, frame->run.font);
	paragraph_put(&frame->paragraph, text_bytes(&signs));
	text_fini(&signs);
}

void
word_run_text(void *reader, struct docket_bytes text)
{
	struct word_body *body = reader;

	if (body->in_text)
		put(body, text);
	else if (body->in_code)
		word_field_put_code(body, text);
}

static void
start_text(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	body->in_text = true;
}

static void
end_text(void *reader)
{
	struct word_body *body = reader;

	body->in_text = false;
}

static void
start_code(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	body->in_code = true;
}

static void
end_code(void *reader)
{
	struct word_body *body = reader;

	body->in_code = false;
}

/* ---- runs ---- */

static void
start_run(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_frame *frame = word_body_frame(body);

	(void)element;
	frame->run = (struct word_run){
		.is_hidden = frame->style.is_hidden == 1,
		.is_inside = true,
	};
}

static void
end_run(void *reader)
{
	struct word_body *body = reader;

	word_body_frame(body)->run = (struct word_run){ 0 };
}

static void
start_run_style(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_frame *frame = word_body_frame(body);
	struct word_style style = word_styles_find(
		&body->word->styles, xml_get(element, SPACE_W, "val"));

	if (frame->run.is_inside && style.is_hidden != WORD_UNSET)
		frame->run.is_hidden = style.is_hidden == 1;
}

static void
start_fonts(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_frame *frame = word_body_frame(body);

	if (frame->run.is_inside && !frame->in_properties)
		frame->run.font =
			symbol_font_of(xml_get(element, SPACE_W, "ascii"));
}

static void
start_space(void *reader, const struct xml_element *element)
{
	(void)element;
	put(reader, bytes_from(" "));
}

static void
start_hyphen(void *reader, const struct xml_element *element)
{
	(void)element;
	put(reader, bytes_from("\xe2\x80\x91"));
}

static void
start_sign(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct docket_bytes place = xml_get(element, SPACE_W, "char");
	enum symbol_font font =
		symbol_font_of(xml_get(element, SPACE_W, "font"));
	char digits[9] = { 0 };

	if (!place.size || place.size >= sizeof(digits) || !is_shown(body))
		return;
	memcpy(digits, place.data, place.size);
	begin_text(body);
	if (!symbol_put(&word_body_frame(body)->paragraph.text,
			(uint32_t)strtoul(digits, NULL, 16), font))
		body->word->signs++;
}

/* ---- breaks ---- */

static void
turn_page(struct word_body *body, bool is_explicit)
{
	if (body->page && (is_explicit || !body->has_turned))
		body->page++;
	body->has_turned = is_explicit;
}

static void
start_break(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	if (!word_field_is_shown(body))
		return;
	if (xml_is(element, SPACE_W, "type", "page"))
		turn_page(body, true);
	if (!word_body_frame(body)->run.is_hidden)
		paragraph_put_break(&word_body_frame(body)->paragraph);
}

/* Word writes where its pages ended; also behind breaks that are breaks. */
static void
start_rendered_break(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	turn_page(body, false);
}

/* ---- notes ---- */

static void
cite(struct word_body *body, struct word_notes *notes,
     const struct xml_element *element)
{
	uint32_t place =
		names_find(&notes->ids, xml_get(element, SPACE_W, "id"));
	struct text *note = place == NAMES_NONE ? NULL : &notes->bodies[place];
	struct docket_bytes own =
		xml_get(element, SPACE_W, "customMarkFollows");
	struct text number = { 0 };

	if (body->notes || !is_shown(body))
		return;
	begin_text(body);
	if (own.size && (own.data[0] == '1' || own.data[0] == 't')) {
		body->marked_note = note;
		return;
	}
	numerals_put(&number, notes->numerals, (uint32_t)notes->next++);
	paragraph_put_note(&word_body_frame(body)->paragraph,
			   text_bytes(&number));
	put_note(body, note, text_bytes(&number), false);
	text_fini(&number);
}

static void
start_footnote_mark(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	cite(body, &body->word->footnotes, element);
}

static void
start_endnote_mark(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	cite(body, &body->word->endnotes, element);
}

/* ---- paragraphs ---- */

void
word_run_end_paragraph(struct word_body *body)
{
	if (body->marked_note) /* its mark is no text */
		put_own_mark(body, bytes_from("*"));
	word_field_end_paragraph(body);
}

const struct xml_rule word_run_rules[WORD_RUN_RULES] = {
	{ SPACE_W, "r", start_run, end_run, false },
	{ SPACE_W, "t", start_text, end_text, false },
	{ SPACE_M, "t", start_text, end_text, false },
	{ SPACE_W, "instrText", start_code, end_code, false },
	{ SPACE_W, "rStyle", .start = start_run_style },
	{ SPACE_W, "rFonts", .start = start_fonts },
	{ SPACE_W, "tab", .start = start_space },
	{ SPACE_W, "ptab", .start = start_space },
	{ SPACE_W, "cr", .start = start_break },
	{ SPACE_W, "br", .start = start_break },
	{ SPACE_W, "lastRenderedPageBreak", .start = start_rendered_break },
	{ SPACE_W, "noBreakHyphen", .start = start_hyphen },
	{ SPACE_W, "sym", .start = start_sign },
	{ SPACE_W, "footnoteReference", .start = start_footnote_mark },
	{ SPACE_W, "endnoteReference", .start = start_endnote_mark },
	{ SPACE_W, "rt", .is_skipped = true }, /* of ruby */
};
