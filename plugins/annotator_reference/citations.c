/* SPDX-License-Identifier: Apache-2.0 */
/*
 * citations.c - resolutions and decisions that are cited by their numbers
 *
 * Owns them until they are settled. A run is signs without any other word
 * between them; it has one or more groups:
 *
 *   [organ] KIND [organ] item {list item} [organ]     most languages
 *   [organ] item {list [organ] item} KIND             Chinese
 *
 * Which of the two it is, the first item or kind tells. An organ behind an item
 * is the item's, unless a list word stands between them: then it belongs to
 * what follows. In most languages the list may go on behind what the items are
 * about, until the sentence ends: "1 (1990) on this and 2 (1991) on that".
 * Linear: no sign is looked at more than a few times. Ends the
 * process where memory runs out.
 */
#include "citations.h"

#include <stdlib.h>
#include <string.h>

/* So far an organ is looked for: more signs are no citation of a person's. */
#define LOOK_MAX 128
#define YEAR_MIN 1946
#define YEAR_MAX 2100

/* A run of signs, and where in it we are. */
struct run {
	const struct vocabulary *vocabulary;
	const struct signs *signs;
	size_t begin;
	size_t end;
};

void
citations_init(struct citations *citations, bool is_resolution)
{
	*citations = (struct citations){
		.nearby = ORGAN_UNKNOWN,
		.enacting = ORGAN_UNKNOWN,
		.is_resolution = is_resolution,
	};
	for (size_t i = 0; i < WORDS_LIMIT; i++)
		citations->last_of_word[i] = ORGAN_UNKNOWN;
}

void
citations_fini(struct citations *citations)
{
	free(citations->items);
}

static void
add(struct citations *citations, const struct citation *citation)
{
	if (citations->count == FINDS_LIMIT)
		return;
	if (citations->count == citations->room) {
		citations->room = citations->room ? citations->room * 2 : 32;
		citations->items =
			reallocarray(citations->items, citations->room,
				     sizeof(struct citation));
		if (!citations->items)
			abort();
	}
	citations->items[citations->count++] = *citation;
}

static const struct sign *
sign_at(const struct run *run, size_t at)
{
	return &run->signs->signs[at];
}

static bool
is_kind(const struct sign *sign)
{
	return sign->kind == SIGN_RESOLUTION || sign->kind == SIGN_DECISION;
}

static bool
is_organ(const struct sign *sign)
{
	return sign->kind == SIGN_ORGAN || sign->kind == SIGN_SHORT;
}

static bool
is_small(const struct sign *sign)
{
	return sign->kind == SIGN_FILL || sign->kind == SIGN_NUMBER ||
	       sign->kind == SIGN_OWN;
}

/* Could this organ have adopted what has such a number? */
static bool
fits(const struct vocabulary *vocabulary, uint32_t organ, enum form form)
{
	return organ == ORGAN_OTHER || (organ < vocabulary->organ_count &&
					vocabulary->organs[organ].forms & form);
}

/* ---- who is named where ---- */

/* The organ at a sign, into the citation. */
static void
name(const struct sign *sign, struct citation *citation)
{
	if (sign->kind == SIGN_ORGAN)
		citation->organ = sign->payload;
	else
		citation->word = sign->payload;
}

static bool
is_named(const struct citation *citation)
{
	return citation->organ != ORGAN_UNKNOWN ||
	       citation->word != WORDS_LIMIT;
}

/* Does what the sign names go with the item? */
static bool
may_name(const struct run *run, const struct sign *sign,
	 const struct citation *citation)
{
	if (sign->kind == SIGN_SHORT)
		return true;
	return fits(run->vocabulary, sign->payload, citation->item.form);
}

/* From the kind back to an organ or "its" right before it. */
static void
look_before(const struct run *run, size_t kind, struct citation *citation)
{
	for (size_t at = kind; at-- > run->begin && kind - at < LOOK_MAX;) {
		const struct sign *sign = sign_at(run, at);

		citation->is_own |= sign->kind == SIGN_OWN;
		if (is_organ(sign) && may_name(run, sign, citation))
			name(sign, citation);
		if (!is_small(sign))
			return;
	}
}

/* From the kind on to an organ before the first item. */
static void
look_between(const struct run *run, size_t kind, struct citation *citation)
{
	for (size_t at = kind + 1; at < run->end && at - kind < LOOK_MAX;
	     at++) {
		const struct sign *sign = sign_at(run, at);

		if (is_organ(sign) && may_name(run, sign, citation))
			name(sign, citation);
		if (!is_small(sign) && !is_organ(sign))
			return;
	}
}

/*
 * From the item on to an organ behind it. With a list word between them it is
 * another's, unless further items come first: "1 (1990) and 2 (1991) of the
 * Council".
 */
static void
look_behind(const struct run *run, size_t item, struct citation *citation)
{
	bool is_listed = false;

	for (size_t at = item + 1; at < run->end && at - item < LOOK_MAX;
	     at++) {
		const struct sign *sign = sign_at(run, at);

		if (is_kind(sign))
			return;
		if (sign->kind == SIGN_LIST)
			is_listed = true;
		if (sign->kind == SIGN_ITEM)
			is_listed = false;
		if (!is_organ(sign))
			continue;
		if (is_listed || !may_name(run, sign, citation))
			return;
		name(sign, citation);
		return;
	}
}

/* From an item back to the last organ named in the run. */
static void
look_back(const struct run *run, size_t item, struct citation *citation)
{
	for (size_t at = item; at-- > run->begin && item - at < LOOK_MAX;) {
		const struct sign *sign = sign_at(run, at);

		citation->is_own |= sign->kind == SIGN_OWN;
		if (!is_organ(sign))
			continue;
		if (may_name(run, sign, citation))
			name(sign, citation);
		return;
	}
}

/*
 * "In its resolution 16/7, the Human Rights Council decided": whose it is comes
 * behind, with a verb and nothing else that it may belong to.
 */
static void
look_for_subject(const struct run *run, size_t item, struct citation *citation)
{
	size_t organ = item + 1, after;

	while (organ < run->end && organ - item < LOOK_MAX &&
	       !is_organ(sign_at(run, organ)) && !is_kind(sign_at(run, organ)))
		organ++;
	for (after = organ + 1;
	     after < run->end && (sign_at(run, after)->kind == SIGN_FILL ||
				  sign_at(run, after)->kind == SIGN_LIST);)
		after++;
	if (organ < run->end && after == run->end &&
	    after < run->signs->count &&
	    sign_at(run, after)->kind == SIGN_OTHER &&
	    is_organ(sign_at(run, organ)) &&
	    may_name(run, sign_at(run, organ), citation))
		name(sign_at(run, organ), citation);
}

/* ---- when ---- */

/* Numbers and months, one after the other, with words between them left out. */
static size_t
collect(const struct run *run, size_t from, int step, uint32_t *out)
{
	size_t count = 0;

	for (size_t at = from; count < 3 && at < run->end && at >= run->begin;
	     at += (size_t)step) {
		const struct sign *sign = sign_at(run, at);

		if (sign->kind != SIGN_FILL && sign->kind != SIGN_NUMBER &&
		    !(sign->kind == SIGN_LIST && count == 0 && step > 0))
			break;
		if (sign->kind == SIGN_FILL && sign->payload)
			out[count++] = sign->payload;
		if (at == 0 && step < 0)
			break;
	}
	return count;
}

static bool
is_year(uint32_t number)
{
	return number >= YEAR_MIN && number <= YEAR_MAX;
}

static bool
is_day(const struct day *day)
{
	return is_year(day->year) && day->month >= 1 && day->month <= 12 &&
	       day->day >= 1 && day->day <= 31;
}

/*
 * "of 20 November 2006" behind it; 2006年11月20日第 before it. A plain number
 * may have its year alone: "resolution 1701 of 2006".
 */
static void
look_for_day(const struct run *run, size_t item, struct citation *citation)
{
	uint32_t parts[3];
	struct day day = { 0, 0, 0 };
	size_t count = collect(run, item + 1, 1, parts);

	if (count == 3)
		day = (struct day){ parts[2], parts[1] - SIGN_MONTH, parts[0] };
	else if (count == 1 && citation->item.form == FORM_PLAIN &&
		 is_year(parts[0]))
		citation->day.year = parts[0];
	if (!is_day(&day) && item > run->begin &&
	    collect(run, item - 1, -1, parts) == 3)
		day = (struct day){ parts[2], parts[1], parts[0] };
	if (is_day(&day))
		citation->day = day;
}

/* ---- runs ---- */

static void
finish(struct citations *citations, const struct run *run,
       struct citation *citation)
{
	if (citation->word != WORDS_LIMIT)
		citation->council = citations->last_of_word[citation->word];
	citation->nearby = citations->nearby;
	if (!fits(run->vocabulary, citation->nearby, citation->item.form))
		citation->nearby = ORGAN_UNKNOWN;
	add(citations, citation);
}

static struct citation
begin(const struct run *run, size_t item, const struct sign *kind)
{
	return (struct citation){
		.item = run->signs->items[sign_at(run, item)->payload],
		.organ = ORGAN_UNKNOWN,
		.word = WORDS_LIMIT,
		.council = ORGAN_UNKNOWN,
		.is_decision = kind->kind == SIGN_DECISION,
	};
}

/* KIND item, item. Is there any? */
static bool
take_after(struct citations *citations, const struct run *run, size_t kind,
	   bool is_right_to_left)
{
	bool has_any = false;

	for (size_t at = kind + 1; at < run->end && !is_kind(sign_at(run, at));
	     at++) {
		struct citation citation;

		if (sign_at(run, at)->kind != SIGN_ITEM)
			continue;
		citation = begin(run, at, sign_at(run, kind));
		citation.is_right_to_left = is_right_to_left;
		look_before(run, kind, &citation);
		if (!is_named(&citation))
			look_between(run, kind, &citation);
		if (!is_named(&citation))
			look_behind(run, at, &citation);
		if (!is_named(&citation))
			look_back(run, at, &citation);
		if (!is_named(&citation) && citation.is_own &&
		    citations->nearby == ORGAN_UNKNOWN &&
		    citations->enacting == ORGAN_UNKNOWN)
			look_for_subject(run, at, &citation);
		look_for_day(run, at, &citation);
		finish(citations, run, &citation);
		has_any = true;
	}
	return has_any;
}

/* item, item KIND */
static void
take_before(struct citations *citations, const struct run *run, size_t from,
	    size_t kind)
{
	for (size_t at = from; at < kind; at++) {
		struct citation citation;

		if (sign_at(run, at)->kind != SIGN_ITEM)
			continue;
		citation = begin(run, at, sign_at(run, kind));
		look_back(run, at, &citation);
		look_for_day(run, at, &citation);
		finish(citations, run, &citation);
	}
}

/* Is there nothing but small words between the last item and the kind? */
static bool
is_behind_item(const struct run *run, size_t kind)
{
	size_t at = kind;

	while (at > run->begin && sign_at(run, at - 1)->kind == SIGN_FILL)
		at--;
	return at > run->begin && sign_at(run, at - 1)->kind == SIGN_ITEM;
}

/* ---- what a list goes on with ---- */

/* Has one list numbers of both forms? 3/4 behind 1373 (2001) is a fraction. */
static bool
are_alike(enum form one, enum form other)
{
	static const uint32_t lists[] = {
		FORM_SESSION | FORM_SPECIAL | FORM_ROMAN,
		FORM_YEAR | FORM_ROMAN,
		FORM_DATED,
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (lists[i] & one && lists[i] & other)
			return true;
	return false;
}

/* Is there a list word right before the item? ", and in 2 (1991)" */
static bool
is_listed(const struct run *run, size_t item)
{
	size_t at = item;

	while (at > run->begin && sign_at(run, at - 1)->kind == SIGN_FILL &&
	       !sign_at(run, at - 1)->payload)
		at--;
	return at > run->begin && sign_at(run, at - 1)->kind == SIGN_LIST;
}

/* Could the organ have had that session? 24/7 is none of the Assembly's. */
static bool
may_have(const struct vocabulary *vocabulary, uint32_t organ,
	 const struct item *item)
{
	const struct organ *adopter;

	if (organ >= vocabulary->organ_count)
		return true;
	adopter = &vocabulary->organs[organ];
	return adopter->forms & item->form &&
	       (item->form != FORM_SESSION || !adopter->last_session ||
		(item->first >= adopter->first_session &&
		 item->first <= adopter->last_session));
}

/* An item as one more of the list that has the citation before. */
static bool
continue_with(const struct citations *citations, const struct run *run,
	      size_t item, const struct citation *before,
	      struct citation *out_citation)
{
	struct citation citation = *before;

	citation.item = run->signs->items[sign_at(run, item)->payload];
	citation.day = (struct day){ 0, 0, 0 };
	citation.organ = ORGAN_UNKNOWN;
	citation.word = WORDS_LIMIT;
	look_behind(run, item, &citation);
	if (citation.word != WORDS_LIMIT)
		citation.council = citations->last_of_word[citation.word];
	if (!is_named(&citation)) {
		if (!are_alike(before->item.form, citation.item.form))
			return false;
		citation.organ = before->organ;
		citation.word = before->word;
		if (!may_have(run->vocabulary, citation.organ, &citation.item))
			return false;
	}
	look_for_day(run, item, &citation);
	*out_citation = citation;
	return true;
}

/* Take the items up to end, if they go on with a list of this sentence. */
static void
take_further(struct citations *citations, const struct run *run, size_t first,
	     size_t end)
{
	struct citation citation;

	if (!citations->listed || !is_listed(run, first)) {
		citations->listed = 0;
		return;
	}
	citation = citations->items[citations->listed - 1];
	for (size_t at = first; at < end; at++)
		if (sign_at(run, at)->kind == SIGN_ITEM &&
		    continue_with(citations, run, at, &citation, &citation))
			add(citations, &citation);
}

/* ---- runs, one after the other ---- */

/* The first item or kind. */
static size_t
find_first(const struct run *run)
{
	size_t first = run->begin;

	while (first < run->end && !is_kind(sign_at(run, first)) &&
	       sign_at(run, first)->kind != SIGN_ITEM)
		first++;
	return first;
}

static size_t
find_kind(const struct run *run, size_t from)
{
	size_t kind = from;

	while (kind < run->end && !is_kind(sign_at(run, kind)))
		kind++;
	return kind;
}

static void
take_run(struct citations *citations, const struct run *run,
	 bool is_right_to_left)
{
	size_t first = find_first(run), kind = find_kind(run, first);
	bool has_item = first < kind;

	if (has_item && !(kind < run->end && is_behind_item(run, kind)))
		take_further(citations, run, first, kind);
	for (size_t from = run->begin; kind < run->end;
	     from = kind + 1, kind = find_kind(run, from))
		if (has_item && is_behind_item(run, kind)) {
			take_before(citations, run, from, kind);
			citations->listed = 0;
		} else if (take_after(citations, run, kind, is_right_to_left)) {
			citations->listed = citations->count;
		}
}

/* Remember who was named, for what comes later. */
static void
notice(struct citations *citations, const struct vocabulary *vocabulary,
       const struct sign *sign)
{
	const struct organ *organ;

	if (sign->kind == SIGN_END) {
		citations->nearby = ORGAN_UNKNOWN;
		citations->listed = 0;
	}
	if (sign->kind != SIGN_ORGAN ||
	    sign->payload >= vocabulary->organ_count)
		return;
	organ = &vocabulary->organs[sign->payload];
	if (!organ->resolution[0] && !organ->decision[0])
		return;
	citations->nearby = sign->payload;
	for (uint32_t i = 0; i < vocabulary->word_count; i++)
		if (strcmp(vocabulary->words[i], organ->word) == 0)
			citations->last_of_word[i] = sign->payload;
}

static bool
ends_run(const struct sign *sign)
{
	return sign->kind == SIGN_OTHER || sign->kind == SIGN_END ||
	       sign->kind == SIGN_SYMBOL;
}

/*
 * "The General Assembly," by itself: who speaks. In a resolution it may stand
 * before the rest of the preamble, too.
 */
static void
take_enacting(struct citations *citations, const struct signs *signs)
{
	size_t at = 0;

	while (at < signs->count && signs->signs[at].kind == SIGN_FILL)
		at++;
	if (at + 1 < signs->count && at < 2 &&
	    signs->signs[at].kind == SIGN_ORGAN &&
	    signs->signs[at].payload < ORGAN_OTHER &&
	    signs->signs[at + 1].kind == SIGN_LIST &&
	    (citations->is_resolution || signs->count == at + 2))
		citations->enacting = signs->signs[at].payload;
}

void
citations_take(struct citations *citations, const struct vocabulary *vocabulary,
	       const struct signs *signs, bool is_right_to_left)
{
	struct run run = { vocabulary, signs, 0, 0 };

	citations->nearby = ORGAN_UNKNOWN;
	citations->listed = 0;
	if (citations->enacting == ORGAN_UNKNOWN)
		take_enacting(citations, signs);
	while (run.begin < signs->count) {
		run.end = run.begin;
		while (run.end < signs->count &&
		       !ends_run(&signs->signs[run.end]))
			run.end++;
		take_run(citations, &run, is_right_to_left);
		for (size_t i = run.begin; i <= run.end && i < signs->count;
		     i++)
			notice(citations, vocabulary, &signs->signs[i]);
		run.begin = run.end + 1;
	}
}
