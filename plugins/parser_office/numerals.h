/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numerals.h - numbers as lists print them
 */
#ifndef PARSER_OFFICE_NUMERALS_H
#define PARSER_OFFICE_NUMERALS_H

#include "text.h"

enum numerals {
	NUMERALS_DECIMAL = 0,
	NUMERALS_NONE,
	NUMERALS_BULLET,
	NUMERALS_DECIMAL_ZERO,
	NUMERALS_LOWER_LETTER, /* a ... z aa bb */
	NUMERALS_UPPER_LETTER,
	NUMERALS_LOWER_LETTER_PAIRS, /* a ... z aa ab */
	NUMERALS_UPPER_LETTER_PAIRS,
	NUMERALS_LOWER_ROMAN,
	NUMERALS_UPPER_ROMAN,
	NUMERALS_ORDINAL,
	NUMERALS_RUSSIAN_LOWER,
	NUMERALS_RUSSIAN_UPPER,
	NUMERALS_ARABIC_ALPHA,
	NUMERALS_ARABIC_ABJAD,
	NUMERALS_ARABIC_DIGITS,
	NUMERALS_HEBREW_NUMBER,
	NUMERALS_HEBREW_ALPHA,
	NUMERALS_DEVANAGARI_DIGITS,
	NUMERALS_THAI_DIGITS,
	NUMERALS_CHINESE,
	NUMERALS_CHINESE_LEGAL,
	NUMERALS_CHINESE_DIGITS,
	NUMERALS_STEMS, /* 甲 乙 丙 */
	NUMERALS_BRANCHES,
	NUMERALS_WIDE_DIGITS,
	NUMERALS_CIRCLED,
	NUMERALS_FULL_STOP,
	NUMERALS_PARENTHESES,
	NUMERALS_DASHED,   /* - 1 - */
	NUMERALS_FOOTNOTE, /* * † ‡ § */
};

/* What OOXML calls it; what is not known is decimal. */
enum numerals numerals_of_ooxml(struct docket_bytes name);
/* What ODF shows as its example: 1 a A i I; empty is none. */
enum numerals numerals_of_odf(struct docket_bytes example, bool is_synced);

/* Put value as printed. What has no numeral (0, too many) is in digits. */
void numerals_put(struct text *text, enum numerals numerals, uint32_t value);

/* Are they digits, as paragraphs of a document are numbered with? */
bool numerals_are_digits(enum numerals numerals);

#endif
