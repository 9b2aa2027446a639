/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases.c - a set of phrases, and the longest of them at a place of a text
 *
 * Owns the set. An edge leads from a node, by the hash of a word, to a node;
 * all edges are in one table with open addressing. A node has a list of the
 * entries that end there. Hashes have 64 bits and are not compared further.
 * Ends the process where memory runs out.
 */
#include "phrases.h"

#include <stdlib.h>
#include <string.h>

#define ROOT 1u
#define NONE 0u
/* Of a node: edges lead on from it. */
#define NODE_LEADS 0x80000000u
/* An acronym of so few letters is a word of some other language. */
#define ACRONYM_SHORT 3
#define PREFIXES_MAX 8

struct edge {
	uint64_t key; /* of node and word; 0: free */
	uint32_t node;
};

struct entry {
	uint64_t exact; /* of all words as they stand; 0: stems will do */
	uint32_t value;
	uint32_t language;
	uint32_t next; /* entry of the same node, + 1 */
	bool is_capital;
	uint8_t acronym; /* letters, if it is one */
};

/* Words that begin a phrase, as bits by their hash: most words do not. */
#define FIRST_BITS 16

struct phrases {
	uint64_t first[(1u << FIRST_BITS) / 64];
	struct edge *edges;
	size_t edge_count;
	size_t edge_mask;
	uint32_t *nodes; /* first entry + 1, or 0; and NODE_LEADS */
	size_t node_count;
	size_t node_room;
	struct entry *entries;
	size_t entry_count;
	size_t entry_room;
	char languages[PHRASES_LANGUAGES][PHRASES_CODE];
	uint32_t language_count;
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
	phrases->node_room = 1024;
	phrases->nodes = grow(NULL, phrases->node_room, sizeof(uint32_t));
	memset(phrases->nodes, 0, 2 * sizeof(uint32_t));
	phrases->node_count = ROOT + 1;
	return phrases;
}

struct phrases *
phrases_free(struct phrases *phrases)
{
	if (!phrases)
		return NULL;
	free(phrases->edges);
	free(phrases->nodes);
	free(phrases->entries);
	free(phrases);
	return NULL;
}

size_t
phrases_size(const struct phrases *phrases)
{
	return sizeof(*phrases) +
	       (phrases->edge_mask + 1) * sizeof(struct edge) +
	       phrases->node_room * sizeof(uint32_t) +
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

static uint32_t
follow(const struct phrases *phrases, uint32_t node, uint64_t hash)
{
	return probe(phrases, make_key(node, hash))->node;
}

static void
note_first(struct phrases *phrases, uint64_t hash)
{
	size_t bit = hash >> (64 - FIRST_BITS);

	phrases->first[bit / 64] |= 1ull << bit % 64;
}

static uint32_t
follow_first(const struct phrases *phrases, uint64_t hash)
{
	size_t bit = hash >> (64 - FIRST_BITS);

	if (!(phrases->first[bit / 64] >> bit % 64 & 1))
		return NONE;
	return follow(phrases, ROOT, hash);
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

static uint32_t
add_node(struct phrases *phrases)
{
	if (phrases->node_count == phrases->node_room) {
		phrases->node_room *= 2;
		phrases->nodes = grow(phrases->nodes, phrases->node_room,
				      sizeof(uint32_t));
	}
	phrases->nodes[phrases->node_count] = NONE;
	return (uint32_t)phrases->node_count++;
}

static uint32_t
follow_or_add(struct phrases *phrases, uint32_t node, uint64_t hash)
{
	uint64_t key = make_key(node, hash);
	struct edge *edge;

	if (phrases->edge_count * 4 > phrases->edge_mask * 3)
		grow_edges(phrases);
	edge = probe(phrases, key);
	if (!edge->key) {
		phrases->nodes[node] |= NODE_LEADS;
		edge->key = key;
		edge->node = add_node(phrases);
		phrases->edge_count++;
	}
	return edge->node;
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
	uint64_t own = token->kind == TOKEN_NUMBER ? token->code : token->exact;

	return (exact ^ own) * 0x9e3779b97f4a7c15u | 1;
}

/* Numbers have no hash of their own. */
static uint64_t
hash_of(const struct token *token)
{
	return token->kind == TOKEN_NUMBER
		       ? (token->code + 1ull) * 0x9e3779b97f4a7c15u
		       : token->hash;
}

/* ---- adding ---- */

static void
describe(const struct tokens *tokens, bool is_exact, struct entry *entry)
{
	const struct token *first = &tokens->items[0];

	entry->is_capital = first->flags & TOKEN_CAPITAL;
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

static uint32_t
first_entry(const struct phrases *phrases, uint32_t node)
{
	return phrases->nodes[node] & ~NODE_LEADS;
}

/* Is there an entry alike already? */
static bool
has_entry(const struct phrases *phrases, uint32_t node,
	  const struct entry *entry)
{
	for (uint32_t at = first_entry(phrases, node); at != NONE;
	     at = phrases->entries[at - 1].next) {
		const struct entry *other = &phrases->entries[at - 1];

		if (other->language == entry->language &&
		    other->exact == entry->exact)
			return true;
	}
	return false;
}

static void
add_entry(struct phrases *phrases, uint32_t node, const struct entry *entry)
{
	uint32_t number = (uint32_t)phrases->entry_count + 1;
	uint32_t at = first_entry(phrases, node);

	if (has_entry(phrases, node, entry))
		return;
	while (at != NONE && phrases->entries[at - 1].next != NONE)
		at = phrases->entries[at - 1].next;
	if (at == NONE)
		phrases->nodes[node] |= number;
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
	uint32_t node = ROOT;

	lexer_read(&tokens, writing, phrase, is_exact, (uint32_t)phrase.size);
	for (size_t i = 0; i < tokens.count; i++) {
		if (is_skipped(&tokens.items[i]))
			continue;
		if (node == ROOT)
			note_first(phrases, hash_of(&tokens.items[i]));
		node = follow_or_add(phrases, node, hash_of(&tokens.items[i]));
	}
	if (node != ROOT) {
		describe(&tokens, is_exact, &entry);
		add_entry(phrases, node, &entry);
	}
	lexer_fini(&tokens);
	return node != ROOT;
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

/* The entry of a node that fits best. */
static const struct entry *
choose(const struct walk *walk, uint32_t node, size_t end)
{
	const struct phrases *phrases = walk->phrases;
	const struct entry *chosen = NULL;

	for (uint32_t at = first_entry(phrases, node); at != NONE;
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

/* Go on from the node behind the first word. */
static bool
go_on(const struct walk *walk, uint32_t node, struct phrase_match *match)
{
	const struct tokens *tokens = walk->tokens;
	bool is_found = false;
	size_t at = walk->first + 1;

	for (;;) {
		const struct entry *entry = choose(walk, node, at);

		if (entry) {
			match->count = at - walk->first;
			match->value = entry->value;
			is_found = true;
		}
		if (!(walk->phrases->nodes[node] & NODE_LEADS))
			return is_found;
		if (at < tokens->count && is_skipped(&tokens->items[at]))
			at++;
		if (at == tokens->count)
			return is_found;
		node = follow(walk->phrases, node, hash_of(&tokens->items[at]));
		if (node == NONE)
			return is_found;
		at++;
	}
}

bool
phrases_find(const struct phrases *phrases, const struct writing *writing,
	     struct docket_bytes text, const struct tokens *tokens,
	     size_t index, uint32_t language, struct phrase_match *out_match)
{
	const struct token *first = &tokens->items[index];
	const struct walk walk = { phrases, tokens, index, language };
	uint64_t hashes[PREFIXES_MAX];
	uint32_t node = follow_first(phrases, hash_of(first));
	size_t count;

	if (node != NONE && go_on(&walk, node, out_match))
		return true;
	if (first->script != SCRIPT_ARABIC || first->kind != TOKEN_WORD)
		return false;
	count = lexer_unprefixed(writing, text, first, hashes, PREFIXES_MAX);
	for (size_t i = 0; i < count; i++) {
		node = follow_first(phrases, hashes[i]);
		if (node != NONE && go_on(&walk, node, out_match))
			return true;
	}
	return false;
}
