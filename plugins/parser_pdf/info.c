/* SPDX-License-Identifier: Apache-2.0 */
/*
 * info.c - what the file says of itself
 *
 * Programs fill in much of it, so a title that is a file's name is none. Owns
 * nothing.
 */
#include "info.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TITLE_MINIMUM 6 /* bytes */

static const struct {
	const char *key;
	enum docket_field field;
} entries[] = {
	{ "Author", DOCKET_FIELD_CREATOR },
	{ "Subject", DOCKET_FIELD_SUBJECT },
	{ "Keywords", DOCKET_FIELD_SUBJECT },
};

static const struct {
	const char *key;
	enum docket_field field;
} dates[] = {
	{ "CreationDate", DOCKET_FIELD_CREATED },
	{ "ModDate", DOCKET_FIELD_MODIFIED },
};

static struct docket_bytes
trim(struct docket_bytes text)
{
	while (text.size && isspace((unsigned char)text.data[0]))
		text.data++, text.size--;
	while (text.size && (isspace((unsigned char)text.data[text.size - 1]) ||
			     !text.data[text.size - 1]))
		text.size--;
	return text;
}

static bool
begins_with(struct docket_bytes text, const char *word)
{
	size_t size = strlen(word);

	return text.size >= size && strncasecmp(text.data, word, size) == 0;
}

static bool
ends_with(struct docket_bytes text, const char *word)
{
	size_t size = strlen(word);

	return text.size >= size &&
	       strncasecmp(text.data + text.size - size, word, size) == 0;
}

bool
info_is_title(struct docket_bytes title)
{
	static const char *const fillers[] = { "Microsoft ", "untitled",
					       "Document",   "PowerPoint ",
					       "Slide ",     "Sans titre",
					       "Print ",     "Scan" };
	static const char *const names[] = {
		".doc",	 ".docx", ".pdf", ".dot", ".rtf", ".odt",
		".indd", ".qxd",  ".wpd", ".tif", ".xml", ".html"
	};

	if (title.size < TITLE_MINIMUM || !memchr(title.data, ' ', title.size))
		return false;
	for (size_t i = 0; i < sizeof(fillers) / sizeof(*fillers); i++)
		if (begins_with(title, fillers[i]))
			return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (ends_with(title, names[i]))
			return false;
	return !memchr(title.data, '\\', title.size) &&
	       !memmem(title.data, title.size, "://", 3);
}

/* Digits into a number between the limits; -1 if they are not there. */
static int
read_digits(struct docket_bytes *date, size_t count, int minimum, int maximum)
{
	int value = 0;

	if (date->size < count)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!isdigit((unsigned char)date->data[i]))
			return -1;
		value = value * 10 + date->data[i] - '0';
	}
	if (value < minimum || value > maximum)
		return -1;
	date->data += count;
	date->size -= count;
	return value;
}

/* "Z", "+02'00'": as "Z", "+02:00"; empty where there is none. */
static void
read_zone(struct docket_bytes date, char out[8])
{
	char sign = date.size ? date.data[0] : 0;
	int hours, minutes = 0;

	out[0] = 0;
	if (sign == 'Z') {
		strcpy(out, "Z");
		return;
	}
	if (sign != '+' && sign != '-')
		return;
	date.data++, date.size--;
	hours = read_digits(&date, 2, 0, 14);
	if (hours < 0)
		return;
	if (date.size && date.data[0] == '\'') {
		date.data++, date.size--;
		minutes = read_digits(&date, 2, 0, 59);
	}
	snprintf(out, 8, "%c%02d:%02d", sign, hours % 100,
		 minutes < 0 ? 0 : minutes % 100);
}

bool
info_read_date(struct docket_bytes date, char out[INFO_DATE_SIZE])
{
	int year, month, day, hour, minute, second, size;
	char zone[8];

	date = trim(date);
	if (begins_with(date, "D:"))
		date.data += 2, date.size -= 2;
	year = read_digits(&date, 4, 1970, 2200);
	if (year < 0)
		return false;
	month = read_digits(&date, 2, 1, 12);
	day = month < 0 ? -1 : read_digits(&date, 2, 1, 31);
	hour = day < 0 ? -1 : read_digits(&date, 2, 0, 23);
	minute = hour < 0 ? -1 : read_digits(&date, 2, 0, 59);
	second = minute < 0 ? -1 : read_digits(&date, 2, 0, 60);
	read_zone(date, zone);
	size = snprintf(out, INFO_DATE_SIZE, "%04d", year % 10000);
	if (month >= 0)
		size += snprintf(out + size, 4, "-%02d", month % 100);
	if (day >= 0)
		size += snprintf(out + size, 4, "-%02d", day % 100);
	if (minute >= 0)
		snprintf(out + size, 18, "T%02d:%02d:%02d%s", hour % 100,
			 minute % 100, second < 0 ? 0 : second % 100, zone);
	return true;
}

static void
put_entries(struct docket_job *job, struct library_document *document)
{
	for (size_t i = 0; i < sizeof(entries) / sizeof(*entries); i++) {
		struct docket_bytes text =
			trim(library_get_info(document, entries[i].key));

		if (text.size)
			docket_put_field(job, entries[i].field, text);
	}
}

static void
put_dates(struct docket_job *job, struct library_document *document)
{
	for (size_t i = 0; i < sizeof(dates) / sizeof(*dates); i++) {
		char date[INFO_DATE_SIZE];

		if (info_read_date(library_get_info(document, dates[i].key),
				   date))
			docket_put_field(
				job, dates[i].field,
				(struct docket_bytes){ date, strlen(date) });
	}
}

/* The program that the text was written in, rather than the one that printed. */
static void
put_generator(struct docket_job *job, struct library_document *document)
{
	struct docket_bytes text = trim(library_get_info(document, "Creator"));

	if (!text.size)
		text = trim(library_get_info(document, "Producer"));
	if (text.size)
		docket_put_field(job, DOCKET_FIELD_GENERATOR, text);
}

void
info_put(struct docket_job *job, struct library_document *document)
{
	struct docket_bytes title = trim(library_get_info(document, "Title"));
	char pages[16];
	int size = snprintf(pages, sizeof(pages), "%u",
			    library_count_pages(document));

	if (info_is_title(title))
		docket_put_field(job, DOCKET_FIELD_TITLE, title);
	put_entries(job, document);
	put_dates(job, document);
	put_generator(job, document);
	docket_put_field(job, DOCKET_FIELD_PAGES,
			 (struct docket_bytes){ pages, (size_t)size });
}
