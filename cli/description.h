/* SPDX-License-Identifier: Apache-2.0 */
/*
 * description.h - what a plugin's file declares, learnt without loading it
 *
 * docket-worker --describe loads it; what it does while it is loaded it does
 * there.
 */
#ifndef CLI_DESCRIPTION_H
#define CLI_DESCRIPTION_H

#include "fault.h"
#include "message.h"

struct description {
	struct message_description about; /* lends from the frames */
	struct message_described_option *options;
	size_t option_count;
	size_t option_capacity;
	struct buffer frames;
};

/*
 * Describe one file. 0; 1 with the exact reason if it is refused; 70 or 78 with
 * a sentence if there is no docket-worker that answers. Says nothing itself.
 */
int description_read(const char *path, struct description *out_description,
		     struct fault *fault);
void description_fini(struct description *description);

/* "parser" ...; NULL for what is no kind. */
const char *description_kind_name(uint32_t kind);

/*
 * "network" ... of the needs, "tokens" of the wants: the name of the index-th
 * bit that is set in mask. NULL past the last.
 */
const char *description_need_name(uint32_t mask, size_t index);
const char *description_want_name(uint32_t mask, size_t index);

/* Lines (media types, topics) taken one by one; false past the last. */
bool description_next_line(struct docket_bytes *lines,
			   struct docket_bytes *out_line);

#endif
