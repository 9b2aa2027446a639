/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unpack.c - the members of an archive, one after the other, within limits
 *
 * Owns libarchive's reader and the bytes of one member. Only formats and
 * compressions that are read in this process are asked for: others would start
 * programs or open files. What a member's header says of its size is believed
 * by nobody: bytes are counted as they come. Running out of memory ends the
 * process.
 */
#include "unpack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <archive.h>
#include <archive_entry.h>

#define PIECE (256u << 10)

static int (*const formats[])(struct archive *) = {
	archive_read_support_format_zip,  archive_read_support_format_tar,
	archive_read_support_format_7zip, archive_read_support_format_cpio,
	archive_read_support_format_ar,
};

static int (*const filters[])(struct archive *) = {
	archive_read_support_filter_gzip,     archive_read_support_filter_bzip2,
	archive_read_support_filter_xz,	      archive_read_support_filter_lzma,
	archive_read_support_filter_lzip,     archive_read_support_filter_zstd,
	archive_read_support_filter_compress,
};

/* By name of the file, or of a folder on the way to it. */
static const char *const litter[] = {
	"__MACOSX",
	".DS_Store",
	"Thumbs.db",
	"desktop.ini",
};

/* ---- opening ---- */

static bool
support(struct archive *archive, bool may_be_single)
{
	int rc = ARCHIVE_OK;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		rc |= formats[i](archive);
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++)
		rc |= filters[i](archive);
	if (may_be_single)
		rc |= archive_read_support_format_raw(archive);
	return rc == ARCHIVE_OK;
}

bool
unpack_open(struct unpack *unpack, struct docket_bytes packed,
	    const char *single_name)
{
	*unpack = (struct unpack){
		.archive = archive_read_new(),
		.packed = packed,
		.single_name = single_name,
	};
	return unpack->archive &&
	       support(unpack->archive, single_name != NULL) &&
	       archive_read_open_memory(unpack->archive, packed.data,
					packed.size) == ARCHIVE_OK;
}

void
unpack_close(struct unpack *unpack)
{
	archive_read_free(unpack->archive);
	free(unpack->data);
	unpack->archive = NULL;
	unpack->data = NULL;
}

uint64_t
unpack_tell(const struct unpack *unpack)
{
	return (uint64_t)archive_filter_bytes(unpack->archive, -1);
}

/* ---- what a member is ---- */

static bool
is_litter(struct docket_bytes name)
{
	while (name.size) {
		const char *slash = memchr(name.data, '/', name.size);
		size_t size = slash ? (size_t)(slash - name.data) : name.size;

		for (size_t i = 0; i < sizeof(litter) / sizeof(litter[0]); i++)
			if (strlen(litter[i]) == size &&
			    memcmp(name.data, litter[i], size) == 0)
				return true;
		size += slash != NULL;
		name.data += size;
		name.size -= size;
	}
	return false;
}

static enum unpack_kind
judge(struct archive_entry *entry, struct docket_bytes name)
{
	mode_t type = archive_entry_filetype(entry);

	if (archive_entry_hardlink(entry) || type == AE_IFLNK)
		return UNPACK_LINK;
	if (type == AE_IFDIR)
		return UNPACK_FOLDER;
	if (type != AE_IFREG && type != 0)
		return UNPACK_DEVICE;
	return is_litter(name) ? UNPACK_LITTER : UNPACK_FILE;
}

/* As UTF-8 if it can be had so, else as it stands in the archive. */
static struct docket_bytes
name_member(const struct unpack *unpack, struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry);

	if (archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW)
		name = unpack->single_name;
	if (!name)
		name = archive_entry_pathname(entry);
	return (struct docket_bytes){ name, name ? strlen(name) : 0 };
}

/* ---- reading ---- */

static enum unpack_result
blame(struct unpack *unpack)
{
	const char *error = archive_error_string(unpack->archive);

	if (archive_read_has_encrypted_entries(unpack->archive) > 0)
		return UNPACK_ENCRYPTED;
	strncpy(unpack->error, error ? error : "it breaks off",
		sizeof(unpack->error) - 1);
	return UNPACK_DAMAGED;
}

static bool
is_too_much(const struct unpack *unpack)
{
	return unpack->total > UNPACK_BYTES_LIMIT ||
	       (unpack->total > UNPACK_RATIO_FLOOR &&
		unpack->total / UNPACK_RATIO_LIMIT > unpack->packed.size);
}

static void
reserve(struct unpack *unpack, size_t size)
{
	if (size <= unpack->capacity)
		return;
	unpack->capacity = size + size / 2;
	unpack->data = realloc(unpack->data, unpack->capacity);
	if (!unpack->data)
		abort();
}

/* All of the member at hand. */
static enum unpack_result
read_content(struct unpack *unpack, struct docket_bytes *out_content)
{
	size_t size = 0;
	la_ssize_t count;

	for (;;) {
		reserve(unpack, size + PIECE);
		count = archive_read_data(unpack->archive, unpack->data + size,
					  PIECE);
		if (count < 0)
			return blame(unpack);
		if (count == 0)
			break;
		size += (size_t)count;
		unpack->total += (uint64_t)count;
		if (is_too_much(unpack))
			return UNPACK_EXPANSION;
	}
	*out_content = (struct docket_bytes){ unpack->data, size };
	return UNPACK_MEMBER;
}

/* A file that no compression was found in is what it was, not a member. */
static bool
is_itself(const struct unpack *unpack)
{
	return archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW &&
	       archive_filter_count(unpack->archive) < 2;
}

/* One entry. UNPACK_MEMBER with an empty content: it is no document. */
static enum unpack_result
read_entry(struct unpack *unpack, struct unpack_member *member)
{
	struct archive_entry *entry;
	int rc = archive_read_next_header(unpack->archive, &entry);
	enum unpack_result result;
	enum unpack_kind kind;

	*member = (struct unpack_member){ 0 };
	if (rc == ARCHIVE_EOF)
		return UNPACK_END;
	if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
		return blame(unpack);
	if (is_itself(unpack))
		return UNPACK_DAMAGED;
	if (++unpack->entries > UNPACK_ENTRIES_LIMIT)
		return UNPACK_ENTRIES;
	if (archive_entry_is_encrypted(entry))
		return UNPACK_ENCRYPTED;
	member->name = name_member(unpack, entry);
	kind = judge(entry, member->name);
	result = kind == UNPACK_FILE ? read_content(unpack, &member->content)
				     : UNPACK_MEMBER;
	if (kind == UNPACK_FILE && !member->content.size)
		kind = UNPACK_EMPTY;
	unpack->counts[kind]++;
	return result;
}

enum unpack_result
unpack_next(struct unpack *unpack, struct unpack_member *out_member)
{
	enum unpack_result result;

	do
		result = read_entry(unpack, out_member);
	while (result == UNPACK_MEMBER && !out_member->content.size);
	return result;
}
