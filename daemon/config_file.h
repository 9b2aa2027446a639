/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config_file.h - the lines of docket.conf and conf.d, one at a time
 */
#ifndef DAEMON_CONFIG_FILE_H
#define DAEMON_CONFIG_FILE_H

#include "config.h"

/* Lent during the call, but for the place, which is the configuration's. */
struct config_line {
	const char *place; /* "file:line" */
	const char *section;
	const char *key;
	const char *value;
};

/* Read everything that request names. As config_load(). */
int config_file_read(struct config *config,
		     const struct config_request *request, struct fault *fault);

/* ---- config.c's side ---- */

/* A section begins. 0, or -EINVAL with a sentence without the place. */
int config_take_section(struct config *config, const struct config_line *line,
			struct fault *fault);
/* An option of the section that began last. */
int config_take_line(struct config *config, const struct config_line *line,
		     struct fault *fault);

#endif
