/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim_private.h - what claim.c, claim_copy.c and claim_clear.c share
 */
#ifndef DAEMON_CLAIM_PRIVATE_H
#define DAEMON_CLAIM_PRIVATE_H

#include <sys/stat.h>

#include "claim.h"

/* So much of a file is read at a time. */
#define CLAIM_CHUNK (128u << 10)

/* How it went, and the negative errno behind that or 0. */
void claim_fail(struct claim *claim, enum claim_result result, int error);

/* What fstat() says of it now is what a later look is compared with. */
void claim_remember(struct claim *claim, const struct stat *meta);
bool claim_is_same_content(const struct claim *claim, const struct stat *meta);
/* Not even its name or its mode was changed. */
bool claim_is_as_remembered(const struct claim *claim, const struct stat *meta);
/* Its times say that it was touched: do its bytes say so too? Or -errno. */
int claim_has_other_bytes(const struct claim *claim);

/*
 * Where it is now: a folder of the inbox, or a lane. A descriptor, or -errno;
 * out_leaf lends from the claim.
 */
int claim_open_place(const struct claim *claim, const char **out_leaf);
/* Does that -errno say that there is no such file any more? */
bool claim_is_gone(int error);

#endif
