/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lines.c - headers and footers: lines that are no prose
 *
 * Pages and sections repeat them; the first of equal ones is put. Running out
 * of memory ends the process.
 */
#include "lines.h"

#include "names.h"

static void
put_line(struct docket_job *job, struct docket_bytes line)
{
	const struct docket_block block = { .kind = DOCKET_BLOCK_LINE };

	docket_open_block(job, &block);
	docket_put_text(job, line);
	docket_close_block(job);
}

/* The line at *at, and *at behind it. */
static struct docket_bytes
read_line(const struct text *lines, size_t *at)
{
	const char *start = lines->data + *at;
	const char *end = memchr(start, '\n', lines->size - *at);
	size_t size = end ? (size_t)(end - start) : lines->size - *at;

	*at += size + 1;
	return (struct docket_bytes){ start, size };
}

void
lines_put(struct docket_job *job, const struct text *lines)
{
	struct names seen = { 0 };
	uint32_t number = 0;

	for (size_t at = 0; at < lines->size;)
		names_put(&seen, read_line(lines, &at), number++);
	number = 0;
	for (size_t at = 0; at < lines->size; number++) {
		struct docket_bytes line = read_line(lines, &at);

		if (line.size && names_find(&seen, line) == number)
			put_line(job, line);
	}
	names_fini(&seen);
}
