/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_text.c - documents that are text already, as blocks
 *
 * Decode, break into lines, find the structure, hand it over: what talks to
 * the host is here, everything else is a function of the text in a file of its
 * own. Ends the process where memory runs out.
 */
#include <docket/parser.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "markdown.h"
#include "put.h"
#include "structure.h"

/* Detection that is less sure (percent) is worth a warning. */
#define SURE_PERCENT 40

struct parser_text {
	const char *charset; /* "" detects */
};

static const struct docket_option options[] = {
	{
		.name = "charset",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct parser_text, charset),
		.fallback = "",
		.summary = "Encoding of texts that are not Unicode; empty: "
			   "find out",
	},
	{ 0 },
};

static bool
is_of_type(const struct docket_job *job, const char *type)
{
	struct docket_bytes given = docket_job_media_type(job);

	return given.size >= strlen(type) &&
	       memcmp(given.data, type, strlen(type)) == 0;
}

static void
put_string(struct docket_job *job, enum docket_field field, const char *string)
{
	docket_put_field(job, field,
			 (struct docket_bytes){ string, strlen(string) });
}

static void
put_encoding(struct docket_job *job, const struct encoding_text *text)
{
	char sentence[ENCODING_NAME_LIMIT + 96];

	if (!is_of_type(job, "text/"))
		put_string(job, DOCKET_FIELD_MEDIA_TYPE, "text/plain");
	put_string(job, DOCKET_FIELD_CHARSET, text->name);
	if (text->confidence < SURE_PERCENT) {
		snprintf(sentence, sizeof(sentence),
			 "Its encoding is a guess: %s.", text->name);
		put_string(job, DOCKET_FIELD_WARNING, sentence);
	}
	if (!text->replaced)
		return;
	snprintf(sentence, sizeof(sentence),
		 "%llu places could not be read as %s.",
		 (unsigned long long)text->replaced, text->name);
	put_string(job, DOCKET_FIELD_WARNING, sentence);
}

static void
put_title(struct docket_job *job, struct docket_bytes title)
{
	if (title.size)
		docket_put_field(job, DOCKET_FIELD_TITLE, title);
}

static void
put_lines(struct docket_job *job, struct lines *lines, bool is_marked_down)
{
	struct paragraphs paragraphs;

	structure_find(lines, is_marked_down, &paragraphs);
	if (is_marked_down)
		put_title(job, markdown_find_title(lines));
	put_paragraphs(job, &paragraphs);
	paragraphs_fini(&paragraphs);
}

static enum docket_status
parse_text(struct docket_job *job, struct docket_bytes text,
	   bool is_marked_down)
{
	enum docket_status status = DOCKET_OK;
	struct lines lines;

	if (!lines_split(text, &lines)) {
		docket_job_explain(job, "The text has more than %u lines.",
				   LINES_LIMIT);
		return DOCKET_REJECT;
	}
	if (lines.count) {
		put_lines(job, &lines, is_marked_down);
	} else {
		docket_job_explain(job, "There is nothing but white space.");
		status = DOCKET_REJECT;
	}
	lines_fini(&lines);
	return status;
}

static enum docket_status
parse(void *self, struct docket_job *job)
{
	const struct parser_text *parser = self;
	bool is_marked_down = is_of_type(job, "text/markdown");
	struct encoding_text text;
	struct docket_bytes utf8;
	enum docket_status status;
	char *unescaped = NULL;

	if (!encoding_decode(docket_job_bytes(job), parser->charset, &text))
		return DOCKET_SKIP;
	put_encoding(job, &text);
	utf8 = text.utf8;
	if (is_marked_down) {
		unescaped = markdown_unescape(utf8, &utf8.size);
		utf8.data = unescaped;
	}
	status = parse_text(job, utf8, is_marked_down);
	free(unescaped);
	encoding_fini(&text);
	return status;
}

/* Here, not in open(): converters come from files. */
static enum docket_status
prepare(void *self)
{
	const struct parser_text *parser = self;

	if (!parser->charset[0] || encoding_exists(parser->charset))
		return DOCKET_OK;
	docket_log("charset: there is no encoding named \"%s\"",
		   parser->charset);
	return DOCKET_BROKEN;
}

/*
 * UTF-16 without a byte order mark has zero bytes, so the host cannot call it
 * text; nobody else would ask what it is.
 */
static const char *const types[] = {
	"text/plain", "text/markdown", "application/octet-stream", "text/*",
	NULL,
};

static const struct docket_parser parser = {
	.types = types,
	.parse = parse,
};

DOCKET_PLUGIN = {
	.name = "text",
	.summary = "Plain text and Markdown in any encoding",
	.self_size = sizeof(struct parser_text),
	.options = options,
	.prepare = prepare,
	.parser = &parser,
};
