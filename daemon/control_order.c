/* SPDX-License-Identifier: Apache-2.0 */
/*
 * control_order.c - what people ask for arrivals: add, retry, discard
 *
 * Each becomes a fact; the answer comes when that is committed, or when the
 * journal has found that it cannot be.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "control.h"

/* Why an arrival is not moved for a person. */
static const char *
name_refusal(const struct arrival *arrival)
{
	if (arrival->state == ARRIVAL_QUARANTINED)
		return "docketd has no bytes of it, it was refused at intake; "
		       "drop it again";
	return "retry takes arrivals that are quarantined or blocked, discard "
	       "those that are quarantined";
}

static void
answer_order(struct control_connection *connection, enum fact_outcome outcome,
	     struct docket_bytes row)
{
	struct arrival arrival;

	if (arrival_decode(row, &arrival) < 0) {
		auto_free char *none = mem_format(
			"there is no arrival %llu; docket list shows those "
			"there are",
			(unsigned long long)connection->ordered);

		control_end(connection, EXIT_FAILURE, none);
		return;
	}
	if (outcome == OUTCOME_MOVED) {
		link_put(&connection->link, MESSAGE_ARRIVAL, &arrival);
		control_end(connection, 0, "");
	} else {
		auto_free char *why =
			mem_format("arrival %llu is %s: %s",
				   (unsigned long long)arrival.number,
				   arrival_state_name(arrival.state),
				   name_refusal(&arrival));

		control_end(connection, EXIT_FAILURE, why);
	}
}

static void
answer_add(struct control_connection *connection, struct docket_bytes row)
{
	struct arrival arrival;

	if (arrival_decode(row, &arrival) < 0) {
		control_end(connection, FAULT_EXIT_SOFTWARE, "no answer");
		return;
	}
	link_put(&connection->link, MESSAGE_ARRIVAL, &arrival);
	if (arrival.state == ARRIVAL_QUARANTINED) {
		auto_free char *why = mem_format(
			"%.*s", (int)arrival.detail.size, arrival.detail.data);

		control_end(connection, EXIT_FAILURE, why);
	} else {
		control_end(connection, 0, "");
	}
}

void
control_answer(void *request, enum fact_outcome outcome,
	       struct docket_bytes row)
{
	struct control_connection *connection = request;

	if (!control_resume(connection))
		return;
	if (connection->task == TASK_ORDER)
		answer_order(connection, outcome, row);
	else
		answer_add(connection, row);
}

static int
take_order(struct control_connection *connection, struct frame *frame,
	   enum fact_kind kind)
{
	struct control *control = connection->control;
	struct message_order order;

	if (message_decode(frame, &order) < 0 || order.arrival == 0)
		return -1;
	connection->task = TASK_ORDER;
	connection->ordered = order.arrival;
	connection->pending++;
	control->services->order(control->house, kind, order.arrival,
				 connection);
	return 0;
}

int
control_do_retry(struct control_connection *connection, struct frame *frame)
{
	return take_order(connection, frame, FACT_RETRY_ASKED);
}

int
control_do_discard(struct control_connection *connection, struct frame *frame)
{
	return take_order(connection, frame, FACT_DISCARD_ASKED);
}

int
control_do_add(struct control_connection *connection, struct frame *frame)
{
	struct control *control = connection->control;
	struct message_add add;
	struct fault fault;

	if (message_decode(frame, &add) < 0 || frame->fd < 0)
		return -1;
	connection->task = TASK_ADD;
	connection->pending++;
	if (control->services->add(control->house, &add, take_fd(&frame->fd),
				   connection, &fault) < 0) {
		connection->pending--;
		control_end(connection, FAULT_EXIT_USAGE, fault.text);
	}
	return 0;
}

/* ---- reload ---- */

void
control_refuse(void *request, const char *detail)
{
	struct control_connection *connection = request;

	if (control_resume(connection))
		control_end(connection, FAULT_EXIT_CONFIG, detail);
}

int
control_hand_over(void *request)
{
	struct control_connection *connection = request;

	if (connection->is_gone)
		return -1;
	return fcntl(connection->link.fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

int
control_do_reload(struct control_connection *connection, struct frame *frame)
{
	struct control *control = connection->control;

	if (message_decode(frame, NULL) < 0)
		return -1;
	connection->task = TASK_RELOAD;
	connection->pending++;
	if (control->services->reload(control->house, connection) < 0) {
		connection->pending--;
		control_end(connection, EXIT_FAILURE,
			    "docketd takes up a configuration or stops "
			    "already; ask again");
	}
	return 0;
}
