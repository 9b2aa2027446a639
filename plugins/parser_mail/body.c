/* SPDX-License-Identifier: Apache-2.0 */
/*
 * body.c - the text of a mail into the record
 *
 * Run by run, each laid out by itself: how wide somebody else's lines were says
 * nothing of the writer's. Running out of memory ends the process.
 */
#include "body.h"

#include <string.h>

#include "../parser_text/put.h"
#include "../parser_text/structure.h"

#define LEVEL_LIMIT 100

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct docket_bytes
trim(struct docket_bytes text)
{
	while (text.size && is_space(text.data[text.size - 1]))
		text.size--;
	while (text.size && is_space(text.data[0])) {
		text.data++;
		text.size--;
	}
	return text;
}

static void
put_signature(struct docket_job *job, struct docket_bytes text)
{
	const struct docket_block block = { .kind = DOCKET_BLOCK_SIGNATURE };

	docket_open_block(job, &block);
	docket_put_text(job, text);
	docket_close_block(job);
}

static void
set_depth(struct paragraphs *paragraphs, unsigned depth)
{
	for (size_t i = 0; i < paragraphs->count; i++)
		if (paragraphs->items[i].kind == DOCKET_BLOCK_PARAGRAPH)
			paragraphs->items[i].level =
				(uint8_t)(depth < LEVEL_LIMIT ? depth
							      : LEVEL_LIMIT);
}

static void
put_text(struct docket_job *job, struct docket_bytes text, unsigned depth)
{
	struct paragraphs paragraphs;
	struct lines lines;

	if (!lines_split(text, &lines)) {
		/* As it stands: the host makes paragraphs of it. */
		docket_put_text(job, text);
		return;
	}
	if (lines.count) {
		structure_find(&lines, false, &paragraphs);
		lines.has_pages = false;
		if (depth)
			set_depth(&paragraphs, depth);
		put_paragraphs(job, &paragraphs);
		paragraphs_fini(&paragraphs);
	}
	lines_fini(&lines);
}

void
body_put(struct docket_job *job, const struct runs *runs)
{
	for (size_t i = 0; i < runs->count; i++) {
		const struct run *run = &runs->items[i];
		struct docket_bytes text = { runs->data + run->start,
					     run->end - run->start };

		if (run->kind == RUN_TEXT)
			put_text(job, text, run->depth);
		else if (trim(text).size)
			put_signature(job, trim(text));
	}
}
