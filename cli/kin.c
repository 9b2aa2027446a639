/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kin.c - what an arrival came out of, what came out of it, what it is tied to
 *
 * Owns the rows that docketd sent before the document itself.
 */
#include "kin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
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

int
kin_take_relation(struct kin *kin, const struct frame *row)
{
	struct message_relation relation;
	struct arrival other = { .number = 0 };
	int code = talk_decode(row, MESSAGE_RELATION, &relation);

	if (code == 0)
		code = talk_decode_arrival(relation.other, &other);
	if (code)
		return code;
	buffer_format(&kin->relations, "%.*s %" PRIu64 "  ",
		      (int)relation.relation.size, relation.relation.data,
		      other.number);
	if (other.language.size > 0)
		buffer_format(&kin->relations, "%.*s  ",
			      (int)other.language.size, other.language.data);
	escape_put_line(&kin->relations, other.name);
	buffer_put_string(&kin->relations, "\n");
	return 0;
}

void
kin_print_relations(struct output *out, const struct kin *kin)
{
	struct docket_bytes rest = buffer_bytes(&kin->relations);

	while (rest.size > 0) {
		struct docket_bytes line = rest;

		line.size = (size_t)((const char *)memchr(rest.data, '\n',
							  rest.size) -
				     rest.data);
		print_field(out, "relation", line);
		rest.data += line.size + 1;
		rest.size -= line.size + 1;
	}
}

void
kin_fini(struct kin *kin)
{
	for (size_t i = 0; i < kin->count; i++)
		buffer_fini(&kin->rows[i]);
	free(kin->rows);
	buffer_fini(&kin->relations);
	*kin = (struct kin){ 0 };
}
