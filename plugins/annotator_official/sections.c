/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sections.c - the body, annexes, appendices and enclosures
 *
 * An annex begins with a line of its own that says so, and ends where the next
 * one begins. Appendices and enclosures lie in the annex before them. The
 * title is what stands below the label, before anything that is numbered or
 * ends as a sentence does. Out of memory ends the process.
 */
#include "sections.h"

#include <stdlib.h>

#include "stages.h"

#define LABEL_LIMIT 400 /* letters: "Annex to the letter dated ..." */
#define LABEL_BYTES 800
#define LABEL_LONG 50 /* bytes: it says of what it is an annex */
#define LABEL_LINES 5
#define TITLE_LIMIT 600

static const struct {
	enum lexeme lexeme;
	enum docket_part_kind kind;
} words[] = {
	{ LEXEME_ANNEX, DOCKET_PART_ANNEX },
	{ LEXEME_APPENDIX, DOCKET_PART_APPENDIX },
	{ LEXEME_ENCLOSURE, DOCKET_PART_ENCLOSURE },
};

/* Behind the label: nothing, or a sign and the title. */
static bool
read_rest(const struct document *document, const struct unit *unit,
	  const struct match *match, struct section_label *label)
{
	struct docket_bytes folded = document_folded(document, unit);
	size_t at = match->end;

	while (at < folded.size && folded.data[at] == ' ')
		at++;
	if (at == folded.size)
		return true;
	if (folded.data[at] != ':' && folded.data[at] != '.' &&
	    folded.data[at] != '-')
		return false;
	at++;
	while (at < folded.size && folded.data[at] == ' ')
		at++;
	label->title = document_source(document, unit, at, folded.size);
	return unit->closing == CLOSING_OPEN || at == folded.size;
}

static size_t
count_letters(struct docket_bytes text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
	return count;
}

/* Of "Annex I*", the mark of a footnote is not the number's. */
static struct docket_bytes
cut_mark(struct docket_bytes number)
{
	while (number.size && number.data[number.size - 1] == '*')
		number.size--;
	return number;
}

bool
section_read_label(const struct document *document, const struct unit *unit,
		   struct section_label *out_label)
{
	if (unit->end - unit->start > LABEL_BYTES || unit->zone != ZONE_TEXT)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct section_label label = { .kind = words[i].kind };
		struct match match;

		if (!document_match(document, unit, words[i].lexeme, &match) ||
		    !read_rest(document, unit, &match, &label) ||
		    count_letters(document_text(document, unit)) > LABEL_LIMIT)
			continue;
		if (match.label.style != LABEL_NONE)
			label.number = cut_mark(document_source(
				document, unit, match.slots[SLOT_LABEL].start,
				match.slots[SLOT_LABEL].end));
		*out_label = label;
		return true;
	}
	return false;
}

/* ---- titles ---- */

static bool
is_bracketed(const struct document *document, const struct unit *unit)
{
	char first = document->text.data[unit->start];

	return first == '[' || first == '(' || first == '*';
}

static bool
may_be_title(const struct document *document, const struct unit *unit)
{
	struct section_label label;

	return unit->zone == ZONE_TEXT && unit->has_letters &&
	       unit->end - unit->start <= TITLE_LIMIT &&
	       (unit->closing == CLOSING_OPEN ||
		unit->hint == DOCKET_BLOCK_HEADING) &&
	       (unit->marker.label.style == LABEL_NONE ||
		unit->hint == DOCKET_BLOCK_HEADING) &&
	       !section_read_label(document, unit, &label);
}

/* "Communiqué issued by the": the line after it is the title's too. */
static bool
ends_in_article(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct match match;
	size_t at = folded.size;

	while (at > 0 && folded.data[at - 1] != ' ')
		at--;
	return at > 0 && at < folded.size &&
	       lexicon_match(document->lexicon, document->languages,
			     LEXEME_ARTICLE, folded, at, &match) &&
	       match.end == folded.size;
}

/* Lines that began as a title and went on without a new sentence. */
static size_t
count_title(const struct document *document, size_t first, size_t last)
{
	size_t count = 1;

	while (first + count < last &&
	       (document->units[first + count].opening == OPENING_LOWER ||
		(!document->units[first + count].is_gapped &&
		 ends_in_article(document,
				 &document->units[first + count - 1]))) &&
	       may_be_title(document, &document->units[first + count]))
		count++;
	return count;
}

static void
join_heading(struct unit *unit, bool is_joined)
{
	unit->kind = DOCKET_BLOCK_HEADING;
	unit->level = 1;
	unit->is_settled = true;
	unit->is_joined = is_joined;
}

/*
 * "Annex to the letter dated ... from the Permanent", "Representative of ...":
 * the label's lines end at an empty one, if it has one above. Returns the
 * unit behind them.
 */
static size_t
join_label(struct document *document, const struct section *section)
{
	const struct unit *label = &document->units[section->first];
	size_t at = section->first + 1;

	if (!label->is_gapped || label->end - label->start < LABEL_LONG)
		return at;
	while (at < section->last && at < section->first + LABEL_LINES &&
	       !document->units[at].is_gapped &&
	       !is_bracketed(document, &document->units[at]) &&
	       may_be_title(document, &document->units[at]))
		join_heading(&document->units[at++], true);
	return at;
}

static void
find_title(struct document *document, struct section *section)
{
	size_t at = join_label(document, section);

	while (at < section->last &&
	       (document->units[at].zone != ZONE_TEXT ||
		is_bracketed(document, &document->units[at])))
		at++;
	if (at >= section->last ||
	    !may_be_title(document, &document->units[at]))
		return;
	section->title = at;
	section->titles = count_title(document, at, section->last);
}

/* ---- sections ---- */

static struct section *
add_section(struct document *document, size_t first)
{
	struct section *section;

	if (document->section_count == document->section_capacity) {
		document->section_capacity = document->section_capacity * 2 + 8;
		document->sections =
			realloc(document->sections,
				document->section_capacity *
					sizeof(*document->sections));
		if (!document->sections)
			abort();
	}
	if (document->section_count)
		document->sections[document->section_count - 1].last = first;
	section = &document->sections[document->section_count++];
	*section = (struct section){
		.first = first,
		.last = document->count,
		.kind = DOCKET_PART_BODY,
	};
	return section;
}

static void
add_annex(struct document *document, size_t first,
	  const struct section_label *label)
{
	struct section *section = add_section(document, first);

	document->has_annex =
		document->has_annex || label->kind == DOCKET_PART_ANNEX;
	section->kind = label->kind;
	section->number = label->number;
	section->is_nested =
		document->has_annex && label->kind != DOCKET_PART_ANNEX;
}

static void
settle(struct document *document, struct section *section,
       const struct section_label *label)
{
	join_heading(&document->units[section->first], false);
	section->label_title = label->title;
	if (!label->title.size)
		find_title(document, section);
	for (size_t i = 0; i < section->titles; i++)
		join_heading(&document->units[section->title + i], i > 0);
}

void
sections_find(struct document *document)
{
	struct section_label label;

	add_section(document, 0);
	for (size_t i = document->front_end; i < document->count; i++)
		if (section_read_label(document, &document->units[i], &label))
			add_annex(document, i, &label);
	for (size_t i = 1; i < document->section_count; i++) {
		struct section *section = &document->sections[i];

		section_read_label(document, &document->units[section->first],
				   &label);
		settle(document, section, &label);
	}
}
