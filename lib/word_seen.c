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
#include <sys/mman.h>

/* Powers of two; words of one document, and of its languages. */
#define SETS (1 << 11)
#define SETS_OF_MANY (1 << 15)
#define HUGE_PAGE (2u << 20)
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
	void *memory;	  /* that they are in */
};

struct word_seen *
word_seen_new(void)
{
	struct word_seen *seen = mem_alloc(sizeof(*seen));

	seen->set_count = SETS;
	return seen;
}

void
word_seen_see_many(struct word_seen *seen)
{
	if (seen->set_count == SETS_OF_MANY)
		return;
	free(seen->memory);
	*seen = (struct word_seen){ .set_count = SETS_OF_MANY };
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
 * Memory that is zero costs nothing before it is written to. Of the many sets,
 * which are all over it, a processor finds the place sooner in huge pages: a
 * sixth of the time that tokens take. One set more is for WORD_SEEN_PADDING
 * behind the last.
 */
static void
open_sets(struct word_seen *seen)
{
	size_t size = (seen->set_count + 1) * sizeof(struct set);
	uintptr_t edge = size > HUGE_PAGE ? HUGE_PAGE : sizeof(struct set);
	uintptr_t at;

	seen->memory = mem_alloc(size + edge);
	at = ((uintptr_t)seen->memory + edge - 1) / edge * edge;
	seen->sets = (struct set *)at;
	if (edge == HUGE_PAGE)
		madvise(seen->sets, size, MADV_HUGEPAGE); /* or as it is */
}

/* ---- preparing ---- */

/* Eight bytes of a word of which there are `count` more, the rest zero. */
static uint64_t
copy_eight(const char *raw, size_t count)
{
	uint64_t bytes;

	memcpy(&bytes, raw, sizeof(bytes));
	return count < 8 ? bytes & ~(UINT64_MAX << count * 8) : bytes;
}

/* A word in eights, zeros behind it; the head in any case. */
static void
copy_word(const char *raw, size_t size, size_t room, uint64_t *bytes)
{
	char padded[WORD_SEEN_LIMIT_BYTES + 8];

	/* At the end of a text. */
	if (room < sizeof(padded)) {
		memset(padded, 0, sizeof(padded));
		memcpy(padded, raw, size);
		raw = padded;
	}
	bytes[0] = copy_eight(raw, size);
	bytes[1] = copy_eight(raw + 8, size > 8 ? size - 8 : 0);
	for (size_t at = 16; at < size; at += 8)
		bytes[at / 8] = copy_eight(raw + at, size - at);
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
	copy_word(sighting->raw.data, sighting->raw.size, room,
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
