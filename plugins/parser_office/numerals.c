/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numerals.c - numbers as lists print them
 *
 * Tables of what the formats call their kinds of numbers, and of the letters
 * and digits that each is made of. Running out of memory ends the process.
 */
#include "numerals.h"

#include <stdio.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
/* Letters go round, and thousands are added, this often at most. */
#define ROUNDS_LIMIT 20u

struct naming {
	const char *name;
	enum numerals numerals;
};

static const struct naming ooxml_names[] = {
	{ "decimal", NUMERALS_DECIMAL },
	{ "none", NUMERALS_NONE },
	{ "bullet", NUMERALS_BULLET },
	{ "decimalZero", NUMERALS_DECIMAL_ZERO },
	{ "lowerLetter", NUMERALS_LOWER_LETTER },
	{ "upperLetter", NUMERALS_UPPER_LETTER },
	{ "lowerRoman", NUMERALS_LOWER_ROMAN },
	{ "upperRoman", NUMERALS_UPPER_ROMAN },
	{ "ordinal", NUMERALS_ORDINAL },
	{ "russianLower", NUMERALS_RUSSIAN_LOWER },
	{ "russianUpper", NUMERALS_RUSSIAN_UPPER },
	{ "arabicAlpha", NUMERALS_ARABIC_ALPHA },
	{ "arabicAbjad", NUMERALS_ARABIC_ABJAD },
	{ "hebrew1", NUMERALS_HEBREW_NUMBER },
	{ "hebrew2", NUMERALS_HEBREW_ALPHA },
	{ "hindiNumbers", NUMERALS_DEVANAGARI_DIGITS },
	{ "thaiNumbers", NUMERALS_THAI_DIGITS },
	{ "chineseCounting", NUMERALS_CHINESE },
	{ "chineseCountingThousand", NUMERALS_CHINESE },
	{ "taiwaneseCounting", NUMERALS_CHINESE },
	{ "taiwaneseCountingThousand", NUMERALS_CHINESE },
	{ "japaneseCounting", NUMERALS_CHINESE },
	{ "ideographDigital", NUMERALS_CHINESE_DIGITS },
	{ "japaneseDigitalTenThousand", NUMERALS_CHINESE_DIGITS },
	{ "taiwaneseDigital", NUMERALS_CHINESE_DIGITS },
	{ "chineseLegalSimplified", NUMERALS_CHINESE_LEGAL },
	{ "ideographTraditional", NUMERALS_STEMS },
	{ "ideographZodiac", NUMERALS_BRANCHES },
	{ "decimalFullWidth", NUMERALS_WIDE_DIGITS },
	{ "decimalFullWidth2", NUMERALS_WIDE_DIGITS },
	{ "decimalEnclosedCircle", NUMERALS_CIRCLED },
	{ "decimalEnclosedCircleChinese", NUMERALS_CIRCLED },
	{ "decimalEnclosedFullstop", NUMERALS_FULL_STOP },
	{ "decimalEnclosedParen", NUMERALS_PARENTHESES },
	{ "numberInDash", NUMERALS_DASHED },
	{ "chicago", NUMERALS_FOOTNOTE },
};

static const struct naming odf_names[] = {
	{ "", NUMERALS_NONE },
	{ "1", NUMERALS_DECIMAL },
	{ "a", NUMERALS_LOWER_LETTER_PAIRS },
	{ "A", NUMERALS_UPPER_LETTER_PAIRS },
	{ "i", NUMERALS_LOWER_ROMAN },
	{ "I", NUMERALS_UPPER_ROMAN },
	{ "01", NUMERALS_DECIMAL_ZERO },
	{ "1st", NUMERALS_ORDINAL },
};

/* LibreOffice's further ones are rows: "一, 二, 三, ...". */
static const struct naming odf_beginnings[] = {
	{ "一", NUMERALS_CHINESE },
	{ "壹", NUMERALS_CHINESE_LEGAL },
	{ "甲", NUMERALS_STEMS },
	{ "子", NUMERALS_BRANCHES },
	{ "①", NUMERALS_CIRCLED },
	{ "１", NUMERALS_WIDE_DIGITS },
	{ "أ, ب, ج", NUMERALS_ARABIC_ABJAD },
	{ "ا, ب, ج", NUMERALS_ARABIC_ABJAD },
	{ "أ", NUMERALS_ARABIC_ALPHA },
	{ "ا", NUMERALS_ARABIC_ALPHA },
	{ "١", NUMERALS_ARABIC_DIGITS },
	{ "א, י, ק", NUMERALS_HEBREW_NUMBER },
	{ "א", NUMERALS_HEBREW_ALPHA },
	{ "А", NUMERALS_RUSSIAN_UPPER },
	{ "а", NUMERALS_RUSSIAN_LOWER },
	{ "१", NUMERALS_DEVANAGARI_DIGITS },
	{ "๑", NUMERALS_THAI_DIGITS },
	{ "*", NUMERALS_FOOTNOTE },
};

enum numerals
numerals_of_ooxml(struct docket_bytes name)
{
	for (size_t i = 0; i < LENGTH(ooxml_names); i++)
		if (bytes_are(name, ooxml_names[i].name))
			return ooxml_names[i].numerals;
	return NUMERALS_DECIMAL;
}

enum numerals
numerals_of_odf(struct docket_bytes example, bool is_synced)
{
	for (size_t i = 0; i < LENGTH(odf_names); i++) {
		enum numerals found = odf_names[i].numerals;

		if (!bytes_are(example, odf_names[i].name))
			continue;
		if (is_synced && found == NUMERALS_LOWER_LETTER_PAIRS)
			return NUMERALS_LOWER_LETTER;
		if (is_synced && found == NUMERALS_UPPER_LETTER_PAIRS)
			return NUMERALS_UPPER_LETTER;
		return found;
	}
	for (size_t i = 0; i < LENGTH(odf_beginnings); i++)
		if (bytes_begin(example, odf_beginnings[i].name))
			return odf_beginnings[i].numerals;
	return NUMERALS_DECIMAL;
}

bool
numerals_are_digits(enum numerals numerals)
{
	static const enum numerals digits[] = {
		NUMERALS_DECIMAL,	 NUMERALS_DECIMAL_ZERO,
		NUMERALS_ARABIC_DIGITS,	 NUMERALS_DEVANAGARI_DIGITS,
		NUMERALS_THAI_DIGITS,	 NUMERALS_WIDE_DIGITS,
		NUMERALS_CHINESE,	 NUMERALS_CHINESE_LEGAL,
		NUMERALS_CHINESE_DIGITS,
	};

	for (size_t i = 0; i < LENGTH(digits); i++)
		if (numerals == digits[i])
			return true;
	return false;
}

/*
 * How each kind is put: value is never 0, nor more than its limit; what the
 * argument is depends on the function.
 */
struct kind {
	void (*put)(struct text *text, uint32_t argument, uint32_t value);
	uint32_t argument;
	uint32_t limit; /* 0: none */
};

/* ---- rows of letters ---- */

/* Letters in a row; in the second round each stands twice, and so on. */
struct row {
	const uint16_t *letters;
	uint32_t count;
};

enum row_name {
	ROW_RUSSIAN_LOWER,
	ROW_RUSSIAN_UPPER,
	ROW_ARABIC_ALPHA,
	ROW_ARABIC_ABJAD,
	ROW_HEBREW,
	ROW_STEMS,
	ROW_BRANCHES,
	ROW_SIGNS,
};

static const uint16_t russian_lower[] = {
	0x430, 0x431, 0x432, 0x433, 0x434, 0x435, 0x436, 0x437, 0x438, 0x43a,
	0x43b, 0x43c, 0x43d, 0x43e, 0x43f, 0x440, 0x441, 0x442, 0x443, 0x444,
	0x445, 0x446, 0x447, 0x448, 0x449, 0x44b, 0x44d, 0x44e, 0x44f,
};
static const uint16_t russian_upper[] = {
	0x410, 0x411, 0x412, 0x413, 0x414, 0x415, 0x416, 0x417, 0x418, 0x41a,
	0x41b, 0x41c, 0x41d, 0x41e, 0x41f, 0x420, 0x421, 0x422, 0x423, 0x424,
	0x425, 0x426, 0x427, 0x428, 0x429, 0x42b, 0x42d, 0x42e, 0x42f,
};
/* أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي */
static const uint16_t arabic_alpha[] = {
	0x623, 0x628, 0x62a, 0x62b, 0x62c, 0x62d, 0x62e, 0x62f, 0x630, 0x631,
	0x632, 0x633, 0x634, 0x635, 0x636, 0x637, 0x638, 0x639, 0x63a, 0x641,
	0x642, 0x643, 0x644, 0x645, 0x646, 0x647, 0x648, 0x64a,
};
/* أ ب ج د ه و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ */
static const uint16_t arabic_abjad[] = {
	0x623, 0x628, 0x62c, 0x62f, 0x647, 0x648, 0x632, 0x62d, 0x637, 0x64a,
	0x643, 0x644, 0x645, 0x646, 0x633, 0x639, 0x641, 0x635, 0x642, 0x631,
	0x634, 0x62a, 0x62b, 0x62e, 0x630, 0x636, 0x638, 0x63a,
};
static const uint16_t hebrew[] = {
	0x5d0, 0x5d1, 0x5d2, 0x5d3, 0x5d4, 0x5d5, 0x5d6, 0x5d7,
	0x5d8, 0x5d9, 0x5db, 0x5dc, 0x5de, 0x5e0, 0x5e1, 0x5e2,
	0x5e4, 0x5e6, 0x5e7, 0x5e8, 0x5e9, 0x5ea,
};
/* 甲 乙 丙 丁 戊 己 庚 辛 壬 癸 */
static const uint16_t stems[] = {
	0x7532, 0x4e59, 0x4e19, 0x4e01, 0x620a,
	0x5df1, 0x5e9a, 0x8f9b, 0x58ec, 0x7678,
};
/* 子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥 */
static const uint16_t branches[] = {
	0x5b50, 0x4e11, 0x5bc5, 0x536f, 0x8fb0, 0x5df3,
	0x5348, 0x672a, 0x7533, 0x9149, 0x620c, 0x4ea5,
};
static const uint16_t signs[] = { '*', 0x2020, 0x2021, 0xa7 };

#define ROW(letters)                     \
	{                                \
		letters, LENGTH(letters) \
	}

static const struct row rows[] = {
	[ROW_RUSSIAN_LOWER] = ROW(russian_lower),
	[ROW_RUSSIAN_UPPER] = ROW(russian_upper),
	[ROW_ARABIC_ALPHA] = ROW(arabic_alpha),
	[ROW_ARABIC_ABJAD] = ROW(arabic_abjad),
	[ROW_HEBREW] = ROW(hebrew),
	[ROW_STEMS] = ROW(stems),
	[ROW_BRANCHES] = ROW(branches),
	[ROW_SIGNS] = ROW(signs),
};

static void
put_row(struct text *text, uint32_t name, uint32_t value)
{
	const struct row *row = &rows[name];
	uint32_t letter = row->letters[(value - 1) % row->count];

	for (uint32_t i = 0; i <= (value - 1) / row->count; i++)
		text_put_character(text, letter);
}

static void
put_doubled(struct text *text, uint32_t first, uint32_t value)
{
	for (uint32_t i = 0; i <= (value - 1) / 26; i++)
		text_put_character(text, first + (value - 1) % 26);
}

static void
put_pairs(struct text *text, uint32_t first, uint32_t value)
{
	char letters[8];
	size_t at = sizeof(letters);

	for (; value && at; value = (value - 1) / 26)
		letters[--at] = (char)(first + (value - 1) % 26);
	text_put(text, letters + at, sizeof(letters) - at);
}

/* ---- numbers ---- */

static void
put_nothing(struct text *text, uint32_t argument, uint32_t value)
{
	(void)text;
	(void)argument;
	(void)value;
}

/* Digits from this zero on. */
static void
put_digits(struct text *text, uint32_t zero, uint32_t value)
{
	char digits[16];
	int size = snprintf(digits, sizeof(digits), "%u", value);

	for (int i = 0; i < size; i++)
		text_put_character(text, zero + (uint32_t)(digits[i] - '0'));
}

static void
put_two_digits(struct text *text, uint32_t zero, uint32_t value)
{
	if (value < 10)
		text_put_character(text, zero);
	put_digits(text, zero, value);
}

static void
put_dashed(struct text *text, uint32_t zero, uint32_t value)
{
	text_put_string(text, "- ");
	put_digits(text, zero, value);
	text_put_string(text, " -");
}

static void
put_ordinal(struct text *text, uint32_t zero, uint32_t value)
{
	static const char *const endings[] = { "th", "st", "nd", "rd" };
	bool is_teen = value / 10 % 10 == 1;

	put_digits(text, zero, value);
	text_put_string(text,
			endings[is_teen || value % 10 > 3 ? 0 : value % 10]);
}

/* One character for each number. */
static void
put_enclosed(struct text *text, uint32_t one, uint32_t value)
{
	text_put_character(text, one + value - 1);
}

static void
put_roman(struct text *text, uint32_t is_upper, uint32_t value)
{
	static const struct {
		uint32_t value;
		const char *lower;
		const char *upper;
	} parts[] = {
		{ 1000, "m", "M" },  { 900, "cm", "CM" }, { 500, "d", "D" },
		{ 400, "cd", "CD" }, { 100, "c", "C" },	  { 90, "xc", "XC" },
		{ 50, "l", "L" },    { 40, "xl", "XL" },  { 10, "x", "X" },
		{ 9, "ix", "IX" },   { 5, "v", "V" },	  { 4, "iv", "IV" },
		{ 1, "i", "I" },
	};

	for (size_t i = 0; i < LENGTH(parts); i++)
		for (; value >= parts[i].value; value -= parts[i].value)
			text_put_string(text, is_upper ? parts[i].upper
						       : parts[i].lower);
}

/* Letters that count one to nine, ten to ninety, and hundreds. */
static void
put_hebrew(struct text *text, uint32_t argument, uint32_t value)
{
	(void)argument;
	for (; value >= 400; value -= 400)
		text_put_character(text, hebrew[21]);
	if (value >= 100)
		text_put_character(text, hebrew[17 + value / 100]);
	value %= 100;
	if (value == 15 || value == 16) { /* not to spell a name */
		text_put_character(text, hebrew[8]);
		value -= 9;
	} else if (value >= 10) {
		text_put_character(text, hebrew[8 + value / 10]);
		value %= 10;
	}
	if (value)
		text_put_character(text, hebrew[value - 1]);
}

/* ---- Chinese ---- */

struct characters {
	uint16_t digits[10];
	uint16_t units[4];
};

/* 〇 to 九 and 十 百 千; 零 to 玖 and 拾 佰 仟 */
static const struct characters common = {
	{ 0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03,
	  0x516b, 0x4e5d },
	{ 0, 0x5341, 0x767e, 0x5343 },
};
static const struct characters legal = {
	{ 0x96f6, 0x58f9, 0x8d30, 0x53c1, 0x8086, 0x4f0d, 0x9646, 0x67d2,
	  0x634c, 0x7396 },
	{ 0, 0x62fe, 0x4f70, 0x4edf },
};
#define CHINESE_ZERO 0x96f6

static void
put_chinese(struct text *text, uint32_t is_legal, uint32_t value)
{
	const struct characters *characters = is_legal ? &legal : &common;
	bool has_begun = false;
	bool has_gap = false;
	uint32_t power = 1000;

	for (int unit = 3; unit >= 0; unit--, power /= 10) {
		uint32_t digit = value / power % 10;

		if (!digit) {
			has_gap = has_begun;
			continue;
		}
		if (has_gap)
			text_put_character(text, CHINESE_ZERO);
		/* 十二, but 一百一十二 */
		if (is_legal || has_begun || unit != 1 || digit != 1)
			text_put_character(text, characters->digits[digit]);
		if (unit)
			text_put_character(text, characters->units[unit]);
		has_begun = true;
		has_gap = false;
	}
}

static void
put_chinese_digits(struct text *text, uint32_t argument, uint32_t value)
{
	char digits[16];
	int size = snprintf(digits, sizeof(digits), "%u", value);

	(void)argument;
	for (int i = 0; i < size; i++)
		text_put_character(text, common.digits[digits[i] - '0']);
}

/* ---- all of them ---- */

static const struct kind kinds[] = {
	[NUMERALS_DECIMAL] = { put_digits, '0', 0 },
	[NUMERALS_NONE] = { put_nothing, 0, 0 },
	[NUMERALS_BULLET] = { put_nothing, 0, 0 },
	[NUMERALS_DECIMAL_ZERO] = { put_two_digits, '0', 0 },
	[NUMERALS_LOWER_LETTER] = { put_doubled, 'a', 26 * ROUNDS_LIMIT },
	[NUMERALS_UPPER_LETTER] = { put_doubled, 'A', 26 * ROUNDS_LIMIT },
	[NUMERALS_LOWER_LETTER_PAIRS] = { put_pairs, 'a', 0 },
	[NUMERALS_UPPER_LETTER_PAIRS] = { put_pairs, 'A', 0 },
	[NUMERALS_LOWER_ROMAN] = { put_roman, false, 1000 * ROUNDS_LIMIT },
	[NUMERALS_UPPER_ROMAN] = { put_roman, true, 1000 * ROUNDS_LIMIT },
	[NUMERALS_ORDINAL] = { put_ordinal, '0', 0 },
	[NUMERALS_RUSSIAN_LOWER] = { put_row, ROW_RUSSIAN_LOWER,
				     29 * ROUNDS_LIMIT },
	[NUMERALS_RUSSIAN_UPPER] = { put_row, ROW_RUSSIAN_UPPER,
				     29 * ROUNDS_LIMIT },
	[NUMERALS_ARABIC_ALPHA] = { put_row, ROW_ARABIC_ALPHA,
				    28 * ROUNDS_LIMIT },
	[NUMERALS_ARABIC_ABJAD] = { put_row, ROW_ARABIC_ABJAD,
				    28 * ROUNDS_LIMIT },
	[NUMERALS_ARABIC_DIGITS] = { put_digits, 0x660, 0 },
	[NUMERALS_HEBREW_NUMBER] = { put_hebrew, 0, 400 * ROUNDS_LIMIT },
	[NUMERALS_HEBREW_ALPHA] = { put_row, ROW_HEBREW, 22 * ROUNDS_LIMIT },
	[NUMERALS_DEVANAGARI_DIGITS] = { put_digits, 0x966, 0 },
	[NUMERALS_THAI_DIGITS] = { put_digits, 0xe50, 0 },
	[NUMERALS_CHINESE] = { put_chinese, false, 9999 },
	[NUMERALS_CHINESE_LEGAL] = { put_chinese, true, 9999 },
	[NUMERALS_CHINESE_DIGITS] = { put_chinese_digits, 0, 0 },
	[NUMERALS_STEMS] = { put_row, ROW_STEMS, 10 * ROUNDS_LIMIT },
	[NUMERALS_BRANCHES] = { put_row, ROW_BRANCHES, 12 * ROUNDS_LIMIT },
	[NUMERALS_WIDE_DIGITS] = { put_digits, 0xff10, 0 },
	[NUMERALS_CIRCLED] = { put_enclosed, 0x2460, 20 },
	[NUMERALS_FULL_STOP] = { put_enclosed, 0x2488, 20 },
	[NUMERALS_PARENTHESES] = { put_enclosed, 0x2474, 20 },
	[NUMERALS_DASHED] = { put_dashed, '0', 0 },
	[NUMERALS_FOOTNOTE] = { put_row, ROW_SIGNS, 4 * ROUNDS_LIMIT },
};

void
numerals_put(struct text *text, enum numerals numerals, uint32_t value)
{
	const struct kind *kind = &kinds[numerals];

	if (!value || (kind->limit && value > kind->limit))
		kind = &kinds[kind->put == put_nothing ? numerals
						       : NUMERALS_DECIMAL];
	kind->put(text, kind->argument, value);
}
