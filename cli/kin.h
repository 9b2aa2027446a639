/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kin.h - what an arrival came out of, what came out of it, what it is tied to
 */
#ifndef CLI_KIN_H
#define CLI_KIN_H

#include "frame.h"
#include "output.h"

/* Rows of arrivals, kept; zeroed is none. */
struct kin {
	struct buffer *rows;
	size_t count, capacity;
	struct buffer relations; /* lines */
};

/* Keep a row. 0 or an exit code, said. */
int kin_take(struct kin *kin, const struct frame *row);

/* A line for its parent, if there is one, and a line for each of its children. */
void kin_print_parent(struct output *out, const struct kin *kin,
		      uint64_t parent);
void kin_print_children(struct output *out, const struct kin *kin,
			uint64_t number);

/*
 * A MESSAGE_RELATION row; afterwards a line for each: its language versions,
 * corrigenda and other renditions.
 */
int kin_take_relation(struct kin *kin, const struct frame *row);
void kin_print_relations(struct output *out, const struct kin *kin);

void kin_fini(struct kin *kin);

#endif
