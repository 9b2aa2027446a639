/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose.c - a paragraph's lines into one text
 *
 * Between lines stands a space, unless the script has none or a word goes on:
 * after a soft hyphen, a slash, or a hyphen; which goes where the document
 * breaks its words. Owns the text. Running out of memory ends the process.
 */
#include "compose.h"

#include <string.h>

#include "array.h"
#include "letters.h"

#define SOFT_HYPHEN 0xad

static void
append(struct composed *composed, const char *text, size_t size)
{
	composed->text = array_reserve(composed->text, composed->size + size,
				       &composed->capacity, 1);
	memcpy(composed->text + composed->size, text, size);
	composed->size += size;
}

static uint32_t
find_digit(uint32_t c)
{
	switch (c) {
	case 0xb9:
		return '1';
	case 0xb2:
		return '2';
	case 0xb3:
		return '3';
	default:
		return c == 0x2070 || (c >= 0x2074 && c <= 0x2079)
			       ? c - 0x2070 + '0'
			       : c;
	}
}

void
compose_number(const char *text, size_t size, char out[16])
{
	size_t count = 0;

	for (size_t at = 0; at < size && count + 5 < 16;) {
		uint32_t c = find_digit(letter_next(text, size, &at));

		if (c != '(' && c != ')' && c != '/' && c != '.')
			count += letter_to_utf8(c, out + count);
	}
	out[count] = 0;
}

static void
add_mark(struct composed *composed, const struct document *document,
	 const struct raised *raised, uint32_t start, uint32_t end)
{
	struct composed_mark *mark;

	composed->marks =
		array_reserve(composed->marks, composed->marks_count + 1,
			      &composed->marks_capacity, sizeof(*mark));
	mark = &composed->marks[composed->marks_count++];
	mark->start = start;
	mark->end = end;
	compose_number(document->text + raised->start,
		       raised->end - raised->start, mark->number);
}

/* The first raised sign at or behind a place. */
static size_t
find_raised(const struct document *document, uint32_t place)
{
	size_t low = 0, high = document->raised_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (document->raised[middle].start < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
append_line(struct composed *composed, const struct document *document,
	    uint32_t start, uint32_t end)
{
	size_t next = find_raised(document, start);
	uint32_t mark = 0;

	for (uint32_t at = start; at < end; at++) {
		const struct raised *raised = next < document->raised_count
						      ? &document->raised[next]
						      : NULL;

		if (raised && raised->start == at)
			mark = (uint32_t)composed->size;
		if (at + 1 < end && document->text[at] == '\xc2' &&
		    document->text[at + 1] == '\xad')
			at++;
		else
			append(composed, document->text + at, 1);
		if (raised && raised->end <= at + 1) {
			if (raised->start >= start)
				add_mark(composed, document, raised, mark,
					 (uint32_t)composed->size);
			next++;
		}
	}
}

/* Are lines joined without a space? The text may lose its hyphen. */
static bool
is_tied(const struct paragraphs *paragraphs, const struct line *a,
	const struct line *b, struct composed *composed)
{
	bool is_hyphen = a->last == '-' || a->last == 0x2010;
	size_t hyphen = a->last == '-' ? 1 : 3;

	if (a->last == SOFT_HYPHEN)
		return true;
	if (letter_is_wide(a->last) || letter_is_wide(b->first))
		return true;
	if (a->last == '/')
		return true;
	if (!is_hyphen || a->size < hyphen + 2 ||
	    paragraphs->document->text[a->text + a->size - hyphen - 1] == ' ')
		return false;
	if (paragraphs->is_hyphenated && letter_is_lower(b->first))
		composed->size -= hyphen;
	return letter_is_alphabetic(b->first) || b->first - '0' < 10u;
}

void
compose(const struct paragraphs *paragraphs, const struct paragraph *paragraph,
	uint32_t skipped, struct composed *composed)
{
	const struct document *document = paragraphs->document;
	const struct line *before = NULL;

	composed->size = 0;
	composed->marks_count = 0;
	for (uint32_t i = paragraph->first; i != PARAGRAPH_NONE;
	     i = paragraphs->next[i]) {
		const struct line *line = &document->lines[i];

		if (before && !is_tied(paragraphs, before, line, composed))
			append(composed, " ", 1);
		append_line(composed, document,
			    line->text + (before ? 0 : skipped),
			    line->text + line->size);
		before = line;
	}
}

void
composed_fini(struct composed *composed)
{
	free(composed->text);
	free(composed->marks);
	*composed = (struct composed){ 0 };
}
