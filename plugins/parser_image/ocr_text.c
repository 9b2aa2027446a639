/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_text.c - what tesseract recognised, as paragraphs
 *
 * Lines are put together, words that were divided joined, and the spaces go
 * that tesseract sees between Chinese characters. Running out of memory ends
 * the process.
 */
#include "ocr_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tesseract/capi.h>

/* The character at text; 0 at its end. *out_size is how many bytes it has. */
static uint32_t
decode(const char *text, size_t size, size_t *out_size)
{
	static const unsigned char masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned char first = size ? (unsigned char)text[0] : 0;
	size_t count = first < 0xc0   ? 1
		       : first < 0xe0 ? 2
		       : first < 0xf0 ? 3
				      : 4;
	uint32_t c;

	*out_size = 0;
	if (!size)
		return 0;
	if (count > size)
		count = 1;
	c = first & masks[count];
	for (size_t i = 1; i < count; i++)
		c = c << 6 | ((unsigned char)text[i] & 0x3f);
	*out_size = count;
	return c;
}

/* The last character of text, or 0. */
static uint32_t
decode_last(const char *text, size_t size)
{
	size_t at = size;
	size_t length;

	while (at > 0) {
		at--;
		if (((unsigned char)text[at] & 0xc0) != 0x80)
			break;
	}
	return decode(text + at, size - at, &length);
}

/* Of a script that has no spaces, or its punctuation. */
static int
is_wide(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xff00 && c <= 0xff60) || (c >= 0x20000 && c <= 0x3ffff);
}

/* Small letters of Latin, Greek and Cyrillic, as far as they divide words. */
static int
is_small(uint32_t c)
{
	return (c >= 'a' && c <= 'z') ||
	       (c >= 0xdf && c <= 0xff && c != 0xf7) ||
	       (c >= 0x3ac && c <= 0x3ce) || (c >= 0x430 && c <= 0x45f) ||
	       (c >= 0x100 && c <= 0x17f && (c & 1));
}

static int
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Past white space; were there line feeds in it? */
static size_t
skip_space(const char *text, size_t at, size_t size, int *out_feeds)
{
	*out_feeds = 0;
	for (; at < size && is_space(text[at]); at++)
		*out_feeds += text[at] == '\n';
	return at;
}

/* "negotia-" and "tions": the hyphen at the end of text is the printer's. */
static int
is_divided(const char *text, size_t size, uint32_t next)
{
	if (size < 2 || text[size - 1] != '-' || !is_small(next))
		return 0;
	return is_small(decode_last(text, size - 1));
}

size_t
ocr_text_join(char *text, size_t size, int *out_lines)
{
	size_t out = 0;
	int lines = 0;
	int feeds;
	size_t at = skip_space(text, 0, size, &feeds);

	while (at < size) {
		size_t length;
		uint32_t before;
		uint32_t next;

		while (at < size && !is_space(text[at]))
			text[out++] = text[at++];
		at = skip_space(text, at, size, &feeds);
		lines += feeds > 0;
		next = decode(text + at, size - at, &length);
		before = decode_last(text, out);
		if (feeds && is_divided(text, out, next))
			out--;
		else if (at < size && !(is_wide(before) && is_wide(next)))
			text[out++] = ' ';
	}
	*out_lines = lines;
	return out;
}

/* The Latin capital that a Cyrillic one looks like; 0: none. */
static char
find_twin(uint32_t c)
{
	static const struct {
		uint32_t cyrillic;
		char latin;
	} twins[] = {
		{ 0x410, 'A' }, { 0x412, 'B' }, { 0x415, 'E' }, { 0x41a, 'K' },
		{ 0x41c, 'M' }, { 0x41d, 'H' }, { 0x41e, 'O' }, { 0x420, 'P' },
		{ 0x421, 'C' }, { 0x422, 'T' }, { 0x425, 'X' },
	};

	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		if (twins[i].cyrillic == c)
			return twins[i].latin;
	return 0;
}

/* Has it a stroke and a digit, and no letter that is surely Cyrillic? */
static int
is_symbol(const char *word, size_t size)
{
	int strokes = 0;
	int digits = 0;
	size_t length;

	for (size_t at = 0; at < size; at += length) {
		uint32_t c = decode(word + at, size - at, &length);

		strokes += c == '/';
		digits += c >= '0' && c <= '9';
		if (c >= 0x80 && !find_twin(c))
			return 0;
	}
	return strokes && digits;
}

/* In place, from `from` to `to`, which is not behind it. */
static size_t
mend_word(char *to, const char *from, size_t size)
{
	size_t out = 0;
	size_t length;

	for (size_t at = 0; at < size; at += length) {
		char latin = find_twin(decode(from + at, size - at, &length));

		if (latin) {
			to[out++] = latin;
			continue;
		}
		memmove(to + out, from + at, length);
		out += length;
	}
	return out;
}

size_t
ocr_text_mend_symbols(char *text, size_t size)
{
	size_t out = 0;
	size_t at = 0;

	while (at < size) {
		size_t start = at;

		while (at < size && text[at] != ' ')
			at++;
		if (is_symbol(text + start, at - start)) {
			out += mend_word(text + out, text + start, at - start);
		} else {
			memmove(text + out, text + start, at - start);
			out += at - start;
		}
		if (at < size)
			text[out++] = text[at++];
	}
	return out;
}

/* The letters of page->text from start on. */
static size_t
count_letters(const struct ocr_page *page, size_t start)
{
	size_t count = 0;

	for (size_t i = start; i < page->size; i++)
		count += ((unsigned char)page->text[i] & 0xc0) != 0x80 &&
			 page->text[i] != ' ';
	return count;
}

static void *
grow(void *array, size_t size)
{
	array = realloc(array, size);
	if (!array)
		abort();
	return array;
}

static void
append_paragraph(struct ocr_page *page, const char *text, int confidence)
{
	size_t size = strlen(text);
	struct ocr_paragraph paragraph = { .start = page->size,
					   .confidence = confidence };

	page->text = grow(page->text, page->size + size + 1);
	memcpy(page->text + page->size, text, size);
	size = ocr_text_join(page->text + page->size, size, &paragraph.lines);
	size = ocr_text_mend_symbols(page->text + page->size, size);
	if (!size)
		return;
	page->size += size;
	paragraph.end = page->size;
	if ((page->count & (page->count - 1)) == 0)
		page->paragraphs = grow(page->paragraphs,
					(page->count ? page->count * 2 : 1) *
						sizeof(paragraph));
	page->paragraphs[page->count++] = paragraph;
}

void
ocr_text_collect(struct TessResultIterator *result, struct ocr_page *page)
{
	double sum = 0;
	size_t letters = 0;

	if (!result)
		return;
	do {
		char *text = TessResultIteratorGetUTF8Text(result, RIL_PARA);
		float confidence =
			TessResultIteratorConfidence(result, RIL_PARA);
		size_t start = page->size;
		size_t count;

		if (!text)
			continue;
		append_paragraph(page, text, (int)confidence);
		TessDeleteText(text);
		count = count_letters(page, start);
		sum += (double)confidence * (double)count;
		letters += count;
	} while (TessResultIteratorNext(result, RIL_PARA));
	if (letters)
		page->confidence = (int)(sum / (double)letters);
}
