/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff_ole.c - what an OLE file is, from the names of its streams
 *
 * Its directory is a run of entries of 128 bytes: a name in UTF-16, its length,
 * a kind. Names are searched for and believed where the rest of an entry fits;
 * so a text that speaks of a workbook is none. Reads strangers' bytes: each
 * offset is checked. Owns and ends nothing.
 */
#include <endian.h>
#include <string.h>

#include "sniff.h"

#define NAME_SIZE 64 /* of an entry; then its length, then its kind */
#define ENTRY_SIZE 128
/* What is looked at of the directory, and else of both ends. */
#define DIRECTORY_LIMIT (64u << 10)
#define ENDS_LIMIT (1u << 20)

struct stream {
	const char *name; /* ASCII */
	const char *type;
};

/* The first row that is there counts. */
static const struct stream streams[] = {
	{ "WordDocument", "application/msword" },
	{ "Workbook", "application/vnd.ms-excel" },
	{ "Book", "application/vnd.ms-excel" },
	{ "PowerPoint Document", "application/vnd.ms-powerpoint" },
	{ "__substg1.0_1000001F", "application/vnd.ms-outlook" },
	{ "__substg1.0_1000001E", "application/vnd.ms-outlook" },
	{ "__properties_version1.0", "application/vnd.ms-outlook" },
	{ "Quill", "application/x-mspublisher" },
	{ "VisioDocument", "application/vnd.visio" },
	{ "MatOST", "application/vnd.ms-works" },
	{ "HwpSummaryInformation", "application/x-hwp" },
	{ "\5HwpSummaryInformation", "application/x-hwp" },
};

static size_t
put_name(const char *name, char out[NAME_SIZE])
{
	size_t size = 0;

	for (; *name && size < NAME_SIZE - 2; name++) {
		out[size++] = *name;
		out[size++] = '\0';
	}
	return size;
}

/* Is it the name of an entry: nothing behind it, its length, a kind? */
static bool
is_entry(struct docket_bytes bytes, size_t at, size_t size)
{
	uint16_t length;

	if (bytes.size - at < ENTRY_SIZE)
		return false;
	memcpy(&length, bytes.data + at + NAME_SIZE, sizeof(length));
	return le16toh(length) == size + 2 && bytes.data[at + size] == '\0' &&
	       bytes.data[at + size + 1] == '\0' &&
	       (bytes.data[at + NAME_SIZE + 2] == 1 ||
		bytes.data[at + NAME_SIZE + 2] == 2);
}

static bool
has_stream(struct docket_bytes bytes, const char *name)
{
	char mark[NAME_SIZE];
	size_t size = put_name(name, mark);
	size_t from = 0;

	while (from < bytes.size) {
		const char *found = memmem(bytes.data + from, bytes.size - from,
					   mark, size);

		if (!found)
			break;
		from = (size_t)(found - bytes.data);
		if (is_entry(bytes, from, size))
			return true;
		from += size;
	}
	return false;
}

static const char *
find_type(struct docket_bytes bytes)
{
	for (size_t i = 0; i < ARRAY_SIZE(streams); i++)
		if (has_stream(bytes, streams[i].name))
			return streams[i].type;
	return NULL;
}

/* As much of it as there is, from one place on. */
static struct docket_bytes
slice(struct docket_bytes bytes, size_t at, size_t limit)
{
	size_t left = at < bytes.size ? bytes.size - at : 0;

	return (struct docket_bytes){ bytes.data + (left ? at : 0),
				      left < limit ? left : limit };
}

/* Where the header says that the directory begins. */
static struct docket_bytes
find_directory(struct docket_bytes bytes)
{
	uint16_t shift;
	uint32_t sector;

	if (bytes.size < 512)
		return (struct docket_bytes){ bytes.data, 0 };
	memcpy(&shift, bytes.data + 30, sizeof(shift));
	memcpy(&sector, bytes.data + 48, sizeof(sector));
	return slice(bytes,
		     ((size_t)le32toh(sector) + 1) << (le16toh(shift) & 15),
		     DIRECTORY_LIMIT);
}

const char *
sniff_ole_type(struct docket_bytes bytes)
{
	const char *type = find_type(find_directory(bytes));

	if (!type)
		type = find_type(slice(bytes, 0, ENDS_LIMIT));
	if (!type && bytes.size > ENDS_LIMIT)
		type = find_type(
			slice(bytes, bytes.size - ENDS_LIMIT, ENDS_LIMIT));
	return type;
}
