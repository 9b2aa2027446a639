/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_stem.c - stems of words, remembered
 *
 * Owns the Snowball stemmers, made at first need, and a cache. Ends the process
 * when memory runs out.
 *
 * Stemming a word costs thirty times what finding it costs, and nine words in
 * ten were seen shortly before. So the cache has one slot for every value of
 * 16 bits of a hash: what is looked for is there or is not, what is put there
 * replaces what was. A slot holds the whole word, so no two words can be taken
 * for one another. It is one cache line; words that do not fit are stemmed each
 * time.
 */
#include "word_stem.h"

#include <assert.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "word_fold.h"

/* Powers of two; words of a language, and of one document. */
#define SLOTS (1 << 16)
#define SLOTS_OF_ONE (1 << 12)
#define SLOT_BYTES 60

/* language is WORD_OTHER, which has no stemmer, in an empty slot. */
struct slot {
	uint8_t language;
	uint8_t kept_size;
	uint8_t token_size;
	uint8_t twin_size;
	char bytes[SLOT_BYTES]; /* kept form, token, twin */
};

struct word_stemmer {
	struct sb_stemmer *stemmers[WORD_LANGUAGE_COUNT];
	size_t slot_count;
	struct slot *slots; /* NULL until the first word */
	void *memory;	    /* that they are in, from a cache line on */
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
	struct word_stemmer *stemmer = mem_alloc(sizeof(*stemmer));

	stemmer->slot_count = SLOTS;
	return stemmer;
}

void
word_stemmer_see_one(struct word_stemmer *stemmer)
{
	stemmer->slot_count = SLOTS_OF_ONE;
}

struct word_stemmer *
word_stemmer_free(struct word_stemmer *stemmer)
{
	if (!stemmer)
		return NULL;
	for (size_t i = 0; i < WORD_LANGUAGE_COUNT; i++)
		if (stemmer->stemmers[i])
			sb_stemmer_delete(stemmer->stemmers[i]);
	free(stemmer->memory);
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

static size_t
hash_word(enum word_language language, struct docket_bytes kept)
{
	const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash = (uint64_t)language << 8 | kept.size;
	const char *at = kept.data;
	uint64_t piece;

	for (size_t left = kept.size; left > 0; at += sizeof piece) {
		memcpy(&piece, at, sizeof piece);
		if (left < sizeof piece)
			piece &= ~(UINT64_MAX << left * 8);
		hash = (hash ^ piece) * factor;
		hash ^= hash >> 32;
		left -= left < sizeof piece ? left : sizeof piece;
	}
	return (size_t)((hash * factor) >> 48);
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

static void
stem_word(struct word_stemmer *stemmer, enum word_language language,
	  struct docket_bytes kept, bool has_marks, struct word_stems *stems)
{
	struct docket_bytes plain = { stemmer->twin, 0 };

	*stems = (struct word_stems){ .token = { stemmer->token, 0 } };
	stems->token.size = word_fold_strip(
		run_snowball(stemmer, language, kept), stemmer->token);
	if (!has_marks)
		return;
	plain.size = word_fold_strip(kept, stemmer->twin);
	plain = run_snowball(stemmer, language, plain);
	plain.size = word_fold_strip(plain, stemmer->twin);
	plain.data = stemmer->twin;
	if (stems->token.size == 0)
		stems->token = plain;
	else if (!bytes_equal(plain, stems->token))
		stems->twin = plain;
}

/* Memory that is zero costs nothing before it is written to. */
static void
open_cache(struct word_stemmer *stemmer)
{
	const uintptr_t line = sizeof(struct slot);
	uintptr_t at;

	stemmer->memory =
		mem_alloc_array(stemmer->slot_count + 1, sizeof(struct slot));
	at = ((uintptr_t)stemmer->memory + line - 1) / line * line;
	stemmer->slots = (struct slot *)at;
}

static bool
is_in_slot(const struct slot *slot, enum word_language language,
	   struct docket_bytes kept)
{
	return slot->language == language && slot->kept_size == kept.size &&
	       memcmp(slot->bytes, kept.data, kept.size) == 0;
}

static void
fill_slot(struct slot *slot, enum word_language language,
	  struct docket_bytes kept, const struct word_stems *stems)
{
	size_t token_at = kept.size;
	size_t twin_at = token_at + stems->token.size;

	if (twin_at + stems->twin.size > SLOT_BYTES)
		return;
	slot->language = (uint8_t)language;
	slot->kept_size = (uint8_t)kept.size;
	slot->token_size = (uint8_t)stems->token.size;
	slot->twin_size = (uint8_t)stems->twin.size;
	memcpy(slot->bytes, kept.data, kept.size);
	memcpy(slot->bytes + token_at, stems->token.data, stems->token.size);
	if (stems->twin.size > 0)
		memcpy(slot->bytes + twin_at, stems->twin.data,
		       stems->twin.size);
}

void
word_stem_find(struct word_stemmer *stemmer, enum word_language language,
	       struct docket_bytes kept, bool has_marks,
	       struct word_stems *out_stems)
{
	struct slot *slot;
	const char *tokens;

	if (!stemmer->slots)
		open_cache(stemmer);
	slot = &stemmer->slots[hash_word(language, kept) &
			       (stemmer->slot_count - 1)];
	if (!is_in_slot(slot, language, kept)) {
		stem_word(stemmer, language, kept, has_marks, out_stems);
		fill_slot(slot, language, kept, out_stems);
		return;
	}
	tokens = slot->bytes + slot->kept_size;
	out_stems->token = (struct docket_bytes){ tokens, slot->token_size };
	out_stems->twin = (struct docket_bytes){ tokens + slot->token_size,
						 slot->twin_size };
}
