/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.h - footnotes, and the marks that lead to them
 */
#ifndef PARSER_HTML_NOTES_H
#define PARSER_HTML_NOTES_H

#include "token.h"

/* A token that is flagged, and the number of the note. */
struct note {
	size_t token;
	struct docket_bytes number; /* as printed; empty if none is */
};

/* By token, each list for itself. */
struct notes {
	struct note *marks; /* tokens that are TOKEN_IS_MARK */
	size_t mark_count;
	struct note *feet; /* tokens that are TOKEN_IS_NOTE */
	size_t foot_count;
};

/*
 * Find links that are short, lead within the page and are called a note by
 * their author or by their target's name, and what they lead to. Numbers lie in
 * the source. The caller's until notes_fini().
 */
void notes_find(struct tokens *tokens, struct notes *out_notes);
void notes_fini(struct notes *notes);

#endif
