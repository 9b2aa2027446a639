/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_seen.c - words that were seen before, and their tokens
 *
 * Owns the memory that they are in. Ends the process when memory runs out.
 *
 * Making the tokens of a word costs thirty times what finding it costs, and
 * nine words in ten were seen shortly before. What costs most is then that
 * their places are all over four megabytes, which the processor's nearer
 * caches do not hold: so whoever has many words prepares some of them before
 * the first is looked for, and their memory comes at one time.
 *
 * A hash says in which set a word may be. A set has two slots, of a cache line
 * each, and what is put there replaces the one that was not used last. A slot
 * holds the whole word, so no two words can be taken for one another, and the
 * time that a word takes is bounded whatever its neighbours are.
 */
#include "word_seen.h"

#include <stdlib.h>
#include <string.h>

/* Powers of two; words of a language, and of one document. */
#define SETS (1 << 15)
#define SETS_OF_ONE (1 << 11)
#define WAYS 2
#define SLOT_BYTES 40

/* size is 0 in an empty slot. */
struct slot {
	uint8_t language;
	uint8_t size;
	uint8_t end;
	uint8_t put_size; /* of its tokens, as they are put */
	uint8_t twin_size;
	uint8_t last_used; /* which way: in the first slot of a set */
	uint64_t head[WORD_SEEN_HEAD];
	char bytes[SLOT_BYTES]; /* the rest of the word, its tokens */
};

struct set {
	struct slot ways[WAYS];
};

struct word_seen {
	size_t set_count;
	struct set *sets; /* NULL until the first word */
	void *memory;	  /* that they are in, from a cache line on */
};

struct word_seen *
word_seen_new(void)
{
	struct word_seen *seen = mem_alloc(sizeof(*seen));

	seen->set_count = SETS;
	return seen;
}

void
word_seen_see_one(struct word_seen *seen)
{
	seen->set_count = SETS_OF_ONE;
}

struct word_seen *
word_seen_free(struct word_seen *seen)
{
	if (!seen)
		return NULL;
	free(seen->memory);
	free(seen);
	return NULL;
}

/*
 * Memory that is zero costs nothing before it is written to. One set more is
 * for beginning on a cache line and for WORD_SEEN_PADDING behind the last.
 */
static void
open_sets(struct word_seen *seen)
{
	const uintptr_t line = sizeof(struct slot);
	uintptr_t at;

	seen->memory = mem_alloc_array(seen->set_count + 1, sizeof(struct set));
	at = ((uintptr_t)seen->memory + line - 1) / line * line;
	seen->sets = (struct set *)at;
}

/* ---- preparing ---- */

/* The bytes of a word in eights, zeros behind them; the head in any case. */
static void
copy_bytes(const char *raw, size_t size, size_t room, uint64_t *bytes)
{
	if (room < WORD_SEEN_LIMIT_BYTES) {
		memset(bytes, 0, WORD_SEEN_LIMIT_BYTES);
		memcpy(bytes, raw, size);
		return;
	}
	/* Copies of fixed sizes are an instruction each. */
	memcpy(bytes, raw, 16);
	if (size > 16)
		memcpy(bytes + 2, raw + 16, WORD_SEEN_LIMIT_BYTES - 16);
	else if (size <= 8)
		bytes[1] = 0;
	if (size % 8)
		bytes[size / 8] &= ~(UINT64_MAX << size % 8 * 8);
}

static size_t
hash_bytes(const struct word_sighting *sighting)
{
	const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t hash = (uint64_t)sighting->language << 8 | sighting->raw.size;
	size_t count = (sighting->raw.size + 7) / 8;

	for (size_t i = 0; i < WORD_SEEN_HEAD || i < count; i++) {
		hash = (hash ^ sighting->bytes[i]) * factor;
		hash ^= hash >> 32;
	}
	return (size_t)((hash * factor) >> 48);
}

/* Numbers are made quickly, and there is no end of them. */
static bool
is_worth_keeping(struct docket_bytes raw)
{
	return raw.size <= WORD_SEEN_LIMIT_BYTES &&
	       (raw.data[0] < '0' || raw.data[0] > '9');
}

void
word_seen_prepare(struct word_seen *seen, size_t room,
		  struct word_sighting *sighting)
{
	sighting->is_kept = is_worth_keeping(sighting->raw);
	if (!sighting->is_kept)
		return;
	if (!seen->sets)
		open_sets(seen);
	copy_bytes(sighting->raw.data, sighting->raw.size, room,
		   sighting->bytes);
	sighting->set = hash_bytes(sighting) & (seen->set_count - 1);
	for (size_t i = 0; i < WAYS; i++)
		__builtin_prefetch(&seen->sets[sighting->set].ways[i]);
}

/* ---- finding and putting ---- */

/* Bytes of a word that are not in the head. */
static size_t
get_rest(size_t size)
{
	return size > WORD_SEEN_HEAD * 8 ? size - WORD_SEEN_HEAD * 8 : 0;
}

static bool
is_in_slot(const struct slot *slot, const struct word_sighting *sighting)
{
	size_t rest = get_rest(sighting->raw.size);

	return slot->size == sighting->raw.size &&
	       slot->head[0] == sighting->bytes[0] &&
	       slot->head[1] == sighting->bytes[1] &&
	       slot->language == sighting->language &&
	       (rest == 0 ||
		memcmp(slot->bytes, sighting->bytes + WORD_SEEN_HEAD, rest) ==
			0);
}

bool
word_seen_find(struct word_seen *seen, const struct word_sighting *sighting,
	       struct word_tokens *out_tokens)
{
	struct set *set;

	if (!sighting->is_kept)
		return false;
	set = &seen->sets[sighting->set];
	for (uint8_t i = 0; i < WAYS; i++) {
		const struct slot *slot = &set->ways[i];

		if (!is_in_slot(slot, sighting))
			continue;
		if (set->ways[0].last_used != i)
			set->ways[0].last_used = i;
		*out_tokens = (struct word_tokens){
			.data = slot->bytes + get_rest(slot->size),
			.size = slot->put_size,
			.twin_size = slot->twin_size,
			.end = slot->end,
		};
		return true;
	}
	return false;
}

static void
fill_slot(struct slot *slot, const struct word_sighting *sighting,
	  const struct word_stems *stems)
{
	size_t rest = get_rest(sighting->raw.size);
	char *at = slot->bytes + rest;

	slot->language = (uint8_t)sighting->language;
	slot->size = (uint8_t)sighting->raw.size;
	slot->end = (uint8_t)sighting->end;
	memcpy(slot->head, sighting->bytes, sizeof(slot->head));
	memcpy(slot->bytes, sighting->bytes + WORD_SEEN_HEAD, rest);
	slot->put_size = (uint8_t)(word_stem_put(stems, at) - at);
	slot->twin_size = (uint8_t)stems->twin.size;
}

void
word_seen_put(struct word_seen *seen, const struct word_sighting *sighting,
	      const struct word_stems *stems)
{
	struct set *set;
	uint8_t way;

	if (!sighting->is_kept ||
	    get_rest(sighting->raw.size) + word_stem_measure(stems) >
		    SLOT_BYTES)
		return;
	set = &seen->sets[sighting->set];
	way = set->ways[0].size && !set->ways[0].last_used;
	fill_slot(&set->ways[way], sighting, stems);
	set->ways[0].last_used = way;
}
