/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trust.h - pages whose letters are not what they say
 */
#ifndef PARSER_PDF_TRUST_H
#define PARSER_PDF_TRUST_H

#include "document.h"

/*
 * Make the lines of such pages LINE_LOST and flag their sheets. Returns how
 * many there are.
 */
uint32_t trust_judge(struct document *document);

/* Does text read like a language? Too little of it does. */
bool trust_is_language(const char *text, size_t size);

#endif
