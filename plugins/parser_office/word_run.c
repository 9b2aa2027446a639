/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_run.c - what stands within paragraphs of a Word document
 *
 * Text, breaks, signs, fields, links and the marks of notes, into the paragraph
 * that is open. Of a field the result is text and its code is not, but for the
 * address of a link. Running out of memory ends the process.
 */
#include "word_body.h"

#include <stdlib.h>

#include "array.h"

#define CODE_LIMIT 4096

/* ---- text ---- */

static bool
is_in_result(const struct word_body *body)
{
	for (size_t i = 0; i < body->field_count; i++) {
		const struct word_field *field = &body->fields[i];

		if (!field->has_result ||
		    (field->kind == FIELD_PAGE && body->is_head))
			return false;
	}
	return true;
}

/* May what comes now be put? What is hidden is counted. */
static bool
is_shown(struct word_body *body)
{
	const struct word_frame *frame = word_body_frame(body);

	if (!is_in_result(body))
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
	struct word_field *field;

	if (body->in_text) {
		put(body, text);
	} else if (body->in_code && body->field_count) {
		field = &body->fields[body->field_count - 1];
		if (!field->has_result &&
		    field->code.size + text.size <= CODE_LIMIT)
			text_put_bytes(&field->code, text);
	}
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

	if (!is_in_result(body))
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

/* ---- links ---- */

static void
end_link(struct word_body *body, size_t start, struct docket_bytes address)
{
	if (address.size)
		paragraph_mark(&word_body_frame(body)->paragraph,
			       DOCKET_MARK_LINK, start, address);
}

static void
start_hyperlink(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	const struct relation *relation = relations_find(
		&body->relations, xml_get(element, SPACE_R, "id"));

	body->link.size = 0;
	body->link_start = word_body_frame(body)->paragraph.text.size;
	if (relation && relation->is_external)
		text_put_bytes(&body->link,
			       relations_target(&body->relations, relation));
}

static void
end_hyperlink(void *reader)
{
	struct word_body *body = reader;

	end_link(body, body->link_start, text_bytes(&body->link));
	body->link.size = 0;
}

/* ---- fields ---- */

/* The word at *at, in quotes or not; *at is behind it. */
static struct docket_bytes
read_word(struct docket_bytes code, size_t *at)
{
	char end = ' ';
	size_t start;

	while (*at < code.size &&
	       (code.data[*at] == ' ' || code.data[*at] == '\t'))
		++*at;
	if (*at < code.size && code.data[*at] == '"') {
		end = '"';
		++*at;
	}
	start = *at;
	while (*at < code.size && code.data[*at] != end)
		++*at;
	code = (struct docket_bytes){ code.data + start, *at - start };
	++*at;
	return code;
}

static enum word_field_kind
find_field_kind(struct docket_bytes code)
{
	static const struct {
		const char *name;
		enum word_field_kind kind;
	} kinds[] = {
		{ "HYPERLINK", FIELD_LINK },	{ "TOC", FIELD_CONTENTS },
		{ "PAGE", FIELD_PAGE },		{ "NUMPAGES", FIELD_PAGE },
		{ "SECTIONPAGES", FIELD_PAGE },
	};
	size_t at = 0;
	struct docket_bytes name = read_word(code, &at);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (bytes_are(name, kinds[i].name))
			return kinds[i].kind;
	return FIELD_OTHER;
}

/* What HYPERLINK leads to; nothing for places in the document. */
static struct docket_bytes
find_address(struct docket_bytes code)
{
	size_t at = 0;
	struct docket_bytes address;

	read_word(code, &at);
	address = read_word(code, &at);
	if (address.size && address.data[0] == '\\')
		address.size = 0;
	return address;
}

static void
open_field(struct word_body *body)
{
	struct word_field *field;

	if (body->field_count == WORD_FIELDS) {
		body->field_excess++;
		return;
	}
	field = &body->fields[body->field_count++];
	field->kind = FIELD_OTHER;
	field->has_result = false;
	field->code.size = 0;
}

static void
show_field(struct word_body *body)
{
	struct word_field *field;

	if (!body->field_count || body->field_excess)
		return;
	field = &body->fields[body->field_count - 1];
	if (field->has_result)
		return;
	field->has_result = true;
	field->kind = find_field_kind(text_bytes(&field->code));
	field->address = find_address(text_bytes(&field->code));
	field->start = word_body_frame(body)->paragraph.text.size;
	if (field->kind == FIELD_CONTENTS)
		word_body_frame(body)->is_contents = true;
}

static void
close_field(struct word_body *body)
{
	struct word_field *field;

	if (body->field_excess) {
		body->field_excess--;
		return;
	}
	if (!body->field_count)
		return;
	field = &body->fields[--body->field_count];
	if (field->has_result && field->kind == FIELD_LINK)
		end_link(body, field->start, field->address);
}

static void
start_field_sign(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct docket_bytes type = xml_get(element, SPACE_W, "fldCharType");

	if (bytes_are(type, "begin"))
		open_field(body);
	else if (bytes_are(type, "separate"))
		show_field(body);
	else if (bytes_are(type, "end"))
		close_field(body);
}

static void
start_simple_field(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct docket_bytes code = xml_get(element, SPACE_W, "instr");

	open_field(body);
	if (body->field_count && !body->field_excess && code.size <= CODE_LIMIT)
		xml_put_value(&body->fields[body->field_count - 1].code, code);
	show_field(body);
}

static void
end_simple_field(void *reader)
{
	close_field(reader);
}

bool
word_run_is_contents(const struct word_body *body)
{
	for (size_t i = 0; i < body->field_count; i++)
		if (body->fields[i].has_result &&
		    body->fields[i].kind == FIELD_CONTENTS)
			return true;
	return body->contents > 0;
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
	if (body->link.size)
		end_link(body, body->link_start, text_bytes(&body->link));
	body->link_start = 0;
	for (size_t i = 0; i < body->field_count; i++) {
		struct word_field *field = &body->fields[i];

		if (field->has_result && field->kind == FIELD_LINK)
			end_link(body, field->start, field->address);
		field->start = 0;
	}
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
	{ SPACE_W, "hyperlink", start_hyperlink, end_hyperlink, false },
	{ SPACE_W, "fldChar", .start = start_field_sign },
	{ SPACE_W, "fldSimple", start_simple_field, end_simple_field, false },
	{ SPACE_W, "footnoteReference", .start = start_footnote_mark },
	{ SPACE_W, "endnoteReference", .start = start_endnote_mark },
	{ SPACE_W, "rt", .is_skipped = true }, /* of ruby */
};
