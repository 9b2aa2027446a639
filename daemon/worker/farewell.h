/* SPDX-License-Identifier: Apache-2.0 */
/*
 * farewell.h - the last word of a worker that a plugin takes down
 *
 * While a callback of a plugin runs, whatever signal ends the process (and
 * exit(), too) sends MESSAGE_DYING first, so that docketd knows the culprit.
 * docketd may ask for it with SIGTERM before it kills what is overdue.
 */
#ifndef WORKER_FAREWELL_H
#define WORKER_FAREWELL_H

#include <stdint.h>

/* Begin to watch. Without this call arming does nothing. */
void farewell_open(int socket);

/* What is worked on from here: a lease, a sequence, or 0. */
void farewell_set_lease(uint64_t lease);

/*
 * Around a callback; and the other way round around everything that sends
 * from within one, or the last word would stand in the middle of a frame.
 */
void farewell_arm(const char *plugin);
void farewell_disarm(void);

#endif
