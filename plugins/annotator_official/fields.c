/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.c - what the front and the end of a document said, into fields
 */
#include <stdio.h>
#include <string.h>

#include "stages.h"
#include "symbol.h"

static void
format_date(struct docket_job *job, const struct date *date)
{
	char text[32];
	int size = snprintf(text, sizeof(text), "%04u-%02u-%02u", date->year,
			    date->month, date->day);

	docket_put_field(job, DOCKET_FIELD_DATE,
			 (struct docket_bytes){ text, (size_t)size });
}

void
fields_put(struct document *document)
{
	struct docket_job *job = document->job;
	const char *class = class_name(document->class);

	if (class)
		docket_put_field(job, DOCKET_FIELD_CLASS,
				 (struct docket_bytes){ class, strlen(class) });
	if (document->title.size)
		docket_put_field(job, DOCKET_FIELD_TITLE, document->title);
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
		format_date(job, &document->date);
	else if (document->issued.year)
		format_date(job, &document->issued);
}
