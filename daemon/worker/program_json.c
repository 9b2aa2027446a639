/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_json.c - the JSON that a program wrote, checked into flat lists
 *
 * What a member may be is a row of a table for each kind of object; members
 * may come in any order, so ranges are checked when the text is known. Owns
 * the lists. Bytes of a program that read a stranger's: all of it is bounded,
 * and nothing here ends the process.
 */
#include "program_json.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "json_read.h"
#include "record.h"

#define PARTS_DEPTH 32
/* Levels, pages: more than any document has, and far from any overflow. */
#define NUMBER_LIMIT 1000000

/* One object being read, and what it becomes. */
struct place {
	struct json_read *from;
	struct program_json *json;
	void *target; /* struct docket_part, _block, _mark; or NULL */
	size_t depth; /* of parts */
};

struct member {
	const char *name;
	bool (*read)(struct place *place, const struct member *member);
	size_t offset; /* in the target; or an enum docket_field */
};

static bool read_object(struct place *place, const struct member *members);

static void *
find_target(const struct place *place, const struct member *member)
{
	return (char *)place->target + member->offset;
}

/* ---- members of any object ---- */

static bool
ignore(struct place *place, const struct member *member)
{
	(void)member;
	json_read_skip(place->from);
	return !place->from->has_failed;
}

/* null is as good as nothing. */
static bool
read_string(struct place *place, const struct member *member)
{
	return json_read_null(place->from) ||
	       json_read_string(place->from, find_target(place, member));
}

static bool
read_number(struct place *place, const struct member *member)
{
	return json_read_uint(place->from, NUMBER_LIMIT,
			      find_target(place, member));
}

static bool
read_position(struct place *place, const struct member *member)
{
	return json_read_uint(place->from, RECORD_TEXT_LIMIT,
			      find_target(place, member));
}

/* Words stand for the numbers from 0; NULL is past the end. */
static bool
read_word(struct place *place, const struct member *member,
	  const char *(*name_of)(int number))
{
	struct docket_bytes word;

	if (!json_read_string(place->from, &word))
		return false;
	for (int i = 0; name_of(i) != NULL; i++) {
		if (bytes_equal(bytes_of(name_of(i)), word)) {
			*(int *)find_target(place, member) = i;
			return true;
		}
	}
	return json_read_fail(place->from, "\"%.*s\" is no %s that there is",
			      (int)word.size, word.data, member->name);
}

/* Enums without negative values are unsigned, and as large as an int. */
#define READ_WORD(what)                                                       \
	static const char *name_##what(int number)                            \
	{                                                                     \
		return record_##what##_name((enum docket_##what)number);      \
	}                                                                     \
	static bool read_##what(struct place *place,                          \
				const struct member *member)                  \
	{                                                                     \
		static_assert(sizeof(enum docket_##what) == sizeof(int), ""); \
		return read_word(place, member, name_##what);                 \
	}

READ_WORD(part_kind)
READ_WORD(block_kind)
READ_WORD(block_role)
READ_WORD(mark_kind)

/* An array of objects, each read by read_one. */
static bool
read_each(struct place *place, bool (*read_one)(struct place *place))
{
	if (!json_read_array(place->from))
		return false;
	while (json_read_item(place->from))
		if (!read_one(place))
			return false;
	return !place->from->has_failed;
}

/* ---- blocks ---- */

#define BLOCK(member) offsetof(struct docket_block, member)

static const struct member block_members[] = {
	{ "kind", read_block_kind, BLOCK(kind) },
	{ "role", read_block_role, BLOCK(role) },
	{ "level", read_number, BLOCK(level) },
	{ "page", read_number, BLOCK(page) },
	{ "number", read_string, BLOCK(number) },
	{ "language", read_string, BLOCK(language) },
	{ "start", read_position, BLOCK(start) },
	{ "end", read_position, BLOCK(end) },
	{ "anchor", ignore, 0 },
	{ NULL, NULL, 0 },
};

static bool
read_block(struct place *outer)
{
	struct program_json *json = outer->json;
	struct program_block block = { .index = json->block_count };
	struct place place = { .from = outer->from,
			       .json = json,
			       .target = &block.block };

	if (!read_object(&place, block_members))
		return false;
	json->blocks = mem_grow_array(json->blocks, json->block_count,
				      &json->block_capacity, sizeof(block));
	json->blocks[json->block_count++] = block;
	return true;
}

static bool
read_blocks(struct place *place, const struct member *member)
{
	(void)member;
	return read_each(place, read_block);
}

/* ---- parts ---- */

#define PART(member) offsetof(struct docket_part, member)

static bool read_parts(struct place *place, const struct member *member);

static const struct member part_members[] = {
	{ "kind", read_part_kind, PART(kind) },
	{ "number", read_string, PART(number) },
	{ "title", read_string, PART(title) },
	{ "start", read_position, PART(start) },
	{ "end", read_position, PART(end) },
	{ "anchor", ignore, 0 },
	{ "parts", read_parts, 0 },
	{ "blocks", read_blocks, 0 },
	{ NULL, NULL, 0 },
};

/* Its place in the list comes before those of the parts in it. */
static bool
read_part(struct place *outer)
{
	struct program_json *json = outer->json;
	struct docket_part part = { .kind = DOCKET_PART_BODY };
	struct place place = { .from = outer->from,
			       .json = json,
			       .target = &part,
			       .depth = outer->depth + 1 };
	size_t index = json->part_count;

	if (place.depth > PARTS_DEPTH)
		return json_read_fail(place.from, "parts lie more than %d deep",
				      PARTS_DEPTH);
	json->parts = mem_grow_array(json->parts, json->part_count,
				     &json->part_capacity, sizeof(part));
	json->part_count++;
	if (!read_object(&place, part_members))
		return false;
	json->parts[index] = part;
	return true;
}

static bool
read_parts(struct place *place, const struct member *member)
{
	(void)member;
	return read_each(place, read_part);
}

/* ---- marks ---- */

#define MARK(member) offsetof(struct docket_mark, member)

static const struct member mark_members[] = {
	{ "kind", read_mark_kind, MARK(kind) },
	{ "start", read_position, MARK(start) },
	{ "end", read_position, MARK(end) },
	{ "value", read_string, MARK(value) },
	{ "uri", read_string, MARK(uri) },
	{ NULL, NULL, 0 },
};

static bool
read_mark(struct place *outer)
{
	struct program_json *json = outer->json;
	struct docket_mark mark = { 0 };
	struct place place = { .from = outer->from,
			       .json = json,
			       .target = &mark };

	if (!read_object(&place, mark_members))
		return false;
	json->marks = mem_grow_array(json->marks, json->mark_count,
				     &json->mark_capacity, sizeof(mark));
	json->marks[json->mark_count++] = mark;
	return true;
}

static bool
read_marks(struct place *place, const struct member *member)
{
	(void)member;
	return read_each(place, read_mark);
}

/* ---- the document ---- */

static bool
read_text(struct place *place, const struct member *member)
{
	(void)member;
	return json_read_string(place->from, &place->json->text);
}

static bool
read_value(struct place *place, enum docket_field field)
{
	struct program_json *json = place->json;
	struct program_value value = { .field = field };

	if (!json_read_string(place->from, &value.value))
		return false;
	json->values = mem_grow_array(json->values, json->value_count,
				      &json->value_capacity, sizeof(value));
	json->values[json->value_count++] = value;
	return true;
}

static bool
read_field(struct place *place, const struct member *member)
{
	enum docket_field field = (enum docket_field)member->offset;

	if (json_read_null(place->from))
		return true;
	if (record_field_is_single(field))
		return read_value(place, field);
	if (!json_read_array(place->from))
		return false;
	while (json_read_item(place->from))
		if (!read_value(place, field))
			return false;
	return !place->from->has_failed;
}

/* What docket itself says of a document is read and not believed. */
static const struct member document_members[] = {
	{ "id", ignore, 0 },
	{ "name", ignore, 0 },
	{ "media_type", ignore, 0 },
	{ "size", ignore, 0 },
	{ "parser", ignore, 0 },
	{ "children", ignore, 0 },
	{ "language", read_field, DOCKET_FIELD_LANGUAGE },
	{ "class", read_field, DOCKET_FIELD_CLASS },
	{ "symbols", read_field, DOCKET_FIELD_SYMBOL },
	{ "date", read_field, DOCKET_FIELD_DATE },
	{ "title", read_field, DOCKET_FIELD_TITLE },
	{ "from", read_field, DOCKET_FIELD_FROM },
	{ "to", read_field, DOCKET_FIELD_TO },
	{ "signatories", read_field, DOCKET_FIELD_SIGNATORY },
	{ "agenda_items", read_field, DOCKET_FIELD_AGENDA_ITEM },
	{ "distribution", read_field, DOCKET_FIELD_DISTRIBUTION },
	{ "original_language", read_field, DOCKET_FIELD_ORIGINAL_LANGUAGE },
	{ "session", read_field, DOCKET_FIELD_SESSION },
	{ "job_number", read_field, DOCKET_FIELD_JOB_NUMBER },
	{ "cc", read_field, DOCKET_FIELD_CC },
	{ "creators", read_field, DOCKET_FIELD_CREATOR },
	{ "created", read_field, DOCKET_FIELD_CREATED },
	{ "modified", read_field, DOCKET_FIELD_MODIFIED },
	{ "subjects", read_field, DOCKET_FIELD_SUBJECT },
	{ "generator", read_field, DOCKET_FIELD_GENERATOR },
	{ "identifiers", read_field, DOCKET_FIELD_IDENTIFIER },
	{ "relations", read_field, DOCKET_FIELD_RELATION },
	{ "pages", read_field, DOCKET_FIELD_PAGES },
	{ "named_type", ignore, 0 },
	{ "charset", read_field, DOCKET_FIELD_CHARSET },
	{ "warnings", read_field, DOCKET_FIELD_WARNING },
	{ "text", read_text, 0 },
	{ "parts", read_parts, 0 },
	{ "marks", read_marks, 0 },
	{ NULL, NULL, 0 },
};

static bool
read_object(struct place *place, const struct member *members)
{
	struct json_read *from = place->from;
	uint64_t seen = 0; /* bits, by the member's place in its table */
	struct docket_bytes key;

	if (!json_read_object(from))
		return false;
	while (json_read_member(from, &key)) {
		unsigned i = 0;

		while (members[i].name &&
		       !bytes_equal(bytes_of(members[i].name), key))
			i++;
		if (!members[i].name)
			return json_read_fail(from, "\"%.*s\" is no member",
					      (int)key.size, key.data);
		if (seen >> i & 1)
			return json_read_fail(from, "\"%s\" was said before",
					      members[i].name);
		seen |= UINT64_C(1) << i;
		if (!members[i].read(place, &members[i]))
			return false;
	}
	return !from->has_failed;
}

/* ---- what can be checked when all is known ---- */

static bool
is_edge(struct docket_bytes text, uint32_t at)
{
	return at <= text.size &&
	       (at == text.size || (text.data[at] & 0xc0) != 0x80);
}

static int
check_range(const struct program_json *json, const char *kind, uint32_t start,
	    uint32_t end, struct fault *fault)
{
	if (start <= end && is_edge(json->text, start) &&
	    is_edge(json->text, end))
		return 0;
	return fault_set(fault, -EINVAL,
			 "A %s from %u to %u is no range of whole characters "
			 "of the text, which has %zu bytes.",
			 kind, start, end, json->text.size);
}

/* Lines end with a line feed: any other end would move what stands behind. */
static int
check_text(const struct program_json *json, struct fault *fault)
{
	if (!json->text.data)
		return fault_set(fault, -EINVAL, "There is no \"text\".");
	if (json->text.size > RECORD_TEXT_LIMIT)
		return fault_set(fault, -EINVAL, "The text is too long.");
	if (memchr(json->text.data, '\r', json->text.size))
		return fault_set(fault, -EINVAL,
				 "The text has a carriage return in it; its "
				 "lines are to end with a line feed.");
	return 0;
}

static int
check(const struct program_json *json, struct fault *fault)
{
	int rc = check_text(json, fault);

	for (size_t i = 0; !rc && i < json->part_count; i++)
		rc = check_range(json, "part", json->parts[i].start,
				 json->parts[i].end, fault);
	for (size_t i = 0; !rc && i < json->block_count; i++)
		rc = check_range(json, "block", json->blocks[i].block.start,
				 json->blocks[i].block.end, fault);
	for (size_t i = 0; !rc && i < json->mark_count; i++)
		rc = check_range(json, "mark", json->marks[i].start,
				 json->marks[i].end, fault);
	return rc;
}

/* By start, outer ones first; those that are alike as they were written. */
static int
compare_blocks(const void *a, const void *b)
{
	const struct program_block *one = a, *two = b;

	if (one->block.start != two->block.start)
		return one->block.start < two->block.start ? -1 : 1;
	if (one->block.end != two->block.end)
		return one->block.end > two->block.end ? -1 : 1;
	return one->index < two->index ? -1 : 1;
}

int
program_json_read(struct buffer *output, struct program_json *out_json,
		  struct fault *fault)
{
	struct json_read from;
	struct place place = { .from = &from, .json = out_json };
	int rc;

	*out_json = (struct program_json){ 0 };
	json_read_init(&from, output, fault);
	if (!read_object(&place, document_members) || !json_read_end(&from))
		return -EINVAL;
	rc = check(out_json, fault);
	if (!rc && out_json->block_count > 0)
		qsort(out_json->blocks, out_json->block_count,
		      sizeof(out_json->blocks[0]), compare_blocks);
	return rc;
}

void
program_json_fini(struct program_json *json)
{
	free(json->values);
	free(json->parts);
	free(json->blocks);
	free(json->marks);
	*json = (struct program_json){ 0 };
}
