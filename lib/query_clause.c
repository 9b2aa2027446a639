/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query_clause.c - an item of a query as clauses, in every language
 *
 * Owns nothing. Nobody says in which language he asks, so the words of an item
 * are stemmed in each, with the accents they have and without; forms that are
 * the same are one variant.
 *
 * An index has stems, so words that begin with what was typed are not always
 * tokens that do: negotiat* has to find negoti. Where what was typed may end
 * inside an ending, the word is completed, and its stem is an alternative.
 */
#include <assert.h>
#include <string.h>

#include "escape.h"
#include "query_private.h"
#include "word_fold.h"

/* Endings that stemmers take off; "" is among them, before the first space. */
static const char *const endings[WORD_LANGUAGE_COUNT] = {
	[WORD_EN] = " able ance ances ated ates ating ation ational ations e "
		    "ed ement ements ence ences er ers es ied ies ing ings ion "
		    "ional ions ities ity ive ives ize ized ly ment ments ness "
		    "s",
	[WORD_ES] = " a able ables ación aciones ada adas ado ados amiento "
		    "amientos ancia ando ar as ción ciones encia er es ida "
		    "idad idades ido idos iendo iones ir ismo ista istas ión "
		    "mente o os",
	[WORD_FR] = " able ables aient ant ants ateur ateurs ation ations e "
		    "ement ements ence ences ent er es eur eurs euse euses ez "
		    "ion ions ique iques ir isme iste istes ité ités s é ée "
		    "ées és",
	[WORD_RU] = " а ами ать ах ая е ения ение ению ений и ие ий ить ия ная "
		    "ного ные ный о ов ого ое ому ости ость остью ск ская "
		    "ские ский ского ства ство у ции цией ций ция ы ые ый ых "
		    "ыми ь",
};

/* What an item is in every language: breaking knows none. */
struct outline {
	size_t tokens;
	bool is_prefix;
	bool is_completed;	  /* a prefix of a word that has endings */
	struct docket_bytes last; /* plain and whole; lent by the caller */
};

/* An item on its way into the query. */
struct making {
	struct docket_query *query;
	struct word_breaker *breaker;
	const struct query_item *item;
	struct outline outline;
	struct query_clause *clause; /* the one being filled */
};

/* Which of the two tokens of a word; the first where there is one only. */
enum form { FORM_TOKEN, FORM_TWIN, FORM_COUNT };

static bool
begins_with(struct docket_bytes bytes, struct docket_bytes start)
{
	return bytes.size >= start.size &&
	       memcmp(bytes.data, start.data, start.size) == 0;
}

bool
query_clause_is_lone(struct docket_bytes token)
{
	uint32_t code;

	return escape_decode(token.data, token.size, &code) == token.size &&
	       word_fold_find(code)->class == WORD_CLASS_PAIRED;
}

/*
 * The last Han of a run begins a pair in most texts it is to be found in. In a
 * run of several the pair before says it all; one alone is a prefix.
 */
static struct outline
outline_item(struct word_breaker *breaker, const struct query_item *item,
	     char *last)
{
	struct outline outline = { .last = { last, 0 } };
	struct word word;
	uint32_t end = 0;
	bool is_run = false;

	word_start(breaker, item->text, WORD_OTHER);
	while (word_next(breaker, &word)) {
		is_run = outline.tokens > 0 && end == word.end;
		outline.tokens++;
		outline.last.size = word.token.size;
		memcpy(last, word.token.data, word.token.size);
		end = word.end;
	}
	if (outline.tokens == 0)
		return outline;
	outline.is_prefix = item->is_prefix && end == item->text.size;
	outline.is_completed = outline.is_prefix;
	if (query_clause_is_lone(outline.last)) {
		outline.tokens -= is_run;
		outline.is_prefix = !is_run;
		outline.is_completed = false;
	}
	return outline;
}

static void
put_token(struct docket_query *query, struct docket_bytes token)
{
	query->tokens =
		mem_grow_array(query->tokens, query->token_count,
			       &query->token_capacity, sizeof *query->tokens);
	query->tokens[query->token_count++] = (struct query_token){
		.at = (uint32_t)query->letters.size,
		.size = (uint32_t)token.size,
	};
	buffer_put_bytes(&query->letters, token);
}

static bool
tokens_equal(const struct docket_query *query, size_t one, size_t other,
	     size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct query_token *a = &query->tokens[one + i];
		const struct query_token *b = &query->tokens[other + i];

		if (a->size != b->size ||
		    memcmp(query->letters.data + a->at,
			   query->letters.data + b->at, a->size) != 0)
			return false;
	}
	return true;
}

/* Count what was put behind the clause as a variant, or take it back. */
static void
settle_variant(struct docket_query *query, struct query_clause *clause)
{
	struct docket_clause *shape = &clause->shape;
	size_t start = clause->first + shape->variants * shape->tokens;
	bool is_kept = shape->variants < QUERY_VARIANTS_MAX;

	for (size_t i = 0; i < shape->variants && is_kept; i++)
		is_kept =
			!tokens_equal(query, clause->first + i * shape->tokens,
				      start, shape->tokens);
	if (is_kept) {
		shape->variants++;
		return;
	}
	query->letters.size = query->tokens[start].at;
	query->token_count = start;
}

/* Put the words in one language; last replaces the last, unless empty. */
static void
put_variant(struct making *making, enum word_language language, enum form form,
	    struct docket_bytes last)
{
	size_t left = making->clause->shape.tokens - (last.size > 0);
	struct word word;

	word_start(making->breaker, making->item->text, language);
	while (left > 0 && word_next(making->breaker, &word)) {
		put_token(making->query, form == FORM_TWIN && word.twin.size > 0
						 ? word.twin
						 : word.token);
		left--;
	}
	assert(left == 0); /* all languages break alike */
	if (last.size > 0)
		put_token(making->query, last);
	settle_variant(making->query, making->clause);
}

static void
begin_clause(struct making *making, size_t group)
{
	struct docket_query *query = making->query;

	making->clause = &query->clauses[query->count];
	*making->clause = (struct query_clause){
		.shape = { .group = group,
			   .tokens = making->outline.tokens,
			   .is_excluded = making->item->is_excluded },
		.first = query->token_count,
	};
}

/* The stems of a whole word, unless they begin with what was typed anyway. */
static void
put_completed(struct making *making, enum word_language language,
	      struct docket_bytes completed)
{
	for (enum form form = FORM_TOKEN; form < FORM_COUNT; form++) {
		char stem[WORD_TOKEN_LIMIT_BYTES];
		struct docket_bytes found;
		struct word word;

		word_start(making->breaker, completed, language);
		if (!word_next(making->breaker, &word))
			return;
		found = form == FORM_TWIN ? word.twin : word.token;
		if (found.size == 0 || begins_with(found, making->outline.last))
			continue;
		memcpy(stem, found.data, found.size);
		found.data = stem;
		put_variant(making, language, form, found);
	}
}

/* Every way in which what was typed may end inside this ending. */
static void
complete_with(struct making *making, enum word_language language,
	      struct docket_bytes ending)
{
	struct docket_bytes last = making->outline.last;

	for (size_t size = 0; size <= ending.size && size < last.size; size++) {
		auto_buffer struct buffer word = { 0 };

		if (memcmp(last.data + last.size - size, ending.data, size))
			continue;
		buffer_put_bytes(&word, last);
		buffer_put(&word, ending.data + size, ending.size - size);
		put_completed(making, language, buffer_bytes(&word));
	}
}

static void
add_completed(struct making *making, size_t group)
{
	begin_clause(making, group);
	for (size_t i = 0; i < WORD_LANGUAGE_COUNT; i++) {
		const char *at = endings[i];

		while (at) {
			size_t size = strcspn(at, " ");

			complete_with(making, (enum word_language)i,
				      (struct docket_bytes){ at, size });
			at = at[size] ? at + size + 1 : NULL;
		}
	}
	making->query->count += making->clause->shape.variants > 0;
}

/* The words as they are, in every language and both forms. */
static void
add_plain(struct making *making, size_t group)
{
	bool is_prefix = making->outline.is_prefix;

	begin_clause(making, group);
	making->clause->shape.is_prefix = is_prefix;
	for (size_t i = 0; i < WORD_LANGUAGE_COUNT; i++) {
		struct docket_bytes last = { NULL, 0 };

		/* Arabic stems lack the article, at the word's beginning. */
		if (is_prefix && i != WORD_AR)
			last = making->outline.last;
		for (enum form form = FORM_TOKEN; form < FORM_COUNT; form++)
			put_variant(making, (enum word_language)i, form, last);
	}
	making->query->count++;
}

bool
query_clause_add(struct docket_query *query, struct word_breaker *breaker,
		 const struct query_item *item, size_t group)
{
	char last[WORD_TOKEN_LIMIT_BYTES];
	struct making making = {
		.query = query,
		.breaker = breaker,
		.item = item,
		.outline = outline_item(breaker, item, last),
	};

	if (making.outline.tokens == 0)
		return false;
	add_plain(&making, group);
	if (making.outline.is_completed)
		add_completed(&making, group);
	return true;
}
