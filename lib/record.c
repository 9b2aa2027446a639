/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record.c - images of records checked once and then read in place
 *
 * Owns nothing; a record lends from its image, which a worker that read
 * strangers' bytes wrote. Everything an accessor relies on is checked by
 * record_open(), in one pass over each section. Nothing here ends the process
 * but an index past the end.
 */
#include "record.h"

#include <errno.h>
#include <string.h>

#include "escape.h"
#include "record_image.h"

const size_t record_item_size[IMAGE_SECTION_COUNT] = {
	[IMAGE_TEXT] = 1,
	[IMAGE_STRINGS] = 1,
	[IMAGE_FIELDS] = sizeof(struct image_field),
	[IMAGE_PARTS] = sizeof(struct image_part),
	[IMAGE_BLOCKS] = sizeof(struct image_block),
	[IMAGE_MARKS] = sizeof(struct image_mark),
	[IMAGE_TOKENS] = 1,
};

static const char *const part_kinds[DOCKET_PART_KIND_COUNT] = {
	[DOCKET_PART_COVER] = "cover",
	[DOCKET_PART_BODY] = "body",
	[DOCKET_PART_ANNEX] = "annex",
	[DOCKET_PART_APPENDIX] = "appendix",
	[DOCKET_PART_ENCLOSURE] = "enclosure",
};

static const char *const block_kinds[DOCKET_BLOCK_KIND_COUNT] = {
	[DOCKET_BLOCK_PARAGRAPH] = "paragraph",
	[DOCKET_BLOCK_HEADING] = "heading",
	[DOCKET_BLOCK_LIST] = "list",
	[DOCKET_BLOCK_ITEM] = "item",
	[DOCKET_BLOCK_TABLE] = "table",
	[DOCKET_BLOCK_ROW] = "row",
	[DOCKET_BLOCK_CELL] = "cell",
	[DOCKET_BLOCK_SIGNATURE] = "signature",
	[DOCKET_BLOCK_FOOTNOTE] = "footnote",
	[DOCKET_BLOCK_LINE] = "line",
};

static const char *const block_roles[DOCKET_ROLE_COUNT] = {
	[DOCKET_ROLE_NONE] = "none",
	[DOCKET_ROLE_PREAMBULAR] = "preambular",
	[DOCKET_ROLE_OPERATIVE] = "operative",
};

static const char *const mark_kinds[DOCKET_MARK_KIND_COUNT] = {
	[DOCKET_MARK_REFERENCE] = "reference",
	[DOCKET_MARK_ORGANISATION] = "organisation",
	[DOCKET_MARK_PERSON] = "person",
	[DOCKET_MARK_PLACE] = "place",
	[DOCKET_MARK_DATE] = "date",
	[DOCKET_MARK_ACTION] = "action",
	[DOCKET_MARK_INSTRUMENT] = "instrument",
	[DOCKET_MARK_NOTE] = "note",
	[DOCKET_MARK_LINK] = "link",
};

static const bool multiple_fields[DOCKET_FIELD_COUNT] = {
	[DOCKET_FIELD_SYMBOL] = true,	   [DOCKET_FIELD_FROM] = true,
	[DOCKET_FIELD_TO] = true,	   [DOCKET_FIELD_SIGNATORY] = true,
	[DOCKET_FIELD_AGENDA_ITEM] = true, [DOCKET_FIELD_WARNING] = true,
	[DOCKET_FIELD_CREATOR] = true,	   [DOCKET_FIELD_SUBJECT] = true,
	[DOCKET_FIELD_IDENTIFIER] = true,  [DOCKET_FIELD_RELATION] = true,
	[DOCKET_FIELD_CC] = true,	   [DOCKET_FIELD_CHILD] = true,
};

const char *
record_part_kind_name(enum docket_part_kind kind)
{
	return kind < DOCKET_PART_KIND_COUNT ? part_kinds[kind] : NULL;
}

const char *
record_block_kind_name(enum docket_block_kind kind)
{
	return kind < DOCKET_BLOCK_KIND_COUNT ? block_kinds[kind] : NULL;
}

const char *
record_block_role_name(enum docket_block_role role)
{
	return role < DOCKET_ROLE_COUNT ? block_roles[role] : NULL;
}

const char *
record_mark_kind_name(enum docket_mark_kind kind)
{
	return kind < DOCKET_MARK_KIND_COUNT ? mark_kinds[kind] : NULL;
}

bool
record_field_is_single(enum docket_field field)
{
	return field < DOCKET_FIELD_COUNT && !multiple_fields[field];
}

/* How many bytes the first half of a child's two has. */
static size_t
measure_child_id(struct docket_bytes child)
{
	const char *space =
		child.size ? memchr(child.data, ' ', child.size) : NULL;

	return space ? (size_t)(space - child.data) : child.size;
}

struct docket_bytes
record_child_id(struct docket_bytes child)
{
	return (struct docket_bytes){ child.data, measure_child_id(child) };
}

struct docket_bytes
record_child_name(struct docket_bytes child)
{
	size_t size = measure_child_id(child);

	if (size < child.size)
		size++; /* the space */
	return (struct docket_bytes){ child.data + size, child.size - size };
}

/* ---- reading in place ---- */

static const void *
get_section(const struct docket_record *record, enum image_section_kind kind)
{
	return record->base + record->header->sections[kind].offset;
}

static size_t
count_items(const struct docket_record *record, enum image_section_kind kind)
{
	return record->header->sections[kind].count;
}

static struct docket_bytes
get_bytes(const struct docket_record *record, enum image_section_kind kind)
{
	return (struct docket_bytes){ get_section(record, kind),
				      count_items(record, kind) };
}

static struct docket_bytes
get_string(const struct docket_record *record, struct image_string string)
{
	const char *strings = get_section(record, IMAGE_STRINGS);

	return (struct docket_bytes){ strings + string.at, string.size };
}

struct docket_bytes
docket_record_text(const struct docket_record *record)
{
	return get_bytes(record, IMAGE_TEXT);
}

struct docket_bytes
docket_record_tokens(const struct docket_record *record)
{
	return record->tokens.data ? record->tokens
				   : get_bytes(record, IMAGE_TOKENS);
}

void
record_lend_tokens(struct docket_record *record, struct docket_bytes tokens)
{
	record->tokens = tokens.data ? tokens : bytes_of("");
}

/* They are its last section, and its header says how much there is. */
void
record_put_bare(struct buffer *out, struct docket_bytes image)
{
	struct record_header header;
	struct docket_bytes bare = image;

	memcpy(&header, image.data, sizeof(header));
	bare.size = header.sections[IMAGE_TOKENS].offset;
	header.sections[IMAGE_TOKENS].count = 0;
	header.size = (uint32_t)bare.size;
	buffer_put(out, &header, sizeof(header));
	buffer_put(out, bare.data + sizeof(header), bare.size - sizeof(header));
}

/* The place of the first value of a field, which all stand together. */
static size_t
find_field(const struct docket_record *record, enum docket_field field)
{
	const struct image_field *fields = get_section(record, IMAGE_FIELDS);
	size_t low = 0;
	size_t high = count_items(record, IMAGE_FIELDS);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (fields[middle].field < (uint32_t)field)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct docket_bytes
docket_record_field(const struct docket_record *record, enum docket_field field,
		    size_t index)
{
	const struct image_field *fields = get_section(record, IMAGE_FIELDS);
	size_t count = count_items(record, IMAGE_FIELDS);
	size_t first = find_field(record, field);

	if (index >= count - first ||
	    fields[first + index].field != (uint32_t)field)
		return (struct docket_bytes){ 0 };
	return get_string(record, fields[first + index].value);
}

size_t
docket_record_parts(const struct docket_record *record)
{
	return count_items(record, IMAGE_PARTS);
}

struct docket_part
docket_record_part(const struct docket_record *record, size_t index)
{
	const struct image_part *part = get_section(record, IMAGE_PARTS);

	assert(index < count_items(record, IMAGE_PARTS));
	part += index;
	return (struct docket_part){
		.start = part->range.start,
		.end = part->range.end,
		.kind = (enum docket_part_kind)part->kind,
		.number = get_string(record, part->number),
		.title = get_string(record, part->title),
		.anchor = get_string(record, part->anchor),
	};
}

size_t
docket_record_blocks(const struct docket_record *record)
{
	return count_items(record, IMAGE_BLOCKS);
}

struct docket_block
docket_record_block(const struct docket_record *record, size_t index)
{
	const struct image_block *block = get_section(record, IMAGE_BLOCKS);

	assert(index < count_items(record, IMAGE_BLOCKS));
	block += index;
	return (struct docket_block){
		.start = block->range.start,
		.end = block->range.end,
		.kind = (enum docket_block_kind)block->kind,
		.role = (enum docket_block_role)block->role,
		.level = block->level,
		.page = block->page,
		.number = get_string(record, block->number),
		.anchor = get_string(record, block->anchor),
		.language = get_string(record, block->language),
	};
}

size_t
docket_record_marks(const struct docket_record *record)
{
	return count_items(record, IMAGE_MARKS);
}

struct docket_mark
docket_record_mark(const struct docket_record *record, size_t index)
{
	const struct image_mark *mark = get_section(record, IMAGE_MARKS);

	assert(index < count_items(record, IMAGE_MARKS));
	mark += index;
	return (struct docket_mark){
		.start = mark->range.start,
		.end = mark->range.end,
		.kind = (enum docket_mark_kind)mark->kind,
		.value = get_string(record, mark->value),
		.uri = get_string(record, mark->uri),
	};
}

bool
record_nest(struct record_nesting *nesting, struct image_range range)
{
	struct image_range last = nesting->last;

	if (range.start < last.start ||
	    (range.start == last.start && range.end > last.end &&
	     nesting->depth > 0))
		return false;
	while (nesting->depth > 0 &&
	       nesting->ends[nesting->depth - 1] <= range.start)
		nesting->depth--;
	if (nesting->depth == IMAGE_DEPTH)
		return false;
	if (nesting->depth > 0 && nesting->ends[nesting->depth - 1] < range.end)
		return false;
	nesting->ends[nesting->depth++] = range.end;
	nesting->last = range;
	return true;
}

void
record_walk_start(struct record_walk *walk, const struct docket_record *record)
{
	*walk = (struct record_walk){
		.parts = get_section(record, IMAGE_PARTS),
		.count = count_items(record, IMAGE_PARTS),
	};
}

/* Enter a part; those that end before it are left. */
static void
enter_part(struct record_walk *walk, size_t index)
{
	const struct image_part *parts = walk->parts;
	uint32_t start = parts[index].range.start;

	while (walk->depth > 0 &&
	       parts[walk->open[walk->depth - 1]].range.end <= start)
		walk->depth--;
	assert(walk->depth < IMAGE_DEPTH);
	walk->open[walk->depth++] = (uint32_t)index;
}

int64_t
record_walk_part(struct record_walk *walk, struct image_range range)
{
	const struct image_part *parts = walk->parts;

	while (walk->next < walk->count &&
	       parts[walk->next].range.start <= range.start)
		enter_part(walk, walk->next++);
	while (walk->depth > 0) {
		uint32_t inner = walk->open[walk->depth - 1];

		if (parts[inner].range.end >= range.end)
			break;
		if (parts[inner].range.end > range.start)
			return RECORD_WALK_CROSSING; /* it ends inside */
		walk->depth--;
	}
	if (walk->next < walk->count &&
	    parts[walk->next].range.start < range.end)
		return RECORD_WALK_CROSSING; /* one begins inside */
	return walk->depth > 0 ? (int64_t)walk->open[walk->depth - 1]
			       : RECORD_WALK_OUTSIDE;
}
