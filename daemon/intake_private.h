/* SPDX-License-Identifier: Apache-2.0 */
/*
 * intake_private.h - what intake.c and intake_clear.c share
 */
#ifndef DAEMON_INTAKE_PRIVATE_H
#define DAEMON_INTAKE_PRIVATE_H

#include "claim_list.h"
#include "intake.h"

/* ---- intake.c ---- */

/* One more, in no list yet. */
struct claim *intake_new_claim(struct intake *intake,
			       const struct config_inbox *inbox,
			       struct inbox_folder *folder, const char *name,
			       enum arrival_origin origin);
void intake_end_claim(struct claim *claim);
/* It is pending; copy what is as far as there is room. */
void intake_begin(struct intake *intake, struct claim *claim);
void intake_start_copies(struct intake *intake);

/* ---- intake_clear.c ---- */

/* Take the files out of their spools that intake_settle() gathered. */
void intake_clear(struct intake *intake);
/* What is open no more. */
void intake_close_out(struct intake *intake, struct claim *claim);

#endif
