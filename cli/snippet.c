/* SPDX-License-Identifier: Apache-2.0 */
/*
 * snippet.c - the passage that answers a query, for people
 *
 * Owns nothing. Walks the passage once, character by character; a word is
 * measured ahead when a space stands before it.
 */
#include "snippet.h"

#include "escape.h"

#define OPENING "\xc2\xab"
#define CLOSING "\xc2\xbb"

struct walk {
	struct output *out;
	struct docket_bytes text;
	const struct query_passage *passage;
	size_t indent;
	size_t room; /* columns of a line behind the indent */
	size_t used;
	size_t match; /* the next one, or the one we are in */
	bool is_inside;
	bool is_after_space;
};

static struct docket_bytes
get_character(const struct walk *walk, uint32_t at)
{
	size_t left = walk->passage->end - at;
	size_t size = escape_decode(walk->text.data + at, left, NULL);

	return (struct docket_bytes){ walk->text.data + at, size ? size : 1 };
}

static bool
is_space(struct docket_bytes character)
{
	uint32_t code;

	return escape_decode(character.data, character.size, &code) > 0 &&
	       print_is_space(code);
}

/* Columns up to the next white space, but no more than a line has. */
static size_t
measure_word(const struct walk *walk, uint32_t at)
{
	size_t width = 0;

	while (at < walk->passage->end && width < walk->room) {
		struct docket_bytes character = get_character(walk, at);

		if (is_space(character))
			break;
		width += print_measure(character);
		at += (uint32_t)character.size;
	}
	return width;
}

static void
break_line(struct walk *walk)
{
	buffer_put_string(&walk->out->text, "\n");
	print_spaces(&walk->out->text, walk->indent);
	walk->used = 0;
}

/* Before the word at this place: a space, or a new line if it would not fit. */
static void
part_words(struct walk *walk, uint32_t at)
{
	walk->is_after_space = false;
	if (walk->used == 0)
		return;
	if (walk->used + 1 + measure_word(walk, at) > walk->room) {
		break_line(walk);
	} else {
		buffer_put_string(&walk->out->text, " ");
		walk->used++;
	}
}

static void
put_edge(struct walk *walk, const char *sign, enum print_style style)
{
	if (walk->out->is_styled) {
		print_style(walk->out, style);
		return;
	}
	buffer_put_string(&walk->out->text, sign);
	walk->used++;
}

static void
leave_match(struct walk *walk, uint32_t at)
{
	if (!walk->is_inside || at < walk->passage->matches[walk->match].end)
		return;
	put_edge(walk, CLOSING, PRINT_PLAIN);
	walk->is_inside = false;
	walk->match++;
}

static void
enter_match(struct walk *walk, uint32_t at)
{
	if (walk->is_inside || walk->match == walk->passage->match_count ||
	    at < walk->passage->matches[walk->match].start)
		return;
	put_edge(walk, OPENING, PRINT_BOLD);
	walk->is_inside = true;
}

static void
put_character(struct walk *walk, uint32_t at, struct docket_bytes character)
{
	auto_buffer struct buffer shown = { 0 };
	size_t width;

	leave_match(walk, at);
	if (is_space(character)) {
		walk->is_after_space = true;
		return;
	}
	print_prose(&shown, character);
	width = print_measure(buffer_bytes(&shown));
	if (walk->is_after_space)
		part_words(walk, at);
	if (walk->used + width > walk->room)
		break_line(walk);
	enter_match(walk, at);
	buffer_put_bytes(&walk->out->text, buffer_bytes(&shown));
	walk->used += width;
}

void
snippet_print(struct output *out, struct docket_bytes text,
	      const struct query_passage *passage, size_t indent)
{
	struct walk walk = {
		.out = out,
		.text = text,
		.passage = passage,
		.indent = indent,
		.room = SIZE_MAX,
	};
	struct docket_bytes character;

	if (out->columns > 2 * indent)
		walk.room = out->columns - indent;
	print_spaces(&out->text, indent);
	for (uint32_t at = passage->start; at < passage->end;
	     at += (uint32_t)character.size) {
		character = get_character(&walk, at);
		put_character(&walk, at, character);
	}
	leave_match(&walk, passage->end);
	buffer_put_string(&out->text, "\n");
}
