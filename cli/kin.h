/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kin.h - what an arrival came out of, and what came out of it
 */
#ifndef CLI_KIN_H
#define CLI_KIN_H

#include "frame.h"
#include "output.h"

/* Rows of arrivals, kept; zeroed is none. */
struct kin {
	struct buffer *rows;
	size_t count, capacity;
};

/* Keep a row. 0 or an exit code, said. */
int kin_take(struct kin *kin, const struct frame *row);

/* A line for its parent, if there is one, and a line for each of its children. */
void kin_print_parent(struct output *out, const struct kin *kin,
		      uint64_t parent);
void kin_print_children(struct output *out, const struct kin *kin,
			uint64_t number);

void kin_fini(struct kin *kin);

#endif
