/* SPDX-License-Identifier: Apache-2.0 */
/*
 * room.h - whether the disk of the state has room, and what is kept for need
 *
 * While less than the store's floor is free nothing new is taken in. The
 * ballast is a file of nothing, STATE/ballast: when the journal meets a full
 * disk all the same it is given back, so that what is under way can be
 * finished, and it is made again when there is room.
 */
#ifndef DAEMON_ROOM_H
#define DAEMON_ROOM_H

#include "store.h"

struct room {
	const struct store *store; /* borrowed */
	const char *path;	   /* borrowed: STATE, for the sentence */
	int folder;		   /* borrowed: STATE */
	uint64_t ballast_bytes;	   /* to be kept */
	uint64_t free_bytes;	   /* at the last look */
	bool has_ballast;
	bool is_full; /* the journal could not be written, and cannot yet */
};

/* No call here takes long: ballast is space without contents. */
void room_init(struct room *room, const struct store *store, int folder,
	       const char *path, uint64_t ballast_bytes);

/* Look, and make the ballast if there is room for it. Every second. */
void room_tend(struct room *room);

/* Give the ballast back; false: there was none. */
bool room_release(struct room *room);
/* The same before there is a room: STATE cannot even be opened. */
bool room_sacrifice(int folder);

/* Look: is nothing new to be taken in? */
bool room_is_short(struct room *room);

/* Append the sentence that says why. */
void room_put_reason(const struct room *room, struct buffer *out);

/* The ballast that goes with an option and a disk. */
uint64_t room_ballast(uint64_t wanted_bytes, uint64_t floor_bytes);

#endif
