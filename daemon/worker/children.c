/* SPDX-License-Identifier: Apache-2.0 */
/*
 * children.c - what a parser takes out of a document, until it is sent
 *
 * Owns copies of names and contents, which count among the memory that the
 * reader may take. They go to docketd in frames, and no faster than it writes
 * them down: so neither side ever holds more than one document's. Never ends
 * the process.
 */
#include "children.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"

struct child_document {
	struct buffer name;
	struct buffer content;
};

/* ---- what is put ---- */

/* A name is any bytes, but C strings are made of it. */
static void
put_name(struct child_document *child, struct docket_bytes name, size_t place)
{
	struct docket_bytes cut = escape_cut(name, MESSAGE_CHILD_NAME_LIMIT);

	if (cut.size == 0) {
		buffer_format(&child->name, "member-%zu", place);
		return;
	}
	buffer_put_bytes(&child->name, cut);
	for (size_t i = 0; i < child->name.size; i++)
		if (child->name.data[i] == '\0')
			child->name.data[i] = '_';
}

void
children_put(struct children *children, struct docket_bytes name,
	     struct docket_bytes content)
{
	struct child_document *child;

	if (children->count == MESSAGE_CHILDREN_LIMIT)
		children->are_too_many = true;
	else if (content.size > MESSAGE_CHILDREN_BYTES_LIMIT - children->bytes)
		children->are_too_large = true;
	if (children->are_too_many || children->are_too_large)
		return;
	children->items =
		mem_grow_array(children->items, children->count,
			       &children->capacity, sizeof(*children->items));
	child = &children->items[children->count++];
	*child = (struct child_document){ 0 };
	put_name(child, name, children->count);
	buffer_put_bytes(&child->content, content);
	children->bytes += content.size;
}

bool
children_pass_limit(const struct children *children, struct outcome *outcome)
{
	if (children->are_too_many)
		outcome_find(outcome, DOCKET_REJECT, "entries",
			     "There are more than %u documents in it; unpack "
			     "it and drop those that are wanted.",
			     MESSAGE_CHILDREN_LIMIT);
	else if (children->are_too_large)
		outcome_find(outcome, DOCKET_REJECT, "expansion",
			     "What is in it is larger than %u MiB; unpack it "
			     "and drop what is wanted.",
			     MESSAGE_CHILDREN_BYTES_LIMIT >> 20);
	return children->are_too_many || children->are_too_large;
}

/* ---- what is told ---- */

void
children_describe(const struct children *children,
		  struct record_builder *record)
{
	for (size_t i = 0; i < children->count; i++) {
		const struct child_document *child = &children->items[i];
		struct digest digest = digest_of(buffer_bytes(&child->content));
		auto_buffer struct buffer value = { 0 };
		char text[DIGEST_TEXT_SIZE];

		buffer_format(&value, "%s ", digest_format(&digest, text));
		buffer_put_bytes(&value, buffer_bytes(&child->name));
		record_put_field(record, DOCKET_FIELD_CHILD,
				 buffer_bytes(&value));
	}
}

/* The next piece of what is left. */
static struct docket_bytes
cut_piece(struct docket_bytes *left)
{
	struct docket_bytes piece = *left;

	if (piece.size > MESSAGE_INLINE_LIMIT)
		piece.size = MESSAGE_INLINE_LIMIT;
	left->data += piece.size;
	left->size -= piece.size;
	return piece;
}

static void
send_child(const struct child_document *child, struct wire *wire,
	   uint64_t lease)
{
	struct docket_bytes left = buffer_bytes(&child->content);
	struct message_child message = {
		.lease = lease,
		.name = buffer_bytes(&child->name),
		.size = left.size,
	};

	message.content = cut_piece(&left);
	wire_send(wire, MESSAGE_CHILD, &message);
	while (left.size > 0) {
		struct message_child_bytes more = { .lease = lease };

		more.content = cut_piece(&left);
		wire_send(wire, MESSAGE_CHILD_BYTES, &more);
	}
}

void
children_send(const struct children *children, struct wire *wire,
	      uint64_t lease)
{
	for (size_t i = 0; i < children->count; i++)
		send_child(&children->items[i], wire, lease);
}

void
children_fini(struct children *children)
{
	for (size_t i = 0; i < children->count; i++) {
		buffer_fini(&children->items[i].name);
		buffer_fini(&children->items[i].content);
	}
	free(children->items);
	*children = (struct children){ 0 };
}
