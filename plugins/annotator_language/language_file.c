/* SPDX-License-Identifier: Apache-2.0 */
/*
 * language_file.c - reading etc/languages/<code>.conf
 *
 * Owns nothing. The INI library cuts long lines, ends lines at NUL and goes on
 * after errors, so lines reach it through a reader that counts them and
 * refuses these; nothing is taken after the first error. Sections that are not
 * ours belong to other annotators.
 */
#include "language_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ini.h>
#include <unicode/utf8.h>

/* INI_MAX_LINE, less what its reader adds. */
#define LINE_LIMIT 190
#define SHARE_LIMIT 100
#define NAME_LIMIT 64

struct parser {
	struct languages *languages;
	const char *name; /* of the file */
	struct docket_bytes rest;
	unsigned line;
	int rc;
	struct data_error *error;
	/* [language], until it is known whole */
	bool has_name;
	bool has_code;
	char script[NAME_LIMIT];
	unsigned share_percent;
	int language; /* -1: not added yet */
	size_t words;
};

static int __attribute__((format(printf, 2, 3)))
refuse(struct parser *parser, const char *format, ...)
{
	char reason[DATA_REASON];
	va_list args;

	if (parser->rc)
		return 0;
	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	parser->rc = -EINVAL;
	snprintf(parser->error->text, sizeof(parser->error->text),
		 "%.64s:%u: %s", parser->name, parser->line, reason);
	return 0;
}

/* ---- keys; each answers like an INI handler: 0 is an error ---- */

static int
take_name(struct parser *parser, const char *value)
{
	if (parser->has_name)
		return refuse(parser, "name is given twice");
	if (!value[0])
		return refuse(parser, "name is empty");
	parser->has_name = true;
	return 1;
}

static int
take_code(struct parser *parser, const char *value)
{
	if (parser->has_code)
		return refuse(parser, "iso639-2 is given twice");
	if (strlen(value) != 3 ||
	    strspn(value, "abcdefghijklmnopqrstuvwxyz") != 3)
		return refuse(parser, "iso639-2 is three letters, not \"%s\"",
			      value);
	parser->has_code = true;
	return 1;
}

static int
take_script(struct parser *parser, const char *value)
{
	if (parser->script[0])
		return refuse(parser, "script is given twice");
	snprintf(parser->script, sizeof(parser->script), "%s", value);
	return 1;
}

static int
take_share(struct parser *parser, const char *value)
{
	char *end;
	unsigned long share = strtoul(value, &end, 10);

	if (parser->share_percent)
		return refuse(parser, "share is given twice");
	if (*end || end == value || !share || share > SHARE_LIMIT)
		return refuse(parser, "share is a percentage, not \"%s\"",
			      value);
	parser->share_percent = (unsigned)share;
	return 1;
}

/* Letters and words need to know the script, words their number as well. */
static bool
add_language(struct parser *parser)
{
	char code[CODE_LIMIT];
	size_t size = strcspn(parser->name, ".");

	if (parser->language >= 0)
		return true;
	if (!parser->script[0]) {
		refuse(parser, "[language] with its script must come first");
		return false;
	}
	if (size >= sizeof(code)) {
		refuse(parser, "the name of the file is no language code");
		return false;
	}
	snprintf(code, sizeof(code), "%.*s", (int)size, parser->name);
	parser->language =
		languages_add(parser->languages, code, parser->script, 0);
	if (parser->language < 0)
		refuse(parser, "there is no script \"%s\", or no more room",
		       parser->script);
	return parser->language >= 0;
}

/* One letter after the other; spaces between them do not matter. */
static int
take_letters(struct parser *parser, const char *value, bool is_frequent)
{
	const uint8_t *data = (const uint8_t *)value;
	size_t size = strlen(value);

	if (!add_language(parser))
		return 0;
	for (size_t at = 0; at < size;) {
		size_t start = at;
		UChar32 c;

		U8_NEXT(data, at, size, c);
		if (c == ' ')
			continue;
		if (!languages_add_letter(parser->languages,
					  (size_t)parser->language, c,
					  is_frequent))
			return refuse(parser,
				      "\"%.*s\" is no letter of script %s",
				      (int)(at - start), value + start,
				      parser->script);
	}
	return 1;
}

static int
take_alphabet(struct parser *parser, const char *value)
{
	return take_letters(parser, value, false);
}

static int
take_frequent(struct parser *parser, const char *value)
{
	return take_letters(parser, value, true);
}

static int
take_words(struct parser *parser, const char *value)
{
	if (!add_language(parser))
		return 0;
	while (*value) {
		size_t size = strcspn(value, " ");
		struct docket_bytes word = { value, size };

		if (size && !languages_add_word(parser->languages,
						(size_t)parser->language, word))
			return refuse(parser,
				      "\"%.*s\" is not one word of script %s",
				      (int)size, value, parser->script);
		parser->words += size > 0;
		value += size + strspn(value + size, " ");
	}
	return 1;
}

static const struct {
	const char *section;
	const char *name;
	int (*take)(struct parser *parser, const char *value);
} keys[] = {
	{ "language", "name", take_name },
	{ "language", "iso639-2", take_code },
	{ "language", "script", take_script },
	{ "letters", "alphabet", take_alphabet },
	{ "letters", "frequent", take_frequent },
	{ "words", "share", take_share },
	{ "words", "words", take_words },
};

static int
take_key(void *user, const char *section, const char *name, const char *value)
{
	struct parser *parser = user;
	bool is_ours = !section[0];

	if (parser->rc)
		return 0;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].section, section) != 0)
			continue;
		is_ours = true;
		if (strcmp(keys[i].name, name) == 0)
			return keys[i].take(parser, value);
	}
	return is_ours ? refuse(parser, "there is no key \"%s\" in [%s]", name,
				section)
		       : 1;
}

/* ---- lines ---- */

static bool
is_utf8(const char *line, size_t size)
{
	for (size_t at = 0; at < size;) {
		UChar32 c;

		U8_NEXT((const uint8_t *)line, at, size, c);
		if (c < 0)
			return false;
	}
	return true;
}

/* As fgets(); refused lines look like the end of the file. */
static char *
read_line(char *line, int size, void *stream)
{
	struct parser *parser = stream;
	const char *start = parser->rest.data;
	const char *end;
	size_t count;

	if (!parser->rest.size || parser->rc)
		return NULL;
	parser->line++;
	end = memchr(start, '\n', parser->rest.size);
	count = end ? (size_t)(end - start) + 1 : parser->rest.size;
	if (count > LINE_LIMIT || (int)count >= size) {
		refuse(parser, "the line is longer than %d bytes", LINE_LIMIT);
		return NULL;
	}
	if (memchr(start, '\0', count) || !is_utf8(start, count)) {
		refuse(parser, "the line is not text in UTF-8");
		return NULL;
	}
	memcpy(line, start, count);
	line[count] = '\0';
	parser->rest.data += count;
	parser->rest.size -= count;
	return line;
}

static int
finish(struct parser *parser)
{
	struct language *language;

	if (!parser->has_name || !parser->has_code || !parser->script[0] ||
	    !parser->share_percent || !parser->words)
		refuse(parser, "name, iso639-2, script, share and words are "
			       "all needed");
	if (parser->rc)
		return parser->rc;
	language = &parser->languages->items[parser->language];
	language->share_percent = (uint8_t)parser->share_percent;
	languages_finish(parser->languages, (size_t)parser->language);
	return 0;
}

int
language_file_parse(struct languages *languages, const char *name,
		    struct docket_bytes text, struct data_error *error)
{
	struct parser parser = {
		.languages = languages,
		.name = name,
		.rest = text,
		.error = error,
		.language = -1,
	};
	int bad = ini_parse_stream(read_line, &parser, take_key, &parser);

	if (bad > 0 && !parser.rc) {
		parser.line = (unsigned)bad;
		refuse(&parser, "this is neither a section nor a key");
	}
	return finish(&parser);
}

static int
take_file(void *user, const char *name, char *text, size_t size,
	  struct data_error *error)
{
	return language_file_parse(user, name,
				   (struct docket_bytes){ text, size }, error);
}

int
language_file_read_folder(struct languages *languages, const char *folder,
			  struct data_error *error)
{
	int rc = data_read_folder(folder, take_file, languages, error);

	languages_settle(languages);
	return rc;
}
