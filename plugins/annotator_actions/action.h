/* SPDX-License-Identifier: Apache-2.0 */
/*
 * action.h - what is decided, asked or stated in a passage, by whom, of whom
 */
#ifndef ANNOTATOR_ACTIONS_ACTION_H
#define ANNOTATOR_ACTIONS_ACTION_H

#include "finds.h"
#include "parties.h"
#include "passages.h"
#include "verbs.h"

/* A document while it is read. */
struct action_reader {
	const struct verbs *verbs;
	const struct parties *parties;
	/* Who speaks: named in the enacting formula; "" until it came. */
	char enacting[PARTY_NAME];
};

/* Read a passage; its actions go to the finds. */
void action_read(struct action_reader *reader, const struct passages *passages,
		 struct finds *finds);

#endif
