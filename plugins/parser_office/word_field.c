/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_field.c - fields and links within paragraphs of a Word document
 *
 * Of a field the result is text and its code is not, but for the address of a
 * link. Fields lie within each other and go on over paragraphs. Running out of
 * memory ends the process.
 */
#include "word_body.h"

#define CODE_LIMIT 4096

bool
word_field_is_shown(const struct word_body *body)
{
	for (size_t i = 0; i < body->field_count; i++) {
		const struct word_field *field = &body->fields[i];

		if (!field->has_result ||
		    (field->kind == FIELD_PAGE && body->is_head))
			return false;
	}
	return true;
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
word_field_is_contents(const struct word_body *body)
{
	for (size_t i = 0; i < body->field_count; i++)
		if (body->fields[i].has_result &&
		    body->fields[i].kind == FIELD_CONTENTS)
			return true;
	return body->contents > 0;
}

void
word_field_put_code(struct word_body *body, struct docket_bytes text)
{
	struct word_field *field;

	if (!body->field_count)
		return;
	field = &body->fields[body->field_count - 1];
	if (!field->has_result && field->code.size + text.size <= CODE_LIMIT)
		text_put_bytes(&field->code, text);
}

void
word_field_end_paragraph(struct word_body *body)
{
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

const struct xml_rule word_field_rules[WORD_FIELD_RULES] = {
	{ SPACE_W, "hyperlink", start_hyperlink, end_hyperlink, false },
	{ SPACE_W, "fldChar", .start = start_field_sign },
	{ SPACE_W, "fldSimple", start_simple_field, end_simple_field, false },
};
