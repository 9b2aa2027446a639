/* SPDX-License-Identifier: Apache-2.0 */
/*
 * envelope.c - who wrote to whom, when and about what, into the record
 *
 * A table of the headers that mean something. Owns nothing; running out of
 * memory ends the process.
 */
#include "envelope.h"

#include <stdbool.h>
#include <string.h>

#include "put_field.h"

#define DATE_SIZE 10 /* 2003-10-10 */

enum shape { TEXT, ADDRESSES, IDENTIFIERS };

static const struct row {
	const char *name;
	enum shape shape;
	enum docket_field field;
	bool is_line;
} rows[] = {
	{ "From", ADDRESSES, DOCKET_FIELD_FROM, true },
	{ "To", ADDRESSES, DOCKET_FIELD_TO, true },
	{ "Cc", ADDRESSES, DOCKET_FIELD_CC, true },
	{ "Bcc", ADDRESSES, DOCKET_FIELD_CC, true },
	{ "Subject", TEXT, DOCKET_FIELD_TITLE, true },
	{ "Message-ID", IDENTIFIERS, DOCKET_FIELD_IDENTIFIER, false },
	{ "In-Reply-To", IDENTIFIERS, DOCKET_FIELD_RELATION, false },
	{ "References", IDENTIFIERS, DOCKET_FIELD_RELATION, false },
	{ "Keywords", TEXT, DOCKET_FIELD_SUBJECT, false },
	{ "X-Mailer", TEXT, DOCKET_FIELD_GENERATOR, false },
	{ "User-Agent", TEXT, DOCKET_FIELD_GENERATOR, false },
};

void
envelope_put_line(struct docket_job *job, const char *name, const char *value)
{
	const struct docket_block line = { .kind = DOCKET_BLOCK_LINE };

	docket_open_block(job, &line);
	docket_put_text(job, (struct docket_bytes){ name, strlen(name) });
	docket_put_text(job, (struct docket_bytes){ ": ", 2 });
	docket_put_text(job, (struct docket_bytes){ value, strlen(value) });
	docket_close_block(job);
}

static GPtrArray *
read_values(struct headers *headers, const struct row *row)
{
	GPtrArray *values;
	char *text;

	if (row->shape == ADDRESSES)
		return header_addresses(headers, row->name);
	if (row->shape == IDENTIFIERS)
		return header_identifiers(headers, row->name);
	values = g_ptr_array_new_with_free_func(g_free);
	text = header_text(headers, row->name);
	if (text)
		g_ptr_array_add(values, text);
	return values;
}

/* What a mail answers often is the last of its references, too. */
static bool
has_value(const GPtrArray *values, const char *value)
{
	for (guint i = 0; i < values->len; i++)
		if (strcmp(values->pdata[i], value) == 0)
			return true;
	return false;
}

static void
put_values(struct docket_job *job, struct headers *headers,
	   const struct row *row, GPtrArray *relations)
{
	GPtrArray *values = read_values(headers, row);
	GString *line = g_string_new("");

	for (guint i = 0; i < values->len; i++) {
		const char *value = values->pdata[i];

		g_string_append_printf(line, "%s%s", i ? ", " : "", value);
		if (row->field == DOCKET_FIELD_RELATION) {
			if (has_value(relations, value))
				continue;
			g_ptr_array_add(relations, g_strdup(value));
		}
		put_field(job, row->field, value);
	}
	if (row->is_line && values->len)
		envelope_put_line(job, row->name, line->str);
	g_string_free(line, TRUE);
	g_ptr_array_unref(values);
}

static void
put_date(struct docket_job *job, struct headers *headers)
{
	char *date = header_date(headers, "Date");
	char *text = header_text(headers, "Date");

	if (date) {
		docket_put_field(job, DOCKET_FIELD_DATE,
				 (struct docket_bytes){ date, DATE_SIZE });
		put_field(job, DOCKET_FIELD_CREATED, date);
	}
	if (text)
		envelope_put_line(job, "Date", text);
	if (text && !date)
		put_field(job, DOCKET_FIELD_WARNING,
			  "The date of the mail could not be read.");
	g_free(text);
	g_free(date);
}

void
envelope_put(struct docket_job *job, struct headers *headers)
{
	GPtrArray *relations = g_ptr_array_new_with_free_func(g_free);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		put_values(job, headers, &rows[i], relations);
		if (rows[i].field == DOCKET_FIELD_TITLE)
			put_date(job, headers);
	}
	g_ptr_array_unref(relations);
	if (headers->was_cut)
		put_field(job, DOCKET_FIELD_WARNING,
			  "A header of the mail was too long and was cut.");
}
