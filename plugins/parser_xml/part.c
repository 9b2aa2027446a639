/* SPDX-License-Identifier: Apache-2.0 */
/*
 * part.c - cover, body and annexes
 *
 * Works on struct walk. What a document begins with (cover page, preface) is one
 * part, what follows up to its attachments another; of an attachment only its
 * own attachments are further parts.
 */
#include <string.h>
#include <strings.h>

#include "place.h"

#define TITLE_LIMIT 1024

static void
open_part(struct walk *walk, const struct docket_part *part)
{
	place_end_block(walk);
	place_put_notes(walk);
	docket_open_part(walk->job, part);
}

void
part_leave(struct walk *walk)
{
	place_end_block(walk);
	place_put_notes(walk);
	if (walk->is_part_open)
		docket_close_part(walk->job);
	walk->is_part_open = false;
}

void
part_enter(struct walk *walk, enum place_stage stage)
{
	const struct docket_part part = {
		.kind = stage == STAGE_COVER ? DOCKET_PART_COVER
					     : DOCKET_PART_BODY,
	};

	if (stage <= walk->stage || walk->open_blocks)
		return;
	part_leave(walk);
	open_part(walk, &part);
	walk->is_part_open = true;
	walk->stage = stage;
}

/* The element of that name that is a child of the node; 0: there is none. */
static size_t
find_child(const struct tape *tape, size_t node, const char *name)
{
	for (size_t i = node + 1; i < tape->nodes[node].end; i++) {
		if (tape->nodes[i].kind != TAPE_OPEN)
			continue;
		if (strcmp(tape->nodes[i].name, name) == 0)
			return i;
		i = tape->nodes[i].end;
	}
	return 0;
}

/* The document in an attachment, if it is there and not only referred to. */
static size_t
find_document(const struct tape *tape, size_t node)
{
	for (size_t i = node + 1; i < tape->nodes[node].end; i++) {
		if (tape->nodes[i].kind != TAPE_OPEN)
			continue;
		if (rule_find(tape->nodes[i].name, true)->kind == RULE_DOCUMENT)
			return i;
		i = tape->nodes[i].end;
	}
	return 0;
}

static bool
has_word(struct docket_bytes text, const char *word)
{
	size_t size = strlen(word);

	for (size_t at = 0; at + size <= text.size; at++)
		if (strncasecmp(text.data + at, word, size) == 0)
			return true;
	return false;
}

static enum docket_part_kind
find_kind(const struct tape *tape, size_t document)
{
	struct docket_bytes name =
		document ? tape_attribute(tape, document, "name")
			 : (struct docket_bytes){ 0 };

	if (has_word(name, "appendix"))
		return DOCKET_PART_APPENDIX;
	if (has_word(name, "enclosure"))
		return DOCKET_PART_ENCLOSURE;
	return DOCKET_PART_ANNEX;
}

/* What the document's own meta says. */
static struct docket_bytes
find_value(const struct tape *tape, size_t document, const char *element,
	   const char *attribute)
{
	size_t meta = find_child(tape, document, "meta");
	size_t found = meta ? tape_find(tape, meta, element) : 0;

	return found ? tape_attribute(tape, found, attribute)
		     : (struct docket_bytes){ 0 };
}

/* "Annex I", or its number alone: what comes behind a word. */
static struct docket_bytes
find_number(const struct tape *tape, size_t node, size_t document, char *buffer,
	    size_t size)
{
	size_t num = find_child(tape, node, "num");
	size_t heading = find_child(tape, node, "heading");
	struct docket_bytes label = { 0 };
	struct docket_bytes number;

	if (num || heading)
		label = tape_gather(tape, num ? num : heading, "authorialNote",
				    buffer, size);
	number = rule_number(label);
	if (!num && number.size == label.size)
		number.size = 0;
	if (!label.size && document)
		number = find_value(tape, document, "FRBRnumber", "showAs");
	return number;
}

bool
part_open_annex(struct walk *walk, size_t node)
{
	const struct tape *tape = walk->tape;
	size_t document = find_document(tape, node);
	size_t preface = document ? find_child(tape, document, "preface") : 0;
	size_t title = preface ? tape_find(tape, preface, "docTitle") : 0;
	char number[SINK_STRING];
	char buffer[TITLE_LIMIT];
	struct docket_part part = {
		.kind = find_kind(tape, document),
		.number = find_number(tape, node, document, number,
				      sizeof(number)),
	};

	if (walk->open_blocks)
		return false;
	if (title)
		part.title = tape_gather(tape, title, "authorialNote", buffer,
					 sizeof(buffer));
	else if (document && walk->is_ours)
		part.title = find_value(tape, document, "FRBRname", "value");
	if (walk->stage != STAGE_ANNEX)
		part_leave(walk);
	open_part(walk, &part);
	walk->stage = STAGE_ANNEX;
	return true;
}
