/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_word.c - strangers' text broken into words
 *
 * The first byte is the language. Whatever comes, words lie in the text and in
 * its order, and tokens are what an index takes.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "escape.h"
#include "word.h"

static void
check_token(struct docket_bytes token)
{
	assert(token.size > 0 && token.size <= WORD_TOKEN_LIMIT_BYTES);
	assert(escape_is_utf8(token));
	assert(!memchr(token.data, ' ', token.size));
	assert(!memchr(token.data, '=', token.size));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct word_breaker *breaker;
	struct docket_bytes text;
	struct word word = { 0 };
	uint32_t before = 0;

	if (size == 0)
		return 0;
	text = (struct docket_bytes){ (const char *)data + 1, size - 1 };
	breaker = word_breaker_new();
	word_start(breaker, text,
		   (enum word_language)(data[0] % WORD_LANGUAGE_COUNT));
	while (word_next(breaker, &word)) {
		assert(word.start < word.end && word.end <= text.size);
		assert(before == 0 || word.start > before - 1);
		before = word.start + 1;
		check_token(word.token);
		if (word.twin.size > 0)
			check_token(word.twin);
	}
	word_breaker_free(breaker);
	return 0;
}
