/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml.c - a part in XML, as calls for the elements that a grammar names
 *
 * Drives libxml2's SAX interface. A part that declares an entity ends there:
 * documents of these formats never do. Nothing outside of the part is ever
 * loaded. Two things would take libxml2 more than linear time, very many
 * attributes of one element and very many namespaces in one place: the first
 * is looked for before it sees the part, the second is counted. Running out of
 * memory ends the process.
 */
#include "xml.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#define DEPTH_LIMIT 256
#define ATTRIBUTES_LIMIT 512
#define SPACES_LIMIT 1024 /* declared, one within another */
/* A piece without '<' that is shorter has no such number of attributes. */
#define PIECE_LIMIT 2048
#define AMPERSAND "&#38;"
#define CACHE_SIZE 512 /* a power of two */
#define SPACES_KNOWN 16

struct address {
	const char *uri;
	enum xml_space space;
};

#define OPEN "http://schemas.openxmlformats.org/"
#define STRICT "http://purl.oclc.org/ooxml/"
#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"

static const struct address addresses[] = {
	{ OPEN "wordprocessingml/2006/main", SPACE_W },
	{ STRICT "wordprocessingml/main", SPACE_W },
	{ OPEN "officeDocument/2006/relationships", SPACE_R },
	{ STRICT "officeDocument/relationships", SPACE_R },
	{ OPEN "package/2006/relationships", SPACE_RELATIONS },
	{ OPEN "markup-compatibility/2006", SPACE_MC },
	{ OPEN "officeDocument/2006/math", SPACE_M },
	{ STRICT "officeDocument/math", SPACE_M },
	{ OPEN "package/2006/metadata/core-properties", SPACE_CORE },
	{ OPEN "officeDocument/2006/extended-properties", SPACE_APP },
	{ STRICT "officeDocument/extendedProperties", SPACE_APP },
	{ "http://purl.org/dc/elements/1.1/", SPACE_DC },
	{ "http://purl.org/dc/terms/", SPACE_TERMS },
	{ "http://www.w3.org/1999/xlink", SPACE_XLINK },
	{ "http://www.w3.org/XML/1998/namespace", SPACE_XML },
	{ OASIS "office:1.0", SPACE_OFFICE },
	{ OASIS "text:1.0", SPACE_TEXT },
	{ OASIS "style:1.0", SPACE_STYLE },
	{ OASIS "table:1.0", SPACE_TABLE },
	{ OASIS "drawing:1.0", SPACE_DRAW },
	{ OASIS "xsl-fo-compatible:1.0", SPACE_FO },
	{ OASIS "meta:1.0", SPACE_META },
	{ OASIS "svg-compatible:1.0", SPACE_SVG },
	{ OASIS "manifest:1.0", SPACE_MANIFEST },
	{ "urn:org:documentfoundation:names:experimental:office:xmlns:"
	  "loext:1.0",
	  SPACE_EXT },
};

/* libxml2 gives the same name in the same place each time. */
struct known_space {
	const xmlChar *uri;
	enum xml_space space;
};

struct known_rule {
	const xmlChar *name;
	const xmlChar *uri;
	const struct xml_rule *rule; /* NULL: none */
};

struct level {
	const struct xml_rule *rule;
	int spaces; /* that it declared */
};

struct xml {
	xmlParserCtxtPtr parser;
	const struct xml_grammar *grammar;
	void *reader;
	const char *name;
	struct refusal *refusal;
	struct level levels[DEPTH_LIMIT];
	size_t depth;
	size_t skipped_from; /* depth of an element that is skipped, or 0 */
	int spaces;
	struct known_space known[SPACES_KNOWN];
	size_t known_count;
	struct known_rule cache[CACHE_SIZE];
};

struct xml_element {
	struct xml *xml;
	const xmlChar **attributes; /* name, prefix, uri, value, its end */
	int count;
};

/* ---- names ---- */

static enum xml_space
look_up_space(const xmlChar *uri)
{
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
		if (strcmp((const char *)uri, addresses[i].uri) == 0)
			return addresses[i].space;
	return SPACE_OTHER;
}

static enum xml_space
find_space(struct xml *xml, const xmlChar *uri)
{
	struct known_space *next;

	if (!uri)
		return SPACE_NONE;
	for (size_t i = 0; i < xml->known_count; i++)
		if (xml->known[i].uri == uri)
			return xml->known[i].space;
	if (xml->known_count == SPACES_KNOWN)
		return look_up_space(uri);
	next = &xml->known[xml->known_count++];
	*next = (struct known_space){ uri, look_up_space(uri) };
	return next->space;
}

static const struct xml_rule *
look_up_rule(struct xml *xml, const xmlChar *name, const xmlChar *uri)
{
	enum xml_space space = find_space(xml, uri);

	for (size_t i = 0; i < XML_TABLES; i++) {
		const struct xml_table *table = &xml->grammar->tables[i];

		for (size_t k = 0; k < table->count; k++)
			if (table->rules[k].space == space &&
			    strcmp(table->rules[k].name, (const char *)name) ==
				    0)
				return &table->rules[k];
	}
	return NULL;
}

static const struct xml_rule *
find_rule(struct xml *xml, const xmlChar *name, const xmlChar *uri)
{
	uintptr_t place = ((uintptr_t)name >> 3) ^ ((uintptr_t)uri >> 5);
	struct known_rule *known = &xml->cache[place % CACHE_SIZE];

	if (known->name != name || known->uri != uri)
		*known = (struct known_rule){ name, uri,
					      look_up_rule(xml, name, uri) };
	return known->rule;
}

/* ---- what libxml2 calls ---- */

static void
stop(struct xml *xml)
{
	xmlStopParser(xml->parser);
}

static void
on_start(void *context, const xmlChar *name, const xmlChar *prefix,
	 const xmlChar *uri, int space_count, const xmlChar **spaces,
	 int attribute_count, int defaulted_count, const xmlChar **attributes)
{
	struct xml *xml = context;
	struct xml_element element = { xml, attributes, attribute_count };
	const struct xml_rule *rule;

	(void)prefix;
	(void)spaces;
	(void)defaulted_count;
	xml->spaces += space_count;
	if (xml->depth == DEPTH_LIMIT || xml->spaces > SPACES_LIMIT) {
		refuse(xml->refusal, "nesting",
		       "Its part %s nests elements deeper than %d.", xml->name,
		       DEPTH_LIMIT);
		stop(xml);
		return;
	}
	rule = find_rule(xml, name, uri);
	xml->levels[xml->depth++] = (struct level){ rule, space_count };
	if (xml->skipped_from || !rule)
		return;
	if (rule->is_skipped)
		xml_skip(&element);
	else if (rule->start)
		rule->start(xml->reader, &element);
}

static void
on_end(void *context, const xmlChar *name, const xmlChar *prefix,
       const xmlChar *uri)
{
	struct xml *xml = context;
	const struct level *level;

	(void)name;
	(void)prefix;
	(void)uri;
	if (!xml->depth)
		return;
	if (xml->skipped_from == xml->depth)
		xml->skipped_from = 0;
	level = &xml->levels[--xml->depth];
	xml->spaces -= level->spaces;
	if (!xml->skipped_from && level->rule && level->rule->end &&
	    !level->rule->is_skipped)
		level->rule->end(xml->reader);
}

static void
on_text(void *context, const xmlChar *text, int size)
{
	struct xml *xml = context;

	if (xml->skipped_from || !xml->grammar->text)
		return;
	xml->grammar->text(
		xml->reader,
		(struct docket_bytes){ (const char *)text, (size_t)size });
}

static void
on_entity(void *context, const xmlChar *name, int type,
	  const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
	struct xml *xml = context;

	(void)name;
	(void)type;
	(void)public_id;
	(void)system_id;
	(void)content;
	refuse(xml->refusal, "xml-entities",
	       "Its part %s defines entities, which are not expanded. Save it "
	       "anew in an office program.",
	       xml->name);
	stop(xml);
}

static void
on_unparsed(void *context, const xmlChar *name, const xmlChar *public_id,
	    const xmlChar *system_id, const xmlChar *notation)
{
	on_entity(context, name, 0, public_id, system_id, NULL);
	(void)notation;
}

/* What is wrong is asked for afterwards. */
static void
on_error(void *context, xmlErrorPtr error)
{
	(void)context;
	(void)error;
}

/* ---- elements ---- */

const struct xml_rule *
xml_rule_of(const struct xml_element *element)
{
	const struct xml *xml = element->xml;

	return xml->levels[xml->depth - 1].rule;
}

void
xml_skip(const struct xml_element *element)
{
	if (!element->xml->skipped_from)
		element->xml->skipped_from = element->xml->depth;
}

struct docket_bytes
xml_get(const struct xml_element *element, enum xml_space space,
	const char *name)
{
	for (int i = 0; i < element->count; i++) {
		const xmlChar **attribute = &element->attributes[i * 5];

		if (strcmp((const char *)attribute[0], name) != 0 ||
		    find_space(element->xml, attribute[2]) != space)
			continue;
		return (struct docket_bytes){ (const char *)attribute[3],
					      (size_t)(attribute[4] -
						       attribute[3]) };
	}
	return (struct docket_bytes){ 0 };
}

void
xml_put_value(struct text *text, struct docket_bytes value)
{
	while (value.size) {
		const char *end = value.data + value.size;
		const char *at = memmem(value.data, value.size, AMPERSAND,
					sizeof(AMPERSAND) - 1);

		if (!at) {
			text_put_bytes(text, value);
			return;
		}
		text_put(text, value.data, (size_t)(at - value.data));
		text_put_string(text, "&");
		value.data = at + sizeof(AMPERSAND) - 1;
		value.size = (size_t)(end - value.data);
	}
}

bool
xml_is(const struct xml_element *element, enum xml_space space,
       const char *name, const char *value)
{
	struct docket_bytes found = xml_get(element, space, name);

	return found.data && bytes_are(found, value);
}

bool
xml_is_on(const struct xml_element *element, enum xml_space space)
{
	static const char *const noes[] = { "0", "false", "off" };
	struct docket_bytes value = xml_get(element, space, "val");

	for (size_t i = 0; value.data && i < sizeof(noes) / sizeof(noes[0]);
	     i++)
		if (bytes_are(value, noes[i]))
			return false;
	return true;
}

/* ---- reading ---- */

/* How many attributes the tag that a piece begins with has, by their signs. */
static size_t
count_attributes(struct docket_bytes piece)
{
	size_t count = 0;
	char quote = 0;

	for (size_t i = 0; i < piece.size; i++) {
		char c = piece.data[i];

		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '>') {
			break;
		} else if (c == '=') {
			count++;
		} else if (c == '"' || c == '\'') {
			quote = c;
		}
	}
	return count;
}

/* No tag has '<' in it, so pieces between two of them hold one at most. */
static bool
has_crowded_tag(struct docket_bytes part)
{
	const char *end = part.data + part.size;
	const char *at = memchr(part.data, '<', part.size);

	while (at) {
		const char *next = memchr(at + 1, '<', (size_t)(end - at - 1));
		size_t size = (size_t)((next ? next : end) - at);

		if (size > PIECE_LIMIT &&
		    count_attributes((struct docket_bytes){ at, size }) >
			    ATTRIBUTES_LIMIT)
			return true;
		at = next;
	}
	return false;
}

static bool
judge_end(const struct xml *xml)
{
	const xmlError *error = &xml->parser->lastError;

	if (xml->refusal->word)
		return false;
	if (xml->parser->wellFormed)
		return true;
	if (error->code == XML_ERR_INTERNAL_ERROR &&
	    xml->depth >= DEPTH_LIMIT - 1)
		return refuse(xml->refusal, "nesting",
			      "Its part %s nests elements too deep.",
			      xml->name);
	return refuse(xml->refusal, "damaged",
		      "Its part %s is damaged in line %d. Open it in the "
		      "program that wrote it and save it anew.",
		      xml->name, error->line);
}

static bool
run(struct xml *xml, struct docket_bytes part)
{
	const xmlSAXHandler handler = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.entityDecl = on_entity,
		.unparsedEntityDecl = on_unparsed,
		.serror = on_error,
	};
	bool is_good;

	xml->parser = xmlCreateMemoryParserCtxt(part.data, (int)part.size);
	if (!xml->parser)
		abort();
	*xml->parser->sax = handler;
	xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET | XML_PARSE_HUGE);
	xml->parser->userData = xml;
	xmlParseDocument(xml->parser);
	is_good = judge_end(xml);
	xmlFreeDoc(xml->parser->myDoc);
	xmlFreeParserCtxt(xml->parser);
	return is_good;
}

bool
xml_read(struct docket_bytes part, const char *name,
	 const struct xml_grammar *grammar, void *reader,
	 struct refusal *refusal)
{
	struct xml xml = { .grammar = grammar,
			   .reader = reader,
			   .name = name,
			   .refusal = refusal };

	if (!part.size)
		return refuse(refusal, "damaged", "Its part %s is empty.",
			      name);
	if (has_crowded_tag(part))
		return refuse(refusal, "nesting",
			      "Its part %s has an element with more than %d "
			      "attributes.",
			      name, ATTRIBUTES_LIMIT);
	return run(&xml, part);
}
