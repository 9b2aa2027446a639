/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_mail.c - mails: who wrote what to whom, and what was attached
 *
 * Says what kinds of files are mails; everything else is in files of its own.
 * Ends the process where memory runs out.
 */
#include <docket/parser.h>

#include <stdbool.h>
#include <stdint.h>

#include <gmime/gmime.h>

#include "guard.h"
#include "mail.h"
#include "mailbox.h"
#include "mbox.h"

static enum docket_status
reject(struct docket_job *job, const char *reason, const char *sentence)
{
	docket_job_reason(job, reason);
	docket_job_explain(job, "%s", sentence);
	return DOCKET_REJECT;
}

static enum docket_status
parse_mail(struct docket_job *job, struct docket_bytes bytes)
{
	enum docket_status status;
	struct mail mail;

	if (!mail_open(&mail, bytes))
		return reject(job, "damaged", "This is no whole mail.");
	status = mail_put(job, &mail);
	mail_close(&mail);
	return status;
}

/* A mailbox with one mail in it is that mail. */
static enum docket_status
parse_file(struct docket_job *job, struct docket_bytes bytes)
{
	struct docket_bytes rest = bytes;
	struct docket_bytes mail;

	if (!mbox_is(bytes))
		return parse_mail(job, bytes);
	mbox_next(&rest, &mail);
	return rest.size ? mailbox_put(job, bytes) : parse_mail(job, mail);
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	struct docket_bytes bytes = docket_job_bytes(job);

	(void)self;
	if (bytes.size > INT32_MAX)
		return reject(job, "entries", "The mail is larger than 2 GiB.");
	switch (guard_judge(bytes)) {
	case GUARD_HEADERS:
		return reject(job, "entries",
			      "The mail has more than 500,000 headers.");
	case GUARD_GROUPS:
		return reject(job, "entries",
			      "A header of the mail has more than 1,000 groups "
			      "of addresses.");
	case GUARD_PASS:
		break;
	}
	return parse_file(job, bytes);
}

/* What GMime has to say is about the document, and is said by the record. */
static void
ignore_log(const char *domain, GLogLevelFlags level, const char *message,
	   void *context)
{
	(void)domain;
	(void)level;
	(void)message;
	(void)context;
}

/* Here, not in open(): converters of charsets are files. */
static enum docket_status
prepare(void *self)
{
	(void)self;
	g_mime_init();
	g_log_set_handler("gmime", G_LOG_LEVEL_MASK, ignore_log, NULL);
	return DOCKET_OK;
}

static void
close_library(void *self)
{
	(void)self;
	g_mime_shutdown();
}

static const char *const types[] = {
	"message/rfc822",
	"application/mbox",
	NULL,
};

static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

DOCKET_PLUGIN = {
	.name = "mail",
	.summary = "Mails and mailboxes, with their attachments",
	.needs = DOCKET_NEED_PROCESS,
	.prepare = prepare,
	.close = close_library,
	.parser = &parser,
};
