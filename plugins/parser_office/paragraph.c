/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paragraph.c - a paragraph while it is read
 *
 * Owns its text and marks. Running out of memory ends the process.
 */
#include "paragraph.h"

#include <stdlib.h>

#include "array.h"

#define SOFT_HYPHEN "\xc2\xad"
#define SOFT_HYPHEN_SIZE 2

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* At the start of a line, and behind a space, none is put. */
static bool
takes_space(const struct text *text)
{
	return text->size && text->data[text->size - 1] != ' ' &&
	       text->data[text->size - 1] != '\n';
}

/* Bytes that are put as they are. */
static size_t
measure_plain(struct docket_bytes text, size_t at)
{
	size_t end = at;

	while (end < text.size && !is_space(text.data[end]) &&
	       text.data[end] != SOFT_HYPHEN[0])
		end++;
	return end - at;
}

void
paragraph_put(struct paragraph *paragraph, struct docket_bytes text)
{
	struct text *out = &paragraph->text;

	for (size_t at = 0; at < text.size;) {
		size_t size = measure_plain(text, at);
		struct docket_bytes rest = { text.data + at, text.size - at };

		if (size) {
			text_put(out, rest.data, size);
			at += size;
		} else if (bytes_begin(rest, SOFT_HYPHEN)) {
			at += SOFT_HYPHEN_SIZE;
		} else {
			if (!is_space(rest.data[0]))
				text_put(out, rest.data, 1);
			else if (takes_space(out))
				text_put(out, " ", 1);
			at++;
		}
	}
}

void
paragraph_put_break(struct paragraph *paragraph)
{
	struct text *text = &paragraph->text;

	if (text->size && text->data[text->size - 1] == ' ')
		text->data[text->size - 1] = '\n';
	else if (text->size)
		text_put(text, "\n", 1);
}

void
paragraph_mark(struct paragraph *paragraph, enum docket_mark_kind kind,
	       size_t start, struct docket_bytes string)
{
	struct paragraph_mark *mark;

	if (start >= paragraph->text.size)
		return;
	mark = array_add(&paragraph->marks, &paragraph->mark_count,
			 &paragraph->mark_capacity);
	mark->start = (uint32_t)start;
	mark->end = (uint32_t)paragraph->text.size;
	mark->kind = kind;
	mark->string = paragraph->strings.size;
	mark->string_size = string.size;
	text_put_bytes(&paragraph->strings, string);
}

void
paragraph_put_note(struct paragraph *paragraph, struct docket_bytes number)
{
	size_t start = paragraph->text.size;

	text_put_string(&paragraph->text, "[");
	text_put_bytes(&paragraph->text, number);
	text_put_string(&paragraph->text, "]");
	paragraph_mark(paragraph, DOCKET_MARK_NOTE, start, number);
}

void
paragraph_copy_text(const struct paragraph *paragraph, struct text *out)
{
	const struct text *text = &paragraph->text;
	size_t start = out->size;
	size_t at = 0;

	for (size_t i = 0; i < paragraph->mark_count; i++) {
		const struct paragraph_mark *mark = &paragraph->marks[i];

		if (mark->kind != DOCKET_MARK_NOTE || mark->start < at)
			continue;
		text_put(out, text->data + at, mark->start - at);
		at = mark->end;
	}
	text_put(out, text->data + at, text->size - at);
	for (; start < out->size; start++)
		if (out->data[start] == '\n')
			out->data[start] = ' ';
}

void
paragraph_clear(struct paragraph *paragraph)
{
	struct paragraph kept = {
		.text = { paragraph->text.data, 0, paragraph->text.capacity },
		.label.text = { paragraph->label.text.data, 0,
				paragraph->label.text.capacity },
		.marks = paragraph->marks,
		.mark_capacity = paragraph->mark_capacity,
		.strings = { paragraph->strings.data, 0,
			     paragraph->strings.capacity },
	};

	*paragraph = kept;
}

void
paragraph_fini(struct paragraph *paragraph)
{
	text_fini(&paragraph->text);
	text_fini(&paragraph->label.text);
	text_fini(&paragraph->strings);
	free(paragraph->marks);
	*paragraph = (struct paragraph){ 0 };
}
