/* SPDX-License-Identifier: Apache-2.0 */
/*
 * relations.h - what a part of an OOXML package refers to
 */
#ifndef PARSER_OFFICE_RELATIONS_H
#define PARSER_OFFICE_RELATIONS_H

#include "names.h"
#include "package.h"

struct relation {
	size_t id;
	size_t id_size;
	size_t type; /* in the strings: the last word of its address */
	size_t type_size;
	size_t target; /* the part's name, or an address elsewhere */
	size_t target_size;
	bool is_external;
};

struct relations {
	struct relation *items;
	size_t count;
	size_t capacity;
	struct text strings;
	struct names ids;
	struct docket_bytes source; /* while reading: the part, lent */
};

/* Read those of a part ("" is the package). False: refused. */
bool relations_read(struct relations *relations, const struct package *package,
		    struct docket_bytes part, struct refusal *refusal);
void relations_fini(struct relations *relations);

/* The one with an id, or NULL. */
const struct relation *relations_find(struct relations *relations,
				      struct docket_bytes id);
/* The next one of a type, from *at on, or NULL. */
const struct relation *relations_next(const struct relations *relations,
				      const char *type, size_t *at);

static inline struct docket_bytes
relations_target(const struct relations *relations,
		 const struct relation *relation)
{
	return text_slice(&relations->strings, relation->target,
			  relation->target_size);
}

#endif
