/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.c - a Word document, from its package into the record
 *
 * Owns what its parts say (styles, numbering, notes) while it is read. The
 * order is the point: what paragraphs depend on comes before them. Running
 * out of memory ends the process.
 */
#include "word.h"

#include <stdlib.h>

#include "array.h"
#include "flow.h"
#include "properties.h"
#include "warnings.h"
#include "xml.h"

#define DOCUMENT "word/document.xml"
#define RENDERED_BREAK "lastRenderedPageBreak"

/* ---- parts ---- */

/* The part of a type that the relations name; data is NULL for none. */
static struct docket_bytes
find_part(const struct word *word, const struct relations *relations,
	  const char *type, struct docket_bytes *out_name)
{
	size_t at = 0;
	const struct relation *relation = relations_next(relations, type, &at);

	if (!relation || relation->is_external)
		return (struct docket_bytes){ 0 };
	*out_name = relations_target(relations, relation);
	return package_find(word->package, *out_name);
}

/* ---- settings: how notes are numbered ---- */

struct settings {
	struct word *word;
	struct word_notes *notes; /* that are spoken of */
};

static void
start_footnotes(void *reader, const struct xml_element *element)
{
	struct settings *settings = reader;

	(void)element;
	settings->notes = &settings->word->footnotes;
}

static void
start_endnotes(void *reader, const struct xml_element *element)
{
	struct settings *settings = reader;

	(void)element;
	settings->notes = &settings->word->endnotes;
}

static void
end_notes(void *reader)
{
	struct settings *settings = reader;

	settings->notes = NULL;
}

static void
start_format(void *reader, const struct xml_element *element)
{
	struct settings *settings = reader;

	if (settings->notes)
		settings->notes->numerals =
			numerals_of_ooxml(xml_get(element, SPACE_W, "val"));
}

static void
start_first(void *reader, const struct xml_element *element)
{
	struct settings *settings = reader;
	int32_t first = bytes_number(xml_get(element, SPACE_W, "val"), 1);

	if (settings->notes && first > 0)
		settings->notes->next = first;
}

static const struct xml_rule settings_rules[] = {
	{ SPACE_W, "footnotePr", start_footnotes, end_notes, false },
	{ SPACE_W, "endnotePr", start_endnotes, end_notes, false },
	{ SPACE_W, "numFmt", .start = start_format },
	{ SPACE_W, "numStart", .start = start_first },
	{ SPACE_W, "rsids", .is_skipped = true },
};

static const struct xml_grammar settings_grammar = {
	.tables = { { settings_rules,
		      sizeof(settings_rules) / sizeof(settings_rules[0]) } },
};

static bool
read_settings(struct word *word, const struct relations *relations)
{
	struct settings settings = { .word = word };
	struct docket_bytes name;
	struct docket_bytes part =
		find_part(word, relations, "settings", &name);

	word->footnotes.next = 1;
	word->endnotes.next = 1;
	word->endnotes.numerals = NUMERALS_LOWER_ROMAN;
	return !part.data || xml_read(part, "settings", &settings_grammar,
				      &settings, word->refusal);
}

/* ---- comments ---- */

static void
start_comment(void *reader, const struct xml_element *element)
{
	size_t *count = reader;

	++*count;
	xml_skip(element);
}

static const struct xml_rule comment_rules[] = {
	{ SPACE_W, "comment", .start = start_comment },
};

static const struct xml_grammar comment_grammar = {
	.tables = { { comment_rules, 1 } },
};

static bool
count_comments(struct word *word, const struct relations *relations,
	       size_t *out_count)
{
	struct docket_bytes name;
	struct docket_bytes part =
		find_part(word, relations, "comments", &name);

	return !part.data || xml_read(part, "comments", &comment_grammar,
				      out_count, word->refusal);
}

/* ---- notes ---- */

static bool
read_notes(struct word *word, const struct relations *relations,
	   const char *type, struct word_notes *notes)
{
	struct text nothing = { 0 };
	struct flow flow = { .captured = &nothing };
	struct docket_bytes name;
	bool is_good = !find_part(word, relations, type, &name).data ||
		       word_body_read(word, name, &flow, notes);

	flow_fini(&flow);
	text_fini(&nothing);
	return is_good;
}

static void
clear_notes(struct word_notes *notes)
{
	for (size_t i = 0; i < notes->count; i++)
		text_fini(&notes->bodies[i]);
	free(notes->bodies);
	names_fini(&notes->ids);
}

/* ---- the whole ---- */

static void
put_warnings(const struct word *word, size_t comments)
{
	struct docket_job *job = word->job;

	warnings_put(job, comments, "It has a comment, which is left out.",
		     "comments, which are left out.");
	warnings_put(job, word->deleted,
		     "It has a tracked deletion, which is left out.",
		     "tracked deletions, which are left out.");
	warnings_put(job, word->hidden,
		     "It has hidden text in a place, which is left out.",
		     "places with hidden text, which is left out.");
	warnings_put(job, word->signs,
		     "It has a sign of a special font, which is left out.",
		     "signs of special fonts, which are left out.");
	warnings_put(job, word->inclusions,
		     "It includes another file, which is left out.",
		     "other files in it, which are left out.");
}

/* What goes before the text, the text, and what goes behind it. */
static bool
read_text(struct word *word, struct relations *relations,
	  struct docket_bytes name)
{
	struct docket_bytes document = package_find(word->package, name);
	struct flow flow = { .job = word->job };
	size_t comments = 0;
	bool is_good;

	if (memmem(document.data, document.size, RENDERED_BREAK,
		   sizeof(RENDERED_BREAK) - 1))
		word->has_pages = true;
	is_good = word_heads_put(word, relations, document, "header") &&
		  word_body_read(word, name, &flow, NULL) &&
		  word_heads_put(word, relations, document, "footer") &&
		  count_comments(word, relations, &comments);
	flow_fini(&flow);
	if (is_good)
		put_warnings(word, comments);
	return is_good;
}

static bool
read_definitions(struct word *word, struct relations *relations)
{
	struct docket_bytes name;

	return word_styles_read(&word->styles,
				find_part(word, relations, "styles", &name),
				word->refusal) &&
	       word_numbering_read(
		       &word->numbering, &word->styles,
		       find_part(word, relations, "numbering", &name),
		       word->refusal) &&
	       read_settings(word, relations) &&
	       read_notes(word, relations, "footnotes", &word->footnotes) &&
	       read_notes(word, relations, "endnotes", &word->endnotes);
}

static bool
read_document(struct word *word, struct docket_bytes name)
{
	struct properties properties = { .job = word->job };
	struct relations relations = { 0 };
	bool is_good;

	if (!package_find(word->package, name).data)
		return refuse(word->refusal, "damaged",
			      "The part with its text is not there. Open it "
			      "in Word and save it anew.");
	is_good = properties_read(&properties,
				  package_find(word->package,
					       bytes_from("docProps/core.xml")),
				  word->refusal) &&
		  properties_read(&properties,
				  package_find(word->package,
					       bytes_from("docProps/app.xml")),
				  word->refusal);
	word->has_pages = properties.pages == 1;
	is_good = is_good &&
		  relations_read(&relations, word->package, name,
				 word->refusal) &&
		  read_definitions(word, &relations) &&
		  read_text(word, &relations, name);
	if (is_good)
		properties_put_title(&properties, text_bytes(&word->title));
	properties_fini(&properties);
	relations_fini(&relations);
	return is_good;
}

bool
word_read(struct docket_job *job, struct package *package,
	  struct refusal *refusal)
{
	struct word word = { .job = job,
			     .package = package,
			     .refusal = refusal };
	struct relations relations = { 0 };
	struct docket_bytes name = bytes_from(DOCUMENT);
	bool is_good =
		relations_read(&relations, package, bytes_from(""), refusal);

	find_part(&word, &relations, "officeDocument", &name);
	is_good = is_good && read_document(&word, name);
	word_styles_fini(&word.styles);
	word_numbering_fini(&word.numbering);
	clear_notes(&word.footnotes);
	clear_notes(&word.endnotes);
	text_fini(&word.title);
	relations_fini(&relations);
	return is_good;
}
