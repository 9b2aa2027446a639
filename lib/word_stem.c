/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_stem.c - stems of words
 *
 * Owns the Snowball stemmers, made at first need. Ends the process when memory
 * runs out. Remembers nothing: word_seen.c does.
 */
#include "word_stem.h"

#include <assert.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "word_fold.h"

struct word_stemmer {
	struct sb_stemmer *stemmers[WORD_LANGUAGE_COUNT];
	char token[WORD_TOKEN_LIMIT_BYTES + 1];
	char twin[WORD_TOKEN_LIMIT_BYTES + 1];
};

enum script {
	SCRIPT_OTHER = 0,
	SCRIPT_LATIN,
	SCRIPT_CYRILLIC,
	SCRIPT_ARABIC,
};

static const struct {
	const char *algorithm;
	enum script script;
} languages[WORD_LANGUAGE_COUNT] = {
	[WORD_AR] = { "arabic", SCRIPT_ARABIC },
	[WORD_EN] = { "english", SCRIPT_LATIN },
	[WORD_ES] = { "spanish", SCRIPT_LATIN },
	[WORD_FR] = { "french", SCRIPT_LATIN },
	[WORD_RU] = { "russian", SCRIPT_CYRILLIC },
};

struct word_stemmer *
word_stemmer_new(void)
{
	return mem_alloc(sizeof(struct word_stemmer));
}

struct word_stemmer *
word_stemmer_free(struct word_stemmer *stemmer)
{
	if (!stemmer)
		return NULL;
	for (size_t i = 0; i < WORD_LANGUAGE_COUNT; i++)
		if (stemmer->stemmers[i])
			sb_stemmer_delete(stemmer->stemmers[i]);
	free(stemmer);
	return NULL;
}

/* By the first byte of the first letter; a number is of no script. */
static enum script
find_script(unsigned char lead)
{
	if (lead >= 'a' && lead <= 'z')
		return SCRIPT_LATIN;
	if (lead >= 0xc3 && lead <= 0xc9) /* U+00C0 to U+027F */
		return SCRIPT_LATIN;
	if (lead >= 0xd0 && lead <= 0xd3) /* U+0400 to U+04FF */
		return SCRIPT_CYRILLIC;
	if (lead >= 0xd8 && lead <= 0xdb) /* U+0600 to U+06FF */
		return SCRIPT_ARABIC;
	return SCRIPT_OTHER;
}

bool
word_stem_fits(enum word_language language, struct docket_bytes kept)
{
	return languages[language].algorithm && kept.size > 0 &&
	       languages[language].script ==
		       find_script((unsigned char)kept.data[0]);
}

/* Snowball's answer for a word; lent until the next one. */
static struct docket_bytes
run_snowball(struct word_stemmer *stemmer, enum word_language language,
	     struct docket_bytes word)
{
	struct sb_stemmer **snowball = &stemmer->stemmers[language];
	const sb_symbol *stem;
	size_t size;

	if (!*snowball)
		*snowball =
			sb_stemmer_new(languages[language].algorithm, "UTF_8");
	assert(*snowball);
	stem = sb_stemmer_stem(*snowball, (const sb_symbol *)word.data,
			       (int)word.size);
	assert(stem); /* it fails only without memory */
	size = (size_t)sb_stemmer_length(*snowball);
	/* A stemmer may take a word away altogether; then it stands. */
	if (size == 0 || size > WORD_TOKEN_LIMIT_BYTES)
		return word;
	return (struct docket_bytes){ (const char *)stem, size };
}

void
word_stem_find(struct word_stemmer *stemmer, enum word_language language,
	       struct docket_bytes kept, bool has_marks,
	       struct word_stems *out_stems)
{
	struct docket_bytes plain = { stemmer->twin, 0 };

	*out_stems = (struct word_stems){ .token = { stemmer->token, 0 } };
	out_stems->token.size = word_fold_strip(
		run_snowball(stemmer, language, kept), stemmer->token);
	if (!has_marks)
		return;
	plain.size = word_fold_strip(kept, stemmer->twin);
	plain = run_snowball(stemmer, language, plain);
	plain.size = word_fold_strip(plain, stemmer->twin);
	plain.data = stemmer->twin;
	if (out_stems->token.size == 0)
		out_stems->token = plain;
	else if (!bytes_equal(plain, out_stems->token))
		out_stems->twin = plain;
}

static char *
put_token(char *to, struct docket_bytes token)
{
	memcpy(to, token.data, token.size);
	to[token.size] = ' ';
	return to + token.size + 1;
}

char *
word_stem_put(const struct word_stems *stems, char *to)
{
	if (stems->token.size > 0)
		to = put_token(to, stems->token);
	if (stems->twin.size > 0) {
		*to++ = '=';
		to = put_token(to, stems->twin);
	}
	return to;
}

size_t
word_stem_measure(const struct word_stems *stems)
{
	return (stems->token.size ? stems->token.size + 1 : 0) +
	       (stems->twin.size ? stems->twin.size + 2 : 0);
}
