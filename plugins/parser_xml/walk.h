/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk.h - a document's elements into parts and blocks
 */
#ifndef PARSER_XML_WALK_H
#define PARSER_XML_WALK_H

#include <docket/parser.h>

#include "tape.h"

/* Put the parts, blocks and marks of a document. False: it has no text. */
bool walk_put(struct docket_job *job, const struct tape *tape, bool is_akoma);

/* "eng", "fr-CA": BCP 47 of a language, alone; empty if it is none. */
void walk_read_language(struct docket_bytes value, char out[4]);

#endif
