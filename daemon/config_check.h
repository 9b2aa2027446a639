/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config_check.h - what no single line of docket.conf can tell is wrong
 */
#ifndef DAEMON_CONFIG_CHECK_H
#define DAEMON_CONFIG_CHECK_H

#include "config.h"

/*
 * 0, or -EINVAL with a sentence that names section and option, and before it
 * "file:line" where that is said in a file.
 */
int config_check(const struct config *config, struct fault *fault);

#endif
