/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt_body.h - a file of an OpenDocument text while it is read
 *
 * For the files odt*.c alone.
 */
#ifndef PARSER_OFFICE_ODT_BODY_H
#define PARSER_OFFICE_ODT_BODY_H

#include "flow.h"
#include "odt_lists.h"
#include "odt_styles.h"
#include "refusal.h"

/* A paragraph that is open. Another one may lie in it, in a frame or note. */
struct odt_frame {
	struct paragraph paragraph;
	struct text spans; /* open: 'h' is a hidden one */
	size_t hidden;	   /* how many of them are */
	size_t link_start;
	struct text link;
	size_t list_base; /* lists that are open around it */
	uint32_t outline; /* of text:h, 1 the outermost; 0: no heading */
	bool has_paragraph;
	bool is_own; /* made for a paragraph within another */
	bool is_title;
	bool is_label_barred; /* a heading that says it has no number */
	int32_t restart;      /* the number it says, or 0 */
	struct text list;     /* the list style of its style */
	bool has_list;
};

/* A list that is open. */
struct odt_open_list {
	struct text style;
	bool has_label; /* the next paragraph gets one */
};

/* Around notes: where paragraphs went before. */
struct odt_note {
	struct text citation;
	struct text body;
	bool is_open;
	bool in_citation;
};

struct odt_body {
	struct docket_job *job;
	struct flow *flow;
	struct odt_styles *own; /* of the file that is read */
	struct odt_styles *common;
	struct odt_lists *lists;
	struct odt_frame *frames;
	size_t frame_count;
	size_t frame_capacity;
	struct odt_open_list *open_lists;
	size_t open_count;
	size_t open_capacity;
	struct odt_note note;
	struct flow note_flow;
	struct flow *main_flow; /* while a note is read */
	uint32_t contents;	/* tables of contents, one within another */
	uint32_t page;		/* 0 unknown */
	bool has_text;		/* since the beginning */
	bool is_head;		/* no page numbers */
	struct text title;
	size_t hidden;
	size_t deleted;
	size_t comments;
	uint32_t paragraphs;
	struct text *heads[2]; /* headers and footers are captured */
};

/* odt_body.c: put what a file has. */
bool odt_body_read(struct odt_body *body, struct docket_bytes part,
		   const char *name, struct refusal *refusal);

/* ---- between odt_body.c and odt_text.c ---- */

struct odt_frame *odt_body_frame(struct odt_body *body);
struct odt_frame *odt_body_push(struct odt_body *body);
void odt_body_pop(struct odt_body *body);

/* odt_text.c: the rules of what stands within paragraphs. */
#define ODT_TEXT_RULES 19
extern const struct xml_rule odt_text_rules[ODT_TEXT_RULES];
void odt_text_put(void *reader, struct docket_bytes text);
void odt_text_end_link(struct odt_frame *frame);

#endif
