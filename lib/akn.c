/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn.c - a record as Akoma Ntoso 3.0, in the profile of the United Nations
 *
 * Prepares what the other files akn_*.c read: the order of blocks by part, of
 * marks by place, the IRIs. Owns the rendering. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "akn_private.h"

#define NAMESPACE "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#define ID_DIGITS 16 /* of a digest, where a document has no symbol */

static void
copy_items(struct akn *akn, struct docket_part *parts,
	   struct docket_block *blocks)
{
	for (size_t i = 0; i < akn->part_count; i++)
		parts[i] = docket_record_part(akn->record, i);
	for (size_t i = 0; i < akn->block_count; i++)
		blocks[i] = docket_record_block(akn->record, i);
	akn->parts = parts;
	akn->blocks = blocks;
}

/* 2003-10-10; a year or a month alone is none that the schema takes. */
static struct docket_bytes
find_date(const struct docket_record *record)
{
	struct docket_bytes date =
		docket_record_field(record, DOCKET_FIELD_DATE, 0);

	if (date.size < 10 || date.data[4] != '-' || date.data[7] != '-')
		return (struct docket_bytes){ NULL, 0 };
	date.size = 10;
	return date;
}

/* "sha256:..." shortened: what names a document that has no symbol. */
static char *
make_fallback(const struct record_origin *origin)
{
	const char *id = origin->id ? strchr(origin->id, ':') : NULL;

	return id ? mem_format("sha256-%.*s", ID_DIGITS, id + 1)
		  : mem_dup_string("unnamed");
}

static void
name_work(struct akn *akn)
{
	auto_free char *fallback = make_fallback(akn->origin);
	struct docket_bytes language =
		docket_record_field(akn->record, DOCKET_FIELD_LANGUAGE, 0);

	akn_put_work_iri(
		&akn->work,
		docket_record_field(akn->record, DOCKET_FIELD_CLASS, 0),
		docket_record_field(akn->record, DOCKET_FIELD_SYMBOL, 0),
		akn->date, fallback);
	buffer_put_bytes(&akn->expression, buffer_bytes(&akn->work));
	buffer_format(&akn->expression, "/%s@", akn_language_of(language));
	buffer_put_bytes(&akn->expression, akn->date);
}

static void
prepare(struct akn *akn, struct docket_part *parts, struct docket_block *blocks)
{
	const struct docket_record *record = akn->record;

	akn->class = akn_class_of(
		docket_record_field(record, DOCKET_FIELD_CLASS, 0));
	akn->date = find_date(record);
	akn->is_told = mem_alloc_array(akn->block_count, sizeof(bool));
	copy_items(akn, parts, blocks);
	record_order_init(&akn->places, record);
	akn_find_marks(akn);
	akn_find_entries(akn);
	name_work(akn);
}

static void
finish(struct akn *akn)
{
	free(akn->is_told);
	record_order_fini(&akn->places);
	free(akn->marks);
	free(akn->entries);
	buffer_fini(&akn->work);
	buffer_fini(&akn->expression);
}

void
akn_put(struct buffer *out, const struct docket_record *record,
	const struct record_origin *origin)
{
	struct akn akn = {
		.record = record,
		.origin = origin,
		.part_count = docket_record_parts(record),
		.block_count = docket_record_blocks(record),
	};
	auto_free struct docket_part *parts =
		mem_alloc_array(akn.part_count, sizeof(*parts));
	auto_free struct docket_block *blocks =
		mem_alloc_array(akn.block_count, sizeof(*blocks));

	prepare(&akn, parts, blocks);
	xml_init(&akn.xml, out);
	xml_begin(&akn.xml, "akomaNtoso");
	xml_set(&akn.xml, "xmlns", NAMESPACE);
	xml_begin(&akn.xml, akn.class->element);
	xml_set(&akn.xml, "name", akn.class->label);
	xml_set(&akn.xml, "contains", "originalVersion");
	akn_put_meta(&akn, NULL);
	akn_put_content(&akn);
	xml_end(&akn.xml, akn.class->element);
	xml_end(&akn.xml, "akomaNtoso");
	buffer_put_string(out, "\n");
	finish(&akn);
}
