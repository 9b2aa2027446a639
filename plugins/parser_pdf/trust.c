/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trust.c - pages whose letters are not what they say
 *
 * A PDF need not say which characters its glyphs are. Some do not, and what
 * comes out of them looks like letters and means nothing. Languages are known
 * by what is common in them: the eight letters that make up half of any text
 * in a script, characters that everybody learns, words of nothing but letters.
 * Commands, addresses and formulas have words with signs in them, too; so where
 * fonts say which characters their glyphs are, it takes more of them to prove
 * something.
 * Pure; the tables are of scripts, not of samples.
 */
#include "trust.h"

#include <string.h>

#include "letters.h"

/* Fewer letters than this say nothing. */
#define LETTERS_MINIMUM 40u
/* Percent. */
#define COMMON_MINIMUM 38u
#define ODD_LIMIT 12u
#define MIXED_LIMIT 30u
#define SUSPECT_LIMIT 10u /* the same, where fonts of other pages lie */
/* Code has signs in half of its words, scrambled letters in almost all. */
#define CODED_LIMIT 67u
#define HAN_COMMON_MINIMUM 60u
/* One page in so many is enough to look harder at the others. */
#define LIARS_SHARE 5u
/* But for these, of Roman numbers and www, no letter comes three times. */
#define REPEATED "ivxlcdmw"

/* Letters, small, that make up half of the texts in a script. */
static const struct {
	uint32_t first, last; /* the script's letters */
	const uint32_t *common;
} scripts[] = {
	{ 'A', 0x24f,
	  (const uint32_t[]){ 'e', 'a', 'i', 'n', 'o', 'r', 's', 't', 0 } },
	{ 0x370, 0x3ff,
	  (const uint32_t[]){ 0x3b1, 0x3bf, 0x3b9, 0x3b5, 0x3c4, 0x3c3, 0x3bd,
			      0x3b7, 0x3c5, 0x3c1, 0x3c2, 0 } },
	{ 0x400, 0x52f,
	  (const uint32_t[]){ 0x43e, 0x435, 0x430, 0x438, 0x43d, 0x442, 0x441,
			      0x440, 0x432, 0x456, 0 } },
	{ 0x5d0, 0x5ea,
	  (const uint32_t[]){ 0x5d9, 0x5d5, 0x5d4, 0x5dc, 0x5d0, 0x5e8, 0x5ea,
			      0x5de, 0x5d1, 0 } },
	{ 0x600, 0x6ff,
	  (const uint32_t[]){ 0x627, 0x644, 0x64a, 0x645, 0x648, 0x646, 0x631,
			      0x62a, 0x6cc, 0 } },
};

#define SCRIPTS (sizeof(scripts) / sizeof(*scripts))

struct tally {
	size_t letters, han, common_han;
	size_t odd, all; /* of what is no space */
	size_t script[SCRIPTS], common[SCRIPTS];
	size_t words, mixed;
	size_t coded;	  /* of the others, those with signs */
	bool may_be_code; /* words with signs in them are not mixed */
};

/* The word being read. */
struct word {
	size_t letters;
	size_t script;	 /* of its first letter; SCRIPTS: of none of ours */
	uint32_t before; /* the character before; 0 at its start */
	size_t same;	 /* how often that came before in a row */
	bool is_mixed, is_coded;
	bool has_sign; /* behind a letter: bad if one follows */
};

static size_t
find_script(uint32_t c)
{
	for (size_t i = 0; i < SCRIPTS; i++)
		if (c >= scripts[i].first && c <= scripts[i].last)
			return i;
	return SCRIPTS;
}

static bool
is_common(size_t script, uint32_t c)
{
	const uint32_t *common = scripts[script].common;

	while (*common && *common != c)
		common++;
	return *common;
}

/* Control characters, private use, what could not be decoded. */
static bool
is_odd(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfffd ||
	       (c >= 0xe000 && c < 0xf900) || c >= 0xf0000 || c == 0xff;
}

/* What stands in no word of any language. */
static bool
is_sign(uint32_t c)
{
	return c < 0x80 && c && strchr("[]{}|~^\\<>=#$%&*+@_`\"!?;", (int)c);
}

/* Where a word ends: at spaces, and at what parts a path or an address. */
static bool
ends_word(uint32_t c)
{
	return c == ' ' || c == '\n' || c == '/' || c == '.' || c == ':' ||
	       c == '-' || letter_is_wide(c);
}

/* Do signs or capitals stand where words have none? */
static bool
looks_like_code(const struct word *word, uint32_t c)
{
	return (word->letters && word->has_sign) ||
	       (letter_is_upper(c) && letter_is_lower(word->before) &&
		word->before != 'c'); /* McDonald */
}

static void
count_letter(struct tally *tally, struct word *word, uint32_t c)
{
	uint32_t plain = letter_to_base(c);
	size_t script = find_script(plain);

	if (word->letters && script != word->script)
		word->is_mixed = true;
	if (looks_like_code(word, c)) {
		word->is_coded = tally->may_be_code;
		word->is_mixed |= !tally->may_be_code;
	}
	/* No word has the same letter three times: a font that says so lies. */
	word->same = c == word->before ? word->same + 1 : 0;
	if (word->same > 1 && (plain >= 0x80 || !strchr(REPEATED, (int)plain)))
		word->is_mixed = true;
	if (!word->letters)
		word->script = script;
	word->letters++;
	tally->letters++;
	if (script == SCRIPTS)
		return;
	tally->script[script]++;
	tally->common[script] += is_common(script, plain);
}

static void
end_word(struct tally *tally, struct word *word)
{
	if (word->letters > 2) {
		tally->words++;
		tally->mixed += word->is_mixed;
		tally->coded += word->is_coded && !word->is_mixed;
	}
	*word = (struct word){ .script = SCRIPTS };
}

static void
count(struct tally *tally, struct word *word, uint32_t c)
{
	bool is_ascii = c < 0x80 && letter_is_alphabetic(c);

	if (!is_ascii && ends_word(c))
		end_word(tally, word);
	if (c == ' ' || c == '\n')
		return;
	tally->all++;
	if (is_ascii) { /* most are: ask nothing else */
		count_letter(tally, word, c);
	} else if (is_odd(c)) {
		tally->odd++;
	} else if (letter_is_han(c)) {
		tally->han++;
		tally->common_han += letter_is_common_han(c);
	} else if (letter_is_alphabetic(c)) {
		count_letter(tally, word, c);
	} else if (is_sign(c) && word->letters) {
		word->has_sign = true;
	}
	word->before = c;
}

static bool
are_letters_common(const struct tally *tally)
{
	for (size_t i = 0; i < SCRIPTS; i++)
		if (tally->script[i] * 2 > tally->letters &&
		    tally->common[i] * 100 < tally->script[i] * COMMON_MINIMUM)
			return false;
	return true;
}

static void
count_text(struct tally *tally, const char *text, size_t size)
{
	struct word word = { .script = SCRIPTS };

	for (size_t at = 0; at < size;)
		count(tally, &word, letter_next(text, size, &at));
	end_word(tally, &word);
}

static bool
is_language(const struct tally *tally, size_t mixed_limit)
{
	if (tally->odd * 100 > tally->all * ODD_LIMIT)
		return false;
	if (tally->han >= LETTERS_MINIMUM &&
	    tally->common_han * 100 < tally->han * HAN_COMMON_MINIMUM)
		return false;
	/* Latin among Chinese is names and addresses. */
	if (tally->letters < LETTERS_MINIMUM || tally->letters < tally->han)
		return true;
	return tally->mixed * 100 <= tally->words * mixed_limit &&
	       (tally->mixed + tally->coded) * 100 <=
		       tally->words * CODED_LIMIT &&
	       are_letters_common(tally);
}

bool
trust_is_language(const char *text, size_t size)
{
	struct tally tally = { 0 };

	count_text(&tally, text, size);
	return is_language(&tally, MIXED_LIMIT);
}

static bool
is_sheet_readable(const struct document *document, const struct sheet *sheet,
		  bool is_suspect)
{
	struct tally tally = { 0 };

	for (uint32_t i = sheet->line; i < sheet->line + sheet->count; i++) {
		const struct line *line = &document->lines[i];

		tally.may_be_code = !line->is_guessed && !is_suspect;
		count_text(&tally, document->text + line->text, line->size);
	}
	return is_language(&tally, is_suspect ? SUSPECT_LIMIT : MIXED_LIMIT);
}

/* Returns how many more are lost. */
static uint32_t
judge_sheets(struct document *document, bool is_suspect)
{
	uint32_t lost = 0;

	for (size_t i = 0; i < document->sheets_count; i++) {
		struct sheet *sheet = &document->sheets[i];

		if (sheet->is_unreadable ||
		    is_sheet_readable(document, sheet, is_suspect))
			continue;
		sheet->is_unreadable = true;
		lost++;
		for (uint32_t j = 0; j < sheet->count; j++)
			document->lines[sheet->line + j].kind = LINE_LOST;
	}
	return lost;
}

uint32_t
trust_judge(struct document *document)
{
	uint32_t lost = judge_sheets(document, false);

	/* The fonts of such pages are those of the others. */
	if (lost * LIARS_SHARE > document->sheets_count)
		lost += judge_sheets(document, true);
	return lost;
}
