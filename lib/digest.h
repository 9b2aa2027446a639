/* SPDX-License-Identifier: Apache-2.0 */
/*
 * digest.h - SHA-256, the name of every blob (FIPS 180-4)
 */
#ifndef LIB_DIGEST_H
#define LIB_DIGEST_H

#include "mem.h"

struct digest {
	uint8_t bytes[32];
};

/* "sha256:" and 64 hex digits and NUL */
#define DIGEST_TEXT_SIZE 72

struct digest_state; /* heap; one computation */

struct digest_state *digest_new(void);
void digest_add(struct digest_state *state, const void *data, size_t size);
/* Takes state. */
struct digest digest_finish(struct digest_state *state);
struct digest_state *digest_free(struct digest_state *state);

struct digest digest_of(struct docket_bytes bytes);

/* Writes "sha256:..." of DIGEST_TEXT_SIZE bytes; returns out. */
char *digest_format(const struct digest *digest, char *out);

/* With or without "sha256:". 0, or -EINVAL. */
int digest_parse(const char *text, struct digest *out_digest);

bool digest_equal(const struct digest *a, const struct digest *b);

/* All zeros: the digest of nothing that anybody knows, so "unknown". */
bool digest_is_zero(const struct digest *digest);

#endif
