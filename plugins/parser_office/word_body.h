/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_body.h - a part of a Word document while it is read
 *
 * For the files word_body.c, word_field.c, word_run.c and word_table.c alone.
 */
#ifndef PARSER_OFFICE_WORD_BODY_H
#define PARSER_OFFICE_WORD_BODY_H

#include "flow.h"
#include "symbol.h"
#include "word.h"
#include "xml.h"

#define WORD_FIELDS 32 /* one within another; deeper ones are text */

enum word_field_kind {
	FIELD_OTHER = 0,
	FIELD_LINK,
	FIELD_CONTENTS,
	FIELD_PAGE,
};

struct word_field {
	enum word_field_kind kind;
	bool has_result; /* what comes now is shown */
	size_t start;	 /* of its result, in the paragraph */
	struct text code;
	struct docket_bytes address; /* of a link, in the code */
};

/* What a run says of its text. */
struct word_run {
	bool is_hidden;
	enum symbol_font font;
	bool is_inside;
};

/* A paragraph that is open. Another one may lie in it, in a text box. */
struct word_frame {
	struct paragraph paragraph;
	struct word_run run;
	struct text style_id;
	struct word_style style;
	struct word_style own; /* what the paragraph says itself */
	bool is_merged;	     /* its mark was deleted: it goes on in the next */
	bool is_mark_hidden; /* without text, it is not there */
	bool is_contents;    /* a line of a table of contents */
	bool in_properties;
};

struct word_row {
	bool is_open;
	bool is_deleted;
};

struct word_cell {
	uint32_t spanned; /* columns beyond its first */
	bool is_skipped;
};

struct word_body {
	struct word *word;
	struct flow *flow;
	struct relations relations;
	struct word_frame *frames; /* the last one is read */
	size_t frame_count;
	size_t frame_capacity;
	struct word_row *rows; /* open, one within another */
	size_t row_count;
	size_t row_capacity;
	bool in_row_properties;
	struct word_cell *cells;
	size_t cell_count;
	size_t cell_capacity;
	struct word_field fields[WORD_FIELDS];
	size_t field_count;
	size_t field_excess;  /* that lie deeper */
	struct text controls; /* open w:sdt: 'c' is one of contents */
	size_t contents;      /* how many of them are */
	struct text choices;  /* open alternatives: 't' one was taken */
	bool in_text;
	bool in_code; /* of a field */
	bool is_head; /* no page numbers */
	uint32_t page;
	bool has_turned;   /* by a break, and nothing was put since */
	size_t link_start; /* of a w:hyperlink */
	struct text link;
	struct word_notes *notes; /* that are read */
	struct text note;
	bool in_note;
	struct text *marked_note; /* whose mark is the next text, or NULL */
	uint32_t paragraphs;
};

static inline struct word_frame *
word_body_frame(struct word_body *body)
{
	return &body->frames[body->frame_count - 1];
}

/* word_body.c: what a paragraph without its mark left is put, if no other
 * follows it. */
void word_body_finish_merged(struct word_body *body);

/* word_run.c: the rules of what stands within paragraphs. */
#define WORD_RUN_RULES 16
extern const struct xml_rule word_run_rules[WORD_RUN_RULES];
void word_run_text(void *reader, struct docket_bytes text);
/* A paragraph ends: links and fields that go on begin anew in the next. */
void word_run_end_paragraph(struct word_body *body);

/* word_field.c: fields and links. */
#define WORD_FIELD_RULES 3
extern const struct xml_rule word_field_rules[WORD_FIELD_RULES];
void word_field_put_code(struct word_body *body, struct docket_bytes text);
void word_field_end_paragraph(struct word_body *body);
/* Is what comes now shown, as far as fields are concerned? */
bool word_field_is_shown(const struct word_body *body);
/* Is a table of contents open? */
bool word_field_is_contents(const struct word_body *body);

/* word_table.c: tables. */
#define WORD_TABLE_RULES 11
extern const struct xml_rule word_table_rules[WORD_TABLE_RULES];

#endif
