/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_event.h - an event is numbered, written, and put into its streams
 */
#ifndef DAEMON_JOURNAL_EVENT_H
#define DAEMON_JOURNAL_EVENT_H

#include "journal.h"

/* Within the journal's transaction: fills in event->number. */
void journal_event_append(struct journal *journal, struct event *event);

#endif
