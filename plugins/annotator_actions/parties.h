/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parties.h - who is marked in a record, by place
 */
#ifndef ANNOTATOR_ACTIONS_PARTIES_H
#define ANNOTATOR_ACTIONS_PARTIES_H

#include <docket/annotator.h>

#include <stdbool.h>

#define PARTY_NAME 64

/* An organisation, an office or a country that the text names. */
struct party {
	uint32_t start; /* bytes into the text */
	uint32_t end;
	char id[PARTY_NAME]; /* the end of its IRI: un-sc */
};

struct parties {
	struct party *items; /* by start */
	size_t count;
};

void parties_read(struct parties *parties, const struct docket_job *job);
void parties_fini(struct parties *parties);

/* The first that begins at this offset or behind it, or NULL. */
const struct party *parties_from(const struct parties *parties,
				 uint32_t offset);
/* The last that ends at this offset or before it, or NULL. */
const struct party *parties_before(const struct parties *parties,
				   uint32_t offset);

#endif
