/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json_read.c - JSON read strictly, value by value
 *
 * Owns nothing. A string is never longer than what it is written as, so it is
 * decoded where it stands. The flag that places commas in json.c finds them
 * here.
 */
#include "json_read.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"

void
json_read_init(struct json_read *json, struct buffer *text, struct fault *fault)
{
	*json = (struct json_read){
		.data = text->data,
		.size = text->size,
		.is_first = true,
		.fault = fault,
	};
}

bool
json_read_fail(struct json_read *json, const char *format, ...)
{
	auto_free char *what = NULL;
	va_list arguments;

	if (json->has_failed)
		return false;
	va_start(arguments, format);
	if (vasprintf(&what, format, arguments) < 0)
		abort();
	va_end(arguments);
	fault_set(json->fault, -EINVAL, "Byte %zu: %s.", json->at, what);
	json->has_failed = true;
	return false;
}

/* ---- single bytes ---- */

/* The next byte that is no white space, left where it is; '\0': none. */
static char
look(struct json_read *json)
{
	while (!json->has_failed && json->at < json->size) {
		char byte = json->data[json->at];

		if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')
			return byte;
		json->at++;
	}
	return '\0';
}

static bool
expect(struct json_read *json, char byte)
{
	if (look(json) != byte)
		return json_read_fail(json, "there is no %c", byte);
	json->at++;
	return true;
}

/* ---- containers ---- */

static bool
begin(struct json_read *json, char bracket)
{
	if (!expect(json, bracket))
		return false;
	if (++json->depth > JSON_READ_DEPTH)
		return json_read_fail(json, "it lies more than %d deep",
				      JSON_READ_DEPTH);
	json->is_first = true;
	return true;
}

/* Is this no end, and the comma read if there must be one? */
static bool
goes_on(struct json_read *json, char bracket)
{
	bool is_first = json->is_first;

	if (json->has_failed)
		return false;
	json->is_first = false;
	if (look(json) == bracket) {
		json->at++;
		json->depth--;
		return false;
	}
	return is_first || expect(json, ',');
}

bool
json_read_object(struct json_read *json)
{
	return begin(json, '{');
}

bool
json_read_member(struct json_read *json, struct docket_bytes *out_key)
{
	return goes_on(json, '}') && json_read_string(json, out_key) &&
	       expect(json, ':');
}

bool
json_read_array(struct json_read *json)
{
	return begin(json, '[');
}

bool
json_read_item(struct json_read *json)
{
	return goes_on(json, ']');
}

/* ---- strings ---- */

static bool
read_hex(struct json_read *json, uint32_t *out_code)
{
	uint32_t code = 0;

	for (int i = 0; i < 4; i++) {
		char byte = json->at < json->size ? json->data[json->at] : '\0';
		static const char digits[] = "0123456789abcdefABCDEF";
		const char *digit = byte ? strchr(digits, byte) : NULL;
		uint32_t value;

		if (!digit)
			return json_read_fail(json, "\\u without four digits");
		value = (uint32_t)(digit - digits);
		code = code << 4 | (value < 16 ? value : value - 6);
		json->at++;
	}
	*out_code = code;
	return true;
}

/* Behind \u: a character, or the first half of a pair and then the other. */
static bool
read_code(struct json_read *json, uint32_t *out_code)
{
	uint32_t high, low;

	if (!read_hex(json, &high))
		return false;
	*out_code = high;
	if (high == 0)
		return json_read_fail(json, "a string has a NUL in it");
	if (high < 0xd800 || high > 0xdfff)
		return true;
	if (high > 0xdbff || json->size - json->at < 2 ||
	    memcmp(json->data + json->at, "\\u", 2) != 0)
		return json_read_fail(json, "half of a surrogate pair");
	json->at += 2;
	if (!read_hex(json, &low))
		return false;
	if (low < 0xdc00 || low > 0xdfff)
		return json_read_fail(json, "half of a surrogate pair");
	*out_code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

/* What stands behind a backslash, written to out: 1 to 4 bytes, 0: a fault. */
static size_t
read_escape(struct json_read *json, char *out)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	char byte = json->at < json->size ? json->data[json->at++] : '\0';
	const char *letter = byte ? strchr(letters, byte) : NULL;
	auto_buffer struct buffer character = { 0 };
	uint32_t code;

	if (letter) {
		*out = meanings[letter - letters];
		return 1;
	}
	if (byte != 'u') {
		json_read_fail(json, "a backslash before what needs none");
		return 0;
	}
	if (!read_code(json, &code))
		return 0;
	escape_encode(&character, code);
	memcpy(out, character.data, character.size);
	return character.size;
}

/* A run of bytes as they are, moved to out; 0: a fault, or none. */
static size_t
read_plain(struct json_read *json, char *out)
{
	const char *start = json->data + json->at;
	const char *end = json->data + json->size;
	const char *at = start;

	while (at < end && *at != '"' && *at != '\\') {
		unsigned char byte = (unsigned char)*at;
		size_t size = 1;

		if (byte >= 0x80)
			size = escape_decode(at, (size_t)(end - at), NULL);
		if (byte < 0x20 || size == 0) {
			json->at = (size_t)(at - json->data);
			json_read_fail(json, byte < 0x20
						     ? "a control character in "
						       "a string"
						     : "it is not UTF-8");
			return 0;
		}
		at += size;
	}
	memmove(out, start, (size_t)(at - start));
	json->at += (size_t)(at - start);
	return (size_t)(at - start);
}

bool
json_read_string(struct json_read *json, struct docket_bytes *out_value)
{
	char *start, *out;

	if (look(json) != '"')
		return json_read_fail(json, "there is no string");
	start = out = json->data + ++json->at;
	for (;;) {
		out += read_plain(json, out);
		if (json->has_failed)
			return false;
		if (json->at == json->size)
			return json_read_fail(json, "a string does not end");
		if (json->data[json->at++] == '"')
			break;
		out += read_escape(json, out);
		if (json->has_failed)
			return false;
	}
	*out_value = (struct docket_bytes){ start, (size_t)(out - start) };
	return true;
}

/* ---- numbers and words ---- */

static bool
is_digit(const struct json_read *json)
{
	return json->at < json->size && json->data[json->at] >= '0' &&
	       json->data[json->at] <= '9';
}

bool
json_read_uint(struct json_read *json, uint32_t limit, uint32_t *out_value)
{
	bool is_zero = look(json) == '0';
	uint64_t value = 0;

	if (json->has_failed || !is_digit(json))
		return json_read_fail(json, "there is no whole number");
	do {
		value = value * 10 + (uint64_t)(json->data[json->at++] - '0');
	} while (is_digit(json) && value <= limit && !is_zero);
	if (value > limit || is_digit(json))
		return json_read_fail(json, "the number is out of range");
	if (json->at < json->size && strchr(".eE", json->data[json->at]))
		return json_read_fail(json, "the number is not a whole one");
	*out_value = (uint32_t)value;
	return true;
}

static bool
skip_digits(struct json_read *json)
{
	if (!is_digit(json))
		return json_read_fail(json, "a number lacks a digit");
	while (is_digit(json))
		json->at++;
	return true;
}

static bool
skip_byte(struct json_read *json, const char *bytes)
{
	if (json->at == json->size || !json->data[json->at] ||
	    !strchr(bytes, json->data[json->at]))
		return false;
	json->at++;
	return true;
}

static void
skip_number(struct json_read *json)
{
	skip_byte(json, "-");
	if (!skip_byte(json, "0") && !skip_digits(json))
		return;
	if (skip_byte(json, ".") && !skip_digits(json))
		return;
	if (skip_byte(json, "eE")) {
		skip_byte(json, "+-");
		skip_digits(json);
	}
}

static bool
skip_word(struct json_read *json, const char *word)
{
	size_t size = strlen(word);

	if (json->size - json->at < size ||
	    memcmp(json->data + json->at, word, size) != 0)
		return false;
	json->at += size;
	return true;
}

bool
json_read_null(struct json_read *json)
{
	return look(json) == 'n' && skip_word(json, "null");
}

/* Not deeper than JSON_READ_DEPTH calls of itself. */
void
json_read_skip(struct json_read *json)
{
	struct docket_bytes ignored;

	switch (look(json)) {
	case '{':
		json_read_object(json);
		while (json_read_member(json, &ignored))
			json_read_skip(json);
		break;
	case '[':
		json_read_array(json);
		while (json_read_item(json))
			json_read_skip(json);
		break;
	case '"':
		json_read_string(json, &ignored);
		break;
	case 't':
	case 'f':
	case 'n':
		if (!skip_word(json, "true") && !skip_word(json, "false") &&
		    !skip_word(json, "null"))
			json_read_fail(json, "there is no such word");
		break;
	default:
		skip_number(json);
		break;
	}
}

bool
json_read_end(struct json_read *json)
{
	look(json);
	if (!json->has_failed && json->at < json->size)
		json_read_fail(json, "something stands behind the end");
	return !json->has_failed;
}
