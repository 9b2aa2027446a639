/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mailbox.h - a file of several mails into the record
 */
#ifndef PARSER_MAIL_MAILBOX_H
#define PARSER_MAIL_MAILBOX_H

#include <docket/parser.h>

#define MAILBOX_LIMIT 1000

/* Each mail as a child; the record's text is the list of them. */
enum docket_status mailbox_put(struct docket_job *job,
			       struct docket_bytes bytes);

#endif
