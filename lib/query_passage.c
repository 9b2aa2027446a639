/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query_passage.c - the passage of a record that answers a query best
 *
 * Owns nothing beyond a call. Two passes: one over the text, up to the first
 * block that has all there is to find, to choose the block; one over that
 * block, to cut it and to mark what was found. Both are linear.
 */
#include "escape.h"
#include "query_private.h"
#include "query_segment.h"

/* This part of the width is shown before the first match: one in four. */
#define LEAD 4

struct search {
	struct query_matcher *matcher;
	struct word_breaker *breaker;
	struct docket_bytes text; /* of the record */
	size_t width;
};

/* What a segment has. */
struct yield {
	struct query_segment segment;
	int groups;
	uint32_t first; /* where the first match begins; bytes into the text */
};

static struct docket_bytes
get_text(const struct search *search, const struct query_segment *segment)
{
	return (struct docket_bytes){ search->text.data + segment->start,
				      segment->end - segment->start };
}

static void
start_segment(struct search *search, const struct query_segment *segment)
{
	struct docket_bytes text = get_text(search, segment);

	word_start(search->breaker, text, segment->language);
	query_matcher_start(search->matcher, text);
}

static struct yield
search_segment(struct search *search, const struct query_segment *segment)
{
	struct yield yield = { .segment = *segment, .first = segment->start };
	uint64_t groups = 0, found;
	struct query_match match;
	struct word word;

	start_segment(search, segment);
	while (word_next(search->breaker, &word)) {
		found = query_matcher_feed(search->matcher, &word, &match);
		if (found && !groups)
			yield.first = segment->start + match.start;
		groups |= found;
		if (groups == query_matcher_groups(search->matcher))
			break;
	}
	yield.groups = __builtin_popcountll(groups);
	return yield;
}

/* The first segment of those that have the most; the first one if none has. */
static struct yield
find_best(struct search *search, const struct docket_record *record)
{
	struct yield best = { .segment = { .block = SIZE_MAX } };
	int all = __builtin_popcountll(query_matcher_groups(search->matcher));
	struct query_segments segments;
	struct query_segment segment;

	query_segments_init(&segments, record);
	while (best.groups < all && query_segments_next(&segments, &segment)) {
		struct yield yield = search_segment(search, &segment);

		if (yield.groups > best.groups || best.segment.end == 0)
			best = yield;
	}
	query_segments_fini(&segments);
	return best;
}

/* Matches come in the order of their ends; those that overlap are one. */
static void
put_match(struct query_passage *passage, struct query_match match)
{
	size_t count = passage->match_count;

	if (match.start < passage->start)
		return;
	while (count > 0 && passage->matches[count - 1].end > match.start) {
		count--;
		if (passage->matches[count].start < match.start)
			match.start = passage->matches[count].start;
		if (passage->matches[count].end > match.end)
			match.end = passage->matches[count].end;
	}
	if (count == QUERY_MATCHES_MAX)
		return;
	passage->matches[count] = match;
	passage->match_count = count + 1;
}

/* What lies behind the passage's end is not in it. */
static void
cut_matches(struct query_passage *passage)
{
	size_t count = passage->match_count;

	while (count > 0 && passage->matches[count - 1].start >= passage->end)
		count--;
	if (count > 0 && passage->matches[count - 1].end > passage->end)
		passage->matches[count - 1].end = passage->end;
	passage->match_count = count;
}

static bool
is_blank(char byte)
{
	return (unsigned char)byte <= ' ';
}

/* The text of the segment without white space around it. */
static void
trim(const struct search *search, const struct query_segment *segment,
     struct query_passage *passage)
{
	passage->start = segment->start;
	passage->end = segment->end;
	while (passage->end > passage->start &&
	       is_blank(search->text.data[passage->end - 1]))
		passage->end--;
	while (passage->start < passage->end &&
	       is_blank(search->text.data[passage->start]))
		passage->start++;
}

/* Room for the width, from a fitting distance before the first match on. */
static bool
choose_start(const struct search *search, uint32_t first,
	     struct query_passage *passage)
{
	size_t lead = search->width / LEAD;

	if (passage->end - passage->start <= search->width ||
	    first <= passage->start + lead)
		return false;
	passage->start = first - (uint32_t)lead;
	return true;
}

/* Behind the last word that has room; a word that has none is cut itself. */
static void
choose_end(const struct search *search, uint32_t last,
	   struct query_passage *passage)
{
	struct docket_bytes shown = { search->text.data + passage->start,
				      passage->end - passage->start };

	if (shown.size <= search->width)
		return;
	if (last > passage->start)
		passage->end = last;
	else
		passage->end = passage->start +
			       (uint32_t)escape_cut(shown, search->width).size;
}

static void
cut_passage(struct search *search, const struct yield *yield,
	    struct query_passage *passage)
{
	uint32_t base = yield->segment.start, last = 0;
	struct query_match match;
	struct word word;
	bool is_between;

	trim(search, &yield->segment, passage);
	is_between = choose_start(search, yield->first, passage);
	start_segment(search, &yield->segment);
	while (word_next(search->breaker, &word) &&
	       (size_t)base + word.start < passage->start + search->width) {
		if (is_between && base + word.start >= passage->start) {
			passage->start = base + word.start;
			is_between = false;
		}
		if ((size_t)base + word.end <= passage->start + search->width)
			last = base + word.end;
		if (!query_matcher_feed(search->matcher, &word, &match))
			continue;
		match.start += base;
		match.end += base;
		put_match(passage, match);
	}
	choose_end(search, last, passage);
	cut_matches(passage);
}

bool
query_find_passage(const struct docket_query *query,
		   struct word_breaker *breaker,
		   const struct docket_record *record, size_t width,
		   struct query_passage *out_passage)
{
	struct search search = {
		.matcher = query_matcher_new(query),
		.breaker = breaker,
		.text = docket_record_text(record),
		.width = width,
	};
	struct query_passage passage = { .match_count = 0 };
	struct yield best = find_best(&search, record);

	passage.block = best.segment.block;
	if (best.segment.end > 0)
		cut_passage(&search, &best, &passage);
	query_matcher_free(search.matcher);
	*out_passage = passage;
	return best.groups > 0;
}
