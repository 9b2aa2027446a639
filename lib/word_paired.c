/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_paired.c - Han and kana: each with its successor
 *
 * Owns nothing; moves a breaker through the text it was lent. A character is
 * read once: the successor of one is kept (`ahead`) until it is the first.
 */
#include "word_breaker.h"

static struct paired
read_paired(const struct word_breaker *breaker, size_t at)
{
	struct paired paired = { .start = at };
	const struct word_fold *fold;
	uint32_t code, composed;
	size_t length = word_look_at(breaker, at, &code, &fold);

	if (length == 0 || fold->class != WORD_CLASS_PAIRED)
		return paired;
	paired.code = fold->count ? fold->kept[0] : code;
	for (;;) {
		at += length;
		length = word_look_at(breaker, at, &code, &fold);
		if (length == 0 || (fold->class != WORD_CLASS_JOINER &&
				    fold->class != WORD_CLASS_IGNORED))
			break;
		composed = word_fold_compose(
			paired.code, fold->count ? fold->kept[0] : code);
		if (composed)
			paired.code = composed;
	}
	paired.end = at;
	return paired;
}

/* Behind the white space there, unless an empty line or a page ends in it. */
static size_t
skip_gap(const struct word_breaker *breaker, size_t at)
{
	const struct word_fold *fold;
	size_t start = at, length, lines = 0;
	uint32_t code;

	while ((length = word_look_at(breaker, at, &code, &fold)) > 0 &&
	       fold->class == WORD_CLASS_SPACE) {
		lines += code == '\n';
		if (lines > 1 || code == '\f')
			return start;
		at += length;
	}
	return at;
}

bool
word_next_paired(struct word_breaker *breaker, struct word *word)
{
	struct paired first = breaker->ahead, second;
	size_t size;

	if (first.code == 0)
		first = read_paired(breaker, breaker->at);
	second = read_paired(breaker, skip_gap(breaker, first.end));
	size = word_fold_encode(first.code, breaker->plain);
	if (second.code)
		size += word_fold_encode(second.code, breaker->plain + size);
	breaker->ahead = second;
	breaker->at = first.end;
	word->start = (uint32_t)first.start;
	word->end = (uint32_t)(second.code ? second.end : first.end);
	word->token = (struct docket_bytes){ breaker->plain, size };
	word->twin = (struct docket_bytes){ NULL, 0 };
	return true;
}
