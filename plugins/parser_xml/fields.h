/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.h - what the mark-up of Akoma Ntoso says of its document
 */
#ifndef PARSER_XML_FIELDS_H
#define PARSER_XML_FIELDS_H

#include <docket/parser.h>

#include "tape.h"

/*
 * Put class, language, date, symbols, title, from, to ... where the document
 * states them. Attachments are not looked at: they may be documents with
 * fields of their own.
 */
void fields_put(struct docket_job *job, const struct tape *tape);

/* What any XML document says: the language of its root, and a title in it. */
void fields_put_plain(struct docket_job *job, const struct tape *tape);

#endif
