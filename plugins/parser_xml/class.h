/* SPDX-License-Identifier: Apache-2.0 */
/*
 * class.h - classes of documents, by what Akoma Ntoso calls them
 */
#ifndef PARSER_XML_CLASS_H
#define PARSER_XML_CLASS_H

#include <docket/plugin.h>

/*
 * The class of a document whose element has this @name, by the table of AKN4UN.
 * NULL: it tells none.
 */
const char *class_of(const char *element, struct docket_bytes name);

#endif
