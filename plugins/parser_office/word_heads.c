/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_heads.c - headers and footers of a Word document
 *
 * Each is a part of its own; sections share them, or have them again. Those of
 * first pages, where mastheads are, go before the others. No part is read
 * twice. Running out of memory ends the process.
 */
#include "flow.h"
#include "lines.h"
#include "word.h"

#include <stdlib.h>

#define REFERENCE "Reference "
#define FIRST "\"first\""
#define ID ":id=\""

/* ---- which are of first pages ---- */

/* The value of r:id in a tag. */
static struct docket_bytes
find_id(struct docket_bytes tag)
{
	const char *at = memmem(tag.data, tag.size, ID, sizeof(ID) - 1);
	const char *end;

	if (!at)
		return (struct docket_bytes){ 0 };
	at += sizeof(ID) - 1;
	end = memchr(at, '"', (size_t)(tag.data + tag.size - at));
	return (struct docket_bytes){ at, end ? (size_t)(end - at) : 0 };
}

/* The ids that sections give their first pages, by the bytes of their tags. */
static void
find_first(struct docket_bytes document, const char *type,
	   struct names *out_ids)
{
	struct text mark = { 0 };
	const char *end = document.data + document.size;
	const char *at = document.data;

	text_put_string(&mark, type);
	text_put_string(&mark, REFERENCE);
	while ((at = memmem(at, (size_t)(end - at), mark.data, mark.size))) {
		const char *stop = memchr(at, '>', (size_t)(end - at));
		struct docket_bytes tag = { at, (size_t)((stop ? stop : end) -
							 at) };

		if (memmem(tag.data, tag.size, FIRST, sizeof(FIRST) - 1))
			names_put(out_ids, find_id(tag), 0);
		at += tag.size;
	}
	text_fini(&mark);
}

/* ---- reading them ---- */

/* Those of first pages, or the others. */
static bool
capture_heads(struct word *word, const struct relations *relations,
	      const char *type, struct names *firsts, bool is_first,
	      struct flow *flow)
{
	const struct relation *relation;
	size_t at = 0;

	while ((relation = relations_next(relations, type, &at))) {
		struct docket_bytes part =
			relations_target(relations, relation);
		struct docket_bytes id = text_slice(
			&relations->strings, relation->id, relation->id_size);
		bool is_of_first = names_find(firsts, id) != NAMES_NONE;

		if (is_of_first == is_first &&
		    package_take(word->package, part) &&
		    !word_body_read(word, part, flow, NULL))
			return false;
	}
	return true;
}

bool
word_heads_put(struct word *word, const struct relations *relations,
	       struct docket_bytes document, const char *type)
{
	struct text lines = { 0 };
	struct flow flow = { .captured = &lines };
	struct names firsts = { 0 };
	bool is_good;

	find_first(document, type, &firsts);
	is_good = capture_heads(word, relations, type, &firsts, true, &flow) &&
		  capture_heads(word, relations, type, &firsts, false, &flow);
	if (is_good)
		lines_put(word->job, &lines);
	names_fini(&firsts);
	flow_fini(&flow);
	text_fini(&lines);
	return is_good;
}
