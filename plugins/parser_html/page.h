/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page.h - tokens into the blocks of a record
 */
#ifndef PARSER_HTML_PAGE_H
#define PARSER_HTML_PAGE_H

#include <docket/parser.h>

#include "notes.h"
#include "token.h"

/*
 * Put everything that the page shows, and what its head says of it. Layout
 * tables and notes are flagged already.
 */
void page_put(struct docket_job *job, const struct tokens *tokens,
	      const struct notes *notes);

#endif
