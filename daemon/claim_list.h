/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim_list.h - claims in a row, each in one list at a time
 */
#ifndef DAEMON_CLAIM_LIST_H
#define DAEMON_CLAIM_LIST_H

#include "claim.h"

static inline void
claim_list_init(struct claim_list *list)
{
	*list = (struct claim_list){ .last = &list->first };
}

static inline void
claim_list_append(struct claim_list *list, struct claim *claim)
{
	claim->next = NULL;
	*list->last = claim;
	list->last = &claim->next;
	list->count++;
}

static inline struct claim *
claim_list_take(struct claim_list *list)
{
	struct claim *claim = list->first;

	if (claim == NULL)
		return NULL;
	list->first = claim->next;
	if (list->first == NULL)
		list->last = &list->first;
	list->count--;
	return claim;
}

static inline void
claim_list_move(struct claim_list *to, struct claim_list *from)
{
	struct claim *claim;

	while ((claim = claim_list_take(from)) != NULL)
		claim_list_append(to, claim);
}

/* Before those that are there. */
static inline void
claim_list_put_back(struct claim_list *to, struct claim_list *from)
{
	claim_list_move(from, to);
	claim_list_move(to, from);
}

#endif
