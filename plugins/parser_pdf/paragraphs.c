/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paragraphs.c - lines that belong together
 *
 * A line goes on with the next one if that stands below it at the usual
 * distance, is set alike, is neither indented nor labelled, and if its first
 * word had no room left before: nobody breaks a line for nothing. Over the end
 * of a page or column it takes a sentence that is not finished. Running heads
 * and footnotes do not stand in between. Running out of memory ends the
 * process.
 */
#include "paragraphs.h"

#include <math.h>

#include "array.h"
#include "letters.h"

/* In parts of the size of the font. */
#define SAME_SIZE 0.07f
#define INDENT 0.7f
#define HANGING 1.0f
#define LARGE 1.1f /* of the usual one */
#define LABEL_GAP 0.4f
#define ROOM 0.35f /* a space and a little more */
/* In parts of the usual leading. */
#define NEXT_LINE 1.2f
/* In parts of the flow's width. */
#define CENTRED_INDENT 0.07f
#define CENTRED_SLACK 0.04f
#define TITLE_LINE 0.6f /* of the next line's */
#define TITLE_ROOM 0.5f
/* Flows that text goes on through are alike and not narrow. */
#define FLOW_SLACK 0.2f
#define FLOW_LINE_GLYPHS 20u
#define WIDE_LINE_GLYPHS 10u /* of Chinese */
#define BLOCK_GLYPHS 30u
/* Shorter lines of columns are lines of a masthead. */
#define COLUMN_GLYPHS 18u
/* Lines in so many that end with a hyphen: words are broken here. */
#define HYPHEN_SHARE 60u

static const struct line *
line_of(const struct paragraphs *paragraphs, uint32_t index)
{
	return &paragraphs->document->lines[index];
}

static float
start_of(const struct paragraphs *paragraphs, const struct line *line)
{
	return line_start(paragraphs->document, line);
}

static float
end_of(const struct paragraphs *paragraphs, const struct line *line)
{
	return line_end(paragraphs->document, line);
}

static bool
ends_sentence(uint32_t c)
{
	switch (c) {
	case '.':
	case '!':
	case '?':
	case ':':
	case ';':
	case 0x61b:  /* Arabic semicolon, */
	case 0x61f:  /* question mark */
	case 0x3002: /* the full stops of Chinese */
	case 0xff0e:
	case 0xff1a:
	case 0xff1b:
	case 0xff01:
	case 0xff1f:
		return true;
	default:
		return false;
	}
}

static bool
is_centred(const struct paragraphs *paragraphs, const struct line *line)
{
	const struct extent *extent = &paragraphs->extents[line->flow];
	float width = extent->end - extent->start;
	float left = start_of(paragraphs, line) - extent->start;
	float right = extent->end - end_of(paragraphs, line);

	return left > CENTRED_INDENT * width &&
	       right > CENTRED_INDENT * width &&
	       fabsf(left - right) < CENTRED_SLACK * width;
}

static bool
is_set_alike(const struct line *a, const struct line *b)
{
	const uint8_t style = LINE_BOLD | LINE_RTL;

	if (fabsf(a->font - b->font) > SAME_SIZE * fmaxf(a->font, b->font))
		return false;
	if (!((a->flags ^ b->flags) & style))
		return true;
	/* A number or a symbol alone does not say which way it runs. */
	return !((a->flags ^ b->flags) & LINE_BOLD) && b->glyphs < 24;
}

/* Could the first word of b have stood at the end of a? */
static bool
ends_early(const struct paragraphs *paragraphs, const struct line *a,
	   const struct line *b)
{
	float room = paragraphs->extents[a->flow].end - end_of(paragraphs, a);
	/* Chinese breaks nearly anywhere, but not before punctuation. */
	float word = letter_is_wide(b->first) ? 2 * b->font : b->word;

	/* A block with a margin of its own, such as a quotation. */
	if (a->flow == b->flow && a->glyphs > BLOCK_GLYPHS &&
	    fabsf(end_of(paragraphs, a) - end_of(paragraphs, b)) <
		    ROOM * a->font)
		return false;
	return room > word + ROOM * a->font;
}

/* Does the label at the start of b begin something? */
static bool
opens(const struct paragraphs *paragraphs, const struct line *a,
      const struct line *b)
{
	if (!b->label)
		return false;
	if (ends_sentence(a->last) || a->last == ',' || b->inner > 0)
		return true;
	return fabsf(start_of(paragraphs, b) - start_of(paragraphs, a)) >
	       LABEL_GAP * a->font;
}

static bool
is_indented(const struct paragraphs *paragraphs,
	    const struct paragraph *paragraph, const struct line *a,
	    const struct line *b)
{
	float shift = start_of(paragraphs, b) - start_of(paragraphs, a);
	bool is_first = paragraph->count == 1;

	if (fabsf(shift) <= INDENT * a->font)
		return false;
	if (shift < 0)
		return !is_first;
	/* The text of a labelled paragraph stands behind its label. */
	return !is_first || !a->label ||
	       (a->inner > 0 && shift > a->inner + HANGING * a->font) ||
	       (!(a->inner > 0) && shift > 4 * a->font);
}

static bool
is_emphasised(const struct paragraphs *paragraphs, const struct line *line)
{
	const struct document *document = paragraphs->document;

	return (line->flags & LINE_BOLD && !document->body_style) ||
	       (line->flags & LINE_CAPS && is_centred(paragraphs, line)) ||
	       line->font > LARGE * document->body;
}

/* Titles are broken where it looks well: never after a word or two. */
static bool
is_title_going_on(const struct paragraphs *paragraphs, const struct line *a,
		  const struct line *b)
{
	const struct extent *extent = &paragraphs->extents[a->flow];
	float shift = start_of(paragraphs, b) - start_of(paragraphs, a);
	float room = extent->end - end_of(paragraphs, a);

	if (opens(paragraphs, a, b) || ends_sentence(a->last))
		return false;
	if (fabsf(shift) > INDENT * a->font &&
	    !(is_centred(paragraphs, a) && is_centred(paragraphs, b)) &&
	    !(a->inner > 0 && fabsf(shift - a->inner) < HANGING * a->font))
		return false;
	/* Half a line free at its end: what comes next is another one. */
	if (room > TITLE_ROOM * (extent->end - extent->start) &&
	    !is_centred(paragraphs, a))
		return false;
	return a->x1 - a->x0 > TITLE_LINE * (b->x1 - b->x0);
}

static bool
goes_on_below(const struct paragraphs *paragraphs,
	      const struct paragraph *paragraph, const struct line *a,
	      const struct line *b)
{
	float size = fmaxf(a->font, b->font);
	float down = b->y - a->y;

	if (down < 0.4f * size ||
	    down > NEXT_LINE * paragraphs->document->leading * size)
		return false;
	if (is_emphasised(paragraphs, a) && is_emphasised(paragraphs, b))
		return is_title_going_on(paragraphs, a, b);
	if (a->flags & LINE_IN_COLUMN && a->glyphs < COLUMN_GLYPHS)
		return false;
	return !opens(paragraphs, a, b) && !ends_early(paragraphs, a, b) &&
	       !is_indented(paragraphs, paragraph, a, b);
}

static bool
are_flows_alike(const struct paragraphs *paragraphs, const struct line *a,
		const struct line *b)
{
	const struct extent *from = &paragraphs->extents[a->flow];
	const struct extent *to = &paragraphs->extents[b->flow];
	float width = from->end - from->start;

	return to->end - to->start < (1 + FLOW_SLACK) * width;
}

static bool
goes_on_beyond(const struct paragraphs *paragraphs, const struct line *a,
	       const struct line *b)
{
	const struct extent *to = &paragraphs->extents[b->flow];
	uint32_t enough =
		letter_is_wide(a->last) ? WIDE_LINE_GLYPHS : FLOW_LINE_GLYPHS;

	if (a->glyphs < enough || !are_flows_alike(paragraphs, a, b) ||
	    ends_early(paragraphs, a, b) || opens(paragraphs, a, b) ||
	    is_centred(paragraphs, a) || is_centred(paragraphs, b))
		return false;
	if (letter_is_lower(b->first))
		return true;
	return !ends_sentence(a->last) &&
	       start_of(paragraphs, b) - to->start < INDENT * 4 * b->font;
}

/* A line of a paragraph may be bold as a whole, for a name in it. */
static bool
is_stressed(const struct paragraphs *paragraphs,
	    const struct paragraph *paragraph, const struct line *a,
	    const struct line *b)
{
	const struct line *first = line_of(paragraphs, paragraph->first);

	return !(first->flags & LINE_BOLD) && a->flow == b->flow &&
	       fabsf(a->font - b->font) <= SAME_SIZE * a->font &&
	       !ends_sentence(a->last) && a->glyphs > BLOCK_GLYPHS &&
	       !ends_early(paragraphs, a, b) && !opens(paragraphs, a, b);
}

static bool
goes_on(const struct paragraphs *paragraphs, const struct paragraph *paragraph,
	const struct line *a, const struct line *b)
{
	if ((a->flags | b->flags) & LINE_TABULAR)
		return false;
	if (!is_set_alike(a, b) && !is_stressed(paragraphs, paragraph, a, b))
		return false;
	if (a->flow == b->flow)
		return goes_on_below(paragraphs, paragraph, a, b);
	return goes_on_beyond(paragraphs, a, b);
}

static uint32_t
begin(struct paragraphs *paragraphs, uint32_t line)
{
	const struct line *first = line_of(paragraphs, line);

	paragraphs->items = array_reserve(
		paragraphs->items, paragraphs->count + 1, &paragraphs->capacity,
		sizeof(*paragraphs->items));
	paragraphs->items[paragraphs->count] = (struct paragraph){
		.first = line,
		.last = line,
		.count = 1,
		.kind = first->kind,
		.is_centred = first->kind == LINE_BODY &&
			      is_centred(paragraphs, first),
	};
	return (uint32_t)paragraphs->count++;
}

static void
append(struct paragraphs *paragraphs, uint32_t index, uint32_t line)
{
	struct paragraph *paragraph = &paragraphs->items[index];

	paragraphs->next[paragraph->last] = line;
	paragraph->last = line;
	paragraph->count++;
}

/* Does the line belong to the open paragraph of its kind? */
static bool
belongs(const struct paragraphs *paragraphs, uint32_t open, uint32_t index)
{
	const struct line *line = line_of(paragraphs, index);
	const struct paragraph *paragraph;
	const struct line *last;

	if (open == PARAGRAPH_NONE)
		return false;
	paragraph = &paragraphs->items[open];
	last = line_of(paragraphs, paragraph->last);
	switch (line->kind) {
	case LINE_BODY:
		return goes_on(paragraphs, paragraph, last, line);
	case LINE_NOTE:
		return !(line->flags & LINE_OPENS_NOTE);
	case LINE_CELL:
		return last->cell == line->cell;
	case LINE_RUNNING:
	case LINE_LOST:
		break;
	}
	return false;
}

/* Does a document break its words? If not, a hyphen at the end is a word's. */
static bool
find_hyphenated(const struct document *document)
{
	size_t hyphens = 0, lines = 0;

	for (size_t i = 0; i < document->count; i++) {
		const struct line *line = &document->lines[i];

		lines += line->kind == LINE_BODY &&
			 line->glyphs > FLOW_LINE_GLYPHS;
		hyphens += line->kind == LINE_BODY &&
			   (line->last == '-' || line->last == 0x2010);
	}
	return hyphens > 1 && hyphens * HYPHEN_SHARE > lines;
}

void
paragraphs_find(const struct document *document,
		struct paragraphs *out_paragraphs)
{
	uint32_t open[] = {
		[LINE_BODY] = PARAGRAPH_NONE, [LINE_RUNNING] = PARAGRAPH_NONE,
		[LINE_NOTE] = PARAGRAPH_NONE, [LINE_CELL] = PARAGRAPH_NONE,
		[LINE_LOST] = PARAGRAPH_NONE,
	};

	*out_paragraphs = (struct paragraphs){
		.document = document,
		.next = array_new(document->count, sizeof(uint32_t)),
		.extents = measure_flows(document),
		.is_hyphenated = find_hyphenated(document),
	};
	for (uint32_t i = 0; i < document->count; i++) {
		enum line_kind kind = document->lines[i].kind;

		out_paragraphs->next[i] = PARAGRAPH_NONE;
		if (kind == LINE_LOST)
			continue;
		if (belongs(out_paragraphs, open[kind], i))
			append(out_paragraphs, open[kind], i);
		else
			open[kind] = begin(out_paragraphs, i);
		if (kind == LINE_CELL)
			open[LINE_BODY] = PARAGRAPH_NONE;
	}
}

void
paragraphs_fini(struct paragraphs *paragraphs)
{
	free(paragraphs->items);
	free(paragraphs->next);
	free(paragraphs->extents);
	*paragraphs = (struct paragraphs){ 0 };
}
