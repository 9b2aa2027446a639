/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.c - what a person asks for arrivals by number: retry, discard
 *
 * Owns the list of numbers. Writes a line for each arrival to stdout.
 */
#include "order.h"

#include <inttypes.h>
#include <stdlib.h>

#include "document.h"
#include "escape.h"
#include "fault.h"
#include "log.h"
#include "render.h"
#include "talk.h"

static void
add_number(struct order *order, uint64_t number)
{
	order->numbers =
		mem_grow_array(order->numbers, order->count, &order->capacity,
			       sizeof(*order->numbers));
	order->numbers[order->count++] = number;
}

int
order_parse(struct order *order)
{
	const struct call *call = order->call;

	for (size_t i = 0; i < call->operand_count; i++) {
		struct document_name name;
		int code = document_parse_name(call->operands[i], &name);

		if (code)
			return code;
		if (name.document.arrival == 0 || name.anchor) {
			log_error("%s is not the number of an arrival",
				  call->operands[i]);
			return FAULT_EXIT_USAGE;
		}
		add_number(order, name.document.arrival);
	}
	return 0;
}

struct finding {
	struct order *order;
	const char *reason;
};

/* What was refused at intake has no bytes that could be read. */
static int
take_waiting(void *owner, const struct frame *row)
{
	struct finding *finding = owner;
	struct arrival arrival;
	int code = talk_decode(row, MESSAGE_ARRIVAL, &arrival);

	if (code == 0 && !digest_is_zero(&arrival.digest) &&
	    (!finding->reason ||
	     bytes_equal(arrival.reason, bytes_of(finding->reason))))
		add_number(finding->order, arrival.number);
	return code;
}

int
order_find(struct order *order, const char *reason)
{
	struct finding finding = { order, reason };
	struct message_list list = {
		.states = 1u << ARRIVAL_QUARANTINED | 1u << ARRIVAL_BLOCKED,
	};

	return talk_ask(&(struct talk){
		.state = order->call->state,
		.type = MESSAGE_LIST,
		.message = &list,
		.take_row = take_waiting,
		.owner = &finding,
	});
}

static int
take_row(void *owner, const struct frame *row)
{
	const struct order *order = owner;
	struct buffer *out = &order->call->out->text;
	struct arrival arrival;
	int code = talk_decode(row, MESSAGE_ARRIVAL, &arrival);

	if (code)
		return code;
	if (order->wants_json) {
		render_arrival(out, &arrival);
	} else {
		buffer_format(out, "%" PRIu64 "  %s  ", arrival.number,
			      arrival_state_name(arrival.state));
		escape_put_line(out, arrival.name);
		buffer_put_string(out, "\n");
	}
	return output_pass(order->call->out);
}

int
order_give(const struct order *order)
{
	int result = 0;

	for (size_t i = 0; i < order->count; i++) {
		struct message_order message = { order->numbers[i] };
		int code = talk_ask(&(struct talk){
			.state = order->call->state,
			.type = order->type,
			.message = &message,
			.needs_row = true,
			.take_row = take_row,
			.owner = (void *)(uintptr_t)order,
		});

		if (code)
			result = code;
		if (code > EXIT_FAILURE)
			break;
	}
	return result;
}

void
order_fini(struct order *order)
{
	free(order->numbers);
	order->numbers = NULL;
}
