/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mailbox.c - a file of several mails into the record
 *
 * Of each mail only the headers are looked at, for the list; the mail itself is
 * read when it comes back as an arrival of its own. Running out of memory ends
 * the process.
 */
#include "mailbox.h"

#include <string.h>

#include "header.h"
#include "mail.h"
#include "mbox.h"

/* What the list says of each mail. */
static const char *const columns[] = { "From", "Date", "Subject" };

/* The headers and the empty line behind them. */
static struct docket_bytes
cut_headers(struct docket_bytes mail)
{
	static const char *const ends[] = { "\n\n", "\n\r\n" };

	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
		size_t size = strlen(ends[i]);
		const char *end = memmem(mail.data, mail.size, ends[i], size);

		if (end)
			mail.size = (size_t)(end - mail.data) + size;
	}
	return mail;
}

static void
put_cell(struct docket_job *job, const char *text)
{
	const struct docket_block cell = { .kind = DOCKET_BLOCK_CELL };

	docket_open_block(job, &cell);
	docket_put_text(job, (struct docket_bytes){ text, strlen(text) });
	docket_close_block(job);
}

static void
put_row(struct docket_job *job, struct headers *headers)
{
	const struct docket_block row = { .kind = DOCKET_BLOCK_ROW };

	docket_open_block(job, &row);
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
		char *text = header_text(headers, columns[i]);

		put_cell(job, text ? text : "");
		g_free(text);
	}
	docket_close_block(job);
}

static void
put_mail(struct docket_job *job, struct docket_bytes bytes, unsigned number)
{
	struct mail mail;
	struct headers headers = { .charset = "" };
	char *subject = NULL;
	char *name;

	if (mail_open(&mail, cut_headers(bytes))) {
		headers.list = g_mime_object_get_header_list(
			GMIME_OBJECT(mail.message));
		put_row(job, &headers);
		subject = header_text(&headers, "Subject");
		mail_close(&mail);
	}
	name = subject ? g_strdup_printf("%s.eml", subject)
		       : g_strdup_printf("mail-%u.eml", number);
	docket_put_child(job, (struct docket_bytes){ name, strlen(name) },
			 bytes);
	g_free(subject);
	g_free(name);
}

enum docket_status
mailbox_put(struct docket_job *job, struct docket_bytes bytes)
{
	const struct docket_block table = { .kind = DOCKET_BLOCK_TABLE };
	struct docket_bytes mail;
	unsigned count = 0;

	docket_open_block(job, &table);
	while (mbox_next(&bytes, &mail)) {
		if (++count > MAILBOX_LIMIT)
			break;
		put_mail(job, mail, count);
		docket_job_progress(job, count, MAILBOX_LIMIT);
	}
	docket_close_block(job);
	if (count <= MAILBOX_LIMIT)
		return DOCKET_OK;
	docket_job_reason(job, "entries");
	docket_job_explain(job, "The mailbox has more than 1,000 mails.");
	return DOCKET_REJECT;
}
