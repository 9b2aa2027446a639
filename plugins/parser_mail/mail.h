/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail.h - one mail into the record
 */
#ifndef PARSER_MAIL_MAIL_H
#define PARSER_MAIL_MAIL_H

#include <stdbool.h>

#include <docket/parser.h>

#include <gmime/gmime.h>

/* A mail that was taken apart; it lends from the bytes, and must not move. */
struct mail {
	GByteArray bytes;
	GMimeMessage *message;
};

/* false: this is no mail. Otherwise the caller's until mail_close(). */
bool mail_open(struct mail *mail, struct docket_bytes bytes);
void mail_close(struct mail *mail);

/* Headers, text and attachments. */
enum docket_status mail_put(struct docket_job *job, const struct mail *mail);

#endif
