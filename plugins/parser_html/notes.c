/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.c - footnotes, and the marks that lead to them
 *
 * Owns the lists; flags tokens. Two passes: links that may be marks, then the
 * elements whose names they give. A mark without a note, and a note without a
 * mark, are neither. Running out of memory ends the process.
 */
#include "notes.h"

#include <string.h>

#include "array.h"
#include "attribute.h"

/* Tokens between a link's tags; bytes of what it shows. */
#define LINK_TOKENS 12
#define LABEL_LIMIT 6
/* Tokens between where a note begins and the name it is known by. */
#define WALK_LIMIT 16

/* What tools and people call notes, in lower case. */
static const char *const note_names[] = {
	"fn", "ftn", "foot", "note", "endnote", "edn", "cite_note",
};

/* A link that may be a mark. */
struct mark {
	struct docket_bytes target;
	struct note note;
	bool is_found;
};

struct marks {
	struct mark *items;
	size_t count;
	size_t capacity;
	struct mark **by_target;
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* ---- the first pass: marks ---- */

/* The way back, from a note to its mark, is called by a name, too. */
static bool
is_note_name(struct docket_bytes name)
{
	bool has_digit = false;

	while (name.size && (name.data[0] == '_' || name.data[0] == '-')) {
		name.data++;
		name.size--;
	}
	for (size_t i = 0; i < name.size; i++)
		has_digit |= name.data[i] >= '0' && name.data[i] <= '9';
	if (!has_digit || attribute_has(name, "ref") ||
	    attribute_has(name, "back"))
		return false;
	for (size_t i = 0; i < sizeof(note_names) / sizeof(note_names[0]);
	     i++) {
		struct docket_bytes head = { name.data, strlen(note_names[i]) };

		if (head.size <= name.size && attribute_is(head, note_names[i]))
			return true;
	}
	return false;
}

/* Without the brackets around it; empty if there is more than a label. */
static struct docket_bytes
trim_label(struct docket_bytes text)
{
	while (text.size && (is_space(text.data[0]) || text.data[0] == '[' ||
			     text.data[0] == '(')) {
		text.data++;
		text.size--;
	}
	while (text.size && (is_space(text.data[text.size - 1]) ||
			     text.data[text.size - 1] == ']' ||
			     text.data[text.size - 1] == ')' ||
			     text.data[text.size - 1] == '.'))
		text.size--;
	if (text.size > LABEL_LIMIT)
		text.size = 0;
	for (size_t i = 0; i < text.size; i++)
		if (is_space(text.data[i]) || text.data[i] == '&')
			text.size = 0;
	return text;
}

/* What the link at `index` shows, if that is one label. */
static struct docket_bytes
read_label(const struct tokens *tokens, size_t index)
{
	struct docket_bytes label = { 0 };

	for (size_t i = index + 1;
	     i < tokens->count && i <= index + LINK_TOKENS; i++) {
		const struct token *token = &tokens->items[i];
		struct docket_bytes text;

		if (token->tag == TAG_A)
			return label;
		if (token->kind != TOKEN_TEXT)
			continue;
		text = trim_label(token_bytes(tokens, token));
		if (text.size && label.size)
			break;
		if (text.size)
			label = text;
		else if (token->size > LABEL_LIMIT)
			break;
	}
	return (struct docket_bytes){ 0 };
}

static bool
is_called_mark(struct docket_bytes tag)
{
	return attribute_is(attribute_find(tag, "role"), "doc-noteref") ||
	       attribute_is(attribute_find(tag, "epub:type"), "noteref") ||
	       attribute_has(attribute_find(tag, "class"), "footnote-ref");
}

static void
find_mark(const struct tokens *tokens, size_t index, struct marks *marks)
{
	struct docket_bytes tag = token_bytes(tokens, &tokens->items[index]);
	struct docket_bytes target = attribute_find(tag, "href");
	struct mark mark = { .note.token = index };

	if (target.size < 2 || target.data[0] != '#')
		return;
	target.data++;
	target.size--;
	if (!is_note_name(target) && !is_called_mark(tag))
		return;
	mark.target = target;
	mark.note.number = read_label(tokens, index);
	if (!mark.note.number.size)
		return;
	marks->items = array_reserve(marks->items, marks->count + 1,
				     &marks->capacity, sizeof(mark));
	marks->items[marks->count++] = mark;
}

/* ---- the second pass: notes ---- */

static int
compare_bytes(struct docket_bytes left, struct docket_bytes right)
{
	size_t size = left.size < right.size ? left.size : right.size;
	int order = memcmp(left.data, right.data, size);

	return order ? order
		     : (left.size > right.size) - (left.size < right.size);
}

/* Of the marks of one note the first is the first. */
static int
compare_marks(const void *left, const void *right)
{
	const struct mark *const *one = left;
	const struct mark *const *other = right;
	int order = compare_bytes((*one)->target, (*other)->target);

	return order ? order : (*one > *other) - (*one < *other);
}

static void
sort_marks(struct marks *marks)
{
	size_t capacity = 0;

	marks->by_target = array_reserve(NULL, marks->count, &capacity,
					 sizeof(*marks->by_target));
	for (size_t i = 0; i < marks->count; i++)
		marks->by_target[i] = &marks->items[i];
	qsort(marks->by_target, marks->count, sizeof(*marks->by_target),
	      compare_marks);
}

/* The index in by_target of the first mark that leads to the name. */
static size_t
find_target(const struct marks *marks, struct docket_bytes name)
{
	size_t low = 0;
	size_t high = marks->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_bytes(marks->by_target[middle]->target, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Nothing that anybody reads, but perhaps a bracket. */
static bool
is_hardly_text(struct docket_bytes text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size && count < 2; i++)
		count += !is_space(text.data[i]);
	return count < 2;
}

/* From a name within a line to the token where the line begins. */
static size_t
walk_back(const struct tokens *tokens, size_t index)
{
	size_t last = index > WALK_LIMIT ? index - WALK_LIMIT : 0;
	size_t at = index;

	while (!(tags[tokens->items[at].tag].traits & TAG_IS_BLOCK) &&
	       at > last) {
		const struct token *before = &tokens->items[at - 1];
		uint32_t traits = tags[before->tag].traits;

		if (before->kind == TOKEN_TEXT &&
		    !is_hardly_text(token_bytes(tokens, before)))
			break;
		if (before->kind == TOKEN_CLOSE && traits & TAG_IS_BLOCK)
			break;
		at--;
		if (before->kind == TOKEN_OPEN && before->tag == TAG_BR)
			break;
	}
	return at;
}

static void
add_foot(struct tokens *tokens, struct notes *notes, size_t *capacity,
	 struct note note)
{
	struct token *token = &tokens->items[note.token];
	size_t count = notes->foot_count;

	if (tags[token->tag].traits & TAG_IS_HEADING)
		return;
	if (count && notes->feet[count - 1].token >= note.token)
		return;
	token->flags |= TOKEN_IS_NOTE;
	notes->feet =
		array_reserve(notes->feet, count + 1, capacity, sizeof(note));
	notes->feet[notes->foot_count++] = note;
}

/* All marks of a note are found with it; the second of its name is nobody's. */
static bool
find_marks(const struct marks *marks, struct docket_bytes name,
	   struct note *out_note)
{
	size_t first = find_target(marks, name);
	size_t i = first;

	for (; i < marks->count &&
	       compare_bytes(marks->by_target[i]->target, name) == 0;
	     i++) {
		if (marks->by_target[i]->is_found)
			return false;
		marks->by_target[i]->is_found = true;
	}
	if (i == first)
		return false;
	out_note->number = marks->by_target[first]->note.number;
	return true;
}

static void
find_foot(struct tokens *tokens, size_t index, const struct marks *marks,
	  struct notes *notes, size_t *capacity)
{
	const struct token *token = &tokens->items[index];
	struct docket_bytes tag = token_bytes(tokens, token);
	struct docket_bytes name = attribute_find(tag, "id");
	struct note note = { .token = index };
	bool is_note;

	is_note = name.size && find_marks(marks, name, &note);
	if (!is_note && token->tag == TAG_A) {
		name = attribute_find(tag, "name");
		is_note = name.size && find_marks(marks, name, &note);
	}
	if (!is_note)
		return;
	note.token = walk_back(tokens, index);
	add_foot(tokens, notes, capacity, note);
}

/* ---- both ---- */

static void
keep_found(struct tokens *tokens, const struct marks *marks,
	   struct notes *notes)
{
	size_t capacity = 0;

	notes->marks = array_reserve(NULL, marks->count, &capacity,
				     sizeof(*notes->marks));
	for (size_t i = 0; i < marks->count; i++) {
		if (!marks->items[i].is_found)
			continue;
		tokens->items[marks->items[i].note.token].flags |=
			TOKEN_IS_MARK;
		notes->marks[notes->mark_count++] = marks->items[i].note;
	}
}

void
notes_find(struct tokens *tokens, struct notes *out_notes)
{
	struct notes notes = { 0 };
	struct marks marks = { 0 };
	size_t capacity = 0;

	for (size_t i = 0; i < tokens->count; i++)
		if (tokens->items[i].kind == TOKEN_OPEN &&
		    tokens->items[i].tag == TAG_A)
			find_mark(tokens, i, &marks);
	if (marks.count) {
		sort_marks(&marks);
		for (size_t i = 0; i < tokens->count; i++)
			if (tokens->items[i].kind == TOKEN_OPEN &&
			    tokens->items[i].size)
				find_foot(tokens, i, &marks, &notes, &capacity);
		keep_found(tokens, &marks, &notes);
	}
	free(marks.by_target);
	free(marks.items);
	*out_notes = notes;
}

void
notes_fini(struct notes *notes)
{
	free(notes->marks);
	free(notes->feet);
	*notes = (struct notes){ 0 };
}
