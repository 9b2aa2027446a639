/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clean.c - a piece of the text as the value of a field
 *
 * Out of memory ends the process.
 */
#include "clean.h"

#include <stdlib.h>
#include <string.h>

#include "glyph.h"

static bool
is_superscript(int32_t c)
{
	return c == 0xb9 || c == 0xb2 || c == 0xb3 ||
	       (c >= 0x2070 && c <= 0x2079);
}

void
clean_put_field(struct docket_job *job, enum docket_field field,
		struct docket_bytes value)
{
	char *clean = malloc(value.size + 1);
	size_t size = 0;

	if (!clean)
		abort();
	for (size_t at = 0; at < value.size;) {
		size_t start = at;
		int32_t c = glyph_next(value, &at);

		if (c == '*' || is_superscript(c))
			continue;
		if (c == ' ' || c == '\n') {
			if (size && clean[size - 1] != ' ')
				clean[size++] = ' ';
			continue;
		}
		memcpy(clean + size, value.data + start, at - start);
		size += at - start;
	}
	while (size && strchr(" ,", clean[size - 1]))
		size--;
	if (size)
		docket_put_field(job, field,
				 (struct docket_bytes){ clean, size });
	free(clean);
}
