/* SPDX-License-Identifier: Apache-2.0 */
/*
 * members.c - what a reader takes out of a document, on its way to the journal
 *
 * Owns the facts of members until they are given away, and the file that is
 * being written. Small ones are held until they make HELD_LIMIT; what is over
 * that, and each large one, becomes a file of the store at once. That there is
 * no room for it is told by `error`; when the store fails otherwise the process
 * ends with exit 74, as it does for claims.
 */
#include "members.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "log.h"

/* Of one document. As rows of the pack they cost no file and no sync. */
#define HELD_LIMIT (4u << 20)
_Static_assert(STORE_SMALL_LIMIT <= MESSAGE_INLINE_LIMIT,
	       "what is small comes in one piece");

void
members_init(struct members *members, uv_loop_t *loop,
	     const struct store *store,
	     void (*on_taken)(struct members *members))
{
	*members = (struct members){
		.loop = loop,
		.store = store,
		.on_taken = on_taken,
	};
	members->end = &members->first;
}

/* ---- on libuv's pool ---- */

static int
begin_file(struct members *members)
{
	int status;

	if (!store_has_room(members->store, members->last->arrival.size))
		return -ENOSPC;
	status = store_begin(members->store, &members->writer);
	members->is_writing = status == 0;
	return status;
}

static void
abort_file(struct members *members)
{
	if (members->is_writing)
		store_abort(&members->writer);
	members->is_writing = false;
}

static int
write_piece(struct members *members)
{
	struct docket_bytes piece = buffer_bytes(&members->piece);
	int status = 0;

	if (!members->is_writing)
		status = begin_file(members);
	if (status == 0)
		status = store_write(&members->writer, piece.data, piece.size);
	if (status == 0 && members->missing == 0) {
		members->is_writing = false;
		status = store_finish(&members->writer,
				      &members->last->arrival.digest);
	}
	if (status < 0)
		abort_file(members);
	return status;
}

static void
hold_piece(struct members *members)
{
	struct fact *fact = members->last;

	fact->content = members->piece;
	members->piece = (struct buffer){ 0 };
	fact->arrival.digest = digest_of(buffer_bytes(&fact->content));
}

static void
on_work(uv_work_t *work)
{
	struct members *members = container_of(work, struct members, work);

	if (members->last->is_stored)
		members->error = write_piece(members);
	else
		hold_piece(members);
}

/* ---- on the loop ---- */

/* Will it do at another time? A full disk, no descriptor left. */
static bool
is_passing(int error)
{
	return error == -ENOSPC || error == -EDQUOT || error == -EMFILE ||
	       error == -ENFILE || error == -ENOMEM;
}

/* What failed was not the document but what is ours. */
static void
check_store(int error)
{
	if (error == 0 || is_passing(error))
		return;
	log_error("store: %s; docketd ends, so that a fresh start recovers "
		  "from disk",
		  strerror(-error));
	_exit(FAULT_EXIT_IO);
}

/* It did not come to its end, and is none. */
static void
drop_last(struct members *members)
{
	struct fact **at = &members->first;

	while (*at != members->last)
		at = &(*at)->next;
	*at = NULL;
	members->end = at;
	members->last = fact_free(members->last);
}

static void
on_worked(uv_work_t *work, int status)
{
	struct members *members = container_of(work, struct members, work);

	(void)status;
	members->is_busy = false;
	buffer_fini(&members->piece);
	check_store(members->error);
	if (members->error < 0)
		drop_last(members);
	members->on_taken(members);
}

/* Have it put where it belongs; after an error it belongs nowhere. */
static int
take_piece(struct members *members, struct docket_bytes piece)
{
	members->missing -= piece.size;
	if (members->error < 0)
		return 0;
	buffer_put_bytes(&members->piece, piece);
	members->is_busy = true;
	uv_queue_work(members->loop, &members->work, on_work, on_worked);
	return 1;
}

/* A small one comes in one piece; it is held while there is room. */
static void
add_fact(struct members *members, const struct message_child *child)
{
	struct fact *fact = fact_new(FACT_TAKEN);

	fact->arrival.origin = ORIGIN_CHILD;
	fact->arrival.name = fact_keep(fact, child->name);
	fact->arrival.size = child->size;
	fact->is_stored = child->size > STORE_SMALL_LIMIT ||
			  child->size > HELD_LIMIT - members->held_bytes;
	if (!fact->is_stored)
		members->held_bytes += child->size;
	members->last = fact;
	*members->end = fact;
	members->end = &fact->next;
}

/* A reader checks all of this; one that was taken over may not. */
static bool
is_sound(const struct members *members, const struct message_child *child)
{
	uint64_t first = child->size < MESSAGE_INLINE_LIMIT
				 ? child->size
				 : MESSAGE_INLINE_LIMIT;

	return members->missing == 0 &&
	       (members->count == 0 || child->lease == members->lease) &&
	       members->count < MESSAGE_CHILDREN_LIMIT &&
	       child->size <= MESSAGE_CHILDREN_BYTES_LIMIT - members->bytes &&
	       child->content.size == first && child->name.size > 0 &&
	       child->name.size <= MESSAGE_CHILD_NAME_LIMIT &&
	       memchr(child->name.data, '\0', child->name.size) == NULL;
}

int
members_take(struct members *members, const struct message_child *child)
{
	if (!is_sound(members, child))
		return -EPROTO;
	members->lease = child->lease;
	members->count++;
	members->bytes += child->size;
	members->missing = child->size;
	if (members->error == 0)
		add_fact(members, child);
	return take_piece(members, child->content);
}

int
members_take_more(struct members *members,
		  const struct message_child_bytes *more)
{
	if (more->lease != members->lease || more->content.size == 0 ||
	    more->content.size > members->missing)
		return -EPROTO;
	return take_piece(members, more->content);
}

bool
members_are_whole(const struct members *members)
{
	return members->missing == 0;
}

/* ---- where they end ---- */

void
members_give(struct members *members, struct fact *parent)
{
	if (members->missing > 0 && members->error == 0) {
		abort_file(members);
		drop_last(members);
	}
	parent->members = members->first;
	members_init(members, members->loop, members->store, members->on_taken);
}

void
members_fini(struct members *members)
{
	struct fact rest = { 0 };

	members_give(members, &rest);
	fact_free_all(rest.members);
}
