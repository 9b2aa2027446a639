/* SPDX-License-Identifier: Apache-2.0 */
/*
 * snippet.h - the passage that answers a query, for people
 */
#ifndef CLI_SNIPPET_H
#define CLI_SNIPPET_H

#include "print.h"
#include "query.h"

/*
 * Print a passage of a text as prose, matches in bold or, where there are no
 * styles, within guillemets. On a terminal lines end at words and begin with
 * indent spaces; elsewhere there is one line.
 */
void snippet_print(struct output *out, struct docket_bytes text,
		   const struct query_passage *passage, size_t indent);

#endif
