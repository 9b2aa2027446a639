/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.h - does everything that came in account for itself?
 *
 * An audit looks through folders on libuv's pool and through the journal page
 * by page; nothing waits for it. It knows inboxes, intake and journal, as
 * turn.c and services.c do.
 */
#ifndef DAEMON_AUDIT_H
#define DAEMON_AUDIT_H

#include "inbox.h"
#include "intake.h"
#include "journal_audit.h"
#include "message.h"

/* What it looks at; all of it is borrowed and outlives the loop. */
struct audit_scope {
	uv_loop_t *loop;
	struct journal *journal;
	const struct inboxes *inboxes;
	const struct intake *intake;
};

/*
 * The accounts, borrowed; or none, when docketd stops before it has them.
 * Called once.
 */
typedef void audit_done_cb(void *request, const struct message_account *rows,
			   size_t count, bool is_balanced);

void audit_begin(const struct audit_scope *scope, void *request,
		 audit_done_cb *done);

#endif
