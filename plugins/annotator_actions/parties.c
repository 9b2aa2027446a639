/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parties.c - who is marked in a record, by place
 *
 * Owns the list. Ends the process where memory runs out.
 */
#include "parties.h"

#include <stdlib.h>
#include <string.h>

static bool
is_party(const struct docket_mark *mark)
{
	return (mark->kind == DOCKET_MARK_ORGANISATION ||
		mark->kind == DOCKET_MARK_PLACE) &&
	       mark->uri.size > 0;
}

/* The last part of the IRI. */
static bool
put_id(struct docket_bytes uri, char *out)
{
	const char *slash = memrchr(uri.data, '/', uri.size);
	const char *start = slash ? slash + 1 : uri.data;
	size_t size = uri.size - (size_t)(start - uri.data);

	if (!size || size >= PARTY_NAME)
		return false;
	memcpy(out, start, size);
	out[size] = '\0';
	return true;
}

static int
compare(const void *left, const void *right)
{
	const struct party *a = left, *b = right;

	return a->start < b->start ? -1 : a->start > b->start;
}

void
parties_read(struct parties *parties, const struct docket_job *job)
{
	size_t marks = docket_job_marks(job);

	*parties = (struct parties){
		.items = calloc(marks ? marks : 1, sizeof(struct party)),
	};
	if (!parties->items)
		abort();
	for (size_t i = 0; i < marks; i++) {
		struct docket_mark mark = docket_job_mark(job, i);
		struct party *party = &parties->items[parties->count];

		if (!is_party(&mark) || !put_id(mark.uri, party->id))
			continue;
		party->start = mark.start;
		party->end = mark.end;
		parties->count++;
	}
	qsort(parties->items, parties->count, sizeof(struct party), compare);
}

void
parties_fini(struct parties *parties)
{
	free(parties->items);
	*parties = (struct parties){ 0 };
}

/* How many begin before the offset. */
static size_t
count_before(const struct parties *parties, uint32_t offset)
{
	size_t low = 0, high = parties->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (parties->items[middle].start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct party *
parties_from(const struct parties *parties, uint32_t offset)
{
	size_t index = count_before(parties, offset);

	return index < parties->count ? &parties->items[index] : NULL;
}

const struct party *
parties_before(const struct parties *parties, uint32_t offset)
{
	size_t index = count_before(parties, offset);

	/* Names do not overlap: the one before begins before and ends so. */
	if (!index || parties->items[index - 1].end > offset)
		return NULL;
	return &parties->items[index - 1];
}
