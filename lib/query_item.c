/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query_item.c - what a person typed, cut into words and quoted pieces
 *
 * Owns nothing. A quote that is not closed is punctuation.
 */
#include <string.h>

#include "escape.h"
#include "query_private.h"
#include "word_fold.h"

/* Of the typography of six languages, and of people who swap their quotes. */
static const struct {
	uint32_t opening;
	uint32_t closing;
	uint32_t closing_too; /* 0: nothing else does */
} quotes[] = {
	{ '"', '"', 0 },
	{ 0xff02, 0xff02, 0 },	    /* full width */
	{ 0xab, 0xbb, 0 },	    /* « » */
	{ 0xbb, 0xab, 0 },	    /* » « */
	{ 0x201c, 0x201d, 0x201c }, /* “ ” */
	{ 0x201d, 0x201d, 0x201c }, /* ” ” */
	{ 0x201e, 0x201c, 0x201d }, /* „ “ */
	{ 0x2039, 0x203a, 0 },	    /* ‹ › */
	{ 0x300a, 0x300b, 0 },	    /* 《 》 */
	{ 0x300c, 0x300d, 0 },	    /* 「 」 */
	{ 0x300e, 0x300f, 0 },	    /* 『 』 */
};

/* The character there and its length; what is no UTF-8 is one of one byte. */
static uint32_t
get_character(struct docket_bytes text, size_t at, size_t *out_length)
{
	uint32_t code = 0;

	*out_length = escape_decode(text.data + at, text.size - at, &code);
	if (*out_length == 0)
		*out_length = 1;
	return code;
}

static bool
is_space(uint32_t code)
{
	return word_fold_find(code)->class == WORD_CLASS_SPACE;
}

/* Is there a quoted piece at this place? What is in it, and where it ends. */
static bool
find_quoted(struct docket_bytes text, size_t at, struct docket_bytes *out_inner,
	    size_t *out_end)
{
	size_t length, start, row = 0;
	uint32_t code = get_character(text, at, &length);

	while (row < ARRAY_SIZE(quotes) && quotes[row].opening != code)
		row++;
	if (row == ARRAY_SIZE(quotes))
		return false;
	start = at + length;
	for (at = start; at < text.size; at += length) {
		code = get_character(text, at, &length);
		if (code != quotes[row].closing &&
		    (code != quotes[row].closing_too || code == 0))
			continue;
		*out_inner =
			(struct docket_bytes){ text.data + start, at - start };
		*out_end = at + length;
		return true;
	}
	return false;
}

/* Where the word that begins here ends: at white space or a quoted piece. */
static size_t
find_word_end(struct docket_bytes text, size_t at)
{
	struct docket_bytes inner;
	size_t start = at, length, end;

	for (; at < text.size; at += length) {
		if (is_space(get_character(text, at, &length)))
			break;
		if (at > start && find_quoted(text, at, &inner, &end))
			break;
	}
	return at;
}

static void
take_stars(struct query_item *item)
{
	struct docket_bytes *text = &item->text;

	while (text->size > 0 && text->data[text->size - 1] == '*') {
		text->size--;
		item->is_prefix = true;
	}
}

bool
query_item_next(struct docket_bytes text, size_t *at,
		struct query_item *out_item)
{
	struct query_item item = { .is_or = false };
	size_t length, end;

	while (*at < text.size && is_space(get_character(text, *at, &length)))
		*at += length;
	if (*at == text.size)
		return false;
	item.is_excluded = text.data[*at] == '-';
	*at += item.is_excluded;
	if (*at < text.size && find_quoted(text, *at, &item.text, &end)) {
		*at = end;
		item.is_prefix = end < text.size && text.data[end] == '*';
	} else {
		end = find_word_end(text, *at);
		item.text = (struct docket_bytes){ text.data + *at, end - *at };
		item.is_or = bytes_equal(item.text, bytes_of("OR")) &&
			     !item.is_excluded;
		*at = end;
	}
	take_stars(&item);
	*out_item = item;
	return true;
}
