/* SPDX-License-Identifier: Apache-2.0 */
/*
 * writing.c - what characters are, and what is put before and behind words
 *
 * Pure, but for the table that is made once from Unicode's data. Ends the
 * process where memory runs out or these are not there.
 */
#include "writing.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "hash.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define DECOMPOSED_MAX 8

/* What no decomposition tells: as people type it, and signs that are alike. */
static const struct {
	uint16_t code;
	uint16_t folded;
} alike[] = {
	{ 0xa0, ' ' },	  /* no-break space */
	{ 0xab, '"' },	  /* guillemets */
	{ 0xbb, '"' },	  /* */
	{ 0xb4, '\'' },	  /* acute accent */
	{ 0x2bc, '\'' },  /* modifier apostrophe */
	{ 0xf0, 'd' },	  /* eth */
	{ 0xf8, 'o' },	  /* o with stroke */
	{ 0x111, 'd' },	  /* d with stroke */
	{ 0x131, 'i' },	  /* dotless i */
	{ 0x142, 'l' },	  /* l with stroke */
	{ 0x439, 0x439 }, /* short i is a letter of its own */
	{ 0x60c, ',' },	  /* Arabic comma */
	{ 0x61b, ';' },	  /* Arabic semicolon */
	{ 0x61f, '?' },	  /* Arabic question mark */
	{ 0x629, 0x647 }, /* teh marbuta: heh */
	{ 0x649, 0x64a }, /* alef maksura: yeh */
	{ 0x66a, '%' },	  /* Arabic percent sign */
	{ 0x671, 0x627 }, /* alef wasla: alef */
	{ 0x6a9, 0x643 }, /* keheh: kaf */
	{ 0x6cc, 0x64a }, /* Farsi yeh: yeh */
	{ 0x6d4, '.' },	  /* Arabic full stop */
};

/* Further signs that mean the same as one of ASCII. */
static const struct {
	uint32_t first;
	uint32_t last;
	char folded;
} signs[] = {
	{ 0x2010, 0x2015, '-' }, { 0x2018, 0x201b, '\'' },
	{ 0x201c, 0x201f, '"' }, { 0x2032, 0x2032, '\'' },
	{ 0x2039, 0x203a, '"' }, { 0x2044, 0x2044, '/' },
	{ 0x2212, 0x2212, '-' }, { 0x2215, 0x2215, '/' },
	{ 0x3008, 0x3009, '"' }, { 0xfe63, 0xfe63, '-' },
	{ 0xfe58, 0xfe58, '-' },
};

/* What is no letter by itself, and what stands alone. */
static const struct {
	uint32_t first;
	uint32_t last;
	enum letter_kind kind;
} ranges[] = {
	{ 0x2000, 0x200a, LETTER_SPACE },   { 0x200b, 0x200f, LETTER_IGNORED },
	{ 0x2028, 0x2029, LETTER_SPACE },   { 0x202a, 0x202e, LETTER_IGNORED },
	{ 0x202f, 0x202f, LETTER_SPACE },   { 0x205f, 0x205f, LETTER_SPACE },
	{ 0x2060, 0x206f, LETTER_IGNORED }, { 0x3000, 0x3000, LETTER_SPACE },
	{ 0x3005, 0x3007, LETTER_ALONE },   { 0x3040, 0x30ff, LETTER_ALONE },
	{ 0xf900, 0xfaff, LETTER_ALONE },   { 0xfe00, 0xfe0f, LETTER_IGNORED },
	{ 0xfeff, 0xfeff, LETTER_IGNORED }, { 0x20000, 0x3ffff, LETTER_ALONE },
};

#define WIDE_FIRST 0xff01u
#define WIDE_LAST 0xff5eu
#define WIDE_OFFSET 0xfee0u

static uint8_t
script_of(uint32_t code)
{
	UErrorCode error = U_ZERO_ERROR;

	switch ((int)uscript_getScript((UChar32)code, &error)) {
	case USCRIPT_LATIN:
		return SCRIPT_LATIN;
	case USCRIPT_CYRILLIC:
		return SCRIPT_CYRILLIC;
	case USCRIPT_ARABIC:
		return SCRIPT_ARABIC;
	default:
		return SCRIPT_OTHER;
	}
}

/* The character without its marks, in lower case. */
static uint32_t
strip(const UNormalizer2 *nfkd, uint32_t code)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar plain[DECOMPOSED_MAX];
	int32_t count;

	for (size_t i = 0; i < ARRAY_SIZE(alike); i++)
		if (alike[i].code == (uint32_t)u_tolower((UChar32)code))
			return alike[i].folded;
	count = unorm2_getDecomposition(nfkd, (UChar32)code, plain,
					DECOMPOSED_MAX, &error);
	if (U_FAILURE(error) || count < 1)
		return (uint32_t)u_tolower((UChar32)code);
	return (uint32_t)u_tolower(plain[0]);
}

/* Encode what it is folded to. */
static void
put_text(struct letter *letter)
{
	size_t size = 0;

	U8_APPEND_UNSAFE(letter->text, size, letter->folded);
	letter->size = (uint8_t)size;
}

static struct letter
make_row(const UNormalizer2 *nfkd, uint32_t code)
{
	struct letter letter = { .kind = LETTER_SIGN, .script = SCRIPT_NONE };
	int32_t digit = u_charDigitValue((UChar32)code);

	letter.folded = strip(nfkd, code);
	letter.is_capital = u_isupper((UChar32)code);
	if (U_GET_GC_MASK((UChar32)code) & (U_GC_M_MASK | U_GC_CF_MASK) ||
	    code == 0x640) {
		letter.kind = LETTER_IGNORED;
	} else if (u_isspace((UChar32)code) || code < ' ') {
		letter.kind = LETTER_SPACE;
	} else if (u_isdigit((UChar32)code) && digit >= 0) {
		letter.kind = LETTER_DIGIT;
		letter.folded = '0' + (uint32_t)digit;
	} else if (u_isalpha((UChar32)code)) {
		letter.kind = LETTER_WORD;
		letter.script = script_of(code);
		put_text(&letter);
	}
	return letter;
}

struct writing *
writing_new(void)
{
	struct writing *writing = calloc(1, sizeof(*writing));
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&error);

	if (!writing || U_FAILURE(error))
		abort();
	for (uint32_t code = 0; code < WRITING_ROWS; code++)
		writing->rows[code] = make_row(nfkd, code);
	return writing;
}

struct writing *
writing_free(struct writing *writing)
{
	free(writing);
	return NULL;
}

const struct letter *
writing_find(const struct writing *writing, uint32_t code, struct letter *room)
{
	*room = (struct letter){
		.folded = code,
		.kind = LETTER_SIGN,
		.script = SCRIPT_NONE,
	};
	if (code - WIDE_FIRST <= WIDE_LAST - WIDE_FIRST)
		return &writing->rows[code - WIDE_OFFSET];
	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (code - ranges[i].first <=
		    ranges[i].last - ranges[i].first) {
			room->kind = (uint8_t)ranges[i].kind;
			return room;
		}
	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (code - signs[i].first <= signs[i].last - signs[i].first) {
			room->folded = (uint32_t)signs[i].folded;
			return room;
		}
	if (u_isalpha((UChar32)code)) {
		room->kind = LETTER_WORD;
		room->folded = (uint32_t)u_tolower((UChar32)code);
		room->script = script_of(code);
		room->is_capital = u_isupper((UChar32)code);
		put_text(room);
	}
	return room;
}

/* ---- affixes ---- */

/* What an affix is found by: an ending's last letter, another's first. */
static size_t
bin_of(const struct affix *affix, bool is_ending)
{
	size_t at = 0;

	/* The last byte has the lowest bits of the last letter. */
	if (is_ending)
		return (unsigned char)affix->text[affix->size - 1] %
		       WRITING_BINS;
	return writing_next(affix->text, affix->size, &at) % WRITING_BINS;
}

/* Note what is at the word's edge: an ending's last bytes, another's first. */
static void
note_edge(struct affix *affix, bool is_ending)
{
	size_t size = affix->size < 8 ? affix->size : 8;
	char edge[8] = { 0 };
	char mask[8] = { 0 };

	memcpy(edge + (is_ending ? 8 - size : 0),
	       affix->text + (is_ending ? affix->size - size : 0), size);
	memset(mask + (is_ending ? 8 - size : 0), 0xff, size);
	affix->edge = hash_load(edge);
	affix->mask = hash_load(mask);
}

/* By bins; in each the longest stand first: they are tried first. */
static bool
insert(struct affixes *affixes, struct affix *affix, bool is_ending)
{
	size_t bin = bin_of(affix, is_ending);
	size_t at = affixes->begin[bin];

	if (affixes->count == WRITING_AFFIXES)
		return false;
	while (at < affixes->begin[bin + 1] &&
	       affixes->items[at].letters >= affix->letters)
		at++;
	note_edge(affix, is_ending);
	memmove(&affixes->items[at + 1], &affixes->items[at],
		(affixes->count - at) * sizeof(*affix));
	affixes->items[at] = *affix;
	affixes->count++;
	for (size_t i = bin + 1; i <= WRITING_BINS; i++)
		affixes->begin[i]++;
	return true;
}

static bool
add_affixes(const struct writing *writing, struct affixes *affixes,
	    bool is_ending, const char *words)
{
	struct affix affix = { .size = 0 };
	size_t size = strlen(words);

	for (size_t at = 0; at < size;) {
		uint32_t code = writing_next(words, size, &at);
		struct letter room;
		const struct letter *letter =
			writing_letter(writing, code, &room);

		if (letter->kind == LETTER_WORD) {
			if (affix.letters == WRITING_AFFIX)
				return false;
			memcpy(affix.text + affix.size, letter->text,
			       letter->size);
			affix.size = (uint8_t)(affix.size + letter->size);
			affix.letters++;
		} else if (letter->kind == LETTER_SPACE && affix.size) {
			if (!insert(affixes, &affix, is_ending))
				return false;
			affix = (struct affix){ .size = 0 };
		}
	}
	return !affix.size || insert(affixes, &affix, is_ending);
}

/* Note what was added: of other affixes the hash is another. */
static bool
note(struct writing *writing, const char *text)
{
	for (; *text; text++)
		writing->affixes =
			hash_eight(writing->affixes, (unsigned char)*text);
	writing->affixes = hash_eight(writing->affixes, 0);
	return true;
}

bool
writing_take(struct writing *writing, const char *key, const char *words)
{
	const struct {
		const char *key;
		struct affixes *affixes;
	} kinds[] = {
		{ "endings", &writing->endings },
		{ "article", &writing->articles },
		{ "prefixes", &writing->prefixes },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].key, key) == 0)
			return add_affixes(writing, kinds[i].affixes, i == 0,
					   words) &&
			       note(writing, key) && note(writing, words);
	return false;
}
