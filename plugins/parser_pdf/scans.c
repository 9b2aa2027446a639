/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scans.c - pages that are read by looking at them
 *
 * Draws a page, has its characters recognised, keeps the paragraphs until their
 * turn in the record. The models are loaded when the first page needs them, in
 * the process that reads this one document: most have no such page, and the
 * process that all are forked from stays small. Owns the models meanwhile.
 * Running out of memory ends the process.
 */
#include "scans.h"

#include "../parser_image/ocr.h"
#include "array.h"
#include "trust.h"

/* A page with fewer letters than this has no text, ... */
#define LETTERS_FEW 8u
/* ... and a scan may have so many that somebody stamped on it. */
#define LETTERS_STAMPED 200u
/* Of recognised text: less is too little to tell whether it is a language. */
#define BYTES_FEW 100u
/* Percent, that tesseract must be sure of them then. */
#define FEW_MINIMUM 60
/* Darker is ink, and so many pixels of it may be a letter. */
#define DARK 128
#define INK_MINIMUM 200u

enum need { NEED_NOT, NEED_IF_SCAN, NEED_IF_INK };

struct scan {
	uint32_t page;
	struct ocr_page text;
};

struct looking {
	struct scans *scans;
	struct library_document *source;
	struct document *document;
	const struct scans_options *options;
	struct ocr *ocr; /* NULL: not yet */
	uint32_t looks;
	bool is_blind; /* there are no models */
};

/* ---- which pages ---- */

static uint32_t
count_letters(const struct document *document, const struct sheet *sheet)
{
	uint32_t letters = 0;

	for (uint32_t i = 0; i < sheet->count; i++)
		letters += document->lines[sheet->line + i].glyphs;
	return letters;
}

/*
 * Where most pages have their text, one with a few words is a last page or a
 * title; it costs more to draw it than all others to read.
 */
static bool
is_mostly_text(const struct document *document)
{
	size_t full = 0;

	for (size_t i = 0; i < document->sheets_count; i++)
		full += count_letters(document, &document->sheets[i]) >=
			LETTERS_STAMPED;
	return full * 2 > document->sheets_count;
}

static enum need
judge_sheet(const struct document *document, const struct sheet *sheet,
	    bool is_mostly_text)
{
	uint32_t letters = count_letters(document, sheet);

	if (sheet->is_unreadable)
		return NEED_IF_INK;
	if (is_mostly_text)
		return letters > 0 ? NEED_NOT : NEED_IF_SCAN;
	if (letters < LETTERS_FEW)
		return NEED_IF_INK;
	return letters < LETTERS_STAMPED ? NEED_IF_SCAN : NEED_NOT;
}

static bool
has_ink(const struct library_picture *picture)
{
	const unsigned char *row = picture->pixels;
	uint32_t ink = 0;

	for (int y = 0; y < picture->height && ink < INK_MINIMUM; y++) {
		for (int x = 0; x < picture->width; x++)
			ink += row[x] < DARK;
		row += picture->stride;
	}
	return ink >= INK_MINIMUM;
}

/* ---- one page ---- */

static bool
has_models(struct looking *looking)
{
	const char *languages = looking->options->languages;

	if (looking->ocr || looking->is_blind)
		return looking->ocr;
	looking->ocr = ocr_open(languages[0] ? languages : OCR_LANGUAGES);
	looking->is_blind = !looking->ocr;
	if (looking->is_blind)
		docket_log("tesseract has no models of \"%s\"; Debian's are "
			   "tesseract-ocr-eng and its like",
			   languages);
	return looking->ocr;
}

/* A few letters of which tesseract is not sure are spots, or a drawing. */
static bool
is_text(const struct ocr_page *text)
{
	int least = text->size < BYTES_FEW ? FEW_MINIMUM : OCR_HOPELESS;

	return text->count && text->confidence >= least &&
	       trust_is_language(text->text, text->size);
}

/* What was recognised replaces the page's lines, if it is text. */
static void
keep(struct looking *looking, struct sheet *sheet, uint32_t page,
     struct ocr_page *text)
{
	struct scans *scans = looking->scans;

	if (!is_text(text)) {
		scans->noise++;
		return;
	}
	for (uint32_t i = 0; i < sheet->count; i++)
		looking->document->lines[sheet->line + i].kind = LINE_LOST;
	scans->items = array_reserve(scans->items, scans->count + 1,
				     &scans->capacity, sizeof(*scans->items));
	scans->items[scans->count++] = (struct scan){ page, *text };
	scans->liars += sheet->is_unreadable;
	scans->hard += text->confidence < OCR_DOUBTFUL;
	scans->letters += text->size;
	scans->certainty += (double)text->confidence * (double)text->size;
	*text = (struct ocr_page){ 0 };
}

static void
look_at(struct looking *looking, struct sheet *sheet, uint32_t page,
	enum need need)
{
	struct scans *scans = looking->scans;
	struct library_picture drawn = { 0 };
	struct ocr_page text = { 0 };
	bool is_wanted;

	if (!library_draw_page(looking->source, page, &drawn)) {
		scans->beyond += need == NEED_IF_INK;
		return;
	}
	is_wanted = need == NEED_IF_SCAN ? drawn.is_scan : has_ink(&drawn);
	if (is_wanted && has_models(looking)) {
		const struct ocr_picture picture = {
			drawn.pixels, drawn.width, drawn.height,
			drawn.stride, drawn.dpi,
		};

		looking->looks++;
		if (ocr_read(looking->ocr, &picture, &text) == 0)
			keep(looking, sheet, page, &text);
	} else if (is_wanted) {
		scans->beyond += need == NEED_IF_INK;
	}
	ocr_page_fini(&text);
	free(drawn.pixels);
}

/* ---- all of them ---- */

void
scans_read(struct scans *scans, struct docket_job *job,
	   struct library_document *source, struct document *document,
	   const struct scans_options *options)
{
	struct looking looking = {
		.scans = scans,
		.source = source,
		.document = document,
		.options = options,
	};
	uint32_t count = (uint32_t)document->sheets_count;
	bool has_text = is_mostly_text(document);

	for (uint32_t i = 0; i < count; i++) {
		struct sheet *sheet = &document->sheets[i];
		enum need need = judge_sheet(document, sheet, has_text);

		if (need == NEED_NOT)
			continue;
		if (looking.looks == options->limit || looking.is_blind) {
			scans->beyond += need == NEED_IF_INK;
			continue;
		}
		look_at(&looking, sheet, i + 1, need);
		docket_job_progress(job, i + 1, count);
	}
	ocr_close(looking.ocr);
}

uint32_t
scans_next_page(const struct scans *scans)
{
	return scans->put < scans->count ? scans->items[scans->put].page : 0;
}

void
scans_put(struct scans *scans, struct docket_job *job)
{
	const struct scan *scan = &scans->items[scans->put++];

	docket_put_page(job, scan->page);
	for (size_t i = 0; i < scan->text.count; i++) {
		const struct ocr_paragraph *paragraph =
			&scan->text.paragraphs[i];
		const struct docket_block block = {
			.kind = ocr_is_page_number(&scan->text, i)
					? DOCKET_BLOCK_LINE
					: DOCKET_BLOCK_PARAGRAPH,
		};

		docket_open_block(job, &block);
		docket_put_text(job,
				(struct docket_bytes){
					scan->text.text + paragraph->start,
					paragraph->end - paragraph->start });
		docket_close_block(job);
	}
}

void
scans_fini(struct scans *scans)
{
	for (size_t i = 0; i < scans->count; i++)
		ocr_page_fini(&scans->items[i].text);
	free(scans->items);
	*scans = (struct scans){ 0 };
}
