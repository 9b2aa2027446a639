/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_plugin.h - the plugins that run programs: a parser and a notifier
 *
 * They are hosted like any other plugin, but come with docket-worker and not
 * from a file. Each instance has the name, the types and the topics that the
 * configuration gives its program; docs/exec-plugins.md is the contract.
 */
#ifndef WORKER_PROGRAM_PLUGIN_H
#define WORKER_PROGRAM_PLUGIN_H

#include "load.h"

/* What they were built with, and the one that a role hosts; NULL: none. */
extern const struct docket_abi program_plugin_stamp;
const struct docket_plugin *program_plugin_of(enum message_role role);

/*
 * Once it is prepared: have it declare what its options say. When the socket
 * ends nobody waits for its programs any more.
 */
void program_plugin_declare(struct plugin *plugin, int socket);

#endif
