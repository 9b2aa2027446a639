/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kin.c - what an arrival came out of, and what came out of it
 *
 * Owns the rows that docketd sent before the document itself.
 */
#include "kin.h"

#include <inttypes.h>
#include <stdlib.h>

#include "print.h"
#include "talk.h"

int
kin_take(struct kin *kin, const struct frame *row)
{
	struct arrival arrival;
	int code = talk_decode(row, MESSAGE_ARRIVAL, &arrival);

	if (code)
		return code;
	kin->rows = mem_grow_array(kin->rows, kin->count, &kin->capacity,
				   sizeof(*kin->rows));
	kin->rows[kin->count] = (struct buffer){ 0 };
	buffer_put(&kin->rows[kin->count++], row->data, row->size);
	return 0;
}

/* "18 done letter.txt" */
static void
print_line(struct output *out, const char *label, const struct arrival *arrival)
{
	auto_buffer struct buffer line = { 0 };

	buffer_format(&line, "%" PRIu64 "  %s  ", arrival->number,
		      arrival_state_name(arrival->state));
	buffer_put_bytes(&line, arrival->name);
	print_field(out, label, buffer_bytes(&line));
}

void
kin_print_parent(struct output *out, const struct kin *kin, uint64_t parent)
{
	if (parent == 0)
		return;
	for (size_t i = 0; i < kin->count; i++) {
		struct arrival arrival;

		arrival_decode(buffer_bytes(&kin->rows[i]), &arrival);
		if (arrival.number == parent)
			print_line(out, "part of", &arrival);
	}
}

void
kin_print_children(struct output *out, const struct kin *kin, uint64_t number)
{
	for (size_t i = 0; i < kin->count; i++) {
		struct arrival arrival;

		arrival_decode(buffer_bytes(&kin->rows[i]), &arrival);
		if (arrival.parent == number)
			print_line(out, "in it", &arrival);
	}
}

void
kin_fini(struct kin *kin)
{
	for (size_t i = 0; i < kin->count; i++)
		buffer_fini(&kin->rows[i]);
	free(kin->rows);
	*kin = (struct kin){ 0 };
}
