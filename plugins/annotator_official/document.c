/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.c - a document being understood: its units
 *
 * Owns copies of what the record lends. Out of memory ends the process.
 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "glyph.h"
#include "marker.h"

/* Units up to this are folded whole, of longer ones the head is. */
#define FOLD_WHOLE 800
#define FOLD_HEAD 240
#define SHORT_LIMIT 240
#define ABBREVIATION_LIMIT 4 /* letters: No, Vol, para, núm */

/* ---- copies of strings ---- */

static size_t
measure_strings(const struct docket_job *job)
{
	size_t size = 0;

	for (size_t i = 0; i < docket_job_blocks(job); i++) {
		struct docket_block block = docket_job_block(job, i);

		size += block.number.size + block.language.size;
	}
	return size;
}

static struct docket_bytes
keep_string(struct document *document, struct docket_bytes lent)
{
	struct docket_bytes kept = { document->strings + document->string_size,
				     lent.size };

	if (lent.size)
		memcpy(document->strings + document->string_size, lent.data,
		       lent.size);
	document->string_size += lent.size;
	return kept;
}

/* ---- what a text begins and ends with ---- */

static enum opening
read_opening(struct docket_bytes text)
{
	for (size_t at = 0; at < text.size;) {
		int32_t c = glyph_next(text, &at);

		if (glyph_digit(c) >= 0)
			return OPENING_DIGIT;
		if (glyph_is_lower(c))
			return OPENING_LOWER;
		if (glyph_is_upper(c))
			return OPENING_UPPER;
		if (glyph_is_letter(c))
			return OPENING_OTHER;
	}
	return OPENING_OTHER;
}

static enum closing
close_with(int32_t c)
{
	switch (c) {
	case ',':
	case 0x60c:
	case 0xff0c:
	case 0x3001:
		return CLOSING_COMMA;
	case ';':
	case 0x61b:
	case 0xff1b:
		return CLOSING_SEMICOLON;
	case ':':
	case 0xff1a:
		return CLOSING_COLON;
	case '.':
	case '!':
	case '?':
	case 0x61f:
	case 0x3002:
	case 0xff01:
	case 0xff1f:
	case 0x2026:
		return CLOSING_SENTENCE;
	}
	return CLOSING_OPEN;
}

static bool
is_wrapping(int32_t c)
{
	return glyph_is_space(c) || c == ')' || c == ']' || c == '"' ||
	       c == '\'' || c == '*' || c == 0xbb || c == 0x201d ||
	       c == 0x2019 || c == 0xff09 || c == 0x300b || c == '_';
}

/* "Add." and its like before a number: all but the last letter end at `end`. */
static bool
ends_in_element(struct docket_bytes text, size_t end)
{
	static const char *const words[] = { "/Ad", "/Cor", "/Re",
					     " Ad", " Cor", " Re" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t size = strlen(words[i]);

		if (end >= size &&
		    memcmp(text.data + end - size, words[i], size) == 0)
			return true;
	}
	return false;
}

/* "E.164" and "3.1" are no sentences with the mark of a footnote behind. */
static bool
ends_sentence(struct docket_bytes text, size_t end)
{
	int32_t sign = glyph_previous(text, &end);
	int32_t before;

	if (close_with(sign) == CLOSING_OPEN)
		return false;
	if (sign != '.' || !end)
		return true;
	before = glyph_previous(text, &end);
	return glyph_digit(before) < 0 && !glyph_is_upper(before) &&
	       !ends_in_element(text, end);
}

/* "Supplement No. 10": behind a short word's stop and a space, a number. */
static bool
is_counted(struct docket_bytes text, size_t end, size_t number)
{
	size_t letters = 0;

	if (end == number || !end || text.data[end - 1] != '.')
		return false;
	end--;
	while (end && letters <= ABBREVIATION_LIMIT &&
	       glyph_is_letter(glyph_previous(text, &end)))
		letters++;
	return letters > 0 && letters <= ABBREVIATION_LIMIT;
}

/* Before the mark of a footnote at the end: "8" of ",8", "2/", "[2]". */
static size_t
skip_note(struct docket_bytes text, size_t end)
{
	bool is_old = end && text.data[end - 1] == '/';
	size_t at = end - is_old;
	size_t digits = 0;
	size_t begin;

	while (at && digits < 3 && text.data[at - 1] >= '0' &&
	       text.data[at - 1] <= '9') {
		at--;
		digits++;
	}
	if (!digits || !at)
		return end;
	if (text.data[at - 1] == '[')
		at--;
	begin = at;
	while (at && text.data[at - 1] == ' ')
		at--;
	if (!at || (!is_old &&
		    (!ends_sentence(text, at) || is_counted(text, at, begin))))
		return end;
	return at;
}

static enum closing
read_closing(struct docket_bytes text)
{
	size_t end = text.size;

	while (end) {
		size_t at = end;

		if (!is_wrapping(glyph_previous(text, &at)))
			break;
		end = at;
	}
	end = skip_note(text, end);
	return end ? close_with(glyph_previous(text, &end)) : CLOSING_OPEN;
}

static void
read_case(struct unit *unit, struct docket_bytes text)
{
	bool has_lower = false;
	bool has_upper = false;

	if (text.size > SHORT_LIMIT * 2)
		text.size = SHORT_LIMIT;
	/* a small letter decides; in most texts it is the second one */
	for (size_t at = 0; at < text.size && !has_lower;) {
		int32_t c = glyph_next(text, &at);

		has_lower = glyph_is_lower(c);
		has_upper = has_upper || glyph_is_upper(c);
		unit->has_letters = unit->has_letters || glyph_is_letter(c);
	}
	unit->is_capitals = has_upper && !has_lower;
}

/* ---- units ---- */

static bool
is_of_table(enum docket_block_kind kind)
{
	return kind == DOCKET_BLOCK_TABLE || kind == DOCKET_BLOCK_ROW ||
	       kind == DOCKET_BLOCK_CELL;
}

static enum zone
first_zone(const struct docket_block *block)
{
	switch ((int)block->kind) {
	case DOCKET_BLOCK_LINE:
		return ZONE_FURNITURE;
	case DOCKET_BLOCK_FOOTNOTE:
		return ZONE_NOTE;
	case DOCKET_BLOCK_CELL:
		return ZONE_TABLE;
	}
	return ZONE_TEXT;
}

/* Is there an empty line between the unit before and `start`? */
static bool
is_gapped(const struct document *document, uint32_t start)
{
	uint32_t from = document->count
				? document->units[document->count - 1].end
				: start;
	unsigned feeds = 0;

	for (; from < start; from++)
		feeds += document->text.data[from] == '\n';
	return feeds > 1;
}

/* Three asterisks part what stands around them; they mark no footnote. */
static bool
skip_separator(struct docket_bytes *text)
{
	struct docket_bytes rest = *text;

	while (rest.size && rest.data[0] == '*') {
		rest.data++;
		rest.size--;
	}
	rest = glyph_trim(rest);
	if (text->size < 3 || memcmp(text->data, "***", 3) != 0 || !rest.size)
		return false;
	*text = rest;
	return true;
}

static void
add_unit(struct document *document, const struct docket_block *block,
	 uint32_t start, uint32_t end)
{
	struct unit *unit = &document->units[document->count];
	struct docket_bytes text = glyph_trim((struct docket_bytes){
		document->text.data + start, end - start });
	bool is_parted = skip_separator(&text);

	if (!text.size)
		return;
	*unit = (struct unit){
		.start = (uint32_t)(text.data - document->text.data),
		.hint = (uint8_t)block->kind,
		.hint_level = (uint8_t)block->level,
		.page = block->page,
		.given = keep_string(document, block->number),
		.language = keep_string(document, block->language),
		.kind = (uint8_t)block->kind,
		.zone = (uint8_t)first_zone(block),
	};
	if (is_parted) {
		unit->zone = ZONE_TEXT;
		unit->kind = DOCKET_BLOCK_PARAGRAPH;
		unit->given = (struct docket_bytes){ 0 };
	}
	unit->end = unit->start + (uint32_t)text.size;
	unit->is_gapped = is_gapped(document, unit->start);
	unit->fold_end =
		text.size > FOLD_WHOLE ? unit->start + FOLD_HEAD : unit->end;
	unit->opening = (uint8_t)read_opening(text);
	unit->closing = (uint8_t)read_closing(text);
	read_case(unit, text);
	document_read_beginning(document, unit, text);
	unit->marker = marker_read(document, unit);
	document->count++;
}

static void
keep(struct document *document, struct docket_block block)
{
	if (!is_of_table(block.kind))
		return;
	block.number = keep_string(document, block.number);
	block.language = (struct docket_bytes){ 0 };
	document->kept[document->kept_count++] = block;
	if (block.kind == DOCKET_BLOCK_TABLE &&
	    document->table_end < block.end) {
		document->table_start = block.start;
		document->table_end = block.end;
	}
}

/*
 * Blocks that hold others are kept if they are of tables, and forgotten if
 * they are lists; the others are units.
 */
static void
add_block(struct document *document, size_t index)
{
	struct docket_block block = docket_job_block(document->job, index);
	bool is_last = index + 1 == docket_job_blocks(document->job);
	struct unit *unit = &document->units[document->count];
	size_t count = document->count;

	if (!is_last &&
	    docket_job_block(document->job, index + 1).start < block.end) {
		keep(document, block);
		return;
	}
	if (block.kind == DOCKET_BLOCK_TABLE || block.kind == DOCKET_BLOCK_ROW)
		return;
	add_unit(document, &block, block.start, block.end);
	if (document->count == count)
		return;
	unit->outer_start = unit->start;
	unit->outer_end = unit->end;
	if (block.start >= document->table_end)
		return;
	unit->zone = ZONE_TABLE;
	unit->outer_start = document->table_start;
	unit->outer_end = document->table_end;
}

/* A parser of structured documents gives parts, titles or roles itself. */
static bool
has_structure(const struct docket_job *job)
{
	for (size_t i = 0; i < docket_job_parts(job); i++)
		if (docket_job_part(job, i).kind != DOCKET_PART_BODY ||
		    docket_job_part(job, i).title.size)
			return true;
	for (size_t i = 0; i < docket_job_blocks(job); i++)
		if (docket_job_block(job, i).role != DOCKET_ROLE_NONE)
			return true;
	return false;
}

/* For what is written before it is read: zeroing it took as long as that. */
static void *
allocate(size_t count, size_t size)
{
	void *made = malloc((count + 1) * size);

	if (!made)
		abort();
	return made;
}

static struct docket_bytes
copy_text(const struct docket_job *job)
{
	struct docket_bytes lent = docket_job_text(job);
	char *data = allocate(lent.size, 1);

	if (lent.size)
		memcpy(data, lent.data, lent.size);
	data[lent.size] = '\0';
	return (struct docket_bytes){ data, lent.size };
}

void
document_init(struct document *document, struct docket_job *job,
	      const struct lexicon *lexicon)
{
	size_t blocks = docket_job_blocks(job);

	*document = (struct document){
		.job = job,
		.lexicon = lexicon,
		.text = copy_text(job),
		.languages = lexicon_find_language(
			lexicon,
			docket_job_field(job, DOCKET_FIELD_LANGUAGE, 0)),
		.has_structure = has_structure(job),
		.has_signatories =
			docket_job_field(job, DOCKET_FIELD_SIGNATORY, 0).size >
			0,
		.units = allocate(blocks, sizeof(*document->units)),
		.kept = allocate(blocks, sizeof(*document->kept)),
		.strings = allocate(measure_strings(job), 1),
	};
	for (size_t i = 0; i < blocks; i++)
		add_block(document, i);
	document->enacting = document->count;
}

void
document_fini(struct document *document)
{
	fold_store_fini(&document->folds);
	free(document->units);
	free(document->kept);
	free(document->strings);
	free(document->sections);
	free(document->given_title);
	free((char *)document->text.data);
}

bool
document_is_short(const struct unit *unit)
{
	return unit->end - unit->start <= SHORT_LIMIT && unit->has_letters &&
	       unit->closing == CLOSING_OPEN;
}
