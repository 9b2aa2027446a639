/* SPDX-License-Identifier: Apache-2.0 */
/*
 * route.h - how a document has come from one parser to the next, unread
 *
 * A light reader leaves it to a specialist, which may leave it to the parsers
 * behind it.
 * It travels with the arrival's number until somebody has an answer.
 */
#ifndef DAEMON_ROUTE_H
#define DAEMON_ROUTE_H

struct route {
	const char *past; /* parsers behind it are asked; borrowed; NULL: all */
	unsigned hops;	  /* from pool to pool */
};

#endif
