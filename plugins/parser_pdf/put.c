/* SPDX-License-Identifier: Apache-2.0 */
/*
 * put.c - paragraphs into the record
 *
 * Writes blocks, their text and the marks of footnotes to the host, and between
 * them the pages that were read by looking at them. Cells lie in rows of a
 * table, bullets in a list. Running out of memory ends the process.
 */
#include "put.h"

#include <string.h>

#include "array.h"
#include "compose.h"
#include "labels.h"

/* Past so many no footnote is tied to its mark any more. */
#define LOOKS_LIMIT (32u << 20)

/* What is open in the record, and room for the next text. */
struct putting {
	struct docket_job *job;
	const struct paragraphs *paragraphs;
	struct scans *scans;
	struct composed text;
	uint32_t page;
	uint32_t looks;		 /* at lines, for footnotes, that are left */
	const struct cell *cell; /* the last one put; NULL: no table is open */
	bool is_in_list;
};

static const struct line *
first_line(const struct putting *putting, const struct paragraph *paragraph)
{
	return &putting->paragraphs->document->lines[paragraph->first];
}

static struct label
label_of(const struct putting *putting, const struct paragraph *paragraph)
{
	const struct line *line = first_line(putting, paragraph);

	if (!line->label || paragraph->kind != LINE_BODY)
		return (struct label){ 0 };
	return label_read(putting->paragraphs->document->text + line->text,
			  line->size);
}

static bool
is_bullet(const struct putting *putting, size_t index)
{
	const struct paragraphs *paragraphs = putting->paragraphs;
	struct label label;

	if (index >= paragraphs->count || paragraphs->items[index].heading)
		return false;
	label = label_of(putting, &paragraphs->items[index]);
	return label.size && !label.number_size &&
	       label.size <
		       first_line(putting, &paragraphs->items[index])->size;
}

static void
open_block(struct putting *putting, enum docket_block_kind kind)
{
	const struct docket_block block = { .kind = kind };

	docket_open_block(putting->job, &block);
}

static void
close_table(struct putting *putting)
{
	if (!putting->cell)
		return;
	docket_close_block(putting->job); /* the row */
	docket_close_block(putting->job);
	putting->cell = NULL;
}

/* Open table and row as a cell needs them. */
static void
open_row(struct putting *putting, const struct cell *cell)
{
	const struct cell *last = putting->cell;

	if (last && last->table != cell->table) {
		close_table(putting);
		last = NULL;
	}
	if (!last)
		open_block(putting, DOCKET_BLOCK_TABLE);
	if (last && last->row != cell->row)
		docket_close_block(putting->job);
	if (!last || last->row != cell->row)
		open_block(putting, DOCKET_BLOCK_ROW);
	putting->cell = cell;
}

/* Is there a footnote with this number on the page, or on the next? */
static bool
has_note(struct putting *putting, uint32_t page, const char *number)
{
	const struct document *document = putting->paragraphs->document;

	for (uint32_t i = document->sheets[page - 1].line;
	     i < document->count && document->lines[i].page <= page + 1; i++) {
		const struct line *line = &document->lines[i];
		char found[16];

		if (!putting->looks)
			return false;
		putting->looks--;
		if (!(line->flags & LINE_OPENS_NOTE))
			continue;
		compose_number(document->text + line->text,
			       label_read_note(document->text + line->text,
					       line->size),
			       found);
		if (strcmp(found, number) == 0)
			return true;
	}
	return false;
}

static uint32_t
put_bytes(struct putting *putting, const char *text, size_t size)
{
	return docket_put_text(putting->job,
			       (struct docket_bytes){ text, size });
}

/* A footnote's mark is [1], so that nobody reads it as part of a word. */
static void
put_mark(struct putting *putting, const char *number)
{
	size_t size = strlen(number);
	struct docket_mark mark = {
		.kind = DOCKET_MARK_NOTE,
		.value = { number, size },
	};

	mark.start = put_bytes(putting, "[", 1);
	put_bytes(putting, number, size);
	mark.end = put_bytes(putting, "]", 1) + 1;
	docket_put_mark(putting->job, &mark);
}

static void
put_text(struct putting *putting, const struct paragraph *paragraph,
	 uint32_t skipped)
{
	const struct composed *text = &putting->text;
	uint32_t page = first_line(putting, paragraph)->page;
	uint32_t at = 0;

	compose(putting->paragraphs, paragraph, skipped, &putting->text);
	for (size_t i = 0; i < text->marks_count; i++) {
		const struct composed_mark *mark = &text->marks[i];

		if (paragraph->kind == LINE_RUNNING ||
		    !has_note(putting, page, mark->number))
			continue;
		put_bytes(putting, text->text + at, mark->start - at);
		put_mark(putting, mark->number);
		at = mark->end;
	}
	put_bytes(putting, text->text + at, text->size - at);
}

static void
put_cell(struct putting *putting, const struct paragraph *paragraph)
{
	const struct document *document = putting->paragraphs->document;
	const struct line *line = first_line(putting, paragraph);

	open_row(putting, &document->cells[line->cell]);
	open_block(putting, DOCKET_BLOCK_CELL);
	put_text(putting, paragraph, 0);
	docket_close_block(putting->job);
}

static void
put_note(struct putting *putting, const struct paragraph *paragraph)
{
	const struct document *document = putting->paragraphs->document;
	const struct line *line = first_line(putting, paragraph);
	struct docket_block block = { .kind = DOCKET_BLOCK_FOOTNOTE };
	uint32_t skipped = 0;
	char number[16] = "";

	if (line->flags & LINE_OPENS_NOTE)
		skipped = label_read_note(document->text + line->text,
					  line->size);
	compose_number(document->text + line->text, skipped, number);
	block.number = (struct docket_bytes){ number, strlen(number) };
	docket_open_block(putting->job, &block);
	if (block.number.size) {
		/* As a number, and with a space, however it was set. */
		docket_put_text(putting->job, (struct docket_bytes){
						      number, strlen(number) });
		docket_put_text(putting->job, (struct docket_bytes){ " ", 1 });
		skipped += document->text[line->text + skipped] == ' ';
	}
	put_text(putting, paragraph, skipped);
	docket_close_block(putting->job);
}

static void
put_body(struct putting *putting, const struct paragraph *paragraph)
{
	const struct document *document = putting->paragraphs->document;
	const struct line *line = first_line(putting, paragraph);
	struct label label = label_of(putting, paragraph);
	struct docket_block block = {
		.kind = paragraph->heading ? DOCKET_BLOCK_HEADING
					   : DOCKET_BLOCK_PARAGRAPH,
		.level = paragraph->heading,
		.number = { document->text + line->text + label.number,
			    label.number_size },
	};

	docket_open_block(putting->job, &block);
	put_text(putting, paragraph, 0);
	docket_close_block(putting->job);
}

static void
close_list(struct putting *putting)
{
	if (putting->is_in_list)
		docket_close_block(putting->job);
	putting->is_in_list = false;
}

static void
put_item(struct putting *putting, size_t index)
{
	const struct paragraph *paragraph = &putting->paragraphs->items[index];
	const struct docket_block block = { .kind = DOCKET_BLOCK_ITEM,
					    .level = 1 };
	struct label label = label_of(putting, paragraph);

	if (!putting->is_in_list)
		open_block(putting, DOCKET_BLOCK_LIST);
	putting->is_in_list = true;
	docket_open_block(putting->job, &block);
	put_text(putting, paragraph, label.size + 1);
	docket_close_block(putting->job);
	if (!is_bullet(putting, index + 1))
		close_list(putting);
}

static void
put_line(struct putting *putting, const struct paragraph *paragraph)
{
	open_block(putting, DOCKET_BLOCK_LINE);
	put_text(putting, paragraph, 0);
	docket_close_block(putting->job);
}

/* Pages that were looked at, and come before that one. */
static void
put_scans(struct putting *putting, uint32_t before)
{
	uint32_t page;

	while ((page = scans_next_page(putting->scans)) && page < before) {
		close_table(putting);
		close_list(putting);
		scans_put(putting->scans, putting->job);
		putting->page = page;
	}
}

static void
put_paragraph(struct putting *putting, size_t index)
{
	const struct paragraph *paragraph = &putting->paragraphs->items[index];
	uint32_t page = first_line(putting, paragraph)->page;

	put_scans(putting, page);
	if (paragraph->kind != LINE_CELL)
		close_table(putting);
	if (page != putting->page)
		docket_put_page(putting->job, page);
	putting->page = page;
	switch (paragraph->kind) {
	case LINE_CELL:
		put_cell(putting, paragraph);
		break;
	case LINE_NOTE:
		put_note(putting, paragraph);
		break;
	case LINE_RUNNING:
		put_line(putting, paragraph);
		break;
	case LINE_BODY:
		if (putting->is_in_list || (is_bullet(putting, index) &&
					    is_bullet(putting, index + 1)))
			put_item(putting, index);
		else
			put_body(putting, paragraph);
		break;
	case LINE_LOST:
		break;
	}
}

void
put_paragraphs(struct docket_job *job, const struct paragraphs *paragraphs,
	       struct scans *scans)
{
	struct putting putting = {
		.job = job,
		.paragraphs = paragraphs,
		.scans = scans,
		.looks = LOOKS_LIMIT,
	};

	for (size_t i = 0; i < paragraphs->count; i++)
		put_paragraph(&putting, i);
	close_table(&putting);
	put_scans(&putting, UINT32_MAX);
	composed_fini(&putting.text);
}
