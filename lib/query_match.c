/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query_match.c - clauses found in words, as they come
 *
 * Owns the matcher; reads the query it was made for.
 *
 * Every token of every variant is a place. A place is reached by a word that
 * has its token, if it is the first of its variant or the place before it was
 * reached by the word before; who reaches the last one has found the clause.
 * Places note by which word they were last reached, so nothing is ever cleared
 * and a word costs no more than the places that have its token: time is linear
 * in the text, however repetitive a phrase and a text may be.
 */
#include <stdlib.h>
#include <string.h>

#include "query_private.h"

#define NONE UINT32_MAX

/* A token of a variant of a clause. */
struct place {
	struct docket_bytes token;
	uint32_t next;	 /* with the same token, or NONE */
	uint32_t number; /* within its variant, 0 is the first */
	bool is_last;
	bool is_prefix;
	uint8_t group;
	uint64_t reached;	 /* by this word; 0: by none yet */
	uint64_t reached_before; /* by that one before it */
};

struct query_matcher {
	struct place *places;
	uint32_t place_count;
	uint32_t *slots; /* the first place of a token, by its hash, or NONE */
	size_t slot_mask;
	uint32_t prefixes; /* the first of these, linked like others */
	uint64_t groups;
	struct docket_bytes text;
	uint64_t words;
	uint32_t *starts; /* where the last words began, a ring */
	size_t start_mask;
};

static size_t
hash_token(struct docket_bytes token)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < token.size; i++)
		hash = (hash ^ (unsigned char)token.data[i]) *
		       UINT64_C(0x100000001b3);
	return (size_t)(hash ^ hash >> 32);
}

/* The slot of a token: the one that has it, or the free one where it goes. */
static uint32_t *
find_slot(const struct query_matcher *matcher, struct docket_bytes token)
{
	size_t at = hash_token(token) & matcher->slot_mask;

	while (matcher->slots[at] != NONE &&
	       !bytes_equal(matcher->places[matcher->slots[at]].token, token))
		at = (at + 1) & matcher->slot_mask;
	return &matcher->slots[at];
}

static void
add_place(struct query_matcher *matcher, const struct place *place)
{
	uint32_t index = matcher->place_count++;
	uint32_t *head = &matcher->prefixes;

	if (!place->is_prefix)
		head = find_slot(matcher, place->token);
	matcher->places[index] = *place;
	matcher->places[index].next = *head;
	*head = index;
}

static void
add_clause(struct query_matcher *matcher, const struct docket_query *query,
	   size_t clause)
{
	struct docket_clause shape = docket_query_clause(query, clause);

	matcher->groups |= UINT64_C(1) << shape.group;
	for (size_t i = 0; i < shape.variants * shape.tokens; i++) {
		size_t token = i % shape.tokens;
		bool is_last = token == shape.tokens - 1;

		add_place(matcher,
			  &(struct place){
				  .token = docket_query_token(query, clause,
							      i / shape.tokens,
							      token),
				  .number = (uint32_t)token,
				  .is_last = is_last,
				  .is_prefix = is_last && shape.is_prefix,
				  .group = (uint8_t)shape.group,
			  });
	}
}

/* The smallest power of two that is no less. */
static size_t
round_up(size_t count)
{
	size_t power = 1;

	while (power < count)
		power *= 2;
	return power;
}

static void
make_room(struct query_matcher *matcher, const struct docket_query *query)
{
	size_t longest = 1, slots;

	for (size_t i = 0; i < query->count; i++)
		if (query->clauses[i].shape.tokens > longest)
			longest = query->clauses[i].shape.tokens;
	slots = round_up(2 * query->token_count + 1);
	matcher->places = mem_alloc_array(query->token_count + 1,
					  sizeof *matcher->places);
	matcher->slots = mem_alloc_array(slots, sizeof *matcher->slots);
	matcher->slot_mask = slots - 1;
	memset(matcher->slots, 0xff, slots * sizeof *matcher->slots);
	matcher->start_mask = round_up(longest) - 1;
	matcher->starts = mem_alloc_array(matcher->start_mask + 1,
					  sizeof *matcher->starts);
}

struct query_matcher *
query_matcher_new(const struct docket_query *query)
{
	struct query_matcher *matcher = mem_alloc(sizeof *matcher);

	matcher->prefixes = NONE;
	make_room(matcher, query);
	for (size_t i = 0; i < query->count; i++)
		if (!query->clauses[i].shape.is_excluded)
			add_clause(matcher, query, i);
	return matcher;
}

struct query_matcher *
query_matcher_free(struct query_matcher *matcher)
{
	if (!matcher)
		return NULL;
	free(matcher->places);
	free(matcher->slots);
	free(matcher->starts);
	free(matcher);
	return NULL;
}

uint64_t
query_matcher_groups(const struct query_matcher *matcher)
{
	return matcher->groups;
}

void
query_matcher_start(struct query_matcher *matcher, struct docket_bytes text)
{
	matcher->text = text;
	matcher->words += 2; /* no phrase goes on from the text before */
}

/* What a match shows: a prefix that is one Han of a pair shows that alone. */
static struct query_match
show_match(const struct query_matcher *matcher, const struct place *place,
	   const struct word *word)
{
	uint64_t first = matcher->words - place->number;
	struct query_match match = {
		.start = matcher->starts[first & matcher->start_mask],
		.end = word->end,
	};
	struct docket_bytes token = place->token;

	if (place->is_prefix && query_clause_is_lone(token) &&
	    matcher->text.size - word->start >= token.size &&
	    memcmp(matcher->text.data + word->start, token.data, token.size) ==
		    0)
		match.end = word->start + (uint32_t)token.size;
	return match;
}

/* By the word before? It may have been reached by this one meanwhile. */
static bool
was_reached(const struct query_matcher *matcher, const struct place *place)
{
	uint64_t before = matcher->words - 1;

	return place->reached == before || place->reached_before == before;
}

/* The word has the token of this place: the group it is found with, or 0. */
static uint64_t
reach_place(struct query_matcher *matcher, struct place *place,
	    const struct word *word, struct query_match *match)
{
	struct query_match found;

	if (place->number > 0 && !was_reached(matcher, place - 1))
		return 0;
	if (place->reached != matcher->words) {
		place->reached_before = place->reached;
		place->reached = matcher->words;
	}
	if (!place->is_last)
		return 0;
	found = show_match(matcher, place, word);
	if (found.start < match->start)
		match->start = found.start;
	if (found.end > match->end)
		match->end = found.end;
	return UINT64_C(1) << place->group;
}

static uint64_t
reach_token(struct query_matcher *matcher, struct docket_bytes token,
	    const struct word *word, struct query_match *match)
{
	uint64_t groups = 0;
	uint32_t at;

	for (at = *find_slot(matcher, token); at != NONE;
	     at = matcher->places[at].next)
		groups |=
			reach_place(matcher, &matcher->places[at], word, match);
	for (at = matcher->prefixes; at != NONE;
	     at = matcher->places[at].next) {
		struct place *place = &matcher->places[at];

		if (token.size >= place->token.size &&
		    memcmp(token.data, place->token.data, place->token.size) ==
			    0)
			groups |= reach_place(matcher, place, word, match);
	}
	return groups;
}

uint64_t
query_matcher_feed(struct query_matcher *matcher, const struct word *word,
		   struct query_match *out_match)
{
	struct query_match match = { .start = UINT32_MAX };
	uint64_t groups;

	matcher->words++;
	matcher->starts[matcher->words & matcher->start_mask] = word->start;
	groups = reach_token(matcher, word->token, word, &match);
	if (word->twin.size > 0)
		groups |= reach_token(matcher, word->twin, word, &match);
	if (groups)
		*out_match = match;
	return groups;
}
