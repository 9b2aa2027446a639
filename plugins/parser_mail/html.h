/* SPDX-License-Identifier: Apache-2.0 */
/*
 * html.h - a mail that is HTML, reduced to its text
 */
#ifndef PARSER_MAIL_HTML_H
#define PARSER_MAIL_HTML_H

#include "runs.h"

/*
 * Text in lines, with empty lines around what HTML sets apart, items with their
 * bullet or number, what is in a blockquote as quoted. The text is UTF-8. Linear
 * whatever it holds. The caller's until runs_fini().
 */
void html_read(struct docket_bytes html, struct runs *out_runs);

/* The encoding that it says it has, as it stands there; empty if it says none. */
struct docket_bytes html_find_charset(struct docket_bytes html);

#endif
