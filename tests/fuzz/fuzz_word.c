/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_word.c - strangers' text broken into words
 *
 * The first byte is the language. Whatever comes, words lie in the text and in
 * its order, and tokens are what an index takes: the same whether words are
 * asked for one by one or all at once, for the first time or again.
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

/* As docket_record_tokens() has them. */
static void
put_word(struct buffer *out, const struct word *word)
{
	buffer_put_bytes(out, word->token);
	buffer_put_string(out, " ");
	if (word->twin.size == 0)
		return;
	buffer_put_string(out, "=");
	buffer_put_bytes(out, word->twin);
	buffer_put_string(out, " ");
}

static void
check_all_at_once(struct word_breaker *breaker, struct docket_bytes text,
		  enum word_language language, struct docket_bytes expected)
{
	auto_buffer struct buffer tokens = { 0 };

	word_put_tokens(breaker, text, language, &tokens);
	assert(bytes_equal(buffer_bytes(&tokens), expected));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	auto_buffer struct buffer tokens = { 0 };
	struct word_breaker *breaker, *other;
	enum word_language language;
	struct docket_bytes text;
	struct word word = { 0 };
	uint32_t before = 0;

	if (size == 0)
		return 0;
	text = (struct docket_bytes){ (const char *)data + 1, size - 1 };
	language = (enum word_language)(data[0] % WORD_LANGUAGE_COUNT);
	breaker = word_breaker_new();
	other = word_breaker_new();
	word_breaker_see_many(other);
	word_start(breaker, text, language);
	while (word_next(breaker, &word)) {
		assert(word.start < word.end && word.end <= text.size);
		assert(before == 0 || word.start > before - 1);
		before = word.start + 1;
		check_token(word.token);
		if (word.twin.size > 0)
			check_token(word.twin);
		put_word(&tokens, &word);
	}
	check_all_at_once(breaker, text, language, buffer_bytes(&tokens));
	check_all_at_once(other, text, language, buffer_bytes(&tokens));
	word_breaker_free(breaker);
	word_breaker_free(other);
	return 0;
}
