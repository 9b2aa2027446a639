/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json.c - JSON written straight into a buffer
 *
 * Owns nothing. One flag is enough to place the commas: a comma goes before
 * every key or value but the first of its container, and a value after its key
 * counts as a first one. Strings are copied in runs that need no escape.
 */
#include "json.h"

#include <math.h>
#include <string.h>

#include "escape.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

void
json_init(struct json *json, struct buffer *out)
{
	*json = (struct json){ .out = out, .is_first = true };
}

static void
put_comma(struct json *json)
{
	if (!json->is_first)
		buffer_put(json->out, ",", 1);
	json->is_first = false;
}

static void
begin(struct json *json, const char *bracket)
{
	put_comma(json);
	buffer_put(json->out, bracket, 1);
	json->is_first = true;
}

static void
end(struct json *json, const char *bracket)
{
	buffer_put(json->out, bracket, 1);
	json->is_first = false;
}

void
json_begin_object(struct json *json)
{
	begin(json, "{");
}

void
json_end_object(struct json *json)
{
	end(json, "}");
}

void
json_begin_array(struct json *json)
{
	begin(json, "[");
}

void
json_end_array(struct json *json)
{
	end(json, "]");
}

/* Whether one of eight bytes is a control, a quote, a backslash, not ASCII. */
static bool
is_any_special(uint64_t word)
{
	uint64_t quote = word ^ EACH('"');
	uint64_t backslash = word ^ EACH('\\');
	uint64_t found = word | (quote - EACH(1)) | (backslash - EACH(1)) |
			 (word - EACH(0x20));

	/* Only a special byte borrows from the one above it. */
	return found & EACH(0x80);
}

static bool
is_special(unsigned char byte)
{
	return byte < 0x20 || byte == '"' || byte == '\\' || byte >= 0x80;
}

/* How many bytes from the start go out as they are. */
static size_t
measure_plain(const char *text, size_t size)
{
	size_t done = 0;
	uint64_t word;

	while (done < size) {
		size_t length;

		for (; done + sizeof(word) <= size; done += sizeof(word)) {
			memcpy(&word, text + done, sizeof(word));
			if (is_any_special(word))
				break;
		}
		while (done < size && !is_special((unsigned char)text[done]))
			done++;
		if (done == size || (unsigned char)text[done] < 0x80)
			break;
		length = escape_decode(text + done, size - done, NULL);
		if (length == 0)
			break;
		done += length;
	}
	return done;
}

static void
put_escape(struct buffer *out, char c)
{
	static const char digits[] = "0123456789abcdef";
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',  ['\f'] = 'f',
		['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\',
	};
	char letter = letters[(unsigned char)c];
	const char brief[] = { '\\', letter };
	const char full[] = { '\\',	      'u',	     '0', '0',
			      digits[c >> 4], digits[c & 15] };

	if (letter)
		buffer_put(out, brief, sizeof(brief));
	else
		buffer_put(out, full, sizeof(full));
}

/* From an invalid byte on: up to where the text is valid again. */
static size_t
put_repaired(struct buffer *out, const char *text, size_t size)
{
	size_t length = 1;

	while (length < size && (text[length] & 0xc0) == 0x80)
		length++;
	escape_put_utf8(out, (struct docket_bytes){ text, length });
	return length;
}

static void
put_quoted(struct buffer *out, struct docket_bytes value)
{
	size_t done = 0;

	buffer_put(out, "\"", 1);
	while (done < value.size) {
		const char *at = value.data + done;
		size_t plain = measure_plain(at, value.size - done);

		buffer_put(out, at, plain);
		done += plain;
		if (done == value.size)
			break;
		if ((unsigned char)at[plain] < 0x80) {
			put_escape(out, at[plain]);
			done++;
		} else {
			done += put_repaired(out, at + plain,
					     value.size - done);
		}
	}
	buffer_put(out, "\"", 1);
}

void
json_key(struct json *json, const char *key)
{
	put_comma(json);
	put_quoted(json->out, bytes_of(key));
	buffer_put(json->out, ":", 1);
	json->is_first = true;
}

void
json_string(struct json *json, struct docket_bytes value)
{
	put_comma(json);
	put_quoted(json->out, value);
}

void
json_text(struct json *json, const char *value)
{
	if (value)
		json_string(json, bytes_of(value));
	else
		json_null(json);
}

void
json_int(struct json *json, int64_t value)
{
	put_comma(json);
	buffer_format(json->out, "%lld", (long long)value);
}

void
json_uint(struct json *json, uint64_t value)
{
	put_comma(json);
	buffer_format(json->out, "%llu", (unsigned long long)value);
}

/* A plugin may have set a locale whose decimal point is another character. */
void
json_double(struct json *json, double value)
{
	char text[64];
	size_t known;

	if (!isfinite(value)) {
		json_null(json);
		return;
	}
	put_comma(json);
	snprintf(text, sizeof(text), "%.6g", value);
	known = strspn(text, "+-0123456789e");
	buffer_put(json->out, text, known);
	if (text[known]) {
		const char *rest = text + known;

		buffer_put(json->out, ".", 1);
		rest += strcspn(rest, "0123456789");
		buffer_put_string(json->out, rest);
	}
}

void
json_bool(struct json *json, bool value)
{
	put_comma(json);
	buffer_put_string(json->out, value ? "true" : "false");
}

void
json_null(struct json *json)
{
	put_comma(json);
	buffer_put_string(json->out, "null");
}

void
json_member(struct json *json, const char *key, struct docket_bytes value)
{
	json_key(json, key);
	if (value.data)
		json_string(json, value);
	else
		json_null(json);
}

/*
 * Days since 1970-01-01 to a date of the proleptic Gregorian calendar. Years
 * are counted from March, so that a leap day is the last day of its year; the
 * day 0000-03-01 is 719468 days before 1970-01-01.
 */
static void
split_days(int64_t days, int *out_year, int *out_month, int *out_day)
{
	int64_t since = days + 719468 + 146097; /* not negative: year 0 */
	int64_t era = since / 146097 - 1;	/* of 400 years */
	int64_t rest = since % 146097;
	int64_t year =
		(rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int64_t day = rest - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * day + 2) / 153; /* 0 is March */

	*out_day = (int)(day - (153 * month + 2) / 5 + 1);
	*out_month = (int)(month < 10 ? month + 3 : month - 9);
	*out_year = (int)(era * 400 + year + (month < 10 ? 0 : 1));
}

void
json_put_time(struct buffer *out, int64_t time_ms)
{
	const int64_t day_ms = 86400000;
	const int64_t first = INT64_C(-62167219200000); /* 0000-01-01 */
	const int64_t last = INT64_C(253402300799999);	/* 9999-12-31 */
	int64_t time = time_ms < first	? first
		       : time_ms > last ? last
					: time_ms;
	int64_t days = (time - first) / day_ms + first / day_ms;
	int ms = (int)((time - first) % day_ms);
	int year;
	int month;
	int day;

	split_days(days, &year, &month, &day);
	buffer_format(out, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month,
		      day, ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
		      ms % 1000);
}
