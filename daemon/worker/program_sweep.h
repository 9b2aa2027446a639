/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_sweep.h - the end of a program and of all that it started
 */
#ifndef WORKER_PROGRAM_SWEEP_H
#define WORKER_PROGRAM_SWEEP_H

#include <stdbool.h>
#include <sys/types.h>

/* Once: whatever our children leave behind becomes our child. */
void program_sweep_open(void);

/*
 * Kill the process group, then whoever left it, and wait for all of them. We
 * must have no other children. False: after some seconds there still are some.
 */
bool program_sweep(pid_t group);

#endif
