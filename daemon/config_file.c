/* SPDX-License-Identifier: Apache-2.0 */
/*
 * config_file.c - the lines of docket.conf and conf.d, one at a time
 *
 * inih does the syntax; what it lets pass is refused here before it sees it:
 * NUL bytes, lines it would cut, folders and large files, continuation lines.
 * inih tells neither where a section begins nor, without a build option, on
 * which line it is, so the reader that feeds it counts.
 */
#include "config_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "place.h"

#define FILE_LIMIT_BYTES (64u << 10)
#define LINE_LIMIT_BYTES 190 /* inih cuts at 200, sections at 50 */
#define SECTION_LIMIT_BYTES 48

struct parse {
	struct config *config;
	const char *path;
	struct buffer text; /* of the file */
	size_t at;	    /* in text */
	unsigned line;	    /* the last one handed to inih */
	char *section;	    /* the one we are in */
	bool has_failed;
	struct fault *fault;
};

static int
fail(struct parse *parse, const char *sentence)
{
	if (!parse->has_failed)
		fault_set(parse->fault, -EINVAL, "%s:%u: %s", parse->path,
			  parse->line, sentence);
	parse->has_failed = true;
	return 0; /* inih's word for an error */
}

/* Is this a line that inih would understand as something else? */
static const char *
refuse_line(const char *line, size_t size)
{
	if (size > LINE_LIMIT_BYTES)
		return "this line is longer than 190 bytes; shorten it";
	if (memchr(line, '\0', size) != NULL)
		return "there is a NUL byte in this line; remove it";
	if (line[0] == '[' && memchr(line, ']', size) == NULL)
		return "the section has no closing ]; add it";
	if (line[0] == '[' && size > SECTION_LIMIT_BYTES)
		return "this section name is too long; 32 letters are enough";
	if ((line[0] == ' ' || line[0] == '\t') &&
	    strspn(line, " \t\r\n") != size &&
	    line[strspn(line, " \t")] != ';' &&
	    line[strspn(line, " \t")] != '#')
		return "the line is indented, which would continue the one "
		       "before; start it at the margin";
	return NULL;
}

/* Remember where, and lend it; NULL: that section or option was said before. */
static const char *
note(const struct parse *parse, const char *section, const char *option)
{
	struct config *config = parse->config;
	char *place;

	for (size_t i = 0; i < config->said_count; i++)
		if (strcmp(config->said[i].section, section) == 0 &&
		    strcmp(config->said[i].option, option) == 0)
			return NULL;
	place = mem_format("%s:%u", parse->path, parse->line);
	config->said =
		mem_grow_array(config->said, config->said_count,
			       &config->said_capacity, sizeof(*config->said));
	config->said[config->said_count++] = (struct config_said){
		.section = mem_dup_string(section),
		.option = mem_dup_string(option),
		.place = place,
	};
	return place;
}

/* The sentence of config.c, with the place before it. */
static int
pass_on(struct parse *parse)
{
	fault_prefix(parse->fault, -EINVAL, "%s:%u", parse->path, parse->line);
	parse->has_failed = true;
	return 0;
}

/* inih does not tell when a section begins, so that it may stay empty. */
static int
begin_section(struct parse *parse, const char *start, size_t size)
{
	const char *end = memchr(start, ']', size);
	struct config_line line = { 0 };

	free(parse->section);
	parse->section = mem_format("%.*s", (int)(end - start - 1), start + 1);
	line.section = parse->section;
	line.place = note(parse, line.section, "");
	if (!line.place)
		return fail(parse, "this section was there before; join them");
	if (config_take_section(parse->config, &line, parse->fault) < 0)
		return pass_on(parse);
	return 1;
}

/* fgets for inih, over text that was checked, counting lines. */
static char *
read_line(char *out, int room, void *stream)
{
	struct parse *parse = stream;
	const char *start = parse->text.data + parse->at;
	size_t left = parse->text.size - parse->at;
	const char *end, *refusal;
	size_t size;

	if (left == 0 || parse->has_failed)
		return NULL;
	end = memchr(start, '\n', left);
	size = end != NULL ? (size_t)(end - start) + 1 : left;
	parse->line++;
	parse->at += size;
	refusal = refuse_line(start, size);
	if (refusal == NULL && size >= (size_t)room)
		refusal = "this line is too long; shorten it";
	if (refusal != NULL) {
		fail(parse, refusal);
		return NULL;
	}
	if (start[0] == '[' && begin_section(parse, start, size) == 0)
		return NULL;
	memcpy(out, start, size);
	out[size] = '\0';
	return out;
}

static int
on_pair(void *user, const char *section, const char *key, const char *value)
{
	struct parse *parse = user;
	struct config_line line = { NULL, section, key, value };

	if (parse->has_failed)
		return 0;
	if (*section == '\0')
		return fail(parse, "an option outside of a section; put "
				   "[daemon] or another above it");
	if (*key == '\0')
		return fail(parse, "there is no name before the =");
	line.place = note(parse, section, key);
	if (!line.place)
		return fail(parse, "this option was given before; remove one");
	if (config_take_line(parse->config, &line, parse->fault) < 0)
		return pass_on(parse);
	return 1;
}

static int
read_whole(struct parse *parse)
{
	auto_fd int fd =
		open(parse->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat meta;
	ssize_t size;

	if (fd < 0)
		return fault_set_errno(parse->fault, -errno, "%s", parse->path);
	if (fstat(fd, &meta) < 0 || !S_ISREG(meta.st_mode))
		return fault_set(parse->fault, -EINVAL,
				 "%s:1: this is not a regular file",
				 parse->path);
	if (meta.st_size > FILE_LIMIT_BYTES)
		return fault_set(parse->fault, -EINVAL,
				 "%s:1: the file is larger than 64 KiB; is it "
				 "the right one?",
				 parse->path);
	if (meta.st_mode & S_IWOTH)
		return fault_set(parse->fault, -EINVAL,
				 "%s:1: anybody may write to this file; "
				 "chmod o-w it",
				 parse->path);
	while ((size = read(fd, buffer_reserve(&parse->text, 4096), 4096)) > 0)
		parse->text.size += (size_t)size;
	if (size < 0)
		return fault_set_errno(parse->fault, -errno, "%s", parse->path);
	return 0;
}

static int
parse_file(struct parse *parse, const char *path)
{
	int status, line;

	parse->path = path;
	parse->line = 0;
	parse->at = 0;
	parse->text.size = 0;
	free(take(parse->section));
	status = read_whole(parse);
	if (status < 0)
		return status;
	line = ini_parse_stream(read_line, parse, on_pair, parse);
	if (line > 0 && !parse->has_failed) {
		parse->line = (unsigned)line;
		fail(parse, "this is neither [section] nor name = value");
	}
	return parse->has_failed ? -EINVAL : 0;
}

static int
is_conf(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);

	return size > 5 && entry->d_name[0] != '.' &&
	       strcmp(entry->d_name + size - 5, ".conf") == 0;
}

/* conf.d beside the file, in the order of names; it need not be there. */
static int
parse_folder(struct parse *parse, const char *file)
{
	const char *slash = strrchr(file, '/');
	int length = slash != NULL ? (int)(slash - file) : 1;
	auto_free char *folder =
		mem_format("%.*s/conf.d", length, slash != NULL ? file : ".");
	struct dirent **entries;
	int count, status = 0;

	count = scandir(folder, &entries, is_conf, alphasort);
	if (count < 0)
		return errno == ENOENT ? 0
				       : fault_set_errno(parse->fault, -errno,
							 "%s", folder);
	for (int i = 0; i < count; i++) {
		auto_free char *path =
			mem_format("%s/%s", folder, entries[i]->d_name);

		if (status == 0)
			status = parse_file(parse, path);
		free(entries[i]);
	}
	free(entries);
	return status;
}

int
config_file_read(struct config *config, const struct config_request *request,
		 struct fault *fault)
{
	struct parse parse = { .config = config, .fault = fault };
	struct place place;
	int status = 0;

	place_init(&place);
	if (request->file != NULL || request->state == NULL) {
		const char *file =
			request->file != NULL ? request->file : place.config;

		status = parse_file(&parse, file);
		if (status == 0)
			status = parse_folder(&parse, file);
	}
	place_fini(&place);
	free(parse.section);
	buffer_fini(&parse.text);
	return status;
}
