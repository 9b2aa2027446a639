/* SPDX-License-Identifier: Apache-2.0 */
/*
 * content.c - the pieces of a mail: text into its record, files as children
 *
 * Undoes the encodings: base64 and its like by GMime, then the characters by
 * what the part declares, unless its bytes say otherwise. Running out of memory
 * ends the process.
 */
#include "content.h"

#include <stdio.h>
#include <string.h>

#include "../parser_text/encoding.h"
#include "body.h"
#include "flowed.h"
#include "html.h"
#include "put_field.h"

#define CHARSET_LIMIT 64
#define NAME_LIMIT 64

/* What is declared, and what those who declare it write. */
static const struct {
	const char *declared;
	const char *meant;
} charsets[] = {
	{ "iso-8859-1", "windows-1252" },
	{ "latin1", "windows-1252" },
	{ "us-ascii", "" },
	{ "utf-8", "" },
	{ "utf8", "" },
	{ "gb2312", "GB18030" },
	{ "gbk", "GB18030" },
	{ "ks_c_5601-1987", "windows-949" },
};

/* What an attachment without a name is called behind its number. */
static const struct {
	const char *type;
	const char *subtype;
	const char *suffix;
} suffixes[] = {
	{ "text", "plain", ".txt" },	{ "text", "html", ".html" },
	{ "text", "calendar", ".ics" }, { "application", "pdf", ".pdf" },
	{ "message", "*", ".txt" },	{ "application", "pkcs7-mime", ".p7m" },
	{ "image", "png", ".png" },	{ "image", "jpeg", ".jpg" },
};

/* ---- text ---- */

static const char *
find_charset(struct content *content, const char *declared)
{
	char sentence[CHARSET_LIMIT + 64];

	for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++)
		if (g_ascii_strcasecmp(charsets[i].declared, declared) == 0)
			return charsets[i].meant;
	if (!declared[0] || encoding_exists(declared))
		return declared;
	snprintf(sentence, sizeof(sentence),
		 "The charset that it names is unknown: %.*s.", CHARSET_LIMIT,
		 declared);
	put_field(content->job, DOCKET_FIELD_WARNING, sentence);
	return "";
}

static void
copy_charset(const struct leaf *leaf, struct docket_bytes bytes,
	     char charset[CHARSET_LIMIT])
{
	const char *declared = g_mime_object_get_content_type_parameter(
		leaf->object, "charset");
	struct docket_bytes found = { "", 0 };

	if (declared)
		found = (struct docket_bytes){ declared, strlen(declared) };
	else if (leaf->kind == LEAF_HTML)
		found = html_find_charset(bytes);
	snprintf(charset, CHARSET_LIMIT, "%.*s", (int)found.size, found.data);
}

static bool
has_parameter(GMimeObject *object, const char *name, const char *value)
{
	const char *given =
		g_mime_object_get_content_type_parameter(object, name);

	return given && g_ascii_strcasecmp(given, value) == 0;
}

static void
read_runs(const struct leaf *leaf, struct docket_bytes text, struct runs *runs)
{
	const struct flowed_format format = {
		.is_flowed = has_parameter(leaf->object, "format", "flowed"),
		.deletes_space = has_parameter(leaf->object, "delsp", "yes"),
	};

	if (leaf->kind == LEAF_HTML)
		html_read(text, runs);
	else
		flowed_read(text, format, runs);
}

static void
put_decoded(struct content *content, const struct leaf *leaf,
	    const struct encoding_text *text)
{
	static const char locked[] = "-----BEGIN PGP MESSAGE-----";
	struct runs runs;

	content->texts++;
	if (memmem(text->utf8.data, text->utf8.size, locked,
		   sizeof(locked) - 1))
		content->is_locked = true;
	if (content->texts == 1)
		put_field(content->job, DOCKET_FIELD_CHARSET, text->name);
	if (text->replaced)
		put_field(content->job, DOCKET_FIELD_WARNING,
			  "Some of its characters could not be read.");
	read_runs(leaf, text->utf8, &runs);
	body_put(content->job, &runs);
	runs_fini(&runs);
}

/* Where nobody says where parts begin, all is text. */
static GByteArray *
read_text(const struct leaf *leaf)
{
	const char *prologue;
	GByteArray *bytes;

	if (leaf->kind != LEAF_PROLOGUE)
		return leaf_decode(leaf->object);
	prologue = g_mime_multipart_get_prologue(GMIME_MULTIPART(leaf->object));
	bytes = g_byte_array_new();
	return g_byte_array_append(bytes, (const guint8 *)prologue,
				   (guint)strlen(prologue));
}

void
content_put_text(struct content *content, const struct leaf *leaf)
{
	GByteArray *bytes = read_text(leaf);
	struct docket_bytes raw = { bytes->len ? (const char *)bytes->data : "",
				    bytes->len };
	char charset[CHARSET_LIMIT];
	struct encoding_text text;

	copy_charset(leaf, raw, charset);
	if (encoding_decode(raw, find_charset(content, charset), &text)) {
		put_decoded(content, leaf, &text);
		encoding_fini(&text);
	} else {
		put_field(content->job, DOCKET_FIELD_WARNING,
			  "A part that says it is text is none.");
		content_put_file(content, leaf);
	}
	g_byte_array_unref(bytes);
}

/* ---- files ---- */

static const char *
find_suffix(GMimeObject *object)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (g_mime_content_type_is_type(type, suffixes[i].type,
						suffixes[i].subtype))
			return suffixes[i].suffix;
	return ".bin";
}

/* "attachment-3.pdf", where nobody gave it a name. */
static char *
make_name(const struct content *content, const struct leaf *leaf)
{
	return g_strdup_printf("attachment-%u%s", content->files,
			       find_suffix(leaf->object));
}

/* Takes bytes. */
static void
put_file(struct content *content, const char *name, GByteArray *bytes)
{
	struct docket_bytes data = { (const char *)bytes->data, bytes->len };

	if (bytes->len)
		docket_put_child(content->job,
				 (struct docket_bytes){ name, strlen(name) },
				 data);
	else
		put_field(content->job, DOCKET_FIELD_WARNING,
			  "An attachment is empty and was left out.");
	g_byte_array_unref(bytes);
}

static GByteArray *
write_message(const struct content *content, GMimeMessage *message)
{
	GMimeFormatOptions *options = g_mime_format_options_new();
	GByteArray *bytes = g_byte_array_new();
	GMimeStream *stream = leaf_open_memory(bytes);

	g_mime_format_options_set_newline_format(
		options, content->has_returns ? GMIME_NEWLINE_FORMAT_DOS
					      : GMIME_NEWLINE_FORMAT_UNIX);
	if (message)
		g_mime_object_write_to_stream(GMIME_OBJECT(message), options,
					      stream);
	g_object_unref(stream);
	g_mime_format_options_free(options);
	return bytes;
}

/* A mail in this one, as it came; called by its subject. */
static void
put_message(struct content *content, const struct leaf *leaf)
{
	GMimeMessage *message = g_mime_message_part_get_message(
		GMIME_MESSAGE_PART(leaf->object));
	const char *subject =
		message ? g_mime_message_get_subject(message) : NULL;
	GByteArray *bytes = write_message(content, message);
	char *name = subject && subject[0]
			     ? g_strdup_printf("%s.eml", subject)
			     : g_strdup_printf("mail-%u.eml", content->files);

	put_file(content, name, bytes);
	g_free(name);
}

void
content_put_file(struct content *content, const struct leaf *leaf)
{
	const char *given;
	char *name;

	content->files++;
	if (leaf->kind == LEAF_MESSAGE) {
		put_message(content, leaf);
		return;
	}
	given = g_mime_part_get_filename(GMIME_PART(leaf->object));
	name = given && given[0] ? g_strdup(given) : make_name(content, leaf);
	put_file(content, name, leaf_decode(leaf->object));
	g_free(name);
}
