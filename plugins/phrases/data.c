/* SPDX-License-Identifier: Apache-2.0 */
/*
 * data.c - reading what languages and names are: sections and tables
 *
 * Owns nothing but a file's text while it is read. Ends the process where
 * memory runs out.
 */
#include "data.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".conf"
#define CODE_LIMIT 64

/* A file while its lines are read. */
struct reader {
	const char *name;
	char *rest; /* NULL: at its end */
	unsigned line;
	struct data_error *error;
};

static int __attribute__((format(printf, 2, 3)))
refuse(const struct reader *reader, const char *format, ...)
{
	char reason[DATA_REASON];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	snprintf(reader->error->text, sizeof(reader->error->text),
		 "%.128s:%u: %s", reader->name, reader->line, reason);
	return -EINVAL;
}

static int
fail(struct data_error *error, const char *name, int rc)
{
	snprintf(error->text, sizeof(error->text), "%.192s: %s", name,
		 strerror(-rc));
	return rc;
}

/* All of a regular file, with a zero behind it; how many bytes. */
static ssize_t
read_all(int fd, size_t limit, char **out_text)
{
	struct stat status;
	size_t size = 0;
	ssize_t got = 0;
	char *text;

	if (fstat(fd, &status))
		return -errno;
	if (!S_ISREG(status.st_mode) || (size_t)status.st_size > limit)
		return -EINVAL;
	text = malloc((size_t)status.st_size + 1);
	if (!text)
		abort();
	while (size < (size_t)status.st_size &&
	       (got = read(fd, text + size, (size_t)status.st_size - size)) > 0)
		size += (size_t)got;
	if (got < 0) {
		free(text);
		return -errno;
	}
	text[size] = '\0';
	*out_text = text;
	return (ssize_t)size;
}

/* How many bytes, or a negative errno with the error. */
static ssize_t
read_file(const char *path, size_t limit, char **out_text,
	  struct data_error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t size;

	if (fd < 0)
		return fail(error, path, -errno);
	size = read_all(fd, limit, out_text);
	close(fd);
	return size < 0 ? fail(error, path, (int)size) : size;
}

/* The next line that is no comment and not empty, or NULL. */
static char *
next_line(struct reader *reader)
{
	while (reader->rest && *reader->rest) {
		char *line = reader->rest;
		char *end = strchr(line, '\n');

		reader->line++;
		reader->rest = end ? end + 1 : NULL;
		if (end)
			*end = '\0';
		if (*line && *line != '#')
			return line;
	}
	return NULL;
}

/* ---- folders ---- */

static int
is_conf_file(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);

	return size > strlen(SUFFIX) && entry->d_name[0] != '.' &&
	       strcmp(entry->d_name + size - strlen(SUFFIX), SUFFIX) == 0;
}

static int
give_file(const char *folder, const char *name, data_take_file *take,
	  void *user, struct data_error *error)
{
	char path[PATH_MAX];
	char *text = NULL;
	ssize_t size;
	int rc;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	size = read_file(path, DATA_CONF_LIMIT, &text, error);
	rc = size < 0 ? (int)size : take(user, name, text, (size_t)size, error);
	free(text);
	return rc;
}

int
data_read_folder(const char *folder, data_take_file *take, void *user,
		 struct data_error *error)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_conf_file, alphasort);
	int rc = 0;

	if (count < 0)
		return fail(error, folder, -errno);
	if (count == 0)
		rc = fail(error, folder, -ENOENT);
	for (int i = 0; i < count; i++) {
		if (!rc)
			rc = give_file(folder, entries[i]->d_name, take, user,
				       error);
		free(entries[i]);
	}
	free(entries);
	return rc;
}

/* ---- sections ---- */

struct wanted {
	const char *const *sections;
	data_take *take;
	void *user;
};

static bool
is_wanted(const struct wanted *wanted, const char *section)
{
	for (size_t i = 0; section && wanted->sections[i]; i++)
		if (strcmp(wanted->sections[i], section) == 0)
			return true;
	return false;
}

/* Without the spaces around it; changes the line. */
static char *
trim(char *text)
{
	size_t size;

	text += strspn(text, " \t");
	size = strlen(text);
	while (size > 0 && strchr(" \t\r", text[size - 1]))
		text[--size] = '\0';
	return text;
}

static int
take_line(struct reader *reader, const struct wanted *wanted, const char *code,
	  const char *section, char *line)
{
	char reason[DATA_REASON] = "it cannot be taken";
	char *equals = strchr(line, '=');
	struct data_value value = {
		.code = code,
		.section = section,
		.reason = reason,
	};

	if (!equals)
		return refuse(reader, "this is neither a section nor a key");
	*equals = '\0';
	value.key = trim(line);
	value.text = trim(equals + 1);
	if (!wanted->take(wanted->user, &value))
		return refuse(reader, "%s: %s", value.key, reason);
	return 0;
}

static int
take_file(void *user, const char *name, char *text, size_t size,
	  struct data_error *error)
{
	const struct wanted *wanted = user;
	struct reader reader = { .name = name, .rest = text, .error = error };
	char code[CODE_LIMIT];
	const char *section = NULL;
	char *line;
	int rc = 0;

	(void)size;
	snprintf(code, sizeof(code), "%.*s",
		 (int)(strlen(name) - strlen(SUFFIX)), name);
	while (!rc && (line = next_line(&reader))) {
		char *close = strchr(line, ']');

		if (*line == '[' && close) {
			*close = '\0';
			section = line + 1;
		} else if (is_wanted(wanted, section)) {
			rc = take_line(&reader, wanted, code, section, line);
		}
	}
	return rc;
}

int
data_read_sections(const char *folder, const char *const *sections,
		   data_take *take, void *user, struct data_error *error)
{
	struct wanted wanted = { sections, take, user };

	return data_read_folder(folder, take_file, &wanted, error);
}

/* ---- tables ---- */

/* Cut a line at its tabs; returns how many cells, 0 where they are too many. */
static size_t
cut_cells(char *line, char **out_cells)
{
	size_t count = 0;

	for (char *cell = line; cell;) {
		char *tab = strchr(cell, '\t');

		if (count == DATA_COLUMNS)
			return 0;
		if (tab)
			*tab = '\0';
		out_cells[count++] = trim(cell);
		cell = tab ? tab + 1 : NULL;
	}
	return count;
}

static int
take_row(struct reader *reader, char **headings, size_t columns, char *line,
	 data_take *take, void *user)
{
	char reason[DATA_REASON] = "it cannot be taken";
	char *cells[DATA_COLUMNS];
	size_t count = cut_cells(line, cells);

	if (!count || count > columns)
		return refuse(reader, "there are more cells than columns");
	for (size_t i = 0; i < count; i++) {
		const struct data_value value = {
			.code = headings[i],
			.key = cells[0],
			.text = cells[i],
			.reason = reason,
		};

		if (*cells[i] && !take(user, &value))
			return refuse(reader, "%s: %s", headings[i], reason);
	}
	return 0;
}

int
data_read_table(const char *path, data_take *take, void *user,
		struct data_error *error)
{
	const char *slash = strrchr(path, '/');
	struct reader reader = {
		.name = slash ? slash + 1 : path,
		.error = error,
	};
	char *headings[DATA_COLUMNS];
	size_t columns = 0;
	char *text = NULL;
	char *line;
	ssize_t size = read_file(path, DATA_TABLE_LIMIT, &text, error);
	int rc = size < 0 ? (int)size : 0;

	reader.rest = text;
	if (!rc && (line = next_line(&reader)))
		columns = cut_cells(line, headings);
	if (!rc && !columns)
		rc = refuse(&reader, "no line names the columns");
	while (!rc && (line = next_line(&reader)))
		rc = take_row(&reader, headings, columns, line, take, user);
	free(text);
	return rc;
}

bool
data_next_phrase(const char **at, struct docket_bytes *out_phrase)
{
	const char *start = *at + strspn(*at, "; ");
	size_t size = strcspn(start, ";");

	*at = start + size;
	while (size > 0 && start[size - 1] == ' ')
		size--;
	*out_phrase = (struct docket_bytes){ start, size };
	return size > 0;
}
