/* SPDX-License-Identifier: Apache-2.0 */
/*
 * direction.c - a line's letters from the order of places to that of reading
 *
 * The bidirectional algorithm says how text that is read is laid out; this is
 * its reverse, as far as it can be known. The line is turned around as a whole,
 * then what runs the other way in it is turned back: words of the other
 * direction with what stands between them, and numbers with the separators
 * that tie their digits. Pure; time goes with the length of the line.
 */
#include "direction.h"

#include "letters.h"

/* Farther apart nothing belongs together; it keeps long lines linear. */
#define REACH 64

bool
direction_is_rtl(const struct letter *letters, size_t count, bool is_page_rtl)
{
	size_t ltr = 0, rtl = 0;

	for (size_t i = 0; i < count; i++) {
		ltr += letters[i].kind == LETTER_LTR;
		rtl += letters[i].kind == LETTER_RTL;
	}
	if (!ltr && !rtl)
		return is_page_rtl;
	return rtl && (is_page_rtl || rtl >= ltr);
}

static void
turn(struct letter *letters, size_t first, size_t end)
{
	while (first + 1 < end) {
		struct letter swap = letters[first];

		letters[first++] = letters[--end];
		letters[end] = swap;
	}
}

/* "68/991", "10.30", "9,2": separators that tie digits to one number. */
static bool
ties_digits(uint32_t code)
{
	return code == '/' || code == '.' || code == ',' || code == ':' ||
	       code == 0x66b || code == 0x66c || code == 0x60c;
}

static bool
is_bracket(uint32_t code)
{
	return code && letter_mirror(code) != code;
}

/*
 * Past the run of the foreign direction that begins at first; what may stand
 * between its members depends on whether there is a word in it. *at_word tells.
 */
static size_t
find_run_end(const struct letter *letters, size_t first, size_t count,
	     enum letter_kind home, bool *out_has_word)
{
	enum letter_kind foreign = home == LETTER_RTL ? LETTER_LTR : LETTER_RTL;
	size_t end = first;
	bool has_word = false;

	for (size_t i = first; i < count && i < end + REACH; i++) {
		enum letter_kind kind = letters[i].kind;

		if (kind == home)
			break;
		if (kind == foreign) {
			has_word = true;
			end = i + 1;
		} else if (kind == LETTER_DIGIT &&
			   (has_word || i == end ||
			    (i == end + 1 && ties_digits(letters[end].code)))) {
			end = i + 1;
		} else if (kind == LETTER_MARK && i == end) {
			end = i + 1;
		}
	}
	*out_has_word = has_word;
	return end;
}

/* A full stop, tight to the run and away from what is right of it. */
static bool
is_stop(const struct letter *letters, size_t at, size_t count)
{
	uint32_t code = at < count ? letters[at].code : 0;

	return (code == '.' || code == ',' || code == ';' || code == ':') &&
	       (at + 1 == count || !letters[at + 1].code);
}

/* A bracket that closes one within the run belongs to it, and so does a stop. */
static size_t
take_brackets(const struct letter *letters, size_t first, size_t end,
	      size_t count)
{
	int open = 0;

	for (size_t i = first; i < end; i++) {
		if (!is_bracket(letters[i].code))
			continue;
		open += letters[i].code < letter_mirror(letters[i].code) ? 1
									 : -1;
	}
	if (!open && is_stop(letters, end, count))
		return end + 1;
	while (open > 0 && end < count && is_bracket(letters[end].code) &&
	       letters[end].code > letter_mirror(letters[end].code)) {
		end++;
		open--;
	}
	return end;
}

static bool
begins_run(enum letter_kind kind, bool is_rtl)
{
	if (is_rtl)
		return kind == LETTER_LTR || kind == LETTER_DIGIT;
	return kind == LETTER_RTL;
}

void
direction_order(struct letter *letters, size_t count, bool is_rtl)
{
	enum letter_kind home = is_rtl ? LETTER_RTL : LETTER_LTR;

	for (size_t i = 0; i < count; i++)
		letters[i].is_rtl = is_rtl;
	for (size_t i = 0; i < count; i++) {
		bool has_word;
		size_t end;

		if (!begins_run(letters[i].kind, is_rtl))
			continue;
		end = find_run_end(letters, i, count, home, &has_word);
		if (is_rtl && has_word)
			end = take_brackets(letters, i, end, count);
		turn(letters, i, end);
		for (size_t j = i; j < end; j++)
			letters[j].is_rtl = !is_rtl;
		i = end - 1;
	}
	if (is_rtl)
		turn(letters, 0, count);
}

static bool
is_tight(const struct letter *letters, size_t count, size_t at)
{
	return at < count && letters[at].code &&
	       letters[at].kind != LETTER_NEUTRAL;
}

int
direction_judge_brackets(const struct letter *letters, size_t count)
{
	int vote = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t code = letters[i].code;
		bool before, behind;

		if (!letters[i].is_rtl || !is_bracket(code))
			continue;
		before = is_tight(letters, count, i - 1);
		behind = is_tight(letters, count, i + 1);
		if (before == behind)
			continue;
		/* One that opens has something right behind it. */
		vote += behind == (code < letter_mirror(code)) ? -1 : 1;
	}
	return vote;
}
