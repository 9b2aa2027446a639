/* SPDX-License-Identifier: Apache-2.0 */
/*
 * finds.c - marks that were found, until they may be put
 *
 * Owns them. Ends the process where memory runs out.
 */
#include "finds.h"

#include <stdlib.h>
#include <string.h>

void
finds_fini(struct finds *finds)
{
	free(finds->items);
	free(finds->strings);
	*finds = (struct finds){ 0 };
}

static uint32_t
keep(struct finds *finds, const char *string)
{
	size_t size = strlen(string) + 1;
	size_t at = finds->size;

	if (finds->strings_room - at < size) {
		finds->strings_room = finds->strings_room * 2 + size + 1024;
		finds->strings = realloc(finds->strings, finds->strings_room);
		if (!finds->strings)
			abort();
	}
	memcpy(finds->strings + at, string, size);
	finds->size += size;
	return (uint32_t)at;
}

void
finds_add(struct finds *finds, uint32_t start, uint32_t end,
	  enum docket_mark_kind kind, const char *value, const char *uri)
{
	if (finds->count == FINDS_LIMIT) {
		finds->is_full = true;
		return;
	}
	if (finds->count == finds->room) {
		finds->room = finds->room ? finds->room * 2 : 64;
		finds->items = reallocarray(finds->items, finds->room,
					    sizeof(struct find));
		if (!finds->items)
			abort();
	}
	finds->items[finds->count++] = (struct find){
		.start = start,
		.end = end,
		.kind = kind,
		.value = keep(finds, value),
		.uri = keep(finds, uri ? uri : ""),
	};
}

static struct docket_bytes
bytes_at(const struct finds *finds, uint32_t at)
{
	const char *string = finds_string(finds, at);

	return (struct docket_bytes){ string, strlen(string) };
}

void
finds_put(const struct finds *finds, struct docket_job *job)
{
	static const char warning[] =
		"It names more than is marked: the first 100,000 are.";

	for (size_t i = 0; i < finds->count; i++) {
		const struct find *find = &finds->items[i];
		const struct docket_mark mark = {
			.start = find->start,
			.end = find->end,
			.kind = find->kind,
			.value = bytes_at(finds, find->value),
			.uri = bytes_at(finds, find->uri),
		};

		docket_put_mark(job, &mark);
	}
	if (finds->is_full)
		docket_put_field(
			job, DOCKET_FIELD_WARNING,
			(struct docket_bytes){ warning, sizeof(warning) - 1 });
}
