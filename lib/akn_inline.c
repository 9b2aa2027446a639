/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_inline.c - a range of text with its marks as inline elements
 *
 * Marks that cross another one, or the range's edge, are left out: XML nests.
 * Owns the sorted list of marks.
 */
#include <stdlib.h>
#include <string.h>

#include "akn_private.h"

#define OPEN_LIMIT 16 /* marks within marks */

static const char *const elements[DOCKET_MARK_KIND_COUNT] = {
	[DOCKET_MARK_REFERENCE] = "ref",
	[DOCKET_MARK_ORGANISATION] = "organization",
	[DOCKET_MARK_PERSON] = "person",
	[DOCKET_MARK_PLACE] = "location",
	[DOCKET_MARK_DATE] = "date",
	[DOCKET_MARK_INSTRUMENT] = "concept",
	[DOCKET_MARK_NOTE] = "authorialNote",
	[DOCKET_MARK_LINK] = "a",
};

static int
compare(const void *a, const void *b)
{
	const struct docket_mark *one = a;
	const struct docket_mark *two = b;

	if (one->start != two->start)
		return one->start < two->start ? -1 : 1;
	if (one->end != two->end)
		return one->end > two->end ? -1 : 1;
	return (one->kind > two->kind) - (one->kind < two->kind);
}

void
akn_find_marks(struct akn *akn)
{
	size_t count = docket_record_marks(akn->record);

	akn->marks = mem_alloc_array(count, sizeof(*akn->marks));
	for (size_t i = 0; i < count; i++) {
		struct docket_mark mark = docket_record_mark(akn->record, i);

		if (mark.start < mark.end && elements[mark.kind])
			akn->marks[akn->mark_count++] = mark;
	}
	if (akn->mark_count)
		qsort(akn->marks, akn->mark_count, sizeof(*akn->marks),
		      compare);
}

/* 2003-10-10, which is what the schema takes. */
static bool
is_full_date(struct docket_bytes value)
{
	static const char shape[] = "0000-00-00";

	if (value.size != sizeof(shape) - 1)
		return false;
	for (size_t i = 0; i < value.size; i++) {
		bool is_digit = value.data[i] >= '0' && value.data[i] <= '9';

		if (shape[i] == '0' ? !is_digit : value.data[i] != '-')
			return false;
	}
	return true;
}

/* Has it what its element cannot do without? */
static bool
is_tellable(const struct akn *akn, const struct docket_mark *mark)
{
	switch (mark->kind) {
	case DOCKET_MARK_REFERENCE:
	case DOCKET_MARK_LINK:
		return mark->uri.size > 0;
	case DOCKET_MARK_DATE:
		return is_full_date(mark->value);
	case DOCKET_MARK_ORGANISATION:
	case DOCKET_MARK_PERSON:
	case DOCKET_MARK_PLACE:
	case DOCKET_MARK_INSTRUMENT:
		return akn_entry_of(akn, mark) > 0;
	case DOCKET_MARK_NOTE: /* akn_put_note() */
	case DOCKET_MARK_ACTION:
	case DOCKET_MARK_KIND_COUNT:
		break;
	}
	return false;
}

static void
put_entry_reference(struct akn *akn, const struct docket_mark *mark)
{
	static const char *const ids[DOCKET_MARK_KIND_COUNT] = {
		[DOCKET_MARK_ORGANISATION] = "org",
		[DOCKET_MARK_PERSON] = "person",
		[DOCKET_MARK_PLACE] = "loc",
		[DOCKET_MARK_INSTRUMENT] = "instrument",
	};
	auto_free char *id =
		mem_format("#%s_%zu", ids[mark->kind], akn_entry_of(akn, mark));

	xml_set(&akn->xml, "refersTo", id);
}

static void
begin_mark(struct akn *akn, const struct docket_mark *mark)
{
	xml_begin(&akn->xml, elements[mark->kind]);
	if (mark->kind == DOCKET_MARK_DATE)
		xml_attribute(&akn->xml, "date", mark->value);
	else if (mark->kind == DOCKET_MARK_REFERENCE ||
		 mark->kind == DOCKET_MARK_LINK)
		xml_attribute(&akn->xml, "href", mark->uri);
	else
		put_entry_reference(akn, mark);
}

/* The first mark that begins at or behind an offset. */
static size_t
find_first(const struct akn *akn, uint32_t start)
{
	size_t low = 0, high = akn->mark_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (akn->marks[middle].start < start)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What is open, and how far the text is written. */
struct walk {
	struct akn *akn;
	uint32_t at;
	const struct docket_mark *open[OPEN_LIMIT];
	size_t depth;
};

static void
put_until(struct walk *walk, uint32_t end)
{
	xml_text(&walk->akn->xml, akn_slice(walk->akn, walk->at, end));
	walk->at = end;
}

/* Close what ends at or before an offset. */
static void
close_until(struct walk *walk, uint32_t offset)
{
	while (walk->depth > 0 && walk->open[walk->depth - 1]->end <= offset) {
		const struct docket_mark *mark = walk->open[--walk->depth];

		put_until(walk, mark->end);
		xml_end(&walk->akn->xml, elements[mark->kind]);
	}
}

/* Not within one of its own element, and not across the innermost. */
static bool
may_open(const struct walk *walk, const struct docket_mark *mark, uint32_t end)
{
	if (walk->depth == OPEN_LIMIT || mark->end > end ||
	    !is_tellable(walk->akn, mark))
		return false;
	for (size_t i = 0; i < walk->depth; i++)
		if (walk->open[i]->end < mark->end ||
		    walk->open[i]->kind == mark->kind)
			return false;
	return true;
}

/* The note stands where its mark does; what the mark is, its marker says. */
static bool
put_note(struct walk *walk, const struct docket_mark *mark, uint32_t end)
{
	if (mark->kind != DOCKET_MARK_NOTE || mark->end > end)
		return false;
	put_until(walk, mark->start);
	if (akn_put_note(walk->akn, mark))
		walk->at = mark->end;
	return true;
}

void
akn_put_inline(struct akn *akn, uint32_t start, uint32_t end)
{
	struct walk walk = { .akn = akn, .at = start };

	for (size_t i = find_first(akn, start);
	     i < akn->mark_count && akn->marks[i].start < end; i++) {
		const struct docket_mark *mark = &akn->marks[i];

		close_until(&walk, mark->start);
		if (mark->start < walk.at || put_note(&walk, mark, end) ||
		    !may_open(&walk, mark, end))
			continue;
		put_until(&walk, mark->start);
		begin_mark(akn, mark);
		walk.open[walk.depth++] = mark;
	}
	close_until(&walk, end);
	put_until(&walk, end);
}
