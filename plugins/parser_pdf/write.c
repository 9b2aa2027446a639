/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write.c - letters in reading order into a line of the document
 *
 * Writes UTF-8 and learns on the way what later steps ask of a line: how far
 * it reaches, how large and of what style its letters are, how wide its first
 * word is. Small raised digits become superscript ones, so that a footnote's
 * mark never joins a number or a word. Owns nothing.
 */
#include "write.h"

#include <math.h>

#include "letters.h"

/* In parts of the size of the line. */
#define RAISED 0.15f
#define SMALL 0.85f
#define INNER_GAP 0.6f /* sets a label apart from its text */

#define BULLET 0x2022
#define SOFT_HYPHEN 0xad

struct pen {
	const struct writing *writing;
	struct document *document;
	struct line line;
	float word_end; /* where the first word ended; NAN before that */
	size_t upper, lower, bold, italic, artifact, guessed, letters;
	uint32_t raised; /* where the raised letters began; 0: none */
	bool is_space_due;
};

/* The size that most letters have, and the base line of those. */
static void
measure(const struct writing *writing, struct line *line)
{
	float weight = 0;

	line->x0 = HUGE_VALF;
	line->x1 = -HUGE_VALF;
	for (size_t i = 0; i < writing->count; i++) {
		const struct glyph *glyph =
			&writing->page->glyphs[writing->letters[i].glyph];

		if (!writing->letters[i].code)
			continue;
		line->x0 = fminf(line->x0, glyph->x0);
		line->x1 = fmaxf(line->x1, glyph->x1);
		/* A vote on one candidate at a time: a majority wins. */
		if (fabsf(glyph->size - line->font) < 0.3f) {
			weight++;
		} else if (--weight < 0) {
			weight = 1;
			line->font = glyph->size;
			line->y = glyph->y;
		}
	}
}

/* Fonts of signs keep them where no character is. */
static uint32_t
find_sign(uint32_t c)
{
	switch (c) {
	case 0xf06e:
	case 0xf0a7:
	case 0xf0b7:
	case 0xf0d8:
	case 0xf0fc:
		return BULLET;
	default:
		return c;
	}
}

static uint32_t
find_superscript(uint32_t c)
{
	static const uint16_t digits[] = { 0x2070, 0xb9,   0xb2,   0xb3,
					   0x2074, 0x2075, 0x2076, 0x2077,
					   0x2078, 0x2079 };

	return c >= '0' && c <= '9' ? digits[c - '0'] : c;
}

static void
put_code(struct pen *pen, uint32_t c)
{
	char bytes[4];

	pen->upper += letter_is_upper(c);
	pen->lower += letter_is_lower(c);
	document_add_text(pen->document, bytes, letter_to_utf8(c, bytes));
	if (!pen->line.first)
		pen->line.first = c;
	pen->line.last = c;
}

static void
put_plain(struct pen *pen, uint32_t c, bool is_raised)
{
	uint32_t plain[LETTER_PLAIN_LIMIT];
	size_t count;

	if (c < 0x7f && c > ' ') {
		put_code(pen, is_raised ? find_superscript(c) : c);
		return;
	}
	c = find_sign(c);
	if (letter_is_dropped(c))
		return;
	if (c <= ' ' || c == 0x7f || c == 0xa0 || c == 0x3000)
		c = ' ';
	count = letter_to_plain(c, plain);
	for (size_t i = 0; i < count; i++)
		put_code(pen, plain[i]);
}

static void
put_glyph(struct pen *pen, const struct letter *letter,
	  const struct glyph *glyph, bool is_raised)
{
	const struct writing *writing = pen->writing;
	const uint32_t *text = writing->page->text + glyph->text;
	bool is_turned = writing->is_reversed && letter->kind == LETTER_RTL;

	for (uint32_t i = 0; i < glyph->count; i++) {
		uint32_t c = text[is_turned ? glyph->count - 1u - i : i];

		if (letter->is_rtl && writing->is_mirrored)
			c = letter_mirror(c);
		put_plain(pen, c, is_raised);
	}
}

static bool
is_raised(const struct line *line, const struct glyph *glyph)
{
	return glyph->size < SMALL * line->font &&
	       glyph->y < line->y - RAISED * line->font;
}

static void
end_raised(struct pen *pen)
{
	if (pen->raised)
		document_add_raised(pen->document, pen->raised - 1,
				    (uint32_t)pen->document->text_size);
	pen->raised = 0;
}

static void
count_style(struct pen *pen, const struct glyph *glyph)
{
	pen->letters++;
	pen->bold += !!(glyph->flags & GLYPH_BOLD);
	pen->italic += !!(glyph->flags & GLYPH_ITALIC);
	pen->artifact += !!(glyph->flags & GLYPH_ARTIFACT);
	pen->guessed += !!(glyph->flags & GLYPH_GUESSED);
}

/* Where the first word ends, and where the second begins if that is far. */
static void
measure_word(struct pen *pen, const struct glyph *glyph)
{
	bool is_rtl = pen->writing->is_rtl;
	float near =
		is_rtl ? pen->line.x1 - glyph->x1 : glyph->x0 - pen->line.x0;
	float far =
		is_rtl ? pen->line.x1 - glyph->x0 : glyph->x1 - pen->line.x0;

	if (!pen->is_space_due && isnan(pen->word_end)) {
		pen->line.word = fmaxf(pen->line.word, far);
	} else if (isnan(pen->word_end)) {
		pen->word_end = pen->line.word;
		if (near - pen->word_end > INNER_GAP * pen->line.font)
			pen->line.inner = near;
	}
}

static void
put_letter(struct pen *pen, const struct letter *letter)
{
	const struct glyph *glyphs = pen->writing->page->glyphs;
	const struct glyph *base = &glyphs[letter->glyph];
	bool is_high = is_raised(&pen->line, base);

	measure_word(pen, base);
	if (!is_high || pen->is_space_due)
		end_raised(pen);
	if (pen->is_space_due)
		document_add_text(pen->document, " ", 1);
	pen->is_space_due = false;
	if (is_high && !pen->raised)
		pen->raised = (uint32_t)pen->document->text_size + 1;
	put_glyph(pen, letter, base, is_high);
	for (uint32_t i = letter->first; i < letter->first + letter->count; i++)
		if (i != letter->glyph)
			put_glyph(pen, letter, &glyphs[i], false);
	for (uint32_t i = letter->loose; i; i = pen->writing->loose[i - 1].next)
		put_glyph(pen, letter,
			  &glyphs[pen->writing->loose[i - 1].glyph], false);
	count_style(pen, base);
}

static uint8_t
find_flags(const struct pen *pen)
{
	uint8_t flags = 0;

	if (pen->bold * 10 >= pen->letters * 9)
		flags |= LINE_BOLD;
	if (pen->italic * 10 >= pen->letters * 9)
		flags |= LINE_ITALIC;
	if (pen->upper > 1 && !pen->lower)
		flags |= LINE_CAPS;
	if (pen->artifact == pen->letters)
		flags |= LINE_ARTIFACT;
	if (pen->writing->is_rtl)
		flags |= LINE_RTL;
	return flags;
}

struct line *
write_line(const struct writing *writing, struct document *document)
{
	struct pen pen = {
		.writing = writing,
		.document = document,
		.line = { .text = (uint32_t)document->text_size,
			  .page = writing->page->number },
		.word_end = NAN,
	};
	struct line *line;

	measure(writing, &pen.line);
	for (size_t i = 0; i < writing->count; i++) {
		if (writing->letters[i].code)
			put_letter(&pen, &writing->letters[i]);
		else
			pen.is_space_due = pen.letters > 0;
	}
	end_raised(&pen);
	if (!pen.line.first)
		return NULL;
	line = document_add_line(document);
	*line = pen.line;
	line->size = (uint32_t)document->text_size - line->text;
	line->glyphs = (uint32_t)pen.letters;
	line->flags = find_flags(&pen);
	line->is_guessed = pen.guessed > 0;
	return line;
}
