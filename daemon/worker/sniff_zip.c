/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff_zip.c - what a ZIP archive is, from the names in it
 *
 * The names are those of its directory, not what stands anywhere in its bytes:
 * an archive of documents that are archives themselves is none of these. Where
 * there is no directory, which is at the end, the beginning is walked through.
 * Reads strangers' bytes: each offset is checked, each step goes forward. Owns
 * and ends nothing.
 */
#include <endian.h>
#include <string.h>

#include "sniff.h"

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

/* So many names are looked at; what tells stands among the first ones. */
#define NAMES_LIMIT 4096
/* A comment may stand behind the end of the directory. */
#define COMMENT_LIMIT 65535

#define END_SIZE 22
#define ENTRY_SIZE 46
#define LOCAL_SIZE 30

struct member {
	const char *name; /* one in the archive begins so */
	const char *type;
};

/* The first row that fits counts, in whatever order the names come. */
static const struct member members[] = {
	{ "word/vbaProject",
	  "application/vnd.ms-word.document.macroenabled.12" },
	{ "word/document", OOXML "wordprocessingml.document" },
	{ "xl/workbook.bin",
	  "application/vnd.ms-excel.sheet.binary.macroenabled.12" },
	{ "xl/vbaProject", "application/vnd.ms-excel.sheet.macroenabled.12" },
	{ "xl/workbook", OOXML "spreadsheetml.sheet" },
	{ "ppt/vbaProject",
	  "application/vnd.ms-powerpoint.presentation.macroenabled.12" },
	{ "ppt/presentation", OOXML "presentationml.presentation" },
	{ "visio/document", "application/vnd.ms-visio.drawing" },
	{ "FixedDocSeq.fdseq", "application/vnd.ms-xpsdocument" },
	{ "FixedDocumentSequence.fdseq", "application/vnd.ms-xpsdocument" },
	{ "_rels/FixedDoc", "application/vnd.ms-xpsdocument" },
	{ "META-INF/container.xml", "application/epub+zip" },
	{ "META-INF/MANIFEST.MF", "application/java-archive" },
	{ "Index/Document.iwa", "application/vnd.apple.iwork" },
	{ "doc.kml", "application/vnd.google-earth.kmz" },
};

/* What the first member of some formats says, which is called mimetype. */
static const char *const declared[] = {
	ODF "text",
	ODF "text-template",
	ODF "text-master",
	ODF "text-web",
	ODF "spreadsheet",
	ODF "spreadsheet-template",
	ODF "presentation",
	ODF "presentation-template",
	ODF "graphics",
	ODF "graphics-template",
	ODF "chart",
	ODF "formula",
	ODF "image",
	ODF "base",
	"application/vnd.sun.xml.writer",
	"application/vnd.sun.xml.calc",
	"application/vnd.sun.xml.impress",
	"application/epub+zip",
};

static uint32_t
get32(struct docket_bytes bytes, size_t at)
{
	uint32_t value;

	memcpy(&value, bytes.data + at, sizeof(value));
	return le32toh(value);
}

static uint16_t
get16(struct docket_bytes bytes, size_t at)
{
	uint16_t value;

	memcpy(&value, bytes.data + at, sizeof(value));
	return le16toh(value);
}

static bool
has_at(struct docket_bytes bytes, size_t at, const char *mark)
{
	size_t size = strlen(mark);

	return at <= bytes.size && bytes.size - at >= size &&
	       memcmp(bytes.data + at, mark, size) == 0;
}

/* The row that fits best up to now. */
static size_t
consider(size_t best, struct docket_bytes bytes, size_t at, size_t size)
{
	struct docket_bytes name = { bytes.data + at, size };

	for (size_t i = 0; i < best; i++)
		if (has_at(name, 0, members[i].name))
			return i;
	return best;
}

/* ---- the directory ---- */

/*
 * Where it begins; the size of the archive where there is none, or one that is
 * of an archive within.
 */
static size_t
find_directory(struct docket_bytes bytes)
{
	size_t at = bytes.size < END_SIZE ? 0 : bytes.size - END_SIZE + 1;
	size_t least = at > COMMENT_LIMIT ? at - COMMENT_LIMIT : 0;

	while (at-- > least) {
		uint32_t size;

		if (!has_at(bytes, at, "PK\5\6"))
			continue;
		size = get32(bytes, at + 12);
		return size <= at && get32(bytes, at + 16) == at - size
			       ? at - size
			       : bytes.size;
	}
	return bytes.size;
}

static size_t
walk_directory(struct docket_bytes bytes, size_t at, size_t best)
{
	for (int i = 0; i < NAMES_LIMIT && bytes.size - at >= ENTRY_SIZE &&
			has_at(bytes, at, "PK\1\2");
	     i++) {
		size_t name = get16(bytes, at + 28);
		size_t more =
			(size_t)get16(bytes, at + 30) + get16(bytes, at + 32);

		at += ENTRY_SIZE;
		if (bytes.size - at < name + more)
			break;
		best = consider(best, bytes, at, name);
		at += name + more;
	}
	return best;
}

/* ---- the beginning, where there is no directory ---- */

/* Past a member; its size may stand behind it only. */
static size_t
find_next(struct docket_bytes bytes, size_t at, uint32_t size)
{
	const char *next;

	if (size && size <= bytes.size - at)
		return at + size;
	next = memmem(bytes.data + at, bytes.size - at, "PK\3\4", 4);
	return next ? (size_t)(next - bytes.data) : bytes.size;
}

static size_t
walk_members(struct docket_bytes bytes, size_t best)
{
	size_t at = 0;

	for (int i = 0; i < NAMES_LIMIT && bytes.size - at >= LOCAL_SIZE &&
			has_at(bytes, at, "PK\3\4");
	     i++) {
		uint32_t size = get32(bytes, at + 18);
		size_t name = get16(bytes, at + 26);
		size_t more = get16(bytes, at + 28);

		at += LOCAL_SIZE;
		if (bytes.size - at < name + more)
			break;
		best = consider(best, bytes, at, name);
		at = find_next(bytes, at + name + more, size);
	}
	return best;
}

/* ---- mimetype ---- */

static const char *
find_declared(struct docket_bytes bytes)
{
	size_t at, size;

	if (bytes.size < LOCAL_SIZE || get16(bytes, 26) != 8 ||
	    !has_at(bytes, LOCAL_SIZE, "mimetype"))
		return NULL;
	at = LOCAL_SIZE + 8 + (size_t)get16(bytes, 28);
	size = get32(bytes, 18);
	for (size_t i = 0; i < ARRAY_SIZE(declared); i++) {
		size_t length = strlen(declared[i]);

		/* Its size may stand behind it only, as that of any member. */
		if (has_at(bytes, at, declared[i]) &&
		    (size == length || has_at(bytes, at + length, "PK") ||
		     has_at(bytes, at + length, "\n")))
			return declared[i];
	}
	return NULL;
}

const char *
sniff_zip_type(struct docket_bytes bytes)
{
	const char *type = find_declared(bytes);
	size_t best = ARRAY_SIZE(members);
	size_t directory;

	if (type)
		return type;
	directory = find_directory(bytes);
	best = directory < bytes.size ? walk_directory(bytes, directory, best)
				      : walk_members(bytes, best);
	return best < ARRAY_SIZE(members) ? members[best].type : NULL;
}
