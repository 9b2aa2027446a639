/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mbox.h - mails in a row in one file
 */
#ifndef PARSER_MAIL_MBOX_H
#define PARSER_MAIL_MBOX_H

#include <stdbool.h>

#include <docket/plugin.h>

/* Does it begin as a mailbox does, "From somebody and when"? */
bool mbox_is(struct docket_bytes bytes);

/*
 * Takes the first mail off *rest, without its "From " line. false: there are no
 * more.
 */
bool mbox_next(struct docket_bytes *rest, struct docket_bytes *out_mail);

#endif
