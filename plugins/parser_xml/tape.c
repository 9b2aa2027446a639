/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tape.c - an XML document as a list of what begins, ends, and stands between
 *
 * Owns the lists. libxml2 reads; nothing outside the document is looked for,
 * and a document that defines entities is left at their definition. libxml2
 * compares each attribute of an element with all others, so they are counted
 * before it sees them; and its dictionary is slow where names are many. Running out of memory ends the process.
 */
#include "tape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "array.h"
#include "prescan.h"

struct reader {
	struct tape *tape;
	xmlParserCtxtPtr context;
	size_t open[TAPE_DEPTH]; /* indexes of OPEN nodes */
	bool is_preserved[TAPE_DEPTH];
	size_t depth;
};

static void
stop(struct reader *reader, enum tape_fault fault)
{
	reader->tape->fault = fault;
	xmlStopParser(reader->context);
}

static struct tape_node *
add(struct reader *reader, enum tape_kind kind)
{
	struct tape *tape = reader->tape;

	tape->nodes = array_reserve(tape->nodes, tape->count + 1,
				    &tape->capacity, sizeof(*tape->nodes));
	tape->nodes[tape->count] = (struct tape_node){ .kind = (uint8_t)kind };
	return &tape->nodes[tape->count++];
}

static uint32_t
add_text(struct tape *tape, const char *data, size_t size)
{
	size_t at = tape->text_size;

	tape->text =
		array_reserve(tape->text, at + size, &tape->text_capacity, 1);
	if (size)
		memcpy(tape->text + at, data, size);
	tape->text_size += size;
	return (uint32_t)at;
}

/* ---- what libxml2 tells ---- */

static bool
is_xml_prefix(const xmlChar *prefix)
{
	return prefix && strcmp((const char *)prefix, "xml") == 0;
}

static void
add_attribute(struct reader *reader, const xmlChar **from)
{
	struct tape *tape = reader->tape;
	const char *name = (const char *)from[0];
	size_t size = (size_t)(from[4] - from[3]);
	struct tape_attribute attribute = { .name = name,
					    .size = (uint32_t)size };

	if (is_xml_prefix(from[1]) && strcmp(name, "lang") == 0)
		attribute.name = "xml:lang";
	if (is_xml_prefix(from[1]) && strcmp(name, "space") == 0)
		reader->is_preserved[reader->depth] =
			size == 8 && memcmp(from[3], "preserve", 8) == 0;
	attribute.at = add_text(tape, (const char *)from[3], size);
	tape->attributes =
		array_reserve(tape->attributes, tape->attribute_count + 1,
			      &tape->attribute_capacity, sizeof(attribute));
	tape->attributes[tape->attribute_count++] = attribute;
}

static void
on_open(void *data, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
	int count, int defaulted, const xmlChar **attributes)
{
	struct reader *reader = data;
	struct tape_node *node;

	(void)prefix, (void)uri, (void)namespace_count, (void)namespaces;
	(void)defaulted;
	if (reader->tape->fault > TAPE_BROKEN)
		return;
	if (reader->depth == TAPE_DEPTH) {
		stop(reader, TAPE_TOO_DEEP);
		return;
	}
	if (reader->tape->count >= TAPE_NODES) {
		stop(reader, TAPE_TOO_MANY_NODES);
		return;
	}
	if (xmlDictSize(reader->context->dict) > TAPE_NAMES) {
		stop(reader, TAPE_TOO_MANY_NAMES);
		return;
	}
	node = add(reader, TAPE_OPEN);
	node->name = (const char *)name;
	node->at = (uint32_t)reader->tape->attribute_count;
	node->size = (uint32_t)count;
	reader->is_preserved[reader->depth] =
		reader->depth && reader->is_preserved[reader->depth - 1];
	reader->open[reader->depth] = reader->tape->count - 1;
	for (int i = 0; i < count; i++)
		add_attribute(reader, attributes + (ptrdiff_t)i * 5);
	reader->depth++;
}

static void
close_element(struct reader *reader)
{
	struct tape *tape = reader->tape;
	size_t open = reader->open[--reader->depth];
	struct tape_node *node = add(reader, TAPE_CLOSE);

	node->name = tape->nodes[open].name;
	tape->nodes[open].end = (uint32_t)(tape->count - 1);
}

static void
on_close(void *data, const xmlChar *name, const xmlChar *prefix,
	 const xmlChar *uri)
{
	struct reader *reader = data;

	(void)name, (void)prefix, (void)uri;
	if (reader->depth && reader->tape->fault <= TAPE_BROKEN)
		close_element(reader);
}

static bool
is_blank(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!strchr(" \t\r\n", text[i]))
			return false;
	return true;
}

/* libxml2 tells long text in pieces, which are one. */
static void
put_text(struct reader *reader, const char *text, size_t size)
{
	struct tape *tape = reader->tape;
	struct tape_node *node;
	uint32_t at;

	if (!reader->depth || tape->fault > TAPE_BROKEN || !size)
		return;
	at = add_text(tape, text, size);
	node = &tape->nodes[tape->count - 1];
	if (node->kind == TAPE_TEXT) {
		node->size += (uint32_t)size;
	} else {
		node = add(reader, TAPE_TEXT);
		node->at = at;
		node->size = (uint32_t)size;
		node->is_preserved = reader->is_preserved[reader->depth - 1];
	}
	if (!is_blank(text, size))
		tape->nodes[reader->open[reader->depth - 1]].has_text = true;
}

static void
on_text(void *data, const xmlChar *text, int size)
{
	put_text(data, (const char *)text, (size_t)size);
}

/*
 * A name that a definition elsewhere would explain. That definition is not
 * looked for, but names of characters mean the same everywhere.
 */
static void
on_reference(void *data, const xmlChar *name)
{
	const htmlEntityDesc *entity = htmlEntityLookup(name);
	xmlChar text[8];
	int size;

	if (!entity)
		return;
	size = xmlCopyCharMultiByte(text, (int)entity->value);
	put_text(data, (const char *)text, (size_t)size);
}

static void
on_entity(void *data, const xmlChar *name, int type, const xmlChar *public,
	  const xmlChar *system, xmlChar *content)
{
	(void)name, (void)type, (void)public, (void)system, (void)content;
	stop(data, TAPE_HAS_ENTITIES);
}

static void
on_unparsed(void *data, const xmlChar *name, const xmlChar *public,
	    const xmlChar *system, const xmlChar *notation)
{
	(void)name, (void)public, (void)system, (void)notation;
	stop(data, TAPE_HAS_ENTITIES);
}

static xmlEntityPtr
on_get_entity(void *data, const xmlChar *name)
{
	(void)data;
	return xmlGetPredefinedEntity(name);
}

/* The first complaint is kept; a namespace without a name is none. */
static void
on_error(void *data, xmlErrorPtr error)
{
	struct reader *reader = data;
	struct tape *tape = reader->tape;
	size_t size;

	if (error->level < XML_ERR_FATAL ||
	    error->domain == XML_FROM_NAMESPACE || tape->fault != TAPE_FINE)
		return;
	tape->fault = TAPE_BROKEN;
	snprintf(tape->message, sizeof(tape->message), "line %d: %s",
		 error->line, error->message ? error->message : "");
	size = strlen(tape->message);
	while (size && strchr("\n. ", tape->message[size - 1]))
		tape->message[--size] = '\0';
}

static const xmlSAXHandler handler = {
	.initialized = XML_SAX2_MAGIC,
	.startElementNs = on_open,
	.endElementNs = on_close,
	.characters = on_text,
	.ignorableWhitespace = on_text,
	.cdataBlock = on_text,
	.reference = on_reference,
	.getEntity = on_get_entity,
	.entityDecl = on_entity,
	.unparsedEntityDecl = on_unparsed,
	.serror = on_error,
};

/* ---- all of it ---- */

static void
parse(struct reader *reader, struct docket_bytes utf8)
{
	xmlParserCtxtPtr context =
		xmlCreateMemoryParserCtxt(utf8.data, (int)utf8.size);

	if (!context)
		abort();
	reader->context = context;
	*context->sax = handler;
	context->userData = reader;
	xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_RECOVER |
					   XML_PARSE_IGNORE_ENC |
					   XML_PARSE_NOWARNING);
	xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
	xmlParseDocument(context);
	xmlDictReference(context->dict);
	reader->tape->names = context->dict;
	if (context->myDoc)
		xmlFreeDoc(context->myDoc);
	xmlFreeParserCtxt(context);
}

void
tape_read(struct tape *tape, struct docket_bytes utf8)
{
	struct reader reader = { .tape = tape };

	*tape = (struct tape){ 0 };
	if (!utf8.size) {
		tape->fault = TAPE_BROKEN;
		snprintf(tape->message, sizeof(tape->message), "it is empty");
		return;
	}
	if (prescan_finds_crowd(utf8, TAPE_ATTRIBUTES)) {
		tape->fault = TAPE_TOO_MANY_ATTRIBUTES;
		return;
	}
	parse(&reader, utf8);
	while (reader.depth)
		close_element(&reader);
}

void
tape_fini(struct tape *tape)
{
	free(tape->nodes);
	free(tape->attributes);
	free(tape->text);
	if (tape->names)
		xmlDictFree(tape->names);
	*tape = (struct tape){ 0 };
}

/* ---- looking at it ---- */

struct docket_bytes
tape_attribute(const struct tape *tape, size_t index, const char *name)
{
	const struct tape_node *node = &tape->nodes[index];

	for (size_t i = 0; i < node->size; i++) {
		const struct tape_attribute *attribute =
			&tape->attributes[node->at + i];

		if (strcmp(attribute->name, name) != 0)
			continue;
		if (!attribute->size)
			return (struct docket_bytes){ "", 0 };
		return (struct docket_bytes){ tape->text + attribute->at,
					      attribute->size };
	}
	return (struct docket_bytes){ 0 };
}

/* White space collapsed; returns how much of the buffer is used. */
static size_t
append_collapsed(struct docket_bytes text, char *buffer, size_t used,
		 size_t size)
{
	for (size_t i = 0; i < text.size && used < size; i++) {
		bool is_space = strchr(" \t\r\n", text.data[i]) != NULL;

		if (!is_space)
			buffer[used++] = text.data[i];
		else if (used && buffer[used - 1] != ' ')
			buffer[used++] = ' ';
	}
	return used;
}

struct docket_bytes
tape_gather(const struct tape *tape, size_t index, const char *without,
	    char *buffer, size_t size)
{
	size_t used = 0;

	for (size_t i = index + 1; i < tape->nodes[index].end; i++) {
		const struct tape_node *node = &tape->nodes[i];

		if (node->kind == TAPE_TEXT)
			used = append_collapsed(tape_bytes(tape, node), buffer,
						used, size);
		else if (node->kind == TAPE_OPEN && without &&
			 strcmp(node->name, without) == 0)
			i = node->end;
	}
	while (used && (buffer[used - 1] == ' ' ||
			(used == size && (buffer[used - 1] & 0xc0) == 0x80)))
		used--;
	return (struct docket_bytes){ buffer, used };
}

size_t
tape_find(const struct tape *tape, size_t index, const char *name)
{
	for (size_t i = index + 1; i < tape->nodes[index].end; i++)
		if (tape->nodes[i].kind == TAPE_OPEN &&
		    strcmp(tape->nodes[i].name, name) == 0)
			return i;
	return 0;
}
