/* SPDX-License-Identifier: Apache-2.0 */
/*
 * owner.c - users that a list names
 *
 * Reads the system's list of users. Never ends the process.
 */
#include "owner.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* A number, or a name: which never begins with a digit. */
static int
find_user(const char *word, uid_t *out_user)
{
	char *end;
	unsigned long number = strtoul(word, &end, 10);
	const struct passwd *user;

	if (*word >= '0' && *word <= '9' && *end == '\0' &&
	    number < (uid_t)-1) {
		*out_user = (uid_t)number;
		return 0;
	}
	user = getpwnam(word);
	if (user == NULL)
		return -EINVAL;
	*out_user = user->pw_uid;
	return 0;
}

int
owner_find(const char *list, uid_t **out_owners, size_t *out_count,
	   struct fault *fault)
{
	auto_free char *words = mem_dup_string(list != NULL ? list : "");
	size_t count = 0, capacity = 0;
	uid_t *owners = NULL;
	char *rest, *word;

	for (word = strtok_r(words, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest)) {
		owners = mem_grow_array(owners, count, &capacity,
					sizeof(*owners));
		if (find_user(word, &owners[count++]) == 0)
			continue;
		free(owners);
		return fault_set(fault, -EINVAL,
				 "there is no user \"%s\"; say names or "
				 "numbers of users, separated by blanks",
				 word);
	}
	*out_owners = owners;
	*out_count = count;
	return 0;
}
