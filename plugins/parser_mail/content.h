/* SPDX-License-Identifier: Apache-2.0 */
/*
 * content.h - the pieces of a mail: text into its record, files as children
 */
#ifndef PARSER_MAIL_CONTENT_H
#define PARSER_MAIL_CONTENT_H

#include <docket/parser.h>

#include "leaves.h"

/* What was put of a mail. */
struct content {
	struct docket_job *job;
	bool has_returns; /* its lines end in CR LF */
	unsigned texts;
	unsigned files;
	bool is_locked; /* its text is one that PGP encrypted */
};

/* One text of the mail itself; one that is no text goes as a file. */
void content_put_text(struct content *content, const struct leaf *leaf);

/* An attachment, or a mail in this one. */
void content_put_file(struct content *content, const struct leaf *leaf);

#endif
