/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tiff.c - how many pages a TIFF has
 *
 * Pure. Each page has a directory that says where the next one is. Libraries
 * count those that they find and say nothing where the file breaks off; a page
 * that is missing must be noticed. Owns and ends nothing.
 */
#include "tiff.h"

#include <stdbool.h>

#define HEADER_SIZE 8
#define ENTRY_SIZE 12

/* A number of so many bytes; the caller has checked that they are there. */
static uint32_t
read_number(struct docket_bytes bytes, size_t at, size_t size)
{
	bool is_little = bytes.data[0] == 'I';
	uint32_t number = 0;

	for (size_t i = 0; i < size; i++) {
		size_t place = is_little ? size - 1 - i : i;

		number = number << 8 | (unsigned char)bytes.data[at + place];
	}
	return number;
}

/* Where the directory behind this one is. false: this one is not whole. */
static bool
find_next(struct docket_bytes bytes, uint32_t at, uint32_t *out_next)
{
	uint64_t end = (uint64_t)at + 2;

	if (at < HEADER_SIZE || end > bytes.size)
		return false;
	end += (uint64_t)read_number(bytes, at, 2) * ENTRY_SIZE;
	if (end + 4 > bytes.size)
		return false;
	*out_next = read_number(bytes, (size_t)end, 4);
	return true;
}

uint32_t
tiff_count_pages(struct docket_bytes bytes, uint32_t limit)
{
	uint32_t count = 0;
	uint32_t at;

	if (bytes.size < HEADER_SIZE)
		return 0;
	at = read_number(bytes, 4, 4);
	do {
		if (!find_next(bytes, at, &at))
			return 0;
		count++;
	} while (at && count <= limit);
	return count;
}
