/* SPDX-License-Identifier: Apache-2.0 */
/*
 * running.c - running heads, page numbers and job numbers
 *
 * What stands near an edge and comes again at the same place on other pages,
 * digits apart, is no text of the document; nor are digits there that count
 * with the pages, nor what the producer says is none, nor the printer's line
 * at the foot of the first page. Running out of memory ends the process.
 */
#include "running.h"

#include <math.h>

#include "array.h"
#include "letters.h"

/* In parts of the page. */
#define HEAD 0.13f
#define FOOT 0.87f
#define SAME_PLACE 9.0f /* points */
#define TEXT_LIMIT 200u /* bytes: longer ones are paragraphs */
#define JOB_ABOVE 0.6f	/* in parts of the size: beside the job number */

/* A line near an edge. */
struct candidate {
	uint32_t hash; /* of its text, digits apart */
	float y;
	uint32_t page;
	uint32_t line;
	int32_t offset; /* the number in it less that of the page */
	bool is_number; /* it is nothing but a number */
};

static bool
is_head(const struct document *document, const struct line *line)
{
	return line->y < HEAD * document->sheets[line->page - 1].height;
}

static bool
is_foot(const struct document *document, const struct line *line)
{
	return line->y > FOOT * document->sheets[line->page - 1].height;
}

/* Hash the text without its digits, and read the first number in it. */
static void
read_text(const struct document *document, const struct line *line,
	  struct candidate *candidate)
{
	const char *text = document->text + line->text;
	bool has_number = false, is_open = true;
	int32_t number = 0;

	candidate->hash = 2166136261u;
	candidate->is_number = true;
	for (size_t at = 0; at < line->size;) {
		uint32_t c = letter_next(text, line->size, &at);

		if (letter_classify(c) == LETTER_DIGIT) {
			if (is_open && number < 100000 && c < 0x80)
				number = number * 10 + (int32_t)(c - '0');
			has_number = true;
			continue;
		}
		is_open = is_open && !has_number;
		if (c == ' ')
			continue;
		if (letter_classify(c) != LETTER_NEUTRAL)
			candidate->is_number = false;
		candidate->hash = (candidate->hash ^ c) * 16777619u;
	}
	candidate->is_number &= has_number;
	candidate->offset = number - (int32_t)line->page;
}

static size_t
collect(const struct document *document, struct candidate **out_candidates)
{
	struct candidate *candidates = NULL;
	size_t count = 0, capacity = 0;

	for (uint32_t i = 0; i < document->count; i++) {
		const struct line *line = &document->lines[i];
		struct candidate one = { .y = line->y,
					 .page = line->page,
					 .line = i };

		if (line->size > TEXT_LIMIT ||
		    (!is_head(document, line) && !is_foot(document, line)))
			continue;
		read_text(document, line, &one);
		candidates = array_reserve(candidates, count + 1, &capacity,
					   sizeof(one));
		candidates[count++] = one;
	}
	*out_candidates = candidates;
	return count;
}

static int
compare_candidates(const void *a, const void *b)
{
	const struct candidate *one = a, *other = b;

	if (one->hash != other->hash)
		return one->hash < other->hash ? -1 : 1;
	if (one->y != other->y)
		return one->y < other->y ? -1 : 1;
	return (one->line > other->line) - (one->line < other->line);
}

/* The first page's head is the document's own masthead. */
static void
mark(struct document *document, const struct candidate *candidate)
{
	struct line *line = &document->lines[candidate->line];

	if (line->page == 1 && is_head(document, line) && !candidate->is_number)
		return;
	line->kind = LINE_RUNNING;
}

static void
mark_repeated(struct document *document, struct candidate *candidates,
	      size_t count)
{
	/* Of two or three pages, two say enough. */
	size_t enough = document->sheets_count < 4 ? 2 : 3;

	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1;
		     end < count &&
		     candidates[end].hash == candidates[i].hash &&
		     candidates[end].y - candidates[end - 1].y < SAME_PLACE;
		     end++)
			;
		if (end - i < enough)
			continue;
		for (size_t j = i; j < end; j++)
			mark(document, &candidates[j]);
	}
}

/* A lone number: that of the page, or as far from it as others are. */
static void
mark_numbers(struct document *document, const struct candidate *candidates,
	     size_t count)
{
	const struct candidate *last = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct candidate *one = &candidates[i];

		if (!one->is_number)
			continue;
		if (!one->offset)
			mark(document, one);
		if (last && last->page != one->page &&
		    last->offset == one->offset) {
			mark(document, last);
			mark(document, one);
		}
		last = one;
	}
}

/* "14-60123 (E)", "GE.14-60123", "*1460123*": what printers put there. */
static bool
is_job_number(const struct document *document, const struct line *line)
{
	const char *text = document->text + line->text;
	size_t at = text[0] == '*', digits = 0, dashes = 0;

	while (line->size > 4 && at < 3 && text[at] >= 'A' && text[at] <= 'Z')
		at++;
	at += at && text[at] == '.';
	for (; at < line->size; at++) {
		if (text[at] >= '0' && text[at] <= '9')
			digits++;
		else if (text[at] == '-' && digits == 2 && !dashes)
			dashes++;
		else
			break;
	}
	if (text[0] == '*')
		return digits >= 6 && at < line->size && text[at] == '*';
	return dashes && digits >= 7 && digits <= 8 &&
	       (at == line->size || text[at] == ' ');
}

static void
mark_job_number(struct document *document, const struct sheet *sheet)
{
	struct line *lines = document->lines + sheet->line;
	float above = HUGE_VALF;

	for (uint32_t i = 0; i < sheet->count; i++)
		if (is_foot(document, &lines[i]) &&
		    is_job_number(document, &lines[i]))
			above = fminf(above,
				      lines[i].y - JOB_ABOVE * lines[i].font);
	for (uint32_t i = 0; i < sheet->count; i++)
		if (lines[i].y > above && lines[i].size < TEXT_LIMIT)
			lines[i].kind = LINE_RUNNING;
}

static void
mark_artifacts(struct document *document)
{
	for (size_t i = 0; i < document->count; i++) {
		struct line *line = &document->lines[i];

		if (line->flags & LINE_ARTIFACT &&
		    (is_head(document, line) || is_foot(document, line)) &&
		    line->page > 1)
			line->kind = LINE_RUNNING;
	}
}

void
running_mark(struct document *document)
{
	struct candidate *candidates;
	size_t count = collect(document, &candidates);

	mark_artifacts(document);
	mark_numbers(document, candidates, count);
	if (count)
		qsort(candidates, count, sizeof(*candidates),
		      compare_candidates);
	mark_repeated(document, candidates, count);
	if (document->sheets_count)
		mark_job_number(document, &document->sheets[0]);
	free(candidates);
}
