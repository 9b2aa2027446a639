/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spell.c - a row's glyphs into text, in the order in which it is read
 *
 * A page shows text as the eye finds it. Glyphs are put into the order of
 * their places, gaps become spaces, and what runs from right to left is turned
 * around (direction.c). A ligature is one glyph whose letters are in logical
 * order already: it is turned as one and never torn apart. Owns the letters of
 * one line. Running out of memory ends the process.
 */
#include "spell.h"

#include <math.h>

#include "array.h"
#include "letters.h"
#include "write.h"

/* In parts of the size of the font. */
#define WORD_GAP 0.14f	 /* parts words */
#define SPACED_GAP 0.24f /* the same, where spaces are drawn as well */
#define WIDE_GAP 0.6f	 /* the same, between characters of Chinese */
#define SAME_PLACE 0.12f /* a glyph drawn twice, to look bold */
#define NARROW 0.8f	 /* than a space that was drawn */
/* One in so many letters has a space before it where spaces are drawn. */
#define SPACED_SHARE 14
/* Where most gaps would be spaces, letters are only set wide. */
#define LOOSE_PERCENT 60
#define LOOSE_MINIMUM 5
#define LOOSE_FACTOR 1.7f

void
speller_fini(struct speller *speller)
{
	free(speller->letters);
	free(speller->loose);
	*speller = (struct speller){ 0 };
}

static bool
is_alef(uint32_t c)
{
	return c == 0x622 || c == 0x623 || c == 0x625 || c == 0x627;
}

void
speller_begin_page(struct speller *speller, const struct page *page)
{
	int rtl = 0;

	for (size_t i = 0; i < page->glyphs_count; i++) {
		const struct glyph *glyph = &page->glyphs[i];
		const uint32_t *text = page->text + glyph->text;

		if (text[0] < 0x300) {
			rtl -= text[0] >= 'A';
			continue;
		}
		rtl += letter_classify(text[0]) == LETTER_RTL ? 3 : -1;
		if (glyph->count != 2)
			continue;
		/* No font has a ligature of alef and lam: lam comes first. */
		if (text[0] == 0x644 && is_alef(text[1]))
			speller->reversed--;
		else if (is_alef(text[0]) && text[1] == 0x644)
			speller->reversed++;
	}
	speller->is_rtl = rtl > 0;
}

static struct letter *
add_letter(struct speller *speller, struct letter letter)
{
	speller->letters = array_reserve(speller->letters, speller->count + 1,
					 &speller->capacity, sizeof(letter));
	speller->letters[speller->count] = letter;
	return &speller->letters[speller->count++];
}

/* Does a mark stand on this glyph? */
static bool
is_on(const struct glyph *mark, const struct glyph *base)
{
	float middle = (mark->x0 + mark->x1) / 2;

	return middle >= base->x0 - 0.5f && middle <= base->x1 + 0.5f;
}

/* What a glyph is, by the first letter of it that says so. */
static enum letter_kind
classify_glyph(const struct page *page, const struct glyph *glyph)
{
	enum letter_kind kind = LETTER_NEUTRAL;

	for (uint32_t i = 0; i < glyph->count && kind == LETTER_NEUTRAL; i++)
		kind = letter_classify(page->text[glyph->text + i]);
	return kind;
}

/* Marks go with the glyph that they stand on, drawn before or behind them. */
static void
add_chunk(struct speller *speller, const struct page *page,
	  const struct chunk *chunk)
{
	uint32_t end = chunk->glyph + chunk->count;
	struct letter *last = NULL;
	uint32_t marks = 0;

	for (uint32_t i = chunk->glyph; i < end; i++) {
		const struct glyph *glyph = &page->glyphs[i];
		enum letter_kind kind = classify_glyph(page, glyph);
		bool is_space = glyph->flags & GLYPH_SPACE;

		if (kind == LETTER_MARK && last && !marks &&
		    is_on(glyph, &page->glyphs[last->glyph])) {
			last->count++;
			continue;
		}
		if (kind == LETTER_MARK && i + 1 < end &&
		    is_on(glyph, glyph + 1)) {
			marks++;
			continue;
		}
		last = add_letter(
			speller,
			(struct letter){
				.code = is_space ? 0 : page->text[glyph->text],
				.glyph = i,
				.first = i - marks,
				.count = marks + 1,
				.kind = (uint8_t)kind,
			});
		marks = 0;
	}
}

static int
compare_places(const void *a, const void *b, void *glyphs)
{
	const struct letter *one = a, *other = b;
	float x = ((const struct glyph *)glyphs)[one->glyph].x0;
	float y = ((const struct glyph *)glyphs)[other->glyph].x0;

	if (x != y)
		return x < y ? -1 : 1;
	return (one->glyph > other->glyph) - (one->glyph < other->glyph);
}

static void
sort_letters(struct speller *speller, struct glyph *glyphs)
{
	for (size_t i = 1; i < speller->count; i++) {
		if (compare_places(&speller->letters[i - 1],
				   &speller->letters[i], glyphs) <= 0)
			continue;
		qsort_r(speller->letters, speller->count,
			sizeof(*speller->letters), compare_places, glyphs);
		return;
	}
}

/* Was the same drawn here already, to look bold? */
static bool
is_twin(const struct page *page, const struct letter *letter,
	const struct letter *last)
{
	const struct glyph *a = &page->glyphs[last->glyph];
	const struct glyph *b = &page->glyphs[letter->glyph];

	return letter->code && last->code == letter->code &&
	       fabsf(a->x0 - b->x0) < SAME_PLACE * b->size &&
	       fabsf(a->y - b->y) < SAME_PLACE * b->size &&
	       b->x1 - b->x0 > SAME_PLACE * b->size;
}

/* A space that a letter covers parts nothing. */
static bool
is_covered(const struct page *page, const struct letter *space,
	   const struct letter *letter)
{
	const struct glyph *a = &page->glyphs[space->glyph];
	const struct glyph *b = &page->glyphs[letter->glyph];
	float middle = (a->x0 + a->x1) / 2;
	float edge = SAME_PLACE * b->size;

	return !space->code && letter->code && middle > b->x0 + edge &&
	       middle < b->x1 - edge;
}

static void
drop_unseen(struct speller *speller, const struct page *page)
{
	struct letter *letters = speller->letters;
	size_t kept = 0;

	for (size_t i = 0; i < speller->count; i++) {
		const struct letter *letter = &letters[i];

		if (kept && (is_twin(page, letter, &letters[kept - 1]) ||
			     is_covered(page, letter, &letters[kept - 1])))
			continue;
		if (i + 1 < speller->count &&
		    is_covered(page, letter, &letters[i + 1]))
			continue;
		letters[kept++] = *letter;
	}
	speller->count = kept;
}

static void
add_loose(struct speller *speller, struct letter *base, uint32_t glyph)
{
	speller->loose = array_reserve(speller->loose, speller->loose_count + 1,
				       &speller->loose_capacity,
				       sizeof(*speller->loose));
	speller->loose[speller->loose_count++] =
		(struct loose){ glyph, base->loose };
	base->loose = (uint32_t)speller->loose_count;
}

static bool
is_lone_mark(const struct letter *letter)
{
	return letter->kind == LETTER_MARK && letter->count == 1;
}

/* Marks that were drawn apart go to the letter that they stand on. */
static void
attach_marks(struct speller *speller, const struct page *page)
{
	const struct glyph *glyphs = page->glyphs;
	struct letter *letters = speller->letters;
	size_t kept = 0;

	speller->loose_count = 0;
	for (size_t i = 0; i < speller->count; i++) {
		struct letter *left = kept ? &letters[kept - 1] : NULL;
		struct letter *right =
			i + 1 < speller->count ? &letters[i + 1] : NULL;
		const struct glyph *mark = &glyphs[letters[i].glyph];

		if (!is_lone_mark(&letters[i])) {
			letters[kept++] = letters[i];
		} else if (right && right->code && !is_lone_mark(right) &&
			   is_on(mark, &glyphs[right->glyph])) {
			add_loose(speller, right, letters[i].glyph);
		} else if (left && left->code) {
			add_loose(speller, left, letters[i].glyph);
		} else if (right && right->code) {
			add_loose(speller, right, letters[i].glyph);
		} else {
			letters[kept++] = letters[i];
		}
	}
	speller->count = kept;
}

/* The gap between two letters, in parts of the size. */
static float
measure_gap(const struct page *page, const struct letter *left,
	    const struct letter *right)
{
	const struct glyph *a = &page->glyphs[left->glyph];
	const struct glyph *b = &page->glyphs[right->glyph];

	if (!left->code || !right->code)
		return 0;
	return (b->x0 - a->x1) / fminf(a->size, b->size);
}

static float
measure_space(const struct page *page, const struct letter *space)
{
	const struct glyph *glyph = &page->glyphs[space->glyph];

	return fmaxf((glyph->x1 - glyph->x0) / glyph->size, WORD_GAP / 2);
}

/* How wide a gap must be, here, to be a space. */
static float
learn_gap(const struct speller *speller, const struct page *page)
{
	size_t spaces = 0, wide = 0;
	float sum = 0, drawn = 0;

	for (size_t i = 1; i < speller->count; i++) {
		const struct letter *letter = &speller->letters[i];
		float gap = measure_gap(page, letter - 1, letter);

		spaces += !letter->code;
		drawn += letter->code ? 0 : measure_space(page, letter);
		wide += gap > WORD_GAP;
		sum += gap > WORD_GAP && gap < 1 ? gap : 0;
	}
	if (spaces && spaces * SPACED_SHARE >= speller->count)
		return fminf(SPACED_GAP, NARROW * drawn / (float)spaces);
	if (speller->count > LOOSE_MINIMUM &&
	    wide * 100 > (speller->count - 1) * LOOSE_PERCENT)
		return LOOSE_FACTOR * sum / (float)wide;
	return WORD_GAP;
}

static bool
parts_words(const struct page *page, const struct letter *left,
	    const struct letter *right, float word_gap)
{
	float gap = measure_gap(page, left, right);

	if (letter_is_wide(left->code) && letter_is_wide(right->code))
		return gap > WIDE_GAP;
	return gap > word_gap;
}

/* From the last to the first, so that each letter moves once. */
static void
insert_spaces(struct speller *speller, const struct page *page)
{
	float word_gap = learn_gap(speller, page);
	size_t spaces = 0, count = speller->count;
	struct letter *letters;

	for (size_t i = 1; i < count; i++)
		spaces += parts_words(page, &speller->letters[i - 1],
				      &speller->letters[i], word_gap);
	for (size_t i = 0; i < spaces; i++)
		add_letter(speller, (struct letter){ .kind = LETTER_NEUTRAL });
	letters = speller->letters;
	for (size_t i = count; spaces && i-- > 1;) {
		bool is_parted = parts_words(page, &letters[i - 1], &letters[i],
					     word_gap);

		letters[i + spaces] = letters[i];
		if (is_parted)
			letters[i + --spaces] =
				(struct letter){ .kind = LETTER_NEUTRAL };
	}
}

struct line *
spell_line(struct speller *speller, const struct segments *segments,
	   uint32_t segment, uint32_t count, struct document *document)
{
	const struct page *page = segments->page;
	bool is_rtl;

	speller->count = 0;
	for (uint32_t i = segment; i < segment + count; i++) {
		const struct segment *item = &segments->items[i];

		for (uint32_t j = 0; j < item->count; j++)
			add_chunk(speller, page,
				  &segments->chunks[item->chunk + j]);
	}
	sort_letters(speller, page->glyphs);
	drop_unseen(speller, page);
	attach_marks(speller, page);
	insert_spaces(speller, page);
	is_rtl = direction_is_rtl(speller->letters, speller->count,
				  speller->is_rtl);
	direction_order(speller->letters, speller->count, is_rtl);
	if (is_rtl)
		speller->mirrored += direction_judge_brackets(speller->letters,
							      speller->count);
	return write_line(
		&(struct writing){
			.page = page,
			.letters = speller->letters,
			.count = speller->count,
			.loose = speller->loose,
			.is_rtl = is_rtl,
			.is_mirrored = speller->mirrored > 0,
			.is_reversed = speller->reversed > 0,
		},
		document);
}
