/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prescan.c - what must be known of a document before libxml2 reads it
 *
 * Pure; looks at each byte once. What is no XML is none of its concern.
 */
#include "prescan.h"

#include <string.h>

/* Past what a quote begins; the size where it does not end. */
static size_t
skip_quoted(struct docket_bytes text, size_t at)
{
	const char *end =
		memchr(text.data + at + 1, text.data[at], text.size - at - 1);

	return end ? (size_t)(end - text.data) : text.size;
}

/* Comments and their like, in which anything may stand. */
static const struct {
	const char *begin;
	const char *end;
} asides[] = {
	{ "<!--", "-->" },
	{ "<![CDATA[", "]]>" },
	{ "<?", "?>" },
};

/* Past one that begins here, or where it is. The size: it does not end. */
static size_t
skip_aside(struct docket_bytes text, size_t at)
{
	for (size_t i = 0; i < sizeof(asides) / sizeof(asides[0]); i++) {
		size_t size = strlen(asides[i].begin);
		const char *end;

		if (text.size - at < size ||
		    memcmp(text.data + at, asides[i].begin, size) != 0)
			continue;
		end = memmem(text.data + at, text.size - at, asides[i].end,
			     strlen(asides[i].end));
		return end ? (size_t)(end - text.data) : text.size;
	}
	return at;
}

/* Past a tag that begins here; false: it has more than are taken. */
static bool
skip_tag(struct docket_bytes text, size_t *at, size_t limit)
{
	size_t count = 0;

	for ((*at)++;
	     *at < text.size && text.data[*at] != '>' && text.data[*at] != '<';
	     (*at)++) {
		char c = text.data[*at];

		if (c == '"' || c == '\'')
			*at = skip_quoted(text, *at);
		/* Every attribute has its '='. */
		else if (c == '=' && ++count > limit)
			return false;
	}
	return true;
}

bool
prescan_finds_crowd(struct docket_bytes text, size_t limit)
{
	size_t at = 0;

	while (at < text.size) {
		const char *angle = memchr(text.data + at, '<', text.size - at);
		size_t behind;

		if (!angle)
			break;
		at = (size_t)(angle - text.data);
		behind = skip_aside(text, at);
		if (behind != at)
			at = behind;
		else if (!skip_tag(text, &at, limit))
			return true;
	}
	return false;
}
