/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_unspaced.c - words of scripts without spaces
 *
 * Owns ICU's word breaker, which brings dictionaries of Thai, Lao, Khmer and
 * Burmese. Where ICU has none of that, a run is one word: found by the whole
 * of it only, but never lost.
 */
#include "word_unspaced.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct word_unspaced {
	UBreakIterator *breaker; /* NULL where ICU has none */
	UText *text;
	size_t size; /* of the run */
	size_t at;
	bool is_cut;
};

struct word_unspaced *
word_unspaced_new(void)
{
	struct word_unspaced *unspaced = mem_alloc(sizeof *unspaced);
	UErrorCode error = U_ZERO_ERROR;

	unspaced->breaker = ubrk_open(UBRK_WORD, "", NULL, 0, &error);
	return unspaced;
}

struct word_unspaced *
word_unspaced_free(struct word_unspaced *unspaced)
{
	if (!unspaced)
		return NULL;
	if (unspaced->breaker)
		ubrk_close(unspaced->breaker);
	if (unspaced->text)
		utext_close(unspaced->text);
	free(unspaced);
	return NULL;
}

void
word_unspaced_start(struct word_unspaced *unspaced, struct docket_bytes run,
		    bool is_cut)
{
	UErrorCode error = U_ZERO_ERROR;

	unspaced->size = run.size;
	unspaced->at = 0;
	unspaced->is_cut = is_cut;
	if (!unspaced->breaker)
		return;
	unspaced->text = utext_openUTF8(unspaced->text, run.data,
					(int64_t)run.size, &error);
	ubrk_setUText(unspaced->breaker, unspaced->text, &error);
	if (U_FAILURE(error)) {
		ubrk_close(unspaced->breaker);
		unspaced->breaker = NULL;
	}
}

size_t
word_unspaced_next(struct word_unspaced *unspaced)
{
	int32_t end = UBRK_DONE;
	size_t start = unspaced->at;

	if (unspaced->at == unspaced->size)
		return 0;
	if (unspaced->breaker)
		end = ubrk_next(unspaced->breaker);
	unspaced->at = end == UBRK_DONE ? unspaced->size : (size_t)end;
	if (unspaced->is_cut && start > 0 && unspaced->at == unspaced->size)
		return 0;
	return unspaced->at;
}
