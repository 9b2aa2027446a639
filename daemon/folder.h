/* SPDX-License-Identifier: Apache-2.0 */
/*
 * folder.h - the state folder and its two locks
 *
 * `lock` says that a docketd runs on this state. `children.lock` is inherited
 * by every child: while any of them lives, even of a docketd that was killed,
 * no new docketd starts working.
 */
#ifndef DAEMON_FOLDER_H
#define DAEMON_FOLDER_H

#include "config.h"

struct folder {
	int state; /* descriptors; -1 when closed */
	int lock;
	int children;
};

/*
 * Make what is missing, take both locks. Waits up to 15 s for children of a
 * docketd that was killed. 0, or a negative errno with a sentence.
 */
int folder_open(struct folder *folder, const struct config *config,
		struct fault *fault);
void folder_close(struct folder *folder);

#endif
