/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_frozen.c - an annotator of version 1: every function of theirs
 */
#include <stdio.h>
#include <string.h>

#include "abi_1_host.h"

/* The title says what it saw; the first word of each block is marked. */
static enum abi1_status
frozen_annotate(void *self, struct abi1_job *job)
{
	struct abi1_bytes text = docket_job_text(job);
	struct abi1_bytes type =
		docket_job_field(job, ABI1_FIELD_MEDIA_TYPE, 0);
	char title[100];
	int size;

	(void)self;
	size = snprintf(title, sizeof(title), "%zu bytes of %.*s, %zu blocks",
			text.size, (int)type.size, type.data,
			docket_job_blocks(job));
	docket_put_field(job, ABI1_FIELD_TITLE,
			 (struct abi1_bytes){ title, (size_t)size });
	for (size_t i = 0; i < docket_job_blocks(job); i++) {
		struct abi1_block block = docket_job_block(job, i);
		const struct abi1_mark mark = {
			.start = block.start,
			.end = block.start + 1,
			.kind = ABI1_MARK_ACTION,
			.value = { "begins", 6 },
		};

		docket_put_mark(job, &mark);
		docket_set_block_language(job, i, "la");
	}
	return ABI1_OK;
}

static const struct abi1_annotator annotator = { frozen_annotate, 99 };

ABI1_PLUGIN(112, 56, 0, 16, 0, 0) = {
	.name = "frozen",
	.annotator = &annotator,
};
