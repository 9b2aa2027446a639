/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.h - what a person asks for arrivals by number: retry, discard
 */
#ifndef CLI_ORDER_H
#define CLI_ORDER_H

#include "command.h"
#include "message.h"

struct order {
	const struct call *call; /* borrowed */
	enum message_type type;	 /* of a message_order */
	bool wants_json;
	uint64_t *numbers;
	size_t count;
	size_t capacity;
};

/* The numbers are the operands. 0, or 64 and said. */
int order_parse(struct order *order);

/* They are those that wait for a person; reason may be NULL: any. */
int order_find(struct order *order, const char *reason);

/*
 * Ask for one after the other, print a line for each. One that is refused does
 * not keep the others from it.
 */
int order_give(const struct order *order);

void order_fini(struct order *order);

#endif
