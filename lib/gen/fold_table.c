/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold_table.c - write word_fold.inc, the table of lib/word_fold.c
 *
 * Run by the build. Asks ICU for Unicode's data, prints C on standard output.
 * Ends with status 1 where ICU fails or the table does not fit its types.
 *
 * The kept form of a character is its NFKC case folding, with digits of every
 * script as ASCII ones and the ligatures oe, ae, th spelled out. What its kept
 * form is made of decides its class. The plain form lacks the marks of the
 * alphabets, but Cyrillic short i is a letter; in Indic scripts marks are
 * vowels and stay.
 */
#include "../word_fold.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#define CODES 0x110000
#define BLOCKS (CODES / WORD_FOLD_BLOCK)
#define ENTRIES_MAX 16384
#define PAIRS_MAX 2048

#define SHORT_I 0x439
#define TATWEEL 0x640
#define ZERO_WIDTH_SPACE 0x200b

static const UNormalizer2 *nfc, *nfd, *nfkc_fold;
static struct word_fold entries[ENTRIES_MAX];
static size_t entry_count;
static struct word_fold_pair pairs[PAIRS_MAX];
static size_t pair_count;
static uint16_t blocks[BLOCKS][WORD_FOLD_BLOCK]; /* distinct ones first */
static uint16_t block_of[BLOCKS];
static size_t block_count;

/* Letters that no normalisation takes apart, as people type them. */
static const struct {
	UChar32 letter;
	UChar32 plain;
} bare[] = {
	{ 0xf0, 'd' },	  /* eth */
	{ 0xf8, 'o' },	  /* o with stroke */
	{ 0x111, 'd' },	  /* d with stroke */
	{ 0x127, 'h' },	  /* h with stroke */
	{ 0x131, 'i' },	  /* dotless i */
	{ 0x142, 'l' },	  /* l with stroke */
	{ 0x14b, 'n' },	  /* eng */
	{ 0x167, 't' },	  /* t with stroke */
	{ 0x629, 0x647 }, /* teh marbuta: heh */
	{ 0x649, 0x64a }, /* alef maksura: yeh */
	{ 0x671, 0x627 }, /* alef wasla: alef */
	{ 0x6a9, 0x643 }, /* keheh: kaf */
	{ 0x6cc, 0x64a }, /* Farsi yeh: yeh */
};

static const struct {
	UChar32 ligature;
	UChar32 letters[2];
} ligatures[] = {
	{ 0xe6, { 'a', 'e' } },
	{ 0xfe, { 't', 'h' } },
	{ 0x153, { 'o', 'e' } },
};

static void
check(UErrorCode error, const char *what)
{
	if (U_SUCCESS(error))
		return;
	fprintf(stderr, "fold_table: %s: %s\n", what, u_errorName(error));
	exit(1);
}

static void
require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fold_table: %s\n", what);
	exit(1);
}

static bool
is_mark(UChar32 code)
{
	return U_GET_GC_MASK(code) & U_GC_M_MASK;
}

/* A mark that people leave out: an accent, not a vowel of an Indic script. */
static bool
is_accent(UChar32 code)
{
	UErrorCode error = U_ZERO_ERROR;

	if (!is_mark(code))
		return false;
	switch ((int)uscript_getScript(code, &error)) {
	case USCRIPT_INHERITED:
	case USCRIPT_COMMON:
	case USCRIPT_LATIN:
	case USCRIPT_GREEK:
	case USCRIPT_CYRILLIC:
	case USCRIPT_ARABIC:
	case USCRIPT_HEBREW:
	case USCRIPT_SYRIAC:
		return true;
	default:
		return false;
	}
}

/* Is it the second half of some character? */
static bool
is_composing(UChar32 code)
{
	for (size_t i = 0; i < pair_count; i++)
		if (pairs[i].second == (uint32_t)code)
			return true;
	/* Vowels and final consonants of Hangul, by arithmetic. */
	return (code >= 0x1161 && code <= 0x1175) ||
	       (code >= 0x11a8 && code <= 0x11c2);
}

static bool
is_harakat(UChar32 code)
{
	return is_mark(code) && uscript_hasScript(code, USCRIPT_ARABIC) &&
	       !is_composing(code);
}

static bool
is_ignored(UChar32 code)
{
	if (code == ZERO_WIDTH_SPACE)
		return false;
	return code == TATWEEL || is_harakat(code) ||
	       u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* ʼ and its like: apostrophes by another name, though Unicode's letters. */
static bool
is_modifier(UChar32 code)
{
	return code >= 0x2b9 && code <= 0x2ff;
}

static bool
is_word(UChar32 code)
{
	const uint32_t mask =
		U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_NL_MASK;

	return (U_GET_GC_MASK(code) & mask) && !is_modifier(code);
}

static bool
is_paired(UChar32 code)
{
	return !is_mark(code) && (uscript_hasScript(code, USCRIPT_HAN) ||
				  uscript_hasScript(code, USCRIPT_HIRAGANA) ||
				  uscript_hasScript(code, USCRIPT_KATAKANA) ||
				  uscript_hasScript(code, USCRIPT_BOPOMOFO));
}

static bool
is_unspaced(UChar32 code)
{
	UErrorCode error = U_ZERO_ERROR;

	switch ((int)uscript_getScript(code, &error)) {
	case USCRIPT_THAI:
	case USCRIPT_LAO:
	case USCRIPT_KHMER:
	case USCRIPT_MYANMAR:
		return true;
	default:
		return false;
	}
}

/* Normalise one character; returns how many characters that makes. */
static int32_t
normalise(const UNormalizer2 *form, UChar32 code, UChar32 *out, int32_t limit)
{
	UChar from[2], to[64];
	UErrorCode error = U_ZERO_ERROR;
	int32_t from_size = 0, to_size, count;

	U16_APPEND_UNSAFE(from, from_size, code);
	to_size = unorm2_normalize(form, from, from_size, to, 64, &error);
	check(error, "unorm2_normalize");
	u_strToUTF32(out, limit, &count, to, to_size, &error);
	check(error, "u_strToUTF32");
	return count;
}

static UChar32
find_bare(UChar32 code)
{
	for (size_t i = 0; i < ARRAY_SIZE(bare); i++)
		if (bare[i].letter == code)
			return bare[i].plain;
	return code;
}

static uint32_t
find_plain(UChar32 code)
{
	UChar32 parts[64];
	UChar32 plain;
	int32_t count;

	if (is_paired(code) || code == SHORT_I)
		return WORD_FOLD_SELF;
	if (is_accent(code))
		return WORD_FOLD_DROP;
	count = normalise(nfd, code, parts, 64);
	for (int32_t i = 1; i < count; i++)
		if (!is_accent(parts[i]))
			return WORD_FOLD_SELF;
	plain = find_bare(count > 0 ? parts[0] : code);
	return plain == code ? WORD_FOLD_SELF : (uint32_t)plain;
}

static const UChar32 *
find_ligature(UChar32 code)
{
	UChar32 parts[64];

	normalise(nfd, code, parts, 64);
	for (size_t i = 0; i < ARRAY_SIZE(ligatures); i++)
		if (ligatures[i].ligature == parts[0])
			return ligatures[i].letters;
	return NULL;
}

/* The kept form in full; ignored characters are left out. */
static int32_t
spell(UChar32 code, UChar32 *out)
{
	UChar32 parts[64];
	int32_t count, size = 0;

	if (u_charType(code) == U_DECIMAL_DIGIT_NUMBER) {
		out[0] = '0' + u_charDigitValue(code);
		return 1;
	}
	count = normalise(nfkc_fold, code, parts, 64);
	for (int32_t i = 0; i < count; i++) {
		const UChar32 *letters = find_ligature(parts[i]);

		if (letters) {
			out[size++] = letters[0];
			out[size++] = letters[1];
		} else if (!is_ignored(parts[i])) {
			out[size++] = parts[i];
		}
	}
	return size;
}

/* The class that its kept form gives a character of a word. */
static enum word_class
classify_kept(const UChar32 *kept, int32_t count)
{
	int32_t spaces = 0;

	for (int32_t i = 0; i < count; i++)
		spaces += u_isUWhiteSpace(kept[i]);
	if (spaces == count)
		return WORD_CLASS_IGNORED;
	if (count > WORD_FOLD_KEPT_MAX)
		return WORD_CLASS_SEPARATOR;
	for (int32_t i = 0; i < count; i++)
		if (!is_word(kept[i]))
			return WORD_CLASS_SEPARATOR;
	if (is_paired(kept[0]))
		return count == 1 ? WORD_CLASS_PAIRED : WORD_CLASS_SEPARATOR;
	if (is_unspaced(kept[0]))
		return WORD_CLASS_UNSPACED;
	if (is_accent(kept[0]) || is_composing(kept[0]))
		return WORD_CLASS_JOINER;
	return WORD_CLASS_LETTER;
}

/* The entry is zeroed, padding too: entries are compared as bytes. */
static void
fill_entry(UChar32 code, struct word_fold *entry)
{
	UChar32 kept[128];
	int32_t count;

	if (u_isUWhiteSpace(code))
		entry->class = WORD_CLASS_SPACE;
	else if (is_ignored(code))
		entry->class = WORD_CLASS_IGNORED;
	if (entry->class != WORD_CLASS_SEPARATOR || !is_word(code))
		return;
	count = spell(code, kept);
	entry->class = (uint8_t)classify_kept(kept, count);
	if (entry->class < WORD_CLASS_LETTER)
		return;
	if (count == 1 && kept[0] == code)
		entry->plain = find_plain(code);
	for (int32_t i = 0; i < count; i++) {
		entry->has_marks |= find_plain(kept[i]) != WORD_FOLD_SELF;
		if (count > 1 || kept[0] != code)
			entry->kept[entry->count++] = (uint32_t)kept[i];
	}
}

static size_t
intern_entry(const struct word_fold *entry)
{
	size_t i = 0;

	while (i < entry_count && memcmp(&entries[i], entry, sizeof *entry))
		i++;
	if (i == entry_count) {
		require(i < ENTRIES_MAX, "too many distinct characters");
		entries[entry_count++] = *entry;
	}
	return i;
}

/* Blocks that are alike are stored once. */
static void
fill_block(size_t number)
{
	uint16_t *block = blocks[block_count];
	size_t same = 0;

	for (size_t i = 0; i < WORD_FOLD_BLOCK; i++) {
		size_t code = number * WORD_FOLD_BLOCK + i;
		struct word_fold entry;

		memset(&entry, 0, sizeof entry);
		fill_entry((UChar32)code, &entry);
		block[i] = (uint16_t)intern_entry(&entry);
	}
	while (memcmp(blocks[same], block, sizeof blocks[0]) != 0)
		same++;
	if (same == block_count)
		block_count++;
	block_of[number] = (uint16_t)same;
}

static int
compare_pairs(const void *left, const void *right)
{
	const struct word_fold_pair *a = left, *b = right;

	if (a->second != b->second)
		return a->second < b->second ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

/* Every character that NFC makes of two, where case folding leaves it be. */
static void
find_pairs(void)
{
	for (UChar32 code = 0x80; code < CODES; code++) {
		UErrorCode error = U_ZERO_ERROR;
		UChar raw[8];
		UChar32 parts[8];
		int32_t size, count;

		size = unorm2_getRawDecomposition(nfc, code, raw, 8, &error);
		if (size <= 0 ||
		    u_hasBinaryProperty(code,
					UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED))
			continue;
		u_strToUTF32(parts, 8, &count, raw, size, &error);
		check(error, "unorm2_getRawDecomposition");
		if (count != 2 ||
		    unorm2_composePair(nfc, parts[0], parts[1]) != code ||
		    (code >= 0xac00 && code <= 0xd7a3))
			continue;
		require(pair_count < PAIRS_MAX, "too many pairs");
		pairs[pair_count++] = (struct word_fold_pair){
			.second = (uint32_t)parts[1],
			.first = (uint32_t)parts[0],
			.composed = (uint32_t)code,
		};
	}
	qsort(pairs, pair_count, sizeof pairs[0], compare_pairs);
}

static void
print_numbers(const uint16_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%s%u,", i % 16 ? " " : "\n\t", numbers[i]);
	printf("\n");
}

static void
print_table(void)
{
	printf("/* Made by fold_table from Unicode %s; do not edit. */\n",
	       U_UNICODE_VERSION);
	printf("static const uint16_t block_of[%d] = {", BLOCKS);
	print_numbers(block_of, BLOCKS);
	printf("};\n\nstatic const uint16_t entry_of[%zu] = {",
	       block_count * WORD_FOLD_BLOCK);
	print_numbers(blocks[0], block_count * WORD_FOLD_BLOCK);
	printf("};\n\nstatic const struct word_fold entries[%zu] = {\n",
	       entry_count);
	for (size_t i = 0; i < entry_count; i++) {
		const struct word_fold *entry = &entries[i];

		printf("\t{ %u, %u, %d, { %u, %u, %u, %u }, %uu },\n",
		       entry->class, entry->count, entry->has_marks,
		       entry->kept[0], entry->kept[1], entry->kept[2],
		       entry->kept[3], entry->plain);
	}
	printf("};\n\nstatic const struct word_fold_pair pairs[%zu] = {\n",
	       pair_count);
	for (size_t i = 0; i < pair_count; i++)
		printf("\t{ %u, %u, %u },\n", pairs[i].second, pairs[i].first,
		       pairs[i].composed);
	printf("};\n");
}

int
main(void)
{
	UErrorCode error = U_ZERO_ERROR;

	nfc = unorm2_getNFCInstance(&error);
	nfd = unorm2_getNFDInstance(&error);
	nfkc_fold = unorm2_getNFKCCasefoldInstance(&error);
	check(error, "normalisation data");
	find_pairs();
	for (size_t i = 0; i < BLOCKS; i++)
		fill_block(i);
	print_table();
	require(fflush(stdout) == 0 && !ferror(stdout), "cannot write");
	return 0;
}
