/* SPDX-License-Identifier: Apache-2.0 */
/*
 * talk.h - one question to docketd, and its answer row by row
 *
 * All functions block. They return 0 or an exit code, as command.h says.
 */
#ifndef CLI_TALK_H
#define CLI_TALK_H

#include "message.h"

struct talk {
	const char *state; /* --state, or NULL: the system's instance */
	enum message_type type;
	const void *message; /* the struct of that type */
	int fd;		     /* sent along, if it is above 0 */
	bool is_patient;     /* the answer may take for ever */
	bool needs_row;	     /* "done" without a row is no answer */

	/*
	 * Called with each row; frame and its descriptor are lent. Other than
	 * 0 ends the talk with that code.
	 */
	int (*take_row)(void *owner, const struct frame *row);
	void *owner;
};

/*
 * Ask, hear all rows, and the code with which docketd ended its answer; what
 * it said beside a code is printed.
 */
int talk_ask(const struct talk *talk);

/* Is there somebody to answer, if only "you may not"? Says nothing. */
bool talk_is_answered(const char *state);

/* message_decode() of a row that must be of that type. */
int talk_decode(const struct frame *row, enum message_type type,
		void *out_message);

/* arrival_decode() of one that came within a row. */
int talk_decode_arrival(struct docket_bytes from, struct arrival *out_arrival);

#endif
