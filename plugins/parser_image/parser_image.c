/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_image.c - pictures of pages, read by optical character recognition
 *
 * Page after page: decoded, recognised, put as paragraphs. Whatever is read so
 * is never certain, and the record says so. Ends the process where memory runs
 * out.
 */
#include <docket/parser.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "ocr.h"
#include "picture.h"

#define SENTENCE_SIZE 256

struct parser_image {
	const char *languages;
	int64_t pixel_limit;
	int64_t page_limit;
	struct ocr *ocr;
};

static const struct docket_option options[] = {
	{
		.name = "languages",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct parser_image, languages),
		.fallback = "",
		.summary = "Languages to expect, as tesseract names them; "
			   "empty: " OCR_LANGUAGES ", as far as installed",
	},
	{
		.name = "pixel_limit",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct parser_image, pixel_limit),
		.fallback = "100000000",
		.summary = "Pixels that a page may have",
		.minimum = 1,
		.maximum = 1000000000,
	},
	{
		.name = "page_limit",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct parser_image, page_limit),
		.fallback = "1000",
		.summary = "Pages that a picture file may have",
		.minimum = 1,
		.maximum = 100000,
	},
	{ 0 },
};

/* What was learnt of the pages so far. */
struct reading {
	struct docket_job *job;
	uint32_t pages_read; /* with text on them */
	uint32_t pages_bad;  /* with what is no text */
	size_t letters;
	double sure; /* percent, times letters */
	const char *languages;
};

static void warn(struct docket_job *job, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void
warn(struct docket_job *job, const char *format, ...)
{
	char sentence[SENTENCE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(sentence, sizeof(sentence), format, arguments);
	va_end(arguments);
	docket_put_field(job, DOCKET_FIELD_WARNING,
			 (struct docket_bytes){ sentence, strlen(sentence) });
}

static enum docket_status
reject(struct docket_job *job, const char *reason, const char *sentence)
{
	docket_job_reason(job, reason);
	docket_job_explain(job, "%s", sentence);
	return DOCKET_REJECT;
}

/* ---- one page ---- */

static void
put_page(struct docket_job *job, const struct ocr_page *page)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct ocr_paragraph *paragraph = &page->paragraphs[i];
		const struct docket_block block = {
			.kind = ocr_is_page_number(page, i)
					? DOCKET_BLOCK_LINE
					: DOCKET_BLOCK_PARAGRAPH,
		};

		docket_open_block(job, &block);
		docket_put_text(job,
				(struct docket_bytes){
					page->text + paragraph->start,
					paragraph->end - paragraph->start });
		docket_close_block(job);
	}
}

static void
take_page(struct reading *reading, uint32_t number, const struct ocr_page *page)
{
	if (!page->count) {
		warn(reading->job, "No text was found on page %" PRIu32 ".",
		     number);
		return;
	}
	if (page->confidence < OCR_HOPELESS) {
		reading->pages_bad++;
		warn(reading->job,
		     "Page %" PRIu32 " was left out: what was recognised "
		     "on it is no text (%d %% sure).",
		     number, page->confidence);
		return;
	}
	reading->pages_read++;
	reading->letters += page->size;
	reading->sure += (double)page->confidence * (double)page->size;
	if (page->turned)
		warn(reading->job, "Page %" PRIu32 " was turned by %d degrees.",
		     number, page->turned);
	if (page->confidence < OCR_DOUBTFUL)
		warn(reading->job,
		     "Page %" PRIu32 " is hard to read (%d %% sure).", number,
		     page->confidence);
	put_page(reading->job, page);
}

static enum docket_status
refuse(struct docket_job *job, enum picture_result result)
{
	switch (result) {
	case PICTURE_PIXELS:
		return reject(job, "pixels",
			      "A page of the picture has more pixels than are "
			      "read.");
	case PICTURE_PAGES:
		return reject(job, "pages",
			      "The picture has more pages than are read.");
	case PICTURE_OK:
	case PICTURE_DAMAGED:
		break;
	}
	return reject(job, "damaged", "The picture is damaged, or breaks off.");
}

static enum docket_status
read_page(const struct parser_image *parser, struct reading *reading,
	  const struct picture_file *file, uint32_t index)
{
	struct picture_page pixels;
	struct ocr_page page = { 0 };
	enum picture_result result = picture_read(file, index, &pixels);
	int rc;

	if (result != PICTURE_OK)
		return refuse(reading->job, result);
	rc = ocr_read(parser->ocr, &pixels.picture, &page);
	picture_page_fini(&pixels);
	if (rc)
		return refuse(reading->job, PICTURE_PIXELS);
	docket_put_page(reading->job, index + 1);
	take_page(reading, index + 1, &page);
	ocr_page_fini(&page);
	docket_job_progress(reading->job, index + 1, file->pages);
	return DOCKET_OK;
}

/* ---- the document ---- */

static enum docket_status
conclude(const struct reading *reading, const struct picture_file *file)
{
	char pages[16];
	int size = snprintf(pages, sizeof(pages), "%" PRIu32, file->pages);

	if (!reading->pages_read && reading->pages_bad)
		return reject(reading->job, "unreadable-text",
			      "What was recognised in the picture is no text.");
	if (!reading->pages_read)
		return reject(reading->job, "unreadable-text",
			      "There is no text in the picture.");
	docket_put_field(reading->job, DOCKET_FIELD_PAGES,
			 (struct docket_bytes){ pages, (size_t)size });
	warn(reading->job,
	     "The text was recognised in a picture (%d %% sure): letters and "
	     "digits may be wrong.",
	     (int)(reading->sure / (double)reading->letters));
	if (file->has_more)
		warn(reading->job, "Only the first frame was read.");
	return DOCKET_OK;
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	const struct parser_image *parser = self;
	const struct picture_limits limits = {
		.pixels = (uint64_t)parser->pixel_limit,
		.pages = (uint32_t)parser->page_limit,
	};
	struct reading reading = { .job = job };
	enum docket_status status = DOCKET_OK;
	struct picture_file file;
	enum picture_result result =
		picture_open(docket_job_bytes(job), &limits, &file);

	if (result != PICTURE_OK)
		status = refuse(job, result);
	for (uint32_t i = 0; i < file.pages && status == DOCKET_OK; i++)
		status = read_page(parser, &reading, &file, i);
	if (status == DOCKET_OK)
		status = conclude(&reading, &file);
	picture_close(&file);
	return status;
}

/* ---- the plugin ---- */

/* Languages that were asked for by name must be there. */
static bool
has_languages(const struct parser_image *parser)
{
	char language[32];
	const char *at = parser->languages;
	int size;

	for (; sscanf(at, " %31[^ ,+]%n", language, &size) == 1; at += size) {
		if (!ocr_has_language(parser->ocr, language)) {
			docket_log("languages: tesseract has no model of "
				   "\"%s\"; Debian's are tesseract-ocr-...",
				   language);
			return false;
		}
		at += strspn(at + size, " ,+");
	}
	return true;
}

/* Here, not in open(): models are files. */
static enum docket_status
prepare(void *self)
{
	struct parser_image *parser = self;

	setMsgSeverity(L_SEVERITY_NONE);
	parser->ocr = ocr_open(parser->languages[0] ? parser->languages
						    : OCR_LANGUAGES);
	if (!parser->ocr) {
		docket_log("tesseract has no models; Debian's are "
			   "tesseract-ocr-eng and its like");
		return DOCKET_BROKEN;
	}
	return has_languages(parser) ? DOCKET_OK : DOCKET_BROKEN;
}

static void
close_models(void *self)
{
	struct parser_image *parser = self;

	parser->ocr = ocr_close(parser->ocr);
}

static const char *const data[] = { "/usr/share/tesseract-ocr", NULL };

static const char *const types[] = {
	"image/png",  "image/jpeg", "image/tiff", "image/bmp",
	"image/webp", "image/gif",  NULL,
};

static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

DOCKET_PLUGIN = {
	.name = "image",
	.summary = "Scans and pictures of pages, by tesseract",
	.needs = DOCKET_NEED_PROCESS,
	.data = data,
	.self_size = sizeof(struct parser_image),
	.options = options,
	.prepare = prepare,
	.close = close_models,
	.parser = &parser,
};
