/* SPDX-License-Identifier: Apache-2.0 */
/*
 * package.h - the parts of a document that is a ZIP file
 */
#ifndef PARSER_OFFICE_PACKAGE_H
#define PARSER_OFFICE_PACKAGE_H

#include <docket/plugin.h>

#include <stdbool.h>

#include "refusal.h"

struct package_part {
	char *name;
	char *data;
	size_t size;
	bool is_taken;
};

/* A zeroed one has no parts. */
struct package {
	struct package_part *parts;
	size_t count;
	size_t capacity;
	uint64_t unpacked; /* bytes, of all parts */
	bool has_macros;
	size_t foreign; /* embedded objects that no other program reads */
};

/* Unpack what may matter of bytes. False: refused. */
bool package_open(struct package *package, struct docket_bytes bytes,
		  struct refusal *refusal);
void package_close(struct package *package);

/* Add a part, copied; for those that come from elsewhere. */
void package_add(struct package *package, const char *name,
		 struct docket_bytes content);

/* The first part of that name; data is NULL where there is none. Lent. */
struct docket_bytes package_find(const struct package *package,
				 struct docket_bytes name);

/* True once for each part that there is: a part that is to be read once. */
bool package_take(struct package *package, struct docket_bytes name);

/* Is it something that was embedded, to be handed on as it is? */
bool package_is_embedded(const struct package_part *part);

#endif
