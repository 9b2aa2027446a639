/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flow.c - text that runs, into blocks of the record
 *
 * Owns the text and the marks of the open block. White space is what CSS makes
 * of it: runs become one space, none stands at the edges of a line; a line feed
 * between two ideographs is nothing. No-break spaces at the edges of a block are
 * indentation and go. Running out of memory ends the process.
 */
#include "flow.h"

#include <string.h>

#include "array.h"
#include "attribute.h"
#include "entity.h"

#define URI_LIMIT 2048

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* 1 at bytes that are more than text: white space, &, NUL, what leads others. */
static const bool is_special[256] = {
	['\t'] = 1, ['\n'] = 1, ['\f'] = 1, ['\r'] = 1, [' '] = 1,
	['&'] = 1,  ['\0'] = 1, [0xc2] = 1, [0xef] = 1,
};

#define NO_BREAK_SPACE "\xc2\xa0"
#define SOFT_HYPHEN "\xc2\xad"
#define ORDER_MARK "\xef\xbb\xbf"

static bool
begins(struct docket_bytes text, const char *word)
{
	size_t size = strlen(word);

	return text.size >= size && memcmp(text.data, word, size) == 0;
}

static struct docket_bytes
skip(struct docket_bytes text, size_t count)
{
	return (struct docket_bytes){ text.data + count, text.size - count };
}

bool
flow_is_blank(struct docket_bytes text)
{
	static const char *const blanks[] = {
		NO_BREAK_SPACE, SOFT_HYPHEN, ORDER_MARK,
		"&nbsp;",	"&#160;",    "&shy;",
	};

	while (text.size) {
		size_t count = is_space(text.data[0]);

		for (size_t i = 0;
		     !count && i < sizeof(blanks) / sizeof(blanks[0]); i++)
			if (begins(text, blanks[i]))
				count = strlen(blanks[i]);
		if (!count)
			return false;
		text = skip(text, count);
	}
	return true;
}

/* ---- the text of a block ---- */

static void
append(struct flow *flow, const char *data, size_t size)
{
	if (flow->size + size > flow->capacity)
		flow->text = array_reserve(flow->text, flow->size + size,
					   &flow->capacity, 1);
	memcpy(flow->text + flow->size, data, size);
	flow->size += size;
}

/* Han, kana and their punctuation: written without spaces between words. */
static bool
is_ideograph(const unsigned char *c)
{
	if (c[0] == 0xe3)
		return c[1] >= 0x80;
	if (c[0] >= 0xe4 && c[0] <= 0xe9)
		return true;
	return c[0] == 0xef && (c[1] == 0xbc || c[1] == 0xbd);
}

/* Was the line feed only put there so that the source has no long lines? */
static bool
is_within_ideographs(const struct flow *flow, struct docket_bytes next)
{
	return flow->has_feed && flow->size >= 3 && next.size >= 3 &&
	       is_ideograph((const unsigned char *)flow->text + flow->size -
			    3) &&
	       is_ideograph((const unsigned char *)next.data);
}

static bool
is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       (unsigned char)c >= 0x80;
}

/* A footnote's mark is no part of the word before it. */
static bool
is_mark_of_word(const struct flow *flow)
{
	return flow->is_marking && !flow->has_begun &&
	       flow->mark.kind == DOCKET_MARK_NOTE &&
	       is_alphanumeric(flow->text[flow->size - 1]);
}

static bool
needs_space(const struct flow *flow, struct docket_bytes next)
{
	if (!flow->size || flow->text[flow->size - 1] == '\n')
		return false;
	return (flow->has_space && !is_within_ideographs(flow, next)) ||
	       (flow->is_behind_note && is_alphanumeric(next.data[0])) ||
	       is_mark_of_word(flow);
}

/* White space at the end of a line, or of the block, goes. */
static void
trim_end(struct flow *flow)
{
	for (;;) {
		if (flow->size && is_space(flow->text[flow->size - 1]))
			flow->size--;
		else if (flow->size >= 2 && memcmp(flow->text + flow->size - 2,
						   NO_BREAK_SPACE, 2) == 0)
			flow->size -= 2;
		else
			return;
	}
}

/* What is due before the next character. */
static void
put_pending(struct flow *flow, struct docket_bytes next)
{
	if (flow->size && flow->lines) {
		trim_end(flow);
		append(flow, "\n", 1);
	} else if (needs_space(flow, next)) {
		append(flow, " ", 1);
	}
	flow->lines = 0;
	flow->has_space = flow->has_feed = flow->is_behind_note = false;
	if (flow->is_marking && !flow->has_begun) {
		flow->mark.start = (uint32_t)flow->size;
		flow->has_begun = true;
	}
}

/* White space at the beginning; returns how many bytes it takes. */
static size_t
put_space(struct flow *flow, struct docket_bytes text, bool is_preserved)
{
	size_t size = 0;

	while (size < text.size && is_space(text.data[size])) {
		flow->has_feed |= text.data[size] == '\n';
		size++;
	}
	if (!is_preserved) {
		flow->has_space = true;
	} else if (flow->size) {
		flow->has_space = flow->has_feed = false;
		append(flow, text.data, size);
	} else {
		const char *feed = memrchr(text.data, '\n', size);
		size_t first = feed ? (size_t)(feed - text.data) + 1 : 0;

		/* Empty lines go, the first line's indentation stays. */
		append(flow, text.data + first, size - first);
	}
	return size;
}

static void
put_characters(struct flow *flow, struct docket_bytes text)
{
	if (begins(text, SOFT_HYPHEN) || begins(text, ORDER_MARK))
		return;
	if (begins(text, NO_BREAK_SPACE) && (!flow->size || flow->lines))
		return;
	put_pending(flow, text);
	append(flow, text.data, text.size);
}

/* A character written as a reference, or the '&' that it seemed to be. */
static size_t
put_reference(struct flow *flow, struct docket_bytes text, bool is_preserved)
{
	char characters[8] = "&";
	size_t taken = entity_read(text, false, characters);
	struct docket_bytes put = { characters, strlen(characters) };

	if (put.size == 1 && is_space(put.data[0]))
		put_space(flow, put, is_preserved);
	else
		put_characters(flow, put);
	return taken ? taken : 1;
}

/* What begins with a byte that is special. */
static size_t
put_special(struct flow *flow, struct docket_bytes text, bool is_exact,
	    bool is_preserved)
{
	unsigned char c = (unsigned char)text.data[0];
	size_t size = 1;

	if (c == '\0')
		return size;
	if (is_space(text.data[0]))
		return put_space(flow, text, is_preserved);
	if (c == '&' && !is_exact)
		return put_reference(flow, text, is_preserved);
	if (c != '&')
		size = c == 0xc2 ? 2 : 3;
	if (size > text.size)
		size = text.size;
	text.size = size;
	put_characters(flow, text);
	return size;
}

void
flow_put(struct flow *flow, struct docket_bytes text, bool is_exact,
	 bool is_preserved)
{
	while (text.size) {
		size_t size = 0;

		while (size < text.size &&
		       !is_special[(unsigned char)text.data[size]])
			size++;
		if (size) {
			put_pending(flow, text);
			append(flow, text.data, size);
		} else {
			size = put_special(flow, text, is_exact, is_preserved);
		}
		text = skip(text, size);
	}
}

/* ---- marks ---- */

static void
keep_mark(struct flow *flow)
{
	if (!flow->has_begun || flow->mark.start >= flow->size)
		return;
	flow->mark.end = (uint32_t)flow->size;
	flow->marks = array_reserve(flow->marks, flow->mark_count + 1,
				    &flow->mark_capacity, sizeof(flow->mark));
	flow->marks[flow->mark_count++] = flow->mark;
}

void
flow_begin_mark(struct flow *flow, enum docket_mark_kind kind,
		struct docket_bytes value, struct docket_bytes uri)
{
	flow_end_mark(flow);
	flow->mark = (struct flow_mark){
		.kind = kind,
		.value = value,
		.uri = uri,
	};
	flow->is_marking = true;
}

void
flow_end_mark(struct flow *flow)
{
	if (flow->is_marking && flow->is_open)
		keep_mark(flow);
	flow->is_behind_note = flow->is_marking && flow->has_begun &&
			       flow->mark.kind == DOCKET_MARK_NOTE;
	flow->is_marking = flow->has_begun = false;
}

static void
put_mark(struct flow *flow, const struct flow_mark *kept, uint32_t offset)
{
	char uri[URI_LIMIT];
	struct docket_mark mark = {
		.start = offset + kept->start,
		.end = offset + kept->end,
		.kind = kept->kind,
		.value = kept->value,
		.uri = attribute_decode(kept->uri, uri, sizeof(uri)),
	};

	if (kept->end > flow->size)
		mark.end = offset + (uint32_t)flow->size;
	if (mark.start < mark.end)
		docket_put_mark(flow->job, &mark);
}

/* ---- blocks ---- */

static struct docket_bytes
copy(struct docket_bytes bytes, char out[FLOW_NUMBER_LIMIT])
{
	if (bytes.size > FLOW_NUMBER_LIMIT)
		bytes.size = FLOW_NUMBER_LIMIT;
	if (bytes.size)
		memcpy(out, bytes.data, bytes.size);
	return (struct docket_bytes){ out, bytes.size };
}

void
flow_open(struct flow *flow, const struct docket_block *block,
	  enum flow_breaks breaks)
{
	flow->block = *block;
	flow->block.number = copy(block->number, flow->number);
	flow->block.language = copy(block->language, flow->language);
	flow->breaks = breaks;
	flow->is_open = true;
	flow->size = 0;
	flow->lines = 0;
	flow->has_space = flow->has_feed = false;
	flow->mark_count = 0;
	flow->has_begun = flow->is_behind_note = false;
}

void
flow_break_line(struct flow *flow)
{
	if (!flow->is_open)
		return;
	if (flow->breaks == FLOW_BREAK_IS_SPACE)
		flow->has_space = true;
	else if (++flow->lines > 1 && flow->breaks == FLOW_BREAK_CLOSES)
		flow_close(flow);
}

void
flow_break(struct flow *flow)
{
	if (!flow->is_open)
		return;
	if (flow->breaks == FLOW_BREAK_CLOSES)
		flow_close(flow);
	else if (flow->breaks == FLOW_BREAK_IS_LINE)
		flow->lines = 1;
	else
		flow->has_space = true;
}

void
flow_close(struct flow *flow)
{
	uint32_t offset;

	if (!flow->is_open)
		return;
	if (flow->is_marking)
		keep_mark(flow);
	flow->has_begun = false;
	flow->is_open = false;
	trim_end(flow);
	if (!flow->size && flow->block.kind != DOCKET_BLOCK_CELL)
		return;
	flow->has_text |= flow->size > 0;
	docket_open_block(flow->job, &flow->block);
	offset = docket_put_text(
		flow->job, (struct docket_bytes){ flow->text, flow->size });
	docket_close_block(flow->job);
	for (size_t i = 0; i < flow->mark_count; i++)
		put_mark(flow, &flow->marks[i], offset);
}

void
flow_fini(struct flow *flow)
{
	free(flow->text);
	free(flow->marks);
	*flow = (struct flow){ 0 };
}
