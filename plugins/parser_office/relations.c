/* SPDX-License-Identifier: Apache-2.0 */
/*
 * relations.c - what a part of an OOXML package refers to
 *
 * Owns the list. Targets within the package are made names of parts; nothing
 * outside of it is ever opened. Running out of memory ends the process.
 */
#include "relations.h"

#include <stdlib.h>

#include "array.h"
#include "xml.h"

/* The folder of a part, with its slash. */
static struct docket_bytes
find_folder(struct docket_bytes part)
{
	while (part.size && part.data[part.size - 1] != '/')
		part.size--;
	return part;
}

static void
step_up(struct text *path, size_t start)
{
	if (path->size > start)
		path->size--; /* the slash */
	while (path->size > start && path->data[path->size - 1] != '/')
		path->size--;
}

/* A target as the name of a part: "../x.xml" of "word/" is "x.xml". */
static void
put_path(struct text *path, struct docket_bytes source,
	 struct docket_bytes target)
{
	size_t start = path->size;

	if (target.size && target.data[0] == '/') {
		target.data++;
		target.size--;
	} else {
		text_put_bytes(path, find_folder(source));
	}
	while (bytes_begin(target, "../")) {
		step_up(path, start);
		target.data += 3;
		target.size -= 3;
	}
	text_put_bytes(path, target);
}

static struct docket_bytes
find_last_word(struct docket_bytes address)
{
	size_t at = address.size;

	if (!at)
		return address;
	while (at && address.data[at - 1] != '/')
		at--;
	return (struct docket_bytes){ address.data + at, address.size - at };
}

static void
start_relation(void *reader, const struct xml_element *element)
{
	struct relations *relations = reader;
	struct docket_bytes id = xml_get(element, SPACE_NONE, "Id");
	struct docket_bytes target = xml_get(element, SPACE_NONE, "Target");
	struct docket_bytes type =
		find_last_word(xml_get(element, SPACE_NONE, "Type"));
	struct relation *relation = array_add(
		&relations->items, &relations->count, &relations->capacity);
	struct text *strings = &relations->strings;

	names_put(&relations->ids, id, (uint32_t)relations->count - 1);
	relation->is_external =
		xml_is(element, SPACE_NONE, "TargetMode", "External");
	relation->id = strings->size;
	relation->id_size = id.size;
	text_put_bytes(strings, id);
	relation->type = strings->size;
	text_put_bytes(strings, type);
	relation->type_size = strings->size - relation->type;
	relation->target = strings->size;
	if (relation->is_external)
		xml_put_value(strings, target);
	else
		put_path(strings, relations->source, target);
	relation->target_size = strings->size - relation->target;
}

static const struct xml_rule rules[] = {
	{ SPACE_RELATIONS, "Relationship", .start = start_relation },
};

static const struct xml_grammar grammar = {
	.tables = { { rules, sizeof(rules) / sizeof(rules[0]) } },
};

bool
relations_read(struct relations *relations, const struct package *package,
	       struct docket_bytes part, struct refusal *refusal)
{
	struct docket_bytes folder = find_folder(part);
	struct docket_bytes content;
	struct text name = { 0 };
	bool is_good = true;

	text_put_bytes(&name, folder);
	text_put_string(&name, "_rels/");
	text_put(&name, part.data + folder.size, part.size - folder.size);
	text_put_string(&name, ".rels");
	content = package_find(package, text_bytes(&name));
	relations->source = part;
	if (content.data)
		is_good = xml_read(content, "of relations", &grammar, relations,
				   refusal);
	text_fini(&name);
	return is_good;
}

void
relations_fini(struct relations *relations)
{
	free(relations->items);
	text_fini(&relations->strings);
	names_fini(&relations->ids);
	*relations = (struct relations){ 0 };
}

const struct relation *
relations_find(struct relations *relations, struct docket_bytes id)
{
	uint32_t place = names_find(&relations->ids, id);

	return place == NAMES_NONE ? NULL : &relations->items[place];
}

const struct relation *
relations_next(const struct relations *relations, const char *type, size_t *at)
{
	while (*at < relations->count) {
		const struct relation *relation = &relations->items[(*at)++];
		struct docket_bytes found =
			text_slice(&relations->strings, relation->type,
				   relation->type_size);

		if (bytes_are(found, type))
			return relation;
	}
	return NULL;
}
