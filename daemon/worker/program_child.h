/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_child.h - from a copy of this process to the program
 */
#ifndef WORKER_PROGRAM_CHILD_H
#define WORKER_PROGRAM_CHILD_H

#include <sys/types.h>

#include "program_run.h"

/*
 * The limit of RLIMIT_NPROC, which counts all threads of the user: so many more
 * than there are now. 0, no limit, where they cannot be counted.
 */
uint64_t program_child_count(uint64_t more);

/*
 * In the child, with all signals blocked: ends become descriptors 0 1 2, and
 * the process the program. A step that fails is told on descriptor 2 and ends
 * the process with 127.
 */
_Noreturn void program_child_become(const struct program_order *order,
				    const int ends[3], uint64_t processes,
				    pid_t parent);

#endif
