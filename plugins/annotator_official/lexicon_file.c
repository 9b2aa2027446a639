/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon_file.c - reading [official] of etc/languages/<code>.conf
 *
 * Owns nothing. Lines reach the INI library through a reader that counts them
 * and refuses those that it would cut. Other sections are for other plugins,
 * which say what is wrong with them. Out of memory ends the process.
 */
#include "lexicon_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ini.h>

/* INI_MAX_LINE, less what its reader adds. */
#define LINE_LIMIT 190
#define FILE_LIMIT (64 << 10)

struct source {
	struct lexicon *lexicon;
	const char *name; /* of the file */
	int language;
	struct docket_bytes rest;
	unsigned line;
	struct lexicon_error *error;
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
		   struct docket_bytes text, struct lexicon_error *error)
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

/* ---- files ---- */

static int
fail(struct lexicon_error *error, const char *name, int rc)
{
	snprintf(error->text, sizeof(error->text), "%.128s: %s", name,
		 strerror(-rc));
	return rc;
}

/* All of a small regular file; how many bytes, or a negative errno. */
static ssize_t
read_file(int folder, const char *name, char *out_data)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat status;
	ssize_t size = 0;
	ssize_t got;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &status) || !S_ISREG(status.st_mode) ||
	    status.st_size > FILE_LIMIT) {
		close(fd);
		return -EINVAL;
	}
	while ((got = read(fd, out_data + size, FILE_LIMIT - (size_t)size)) > 0)
		size += got;
	if (got < 0)
		size = -errno;
	close(fd);
	return size;
}

static int
is_language_file(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);

	return size > 5 && entry->d_name[0] != '.' &&
	       strcmp(entry->d_name + size - 5, ".conf") == 0;
}

static int
read_entries(struct lexicon *lexicon, int folder, struct dirent **entries,
	     int count, struct lexicon_error *error)
{
	char *data = malloc(FILE_LIMIT);
	int rc = 0;

	if (!data)
		abort();
	for (int i = 0; i < count && !rc; i++) {
		ssize_t size = read_file(folder, entries[i]->d_name, data);

		if (size < 0)
			rc = fail(error, entries[i]->d_name, (int)size);
		else
			rc = lexicon_file_parse(
				lexicon, entries[i]->d_name,
				(struct docket_bytes){ data, (size_t)size },
				error);
	}
	free(data);
	return rc;
}

int
lexicon_file_read_folder(struct lexicon *lexicon, const char *folder,
			 struct lexicon_error *error)
{
	struct dirent **entries = NULL;
	int fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
	int count;
	int rc;

	if (fd < 0)
		return fail(error, folder, -errno);
	count = scandirat(fd, ".", &entries, is_language_file, alphasort);
	rc = count > 0 ? read_entries(lexicon, fd, entries, count, error)
		       : fail(error, folder, count < 0 ? -errno : -ENOENT);
	for (int i = 0; i < count; i++)
		free(entries[i]);
	free(entries);
	close(fd);
	lexicon_finish(lexicon);
	return rc;
}
