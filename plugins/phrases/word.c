/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.c - a word's letters, folded, while it is read
 *
 * Owns nothing. An affix is compared by the eight bytes at the word's edge, all
 * at once.
 */
#include "word.h"

/* ---- reading ---- */

/* Hash what makes eight bytes each, and have room again. */
static void
shift(struct word *word)
{
	size_t rest = word->size % 8;

	word->hash = hash_bytes(word->hash, word->bytes, word->size - rest);
	memmove(word->bytes, word->bytes + word->size - rest, 8);
	word->size = rest;
}

/* How many times WORD_PUT bytes may be written behind the word; never 0. */
static inline size_t
room_of(const struct word *word)
{
	return (WORD_ROOM - word->size) / WORD_PUT;
}

/* Count what was written behind the word, up to *to. */
static inline void
put(struct word *word, const char *to, size_t letters)
{
	word->size = (size_t)(to - word->bytes);
	word->letters += letters;
	if (!room_of(word))
		shift(word);
}

/* ASCII within a word that has other letters, too; returns where it ends. */
static size_t
take_plain(const struct source *source, size_t at, struct word *word)
{
	struct source_letters letters = source_letters(source, at);
	uint64_t folded = htole64(letters.folded);
	char *to = word->bytes + word->size;

	memcpy(to, &folded, WORD_PUT);
	word->has_small |= letters.small != 0;
	put(word, to + letters.count, letters.count);
	return at + letters.count;
}

/*
 * Letters of two bytes, as those of Cyrillic, Arabic and Latin with accents are;
 * returns where they end.
 */
static inline size_t
take_pairs(const struct source *source, size_t start, uint8_t script,
	   struct word *word)
{
	const unsigned char *from =
		(const unsigned char *)source->text.data + start;
	size_t most = (source->end - start) / 2, room = room_of(word);
	char *to = word->bytes + word->size;
	bool has_small = false;
	size_t count = 0;

	for (most = most < room ? most : room; count < most; count++) {
		unsigned high = from[count * 2] - 0xc0u;
		const struct letter *letter;

		if (high >= WRITING_ROWS >> 6)
			break;
		letter = &source->writing->rows[high << 6 |
						(from[count * 2 + 1] & 0x3f)];
		if (letter->script != script)
			break;
		memcpy(to, letter->text, WORD_PUT);
		to += letter->size;
		has_small |= !letter->is_capital;
	}
	word->has_small |= has_small;
	put(word, to, count);
	return start + count * 2;
}

/* A letter of any size, or one that is ignored; returns where it ends. */
static size_t
take_letter(const struct source *source, size_t start, uint8_t script,
	    struct word *word)
{
	struct letter room;
	size_t at = start;
	const struct letter *letter = source_letter(source, &at, &room);
	char *to = word->bytes + word->size;

	if (letter->kind == LETTER_IGNORED)
		return at;
	if (letter->script != script)
		return start;
	memcpy(to, letter->text, WORD_PUT);
	word->has_small |= !letter->is_capital;
	put(word, to + letter->size, 1);
	return at;
}

size_t
word_take(struct word *word, const struct source *source, size_t start,
	  uint8_t script)
{
	size_t at;

	if ((unsigned char)source->text.data[start] < 0x80)
		return script == SCRIPT_LATIN ? take_plain(source, start, word)
					      : start;
	at = take_pairs(source, start, script, word);
	return at > start ? at : take_letter(source, start, script, word);
}

/* ---- stems ---- */

/* A word, or what is left of it. */
struct part {
	const char *bytes;
	size_t size;
	size_t letters;
};

static uint32_t
first_letter(const struct part *part)
{
	size_t at = 0;

	return writing_next(part->bytes, part->size, &at);
}

/* Does the word begin so, and is it more than that? */
static inline bool
has_prefix(const struct part *part, const struct affix *prefix)
{
	return part->letters >= prefix->letters + 2u &&
	       (hash_load(part->bytes) & prefix->mask) == prefix->edge &&
	       (prefix->size <= 8 ||
		memcmp(part->bytes, prefix->text, prefix->size) == 0);
}

static inline bool
has_ending(const struct part *part, const struct affix *ending)
{
	const char *end = part->bytes + part->size;

	return part->letters >= ending->letters + (size_t)WRITING_STEM &&
	       (hash_load(end - 8) & ending->mask) == ending->edge &&
	       (ending->size <= 8 ||
		memcmp(end - ending->size, ending->text, ending->size) == 0);
}

static inline void
drop_prefix(struct part *part, const struct affix *prefix)
{
	part->bytes += prefix->size;
	part->size -= prefix->size;
	part->letters -= prefix->letters;
}

static void
drop_article(const struct writing *writing, struct part *part)
{
	size_t count;
	const struct affix *article =
		writing_bin(&writing->articles, first_letter(part), &count);

	for (size_t i = 0; i < count; i++)
		if (has_prefix(part, &article[i])) {
			drop_prefix(part, &article[i]);
			return;
		}
}

static uint64_t
hash_stem(const struct writing *writing, struct part part)
{
	const struct affix *ending;
	size_t count;

	drop_article(writing, &part);
	/* The last byte has the lowest bits of the last letter. */
	ending = writing_bin(&writing->endings,
			     (unsigned char)part.bytes[part.size - 1], &count);
	for (size_t i = 0; i < count; i++)
		if (has_ending(&part, &ending[i]))
			return hash_bytes(HASH_WORD, part.bytes,
					  part.size - ending[i].size);
	return hash_bytes(HASH_WORD, part.bytes, part.size);
}

uint64_t
word_stem(const struct writing *writing, const struct word *word)
{
	const struct part part = { word->bytes, word->size, word->letters };

	return hash_stem(writing, part);
}

size_t
word_unprefixed(const struct writing *writing, const struct word *word,
		uint64_t *out_hashes, size_t room)
{
	const struct part whole = { word->bytes, word->size, word->letters };
	size_t count, found = 0;
	const struct affix *prefix =
		writing_bin(&writing->prefixes, first_letter(&whole), &count);

	for (size_t i = 0; i < count && found < room; i++) {
		struct part part = whole;

		if (!has_prefix(&whole, &prefix[i]))
			continue;
		drop_prefix(&part, &prefix[i]);
		out_hashes[found++] = hash_stem(writing, part);
	}
	return found;
}
