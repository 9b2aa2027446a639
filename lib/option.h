/* SPDX-License-Identifier: Apache-2.0 */
/*
 * option.h - typed options from text, by table
 *
 * One mechanism for docketd's own sections and for plugins: a table of
 * struct docket_option says where a value goes and what it may be.
 */
#ifndef LIB_OPTION_H
#define LIB_OPTION_H

#include "fault.h"
#include "mem.h"

/* The row of that name, or NULL. table ends with .name = NULL. */
const struct docket_option *option_find(const struct docket_option *table,
					const char *name);

/*
 * Parse text into the member of target that option names. A string is
 * duplicated and belongs to target (option_fini). 0, or -EINVAL with a
 * sentence that says what would be right.
 */
int option_set(const struct docket_option *option, void *target,
	       const char *text, struct fault *fault);

/* Every row's fallback. The fallbacks must be valid: a bug otherwise. */
void option_set_fallbacks(const struct docket_option *table, void *target);

/* Free the strings. */
void option_fini(const struct docket_option *table, void *target);

/* Append the value as it would be written. */
void option_put(struct buffer *out, const struct docket_option *option,
		const void *target);

const char *option_type_name(enum docket_option_type type);

#endif
