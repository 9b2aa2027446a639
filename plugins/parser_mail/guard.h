/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard.h - mails that would be taken apart into far too many pieces
 */
#ifndef PARSER_MAIL_GUARD_H
#define PARSER_MAIL_GUARD_H

#include <stdbool.h>

#include <docket/plugin.h>

/* Lines of headers, in all its parts. */
#define GUARD_HEADERS_LIMIT 200000

/*
 * Whoever takes a mail apart makes an object of each header, whatever part it is
 * of, and that is a hundred times what a header is at least. Looks at every line
 * once and counts those that could be one.
 */
bool guard_is_too_much(struct docket_bytes mail);

#endif
