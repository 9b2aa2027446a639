/* SPDX-License-Identifier: Apache-2.0 */
/*
 * warnings.c - what was left out of a document, said in its record
 *
 * Owns and ends nothing.
 */
#include "warnings.h"

#include <stdio.h>

#define SENTENCE_LIMIT 256

void
warnings_put(struct docket_job *job, size_t count, const char *one,
	     const char *several)
{
	char sentence[SENTENCE_LIMIT];
	int size;

	if (!count)
		return;
	if (count == 1)
		size = snprintf(sentence, sizeof(sentence), "%s", one);
	else
		size = snprintf(sentence, sizeof(sentence), "It has %zu %s",
				count, several);
	if (size >= (int)sizeof(sentence))
		size = sizeof(sentence) - 1;
	docket_put_field(job, DOCKET_FIELD_WARNING,
			 (struct docket_bytes){ sentence, (size_t)size });
}
