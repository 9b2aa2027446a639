/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_html.c - pages of the web, as a browser would show their text
 *
 * Decode, take apart, judge tables and notes, put: what talks to the host of the
 * whole is here, the rest in a file of its own. Ends the process where memory
 * runs out.
 */
#include <docket/parser.h>

#include <stdio.h>
#include <string.h>

#include "encoding.h"
#include "notes.h"
#include "page.h"
#include "tables.h"
#include "token.h"

/* Tokens take up to twelve times what a tag takes. */
#define PAGE_LIMIT (64u << 20)

static void
put_string(struct docket_job *job, enum docket_field field, const char *string)
{
	docket_put_field(job, field,
			 (struct docket_bytes){ string, strlen(string) });
}

static void
put_encoding(struct docket_job *job, const struct encoding_text *text)
{
	char sentence[2 * ENCODING_NAME_LIMIT + 96];

	put_string(job, DOCKET_FIELD_CHARSET, text->name);
	if (text->is_contradicted) {
		snprintf(sentence, sizeof(sentence),
			 "It says that it is in %s, but it was read as %s.",
			 text->declared, text->name);
		put_string(job, DOCKET_FIELD_WARNING, sentence);
	} else if (text->is_guess) {
		snprintf(sentence, sizeof(sentence),
			 "Its encoding is a guess: %s.", text->name);
		put_string(job, DOCKET_FIELD_WARNING, sentence);
	}
	if (!text->replaced)
		return;
	snprintf(sentence, sizeof(sentence),
		 "%zu places could not be read as %s.", text->replaced,
		 text->name);
	put_string(job, DOCKET_FIELD_WARNING, sentence);
}

static void
put_unfinished(struct docket_job *job, const char *what)
{
	char sentence[96];

	if (!what)
		return;
	snprintf(sentence, sizeof(sentence),
		 "It breaks off in %s: what may follow is not there.", what);
	put_string(job, DOCKET_FIELD_WARNING, sentence);
}

static bool
is_xml(const struct docket_job *job)
{
	static const char type[] = "application/xhtml+xml";
	struct docket_bytes given = docket_job_media_type(job);

	return given.size == sizeof(type) - 1 &&
	       memcmp(given.data, type, given.size) == 0;
}

static void
put_page(struct docket_job *job, struct docket_bytes utf8)
{
	struct tokens tokens;
	struct notes notes;

	tokens_read(&tokens, utf8, is_xml(job));
	tables_judge(&tokens);
	notes_find(&tokens, &notes);
	page_put(job, &tokens, &notes);
	put_unfinished(job, tokens.unfinished);
	notes_fini(&notes);
	tokens_fini(&tokens);
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	struct docket_bytes bytes = docket_job_bytes(job);
	struct encoding_text text;

	(void)self;
	if (bytes.size > PAGE_LIMIT) {
		docket_job_explain(job,
				   "The page has more than %u MiB. Divide it, "
				   "or save it as text.",
				   PAGE_LIMIT >> 20);
		return DOCKET_REJECT;
	}
	if (!encoding_decode(bytes, &text)) {
		docket_job_reason(job, "damaged");
		docket_job_explain(job, "Its encoding cannot be told.");
		return DOCKET_REJECT;
	}
	put_encoding(job, &text);
	put_page(job, text.utf8);
	encoding_fini(&text);
	return DOCKET_OK;
}

static const char *const types[] = {
	"text/html",
	"application/xhtml+xml",
	NULL,
};

static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

DOCKET_PLUGIN = {
	.name = "html",
	.summary = "Pages of the web: HTML and XHTML",
	.parser = &parser,
};
