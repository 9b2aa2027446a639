/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prescan.h - what must be known of a document before libxml2 reads it
 */
#ifndef PARSER_XML_PRESCAN_H
#define PARSER_XML_PRESCAN_H

#include <stdbool.h>

#include <docket/plugin.h>

/* Has an element more attributes than the limit? Of UTF-8, or of ASCII. */
bool prescan_finds_crowd(struct docket_bytes text, size_t limit);

#endif
