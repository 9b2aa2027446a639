/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_class.c - what classes and languages are called in Akoma Ntoso, and IRIs
 *
 * Tables: AKN4UN part 1, mapping of document classes, and the naming
 * convention for IRIs; ISO 639-2/T for languages. Pure, owns nothing.
 */
#include <ctype.h>
#include <string.h>

#include "akn_private.h"

/* The last one is for whatever has no row of its own. */
static const struct akn_class classes[] = {
	{ "letter", "doc", "communication", "officialLetter" },
	{ "letter-identical", "doc", "communication", "officialLetter" },
	{ "note-verbale", "doc", "communication", "officialLetter" },
	{ "note", "doc", "communication", "note" },
	{ "statement", "doc", "communication", "officialStatement" },
	{ "presidential-statement", "doc", "communication",
	  "officialStatement" },
	{ "declaration", "doc", "communication", "declaration" },
	{ "press-release", "doc", "communication", "pressRelease" },
	{ "list-of-participants", "doc", "communication", "circular" },
	{ "report", "doc", "paper", "progressReport" },
	{ "resolution", "statement", "deliberation", "resolution" },
	{ "resolution-draft", "statement", "deliberation", "resolutionDraft" },
	{ "decision", "statement", "deliberation", "decision" },
	{ "decision-draft", "statement", "deliberation", "decisionDraft" },
	{ "recommendation", "statement", "deliberation", "recommendation" },
	{ "agenda", "debateReport", "agenda", "agendaListing" },
	{ "verbatim-record", "debateReport", "record", "verbatimRecord" },
	{ "summary-record", "debateReport", "minute", "meetingMinute" },
	{ "court-order", "doc", "decision", "order" },
	{ "treaty", "doc", "provision", "treaty" },
	{ NULL, "doc", "paper", "document" },
};

static const struct {
	const char *code; /* BCP 47 */
	const char *name; /* ISO 639-2/T */
} languages[] = {
	{ "ar", "ara" }, { "de", "deu" }, { "en", "eng" },
	{ "es", "spa" }, { "fr", "fra" }, { "it", "ita" },
	{ "pt", "por" }, { "ru", "rus" }, { "zh", "zho" },
};

/* Who a document is submitted to, by how its symbol begins; longest first. */
static const struct {
	const char *prefix;
	const char *actor;
} actors[] = {
	{ "A/HRC/", "un-hrc" },	     { "A/", "un-ga" },
	{ "S/", "un-sc" },	     { "E/", "un-ecosoc" },
	{ "T/", "un-tc" },	     { "ST/SGB/", "un-sg" },
	{ "ST/", "un-secretariat" }, { "CRC/", "un-crc" },
	{ "CCPR/", "un-ccpr" },	     { "CEDAW/", "un-cedaw" },
	{ "CERD/", "un-cerd" },	     { "CAT/", "un-cat" },
	{ "UNEP/", "un-unep" },	     { "FCCC/", "un-fccc" },
	{ "TD/", "un-unctad" },	     { "DP/", "un-undp" },
	{ "ECE/", "un-ece" },	     { "ISBA/", "isba" },
	{ "WHA", "who-wha" },
};

static bool
is_word(struct docket_bytes bytes, const char *word)
{
	return bytes_equal(bytes, bytes_of(word));
}

const struct akn_class *
akn_class_of(struct docket_bytes name)
{
	size_t i = 0;

	while (classes[i].name && !is_word(name, classes[i].name))
		i++;
	return &classes[i];
}

const char *
akn_language_of(struct docket_bytes language)
{
	if (language.size > 2 && language.data[2] == '-')
		language.size = 2;
	for (size_t i = 0; i < ARRAY_SIZE(languages); i++)
		if (is_word(language, languages[i].code))
			return languages[i].name;
	return "und";
}

static const char *
find_actor(struct docket_bytes symbol)
{
	for (size_t i = 0; i < ARRAY_SIZE(actors); i++) {
		size_t size = strlen(actors[i].prefix);

		if (symbol.size >= size &&
		    memcmp(symbol.data, actors[i].prefix, size) == 0)
			return actors[i].actor;
	}
	return "un";
}

/* "A/RES/48/246" is the resolution 48/246 of whom its actor says. */
static struct docket_bytes
skip_series(struct docket_bytes symbol)
{
	static const char *const series[] = { "A/RES/", "S/RES/", "E/RES/",
					      "A/DEC/" };

	for (size_t i = 0; i < ARRAY_SIZE(series); i++) {
		size_t size = strlen(series[i]);

		if (symbol.size > size &&
		    memcmp(symbol.data, series[i], size) == 0)
			return (struct docket_bytes){ symbol.data + size,
						      symbol.size - size };
	}
	return symbol;
}

/* A symbol as it may stand in an IRI: "58-444", "1373_(2001)" without ( ). */
static void
put_number(struct buffer *out, struct docket_bytes symbol)
{
	for (size_t i = 0; i < symbol.size; i++) {
		char c = symbol.data[i];

		if (c == '(' || c == ')')
			continue;
		if (c == '/')
			c = '-';
		if (c == ' ')
			c = '_';
		if (isalnum((unsigned char)c) || strchr("-_.", c))
			buffer_put(out, &c, 1);
		else
			buffer_format(out, "%%%02X", (unsigned char)c);
	}
}

void
akn_put_work_iri(struct buffer *out, struct docket_bytes class,
		 struct docket_bytes symbol, struct docket_bytes date,
		 const char *fallback)
{
	const struct akn_class *row = akn_class_of(class);

	buffer_format(out, "/akn/un/%s/%s/%s/", row->element, row->subtype,
		      find_actor(symbol));
	if (date.size)
		buffer_put_bytes(out, date);
	else
		buffer_put_string(out, "0001-01-01");
	buffer_put_string(out, "/");
	if (symbol.size)
		put_number(out, skip_series(symbol));
	else
		buffer_put_string(out, fallback);
}
