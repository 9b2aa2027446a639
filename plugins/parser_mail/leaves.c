/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leaves.c - what a mail is made of, and what becomes of each piece
 *
 * Goes through the tree of parts once. Reads what GMime built and owns nothing
 * of it. Running out of memory ends the process.
 */
#include "leaves.h"

#include <string.h>

/* A picture in the text that has fewer bytes is a logo, not a document. */
#define ICON_LIMIT (10u << 10)
/* A text in which nothing shows does not outdo its HTML alternative. */
#define BLANK_LIMIT 4096

struct walk {
	struct leaves *leaves;
	GMimeObject *root;
};

static void collect(struct walk *walk, GMimeObject *object, unsigned depth,
		    bool is_spare);

/* ---- one part ---- */

GMimeStream *
leaf_open_memory(GByteArray *bytes)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);

	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	return stream;
}

GByteArray *
leaf_decode(GMimeObject *object)
{
	GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
	GByteArray *bytes = g_byte_array_new();
	GMimeStream *stream = leaf_open_memory(bytes);

	if (content)
		g_mime_data_wrapper_write_to_stream(content, stream);
	g_object_unref(stream);
	return bytes;
}

static bool
is_type(GMimeObject *object, const char *type, const char *subtype)
{
	GMimeContentType *given = g_mime_object_get_content_type(object);

	return given && g_mime_content_type_is_type(given, type, subtype);
}

static bool
is_attachment(GMimeObject *object)
{
	GMimeContentDisposition *disposition =
		g_mime_object_get_content_disposition(object);

	return disposition &&
	       g_mime_content_disposition_is_attachment(disposition);
}

/* Text without a name is the mail's own, and so is a mail's only part. */
static bool
is_text(const struct walk *walk, GMimeObject *object, const char *subtype)
{
	if (!GMIME_IS_PART(object) || !is_type(object, "text", subtype))
		return false;
	return object == walk->root ||
	       (!is_attachment(object) &&
		!g_mime_part_get_filename(GMIME_PART(object)));
}

static bool
is_blank(GMimeObject *object)
{
	GByteArray *bytes = leaf_decode(object);
	bool is_blank = bytes->len < BLANK_LIMIT;

	for (guint i = 0; is_blank && i < bytes->len; i++)
		is_blank = bytes->data[i] <= ' ';
	g_byte_array_unref(bytes);
	return is_blank;
}

static bool
is_icon(GMimeObject *object)
{
	GByteArray *bytes;
	bool is_small;

	if (!is_type(object, "image", "*") || is_attachment(object))
		return false;
	bytes = leaf_decode(object);
	is_small = bytes->len < ICON_LIMIT;
	g_byte_array_unref(bytes);
	return is_small;
}

static bool
is_signature(GMimeObject *object)
{
	return is_type(object, "application", "pgp-signature") ||
	       is_type(object, "application", "pkcs7-signature") ||
	       is_type(object, "application", "x-pkcs7-signature");
}

static bool
is_smime(GMimeObject *object)
{
	return is_type(object, "application", "pkcs7-mime") ||
	       is_type(object, "application", "x-pkcs7-mime");
}

static void
add(struct walk *walk, enum leaf_kind kind, GMimeObject *object)
{
	struct leaves *leaves = walk->leaves;

	if (leaves->count == LEAVES_LIMIT)
		leaves->has_too_many = true;
	else
		leaves->items[leaves->count++] = (struct leaf){ kind, object };
}

/* What S/MIME wraps: signed text goes along as a file, the rest is secret. */
static void
collect_smime(struct walk *walk, GMimeObject *object)
{
	const char *kind =
		g_mime_object_get_content_type_parameter(object, "smime-type");

	if (kind && g_ascii_strcasecmp(kind, "signed-data") == 0) {
		walk->leaves->is_sealed = true;
		add(walk, LEAF_FILE, object);
	} else {
		walk->leaves->encrypted++;
	}
}

static void
collect_part(struct walk *walk, GMimeObject *object, bool is_spare)
{
	if (is_signature(object))
		walk->leaves->is_signed = true;
	else if (is_smime(object))
		collect_smime(walk, object);
	else if (is_icon(object))
		walk->leaves->icons++;
	else if (!is_text(walk, object, "plain") &&
		 !is_text(walk, object, "html"))
		add(walk, LEAF_FILE, object);
	else if (!is_spare)
		add(walk,
		    is_type(object, "text", "html") ? LEAF_HTML : LEAF_PLAIN,
		    object);
}

/* ---- several ---- */

/* The alternative that is the text: plain, else the last, the richest. */
static int
choose(const struct walk *walk, GMimeMultipart *parts)
{
	int count = g_mime_multipart_get_count(parts);
	int last = count - 1;

	for (int i = 0; i < count; i++) {
		GMimeObject *part = g_mime_multipart_get_part(parts, i);

		if (is_text(walk, part, "plain") &&
		    (i == last || !is_blank(part)))
			return i;
	}
	for (int i = last; i >= 0; i--) {
		GMimeObject *part = g_mime_multipart_get_part(parts, i);

		if (GMIME_IS_MULTIPART(part) || is_text(walk, part, "html"))
			return i;
	}
	return last;
}

static void
collect_multipart(struct walk *walk, GMimeObject *object, unsigned depth,
		  bool is_spare)
{
	GMimeMultipart *parts = GMIME_MULTIPART(object);
	bool is_choice = is_type(object, "multipart", "alternative");
	int chosen = is_choice ? choose(walk, parts) : -1;
	int count = g_mime_multipart_get_count(parts);

	if (is_type(object, "multipart", "encrypted")) {
		walk->leaves->encrypted++;
		return;
	}
	walk->leaves->is_cut |= !parts->write_end_boundary;
	if (!count && g_mime_multipart_get_prologue(parts))
		add(walk, LEAF_PROLOGUE, object);
	for (int i = 0; i < count && !walk->leaves->has_too_many; i++)
		collect(walk, g_mime_multipart_get_part(parts, i), depth + 1,
			is_spare || (is_choice && i != chosen));
}

static void
collect(struct walk *walk, GMimeObject *object, unsigned depth, bool is_spare)
{
	if (depth > LEAVES_DEPTH_LIMIT)
		walk->leaves->is_too_deep = true;
	else if (GMIME_IS_MULTIPART(object))
		collect_multipart(walk, object, depth, is_spare);
	else if (GMIME_IS_MESSAGE_PART(object))
		add(walk, LEAF_MESSAGE, object);
	else if (GMIME_IS_PART(object))
		collect_part(walk, object, is_spare);
}

void
leaves_collect(GMimeMessage *message, struct leaves *out_leaves)
{
	GMimeObject *root = g_mime_message_get_mime_part(message);
	struct walk walk = { out_leaves, root };

	memset(out_leaves, 0, sizeof(*out_leaves));
	if (root)
		collect(&walk, root, 0, false);
}
