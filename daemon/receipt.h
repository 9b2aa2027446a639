/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipt.h - one receipt: its text, its name, and putting it into a folder
 *
 * For whoever only has a folder: a text file that says what became of a
 * document.
 */
#ifndef DAEMON_RECEIPT_H
#define DAEMON_RECEIPT_H

#include "event.h"

#define RECEIPT_NAME_LIMIT 255

/* Does the event settle an arrival? */
bool receipt_is_due(const struct event *event);

/* Append the text: UTF-8, one sentence a line. Always the same for an event. */
void receipt_put_text(struct buffer *out, const struct event *event);

/*
 * Append <name>.<number>.txt, the name cut where it is too long; the second
 * receipt of an arrival that was retried is <name>.<number>-2.txt.
 */
void receipt_put_name(struct buffer *out, const struct event *event,
		      unsigned count);

/*
 * Write it durably, unless it is there already: never over a file, never
 * through a link. Blocks. 0, or a negative errno; -EEXIST: there are a hundred
 * other files of such a name.
 */
int receipt_write(int folder, const struct event *event);

#endif
