/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_json.c - a record as the JSON that people and programs read
 *
 * Reads an open record in place. Parts are written as a tree, each with those
 * of its blocks that lie in no part within it; to write them in one go, blocks
 * are sorted by part beforehand. Never ends the process.
 */
#include <stdlib.h>

#include "record_image.h"

/* A key that stands for one field. */
struct field_key {
	const char *key;
	enum docket_field field;
	bool is_optional; /* left out where it is absent */
};

static const struct field_key keys[] = {
	{ "language", DOCKET_FIELD_LANGUAGE, false },
	{ "class", DOCKET_FIELD_CLASS, false },
	{ "symbols", DOCKET_FIELD_SYMBOL, false },
	{ "date", DOCKET_FIELD_DATE, false },
	{ "title", DOCKET_FIELD_TITLE, false },
	{ "from", DOCKET_FIELD_FROM, false },
	{ "to", DOCKET_FIELD_TO, false },
	{ "signatories", DOCKET_FIELD_SIGNATORY, false },
	{ "agenda_items", DOCKET_FIELD_AGENDA_ITEM, false },
	{ "distribution", DOCKET_FIELD_DISTRIBUTION, true },
	{ "original_language", DOCKET_FIELD_ORIGINAL_LANGUAGE, true },
	{ "session", DOCKET_FIELD_SESSION, true },
	{ "job_number", DOCKET_FIELD_JOB_NUMBER, true },
	{ "cc", DOCKET_FIELD_CC, true },
	{ "creators", DOCKET_FIELD_CREATOR, true },
	{ "created", DOCKET_FIELD_CREATED, true },
	{ "modified", DOCKET_FIELD_MODIFIED, true },
	{ "subjects", DOCKET_FIELD_SUBJECT, true },
	{ "generator", DOCKET_FIELD_GENERATOR, true },
	{ "identifiers", DOCKET_FIELD_IDENTIFIER, true },
	{ "relations", DOCKET_FIELD_RELATION, true },
	{ "pages", DOCKET_FIELD_PAGES, true },
	{ "named_type", DOCKET_FIELD_NAMED_TYPE, true },
	{ "charset", DOCKET_FIELD_CHARSET, true },
	{ "parser", DOCKET_FIELD_PARSER, true },
	{ "warnings", DOCKET_FIELD_WARNING, true },
};

/* One record on its way into JSON. */
struct rendering {
	struct json *json;
	const struct docket_record *record;
	struct docket_bytes language; /* of the document */
	struct record_order order;
};

static void
put_number(struct json *json, const char *key, uint64_t value)
{
	json_key(json, key);
	json_uint(json, value);
}

/* A string that is null where it is empty. */
static void
put_string(struct json *json, const char *key, struct docket_bytes value)
{
	if (value.size == 0)
		value.data = NULL;
	json_member(json, key, value);
}

/* The same, but left out. */
static void
put_applying(struct json *json, const char *key, struct docket_bytes value)
{
	if (value.size > 0)
		json_member(json, key, value);
}

static void
put_values(struct rendering *rendering, enum docket_field field)
{
	struct json *json = rendering->json;
	struct docket_bytes value;
	size_t index = 0;

	json_begin_array(json);
	while (value = docket_record_field(rendering->record, field, index++),
	       value.data)
		json_string(json, value);
	json_end_array(json);
}

static void
put_field(struct rendering *rendering, const struct field_key *key)
{
	struct docket_bytes first =
		docket_record_field(rendering->record, key->field, 0);

	if (key->is_optional && !first.data)
		return;
	if (record_field_is_single(key->field)) {
		json_member(rendering->json, key->key, first);
	} else {
		json_key(rendering->json, key->key);
		put_values(rendering, key->field);
	}
}

static void
put_block(struct rendering *rendering, size_t index)
{
	struct json *json = rendering->json;
	struct docket_block block =
		docket_record_block(rendering->record, index);

	json_begin_object(json);
	json_member(json, "kind", bytes_of(record_block_kind_name(block.kind)));
	if (block.level > 0)
		put_number(json, "level", block.level);
	put_applying(json, "number", block.number);
	if (block.role != DOCKET_ROLE_NONE)
		json_member(json, "role",
			    bytes_of(record_block_role_name(block.role)));
	json_member(json, "anchor", block.anchor);
	put_number(json, "start", block.start);
	put_number(json, "end", block.end);
	if (block.page > 0)
		put_number(json, "page", block.page);
	if (!bytes_equal(block.language, rendering->language))
		put_applying(json, "language", block.language);
	json_end_object(json);
}

static void
put_blocks(struct rendering *rendering, size_t part)
{
	json_key(rendering->json, "blocks");
	json_begin_array(rendering->json);
	for (size_t i = rendering->order.first[part];
	     i < rendering->order.first[part + 1]; i++)
		put_block(rendering, rendering->order.order[i]);
	json_end_array(rendering->json);
}

/*
 * Write a part with all that lies in it, at most IMAGE_DEPTH deep. Returns the
 * index of the part behind them.
 */
static size_t
put_part(struct rendering *rendering, size_t index)
{
	const struct docket_record *record = rendering->record;
	struct docket_part part = docket_record_part(record, index);
	struct json *json = rendering->json;
	size_t next = index + 1;

	json_begin_object(json);
	json_member(json, "kind", bytes_of(record_part_kind_name(part.kind)));
	put_string(json, "number", part.number);
	put_string(json, "title", part.title);
	json_member(json, "anchor", part.anchor);
	put_number(json, "start", part.start);
	put_number(json, "end", part.end);
	json_key(json, "parts");
	json_begin_array(json);
	while (next < docket_record_parts(record) &&
	       docket_record_part(record, next).start < part.end)
		next = put_part(rendering, next);
	json_end_array(json);
	put_blocks(rendering, index);
	json_end_object(json);
	return next;
}

static void
put_parts(struct rendering *rendering)
{
	size_t next = 0;

	json_key(rendering->json, "parts");
	json_begin_array(rendering->json);
	while (next < docket_record_parts(rendering->record))
		next = put_part(rendering, next);
	json_end_array(rendering->json);
}

static void
put_marks(struct rendering *rendering)
{
	struct json *json = rendering->json;

	json_key(json, "marks");
	json_begin_array(json);
	for (size_t i = 0; i < docket_record_marks(rendering->record); i++) {
		struct docket_mark mark =
			docket_record_mark(rendering->record, i);

		json_begin_object(json);
		json_member(json, "kind",
			    bytes_of(record_mark_kind_name(mark.kind)));
		put_number(json, "start", mark.start);
		put_number(json, "end", mark.end);
		put_string(json, "value", mark.value);
		put_string(json, "uri", mark.uri);
		json_end_object(json);
	}
	json_end_array(json);
}

/* Of "sha256:... name" what comes before the name. */
static void
put_children(struct rendering *rendering)
{
	struct json *json = rendering->json;
	struct docket_bytes child;

	json_key(json, "children");
	json_begin_array(json);
	for (size_t i = 0;; i++) {
		child = docket_record_field(rendering->record,
					    DOCKET_FIELD_CHILD, i);
		if (!child.data)
			break;
		json_string(json, record_child_id(child));
	}
	json_end_array(json);
}

static void
put_origin(struct json *json, const struct docket_record *record,
	   const struct record_origin *origin)
{
	json_key(json, "id");
	json_text(json, origin->id);
	put_string(json, "name", origin->name);
	json_member(json, "media_type",
		    docket_record_field(record, DOCKET_FIELD_MEDIA_TYPE, 0));
	put_number(json, "size", origin->size);
}

void
record_put_json(struct json *json, const struct docket_record *record,
		const struct record_origin *origin)
{
	struct rendering rendering = {
		.json = json,
		.record = record,
		.language =
			docket_record_field(record, DOCKET_FIELD_LANGUAGE, 0),
	};

	record_order_init(&rendering.order, record);
	json_begin_object(json);
	put_origin(json, record, origin);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		put_field(&rendering, &keys[i]);
	json_member(json, "text", docket_record_text(record));
	put_parts(&rendering);
	put_marks(&rendering);
	put_children(&rendering);
	json_end_object(json);
	record_order_fini(&rendering.order);
}
