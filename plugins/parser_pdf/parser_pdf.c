/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_pdf.c - PDF documents, as blocks
 *
 * Open, read page by page, judge, look at what cannot be read, find the
 * structure, hand it over: what talks to the host is here and in put.c, info.c
 * and scans.c, what talks to the library is library.cc. Ends the process where
 * memory runs out.
 */
#include <docket/parser.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../parser_image/ocr.h"
#include "headings.h"
#include "info.h"
#include "labels.h"
#include "letters.h"
#include "library.h"
#include "notes.h"
#include "paragraphs.h"
#include "put.h"
#include "reading.h"
#include "running.h"
#include "scans.h"
#include "trust.h"

/* A document of pages has more letters than this on each, on average. */
#define LETTERS_MINIMUM 8u
#define ATTACHMENTS_LIMIT 1000u
#define ATTACHMENT_LIMIT (256u << 20)
/* Text is the host's to limit; what is laid out at once is ours. */
#define LINES_LIMIT (4u << 20)

struct parser_pdf {
	int64_t pages;
	int64_t ocr_pages;
	const char *languages;
};

static const struct docket_option options[] = {
	{
		.name = "pages",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct parser_pdf, pages),
		.fallback = "5000",
		.summary = "Documents with more pages are set aside",
		.minimum = 1,
		.maximum = 1000000,
	},
	{
		.name = "ocr_pages",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct parser_pdf, ocr_pages),
		.fallback = "200",
		.summary = "Pages without readable text that are looked at, "
			   "by tesseract where it is there",
		.minimum = 0,
		.maximum = 1000000,
	},
	{
		.name = "languages",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct parser_pdf, languages),
		.fallback = "",
		.summary =
			"Languages to expect on them, as tesseract names "
			"them; empty: " OCR_LANGUAGES ", as far as installed",
	},
	{ 0 },
};

__attribute__((format(printf, 2, 3))) static void
warn(struct docket_job *job, const char *format, ...)
{
	char sentence[256];
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vsnprintf(sentence, sizeof(sentence), format, arguments);
	va_end(arguments);
	docket_put_field(job, DOCKET_FIELD_WARNING,
			 (struct docket_bytes){ sentence, (size_t)size });
}

static enum docket_status
reject(struct docket_job *job, const char *reason, const char *sentence)
{
	docket_job_reason(job, reason);
	docket_job_explain(job, "%s", sentence);
	return DOCKET_REJECT;
}

static enum docket_status
read_pages(struct docket_job *job, struct library_document *source,
	   struct document *document)
{
	uint32_t count = library_count_pages(source);
	struct reading reading = { 0 };
	struct page page = { 0 };
	uint32_t cut = 0;

	for (uint32_t i = 1; i <= count && document->count < LINES_LIMIT; i++) {
		page_clear(&page);
		page.number = i;
		library_read_page(source, i, &page);
		reading_add_page(&reading, &page, document);
		cut += page.is_cut;
		docket_job_progress(job, i, count);
	}
	reading_fini(&reading);
	page_fini(&page);
	if (cut)
		return reject(job, "expansion",
			      "There is more drawn on a page than is read of "
			      "one.");
	return DOCKET_OK;
}

/* Text that was recognised is never certain, nor is that all of it was. */
static void
warn_of_scans(struct docket_job *job, const struct scans *scans, size_t pages)
{
	if (scans->count)
		warn(job,
		     "The text of %zu of %zu pages was recognised in pictures "
		     "of them (%d %% sure): letters and digits may be wrong.",
		     scans->count, pages,
		     (int)(scans->certainty / (double)scans->letters));
	if (scans->hard)
		warn(job, "%u of them are hard to read.", scans->hard);
	if (scans->noise)
		warn(job,
		     "On %u of %zu pages without text that can be read "
		     "there is none to be seen, either.",
		     scans->noise, pages);
	if (scans->beyond)
		warn(job,
		     "%u of %zu pages have no text that can be read, and were "
		     "not looked at (option ocr_pages, or models of "
		     "tesseract).",
		     scans->beyond, pages);
}

/* Is there enough text on the pages that fonts do not spoil? */
static bool
has_text(const struct document *document, uint32_t lost)
{
	size_t glyphs = 0;

	for (size_t i = 0; i < document->count; i++)
		if (document->lines[i].kind != LINE_LOST)
			glyphs += document->lines[i].glyphs;
	return glyphs >= LETTERS_MINIMUM * (document->sheets_count - lost) &&
	       lost < document->sheets_count && glyphs;
}

/* Say what is missing, or that all is. Of the pages, lost have lying fonts. */
static enum docket_status
judge_text(struct docket_job *job, const struct document *document,
	   const struct scans *scans, uint32_t lost)
{
	if (scans->count || has_text(document, lost)) {
		warn_of_scans(job, scans, document->sheets_count);
		if (lost > scans->liars)
			warn(job,
			     "The text of %u of %zu pages is left out: their "
			     "fonts do not say what their characters are.",
			     lost - scans->liars, document->sheets_count);
		return DOCKET_OK;
	}
	if (lost)
		return reject(job, "unreadable-text",
			      "Its fonts do not say what their characters are, "
			      "so what looks like text in it is none.");
	return reject(job, "unreadable-text",
		      "It has pictures of pages, and no text or hardly any.");
}

static void
put_text(struct docket_job *job, struct document *document, struct scans *scans)
{
	struct paragraphs paragraphs;

	measure_document(document);
	labels_mark(document);
	running_mark(document);
	notes_mark(document);
	paragraphs_find(document, &paragraphs);
	headings_find(&paragraphs);
	put_paragraphs(job, &paragraphs, scans);
	paragraphs_fini(&paragraphs);
}

static void
put_attachments(struct docket_job *job, struct library_document *source)
{
	uint32_t count = library_count_attachments(source);
	size_t room = ATTACHMENT_LIMIT;
	uint32_t missed = 0;

	for (uint32_t i = 0; i < count && i <= ATTACHMENTS_LIMIT; i++) {
		struct docket_bytes name, content;

		if (!library_read_attachment(source, i, room, &name,
					     &content)) {
			missed++;
			continue;
		}
		docket_put_child(job, name, content);
		room -= content.size;
		docket_job_progress(job, i + 1, count);
	}
	if (missed)
		warn(job, "%u of %u attachments cannot be read.", missed,
		     count);
}

static enum docket_status
read_document(const struct parser_pdf *parser, struct docket_job *job,
	      struct library_document *source)
{
	const struct scans_options looks = {
		.languages = parser->languages,
		.limit = (uint32_t)parser->ocr_pages,
	};
	struct document document = { 0 };
	struct scans scans = { 0 };
	enum docket_status status = read_pages(job, source, &document);

	if (status == DOCKET_OK) {
		uint32_t lost = trust_judge(&document);

		scans_read(&scans, job, source, &document, &looks);
		status = judge_text(job, &document, &scans, lost);
	}
	if (status == DOCKET_OK) {
		info_put(job, source);
		put_text(job, &document, &scans);
		put_attachments(job, source);
		if (library_count_faults(source))
			warn(job,
			     "It is damaged in %u places; what could be "
			     "read is here.",
			     library_count_faults(source));
	}
	scans_fini(&scans);
	document_fini(&document);
	return status;
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	const struct parser_pdf *parser = self;
	struct library_document *source;
	enum docket_status status;
	uint32_t pages;

	switch (library_open(docket_job_bytes(job), &source)) {
	case LIBRARY_OPENED:
		break;
	case LIBRARY_ENCRYPTED:
		return reject(job, "encrypted", "It asks for a password.");
	case LIBRARY_DAMAGED:
		return reject(job, "damaged",
			      "It is no PDF that could be opened, or it breaks "
			      "off.");
	}
	pages = library_count_pages(source);
	if (!pages) {
		status = reject(job, "damaged", "It has no pages.");
	} else if (pages > (uint64_t)parser->pages) {
		docket_job_reason(job, "pages");
		docket_job_explain(job,
				   "It has %u pages, and %lld are read at "
				   "most.",
				   pages, (long long)parser->pages);
		status = DOCKET_REJECT;
	} else {
		status = read_document(parser, job, source);
	}
	library_close(source);
	return status;
}

static enum docket_status
prepare(void *self)
{
	(void)self;
	if (library_start() && letters_start())
		return DOCKET_OK;
	docket_log("poppler or ICU does not find its data");
	return DOCKET_BROKEN;
}

static void
stop(void *self)
{
	(void)self;
	letters_stop();
	library_stop();
}

static const char *const types[] = { "application/pdf", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

static const char *const data[] = { "/usr/share/poppler",
				    "/usr/share/tesseract-ocr", NULL };

DOCKET_PLUGIN = {
	.name = "pdf",
	.summary = "PDF: text in reading order, with its structure",
	.needs = DOCKET_NEED_PROCESS,
	.data = data,
	.self_size = sizeof(struct parser_pdf),
	.options = options,
	.prepare = prepare,
	.close = stop,
	.parser = &parser,
};
