/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse_apart.h - a document that is parsed in a process of its own
 *
 * A copy of this process, as it was before its first document, does what is
 * dangerous and no more: it runs parsers over what strangers wrote. What comes
 * back is opened as a stranger's.
 */
#ifndef WORKER_PARSE_APART_H
#define WORKER_PARSE_APART_H

#include "allowance.h"
#include "apart.h"
#include "handover.h"
#include "parse.h"

struct parse_apart {
	const struct parsers *parsers;
	struct wire *wire; /* to docketd */
	struct apart apart;
	struct handover handover;
};

/*
 * Once, when all plugins are open. What it is given must stay where it is; where
 * it cannot be, the process ends.
 */
void parse_apart_open(struct parse_apart *parse, const struct parsers *parsers,
		      struct wire *wire);
void parse_apart_close(struct parse_apart *parse);

/*
 * As parse_document(), but where it is NULL and the outcome is OK the copy has
 * told docketd why. What is in the document the copy has sent. Its content is
 * that of the descriptor, unless that is -1. The copy's processor time is taken
 * from the allowance; and as the copy ends, so may this process.
 */
const struct plugin *parse_apart_document(struct parse_apart *parse,
					  const struct allowance *allowance,
					  struct docket_job *job, int content,
					  struct docket_bytes past,
					  struct outcome *out_outcome);

#endif
