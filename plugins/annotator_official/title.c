/* SPDX-License-Identifier: Apache-2.0 */
/*
 * title.c - what titles say, be they in one block or torn into several
 *
 * Agenda items bring titles of their own: as many lines as there are items are
 * passed over, where more are left.
 */
#include <string.h>

#include "front.h"
#include "glyph.h"

/* Units first to first + count - 1 as one piece of text. */
struct docket_bytes
front_join_units(const struct document *document, size_t first, size_t count)
{
	const struct unit *units = document->units;

	return (struct docket_bytes){ document->text.data + units[first].start,
				      units[first + count - 1].end -
					      units[first].start };
}

/* What a phrase's slot stands for, in the text of a document. */
struct docket_bytes
front_take_slot(struct docket_bytes text, const struct folds *folds,
		const struct match *match, enum slot slot)
{
	size_t start = match->slots[slot].start;
	size_t end = match->slots[slot].end;

	if (end <= start)
		return (struct docket_bytes){ 0 };
	return glyph_trim((struct docket_bytes){
		text.data + folds->source[start],
		folds->source[end] - folds->source[start] });
}

struct said
front_read_joined(const struct document *document, size_t first, size_t count)
{
	struct said said = { .title =
				     front_join_units(document, first, count) };
	struct folds folds = { 0 };
	struct match match;
	const struct entry *entry;

	fold_add(&document->lexicon->table, &folds, said.title,
		 document->units[first].start);
	entry = lexicon_match(
		document->lexicon, document->languages, LEXEME_CLASS,
		(struct docket_bytes){ folds.data, folds.size }, 0, &match);
	if (entry) {
		said.class = class_find(entry->argument);
		said.from = front_take_slot(document->text, &folds, &match,
					    SLOT_FROM);
		said.to = front_take_slot(document->text, &folds, &match,
					  SLOT_TO);
		said.date = match.date;
	}
	fold_fini(&folds);
	return said;
}

void
front_take_over(struct document *document, const struct said *said)
{
	document->class = said->class;
	document->title = said->title;
	document->from = said->from;
	document->to = said->to;
	if (said->date.year && said->date.month)
		document->date = said->date;
}

/* "76/331. " and "2758 (XXVI). " before a title; its size, or 0. */
static size_t
measure_number(struct docket_bytes title)
{
	size_t at = 0;

	while (at < title.size && at < 24 &&
	       (memchr("0123456789/()-", title.data[at], 14) ||
		memchr("XVILCDMS", title.data[at], 8) ||
		(title.data[at] == ' ' && at + 1 < title.size &&
		 title.data[at + 1] == '(')))
		at++;
	if (at < 3 || at >= title.size || title.data[at] != '.')
		return 0;
	return memchr(title.data, '/', at) || memchr(title.data, '(', at) ? at
									  : 0;
}

/* "38/... " before the title of a draft, which has no number yet. */
static size_t
measure_blank(struct docket_bytes title)
{
	static const char *const blanks[] = { "/...", "/…", "/--" };
	size_t at = 0;

	while (at < title.size && at < 4 &&
	       memchr("0123456789", title.data[at], 10))
		at++;
	for (size_t i = 0; at && i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		size_t size = strlen(blanks[i]);

		if (title.size - at > size &&
		    memcmp(title.data + at, blanks[i], size) == 0)
			return at + size;
	}
	return 0;
}

/* The plain lines behind `from`, as far as they follow each other. */
void
front_take_title(struct front *front, size_t from, size_t end)
{
	struct document *document = front->document;
	size_t first = end;
	size_t last = end;
	size_t skipped;
	size_t number;

	for (size_t i = from; i < end; i++) {
		if (front->kinds[i] != COVER_PLAIN)
			continue;
		if (first == end)
			first = i;
		last = i;
	}
	if (first == end)
		return;
	document->title = front_join_units(document, first, last - first + 1);
	skipped = measure_blank(document->title);
	number = skipped ? 0 : measure_number(document->title);
	if (number) {
		document->own_number =
			(struct docket_bytes){ document->title.data, number };
		skipped = number + 1;
	}
	document->title.data += skipped;
	document->title.size -= skipped;
	document->title = glyph_trim(document->title);
}

static bool
has_class(const struct front *front, size_t at, size_t end)
{
	while (at < end && front->kinds[at] != COVER_CLASS)
		at++;
	return at < end;
}

/* Titles of agenda items may read like the document's: the last one is. */
static bool
is_item_title(const struct front *front, size_t at, size_t end)
{
	return front->kinds[at] == COVER_PLAIN ||
	       (front->kinds[at] == COVER_CLASS &&
		has_class(front, at + 1, end));
}

/* Behind agenda items, as many titles of theirs as are there. */
size_t
front_skip_items(const struct front *front, size_t end)
{
	size_t items = 0;
	size_t at = 0;

	for (size_t i = 0; i < end && front->kinds[i] != COVER_CLASS; i++)
		if (front->kinds[i] == COVER_AGENDA) {
			items = cover_count_items(front->document,
						  &front->document->units[i]);
			at = i + 1;
		} else if (front->kinds[i] == COVER_SESSION ||
			   front->kinds[i] == COVER_MASTHEAD ||
			   front->kinds[i] == COVER_ORGAN) {
			items = at > 0 && at == i ? items : 0;
			at = i + 1;
		}
	while (items && at < end && is_item_title(front, at, end)) {
		at++;
		items--;
	}
	return at;
}

size_t
front_find_text(const struct front *front)
{
	size_t i = 0;

	while (i < front->count && front->kinds[i] != COVER_TEXT)
		i++;
	return i;
}
