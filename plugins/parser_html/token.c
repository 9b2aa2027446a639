/* SPDX-License-Identifier: Apache-2.0 */
/*
 * token.c - a page as text, and tags that begin and end
 *
 * Owns the tokens. Follows the tokenizer of the HTML standard. Where that one
 * looks for something that is not there (the end of a script, of a comment), the
 * rest of the page belongs to it, so everything is looked at once. Only a title
 * or a text area without an end is taken as if it were any other element: what
 * stands behind it may be the whole document. Running out of memory ends the
 * process.
 */
#include "token.h"

#include <string.h>
#include <strings.h>

#include "array.h"
#include "attribute.h"

struct reader {
	struct tokens *tokens;
	struct docket_bytes source;
	size_t at;
	bool is_xml;
	bool has_no_end[TAG_COUNT]; /* was looked for, to the end of the page */
};

static bool
is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool
ends_name(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' ||
	       c == '/' || c == '>';
}

static void
add(struct reader *reader, struct token token)
{
	struct tokens *tokens = reader->tokens;

	if (tokens->count == tokens->capacity)
		tokens->items = array_reserve(tokens->items, tokens->count + 1,
					      &tokens->capacity,
					      sizeof(*tokens->items));
	tokens->items[tokens->count++] = token;
}

static void
add_text(struct reader *reader, size_t from, size_t to, unsigned flags)
{
	if (from < to)
		add(reader, (struct token){
				    .at = (uint32_t)from,
				    .size = (uint32_t)(to - from),
				    .kind = TOKEN_TEXT,
				    .flags = (uint8_t)flags,
			    });
}

static struct docket_bytes
rest(const struct reader *reader, size_t at)
{
	return (struct docket_bytes){ reader->source.data + at,
				      reader->source.size - at };
}

static bool
begins(const struct reader *reader, size_t at, const char *word)
{
	size_t size = strlen(word);

	return rest(reader, at).size >= size &&
	       strncasecmp(reader->source.data + at, word, size) == 0;
}

/* The page ends before what it was in. */
static void
break_off(struct reader *reader, const char *what)
{
	reader->tokens->unfinished = what;
	reader->at = reader->source.size;
}

/* ---- comments and their like ---- */

/* Past the next '>'. */
static void
skip_declaration(struct reader *reader)
{
	struct docket_bytes bytes = rest(reader, reader->at);
	const char *end = memchr(bytes.data, '>', bytes.size);

	if (end)
		reader->at = (size_t)(end - reader->source.data) + 1;
	else
		break_off(reader, "a declaration");
}

/* Behind "<!--". "<!-->" is one, and "--!>" is an end. */
static void
skip_comment(struct reader *reader)
{
	size_t at = reader->at + 4;

	if (begins(reader, at, ">") || begins(reader, at, "->")) {
		reader->at = at + (reader->source.data[at] == '-') + 1;
		return;
	}
	for (;;) {
		struct docket_bytes bytes = rest(reader, at);
		const char *end = memmem(bytes.data, bytes.size, "--", 2);

		if (!end)
			break;
		at = (size_t)(end - reader->source.data) + 1;
		if (begins(reader, at, "->")) {
			reader->at = at + 2;
			return;
		}
		if (begins(reader, at, "-!>")) {
			reader->at = at + 3;
			return;
		}
	}
	break_off(reader, "a comment");
}

static void
read_cdata(struct reader *reader)
{
	size_t start = reader->at + strlen("<![CDATA[");
	struct docket_bytes bytes = rest(reader, start);
	const char *end = memmem(bytes.data, bytes.size, "]]>", 3);
	size_t stop =
		end ? (size_t)(end - reader->source.data) : reader->source.size;

	add_text(reader, start, stop, TOKEN_IS_EXACT);
	if (end)
		reader->at = stop + 3;
	else
		break_off(reader, "a CDATA section");
}

static void
read_declaration(struct reader *reader)
{
	if (begins(reader, reader->at, "<!--"))
		skip_comment(reader);
	else if (reader->is_xml && begins(reader, reader->at, "<![CDATA["))
		read_cdata(reader);
	else
		skip_declaration(reader);
}

/* ---- elements that hold no tags ---- */

/* The next place where something can begin or end; the size if none. */
static size_t
find_place(const struct reader *reader, size_t at, bool is_commented)
{
	struct docket_bytes bytes = rest(reader, at);
	const char *angle;

	if (!is_commented) {
		angle = memchr(bytes.data, '<', bytes.size);
		return angle ? (size_t)(angle - reader->source.data)
			     : reader->source.size;
	}
	while (at < reader->source.size && reader->source.data[at] != '<' &&
	       reader->source.data[at] != '-')
		at++;
	return at;
}

static bool
is_end_at(const struct reader *reader, size_t at, const char *name)
{
	size_t behind = at + 2 + strlen(name);

	return begins(reader, at, "</") && begins(reader, at + 2, name) &&
	       behind < reader->source.size &&
	       ends_name(reader->source.data[behind]);
}

/*
 * Where "</name" stands at or behind `at`; the size if nowhere. In a script,
 * what stands between "<!--" with "<script" and "-->" may name its own end.
 */
static size_t
find_end(const struct reader *reader, size_t at, enum tag tag)
{
	bool is_commented = false;
	bool is_nested = false;

	for (;; at++) {
		at = find_place(reader, at, is_commented);
		if (at >= reader->source.size)
			return reader->source.size;
		if (is_end_at(reader, at, tags[tag].name)) {
			if (!is_nested)
				return at;
			is_nested = false;
		} else if (is_commented && begins(reader, at, "-->")) {
			is_commented = is_nested = false;
		} else if (tag == TAG_SCRIPT && begins(reader, at, "<!--")) {
			is_commented = true;
		} else if (is_commented && begins(reader, at, "<script")) {
			is_nested = true;
		}
	}
}

/* Behind the tag that begins an element without tags in it. */
static void
read_content(struct reader *reader, enum tag tag)
{
	bool is_plain = tags[tag].traits & TAG_IS_PLAIN;
	unsigned flags =
		tag == TAG_XMP || tag == TAG_PLAINTEXT ? TOKEN_IS_EXACT : 0;
	size_t end = reader->source.size;

	if (!reader->has_no_end[tag] && tag != TAG_PLAINTEXT)
		end = find_end(reader, reader->at, tag);
	reader->has_no_end[tag] = end == reader->source.size;
	if (reader->has_no_end[tag] && is_plain && tag != TAG_PLAINTEXT)
		return;
	if (is_plain)
		add_text(reader, reader->at, end, flags);
	reader->at = end;
	if (reader->has_no_end[tag] && !is_plain)
		break_off(reader, tags[tag].name);
}

/* ---- tags ---- */

/* Behind a tag's name, over its attributes: where it ends. */
static bool
find_tag_end(struct reader *reader, size_t at, size_t *out_end)
{
	struct docket_bytes bytes = rest(reader, at);
	struct attribute attribute;
	size_t end = 0;

	while (attribute_next(bytes, &end, &attribute))
		;
	*out_end = at + end;
	return end < bytes.size;
}

static void
read_tag(struct reader *reader, bool is_close)
{
	size_t start = reader->at + 1 + is_close;
	size_t at = start;
	size_t end;
	struct token token = { 0 };

	while (at < reader->source.size && !ends_name(reader->source.data[at]))
		at++;
	if (!find_tag_end(reader, at, &end)) {
		break_off(reader, "a tag");
		return;
	}
	reader->at = end + 1;
	token.tag = (uint8_t)tag_find((struct docket_bytes){
		reader->source.data + start, at - start });
	token.kind = is_close ? TOKEN_CLOSE : TOKEN_OPEN;
	token.at = (uint32_t)at;
	token.size = (uint32_t)(end - at);
	if (end > at && reader->source.data[end - 1] == '/' && reader->is_xml)
		token.flags = TOKEN_IS_CLOSED;
	if (token.tag == TAG_NONE)
		return;
	add(reader, token);
	if (token.kind == TOKEN_OPEN && !(token.flags & TOKEN_IS_CLOSED) &&
	    tags[token.tag].traits & (TAG_IS_RAW | TAG_IS_PLAIN))
		read_content(reader, token.tag);
}

/* At a '<'. False where it is nothing but that. */
static bool
read_markup(struct reader *reader)
{
	char next = reader->at + 1 < reader->source.size
			    ? reader->source.data[reader->at + 1]
			    : '\0';

	if (is_letter(next)) {
		read_tag(reader, false);
	} else if (next == '!') {
		read_declaration(reader);
	} else if (next == '?') {
		skip_declaration(reader);
	} else if (next == '/' && reader->at + 2 < reader->source.size) {
		if (is_letter(reader->source.data[reader->at + 2]))
			read_tag(reader, true);
		else
			skip_declaration(reader);
	} else {
		return false;
	}
	return true;
}

void
tokens_read(struct tokens *tokens, struct docket_bytes source, bool is_xml)
{
	struct reader reader = {
		.tokens = tokens,
		.source = source,
		.is_xml = is_xml,
	};
	size_t start = 0; /* of the text that was not added yet */

	*tokens = (struct tokens){ .source = source };
	while (reader.at < source.size) {
		struct docket_bytes bytes = rest(&reader, reader.at);
		const char *angle = memchr(bytes.data, '<', bytes.size);
		size_t end =
			angle ? (size_t)(angle - source.data) : source.size;
		size_t count = tokens->count;

		reader.at = end;
		if (!angle)
			break;
		/* The text before the markup has to come before it. */
		add_text(&reader, start, end, 0);
		if (read_markup(&reader)) {
			start = reader.at;
		} else {
			tokens->count = count;
			reader.at = end + 1;
		}
	}
	add_text(&reader, start, source.size, 0);
}

void
tokens_fini(struct tokens *tokens)
{
	free(tokens->items);
	*tokens = (struct tokens){ 0 };
}
