/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_anchor.c - names for parts and blocks that people can cite
 *
 * A part is named by its kind and number (annex-1), a block by its printed
 * number (para-7) or its position among its like in the part (p-3), behind the
 * part's name unless that is the body or the cover. Works on the builder of
 * record_build.c; owns the set of names while it gives them. The set is a
 * balanced tree, so no choice of numbers makes it slow. Out of memory ends the
 * process.
 */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "record_builder.h"

#define NUMBER_LIMIT 32 /* bytes of a number, about */
#define PREFIX_LIMIT 96 /* a part with a longer name lends it to nobody */

/* ---- numbers as they may stand in a name ---- */

/* Digits of the scripts that UN languages number in; else the character. */
static uint32_t
fold_digit(uint32_t code)
{
	static const uint32_t zeros[] = { 0x660, 0x6f0, 0xff10 };

	for (size_t i = 0; i < ARRAY_SIZE(zeros); i++)
		if (code >= zeros[i] && code < zeros[i] + 10)
			return '0' + code - zeros[i];
	return code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code;
}

/* May it stand in a name: letters, digits, but no punctuation, no controls? */
static bool
is_nameable(uint32_t code)
{
	static const struct {
		uint32_t first;
		uint32_t last;
	} refused[] = {
		{ 0, '0' - 1 },	    { '9' + 1, 'a' - 1 }, { 'z' + 1, 0xbf },
		{ 0x600, 0x61f },   { 0x2000, 0x206f },	  { 0x3000, 0x303f },
		{ 0xfe00, 0xfe6f }, { 0xfeff, 0xfeff },	  { 0xff00, 0xff0f },
		{ 0xff1a, 0xff20 }, { 0xfff0, 0xffff },	  { 0xe0000, 0x10ffff },
	};

	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		if (code >= refused[i].first && code <= refused[i].last)
			return false;
	return true;
}

/* Append "7", "7-a", "1.2"; nothing where it has nothing to cite. */
static void
put_number(struct buffer *out, struct docket_bytes number)
{
	size_t begin = out->size;
	char separator = '\0';
	size_t length;

	for (size_t at = 0; at < number.size; at += length) {
		uint32_t code = 0;

		length = escape_decode(number.data + at, number.size - at,
				       &code);
		code = fold_digit(code);
		if (!is_nameable(code)) {
			separator = code == '.' ? '.' : '-';
			continue;
		}
		if (separator && out->size > begin)
			buffer_put(out, &separator, 1);
		separator = '\0';
		escape_encode(out, code);
		if (out->size - begin >= NUMBER_LIMIT)
			break;
	}
}

/*
 * The value of a roman number up to 89, or 0. A lone L is a letter, as are C,
 * D and M: nobody has as many annexes.
 */
static unsigned
read_roman(struct docket_bytes number)
{
	static const char *const tens[] = { "",	 "x",  "xx",  "xxx", "xl",
					    "l", "lx", "lxx", "lxxx" };
	static const char *const ones[] = { "",	 "i",  "ii",  "iii",  "iv",
					    "v", "vi", "vii", "viii", "ix" };

	if (number.size == 0)
		return 0;
	for (unsigned ten = 0; ten < ARRAY_SIZE(tens); ten++) {
		struct docket_bytes rest = number;
		size_t size = strlen(tens[ten]);

		if (size > number.size || memcmp(number.data, tens[ten], size))
			continue;
		rest.data += size;
		rest.size -= size;
		for (unsigned one = 0; one < ARRAY_SIZE(ones); one++)
			if (bytes_equal(rest, bytes_of(ones[one])))
				return ten == 5 && one == 0 ? 0
							    : 10 * ten + one;
	}
	return 0;
}

/* Nearly every block has one; so not by a format. */
static void
put_decimal(struct buffer *out, uint32_t value)
{
	char digits[10];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	buffer_put(out, digits + at, sizeof(digits) - at);
}

/* ---- the set of names ---- */

struct anchor {
	unsigned uses; /* how often it was asked for */
	size_t size;
	char text[];
};

static int
compare_anchors(const void *a, const void *b)
{
	const struct anchor *left = a;
	const struct anchor *right = b;

	if (left->size != right->size)
		return left->size < right->size ? -1 : 1;
	return memcmp(left->text, right->text, left->size);
}

/* The anchor of that text. Its uses are 0 if it is new. */
static struct anchor *
find_anchor(void **set, struct docket_bytes text)
{
	struct anchor *made = mem_alloc(sizeof(*made) + text.size);
	struct anchor *found;
	void *node;

	made->size = text.size;
	memcpy(made->text, text.data, text.size);
	node = tsearch(made, set, compare_anchors);
	if (!node)
		abort();
	found = *(struct anchor **)node;
	if (found != made)
		free(made);
	return found;
}

/*
 * Make a name unique with "-2", "-3" ... Each number is tried once for a name,
 * so the tries are no more than the names there are.
 */
static void
make_unique(void **set, struct buffer *name)
{
	struct anchor *first = find_anchor(set, buffer_bytes(name));
	struct anchor *last = first;
	size_t stem = name->size;

	while (last->uses > 0) {
		name->size = stem;
		buffer_put(name, "-", 1);
		put_decimal(name, ++first->uses);
		last = find_anchor(set, buffer_bytes(name));
	}
	last->uses = 1;
}

/* ---- parts and blocks ---- */

/* How many of each kind there were in a part. */
struct tally {
	uint32_t parts[DOCKET_PART_KIND_COUNT];
	uint32_t blocks[DOCKET_BLOCK_KIND_COUNT];
};

struct namer {
	struct record_builder *builder;
	void *set;
	struct tally *tallies; /* of the whole, then of each part */
	struct buffer name;    /* the one being made */
};

/* Start a name with that of the part (-1: the whole) around it. */
static struct tally *
begin_name(struct namer *namer, int64_t part)
{
	const struct record_builder *builder = namer->builder;
	const struct image_part *around;

	namer->name.size = 0;
	if (part < 0)
		return &namer->tallies[0];
	around = &builder->parts[part];
	if (around->kind != DOCKET_PART_COVER &&
	    around->kind != DOCKET_PART_BODY &&
	    around->anchor.size <= PREFIX_LIMIT) {
		buffer_put_bytes(&namer->name,
				 record_get_string(builder, around->anchor));
		buffer_put(&namer->name, "/", 1);
	}
	return &namer->tallies[part + 1];
}

static struct image_string
end_name(struct namer *namer)
{
	make_unique(&namer->set, &namer->name);
	return record_add_string(namer->builder, buffer_bytes(&namer->name));
}

/* Append the number, or the position where it has none. */
static void
put_part_number(struct namer *namer, struct docket_bytes number,
		uint32_t position)
{
	auto_buffer struct buffer printed = { 0 };
	unsigned value;

	put_number(&printed, number);
	value = read_roman(buffer_bytes(&printed));
	if (value == 0 && printed.size > 0)
		buffer_put_bytes(&namer->name, buffer_bytes(&printed));
	else
		put_decimal(&namer->name, value ? value : position);
}

static void
name_part(struct namer *namer, size_t index, int64_t around)
{
	struct image_part *part = &namer->builder->parts[index];
	enum docket_part_kind kind = (enum docket_part_kind)part->kind;
	struct tally *tally = begin_name(namer, around);
	uint32_t position = ++tally->parts[kind];

	buffer_put_string(&namer->name, record_part_kind_name(kind));
	if (kind != DOCKET_PART_COVER && kind != DOCKET_PART_BODY) {
		buffer_put(&namer->name, "-", 1);
		put_part_number(namer,
				record_get_string(namer->builder, part->number),
				position);
	}
	part->anchor = end_name(namer);
}

/* Parents come before their children: the innermost that is open is one's. */
static void
name_parts(struct namer *namer)
{
	struct record_builder *builder = namer->builder;
	size_t open[IMAGE_DEPTH];
	size_t depth = 0;

	for (size_t i = 0; i < builder->part_count; i++) {
		uint32_t start = builder->parts[i].range.start;

		while (depth > 0 &&
		       builder->parts[open[depth - 1]].range.end <= start)
			depth--;
		name_part(namer, i, depth > 0 ? (int64_t)open[depth - 1] : -1);
		open[depth++] = i;
	}
}

static void
name_block(struct namer *namer, struct image_block *block, int64_t around)
{
	static const char *const short_names[DOCKET_BLOCK_KIND_COUNT] = {
		[DOCKET_BLOCK_PARAGRAPH] = "p",
		[DOCKET_BLOCK_HEADING] = "h",
	};
	enum docket_block_kind kind = (enum docket_block_kind)block->kind;
	struct tally *tally = begin_name(namer, around);
	uint32_t position = ++tally->blocks[kind];
	auto_buffer struct buffer number = { 0 };

	if (kind == DOCKET_BLOCK_PARAGRAPH)
		put_number(&number,
			   record_get_string(namer->builder, block->number));
	if (number.size > 0) {
		buffer_put_string(&namer->name, "para-");
		buffer_put_bytes(&namer->name, buffer_bytes(&number));
	} else {
		buffer_put_string(&namer->name,
				  short_names[kind]
					  ? short_names[kind]
					  : record_block_kind_name(kind));
		buffer_put(&namer->name, "-", 1);
		put_decimal(&namer->name, position);
	}
	block->anchor = end_name(namer);
}

static void
name_blocks(struct namer *namer)
{
	struct record_builder *builder = namer->builder;
	struct record_walk walk = { .parts = builder->parts,
				    .count = builder->part_count };

	for (size_t i = 0; i < builder->block_count; i++)
		name_block(namer, &builder->blocks[i],
			   record_walk_part(&walk, builder->blocks[i].range));
}

void
record_put_anchors(struct record_builder *builder)
{
	auto_free struct tally *tallies =
		mem_alloc_array(builder->part_count + 1, sizeof(*tallies));
	struct namer namer = { .builder = builder, .tallies = tallies };

	name_parts(&namer);
	name_blocks(&namer);
	tdestroy(namer.set, free);
	buffer_fini(&namer.name);
}
