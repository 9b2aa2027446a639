/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool_private.h - what pool.c and pool_answer.c share
 */
#ifndef DAEMON_POOL_PRIVATE_H
#define DAEMON_POOL_PRIVATE_H

#include "pool.h"

/* ---- pool_answer.c ---- */

struct fact *pool_make_fact(enum fact_kind kind, uint64_t number);
/* The reader has its whole time again. */
void pool_renew_deadline(struct pool_reader *reader);

/* Events of child.h and members.h. */
void pool_take_frame(struct child *child, struct frame *frame);
void pool_take_on(struct members *members);
void pool_bury(struct child *child, const struct child_exit *how);

#endif
