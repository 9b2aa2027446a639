/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail.c - one mail into the record
 *
 * Headers first, then the text, then the attachments. What could not be read
 * of it is said; a mail of which nothing could be read is not taken. Running
 * out of memory ends the process.
 */
#include "mail.h"

#include <stdint.h>
#include <string.h>

#include "content.h"
#include "envelope.h"
#include "header.h"
#include "leaves.h"
#include "put_field.h"

bool
mail_open(struct mail *mail, struct docket_bytes bytes)
{
	GMimeStream *stream = g_mime_stream_mem_new();
	GMimeParser *parser;

	/* GLib's type wants what it could write to, and does not. */
	mail->bytes.data = (guint8 *)(uintptr_t)bytes.data;
	mail->bytes.len = (guint)bytes.size;
	g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream),
					 &mail->bytes);
	parser = g_mime_parser_new_with_stream(stream);
	mail->message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	g_object_unref(stream);
	return mail->message != NULL;
}

void
mail_close(struct mail *mail)
{
	g_clear_object(&mail->message);
}

static const char *
find_charset(const struct leaves *leaves)
{
	for (unsigned i = 0; i < leaves->count; i++) {
		const char *charset = g_mime_object_get_content_type_parameter(
			leaves->items[i].object, "charset");

		if (charset)
			return charset;
	}
	return "";
}

static bool
is_text(enum leaf_kind kind)
{
	return kind == LEAF_PLAIN || kind == LEAF_HTML || kind == LEAF_PROLOGUE;
}

static void
put_leaves(struct content *content, const struct leaves *leaves)
{
	for (unsigned i = 0; i < leaves->count; i++)
		if (is_text(leaves->items[i].kind))
			content_put_text(content, &leaves->items[i]);
	for (unsigned i = 0; i < leaves->count; i++) {
		if (!is_text(leaves->items[i].kind))
			content_put_file(content, &leaves->items[i]);
		docket_job_progress(content->job, i + 1, leaves->count);
	}
}

static void
put_warnings(struct docket_job *job, const struct leaves *leaves,
	     const struct content *content)
{
	const struct {
		bool is_so;
		const char *sentence;
	} warnings[] = {
		{ leaves->encrypted > 0 || content->is_locked,
		  "Part of the mail is encrypted and was not read." },
		{ leaves->is_signed,
		  "The mail is signed; the signature was not checked." },
		{ leaves->is_sealed,
		  "The mail's text is inside its signature and was not read." },
		{ leaves->is_cut,
		  "The mail breaks off: its last part may not be whole." },
		{ leaves->icons > 0,
		  "Small pictures in the text of the mail were left out." },
		{ !content->texts && !leaves->is_sealed && !leaves->encrypted,
		  "The mail has no text of its own." },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(warnings); i++)
		if (warnings[i].is_so)
			put_field(job, DOCKET_FIELD_WARNING,
				  warnings[i].sentence);
}

static enum docket_status
reject(struct docket_job *job, const char *reason, const char *sentence)
{
	docket_job_reason(job, reason);
	docket_job_explain(job, "%s", sentence);
	return DOCKET_REJECT;
}

/* What cannot be read at all, or is more than a mail has. */
static enum docket_status
judge(struct docket_job *job, const struct leaves *leaves)
{
	if (leaves->has_too_many)
		return reject(job, "entries",
			      "The mail has more than 1,000 parts.");
	if (leaves->is_too_deep)
		return reject(
			job, "entries",
			"The parts of the mail are nested more than 32 deep.");
	if (leaves->encrypted && !leaves->count)
		return reject(job, "encrypted", "The mail is encrypted.");
	return DOCKET_OK;
}

static bool
has_returns(const GByteArray *bytes)
{
	const guint8 *end = memchr(bytes->data, '\n', bytes->len);

	return end && end > bytes->data && end[-1] == '\r';
}

enum docket_status
mail_put(struct docket_job *job, const struct mail *mail)
{
	struct leaves *leaves = g_new(struct leaves, 1);
	struct content content = {
		.job = job,
		.has_returns = has_returns(&mail->bytes),
	};
	struct headers headers = {
		.list = g_mime_object_get_header_list(
			GMIME_OBJECT(mail->message)),
	};
	enum docket_status status;

	leaves_collect(mail->message, leaves);
	headers.charset = find_charset(leaves);
	status = judge(job, leaves);
	if (status == DOCKET_OK) {
		envelope_put(job, &headers);
		put_leaves(&content, leaves);
		put_warnings(job, leaves, &content);
	}
	g_free(leaves);
	return status;
}
