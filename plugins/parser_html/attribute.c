/* SPDX-License-Identifier: Apache-2.0 */
/*
 * attribute.c - the attributes of a tag, one after the other
 *
 * Pure. Quotes only mean something where a value begins, as the HTML standard
 * has it. Each byte is looked at once.
 */
#include "attribute.h"

#include <string.h>
#include <strings.h>

#include "entity.h"

#define NUMBER_LIMIT 100000000

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static size_t
skip_space(struct docket_bytes tag, size_t at)
{
	while (at < tag.size && is_space(tag.data[at]))
		at++;
	return at;
}

/* A first '=' is part of the name. */
static struct docket_bytes
read_name(struct docket_bytes tag, size_t *at)
{
	size_t start = (*at)++;

	while (*at < tag.size && !is_space(tag.data[*at]) &&
	       tag.data[*at] != '=' && tag.data[*at] != '>' &&
	       tag.data[*at] != '/')
		(*at)++;
	return (struct docket_bytes){ tag.data + start, *at - start };
}

static struct docket_bytes
read_quoted(struct docket_bytes tag, size_t *at)
{
	size_t start = *at + 1;
	const char *end =
		memchr(tag.data + start, tag.data[*at], tag.size - start);
	size_t size = end ? (size_t)(end - tag.data) - start : tag.size - start;

	*at = start + size + (end != NULL);
	return (struct docket_bytes){ tag.data + start, size };
}

static struct docket_bytes
read_value(struct docket_bytes tag, size_t *at)
{
	size_t start = *at;

	if (start < tag.size &&
	    (tag.data[start] == '"' || tag.data[start] == '\''))
		return read_quoted(tag, at);
	while (*at < tag.size && !is_space(tag.data[*at]) &&
	       tag.data[*at] != '>')
		(*at)++;
	return (struct docket_bytes){ tag.data + start, *at - start };
}

bool
attribute_next(struct docket_bytes tag, size_t *at,
	       struct attribute *out_attribute)
{
	size_t behind;

	while (*at < tag.size &&
	       (is_space(tag.data[*at]) || tag.data[*at] == '/'))
		(*at)++;
	if (*at >= tag.size || tag.data[*at] == '>')
		return false;
	out_attribute->name = read_name(tag, at);
	out_attribute->value = (struct docket_bytes){ 0 };
	behind = skip_space(tag, *at);
	if (behind >= tag.size || tag.data[behind] != '=')
		return true;
	*at = skip_space(tag, behind + 1);
	out_attribute->value = read_value(tag, at);
	return true;
}

struct docket_bytes
attribute_find(struct docket_bytes tag, const char *name)
{
	struct attribute attribute;
	size_t at = 0;

	while (attribute_next(tag, &at, &attribute))
		if (attribute_is(attribute.name, name))
			return attribute.value;
	return (struct docket_bytes){ 0 };
}

bool
attribute_is(struct docket_bytes value, const char *word)
{
	return strlen(word) == value.size &&
	       strncasecmp(value.data, word, value.size) == 0;
}

bool
attribute_has(struct docket_bytes value, const char *word)
{
	size_t size = strlen(word);

	for (size_t at = 0; at + size <= value.size; at++)
		if ((value.data[at] | 0x20) == (word[0] | 0x20) &&
		    strncasecmp(value.data + at, word, size) == 0)
			return true;
	return false;
}

static struct docket_bytes
trim(struct docket_bytes value)
{
	while (value.size && is_space(value.data[0])) {
		value.data++;
		value.size--;
	}
	while (value.size && is_space(value.data[value.size - 1]))
		value.size--;
	return value;
}

/* Without a character that was cut in two, if there may be one at its end. */
static size_t
cut_character(const char *data, size_t size)
{
	while (size && (data[size - 1] & 0xc0) == 0x80)
		size--;
	return size && (data[size - 1] & 0x80) ? size - 1 : size;
}

struct docket_bytes
attribute_decode(struct docket_bytes value, char *buffer, size_t size)
{
	size_t used = 0;

	value = trim(value);
	for (size_t at = 0; at < value.size;) {
		struct docket_bytes rest = { value.data + at, value.size - at };
		char text[8] = { value.data[at] };
		size_t taken = 0;

		if (text[0] == '&')
			taken = entity_read(rest, true, text);
		if (used + strlen(text) > size) {
			used = cut_character(buffer, used);
			break;
		}
		memcpy(buffer + used, text, strlen(text));
		used += strlen(text);
		at += taken ? taken : 1;
	}
	return (struct docket_bytes){ buffer, used };
}

int
attribute_number(struct docket_bytes value, int fallback)
{
	struct docket_bytes digits = trim(value);
	bool is_negative = digits.size && digits.data[0] == '-';
	int number = 0;
	size_t at = is_negative;

	for (; at < digits.size && digits.data[at] >= '0' &&
	       digits.data[at] <= '9' && number < NUMBER_LIMIT;
	     at++)
		number = number * 10 + (digits.data[at] - '0');
	if (at == (size_t)is_negative)
		return fallback;
	return is_negative ? -number : number;
}
