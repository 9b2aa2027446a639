/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.c - what can be seen of a line: widths, gaps, how it begins and ends
 *
 * Pure but for the line it fills. Of a line no more than MEASURE_LIMIT bytes
 * are measured: beyond that it is long, and how long does not matter.
 */
#include "measure.h"

#include "prose.h"

#define MEASURE_LIMIT 4096
#define TAB_COLUMNS 8
/* A gap in a line that no justification makes. */
#define GAP_COLUMNS 3
/* A note's mark behind a sentence has no more digits. */
#define NOTE_DIGITS 3
#define SHORT_WORD 3
#define LEADER_DOTS 4
#define WORDLESS_LETTERS 2
/* So many quotes and brackets may close at once. */
#define CLOSING_LIMIT 8

/* What may stand between the end of a sentence and the end of its line. */
static const int32_t closing_signs[] = {
	')',	']',	'}',	'"',	'\'',	'*',	0xbb,	0x2019,
	0x201d, 0x203a, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0xff09,
};

static const struct {
	int32_t sign;
	enum closing closing;
} endings[] = {
	{ '.', CLOSING_SENTENCE },    { '!', CLOSING_SENTENCE },
	{ '?', CLOSING_SENTENCE },    { 0x2026, CLOSING_SENTENCE },
	{ 0x3002, CLOSING_SENTENCE }, { 0xff01, CLOSING_SENTENCE },
	{ 0xff1f, CLOSING_SENTENCE }, { 0x61f, CLOSING_SENTENCE },
	{ 0x6d4, CLOSING_SENTENCE },  { ';', CLOSING_PAUSE },
	{ ':', CLOSING_PAUSE },	      { 0xff1b, CLOSING_PAUSE },
	{ 0xff1a, CLOSING_PAUSE },    { 0x61b, CLOSING_PAUSE },
	{ ',', CLOSING_COMMA },	      { 0x60c, CLOSING_COMMA },
	{ 0xff0c, CLOSING_COMMA },    { 0x3001, CLOSING_COMMA },
	{ '-', CLOSING_HYPHEN },      { 0x2010, CLOSING_HYPHEN },
	{ 0x2011, CLOSING_HYPHEN },   { 0x2013, CLOSING_HYPHEN },
	{ '/', CLOSING_HYPHEN },      { 0xad, CLOSING_SOFT },
};

static bool
is_closing_sign(int32_t c)
{
	for (size_t i = 0; i < sizeof(closing_signs) / sizeof(closing_signs[0]);
	     i++)
		if (closing_signs[i] == c)
			return true;
	return false;
}

/* ---- the end of a line ---- */

/* A cursor that moves to the left. */
struct tail {
	struct docket_bytes line;
	size_t at;
};

static int32_t
peek(const struct tail *tail)
{
	size_t at = tail->at;

	return at ? glyph_previous(tail->line, &at) : -1;
}

static void
retreat(struct tail *tail)
{
	glyph_previous(tail->line, &tail->at);
}

static bool
is_number(int32_t c)
{
	return c >= 0 && glyph_classify(c) == GLYPH_DIGIT;
}

/* Past "3" in "…of the peoples.3", but not past "2" in "section 4.2". */
static void
skip_note(struct tail *tail)
{
	struct tail before = *tail;
	unsigned digits = 0;
	int32_t c;

	for (; is_number(peek(&before)) && digits <= NOTE_DIGITS; digits++)
		retreat(&before);
	if (!digits || digits > NOTE_DIGITS)
		return;
	c = peek(&before);
	if (c != '.' && c != ',' && c != ';' && c != 0x3002)
		return;
	*tail = before;
	retreat(&before);
	if (is_number(peek(&before)))
		tail->at = tail->line.size;
}

static enum closing
find_closing(struct docket_bytes line)
{
	struct tail tail = { line, line.size };
	int32_t c = peek(&tail);

	/* Most lines. */
	if (c >= 0 && glyph_is_letter(glyph_classify(c)))
		return CLOSING_OPEN;
	skip_note(&tail);
	/* Where a raised mark ended the line, the sentence goes on. */
	if (tail.at < line.size && peek(&tail) == ',')
		return CLOSING_OPEN;
	for (int i = 0; i < CLOSING_LIMIT && is_closing_sign(peek(&tail)); i++)
		retreat(&tail);
	c = peek(&tail);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (endings[i].sign != c)
			continue;
		if (endings[i].closing != CLOSING_HYPHEN)
			return endings[i].closing;
		/* A dash stands alone; a hyphen ends the line. */
		if (tail.at != line.size)
			return CLOSING_OPEN;
		retreat(&tail);
		c = peek(&tail);
		return c >= 0 && (is_number(c) ||
				  glyph_is_letter(glyph_classify(c)))
			       ? CLOSING_HYPHEN
			       : CLOSING_OPEN;
	}
	return CLOSING_OPEN;
}

/* "of the", "DE LA": a line that ends in such a word goes on. */
static bool
has_short_tail(struct docket_bytes line, bool is_capitals)
{
	struct tail tail = { line, line.size };
	unsigned letters = 0;

	for (; tail.at && letters <= SHORT_WORD; letters++) {
		enum glyph glyph = glyph_classify(peek(&tail));

		if (glyph == GLYPH_SPACE)
			break;
		if (!glyph_is_letter(glyph) || glyph == GLYPH_IDEOGRAPH ||
		    (glyph == GLYPH_UPPER && !is_capitals))
			return false;
		retreat(&tail);
	}
	return letters && letters <= SHORT_WORD && tail.at;
}

/* ---- measuring ---- */

/* What is counted while a line is read from left to right. */
struct measure {
	unsigned column;
	unsigned gap; /* columns of white space up to here */
	bool has_word;
	bool has_upper;
	bool has_lower;
	bool has_sign; /* a letter or a digit */
	bool is_after_space;
	bool is_untidy;
	unsigned dots; /* in a row, spaces between them or not */
	unsigned letters;
	size_t first_gap; /* where the first wide gap ends, in bytes */
};

static void
count_space(struct measure *measure, struct line *line, int32_t c)
{
	unsigned columns = glyph_columns(c);

	measure->is_untidy |= measure->is_after_space || (c < 0x80 && c != ' ');
	measure->is_after_space = true;
	if (c == '\t')
		columns = TAB_COLUMNS - measure->column % TAB_COLUMNS;
	if (!measure->has_word)
		line->first_word = (uint16_t)(measure->column - line->indent);
	measure->has_word = true;
	measure->gap += columns;
	measure->column += columns;
	if (c == '\t')
		measure->gap += GAP_COLUMNS;
}

/* Dots that lead to a page number are a gap that was filled. */
static void
count_leader(struct measure *measure, struct line *line, int32_t c)
{
	if (c != '.' && c != 0x2026) {
		measure->dots = 0;
		return;
	}
	measure->dots += c == '.' ? 1 : LEADER_DOTS / 2;
	if (measure->dots != LEADER_DOTS)
		return;
	line->gaps += line->gaps < UINT16_MAX;
}

static void
count_sign(struct measure *measure, struct line *line, int32_t c,
	   enum glyph glyph, size_t at)
{
	measure->is_untidy |= glyph_is_dropped(c);
	measure->is_after_space = false;
	if (measure->gap >= GAP_COLUMNS) {
		if (!line->gaps) {
			measure->first_gap = at;
			line->right = line->start + (uint32_t)at;
			line->right_column = (uint16_t)measure->column;
		}
		line->gaps += line->gaps < UINT16_MAX;
	}
	measure->gap = 0;
	count_leader(measure, line, c);
	if (glyph == GLYPH_NOTHING)
		return;
	measure->letters += glyph_is_letter(glyph);
	if (line->opening == GLYPH_NOTHING || line->opening == GLYPH_SIGN)
		line->opening = (uint8_t)glyph;
	measure->column += glyph_columns(c);
	measure->has_upper |= glyph == GLYPH_UPPER;
	measure->has_lower |= glyph == GLYPH_LOWER;
	measure->has_sign |= glyph_is_letter(glyph) || glyph == GLYPH_DIGIT;
	/* An ideograph may be the last of a line. */
	if (!measure->has_word && glyph == GLYPH_IDEOGRAPH) {
		line->first_word = (uint16_t)(measure->column - line->indent);
		measure->has_word = true;
	}
}

/* No letter below this takes two columns. */
#define WIDE_LETTERS 0x1100

/* Past one letter that is not ASCII; returns where it ends, or `at`. */
static size_t
count_letter(struct measure *measure, struct docket_bytes text, size_t at)
{
	size_t next = at;
	int32_t c = glyph_next(text, &next);
	enum glyph glyph = glyph_classify(c);

	if (c >= WIDE_LETTERS || !glyph_is_letter(glyph))
		return at;
	measure->has_upper |= glyph == GLYPH_UPPER;
	measure->has_lower |= glyph == GLYPH_LOWER;
	measure->letters++;
	measure->column++;
	measure->gap = 0;
	measure->dots = 0;
	measure->is_after_space = false;
	return next;
}

/* Past ASCII, eight bytes at most; returns where it ends, or `at`. */
static size_t
count_ascii(struct measure *measure, struct docket_bytes text, size_t at)
{
	struct prose prose =
		prose_read(text.data + at, text.size - at, measure->has_word,
			   measure->is_after_space);

	if (prose.size == 0)
		return at;
	measure->has_upper |= prose.has_upper;
	measure->has_lower |= prose.has_lower;
	measure->letters += prose.letters;
	measure->column += (unsigned)prose.size;
	measure->gap = prose.is_space_last;
	measure->is_after_space = prose.is_space_last;
	if (prose.has_black)
		measure->dots = 0;
	return at + prose.size;
}

/*
 * Behind the first letter of a line, letters, signs and single spaces only add
 * up. Returns where something else comes.
 */
static size_t
count_prose(struct measure *measure, struct docket_bytes text, size_t at)
{
	while (at < text.size) {
		bool is_ascii = (unsigned char)text.data[at] < 0x80;
		size_t next = is_ascii ? count_ascii(measure, text, at)
				       : count_letter(measure, text, at);

		if (next == at)
			break;
		at = next;
	}
	return at;
}

/* Count whatever comes there; returns where it ends. */
static size_t
count_glyph(struct measure *measure, struct line *line,
	    struct docket_bytes text, size_t at)
{
	size_t next = at;
	int32_t c = glyph_next(text, &next);
	enum glyph glyph = glyph_classify(c);

	if (glyph == GLYPH_SPACE)
		count_space(measure, line, c);
	else
		count_sign(measure, line, c, glyph, at);
	return next;
}

/* The text that is measured ends with a whole character. */
static struct docket_bytes
limit_text(struct docket_bytes text)
{
	size_t size = MEASURE_LIMIT;

	if (text.size <= size)
		return text;
	while (size < text.size &&
	       ((unsigned char)text.data[size] & 0xc0) == 0x80)
		size++;
	return (struct docket_bytes){ text.data, size };
}

void
measure_line(struct docket_bytes text, struct line *line)
{
	struct measure measure = { .column = line->indent };
	struct docket_bytes head = limit_text(text);

	for (size_t at = 0; at < head.size;) {
		if (measure.letters > 0 && measure.gap < GAP_COLUMNS)
			at = count_prose(&measure, head, at);
		if (at < head.size)
			at = count_glyph(&measure, line, head, at);
	}
	if (!measure.has_word)
		line->first_word = (uint16_t)(measure.column - line->indent);
	line->width = (uint16_t)measure.column;
	if (!measure.has_sign && text.size < MEASURE_LIMIT)
		line->flags |= LINE_BARE;
	if (measure.letters <= WORDLESS_LETTERS && text.size < MEASURE_LIMIT)
		line->flags |= LINE_WORDLESS;
	if (measure.has_upper && !measure.has_lower)
		line->flags |= LINE_CAPITALS;
	if (!measure.is_untidy && text.size < MEASURE_LIMIT)
		line->flags |= LINE_TIDY;
	if (has_short_tail(text, line->flags & LINE_CAPITALS))
		line->flags |= LINE_SHORT_TAIL;
	line->closing = (uint8_t)find_closing(text);
	line->marker = marker_read(text);
	/* "1.", a gap, text: no columns. */
	if (line->right_column && line->marker.size == measure.first_gap) {
		line->right_column = 0;
		line->gaps--;
	}
}
