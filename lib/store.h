/* SPDX-License-Identifier: Apache-2.0 */
/*
 * store.h - content-addressed bytes, immutable once they are there
 *
 * Small ones (STORE_SMALL_LIMIT) are rows of the journal's pack table and
 * become durable with the transaction that names them: pack.h. Large ones are
 * files STATE/store/ab/cdef..., 0400, made durable here before anybody names
 * them.
 * Functions of this file may block and may be called from any thread.
 */
#ifndef LIB_STORE_H
#define LIB_STORE_H

#include "digest.h"
#include "fault.h"

/* Where files begin; docs/decisions/0003-one-database.md has the figures. */
#define STORE_SMALL_LIMIT (256u << 10)

struct store {
	int folder;	      /* -1 when closed */
	uint64_t floor_bytes; /* free, below which nothing new is taken in */
};

/* Open STATE/store, making it where it is missing. */
int store_open(int state_folder, struct store *out_store, struct fault *fault);
void store_close(struct store *store);

/*
 * What is to stay free on a file system of so many bytes: enough for whatever
 * is under way to be finished, and no more than an eighth of a small disk.
 */
uint64_t store_floor(uint64_t total_bytes);

/*
 * Would bytes of that size, and the record of as many that reading them may
 * produce, leave the floor free? true where the file system does not say.
 */
bool store_has_room(const struct store *store, uint64_t size);
/* What is free now; UINT64_MAX where the file system does not say. */
uint64_t store_free_bytes(const struct store *store);

/* A large one being written, under a name that recovery sweeps. */
struct store_writer {
	const struct store *store; /* borrowed */
	int fd;
	struct digest_state *digest;
	uint64_t size;
	char name[40];
};

/* 0 or a negative errno; -ENOSPC leaves nothing behind. */
int store_begin(const struct store *store, struct store_writer *out_writer);
int store_write(struct store_writer *writer, const void *data, size_t size);
/* Sync, name and sync the folder. Present already: fine, nothing is kept twice. */
int store_finish(struct store_writer *writer, struct digest *out_digest);
void store_abort(struct store_writer *writer);

/* A read-only descriptor, or -ENOENT. */
int store_read(const struct store *store, const struct digest *digest);

/* Is it there? */
bool store_has(const struct store *store, const struct digest *digest);

/* Remove one. 0, also if there is none, or a negative errno. */
int store_remove(const struct store *store, const struct digest *digest);

/* Remove what a crash left half-written. */
int store_sweep(const struct store *store);

#endif
