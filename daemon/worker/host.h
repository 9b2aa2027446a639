/* SPDX-License-Identifier: Apache-2.0 */
/*
 * host.h - what a plugin may ask of the process it is in
 *
 * docket_log(), docket_data_folder() and docket_state_folder() carry nothing
 * that says who calls; so the process remembers whose callback runs.
 */
#ifndef WORKER_HOST_H
#define WORKER_HOST_H

#include <docket/plugin.h>

/* The folders, borrowed for the life of the process; "" where there is none. */
void host_open(const char *data_folder, const char *state_folder);

/* Around every call of a callback. The name is borrowed until the pair. */
void host_enter(const char *plugin);
void host_leave(void);

/* "ok", "skip" ...; "an unknown status" for what is none. */
const char *host_status_name(unsigned status);

#endif
