/* SPDX-License-Identifier: Apache-2.0 */
/*
 * escape.c - strangers' bytes made fit for a line, and UTF-8 checked
 *
 * Owns nothing. Most text is ASCII, so runs of it are passed over eight bytes
 * at a time and copied at once; characters are looked at one by one only where
 * a run ends.
 */
#include "escape.h"

#include <endian.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define EACH_TOP_BIT UINT64_C(0x8080808080808080)

/* How many bytes a character has that begins like this; 0: none does. */
static size_t
get_length(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2)
		return 0;
	if (lead < 0xe0)
		return 2;
	if (lead < 0xf0)
		return 3;
	return lead < 0xf5 ? 4 : 0;
}

static bool
is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The six bits that a continuation byte adds. */
static uint32_t
get_bits(char byte)
{
	return (unsigned char)byte & 0x3f;
}

static size_t
decode_pair(const char *text, uint32_t *out_code)
{
	if (!is_continuation(text[1]))
		return 0;
	*out_code = ((unsigned char)text[0] & 0x1fu) << 6 | get_bits(text[1]);
	return 2;
}

static size_t
decode_triple(const char *text, uint32_t *out_code)
{
	uint32_t code = ((unsigned char)text[0] & 0xfu) << 12 |
			get_bits(text[1]) << 6 | get_bits(text[2]);

	if (!is_continuation(text[1]) || !is_continuation(text[2]))
		return 0;
	if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff))
		return 0;
	*out_code = code;
	return 3;
}

static size_t
decode_quadruple(const char *text, uint32_t *out_code)
{
	uint32_t code = ((unsigned char)text[0] & 0x7u) << 18 |
			get_bits(text[1]) << 12 | get_bits(text[2]) << 6 |
			get_bits(text[3]);

	if (!is_continuation(text[1]) || !is_continuation(text[2]) ||
	    !is_continuation(text[3]))
		return 0;
	if (code < 0x10000 || code > 0x10ffff)
		return 0;
	*out_code = code;
	return 4;
}

/* Every letter of every text comes through here: no loop, no tables. */
size_t
escape_decode(const char *text, size_t size, uint32_t *out_code)
{
	size_t length = size ? get_length((unsigned char)text[0]) : 0;
	uint32_t ignored;

	if (!out_code)
		out_code = &ignored;
	if (length == 0 || length > size)
		return 0;
	if (length == 2)
		return decode_pair(text, out_code);
	if (length == 3)
		return decode_triple(text, out_code);
	if (length == 4)
		return decode_quadruple(text, out_code);
	*out_code = (unsigned char)text[0];
	return 1;
}

void
escape_encode(struct buffer *out, uint32_t code)
{
	static const unsigned char leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	char *at = buffer_reserve(out, 4);
	size_t length = code < 0x80	 ? 1
			: code < 0x800	 ? 2
			: code < 0x10000 ? 3
					 : 4;

	for (size_t i = length; i-- > 1; code >>= 6)
		at[i] = (char)(0x80 | (code & 0x3f));
	at[0] = (char)(leads[length] | code);
	out->size += length;
}

static size_t
measure_ascii(const char *text, size_t size)
{
	size_t done = 0;
	uint64_t word;

	for (; done + sizeof(word) <= size; done += sizeof(word)) {
		memcpy(&word, text + done, sizeof(word));
		word = le64toh(word) & EACH_TOP_BIT;
		if (word)
			return done + (size_t)__builtin_ctzll(word) / 8;
	}
	while (done < size && (unsigned char)text[done] < 0x80)
		done++;
	return done;
}

size_t
escape_measure_printing(const char *text, size_t size)
{
	const uint64_t each_space = UINT64_C(0x2020202020202020);
	size_t done = 0;
	uint64_t word;

	for (; done + sizeof(word) <= size; done += sizeof(word)) {
		memcpy(&word, text + done, sizeof(word));
		if ((word - each_space) & ~word & EACH_TOP_BIT)
			break;
	}
	return done;
}

/*
 * Length of a character of two or three bytes whose lead takes any continuation,
 * which nearly all are; 0: escape_decode() has to look.
 */
static size_t
measure_common(const char *text, size_t size)
{
	unsigned char lead = (unsigned char)text[0];

	if (size < 3 || lead < 0xc2 || !is_continuation(text[1]))
		return 0;
	if (lead < 0xe0)
		return 2;
	return lead > 0xe0 && lead < 0xed && is_continuation(text[2]) ? 3 : 0;
}

/* How many bytes from the start are whole, valid characters. */
static size_t
measure_valid(const char *text, size_t size)
{
	size_t done = measure_ascii(text, size);

	while (done < size) {
		size_t length = measure_common(text + done, size - done);

		if (length == 0)
			length = escape_decode(text + done, size - done, NULL);
		if (length == 0)
			break;
		done += length;
		if (done < size && (unsigned char)text[done] < 0x80)
			done += measure_ascii(text + done, size - done);
	}
	return done;
}

/*
 * How many bytes of an invalid sequence count as one: those that could have
 * been the start of a character (Unicode, "maximal subpart"), at least one.
 */
static size_t
measure_invalid(const char *text, size_t size)
{
	unsigned char lead = (unsigned char)text[0];
	size_t length = get_length(lead);
	unsigned char second = size > 1 ? (unsigned char)text[1] : 0;
	size_t done = 2;

	if (length < 2 || second < 0x80 || second > 0xbf)
		return 1;
	if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f))
		return 1;
	if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f))
		return 1;
	while (done < size && done < length && is_continuation(text[done]))
		done++;
	return done;
}

bool
escape_is_utf8(struct docket_bytes bytes)
{
	return measure_valid(bytes.data, bytes.size) == bytes.size;
}

size_t
escape_put_utf8(struct buffer *out, struct docket_bytes bytes)
{
	size_t done = 0;
	size_t replaced = 0;

	while (done < bytes.size) {
		const char *at = bytes.data + done;
		size_t valid = measure_valid(at, bytes.size - done);

		buffer_put(out, at, valid);
		done += valid;
		if (done == bytes.size)
			break;
		buffer_put_string(out, REPLACEMENT);
		replaced++;
		done += measure_invalid(at + valid, bytes.size - done);
	}
	return replaced;
}

/* Characters that would move the cursor, reorder the line or end it. */
static bool
is_unfit(uint32_t code)
{
	static const struct {
		uint32_t first;
		uint32_t last;
	} unfit[] = {
		{ 0x00, 0x1f },	    { 0x5c, 0x5c },	/* C0, backslash */
		{ 0x7f, 0x9f },	    { 0x61c, 0x61c },	/* DEL, C1, ALM */
		{ 0x200e, 0x200f }, { 0x2028, 0x202e }, /* marks, breaks */
		{ 0x2066, 0x2069 }, { 0xfeff, 0xfeff }, /* isolates, BOM */
	};

	for (size_t i = 0; i < ARRAY_SIZE(unfit); i++)
		if (code >= unfit[i].first && code <= unfit[i].last)
			return true;
	return false;
}

static void
put_byte_escape(struct buffer *out, unsigned char byte)
{
	static const char digits[] = "0123456789abcdef";
	const char text[] = { '\\', 'x', digits[byte >> 4], digits[byte & 15] };

	buffer_put(out, text, sizeof(text));
}

static void
put_escape(struct buffer *out, uint32_t code)
{
	static const char letters[] = {
		['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\'
	};
	char letter = code < sizeof(letters) ? letters[code] : 0;
	const char brief[] = { '\\', letter };

	if (letter) {
		buffer_put(out, brief, sizeof(brief));
	} else if (code < 0x80) {
		put_byte_escape(out, (unsigned char)code);
	} else {
		buffer_format(out, "\\u{%04x}", code);
	}
}

/* How many bytes from the start need no escape. */
static size_t
measure_fit(const char *text, size_t size)
{
	size_t done = 0;

	while (done < size) {
		unsigned char byte = (unsigned char)text[done];
		uint32_t code;
		size_t length = 1;

		if (byte < 0x20 || byte == 0x7f || byte == '\\')
			break;
		if (byte >= 0x80) {
			length = escape_decode(text + done, size - done, &code);
			if (length == 0 || is_unfit(code))
				break;
		}
		done += length;
	}
	return done;
}

void
escape_put_line(struct buffer *out, struct docket_bytes bytes)
{
	size_t done = 0;

	while (done < bytes.size) {
		const char *at = bytes.data + done;
		size_t fit = measure_fit(at, bytes.size - done);
		size_t length;
		uint32_t code;

		buffer_put(out, at, fit);
		done += fit;
		if (done == bytes.size)
			break;
		length = escape_decode(at + fit, bytes.size - done, &code);
		if (length)
			put_escape(out, code);
		else
			put_byte_escape(out, (unsigned char)at[fit]);
		done += length ? length : 1;
	}
}

void
escape_put_base64(struct buffer *out, struct docket_bytes bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char *at = buffer_reserve(out, (bytes.size / 3 + 1) * 4);

	for (size_t done = 0; done < bytes.size; done += 3) {
		size_t count = bytes.size - done;
		uint32_t group = 0;

		for (size_t i = 0; i < 3; i++) {
			group <<= 8;
			if (i < count)
				group |= (unsigned char)bytes.data[done + i];
		}
		*at++ = digits[group >> 18];
		*at++ = digits[group >> 12 & 63];
		*at++ = count > 1 ? digits[group >> 6 & 63] : '=';
		*at++ = count > 2 ? digits[group & 63] : '=';
	}
	out->size = (size_t)(at - out->data);
}

struct docket_bytes
escape_cut(struct docket_bytes bytes, size_t limit)
{
	size_t end = limit;

	if (bytes.size <= limit)
		return bytes;
	while (end > 0 && limit - end < 3 && is_continuation(bytes.data[end]))
		end--;
	/* Not the middle of a character: a boundary is as good as any. */
	if (is_continuation(bytes.data[end]))
		end = limit;
	return (struct docket_bytes){ bytes.data, end };
}
