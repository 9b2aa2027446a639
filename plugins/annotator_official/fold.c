/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold.c - text as it is compared: one spelling for what means the same
 *
 * Owns nothing but the buffers of its caller. Out of memory ends the process.
 */
#include "fold.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include "glyph.h"

/* Behind the first bytes of the two that characters of the table have. */
#define TABLE_LEAD_END (0xc0 + FOLD_TABLE / 0x40)
/* Bytes of text, in a page of a store. */
#define PAGE 8192

/* Signs that stand for another one. What is not here and no letter stays. */
static const struct {
	int32_t sign;
	int32_t folded;
} signs[] = {
	{ 0x2018, '\'' }, { 0x2019, '\'' }, { 0x2bc, '\'' },  { '`', '\'' },
	{ 0xb4, '\'' },	  { 0x60c, ',' },   { 0x3001, ',' },  { 0x61b, ';' },
	{ 0x3002, '.' },  { 0x3014, '[' },  { 0x3015, ']' },  { 0x2212, '-' },
	{ 0x622, 0x627 }, { 0x623, 0x627 }, { 0x625, 0x627 }, { 0x671, 0x627 },
	{ 0x649, 0x64a }, { '*', 0 },	    { '"', 0 },	      { 0xab, 0 },
	{ 0xbb, 0 },	  { 0x201c, 0 },    { 0x201d, 0 },    { 0x201e, 0 },
	{ 0x300a, 0 },	  { 0x300b, 0 },    { 0x640, 0 },
};

/* A letter small and without its accents. */
static int32_t
fold_letter(int32_t c)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *normal = unorm2_getNFDInstance(&error);
	UChar parts[8];
	int32_t count;

	c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
	if (U_FAILURE(error))
		return c;
	count = unorm2_getDecomposition(normal, c, parts, 8, &error);
	return count > 0 && U_SUCCESS(error) ? parts[0] : c;
}

static bool
is_dropped(int32_t c)
{
	int8_t type = u_charType(c);

	return type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR;
}

static int32_t
fold_character(int32_t c)
{
	int digit;

	if (glyph_is_ideograph(c))
		return c;
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xff01 - '!';
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i].sign == c)
			return signs[i].folded;
	if (glyph_is_space(c))
		return ' ';
	if (is_dropped(c))
		return 0;
	digit = glyph_digit(c);
	if (digit >= 0)
		return '0' + digit;
	if (u_charType(c) == U_DASH_PUNCTUATION)
		return '-';
	return fold_letter(c);
}

void
fold_init(struct fold_table *table)
{
	for (int32_t c = 0; c < FOLD_TABLE; c++)
		table->items[c] = (uint16_t)fold_character(c);
}

static size_t
measure_most(struct docket_bytes text)
{
	return 3 * text.size + 8;
}

static bool
has_room(const struct folds *folds, size_t more)
{
	return folds->size + more <= folds->capacity;
}

static void
reserve(struct folds *folds, size_t more)
{
	if (has_room(folds, more))
		return;
	folds->capacity = (folds->size + more) * 3 / 2 + 256;
	folds->data = realloc(folds->data, folds->capacity);
	folds->source = realloc(folds->source,
				folds->capacity * sizeof(*folds->source));
	if (!folds->data || !folds->source)
		abort();
}

static inline void
put(struct folds *folds, int32_t c, uint32_t source)
{
	size_t at = folds->size;

	if (c < 0x80) {
		folds->data[at] = (char)c;
		folds->source[at] = source;
		folds->size++;
		return;
	}
	U8_APPEND_UNSAFE(folds->data, folds->size, c);
	while (at < folds->size)
		folds->source[at++] = source;
}

/* Is white space between these two as good as none? */
static bool
is_idle_space(int32_t before, int32_t after)
{
	return after == ',' || after == ':' || after == ';' ||
	       glyph_is_wide(before) || glyph_is_wide(after);
}

/*
 * Most of most texts: letters of the table with single spaces between them,
 * taken as they come. Where more must be known of what stands around it, that
 * is left.
 */
static size_t
add_plain(const struct fold_table *table, struct folds *folds,
	  struct docket_bytes text, size_t at, uint32_t base)
{
	const unsigned char *data = (const unsigned char *)text.data;
	struct folds out = *folds; /* nothing else can reach it: registers */
	size_t space = SIZE_MAX;   /* where one is that was not put yet */

	while (at < text.size) {
		size_t size = data[at] < 0x80 ? 1 : 2;
		uint16_t c = 0;

		if (size == 1)
			c = table->items[data[at]];
		else if (data[at] >= 0xc2 && data[at] < TABLE_LEAD_END &&
			 at + 1 < text.size && (data[at + 1] & 0xc0) == 0x80)
			c = table->items[(data[at] & 0x1f) << 6 |
					 (data[at + 1] & 0x3f)];
		if (c == ' ' && space == SIZE_MAX) {
			space = at;
			at += size;
			continue;
		}
		if (c <= ' ' || c == ',' || c == ':' || c == ';')
			break;
		if (space != SIZE_MAX)
			put(&out, ' ', base + (uint32_t)at);
		space = SIZE_MAX;
		put(&out, c, base + (uint32_t)at);
		at += size;
	}
	*folds = out;
	return space != SIZE_MAX ? space : at;
}

void
fold_add(const struct fold_table *table, struct folds *folds,
	 struct docket_bytes text, uint32_t base)
{
	size_t begin = folds->size;
	int32_t before = 0;
	bool is_space = false;

	reserve(folds, measure_most(text));
	for (size_t at = 0; at < text.size;) {
		uint32_t source = base + (uint32_t)at;
		int32_t c = glyph_next(text, &at);

		c = c >= 0 && c < FOLD_TABLE ? table->items[c]
					     : fold_character(c);
		if (c == ',' && (before == ':' || before == ','))
			continue;
		if (c == ' ')
			is_space = true;
		if (c <= ' ')
			continue;
		if (is_space && folds->size > begin &&
		    !is_idle_space(before, c))
			put(folds, ' ', source);
		is_space = false;
		put(folds, c, source);
		before = c;
		if (c >= FOLD_TABLE)
			continue;
		at = add_plain(table, folds, text, at, base);
		before = (unsigned char)folds->data[folds->size - 1];
	}
	folds->source[folds->size] = base + (uint32_t)text.size;
}

void
fold_fini(struct folds *folds)
{
	free(folds->data);
	free(folds->source);
	*folds = (struct folds){ 0 };
}

static struct folds *
add_page(struct fold_store *store, size_t size)
{
	struct folds *page;

	store->pages = realloc(store->pages,
			       (store->count + 1) * sizeof(*store->pages));
	if (!store->pages)
		abort();
	page = &store->pages[store->count++];
	*page = (struct folds){ 0 };
	reserve(page, size > PAGE ? size : PAGE);
	return page;
}

struct folded
fold_keep(const struct fold_table *table, struct fold_store *store,
	  struct docket_bytes text, uint32_t base)
{
	size_t most = measure_most(text);
	struct folds *page =
		store->count ? &store->pages[store->count - 1] : NULL;
	size_t begin;

	if (!page || !has_room(page, most))
		page = add_page(store, most);
	begin = page->size;
	fold_add(table, page, text, base);
	return (struct folded){
		.text = { page->data + begin, page->size++ - begin },
		.source = page->source + begin,
	};
}

void
fold_store_fini(struct fold_store *store)
{
	for (size_t i = 0; i < store->count; i++)
		fold_fini(&store->pages[i]);
	free(store->pages);
	*store = (struct fold_store){ 0 };
}
