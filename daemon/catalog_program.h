/* SPDX-License-Identifier: Apache-2.0 */
/*
 * catalog_program.h - a program as an entry of the catalog
 */
#ifndef DAEMON_CATALOG_PROGRAM_H
#define DAEMON_CATALOG_PROGRAM_H

#include "catalog.h"

/* Does this section name a program? */
bool catalog_program_is(const struct config_plugin *plugin);

/*
 * What its section says, checked. 0, or -EINVAL with file:line and a sentence;
 * then the entry is as it was.
 */
int catalog_program_describe(const struct config *config,
			     const struct config_plugin *plugin,
			     struct catalog_plugin *out_entry,
			     struct fault *fault);

#endif
