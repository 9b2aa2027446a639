/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon_file.c - reading [official] of etc/languages/<code>.conf
 *
 * Owns nothing. Lines reach the INI library through a reader that counts them
 * and refuses those that it would cut. Other sections are for other plugins,
 * which say what is wrong with them. Out of memory ends the process.
 */
#include "lexicon_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <ini.h>

/* INI_MAX_LINE, less what its reader adds. */
#define LINE_LIMIT 190

struct source {
	struct lexicon *lexicon;
	const char *name; /* of the file */
	int language;
	struct docket_bytes rest;
	unsigned line;
	struct data_error *error;
	bool is_refused;
};

static void
refuse(struct source *source, const char *reason)
{
	if (source->is_refused)
		return;
	source->is_refused = true;
	snprintf(source->error->text, sizeof(source->error->text),
		 "%.64s:%u: %s", source->name, source->line, reason);
}

/* As fgets(); refused lines look like the end of the file. */
static char *
read_line(char *line, int size, void *stream)
{
	struct source *source = stream;
	const char *start = source->rest.data;
	const char *end;
	size_t count;

	if (!source->rest.size || source->is_refused)
		return NULL;
	source->line++;
	end = memchr(start, '\n', source->rest.size);
	count = end ? (size_t)(end - start) + 1 : source->rest.size;
	if (count > LINE_LIMIT || (int)count >= size ||
	    memchr(start, '\0', count)) {
		refuse(source, "the line is too long, or not text");
		return NULL;
	}
	memcpy(line, start, count);
	line[count] = '\0';
	source->rest.data += count;
	source->rest.size -= count;
	return line;
}

static int
take_key(void *user, const char *section, const char *name, const char *value)
{
	struct source *source = user;
	const char *reason;

	if (strcmp(section, "official") != 0)
		return 1;
	reason = lexicon_add(source->lexicon, source->language, name, value);
	if (!reason)
		return 1;
	refuse(source, reason);
	return 0;
}

int
lexicon_file_parse(struct lexicon *lexicon, const char *name,
		   struct docket_bytes text, struct data_error *error)
{
	struct source source = {
		.lexicon = lexicon,
		.name = name,
		.rest = text,
		.error = error,
	};
	char code[16];
	int bad;

	snprintf(code, sizeof(code), "%.*s", (int)strcspn(name, "."), name);
	source.language = lexicon_add_language(lexicon, code);
	if (source.language < 0) {
		refuse(&source, "there are too many languages");
		return -EINVAL;
	}
	bad = ini_parse_stream(read_line, &source, take_key, &source);
	if (bad > 0 && !source.is_refused) {
		source.line = (unsigned)bad;
		refuse(&source, "this is neither a section nor a key");
	}
	return source.is_refused ? -EINVAL : 0;
}

static int
take_file(void *user, const char *name, char *text, size_t size,
	  struct data_error *error)
{
	return lexicon_file_parse(user, name,
				  (struct docket_bytes){ text, size }, error);
}

int
lexicon_file_read_folder(struct lexicon *lexicon, const char *folder,
			 struct data_error *error)
{
	int rc = data_read_folder(folder, take_file, lexicon, error);

	lexicon_finish(lexicon);
	return rc;
}
