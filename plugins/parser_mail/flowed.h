/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flowed.h - plain text of a mail: what is quoted, what goes on, who signs
 */
#ifndef PARSER_MAIL_FLOWED_H
#define PARSER_MAIL_FLOWED_H

#include "runs.h"

/* RFC 3676: lines that end in a space go on. */
struct flowed_format {
	bool is_flowed;
	bool deletes_space; /* that space is none */
};

/*
 * Marks of quoting are counted and taken off, flowed lines joined, each to a
 * paragraph with an empty line before it. The caller's until runs_fini().
 */
void flowed_read(struct docket_bytes text, struct flowed_format format,
		 struct runs *out_runs);

#endif
