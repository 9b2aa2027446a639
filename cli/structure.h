/* SPDX-License-Identifier: Apache-2.0 */
/*
 * structure.h - the structure of a document, to be taken in at a glance
 *
 * As outline.h, but as a reader sees it: what stands under a heading is
 * indented under it, a list is one line, what is not prose is counted.
 */
#ifndef CLI_STRUCTURE_H
#define CLI_STRUCTURE_H

#include "output.h"
#include "record.h"

/* All items, running heads and footnotes too, if is_whole. */
int structure_print(struct output *out, const struct docket_record *record,
		    bool is_whole);

/* What was decided or asked: where, what kind, in which words. */
int structure_print_actions(struct output *out,
			    const struct docket_record *record);

#endif
