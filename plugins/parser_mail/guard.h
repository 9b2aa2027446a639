/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard.h - mails that GMime should not be given
 */
#ifndef PARSER_MAIL_GUARD_H
#define PARSER_MAIL_GUARD_H

#include <stdbool.h>

#include <docket/plugin.h>

/* Lines that may be headers, in all parts: each is made an object of. */
#define GUARD_HEADERS_LIMIT 500000
/* Groups in a header of addresses: each costs a call in a call. */
#define GUARD_GROUPS_LIMIT 1000

enum guard_verdict {
	GUARD_PASS,
	GUARD_HEADERS, /* too many */
	GUARD_GROUPS,  /* too many in one header */
};

/*
 * Looks at every line once. Where the headers of parts are, only who takes the
 * mail apart can tell, so lines of a text count that merely look like headers.
 */
enum guard_verdict guard_judge(struct docket_bytes mail);

#endif
