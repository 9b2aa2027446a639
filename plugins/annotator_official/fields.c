/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.c - what the front and the end of a document said, into fields
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clean.h"
#include "stages.h"
#include "symbol.h"

/* A date in a text that is of no class is no better than its parser's. */
static void
format_date(const struct document *document, const struct date *date)
{
	struct docket_job *job = document->job;
	char text[32];
	int size;

	if (document->class == CLASS_NONE &&
	    docket_job_field(job, DOCKET_FIELD_DATE, 0).size)
		return;
	size = snprintf(text, sizeof(text), "%04u-%02u-%02u", date->year,
			date->month, date->day);

	docket_put_field(job, DOCKET_FIELD_DATE,
			 (struct docket_bytes){ text, (size_t)size });
}

#define LAST_LINES 6 /* of a running head */

static bool
has_own_resolution(const struct document *document)
{
	for (size_t i = 0;; i++) {
		struct docket_bytes symbol =
			docket_job_field(document->job, DOCKET_FIELD_SYMBOL, i);

		if (!symbol.data || symbol_has_part(symbol, "RES"))
			return symbol.data != NULL;
	}
}

/* "242 (1967)", not "2758 (XXVI)". */
static bool
has_year(struct docket_bytes number)
{
	const char *open = memchr(number.data, '(', number.size);

	return open && open + 1 < number.data + number.size && open[1] >= '0' &&
	       open[1] <= '9';
}

/*
 * A resolution that prints its number, and no symbol, has the symbol that its
 * organ gives to that number. Only the Council's have their year behind them.
 */
static void
put_own_symbol(struct document *document)
{
	struct docket_bytes number = document->own_number;
	const char *organ = document->organ;
	char symbol[64];
	int size;

	if (!number.size || document->class != CLASS_RESOLUTION ||
	    has_own_resolution(document))
		return;
	if (!organ && has_year(number))
		organ = "S";
	if (!organ || has_year(number) != (strcmp(organ, "S") == 0))
		return;
	size = snprintf(symbol, sizeof(symbol), "%s/RES/%.*s", organ,
			(int)number.size, number.data);
	if (size < (int)sizeof(symbol))
		docket_put_field(document->job, DOCKET_FIELD_SYMBOL,
				 (struct docket_bytes){ symbol, (size_t)size });
}

/* Some converters put the running head at the end of the text. */
static void
put_last_symbol(struct document *document)
{
	size_t at = document->count;

	if (docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0).size)
		return;
	while (at > 0 && document->count - at < LAST_LINES &&
	       document->units[at - 1].zone == ZONE_FURNITURE) {
		struct docket_bytes text =
			document_text(document, &document->units[--at]);
		struct docket_bytes symbol;

		for (size_t i = 0; symbol_is_all(text) && i < text.size;)
			if (symbol_read(text, &i, &symbol))
				docket_put_field(document->job,
						 DOCKET_FIELD_SYMBOL, symbol);
			else
				i++;
	}
}

/* At the foot of the first page, most often. */
static void
put_job_number(struct document *document)
{
	for (size_t i = 0; i < document->count; i++) {
		const struct unit *unit = &document->units[i];
		struct docket_bytes text = document_text(document, unit);
		size_t size =
			unit->opening == OPENING_DIGIT || unit->is_capitals
				? symbol_read_job(text)
				: 0;

		if (!size)
			continue;
		docket_put_field(document->job, DOCKET_FIELD_JOB_NUMBER,
				 (struct docket_bytes){ text.data, size });
		return;
	}
}

/* Where no words say what it is, its symbol may. */
static enum document_class
find_class(const struct document *document)
{
	static const struct {
		const char *part;
		enum document_class class;
	} parts[] = {
		{ "PRST", CLASS_PRESIDENTIAL_STATEMENT },
		{ "PV", CLASS_VERBATIM_RECORD },
		{ "SR", CLASS_SUMMARY_RECORD },
		{ "DEC", CLASS_DECISION },
	};
	struct docket_bytes symbol =
		docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0);

	for (size_t i = 0;
	     !document->class && i < sizeof(parts) / sizeof(parts[0]); i++)
		if (symbol_has_part(symbol, parts[i].part))
			return parts[i].class;
	return document->class;
}

void
fields_put(struct document *document)
{
	struct docket_job *job = document->job;
	const char *class = class_name(find_class(document));

	if (class)
		docket_put_field(job, DOCKET_FIELD_CLASS,
				 (struct docket_bytes){ class, strlen(class) });
	if (document->title.size)
		clean_put_field(job, DOCKET_FIELD_TITLE, document->title);
	put_own_symbol(document);
	put_job_number(document);
	put_last_symbol(document);
	if (document->from.size)
		parties_put(document, DOCKET_FIELD_FROM, document->from,
			    PARTIES_ONE);
	if (document->sponsors.size)
		parties_put(document, DOCKET_FIELD_FROM, document->sponsors,
			    PARTIES_COUNTRIES);
	if (document->to.size)
		parties_put(document, DOCKET_FIELD_TO, document->to,
			    PARTIES_OFFICES);
	if (document->date.year)
		format_date(document, &document->date);
	else if (document->issued.year)
		format_date(document, &document->issued);
}
