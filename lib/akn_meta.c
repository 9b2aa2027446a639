/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_meta.c - what is known about a document: <meta> of it and of its annexes
 *
 * Work, Expression and Manifestation of FRBR by the naming convention; who
 * marked it up; what its marks refer to. Reads the record.
 */
#include <string.h>

#include "akn_private.h"

#define NO_DATE "0001-01-01"
#define AGENT "#docket"

static struct docket_bytes
get_field(const struct akn *akn, enum docket_field field)
{
	return docket_record_field(akn->record, field, 0);
}

/* <name value="..."/> */
static void
put_value(struct akn *akn, const char *name, struct docket_bytes value)
{
	xml_begin(&akn->xml, name);
	xml_attribute(&akn->xml, "value", value);
	xml_end(&akn->xml, name);
}

static void
put_date(struct akn *akn, const char *name)
{
	bool is_known = akn->date.size > 0;

	xml_begin(&akn->xml, "FRBRdate");
	if (is_known)
		xml_attribute(&akn->xml, "date", akn->date);
	else
		xml_set(&akn->xml, "date", NO_DATE);
	xml_set(&akn->xml, "name", is_known ? name : "unknown");
	xml_end(&akn->xml, "FRBRdate");
}

static void
put_author(struct akn *akn, const char *agent)
{
	xml_begin(&akn->xml, "FRBRauthor");
	xml_set(&akn->xml, "href", agent);
	xml_end(&akn->xml, "FRBRauthor");
}

/* FRBRthis and FRBRuri: the IRI with the component behind it, and without. */
static void
put_iris(struct akn *akn, const struct buffer *iri,
	 const struct docket_part *component, const char *suffix)
{
	auto_buffer struct buffer text = { 0 };

	buffer_put_bytes(&text, buffer_bytes(iri));
	buffer_put_string(&text, "/!");
	if (component)
		for (size_t i = 0; i < component->anchor.size; i++)
			buffer_put(&text,
				   component->anchor.data[i] == '-'
					   ? "_"
					   : &component->anchor.data[i],
				   1);
	else
		buffer_put_string(&text, "main");
	buffer_put_string(&text, suffix);
	put_value(akn, "FRBRthis", buffer_bytes(&text));
	text.size = 0;
	buffer_put_bytes(&text, buffer_bytes(iri));
	if (*suffix)
		buffer_format(&text, "/%s", suffix);
	put_value(akn, "FRBRuri", buffer_bytes(&text));
}

/* Each symbol is a name that the work has. */
static void
put_aliases(struct akn *akn)
{
	struct docket_bytes symbol;

	for (size_t i = 0;; i++) {
		symbol = docket_record_field(akn->record, DOCKET_FIELD_SYMBOL,
					     i);
		if (!symbol.data)
			break;
		xml_begin(&akn->xml, "FRBRalias");
		xml_attribute(&akn->xml, "value", symbol);
		xml_set(&akn->xml, "name", "symbol");
		xml_end(&akn->xml, "FRBRalias");
	}
}

static void
put_number(struct akn *akn, struct docket_bytes number)
{
	if (!number.size)
		return;
	xml_begin(&akn->xml, "FRBRnumber");
	xml_attribute(&akn->xml, "value", number);
	xml_attribute(&akn->xml, "showAs", number);
	xml_end(&akn->xml, "FRBRnumber");
}

static void
put_work(struct akn *akn, const struct docket_part *component)
{
	xml_begin(&akn->xml, "FRBRWork");
	put_iris(akn, &akn->work, component, "");
	if (!component)
		put_aliases(akn);
	put_date(akn, "document");
	put_author(akn, AGENT);
	put_value(akn, "FRBRcountry", bytes_of("un"));
	if (!component) {
		put_value(akn, "FRBRsubtype", bytes_of(akn->class->subtype));
		put_number(akn, get_field(akn, DOCKET_FIELD_SYMBOL));
	} else {
		put_number(akn, component->number);
		if (component->title.size)
			put_value(akn, "FRBRname", component->title);
	}
	xml_end(&akn->xml, "FRBRWork");
}

static void
put_expression(struct akn *akn, const struct docket_part *component)
{
	xml_begin(&akn->xml, "FRBRExpression");
	put_iris(akn, &akn->expression, component, "");
	put_date(akn, "document");
	put_author(akn, AGENT);
	xml_begin(&akn->xml, "FRBRlanguage");
	xml_set(&akn->xml, "language",
		akn_language_of(get_field(akn, DOCKET_FIELD_LANGUAGE)));
	xml_end(&akn->xml, "FRBRlanguage");
	xml_end(&akn->xml, "FRBRExpression");
}

static void
put_manifestation(struct akn *akn, const struct docket_part *component)
{
	xml_begin(&akn->xml, "FRBRManifestation");
	put_iris(akn, &akn->expression, component, ".xml");
	put_date(akn, "document");
	put_author(akn, AGENT);
	put_value(akn, "FRBRformat", bytes_of("xml"));
	xml_end(&akn->xml, "FRBRManifestation");
}

static void
put_publication(struct akn *akn)
{
	struct docket_bytes symbol = get_field(akn, DOCKET_FIELD_SYMBOL);
	struct docket_bytes title = get_field(akn, DOCKET_FIELD_TITLE);

	xml_begin(&akn->xml, "publication");
	if (akn->date.size)
		xml_attribute(&akn->xml, "date", akn->date);
	else
		xml_set(&akn->xml, "date", NO_DATE);
	xml_set(&akn->xml, "name", akn->class->label);
	xml_attribute(&akn->xml, "showAs",
		      title.size ? title : bytes_of(akn->class->label));
	if (symbol.size)
		xml_attribute(&akn->xml, "number", symbol);
	xml_end(&akn->xml, "publication");
}

static void
put_references(struct akn *akn)
{
	xml_begin(&akn->xml, "references");
	xml_set(&akn->xml, "source", AGENT);
	akn_put_entries(akn);
	xml_begin(&akn->xml, "TLCProcess");
	xml_set(&akn->xml, "eId", "docket");
	xml_set(&akn->xml, "href", "/akn/ontology/process/docket");
	xml_set(&akn->xml, "showAs", "docket");
	xml_end(&akn->xml, "TLCProcess");
	xml_end(&akn->xml, "references");
}

/* What has no element of its own, under the record's own names. */
static void
put_proprietary(struct akn *akn)
{
	static const struct {
		const char *name;
		enum docket_field field;
	} members[] = {
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
	struct docket_bytes value;

	xml_begin(&akn->xml, "proprietary");
	xml_set(&akn->xml, "source", AGENT);
	xml_set(&akn->xml, "xmlns:d", "urn:docket:record");
	for (size_t i = 0; i < ARRAY_SIZE(members); i++)
		for (size_t j = 0;; j++) {
			value = docket_record_field(akn->record,
						    members[i].field, j);
			if (!value.data)
				break;
			xml_begin(&akn->xml, "d:field");
			xml_set(&akn->xml, "name", members[i].name);
			xml_text(&akn->xml, value);
			xml_end(&akn->xml, "d:field");
		}
	xml_end(&akn->xml, "proprietary");
}

void
akn_put_meta(struct akn *akn, const struct docket_part *component)
{
	xml_begin(&akn->xml, "meta");
	xml_begin(&akn->xml, "identification");
	xml_set(&akn->xml, "source", AGENT);
	put_work(akn, component);
	put_expression(akn, component);
	put_manifestation(akn, component);
	xml_end(&akn->xml, "identification");
	if (!component) {
		put_publication(akn);
		put_references(akn);
		put_proprietary(akn);
	}
	xml_end(&akn->xml, "meta");
}
