/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header.c - the values of a mail's headers as text
 *
 * Owns nothing but what it returns. Works on the raw values: what GMime makes
 * of bytes that have no declared encoding is a guess for the whole process,
 * and a mail's own text knows better. Running out of memory ends the process.
 */
#include "header.h"

#include <stdbool.h>
#include <string.h>

#include "../parser_text/encoding.h"

/* Dates outside of these years are mistakes. */
#define YEAR_MINIMUM 1970
#define YEAR_MAXIMUM 2199

/* All white space and controls to single spaces, in place. */
static char *
tidy(char *text)
{
	char *out = text;
	bool is_space = true;

	for (const char *at = text; *at; at++) {
		bool was_space = is_space;

		is_space = (unsigned char)*at <= ' ' || *at == 0x7f;
		if (!is_space)
			*out++ = *at;
		else if (!was_space)
			*out++ = ' ';
	}
	if (out > text && out[-1] == ' ')
		out--;
	*out = '\0';
	return text;
}

/* The raw bytes as UTF-8, not yet decoded; NULL: there are none. */
static char *
get_raw(struct headers *headers, const char *name)
{
	GMimeHeader *header =
		g_mime_header_list_get_header(headers->list, name);
	const char *raw = header ? g_mime_header_get_raw_value(header) : NULL;
	struct encoding_text text;
	size_t size = raw ? strlen(raw) : 0;
	char *value;

	if (!size)
		return NULL;
	if (size > HEADER_LIMIT) {
		size = HEADER_LIMIT;
		headers->was_cut = true;
	}
	if (g_utf8_validate(raw, (gssize)size, NULL) ||
	    !encoding_decode((struct docket_bytes){ raw, size },
			     headers->charset, &text))
		return g_utf8_make_valid(raw, (gssize)size);
	value = g_strndup(text.utf8.data, text.utf8.size);
	encoding_fini(&text);
	return value;
}

/* value, which is taken; NULL where it is, or nothing is left of it. */
static char *
finish(char *value)
{
	char *valid;

	if (!value)
		return NULL;
	valid = g_utf8_make_valid(value, -1);
	g_free(value);
	if (tidy(valid)[0])
		return valid;
	g_free(valid);
	return NULL;
}

char *
header_text(struct headers *headers, const char *name)
{
	char *raw = get_raw(headers, name);
	char *unfolded;
	char *decoded;

	if (!raw)
		return NULL;
	unfolded = g_mime_utils_header_unfold(raw);
	decoded = g_mime_utils_header_decode_text(NULL, unfolded);
	g_free(unfolded);
	g_free(raw);
	return finish(decoded);
}

/* ---- addresses ---- */

static void
add_string(struct headers *headers, GPtrArray *strings, char *string)
{
	string = finish(string);
	if (string && strings->len < HEADER_VALUES_LIMIT) {
		g_ptr_array_add(strings, string);
		return;
	}
	headers->was_cut |= string != NULL;
	g_free(string);
}

static void
add_mailbox(struct headers *headers, GPtrArray *strings,
	    InternetAddress *address)
{
	const char *name = internet_address_get_name(address);
	const char *at = internet_address_mailbox_get_addr(
		INTERNET_ADDRESS_MAILBOX(address));

	if (name && name[0] && at && at[0])
		add_string(headers, strings,
			   g_strdup_printf("%s <%s>", name, at));
	else
		add_string(headers, strings, g_strdup(at && at[0] ? at : name));
}

/* A group is its members; where it names none, its name. */
static void
add_list(struct headers *headers, GPtrArray *strings, InternetAddressList *list,
	 bool is_outer)
{
	int count = internet_address_list_length(list);

	for (int i = 0; i < count; i++) {
		InternetAddress *address =
			internet_address_list_get_address(list, i);
		InternetAddressList *members;

		if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
			add_mailbox(headers, strings, address);
			continue;
		}
		members = internet_address_group_get_members(
			INTERNET_ADDRESS_GROUP(address));
		if (is_outer && internet_address_list_length(members) > 0)
			add_list(headers, strings, members, false);
		else
			add_string(
				headers, strings,
				g_strdup(internet_address_get_name(address)));
	}
}

GPtrArray *
header_addresses(struct headers *headers, const char *name)
{
	GPtrArray *strings = g_ptr_array_new_with_free_func(g_free);
	char *raw = get_raw(headers, name);
	InternetAddressList *list;

	if (!raw)
		return strings;
	list = internet_address_list_parse(NULL, raw);
	if (list)
		add_list(headers, strings, list, true);
	if (list)
		g_object_unref(list);
	/* What is no address is still who it says it is from. */
	if (!strings->len)
		add_string(headers, strings, header_text(headers, name));
	g_free(raw);
	return strings;
}

/* ---- identifiers and dates ---- */

GPtrArray *
header_identifiers(struct headers *headers, const char *name)
{
	GPtrArray *strings = g_ptr_array_new_with_free_func(g_free);
	char *raw = get_raw(headers, name);
	const char *at = raw ? strchr(raw, '<') : NULL;

	while (at) {
		const char *end = strchr(at, '>');

		if (!end)
			break;
		add_string(headers, strings,
			   g_strndup(at + 1, (size_t)(end - at) - 1));
		at = strchr(end, '<');
	}
	if (raw && !strings->len)
		add_string(headers, strings, g_strdup(raw));
	g_free(raw);
	return strings;
}

char *
header_date(struct headers *headers, const char *name)
{
	char *raw = header_text(headers, name);
	GDateTime *date = raw ? g_mime_utils_header_decode_date(raw) : NULL;
	char *text = NULL;
	int year;

	g_free(raw);
	if (!date)
		return NULL;
	year = g_date_time_get_year(date);
	if (year >= YEAR_MINIMUM && year <= YEAR_MAXIMUM)
		text = g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z");
	g_date_time_unref(date);
	return text;
}
