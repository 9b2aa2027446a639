/* SPDX-License-Identifier: Apache-2.0 */
/*
 * offer.c - the plugins that come with docket where their libraries are there
 *
 * Owns the text of the file, in which tabs and line feeds become ends of
 * strings. A test holds it against what the plugins themselves declare.
 */
#include "offer.h"

#include <stdlib.h>
#include <string.h>

#include "place.h"

enum column {
	COLUMN_NAME = 0,
	COLUMN_HOST,
	COLUMN_PACKAGES,
	COLUMN_TYPES,
	COLUMN_SUMMARY,
	COLUMN_COUNT
};

/* Split it at tabs; false if it has not as many cells as there are columns. */
static bool
split(char *line, const char *cells[COLUMN_COUNT])
{
	size_t count = 0;
	char *cell;

	while ((cell = strsep(&line, "\t")) != NULL && count < COLUMN_COUNT)
		cells[count++] = cell;
	return count == COLUMN_COUNT && !cell;
}

static void
take_line(struct offers *offers, char *line)
{
	const char *cells[COLUMN_COUNT];

	if (line[0] == '#' || !split(line, cells))
		return;
	offers->rows = mem_grow_array(offers->rows, offers->count,
				      &offers->capacity, sizeof(struct offer));
	offers->rows[offers->count++] = (struct offer){
		.name = cells[COLUMN_NAME],
		.is_apart = strcmp(cells[COLUMN_HOST], "process") == 0,
		.packages = cells[COLUMN_PACKAGES],
		.types = cells[COLUMN_TYPES],
		.summary = cells[COLUMN_SUMMARY],
	};
}

void
offers_load(struct offers *offers, const char *data_folder)
{
	char *rest;
	char *line;

	*offers = (struct offers){ .text = place_read_data(data_folder,
							   "plugins.tsv") };
	rest = offers->text;
	while ((line = strsep(&rest, "\n")) != NULL)
		take_line(offers, line);
}

void
offers_fini(struct offers *offers)
{
	free(offers->rows);
	free(offers->text);
	*offers = (struct offers){ 0 };
}

const struct offer *
offers_find(const struct offers *offers, struct docket_bytes name)
{
	for (size_t i = 0; i < offers->count; i++)
		if (bytes_equal(bytes_of(offers->rows[i].name), name))
			return &offers->rows[i];
	return NULL;
}
