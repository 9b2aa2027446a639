/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label.c - one level of a list, and the label that it prints
 *
 * Functions of levels and counts, which are their owners'. Running out of
 * memory ends the process.
 */
#include "label.h"

#include "symbol.h"

/* Nobody counts further; and a pattern is a few characters. */
#define COUNT_LIMIT 1000000
#define LABEL_SIZE_LIMIT 256

void
label_count(struct label_counts *counts, const struct label_level *levels,
	    size_t level)
{
	if (!counts->is_running[level])
		counts->values[level] = levels[level].start;
	else if (counts->values[level] < COUNT_LIMIT)
		counts->values[level]++;
	counts->is_running[level] = true;
	for (size_t below = level + 1; below < LABEL_LEVELS; below++) {
		int32_t restart = levels[below].restart;

		if (restart < 0 || (restart > 0 && level < (size_t)restart))
			counts->is_running[below] = false;
	}
}

/* A level that has not begun shows where it would. */
static uint32_t
get_value(const struct label_counts *counts, const struct label_level *levels,
	  size_t level)
{
	int32_t value = counts->is_running[level] ? counts->values[level]
						  : levels[level].start;

	return value > 0 ? (uint32_t)value : 0;
}

static void
put_number(struct text *text, const struct label_counts *counts,
	   const struct label_level *levels, size_t level, bool is_legal)
{
	enum numerals numerals = levels[level].numerals;

	if (is_legal && numerals != NUMERALS_NONE)
		numerals = NUMERALS_DECIMAL;
	numerals_put(text, numerals, get_value(counts, levels, level));
}

/* "%3" at *at: its level, and *at behind it. */
static bool
read_place(const char **at, size_t *out_level)
{
	if ((*at)[0] != '%' || (*at)[1] < '1' || (*at)[1] > '9')
		return false;
	*out_level = (size_t)((*at)[1] - '1');
	*at += 2;
	if (*out_level == 0 && **at == '0') { /* ODF has a tenth */
		*out_level = 9;
		(*at)++;
	}
	return true;
}

/*
 * Where nothing is between label and text, a space is put all the same, but
 * behind the signs of scripts that have none: 一、
 */
static bool
is_joined(const struct label_level *level, const struct text *text)
{
	return level->is_joined && text->size &&
	       (unsigned char)text->data[text->size - 1] >= 0x80 &&
	       level->numerals != NUMERALS_BULLET;
}

static void
put_pattern(struct text *text, const struct label_counts *counts,
	    const struct label_level *levels, size_t level,
	    struct paragraph_label *out_label)
{
	const char *at = levels[level].pattern;
	size_t shown;

	while (*at && text->size < LABEL_SIZE_LIMIT) {
		size_t start = text->size;

		if (!read_place(&at, &shown)) {
			text_put(text, at++, 1);
			continue;
		}
		put_number(text, counts, levels, shown, levels[level].is_legal);
		if (!out_label->number_size)
			out_label->number = start;
		out_label->number_size = text->size - out_label->number;
	}
}

void
label_make(const struct label_counts *counts, const struct label_level *levels,
	   size_t level, struct paragraph_label *out_label)
{
	const struct label_level *own = &levels[level];
	struct text *text = &out_label->text;

	text->size = 0;
	out_label->number_size = 0;
	if (!own->pattern)
		return;
	if (own->numerals == NUMERALS_BULLET)
		symbol_put_all(text, bytes_from(own->pattern), SYMBOL_BULLET);
	else
		put_pattern(text, counts, levels, level, out_label);
	while (text->size && text->data[text->size - 1] == ' ')
		text->size--;
	out_label->is_joined = is_joined(own, text);
}

/* Are there digits in it, dots between them, and nothing else but an end? */
bool
label_is_paragraph(const struct label_level *levels, size_t level)
{
	const char *at = levels[level].pattern;
	size_t shown = 0;
	size_t count = 0;

	while (at && *at) {
		if (read_place(&at, &shown)) {
			if (!numerals_are_digits(levels[shown].numerals) &&
			    !levels[level].is_legal)
				return false;
			count++;
		} else if (strchr("().- ", *at)) {
			at++;
		} else if (*at & 0x80) {
			at++; /* 、 and other signs of scripts */
		} else {
			return false;
		}
	}
	return count > level || (count > 0 && level == 0);
}
