/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.c - what the mark-up of Akoma Ntoso says of its document
 *
 * Pure but for the fields it puts. What docket wrote comes first, as it stands;
 * then what stands in the text, then what the meta has. Dates that a document
 * only has because one was needed are none.
 */
#include "fields.h"

#include <string.h>

#include "class.h"
#include "rule.h"
#include "walk.h"

#define VALUE_LIMIT 2048

struct finder {
	struct docket_job *job;
	const struct tape *tape;
	size_t document; /* node of the document itself */
	size_t to_count;
	size_t symbol_count;
	bool has[DOCKET_FIELD_COUNT]; /* single fields that were put */
	bool is_in_preface;
	bool has_preface_title;
	struct docket_bytes date; /* the first in the text */
};

static struct docket_bytes
bytes_of(const char *string)
{
	return (struct docket_bytes){ string, strlen(string) };
}

static bool
is_equal(struct docket_bytes bytes, const char *word)
{
	return bytes.size == strlen(word) &&
	       memcmp(bytes.data, word, bytes.size) == 0;
}

static void
put(struct finder *finder, enum docket_field field, struct docket_bytes value)
{
	if (!value.size)
		return;
	docket_put_field(finder->job, field, value);
	finder->has[field] = true;
}

static struct docket_bytes
attribute_of(const struct finder *finder, size_t node, const char *name)
{
	return tape_attribute(finder->tape, node, name);
}

static bool
is_open_called(const struct finder *finder, size_t node, const char *name)
{
	return finder->tape->nodes[node].kind == TAPE_OPEN &&
	       strcmp(finder->tape->nodes[node].name, name) == 0;
}

/* ---- what docket wrote ---- */

static const struct {
	const char *name;
	enum docket_field field;
} own_names[] = {
	{ "class", DOCKET_FIELD_CLASS },
	{ "title", DOCKET_FIELD_TITLE },
	{ "from", DOCKET_FIELD_FROM },
	{ "to", DOCKET_FIELD_TO },
	{ "signatory", DOCKET_FIELD_SIGNATORY },
	{ "agendaItem", DOCKET_FIELD_AGENDA_ITEM },
	{ "distribution", DOCKET_FIELD_DISTRIBUTION },
	{ "originalLanguage", DOCKET_FIELD_ORIGINAL_LANGUAGE },
	{ "session", DOCKET_FIELD_SESSION },
	{ "jobNumber", DOCKET_FIELD_JOB_NUMBER },
};

static void
put_own(struct finder *finder, size_t proprietary)
{
	char buffer[VALUE_LIMIT];
	size_t end = finder->tape->nodes[proprietary].end;

	for (size_t i = proprietary + 1; i < end; i++) {
		struct docket_bytes name;

		if (!is_open_called(finder, i, "field"))
			continue;
		name = attribute_of(finder, i, "name");
		for (size_t k = 0; k < sizeof(own_names) / sizeof(*own_names);
		     k++)
			if (is_equal(name, own_names[k].name))
				put(finder, own_names[k].field,
				    tape_gather(finder->tape, i, NULL, buffer,
						sizeof(buffer)));
	}
}

/* ---- what stands in the text ---- */

/* A/58/444, S/PRST/2007/2: begins with a capital and has a slash. */
static bool
is_symbol(struct docket_bytes value)
{
	return value.size > 2 && value.data[0] >= 'A' && value.data[0] <= 'Z' &&
	       memchr(value.data, '/', value.size) != NULL;
}

static void
put_symbol(struct finder *finder, struct docket_bytes value)
{
	while (value.size && strchr(". *", value.data[value.size - 1]))
		value.size--;
	if (!is_symbol(value))
		return;
	put(finder, DOCKET_FIELD_SYMBOL, value);
	finder->symbol_count++;
}

/* Behind "Distr.: " and the like. */
static struct docket_bytes
skip_label(struct docket_bytes value)
{
	const char *colon = memchr(value.data, ':', value.size);
	size_t count = colon ? (size_t)(colon - value.data) + 1 : 0;

	while (count < value.size && value.data[count] == ' ')
		count++;
	return (struct docket_bytes){ value.data + count, value.size - count };
}

/* The title of the preface is the document's, that of its cover the next best. */
static void
meet_title(struct finder *finder, struct docket_bytes value)
{
	if (finder->has_preface_title ||
	    (finder->has[DOCKET_FIELD_TITLE] && !finder->is_in_preface))
		return;
	put(finder, DOCKET_FIELD_TITLE, value);
	finder->has_preface_title = finder->is_in_preface;
}

static void
meet_inline(struct finder *finder, struct docket_bytes name,
	    struct docket_bytes value)
{
	if (is_equal(name, "akn4un:to")) {
		put(finder, DOCKET_FIELD_TO, value);
		finder->to_count++;
	} else if (is_equal(name, "akn4un:from")) {
		put(finder, DOCKET_FIELD_FROM, value);
	} else if (is_equal(name, "akn4un:distribution")) {
		put(finder, DOCKET_FIELD_DISTRIBUTION, skip_label(value));
	} else if (is_equal(name, "akn4un:agendaItem")) {
		put(finder, DOCKET_FIELD_AGENDA_ITEM, value);
	}
}

/* Whoever is named as a person in it, else all of it. */
static void
meet_signature(struct finder *finder, size_t node)
{
	char buffer[VALUE_LIMIT];
	size_t person = tape_find(finder->tape, node, "person");

	put(finder, DOCKET_FIELD_SIGNATORY,
	    tape_gather(finder->tape, person ? person : node, "authorialNote",
			buffer, sizeof(buffer)));
}

static void
meet(struct finder *finder, size_t node)
{
	const char *name = finder->tape->nodes[node].name;
	char buffer[VALUE_LIMIT];
	struct docket_bytes value;

	if (strcmp(name, "docDate") == 0) {
		if (!finder->date.size)
			finder->date = attribute_of(finder, node, "date");
		return;
	}
	if (strcmp(name, "signature") == 0) {
		meet_signature(finder, node);
		return;
	}
	value = tape_gather(finder->tape, node, "authorialNote", buffer,
			    sizeof(buffer));
	if (strcmp(name, "docNumber") == 0)
		put_symbol(finder, value);
	else if (strcmp(name, "docTitle") == 0)
		meet_title(finder, value);
	else if (strcmp(name, "session") == 0)
		put(finder, DOCKET_FIELD_SESSION,
		    attribute_of(finder, node, "value"));
	else if (strcmp(name, "docketNumber") == 0)
		put(finder, DOCKET_FIELD_JOB_NUMBER, value);
	else if (strcmp(name, "inline") == 0)
		meet_inline(finder, attribute_of(finder, node, "name"), value);
}

/* Elements that meet() has a use for: the others are not gathered. */
static bool
is_met(const char *name)
{
	static const char *const met[] = {
		"docDate", "docNumber",	   "docTitle",	"inline",
		"session", "docketNumber", "signature",
	};

	for (size_t i = 0; i < sizeof(met) / sizeof(met[0]); i++)
		if (strcmp(name, met[i]) == 0)
			return true;
	return false;
}

static void
put_from_text(struct finder *finder)
{
	const struct tape *tape = finder->tape;
	size_t end = tape->nodes[finder->document].end;

	for (size_t i = finder->document + 1; i < end; i++) {
		const struct tape_node *node = &tape->nodes[i];
		enum rule_kind kind;

		if (node->kind != TAPE_OPEN)
			continue;
		kind = rule_find(node->name, true)->kind;
		if (kind == RULE_SKIP || kind == RULE_ANNEX ||
		    kind == RULE_DOCUMENT) {
			i = node->end;
			continue;
		}
		if (kind == RULE_COVER || kind == RULE_BODY ||
		    kind == RULE_PREAMBLE)
			finder->is_in_preface =
				strcmp(node->name, "preface") == 0;
		if (is_met(node->name))
			meet(finder, i);
	}
}

/* ---- what the meta has ---- */

static size_t
find_in(const struct finder *finder, size_t node, const char *name)
{
	return node ? tape_find(finder->tape, node, name) : 0;
}

/* A date that was made up since the schema wants one is none. */
static bool
is_said_date(const struct finder *finder, size_t node)
{
	static const char *const unsaid[] = {
		"unknown", "fallback",	 "generation",
		"markup",  "Generation", "conversion",
	};
	struct docket_bytes name = attribute_of(finder, node, "name");

	for (size_t i = 0; i < sizeof(unsaid) / sizeof(unsaid[0]); i++)
		if (is_equal(name, unsaid[i]))
			return false;
	return true;
}

static void
put_date(struct finder *finder, size_t work)
{
	size_t date = find_in(finder, work, "FRBRdate");

	if (date && is_said_date(finder, date))
		put(finder, DOCKET_FIELD_DATE,
		    attribute_of(finder, date, "date"));
	else
		put(finder, DOCKET_FIELD_DATE, finder->date);
}

static void
put_symbols(struct finder *finder, size_t work)
{
	size_t number = find_in(finder, work, "FRBRnumber");
	size_t end = work ? finder->tape->nodes[work].end : 0;

	if (finder->symbol_count)
		return;
	for (size_t i = work + 1; i < end; i++)
		if (is_open_called(finder, i, "FRBRalias") &&
		    is_equal(attribute_of(finder, i, "name"), "symbol"))
			put_symbol(finder, attribute_of(finder, i, "value"));
	if (!finder->symbol_count && number)
		put_symbol(finder, attribute_of(finder, number, "showAs"));
}

static void
put_language(struct finder *finder, size_t expression)
{
	size_t node = find_in(finder, expression, "FRBRlanguage");
	struct docket_bytes said =
		node ? attribute_of(finder, node, "language")
		     : attribute_of(finder, finder->document, "xml:lang");
	char language[4];

	walk_read_language(said, language);
	put(finder, DOCKET_FIELD_LANGUAGE, bytes_of(language));
}

static void
put_class(struct finder *finder, size_t work)
{
	const char *element = finder->tape->nodes[finder->document].name;
	size_t name = find_in(finder, work, "FRBRname");
	const char *class = class_of(
		element, attribute_of(finder, finder->document, "name"));
	const char *said = NULL;

	if (finder->has[DOCKET_FIELD_CLASS])
		return;
	if (name)
		said = class_of(element, attribute_of(finder, name, "value"));
	/* Letters that are identical are letters first. */
	if (class && strcmp(class, "letter") == 0 && said)
		class = said;
	if (class)
		put(finder, DOCKET_FIELD_CLASS, bytes_of(class));
}

static void
put_subjects(struct finder *finder, size_t meta)
{
	size_t end = meta ? finder->tape->nodes[meta].end : 0;

	for (size_t i = meta + 1; i < end; i++)
		if (is_open_called(finder, i, "keyword"))
			put(finder, DOCKET_FIELD_SUBJECT,
			    attribute_of(finder, i, "showAs"));
}

static void
put_from_meta(struct finder *finder, size_t meta)
{
	size_t work = find_in(finder, meta, "FRBRWork");
	size_t expression = find_in(finder, meta, "FRBRExpression");
	size_t uri = find_in(finder, expression, "FRBRuri");
	size_t job = find_in(finder, meta, "docketNumber");
	char buffer[VALUE_LIMIT];

	put_class(finder, work);
	put_date(finder, work);
	put_symbols(finder, work);
	put_language(finder, expression);
	put_subjects(finder, meta);
	if (uri)
		put(finder, DOCKET_FIELD_IDENTIFIER,
		    attribute_of(finder, uri, "value"));
	if (job && !finder->has[DOCKET_FIELD_JOB_NUMBER])
		put(finder, DOCKET_FIELD_JOB_NUMBER,
		    tape_gather(finder->tape, job, NULL, buffer,
				sizeof(buffer)));
}

/* ---- all of it ---- */

/* The first document below the node, which may be the only one in it. */
static size_t
find_document(const struct tape *tape, size_t node)
{
	for (size_t i = node + 1; i < tape->nodes[node].end; i++)
		if (tape->nodes[i].kind == TAPE_OPEN &&
		    rule_find(tape->nodes[i].name, true)->kind == RULE_DOCUMENT)
			return i;
	return 0;
}

static void
put_document(struct finder *finder)
{
	const struct tape *tape = finder->tape;
	size_t meta = tape_find(tape, finder->document, "meta");
	size_t own = find_in(finder, meta, "proprietary");

	if (own && is_equal(attribute_of(finder, own, "source"), "#docket"))
		put_own(finder, own);
	else
		put_from_text(finder);
	put_from_meta(finder, meta);
}

void
fields_put(struct docket_job *job, const struct tape *tape)
{
	struct finder finder = { .job = job, .tape = tape };

	if (!tape->count)
		return;
	finder.document = find_document(tape, 0);
	if (finder.document)
		put_document(&finder);
}

void
fields_put_plain(struct docket_job *job, const struct tape *tape)
{
	char buffer[VALUE_LIMIT];
	char language[4];
	struct docket_bytes title = { 0 };

	if (!tape->count)
		return;
	walk_read_language(tape_attribute(tape, 0, "xml:lang"), language);
	if (language[0])
		docket_put_field(job, DOCKET_FIELD_LANGUAGE,
				 bytes_of(language));
	for (size_t i = 1; i < tape->nodes[0].end && !title.size; i++) {
		if (tape->nodes[i].kind != TAPE_OPEN)
			continue;
		if (strcmp(tape->nodes[i].name, "title") == 0)
			title = tape_gather(tape, i, NULL, buffer,
					    sizeof(buffer));
		i = tape->nodes[i].end;
	}
	if (title.size)
		docket_put_field(job, DOCKET_FIELD_TITLE, title);
}
