/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_entry.c - what marks refer to: the top level classes of a document
 *
 * Each organisation, person, place and instrument that is marked has one entry
 * in <references>, whatever it is called where it is marked. Owns the list.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "akn_private.h"

static const struct {
	const char *element; /* NULL: not referred to */
	const char *id;
	const char *class; /* of the ontology */
} kinds[DOCKET_MARK_KIND_COUNT] = {
	[DOCKET_MARK_ORGANISATION] = { "TLCOrganization", "org",
				       "organization" },
	[DOCKET_MARK_PERSON] = { "TLCPerson", "person", "person" },
	[DOCKET_MARK_PLACE] = { "TLCLocation", "loc", "location" },
	[DOCKET_MARK_INSTRUMENT] = { "TLCConcept", "instrument", "concept" },
};

static int
compare_bytes(struct docket_bytes a, struct docket_bytes b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size ? memcmp(a.data, b.data, size) : 0;

	return order ? order : (a.size > b.size) - (a.size < b.size);
}

static int
compare(const void *a, const void *b)
{
	const struct akn_entry *one = a;
	const struct akn_entry *two = b;

	if (one->kind != two->kind)
		return one->kind < two->kind ? -1 : 1;
	return compare_bytes(one->value, two->value);
}

void
akn_find_entries(struct akn *akn)
{
	size_t kept = 0;

	akn->entries = mem_alloc_array(akn->mark_count, sizeof(*akn->entries));
	for (size_t i = 0; i < akn->mark_count; i++) {
		const struct docket_mark *mark = &akn->marks[i];

		if (kinds[mark->kind].element && mark->value.size)
			akn->entries[akn->entry_count++] =
				(struct akn_entry){ mark->kind, mark->value,
						    mark->uri };
	}
	if (akn->entry_count)
		qsort(akn->entries, akn->entry_count, sizeof(*akn->entries),
		      compare);
	for (size_t i = 0; i < akn->entry_count; i++)
		if (kept == 0 ||
		    compare(&akn->entries[kept - 1], &akn->entries[i]) != 0)
			akn->entries[kept++] = akn->entries[i];
	akn->entry_count = kept;
}

size_t
akn_entry_of(const struct akn *akn, const struct docket_mark *mark)
{
	const struct akn_entry wanted = { .kind = mark->kind,
					  .value = mark->value };
	const struct akn_entry *found =
		akn->entry_count
			? bsearch(&wanted, akn->entries, akn->entry_count,
				  sizeof(wanted), compare)
			: NULL;

	return found ? (size_t)(found - akn->entries) + 1 : 0;
}

/* Letters and digits as they are, the rest as IRIs want it. */
static void
put_encoded(struct buffer *out, struct docket_bytes value)
{
	for (size_t i = 0; i < value.size; i++) {
		unsigned char c = (unsigned char)value.data[i];

		if (isalnum(c) || strchr("-_.~", c))
			buffer_put(out, &value.data[i], 1);
		else
			buffer_format(out, "%%%02X", c);
	}
}

static void
put_entry(struct akn *akn, size_t index)
{
	const struct akn_entry *entry = &akn->entries[index];
	const char *element = kinds[entry->kind].element;
	auto_buffer struct buffer href = { 0 };
	auto_free char *id =
		mem_format("%s_%zu", kinds[entry->kind].id, index + 1);

	if (entry->uri.size) {
		buffer_put_bytes(&href, entry->uri);
	} else {
		buffer_format(&href, "/akn/ontology/%s/",
			      kinds[entry->kind].class);
		put_encoded(&href, entry->value);
	}
	xml_begin(&akn->xml, element);
	xml_set(&akn->xml, "eId", id);
	xml_attribute(&akn->xml, "href", buffer_bytes(&href));
	xml_attribute(&akn->xml, "showAs", entry->value);
	xml_end(&akn->xml, element);
}

void
akn_put_entries(struct akn *akn)
{
	for (size_t i = 0; i < akn->entry_count; i++)
		put_entry(akn, i);
}
