/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases.c - a set of phrases, and the longest of them at a place of a text
 *
 * Owns the set. An edge leads from a node, by the hash of a word, to a node;
 * all edges are in one table with open addressing. What leads to a node has a
 * list of the entries that end there. Hashes have 64 bits and are not compared
 * further.
 * Ends the process where memory runs out.
 */
#include "phrases.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"

#define ROOT 1u
#define NONE 0u
/* An acronym of so few letters is a word of some other language. */
#define ACRONYM_SHORT 3
#define PREFIXES_MAX 8

struct edge {
	uint64_t key; /* of the node it leads from, and of the word; 0: free */
	uint32_t node : 31;
	uint32_t leads : 1; /* edges lead on from the node */
	uint32_t entry;	    /* the first that ends there, + 1 */
};

struct entry {
	uint64_t exact; /* of all words as they stand; 0: stems will do */
	uint32_t value;
	uint32_t language;
	uint32_t next; /* entry of the same node, + 1 */
	bool is_capital;
	uint8_t acronym; /* letters, if it is one */
};

static void *
grow(void *items, size_t count, size_t size)
{
	void *grown = reallocarray(items, count, size);

	if (!grown)
		abort();
	return grown;
}

struct phrases *
phrases_new(void)
{
	struct phrases *phrases = calloc(1, sizeof(*phrases));

	if (!phrases)
		abort();
	phrases->edge_mask = 1023;
	phrases->edges = calloc(phrases->edge_mask + 1, sizeof(struct edge));
	if (!phrases->edges)
		abort();
	phrases->node_count = ROOT + 1;
	return phrases;
}

struct phrases *
phrases_free(struct phrases *phrases)
{
	if (!phrases)
		return NULL;
	free(phrases->edges);
	free(phrases->entries);
	free(phrases);
	return NULL;
}

size_t
phrases_size(const struct phrases *phrases)
{
	return sizeof(*phrases) +
	       (phrases->edge_mask + 1) * sizeof(struct edge) +
	       phrases->entry_room * sizeof(struct entry);
}

uint32_t
phrases_language(struct phrases *phrases, struct docket_bytes code,
		 bool may_add)
{
	const char *dash = code.size ? memchr(code.data, '-', code.size) : NULL;
	size_t size = dash ? (size_t)(dash - code.data) : code.size;
	uint32_t count = phrases->language_count;

	if (!size || size >= PHRASES_CODE)
		return PHRASES_ANY;
	for (uint32_t i = 0; i < count; i++)
		if (strlen(phrases->languages[i]) == size &&
		    memcmp(phrases->languages[i], code.data, size) == 0)
			return i;
	if (!may_add || count == PHRASES_LANGUAGES)
		return PHRASES_ANY;
	memcpy(phrases->languages[count], code.data, size);
	return phrases->language_count++;
}

/* ---- the tree ---- */

static uint64_t
make_key(uint32_t node, uint64_t hash)
{
	uint64_t key = (hash ^ node) * 0xff51afd7ed558ccdu;

	key = (key ^ key >> 32) + node;
	return key ? key : 1;
}

static struct edge *
probe(const struct phrases *phrases, uint64_t key)
{
	size_t at = (key ^ key >> 40) & phrases->edge_mask;

	while (phrases->edges[at].key && phrases->edges[at].key != key)
		at = (at + 1) & phrases->edge_mask;
	return &phrases->edges[at];
}

/* The edge from a node by a word; its key is 0 where there is none. */
static const struct edge *
follow(const struct phrases *phrases, uint32_t node, uint64_t hash)
{
	return probe(phrases, make_key(node, hash));
}

static void
note_first(struct phrases *phrases, uint64_t hash, bool is_capital)
{
	size_t bit = hash >> (64 - PHRASES_FIRST_BITS);

	phrases->first[true][bit / 64] |= 1ull << bit % 64;
	if (!is_capital)
		phrases->first[false][bit / 64] |= 1ull << bit % 64;
}

static void
grow_edges(struct phrases *phrases)
{
	size_t count = phrases->edge_mask + 1;
	struct edge *before = phrases->edges;

	phrases->edges = calloc(count * 2, sizeof(struct edge));
	if (!phrases->edges)
		abort();
	phrases->edge_mask = count * 2 - 1;
	for (size_t i = 0; i < count; i++)
		if (before[i].key)
			*probe(phrases, before[i].key) = before[i];
	free(before);
}

/*
 * The edge from the node that the edge with this key leads to (0: the root);
 * valid until the next is added.
 */
static struct edge *
follow_or_add(struct phrases *phrases, uint64_t from, uint64_t hash)
{
	uint32_t node = ROOT;
	struct edge *edge;
	uint64_t key;

	if (phrases->edge_count * 4 > phrases->edge_mask * 3)
		grow_edges(phrases);
	if (from) {
		edge = probe(phrases, from);
		edge->leads = true;
		node = edge->node;
	}
	key = make_key(node, hash);
	edge = probe(phrases, key);
	if (!edge->key) {
		edge->key = key;
		edge->node = phrases->node_count++;
		phrases->edge_count++;
	}
	return edge;
}

/* Hyphens and apostrophes: people leave them out, or put others. */
static bool
is_skipped(const struct token *token)
{
	return token_is_sign(token, '-') || token_is_sign(token, '\'');
}

static uint64_t
add_exact(uint64_t exact, const struct token *token)
{
	return (exact ^ token->exact) * HASH_FACTOR | 1;
}

/* ---- adding ---- */

static bool
needs_capital(const struct tokens *tokens)
{
	return tokens->items[0].flags & TOKEN_CAPITAL;
}

static void
describe(const struct tokens *tokens, bool is_exact, struct entry *entry)
{
	const struct token *first = &tokens->items[0];

	entry->is_capital = needs_capital(tokens);
	if (tokens->count == 1 && first->flags & TOKEN_CAPITALS) {
		entry->acronym = (uint8_t)(first->end - first->start);
		is_exact = true;
	}
	if (!is_exact)
		return;
	for (size_t i = 0; i < tokens->count; i++)
		if (!is_skipped(&tokens->items[i]))
			entry->exact =
				add_exact(entry->exact, &tokens->items[i]);
}

/* Is there an entry alike already? */
static bool
has_entry(const struct phrases *phrases, uint32_t first,
	  const struct entry *entry)
{
	for (uint32_t at = first; at != NONE;
	     at = phrases->entries[at - 1].next) {
		const struct entry *other = &phrases->entries[at - 1];

		if (other->language == entry->language &&
		    other->exact == entry->exact)
			return true;
	}
	return false;
}

static void
add_entry(struct phrases *phrases, struct edge *edge, const struct entry *entry)
{
	uint32_t number = (uint32_t)phrases->entry_count + 1;
	uint32_t at = edge->entry;

	if (has_entry(phrases, at, entry))
		return;
	while (at != NONE && phrases->entries[at - 1].next != NONE)
		at = phrases->entries[at - 1].next;
	if (at == NONE)
		edge->entry = number;
	else
		phrases->entries[at - 1].next = number;
	if (phrases->entry_count == phrases->entry_room) {
		size_t room =
			phrases->entry_room ? phrases->entry_room * 2 : 512;
		phrases->entry_room = room;
		phrases->entries =
			grow(phrases->entries, room, sizeof(struct entry));
	}
	phrases->entries[phrases->entry_count++] = *entry;
}

bool
phrases_add(struct phrases *phrases, const struct writing *writing,
	    struct docket_bytes phrase, uint32_t language, uint32_t value)
{
	struct entry entry = { .value = value, .language = language };
	struct tokens tokens = { 0 };
	bool is_exact = phrase.size > 0 && phrase.data[0] == '=';
	struct edge *edge = NULL;

	lexer_read(&tokens, writing, phrase, is_exact, (uint32_t)phrase.size);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];

		if (is_skipped(token))
			continue;
		if (!edge)
			note_first(phrases, token->hash,
				   needs_capital(&tokens));
		edge = follow_or_add(phrases, edge ? edge->key : 0,
				     token->hash);
	}
	if (edge) {
		describe(&tokens, is_exact, &entry);
		add_entry(phrases, edge, &entry);
	}
	lexer_fini(&tokens);
	return edge;
}

void
phrases_add_value(struct phrases *phrases, const struct writing *writing,
		  const struct data_value *from, uint32_t value)
{
	struct docket_bytes code = { from->code, strlen(from->code) };
	uint32_t language = phrases_language(phrases, code, true);
	const char *at = from->text;
	struct docket_bytes phrase;

	while (data_next_phrase(&at, &phrase))
		phrases_add(phrases, writing, phrase, language, value);
}

/* ---- finding ---- */

/* Where a walk through the tree is. */
struct walk {
	const struct phrases *phrases;
	const struct tokens *tokens;
	size_t first;
	uint32_t language;
};

static bool
is_capitals(const struct tokens *tokens, size_t index)
{
	return index < tokens->count &&
	       tokens->items[index].flags & TOKEN_CAPITALS;
}

static bool
is_acronym(const struct walk *walk, const struct entry *entry, size_t end)
{
	const struct token *first = &walk->tokens->items[walk->first];

	if (!(first->flags & TOKEN_CAPITALS))
		return false;
	if (entry->acronym > ACRONYM_SHORT)
		return true;
	return entry->language == walk->language &&
	       !is_capitals(walk->tokens, end) &&
	       (walk->first == 0 ||
		!is_capitals(walk->tokens, walk->first - 1));
}

static bool
fits(const struct walk *walk, const struct entry *entry, size_t end)
{
	const struct token *items = walk->tokens->items;
	uint64_t exact = 0;

	if (entry->is_capital && !(items[walk->first].flags & TOKEN_CAPITAL))
		return false;
	if (entry->acronym && !is_acronym(walk, entry, end))
		return false;
	if (!entry->exact)
		return true;
	for (size_t i = walk->first; i < end; i++)
		if (!is_skipped(&items[i]))
			exact = add_exact(exact, &items[i]);
	return exact == entry->exact;
}

/* The entry behind an edge that fits best. */
static const struct entry *
choose(const struct walk *walk, const struct edge *edge, size_t end)
{
	const struct phrases *phrases = walk->phrases;
	const struct entry *chosen = NULL;

	for (uint32_t at = edge->entry; at != NONE;
	     at = phrases->entries[at - 1].next) {
		const struct entry *entry = &phrases->entries[at - 1];

		if (!fits(walk, entry, end))
			continue;
		if (entry->language == walk->language)
			return entry;
		if (!chosen)
			chosen = entry;
	}
	return chosen;
}

/* Go on from the root by the hash of the first word. */
static bool
go_on(const struct walk *walk, uint64_t first, struct phrase_match *match)
{
	const struct tokens *tokens = walk->tokens;
	const struct edge *edge = follow(walk->phrases, ROOT, first);
	bool is_found = false;
	size_t at = walk->first + 1;

	while (edge->key) {
		const struct entry *entry = choose(walk, edge, at);

		if (entry) {
			match->count = at - walk->first;
			match->value = entry->value;
			is_found = true;
		}
		if (!edge->leads)
			return is_found;
		if (at < tokens->count && is_skipped(&tokens->items[at]))
			at++;
		if (at == tokens->count)
			return is_found;
		edge = follow(walk->phrases, edge->node,
			      tokens->items[at].hash);
		at++;
	}
	return is_found;
}

bool
phrases_walk(const struct phrases *phrases, const struct writing *writing,
	     struct docket_bytes text, const struct tokens *tokens,
	     size_t index, uint32_t language, struct phrase_match *out_match)
{
	const struct token *first = &tokens->items[index];
	const struct walk walk = { phrases, tokens, index, language };
	uint64_t hashes[PREFIXES_MAX];
	size_t count;

	if (phrases_has_first(phrases, first->hash,
			      first->flags & TOKEN_CAPITAL) &&
	    go_on(&walk, first->hash, out_match))
		return true;
	if (!lexer_may_unprefix(writing, first))
		return false;
	count = lexer_unprefixed(writing, text, first, hashes, PREFIXES_MAX);
	for (size_t i = 0; i < count; i++)
		if (phrases_has_first(phrases, hashes[i], false) &&
		    go_on(&walk, hashes[i], out_match))
			return true;
	return false;
}
