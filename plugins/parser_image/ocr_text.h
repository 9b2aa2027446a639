/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ocr_text.h - what tesseract recognised, as paragraphs
 */
#ifndef PARSER_IMAGE_OCR_TEXT_H
#define PARSER_IMAGE_OCR_TEXT_H

#include <stddef.h>

#include "ocr.h"

struct TessResultIterator;

/* Append all that is recognised; result may be NULL: nothing is. */
void ocr_text_collect(struct TessResultIterator *result, struct ocr_page *page);

/*
 * A paragraph's lines, with a line feed behind each, into one: in place, size
 * bytes of UTF-8. A space stands for a line end, but not beside a character of
 * a script without spaces, nor where a word was divided. Returns the new size
 * and how many lines there were.
 */
size_t ocr_text_join(char *text, size_t size, int *out_lines);

/*
 * Symbols of documents are in Latin letters, whatever the language: Cyrillic
 * ones that look like them become them in "A/47/208", in place. Returns the new
 * size.
 */
size_t ocr_text_mend_symbols(char *text, size_t size);

#endif
