/* SPDX-License-Identifier: Apache-2.0 */
/*
 * package.c - the parts of a document that is a ZIP file
 *
 * Owns the parts that it unpacks, in memory; nothing is ever written. One pass
 * over the archive: what cannot matter for a text (pictures, fonts, themes) is
 * stepped over. What is unpacked is counted by the bytes that come out, so
 * that members which overlap, or lie about their sizes, are bounded as others.
 * Running out of memory ends the process.
 */
#include "package.h"

#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "array.h"
#include "text.h"

#define LISTED_LIMIT 10000 /* members that are looked at by name */
#define READ_LIMIT 1000	   /* members that are unpacked */
#define UNPACKED_LIMIT (UINT64_C(256) << 20)
/* So many times the document's size, where that is more than a little. */
#define RATIO_LIMIT 100
#define RATIO_FLOOR (UINT64_C(1) << 20)
#define NAME_LIMIT 512

#define MACROS "word/vbaProject.bin"

static const char *const embedded_folders[] = { "word/embeddings/" };

/* Parts that are XML and no text of the document. */
static const char *const dull_beginnings[] = {
	"word/theme/",	     "word/media/",	   "word/glossary/",
	"word/fonts/",	     "word/charts/",	   "word/diagrams/",
	"word/activeX/",     "word/webSettings",   "word/fontTable",
	"word/people",	     "word/stylesWithEff", "word/commentsE",
	"word/commentsI",    "customXml/",	   "Configurations2/",
	"docProps/custom.x", "[Content_Types].x",  "Thumbnails/",
	"settings.xml",	     "manifest.rdf",	   "layout-cache",
};

static bool
begins_with_any(struct docket_bytes name, const char *const *beginnings,
		size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_begin(name, beginnings[i]))
			return true;
	return false;
}

static bool
is_embedded(struct docket_bytes name)
{
	return begins_with_any(name, embedded_folders,
			       sizeof(embedded_folders) /
				       sizeof(embedded_folders[0]));
}

bool
package_is_embedded(const struct package_part *part)
{
	return is_embedded(bytes_from(part->name));
}

static bool
is_wanted(struct docket_bytes name)
{
	if (is_embedded(name))
		return !bytes_end(name, ".bin");
	if (!bytes_end(name, ".xml") && !bytes_end(name, ".rels") &&
	    !bytes_are(name, "mimetype"))
		return false;
	return !begins_with_any(name, dull_beginnings,
				sizeof(dull_beginnings) /
					sizeof(dull_beginnings[0]));
}

/* ---- parts ---- */

static struct package_part *
add_part(struct package *package, struct docket_bytes name)
{
	struct package_part *part =
		array_add(&package->parts, &package->count, &package->capacity);

	part->name = strndup(name.data, name.size);
	if (!part->name)
		abort();
	return part;
}

void
package_add(struct package *package, const char *name,
	    struct docket_bytes content)
{
	struct package_part *part = add_part(package, bytes_from(name));
	struct text copy = { 0 };

	text_put_bytes(&copy, content);
	part->data = copy.data;
	part->size = copy.size;
}

void
package_close(struct package *package)
{
	for (size_t i = 0; i < package->count; i++) {
		free(package->parts[i].name);
		free(package->parts[i].data);
	}
	free(package->parts);
	*package = (struct package){ 0 };
}

static struct package_part *
find_part(const struct package *package, struct docket_bytes name)
{
	for (size_t i = 0; i < package->count; i++)
		if (bytes_match(bytes_from(package->parts[i].name), name))
			return &package->parts[i];
	return NULL;
}

struct docket_bytes
package_find(const struct package *package, struct docket_bytes name)
{
	const struct package_part *part = find_part(package, name);

	if (!part)
		return (struct docket_bytes){ 0 };
	return (struct docket_bytes){ part->data ? part->data : "",
				      part->size };
}

bool
package_take(struct package *package, struct docket_bytes name)
{
	struct package_part *part = find_part(package, name);

	if (!part || part->is_taken)
		return false;
	part->is_taken = true;
	return true;
}

/* ---- unpacking ---- */

struct unpacking {
	struct archive *archive;
	struct package *package;
	struct refusal *refusal;
	uint64_t limit; /* bytes that may come out */
};

static bool
refuse_expansion(const struct unpacking *unpacking)
{
	return refuse(unpacking->refusal, "expansion",
		      "It unpacks to more than %llu MiB, far more than it is. "
		      "Save it anew, or as PDF.",
		      (unsigned long long)(unpacking->limit >> 20));
}

static bool
refuse_damage(const struct unpacking *unpacking)
{
	return refuse(unpacking->refusal, "damaged",
		      "It is damaged or breaks off (%.100s). Open it in the "
		      "program that wrote it and save it anew.",
		      archive_error_string(unpacking->archive)
			      ? archive_error_string(unpacking->archive)
			      : "not a ZIP file");
}

/* What the archive says of a size is only a hint of how much room to make. */
static bool
unpack(struct unpacking *unpacking, struct archive_entry *entry,
       struct docket_bytes name)
{
	struct package *package = unpacking->package;
	struct text content = { 0 };
	int64_t said = archive_entry_size(entry);
	la_int64_t offset;
	const void *data;
	size_t size;
	int code;

	if (said > 0 && package->unpacked + (uint64_t)said < unpacking->limit)
		content.data =
			array_reserve(NULL, (size_t)said, &content.capacity, 1);
	while (code = archive_read_data_block(unpacking->archive, &data, &size,
					      &offset),
	       code == ARCHIVE_OK) {
		package->unpacked += size;
		if (package->unpacked > unpacking->limit)
			break;
		text_put(&content, data, size);
	}
	if (code == ARCHIVE_EOF) {
		struct package_part *part = add_part(package, name);

		part->data = content.data;
		part->size = content.size;
		return true;
	}
	text_fini(&content);
	return code == ARCHIVE_OK ? refuse_expansion(unpacking)
				  : refuse_damage(unpacking);
}

static bool
take_entry(struct unpacking *unpacking, struct archive_entry *entry)
{
	struct package *package = unpacking->package;
	const char *path = archive_entry_pathname_utf8(entry);
	struct docket_bytes name;

	if (archive_entry_is_encrypted(entry))
		return refuse(unpacking->refusal, "encrypted",
			      "It asks for a password. Save it without one.");
	if (!path)
		path = archive_entry_pathname(entry);
	if (!path || archive_entry_filetype(entry) != AE_IFREG)
		return true;
	name = (struct docket_bytes){ path, strnlen(path, NAME_LIMIT) };
	package->has_macros |= bytes_are(name, MACROS);
	package->foreign += is_embedded(name) && bytes_end(name, ".bin");
	if (!is_wanted(name))
		return true;
	if (package->count == READ_LIMIT)
		return refuse(unpacking->refusal, "entries",
			      "It has more than %d parts.", READ_LIMIT);
	return unpack(unpacking, entry, name);
}

static bool
take_entries(struct unpacking *unpacking)
{
	struct archive_entry *entry;
	int code;

	for (size_t listed = 0;; listed++) {
		code = archive_read_next_header(unpacking->archive, &entry);
		if (code == ARCHIVE_EOF)
			return true;
		if (code < ARCHIVE_WARN)
			return refuse_damage(unpacking);
		if (listed == LISTED_LIMIT)
			return refuse(unpacking->refusal, "entries",
				      "It has more than %d members.",
				      LISTED_LIMIT);
		if (!take_entry(unpacking, entry))
			return false;
	}
}

bool
package_open(struct package *package, struct docket_bytes bytes,
	     struct refusal *refusal)
{
	struct unpacking unpacking = { archive_read_new(), package, refusal,
				       RATIO_LIMIT * (uint64_t)bytes.size };
	bool is_good;

	if (!unpacking.archive)
		abort();
	if (unpacking.limit < RATIO_FLOOR)
		unpacking.limit = RATIO_FLOOR;
	if (unpacking.limit > UNPACKED_LIMIT)
		unpacking.limit = UNPACKED_LIMIT;
	archive_read_support_format_zip(unpacking.archive);
	if (archive_read_open_memory(unpacking.archive, bytes.data,
				     bytes.size) == ARCHIVE_OK)
		is_good = take_entries(&unpacking);
	else
		is_good = refuse_damage(&unpacking);
	archive_read_free(unpacking.archive);
	return is_good;
}
