/* SPDX-License-Identifier: Apache-2.0 */
/*
 * owner.h - users that a list names
 */
#ifndef DAEMON_OWNER_H
#define DAEMON_OWNER_H

#include <sys/types.h>

#include "fault.h"

/*
 * The users of a blank-separated list of names or numbers, as the caller's
 * array; NULL is an empty list. Asks the system's list of users, which may
 * block. 0, or -EINVAL with a sentence.
 */
int owner_find(const char *list, uid_t **out_owners, size_t *out_count,
	       struct fault *fault);

#endif
