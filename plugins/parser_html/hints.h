/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hints.h - what the attributes of a tag say about how its content is read
 */
#ifndef PARSER_HTML_HINTS_H
#define PARSER_HTML_HINTS_H

#include "ordinal.h"
#include "token.h"

struct hints {
	struct docket_bytes href;
	struct docket_bytes language;
	unsigned heading; /* its level where it is one by role or class; or 0 */
	unsigned level;	  /* of an item of a word processor's list; or 0 */
	enum ordinal_style style; /* of an ordered list */
	bool is_hidden;
	bool is_label; /* of a word processor's list: its number or bullet */
	bool is_aside;
	bool is_main;
	bool is_open;
	bool is_reversed;
	bool has_start;
	bool has_value;
	int start;
	int value;
};

/* Nothing for most tags. What hints lend from the source is raw. */
void hints_read(const struct tokens *tokens, const struct token *token,
		struct hints *out_hints);

#endif
