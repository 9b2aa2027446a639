/* SPDX-License-Identifier: Apache-2.0 */
/*
 * window.c - the words of a text, by windows of 64 bytes
 *
 * Pure. Letters are looked up one by one; but words in ASCII, which most are
 * where there are any, are found by bits: where letters are in the next 64 bytes
 * is told eight bytes at a time, and so is a word's hash made. Such a word costs
 * no more than two letters do.
 */
#include "window.h"

#include <endian.h>
#include <string.h>

#include <unicode/utf8.h>

/* ---- letter by letter ---- */

/* The character at *at, which moves behind it. */
static inline uint32_t
next_character(struct docket_bytes text, size_t *at)
{
	const uint8_t *data = (const uint8_t *)text.data;
	UChar32 c;

	U8_NEXT_OR_FFFD(data, *at, text.size, c);
	return (uint32_t)c;
}

static inline struct letter
look_up(const struct languages *languages, uint32_t c)
{
	return c < LETTERS_COUNT ? languages->letters[c]
				 : languages_letter(languages, (int32_t)c);
}

/* What the hash has not taken yet. */
struct rest {
	uint64_t low;
	uint64_t high;
};

static inline void
add_letter(struct word *word, struct rest *rest, const struct letter *letter)
{
	rest->low = rest->low << 8 | (letter->small & 0xff);
	rest->high = rest->high << 8 | letter->small >> 8;
	word->writers &= letter->writers;
	if (letter->frequent)
		word->frequent |= UINT32_C(1) << (letter->frequent - 1);
	if (++word->letters % WORD_LETTERS)
		return;
	word->hash = word_hash(word->hash, rest->low, rest->high);
	*rest = (struct rest){ 0 };
}

/* A word whose first letter, before `at`, was looked up; where it ends. */
static size_t
read_letters(const struct languages *languages, struct docket_bytes text,
	     size_t at, struct letter letter, struct word *out_word)
{
	uint8_t class = letter.class;
	uint8_t script = (uint8_t)(class - LETTER_SCRIPT);
	struct word word = { .hash = WORD_HASH, .writers = UINT32_MAX };
	struct rest rest = { 0 };
	size_t next = at;

	do {
		at = next;
		if (letter.class == class)
			add_letter(&word, &rest, &letter);
		if (at >= text.size || languages->scripts[script].is_unspaced)
			break;
		letter = look_up(languages, next_character(text, &next));
	} while (letter.class == class || letter.class == LETTER_SKIPPED);
	if (word.letters % WORD_LETTERS)
		word.hash = word_hash(word.hash, rest.low, rest.high);
	word.script = script;
	*out_word = word;
	return at;
}

/* ---- eight bytes at once ---- */

#define EACH UINT64_C(0x0101010101010101)
#define HIGH (EACH * 0x80)

/* Moves the high bits of eight bytes together: the first is the lowest. */
#define GATHER UINT64_C(0x0102040810204080)

static inline uint64_t
gather(uint64_t high_bits)
{
	return (high_bits >> 7) * GATHER >> 56;
}

/* The high bit of each byte that is a letter of ASCII. */
static inline uint64_t
find_letters(uint64_t bytes)
{
	uint64_t small = (bytes | EACH * 0x20) & ~HIGH;
	uint64_t from_a = small + EACH * (0x80 - 'a');
	uint64_t behind_z = small + EACH * (0x7f - 'z');

	return from_a & ~behind_z & ~bytes & HIGH;
}

/* A bit for each byte of a window; the first is the lowest. */
struct bits {
	uint64_t letters; /* of ASCII */
	uint64_t others;  /* what must be looked at one by one */
};

static inline void
look_at(struct bits *bits, uint64_t bytes, unsigned offset)
{
	bytes = le64toh(bytes);
	bits->letters |= gather(find_letters(bytes)) << offset;
	bits->others |= gather(bytes & HIGH) << offset;
}

static struct bits
look(const struct languages *languages, const char *data, size_t size)
{
	struct bits bits = { 0 };
	char end[WINDOW_SIZE] = { 0 };

	if (size < WINDOW_SIZE)
		data = memcpy(end, data, size);
	for (unsigned i = 0; i < WINDOW_SIZE; i += 8) {
		uint64_t bytes;

		memcpy(&bytes, data + i, sizeof(bytes));
		look_at(&bits, bytes, i);
	}
	if (languages->ascii_script == NO_SCRIPT)
		bits = (struct bits){ 0, bits.letters | bits.others };
	return bits;
}

/* What stands at `at`, letter by letter: where it ends. */
static size_t
read_slowly(struct window_reader *reader, size_t at, struct window_words *words)
{
	size_t next = at;
	uint32_t c = next_character(reader->text, &next);
	struct letter letter = look_up(reader->languages, c);
	struct word *word = &words->others[words->other_count];

	reader->foreign += letter.class == LETTER_FOREIGN;
	if (letter.class < LETTER_SCRIPT)
		return next;
	next = read_letters(reader->languages, reader->text, next, letter,
			    word);
	word->is_capital = letter.small != (uint16_t)c;
	words->other_count++;
	return next;
}

/* The first eight bytes; what is not there is zero. */
static inline uint64_t
read_bytes(const char *data, size_t left)
{
	uint64_t bytes = 0;

	if (left >= sizeof(bytes))
		memcpy(&bytes, data, sizeof(bytes));
	else
		memcpy(&bytes, data, left);
	return bytes;
}

/* Of `left` bytes of text, `size` are the word. */
static inline uint64_t
hash_ascii(const char *data, size_t size, size_t left)
{
	uint64_t hash = WORD_HASH;
	uint64_t bytes = read_bytes(data, left) | EACH * 0x20;

	while (size > WORD_LETTERS) {
		hash = word_hash(hash, be64toh(bytes), 0);
		data += WORD_LETTERS;
		size -= WORD_LETTERS;
		left -= WORD_LETTERS;
		bytes = read_bytes(data, left) | EACH * 0x20;
	}
	return word_hash(hash, be64toh(bytes) >> 8 * (WORD_LETTERS - size), 0);
}

/* Does a character that is not ASCII go on with a word that is? */
static bool
goes_on(const struct window_reader *reader, size_t at)
{
	uint32_t c = next_character(reader->text, &at);
	uint8_t class = look_up(reader->languages, c).class;

	return class == LETTER_SKIPPED ||
	       class == LETTER_SCRIPT + reader->languages->ascii_script;
}

/*
 * Words in ASCII are taken by bits, as long as they end in the window; the
 * others letter by letter.
 */
void
window_read(struct window_reader *reader, struct window_words *out_words)
{
	const char *data = reader->text.data + reader->at;
	size_t left = reader->text.size - reader->at;
	struct bits bits = look(reader->languages, data, left);
	uint64_t all = bits.letters | bits.others;
	size_t count = 0;
	uint32_t letters = 0;
	size_t end = 0; /* of what was read */
	size_t next = WINDOW_SIZE;

	out_words->other_count = 0;
	while (end < WINDOW_SIZE && all >> end) {
		size_t start = end + (size_t)__builtin_ctzll(all >> end);
		uint64_t behind = ~(bits.letters >> start);
		size_t size =
			behind ? (size_t)__builtin_ctzll(behind) : WINDOW_SIZE;

		end = start + size;
		if (end < WINDOW_SIZE && size &&
		    (!(bits.others >> end & 1) ||
		     !goes_on(reader, reader->at + end))) {
			out_words->hashes[count] =
				hash_ascii(data + start, size, left - start);
			/* A, S, E: initials and symbols are no words */
			count += size > 1 || data[start] >= 'a';
			letters += (uint32_t)size;
			continue;
		}
		/* what goes on behind the window begins the next one */
		if (end >= WINDOW_SIZE && start > 0 && left > WINDOW_SIZE) {
			next = start;
			break;
		}
		end = read_slowly(reader, reader->at + start, out_words) -
		      reader->at;
		next = end > WINDOW_SIZE ? end : WINDOW_SIZE;
	}
	out_words->count = count;
	out_words->letters = letters;
	reader->at += next < left ? next : left;
}
