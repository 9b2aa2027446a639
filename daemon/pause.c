/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pause.c - what becomes of a turn when the disk is full, and how it goes on
 *
 * Its facts were taken back and wait at the head of the queue. They are tried
 * again every second, fewer at a time, until all are written; meanwhile nothing
 * new is taken in or leased. Nothing here ends the process.
 */
#include <stdlib.h>

#include "house.h"
#include "log.h"
#include "notify.h"

/* One that brings bytes may find room later than those behind it. */
static void
put_back(struct house *house)
{
	struct fact *facts = take(house->commit.facts);

	if (facts->next == NULL &&
	    (facts->kind == FACT_TAKEN || facts->kind == FACT_READ))
		fact_put(&house->queue, facts);
	else
		fact_put_back(&house->queue, facts);
}

/*
 * Nothing of the transaction has happened. With the ballast given back it may
 * fit at once, and so may half of it; when not even one fact does, the next
 * tick tries again.
 */
void
pause_for_room(struct house *house)
{
	struct room *room = &house->room;
	size_t count = house->committing_count;

	if (!room->is_full)
		log_warning("the journal's disk is full");
	put_back(house);
	house->is_committing = false;
	house->committing_bytes = 0;
	if (room_release(room) || count > 1) {
		house->commit_limit =
			room->is_full && count > 1 ? count / 2 : count;
		fact_want_turn(&house->queue);
	} else {
		house->is_waiting_for_room = true;
	}
	room->is_full = true;
}

/* It was written: more at a time, until all that waited is. */
void
pause_end(struct house *house)
{
	if (!house->room.is_full)
		return;
	house->commit_limit *= 2;
	if (house->commit_limit < house->queue.count)
		return;
	house->commit_limit = SIZE_MAX;
	house->room.is_full = false;
	follow_wake(&house->follow, house->last_event);
}

/* Say once why nothing is taken in, and once that it goes on. */
static void
tell_of_room(struct house *house)
{
	auto_buffer struct buffer text = { 0 };
	bool is_paused = room_is_short(&house->room);

	if (is_paused == house->is_paused)
		return;
	house->is_paused = is_paused;
	buffer_put_string(&text, "STATUS=");
	if (is_paused)
		room_put_reason(&house->room, &text);
	else
		buffer_put_string(&text, "watching");
	if (is_paused)
		log_warning("%.*s", (int)text.size - 7, text.data + 7);
	else
		log_notice("there is room on the disk again");
	buffer_put(&text, "", 1);
	notify_systemd(text.data);
}

void
pause_tend(struct house *house)
{
	room_tend(&house->room);
	tell_of_room(house);
	if (house->is_waiting_for_room || intake_has_room(&house->intake))
		fact_want_turn(&house->queue);
	house->is_waiting_for_room = false;
}
