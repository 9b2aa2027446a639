/* SPDX-License-Identifier: Apache-2.0 */
/*
 * head.c - what the head of a page says about it, as fields
 *
 * Pure but for the fields it puts. Names of properties come from HTML, Dublin
 * Core and Open Graph; a date that does not begin as ISO 8601 has it is left
 * out, since what it means would be a guess.
 */
#include "head.h"

#include <string.h>

#include "attribute.h"

enum shape {
	SHAPE_TEXT = 0,
	SHAPE_DATE,
	SHAPE_WORDS, /* several, between commas */
};

static const struct {
	const char *name;
	enum docket_field field;
	enum shape shape;
} properties[] = {
	{ "author", DOCKET_FIELD_CREATOR, SHAPE_TEXT },
	{ "dc.creator", DOCKET_FIELD_CREATOR, SHAPE_TEXT },
	{ "dcterms.creator", DOCKET_FIELD_CREATOR, SHAPE_TEXT },
	{ "citation_author", DOCKET_FIELD_CREATOR, SHAPE_TEXT },
	{ "date", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "dc.date", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "dc.date.created", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "dc.date.issued", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "dcterms.created", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "dcterms.date", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "dcterms.issued", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "article:published_time", DOCKET_FIELD_CREATED, SHAPE_DATE },
	{ "dcterms.modified", DOCKET_FIELD_MODIFIED, SHAPE_DATE },
	{ "dc.date.modified", DOCKET_FIELD_MODIFIED, SHAPE_DATE },
	{ "article:modified_time", DOCKET_FIELD_MODIFIED, SHAPE_DATE },
	{ "last-modified", DOCKET_FIELD_MODIFIED, SHAPE_DATE },
	{ "keywords", DOCKET_FIELD_SUBJECT, SHAPE_WORDS },
	{ "dc.subject", DOCKET_FIELD_SUBJECT, SHAPE_WORDS },
	{ "dcterms.subject", DOCKET_FIELD_SUBJECT, SHAPE_WORDS },
	{ "generator", DOCKET_FIELD_GENERATOR, SHAPE_TEXT },
	{ "dc.identifier", DOCKET_FIELD_IDENTIFIER, SHAPE_TEXT },
	{ "dcterms.identifier", DOCKET_FIELD_IDENTIFIER, SHAPE_TEXT },
	{ "dc.relation", DOCKET_FIELD_RELATION, SHAPE_TEXT },
	{ "dcterms.relation", DOCKET_FIELD_RELATION, SHAPE_TEXT },
};

/* Runs of white space become one space. */
static struct docket_bytes
squeeze(char *data, size_t size)
{
	size_t kept = 0;

	for (size_t i = 0; i < size; i++) {
		bool is_blank = (unsigned char)data[i] <= ' ';

		if (is_blank && (!kept || data[kept - 1] == ' '))
			continue;
		data[kept++] = is_blank ? ' ' : data[i];
	}
	if (kept && data[kept - 1] == ' ')
		kept--;
	return (struct docket_bytes){ data, kept };
}

static bool
is_digits(const char *data, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (data[i] < '0' || data[i] > '9')
			return false;
	return true;
}

/* 2003, 2003-10, 2003-10-10, 2003-10-10T09:00:00Z */
static bool
is_date(struct docket_bytes value)
{
	static const size_t sizes[] = { 4, 7, 10 };

	if (value.size > 10 && value.data[10] != 'T' && value.data[10] != ' ')
		return false;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t from = i ? sizes[i - 1] + 1 : 0;

		if (value.size < sizes[i])
			return false;
		if (i && value.data[from - 1] != '-')
			return false;
		if (!is_digits(value.data + from, sizes[i] - from))
			return false;
		if (value.size == sizes[i])
			return true;
	}
	return true;
}

static void
put_words(struct docket_job *job, enum docket_field field,
	  struct docket_bytes value)
{
	while (value.size) {
		const char *comma = memchr(value.data, ',', value.size);
		struct docket_bytes word = value;
		size_t first = 0;

		if (comma)
			word.size = (size_t)(comma - value.data);
		while (first < word.size && word.data[first] == ' ')
			first++;
		if (first < word.size)
			docket_put_field(
				job, field,
				(struct docket_bytes){ word.data + first,
						       word.size - first });
		value.data += word.size + (comma != NULL);
		value.size -= word.size + (comma != NULL);
	}
}

static void
put_value(struct docket_job *job, enum docket_field field, enum shape shape,
	  struct docket_bytes raw)
{
	char buffer[HEAD_LIMIT];
	struct docket_bytes value =
		attribute_decode(raw, buffer, sizeof(buffer));

	value = squeeze(buffer, value.size);
	if (!value.size || (shape == SHAPE_DATE && !is_date(value)))
		return;
	if (shape == SHAPE_WORDS)
		put_words(job, field, value);
	else
		docket_put_field(job, field, value);
}

void
head_put_meta(struct docket_job *job, struct docket_bytes tag)
{
	struct docket_bytes name = attribute_find(tag, "name");

	if (!name.size)
		name = attribute_find(tag, "property");
	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
		if (name.size && attribute_is(name, properties[i].name))
			put_value(job, properties[i].field, properties[i].shape,
				  attribute_find(tag, "content"));
}

void
head_put_link(struct docket_job *job, struct docket_bytes tag)
{
	if (attribute_is(attribute_find(tag, "rel"), "canonical"))
		put_value(job, DOCKET_FIELD_IDENTIFIER, SHAPE_TEXT,
			  attribute_find(tag, "href"));
}

bool
head_put_title(struct docket_job *job, struct docket_bytes text)
{
	char buffer[HEAD_LIMIT];
	struct docket_bytes title =
		attribute_decode(text, buffer, sizeof(buffer));

	title = squeeze(buffer, title.size);
	if (title.size)
		docket_put_field(job, DOCKET_FIELD_TITLE, title);
	return title.size > 0;
}

void
head_read_language(struct docket_bytes value, char out[4])
{
	size_t size = 0;

	memset(out, 0, 4);
	for (; size < value.size && value.data[size] != '-' &&
	       value.data[size] != '_';
	     size++) {
		char c = (char)(value.data[size] | 0x20);

		if (c < 'a' || c > 'z' || size == 3)
			break;
		out[size] = c;
	}
	if (size < 2 || (size < value.size && value.data[size] != '-' &&
			 value.data[size] != '_'))
		memset(out, 0, 4);
}
