/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tables.h - which tables hold data, and which only place things on a page
 */
#ifndef PARSER_HTML_TABLES_H
#define PARSER_HTML_TABLES_H

#include "token.h"

/* Flag the tokens that open the latter TOKEN_IS_LAYOUT. */
void tables_judge(struct tokens *tokens);

#endif
