/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.c - the footnotes at the foot of pages and columns
 *
 * What is set smaller than the text and stands last is a footnote if it begins
 * with the mark of one, or if a short rule stands above it. Owns nothing.
 */
#include "notes.h"

#include "labels.h"

/* In parts of the usual size; of the page's width; of its height. */
#define SMALL 0.93f
#define RULE_SHORT 0.08f
#define RULE_LONG 0.46f
#define RULE_HIGH 0.25f

float
notes_find_rule(const struct page *page)
{
	float lowest = 0;

	for (size_t i = 0; i < page->rules_count; i++) {
		const struct rule *rule = &page->rules[i];
		float width = rule->x1 - rule->x0;

		if (width > rule->y1 - rule->y0 &&
		    width > RULE_SHORT * page->width &&
		    width < RULE_LONG * page->width &&
		    rule->y0 > RULE_HIGH * page->height && rule->y0 > lowest)
			lowest = rule->y0;
	}
	return lowest;
}

static bool
may_be_note(const struct document *document, const struct line *line)
{
	return line->kind == LINE_BODY && line->font < SMALL * document->body &&
	       !(line->flags & LINE_TABULAR);
}

/* The number that a line begins with; 0 if that is none. */
static uint32_t
read_number(const char *text, uint32_t size)
{
	uint32_t number = 0;

	for (uint32_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; i++)
		number = number * 10 + (uint32_t)(text[i] - '0');
	return number;
}

/*
 * Plain digits are enough of a mark only where a rule says what they are, and
 * only if they count on: *last, and any for the first note.
 */
static bool
has_mark(const struct document *document, const struct line *line,
	 bool is_ruled, bool is_first, uint32_t *last)
{
	const char *text = document->text + line->text;
	uint32_t size = label_read_note(text, line->size);
	uint32_t number = read_number(text, size);

	if (!size)
		return false;
	if (number && text[size - 1] != '/' &&
	    (!is_ruled || (!is_first && number != *last + 1)))
		return false;
	*last = number;
	return true;
}

/* Lines from first to end are of one flow: which are notes at its end? */
static void
mark_flow(struct document *document, size_t first, size_t end)
{
	float rule =
		document->sheets[document->lines[first].page - 1].note_rule;
	uint32_t last = 0;
	size_t begin = end;
	bool is_note = false;

	while (begin > first &&
	       (document->lines[begin - 1].kind == LINE_RUNNING ||
		may_be_note(document, &document->lines[begin - 1])))
		begin--;
	for (size_t i = begin; i < end; i++) {
		struct line *line = &document->lines[i];
		bool is_ruled = rule > 0 && line->y > rule;
		bool is_open;

		if (line->kind != LINE_BODY)
			continue;
		is_open = has_mark(document, line, is_ruled, !is_note, &last);
		/* Small print above the first mark is something else. */
		is_note |= is_open || (is_ruled && begin > first);
		if (!is_note)
			continue;
		line->kind = LINE_NOTE;
		if (is_open)
			line->flags |= LINE_OPENS_NOTE;
	}
}

void
notes_mark(struct document *document)
{
	for (size_t i = 0, end; i < document->count; i = end) {
		for (end = i + 1;
		     end < document->count &&
		     document->lines[end].flow == document->lines[i].flow;
		     end++)
			;
		mark_flow(document, i, end);
	}
}
