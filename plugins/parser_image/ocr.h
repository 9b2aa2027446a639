/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr.h - text out of grey pictures of pages
 *
 * Whoever has a picture of a page can compile ocr.c with it: it knows neither
 * files nor docket, only tesseract. One reading at a time.
 */
#ifndef PARSER_IMAGE_OCR_H
#define PARSER_IMAGE_OCR_H

#include <stddef.h>

/* What is read where nobody says otherwise, as far as it is installed. */
#define OCR_LANGUAGES "eng fra spa rus ara chi_sim"
/* Below this, in percent, what was recognised is worth a warning, ... */
#define OCR_DOUBTFUL 75
/* ... and below this it is no text. */
#define OCR_HOPELESS 40

struct ocr;

/* A page: 8 bits a pixel, 0 is black, the first row at the top. */
struct ocr_picture {
	const unsigned char *pixels;
	int width; /* at most 32,767, as tesseract has it; so the height */
	int height;
	int stride; /* bytes from one row to the next */
	int dpi;    /* 0: unknown */
};

struct ocr_paragraph {
	size_t start; /* bytes into the text */
	size_t end;
	int lines;
	int confidence; /* percent */
};

/* What stands on a page, in reading order. A zeroed one is empty. */
struct ocr_page {
	char *text; /* UTF-8, logical order */
	size_t size;
	struct ocr_paragraph *paragraphs;
	size_t count;
	int confidence;	       /* percent, over all letters; 0 without any */
	int turned;	       /* degrees clockwise until it stood upright */
	const char *languages; /* "eng+fra": lent by the ocr */
};

/*
 * Load the models of those languages, which are tesseract's names with spaces
 * between. Reads files, so it belongs before a sandbox. NULL: there is none of
 * them. The languages that are not there are left out.
 */
struct ocr *ocr_open(const char *languages);
struct ocr *ocr_close(struct ocr *ocr);

/* Does it read that language? */
int ocr_has_language(const struct ocr *ocr, const char *language);

/*
 * Recognise a page: which script it is in and how it is turned is found out.
 * 0, with the page the caller's until ocr_page_fini(), empty where nothing was
 * found; or -ENOMEM, -EINVAL for a picture without pixels or too large.
 */
int ocr_read(struct ocr *ocr, const struct ocr_picture *picture,
	     struct ocr_page *out_page);
void ocr_page_fini(struct ocr_page *page);

/* Is that paragraph but a number, at the head or foot of other text? */
int ocr_is_page_number(const struct ocr_page *page, size_t index);

#endif
