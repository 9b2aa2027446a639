/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt_text.c - what stands within paragraphs of an OpenDocument text
 *
 * Characters, spaces, breaks, spans, links and notes, into the paragraph that
 * is open. Running out of memory ends the process.
 */
#include "odt_body.h"

#include "xml.h"

struct odt_frame *
odt_body_frame(struct odt_body *body)
{
	return &body->frames[body->frame_count - 1];
}

/* May what comes now be put? */
static bool
is_shown(struct odt_body *body)
{
	const struct odt_frame *frame = odt_body_frame(body);

	return frame->has_paragraph && !frame->hidden;
}

void
odt_text_put(void *reader, struct docket_bytes text)
{
	struct odt_body *body = reader;
	struct odt_frame *frame = odt_body_frame(body);

	if (body->note.in_citation) {
		text_put_bytes(&body->note.citation, text);
		return;
	}
	if (!is_shown(body))
		return;
	if (!frame->paragraph.page)
		frame->paragraph.page = body->page;
	body->has_text = true;
	paragraph_put(&frame->paragraph, text);
}

static void
start_space(void *reader, const struct xml_element *element)
{
	(void)element;
	odt_text_put(reader, bytes_from(" "));
}

static void
start_break(void *reader, const struct xml_element *element)
{
	(void)element;
	if (is_shown(reader))
		paragraph_put_break(&odt_body_frame(reader)->paragraph);
}

static void
start_soft_page(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	(void)element;
	if (body->page)
		body->page++;
}

/* ---- spans ---- */

static void
start_span(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;
	struct odt_frame *frame = odt_body_frame(body);
	struct odt_look look =
		odt_styles_find(body->own, body->common, 't',
				xml_get(element, SPACE_TEXT, "style-name"));

	text_put_string(&frame->spans, look.is_hidden ? "h" : "-");
	frame->hidden += look.is_hidden;
	body->hidden += look.is_hidden;
}

static void
end_span(void *reader)
{
	struct odt_frame *frame = odt_body_frame(reader);
	struct text *spans = &frame->spans;

	if (spans->size && spans->data[--spans->size] == 'h')
		frame->hidden--;
}

/* ---- links ---- */

/* Places within the document are no links. */
static void
start_link(void *reader, const struct xml_element *element)
{
	struct odt_frame *frame = odt_body_frame(reader);
	struct docket_bytes address = xml_get(element, SPACE_XLINK, "href");

	frame->link.size = 0;
	frame->link_start = frame->paragraph.text.size;
	if (address.size && address.data[0] != '#')
		xml_put_value(&frame->link, address);
}

void
odt_text_end_link(struct odt_frame *frame)
{
	if (frame->link.size)
		paragraph_mark(&frame->paragraph, DOCKET_MARK_LINK,
			       frame->link_start, text_bytes(&frame->link));
	frame->link.size = 0;
}

static void
end_link(void *reader)
{
	odt_text_end_link(odt_body_frame(reader));
}

/* ---- notes ---- */

/* A note within a note is read as its text. */
static void
start_note(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;
	struct odt_note *note = &body->note;

	if (note->is_open || body->flow->captured ||
	    !odt_body_frame(body)->has_paragraph) {
		xml_skip(element);
		return;
	}
	note->is_open = true;
	note->citation.size = 0;
	note->body = (struct text){ 0 };
	body->note_flow = (struct flow){ .captured = &note->body };
	body->main_flow = body->flow;
	body->flow = &body->note_flow;
	odt_body_push(body);
}

static void
end_note(void *reader)
{
	struct odt_body *body = reader;
	struct odt_note *note = &body->note;
	struct paragraph *paragraph;

	if (!note->is_open || !body->main_flow)
		return;
	note->is_open = false;
	body->flow = body->main_flow;
	body->main_flow = NULL;
	odt_body_pop(body);
	if (note->body.size)
		note->body.size--; /* the line's end */
	paragraph = &odt_body_frame(body)->paragraph;
	if (is_shown(body)) {
		paragraph_put_note(paragraph, text_bytes(&note->citation));
		flow_put_note(body->flow, text_bytes(&note->citation),
			      &note->body, false);
	}
	text_fini(&note->body);
}

static void
start_citation(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	(void)element;
	body->note.in_citation = body->note.is_open;
}

static void
end_citation(void *reader)
{
	struct odt_body *body = reader;

	body->note.in_citation = false;
}

/* ---- what is left out ---- */

static void
start_page_number(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	if (body->is_head)
		xml_skip(element);
}

static void
start_comment(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	body->comments++;
	xml_skip(element);
}

static void
start_deletion(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	body->deleted++;
	xml_skip(element);
}

static void
start_hidden(void *reader, const struct xml_element *element)
{
	struct odt_body *body = reader;

	body->hidden++;
	xml_skip(element);
}

const struct xml_rule odt_text_rules[ODT_TEXT_RULES] = {
	{ SPACE_TEXT, "s", .start = start_space },
	{ SPACE_TEXT, "tab", .start = start_space },
	{ SPACE_TEXT, "line-break", .start = start_break },
	{ SPACE_TEXT, "soft-page-break", .start = start_soft_page },
	{ SPACE_TEXT, "span", start_span, end_span, false },
	{ SPACE_TEXT, "a", start_link, end_link, false },
	{ SPACE_TEXT, "note", start_note, end_note, false },
	{ SPACE_TEXT, "note-citation", start_citation, end_citation, false },
	{ SPACE_TEXT, "page-number", .start = start_page_number },
	{ SPACE_TEXT, "page-count", .start = start_page_number },
	{ SPACE_OFFICE, "annotation", .start = start_comment },
	{ SPACE_TEXT, "deletion", .start = start_deletion },
	{ SPACE_TEXT, "hidden-text", .start = start_hidden },
	{ SPACE_TEXT, "number", .is_skipped = true }, /* it is made here */
	{ SPACE_TEXT, "ruby-text", .is_skipped = true },
	{ SPACE_SVG, "title", .is_skipped = true },
	{ SPACE_SVG, "desc", .is_skipped = true },
	{ SPACE_OFFICE, "forms", .is_skipped = true },
	{ SPACE_OFFICE, "scripts", .is_skipped = true },
};
