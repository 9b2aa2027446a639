/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pattern.c - a phrase of a language, with gaps
 *
 * A pattern is a row of stretches without gaps. Each is looked for behind the
 * one before and taken where it is found first, so nothing is ever gone back
 * to: the time is that of as many searches as there are gaps. Out of memory
 * ends the process.
 */
#include "pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "glyph.h"

static const struct {
	const char *name;
	enum slot slot;
} names[] = {
	{ "…", SLOT_ANY },	 { "{from}", SLOT_FROM },
	{ "{to}", SLOT_TO },	 { "{sponsors}", SLOT_SPONSORS },
	{ "{name}", SLOT_NAME }, { "{title}", SLOT_TITLE },
	{ "{date}", SLOT_DATE }, { "{label}", SLOT_LABEL },
	{ "{day}", SLOT_DAY },	 { "{number}", SLOT_NUMBER },
	{ "{year}", SLOT_YEAR }, { "{month}", SLOT_MONTH },
	{ "$", SLOT_END },
};

static bool
is_gap(const struct element *element)
{
	return !element->text && element->slot >= SLOT_ANY &&
	       element->slot <= SLOT_TITLE;
}

/* ---- making ---- */

static struct element *
add_element(struct pattern *pattern)
{
	pattern->elements =
		realloc(pattern->elements,
			(pattern->count + 1) * sizeof(*pattern->elements));
	if (!pattern->elements)
		abort();
	pattern->elements[pattern->count] = (struct element){ 0 };
	return &pattern->elements[pattern->count++];
}

static void
add_words(const struct fold_table *table, struct pattern *pattern,
	  struct docket_bytes source)
{
	struct folds folds = { 0 };
	struct element *element;

	source = glyph_trim(source);
	if (!source.size)
		return;
	fold_add(table, &folds, source, 0);
	element = add_element(pattern);
	element->may_go_on = source.data[source.size - 1] == '*';
	element->text = folds.data;
	element->size = folds.size;
	free(folds.source);
}

/* The slot that begins there; its length, or 0. */
static size_t
find_slot(struct docket_bytes source, size_t at, enum slot *out_slot)
{
	if (!memchr("{$\xe2", source.data[at], 3))
		return 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t size = strlen(names[i].name);

		if (source.size - at >= size &&
		    memcmp(source.data + at, names[i].name, size) == 0) {
			*out_slot = names[i].slot;
			return size;
		}
	}
	return 0;
}

/* "{from:words}": its length, or 0. */
static size_t
find_filled_slot(struct docket_bytes source, size_t at, enum slot *out_slot,
		 struct docket_bytes *out_words)
{
	const char *end = memchr(source.data + at, '}', source.size - at);
	const char *colon;
	char name[16];
	struct docket_bytes bare;

	if (source.data[at] != '{' || !end)
		return 0;
	colon = memchr(source.data + at, ':', (size_t)(end - source.data) - at);
	if (!colon)
		return 0;
	bare.data = name;
	bare.size = (size_t)snprintf(name, sizeof(name), "%.*s}",
				     (int)(colon - source.data - (long)at),
				     source.data + at);
	if (bare.size >= sizeof(name) || !find_slot(bare, 0, out_slot))
		return 0;
	*out_words =
		(struct docket_bytes){ colon + 1, (size_t)(end - colon) - 1 };
	return (size_t)(end - source.data) - at + 1;
}

bool
pattern_make(const struct fold_table *table, struct docket_bytes source,
	     struct pattern *out_pattern)
{
	struct pattern pattern = { 0 };
	size_t words = 0;

	for (size_t at = 0; at < source.size;) {
		enum slot slot = SLOT_NONE;
		struct docket_bytes filling = { 0 };
		size_t size = find_slot(source, at, &slot);
		bool is_bad;

		if (!size)
			size = find_filled_slot(source, at, &slot, &filling);
		is_bad = !size && source.data[at] == '{';

		if (is_bad) {
			pattern_fini(&pattern);
			return false;
		}
		if (!size) {
			at++;
			continue;
		}
		add_words(table, &pattern,
			  (struct docket_bytes){ source.data + words,
						 at - words });
		if (filling.size)
			add_words(table, &pattern, filling);
		else
			add_element(&pattern);
		pattern.elements[pattern.count - 1].slot = slot;
		at += size;
		words = at;
	}
	add_words(table, &pattern,
		  (struct docket_bytes){ source.data + words,
					 source.size - words });
	*out_pattern = pattern;
	return pattern.count > 0;
}

void
pattern_fini(struct pattern *pattern)
{
	for (size_t i = 0; i < pattern->count; i++)
		free(pattern->elements[i].text);
	free(pattern->elements);
	*pattern = (struct pattern){ 0 };
}

/* ---- matching ---- */

static bool
is_loose(char byte)
{
	return byte == ' ' || byte == ',';
}

/* Neither end of the words may lie within a word of the text. */
static bool
is_boundary(struct docket_bytes text, size_t at)
{
	size_t left = at;
	size_t right = at;
	int32_t before;
	int32_t after;

	if (at == 0 || at >= text.size)
		return true;
	before = glyph_previous(text, &left);
	after = glyph_next(text, &right);
	return !glyph_is_word(before) || !glyph_is_word(after) ||
	       glyph_is_wide(before) || glyph_is_wide(after);
}

/* A word of one letter is none in "S.A.S.", where "a" may be "à" as well. */
static bool
is_alone(struct docket_bytes text, size_t at)
{
	unsigned char byte = (unsigned char)text.data[at];

	if (byte < 'a' || byte > 'z')
		return true;
	return (at == 0 || is_loose(text.data[at - 1])) &&
	       (at + 1 >= text.size || is_loose(text.data[at + 1]));
}

/* The words at `at`; a space of theirs may be a comma in the text. */
static bool
match_words(const struct element *element, struct docket_bytes text, size_t *at)
{
	size_t end = *at;

	for (size_t i = 0; i < element->size; i++) {
		char byte = element->text[i];

		if (byte == ' ' && end < text.size &&
		    is_loose(text.data[end])) {
			while (end < text.size && is_loose(text.data[end]))
				end++;
			continue;
		}
		if (end >= text.size || text.data[end] != byte)
			return false;
		end++;
	}
	if (!is_boundary(text, *at) ||
	    (!element->may_go_on && !is_boundary(text, end)) ||
	    (element->size == 1 && !is_alone(text, *at)))
		return false;
	while (!is_boundary(text, end))
		glyph_next(text, &end);
	*at = end;
	return true;
}

static size_t
skip_loose(struct docket_bytes text, size_t at)
{
	while (at < text.size && is_loose(text.data[at]))
		at++;
	return at;
}

static bool
match_end(struct docket_bytes text, size_t *at)
{
	size_t end = *at;

	while (end < text.size && strchr(" ,.:;", text.data[end]))
		end++;
	if (end < text.size)
		return false;
	*at = end;
	return true;
}

static bool
match_element(const struct element *element, struct docket_bytes text,
	      const struct slot_reader *reader, size_t *at, struct match *match)
{
	size_t start = *at;

	if (element->slot == SLOT_NONE)
		return match_words(element, text, at);
	if (element->slot == SLOT_END)
		return match_end(text, at);
	if (element->text
		    ? !match_words(element, text, at)
		    : !reader->read(reader, element->slot, text, at, match))
		return false;
	match->slots[element->slot].start = start;
	match->slots[element->slot].end = *at;
	return true;
}

/* Elements first to last - 1, which are no gaps, at *at. */
static bool
match_stretch(const struct pattern *pattern, size_t first, size_t last,
	      struct docket_bytes text, const struct slot_reader *reader,
	      size_t *at, struct match *match)
{
	size_t end = *at;

	for (size_t i = first; i < last; i++) {
		end = i > first ? skip_loose(text, end) : end;
		if (!match_element(&pattern->elements[i], text, reader, &end,
				   match))
			return false;
	}
	*at = end;
	return true;
}

/* Where the element could begin, from `at` on; text.size: nowhere. */
static size_t
find_element(const struct element *element, struct docket_bytes text,
	     const struct slot_reader *reader, size_t at)
{
	const char *found;
	const char *space;

	if (at >= text.size)
		return text.size;
	if (!element->text) {
		while (at < text.size &&
		       (!reader->may_begin(reader, element->slot,
					   text.data[at]) ||
			!is_boundary(text, at)))
			at++;
		return at;
	}
	/* a space may be a comma in the text: up to it all is alike */
	space = memchr(element->text, ' ', element->size);
	found = memmem(text.data + at, text.size - at, element->text,
		       space ? (size_t)(space - element->text) : element->size);
	return found ? (size_t)(found - text.data) : text.size;
}

static void
set_slot(struct match *match, enum slot slot, struct docket_bytes text,
	 size_t start, size_t end)
{
	while (start < end && is_loose(text.data[start]))
		start++;
	while (end > start && is_loose(text.data[end - 1]))
		end--;
	match->slots[slot].start = start;
	match->slots[slot].end = end;
}

/* The stretch behind a gap that begins at *at, wherever it comes first. */
static bool
match_gap(const struct pattern *pattern, size_t first, size_t last,
	  struct docket_bytes text, const struct slot_reader *reader,
	  size_t *at, struct match *match)
{
	enum slot slot = pattern->elements[first - 1].slot;
	size_t begin = skip_loose(text, *at);
	size_t start = begin;

	if (first == last) {
		set_slot(match, slot, text, begin, text.size);
		*at = text.size;
		return begin < text.size;
	}
	while (start < text.size) {
		size_t end;

		start = find_element(&pattern->elements[first], text, reader,
				     start + 1);
		end = start;
		if (start < text.size &&
		    match_stretch(pattern, first, last, text, reader, &end,
				  match)) {
			set_slot(match, slot, text, begin, start);
			*at = end;
			return true;
		}
	}
	/* only the end of the text itself is left */
	if (pattern->elements[first].slot != SLOT_END || begin >= text.size)
		return false;
	set_slot(match, slot, text, begin, text.size);
	*at = text.size;
	return true;
}

static struct docket_bytes
trim_stops(struct docket_bytes text)
{
	while (text.size && strchr(" ,.:;", text.data[text.size - 1]))
		text.size--;
	return text;
}

/* Words before "$": without their last letter at its end, no text matches. */
static bool
may_end(const struct pattern *pattern, struct docket_bytes text)
{
	const struct element *last = &pattern->elements[pattern->count - 1];
	struct docket_bytes words;

	if (pattern->count < 2 || last->slot != SLOT_END || !last[-1].text ||
	    last[-1].may_go_on)
		return true;
	words = trim_stops(
		(struct docket_bytes){ last[-1].text, last[-1].size });
	text = trim_stops(text);
	return !words.size || (text.size && words.data[words.size - 1] ==
						    text.data[text.size - 1]);
}

/* Its first words are not there: most patterns are done with by this. */
static bool
is_elsewhere(const struct pattern *pattern, struct docket_bytes text, size_t at)
{
	return pattern->elements[0].text &&
	       !match_words(&pattern->elements[0], text, &at);
}

bool
pattern_match(const struct pattern *pattern, struct docket_bytes folded,
	      size_t at, const struct slot_reader *reader,
	      struct match *out_match)
{
	struct match match;
	size_t first = 0;

	if (!may_end(pattern, folded) || is_elsewhere(pattern, folded, at))
		return false;
	match = (struct match){ 0 };
	for (;;) {
		size_t last = first;
		bool is_found;

		while (last < pattern->count &&
		       !is_gap(&pattern->elements[last]))
			last++;
		is_found = first == 0
				   ? match_stretch(pattern, first, last, folded,
						   reader, &at, &match)
				   : match_gap(pattern, first, last, folded,
					       reader, &at, &match);
		if (!is_found)
			return false;
		if (last == pattern->count)
			break;
		first = last + 1;
	}
	match.end = at;
	*out_match = match;
	return true;
}

bool
pattern_begins(const struct pattern *pattern, struct docket_bytes folded,
	       const struct slot_reader *reader)
{
	struct match match;
	size_t last = 0;
	size_t at = 0;

	while (last < pattern->count && !is_gap(&pattern->elements[last]))
		last++;
	return last > 0 &&
	       match_stretch(pattern, 0, last, folded, reader, &at, &match);
}
