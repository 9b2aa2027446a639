/* SPDX-License-Identifier: Apache-2.0 */
/*
 * properties.c - what a document says of itself: its author, its dates
 *
 * Elements are fields: a table. Running out of memory ends the process.
 */
#include "properties.h"

#include "xml.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define VALUE_LIMIT 4096
#define PAGES_LIMIT 100000

static void start_leaf(void *reader, const struct xml_element *element);
static void end_leaf(void *reader);
static void start_statistic(void *reader, const struct xml_element *element);

/* The title and the pages are kept; what else there is, is put. */
static const struct xml_rule rules[] = {
	{ SPACE_DC, "title", start_leaf, end_leaf, false },
	{ SPACE_DC, "creator", start_leaf, end_leaf, false },
	{ SPACE_META, "initial-creator", start_leaf, end_leaf, false },
	{ SPACE_DC, "subject", start_leaf, end_leaf, false },
	{ SPACE_CORE, "keywords", start_leaf, end_leaf, false },
	{ SPACE_META, "keyword", start_leaf, end_leaf, false },
	{ SPACE_DC, "identifier", start_leaf, end_leaf, false },
	{ SPACE_TERMS, "created", start_leaf, end_leaf, false },
	{ SPACE_META, "creation-date", start_leaf, end_leaf, false },
	{ SPACE_TERMS, "modified", start_leaf, end_leaf, false },
	{ SPACE_DC, "date", start_leaf, end_leaf, false },
	{ SPACE_APP, "Application", start_leaf, end_leaf, false },
	{ SPACE_META, "generator", start_leaf, end_leaf, false },
	{ SPACE_APP, "Pages", start_leaf, end_leaf, false },
	{ SPACE_META, "document-statistic", .start = start_statistic },
};

static const enum docket_field fields[LENGTH(rules)] = {
	DOCKET_FIELD_TITLE,	 DOCKET_FIELD_CREATOR,	DOCKET_FIELD_CREATOR,
	DOCKET_FIELD_SUBJECT,	 DOCKET_FIELD_SUBJECT,	DOCKET_FIELD_SUBJECT,
	DOCKET_FIELD_IDENTIFIER, DOCKET_FIELD_CREATED,	DOCKET_FIELD_CREATED,
	DOCKET_FIELD_MODIFIED,	 DOCKET_FIELD_MODIFIED, DOCKET_FIELD_GENERATOR,
	DOCKET_FIELD_GENERATOR,	 DOCKET_FIELD_PAGES,	DOCKET_FIELD_PAGES,
};

static void
start_leaf(void *reader, const struct xml_element *element)
{
	struct properties *properties = reader;

	properties->value.size = 0;
	properties->field = fields[xml_rule_of(element) - rules];
	properties->is_inside = true;
}

static void
put_text(void *reader, struct docket_bytes text)
{
	struct properties *properties = reader;

	if (properties->is_inside &&
	    properties->value.size + text.size <= VALUE_LIMIT)
		text_put_bytes(&properties->value, text);
}

static struct docket_bytes
trim(struct docket_bytes value)
{
	while (value.size && (unsigned char)value.data[0] <= ' ') {
		value.data++;
		value.size--;
	}
	while (value.size && (unsigned char)value.data[value.size - 1] <= ' ')
		value.size--;
	return value;
}

static void
put_pages(struct properties *properties, struct docket_bytes value)
{
	int32_t pages = bytes_number(value, 0);
	struct text digits = { 0 };

	if (pages <= 0 || pages > PAGES_LIMIT)
		return;
	properties->pages = (uint32_t)pages;
	text_put_number(&digits, properties->pages);
	docket_put_field(properties->job, DOCKET_FIELD_PAGES,
			 text_bytes(&digits));
	text_fini(&digits);
}

static void
end_leaf(void *reader)
{
	struct properties *properties = reader;
	struct docket_bytes value = trim(text_bytes(&properties->value));

	properties->is_inside = false;
	if (!value.size)
		return;
	if (properties->field == DOCKET_FIELD_TITLE) {
		properties->title.size = 0;
		text_put_bytes(&properties->title, value);
	} else if (properties->field == DOCKET_FIELD_PAGES) {
		put_pages(properties, value);
	} else {
		docket_put_field(properties->job, properties->field, value);
	}
}

static void
start_statistic(void *reader, const struct xml_element *element)
{
	put_pages(reader, xml_get(element, SPACE_META, "page-count"));
}

static const struct xml_grammar grammar = {
	.tables = { { rules, LENGTH(rules) } },
	.text = put_text,
};

bool
properties_read(struct properties *properties, struct docket_bytes part,
		struct refusal *refusal)
{
	struct refusal own = { 0 };

	properties->is_inside = false;
	if (!part.data ||
	    xml_read(part, "of properties", &grammar, properties, &own))
		return true;
	if (bytes_are(bytes_from(own.word), "damaged")) {
		docket_put_field(properties->job, DOCKET_FIELD_WARNING,
				 bytes_from("What it says of itself (author, "
					    "dates) is damaged."));
		return true;
	}
	*refusal = own;
	return false;
}

void
properties_put_title(struct properties *properties, struct docket_bytes better)
{
	struct docket_bytes title = text_bytes(&properties->title);

	if (better.size)
		title = better;
	if (title.size)
		docket_put_field(properties->job, DOCKET_FIELD_TITLE, title);
}

void
properties_fini(struct properties *properties)
{
	text_fini(&properties->title);
	text_fini(&properties->value);
}
