/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program.c - a program that is a plugin: what [plugin NAME] says of it
 *
 * Owns nothing. Looks at the program's file, and runs nothing.
 */
#include "program.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMBER(member) offsetof(struct program, member)
#define BLANKS " \t\n"

const struct docket_option program_options[] = {
	{ "exec", DOCKET_OPTION_STRING, MEMBER(exec), "",
	  "the program, by its absolute path, and its arguments", 0, 0 },
	{ "kind", DOCKET_OPTION_STRING, MEMBER(kind), "", "parser or notifier",
	  0, 0 },
	{ "types", DOCKET_OPTION_STRING, MEMBER(types), "",
	  "media types that a parser reads", 0, 0 },
	{ "names", DOCKET_OPTION_STRING, MEMBER(names), "",
	  "names of files that it reads whatever their type: shell patterns", 0,
	  0 },
	{ "output", DOCKET_OPTION_STRING, MEMBER(output), "text",
	  "what a parser writes: text or json", 0, 0 },
	{ "topics", DOCKET_OPTION_STRING, MEMBER(topics), "",
	  "prefixes of topics that a notifier is told; empty: all", 0, 0 },
	{ "deadline", DOCKET_OPTION_DURATION, MEMBER(deadline_ms), "60s",
	  "for one document or event", 100, 86400000 },
	{ "memory_limit", DOCKET_OPTION_SIZE, MEMBER(memory_limit_bytes),
	  "512M", "data segment of each of its processes; 0: none", 0, 0 },
	{ "output_limit", DOCKET_OPTION_SIZE, MEMBER(output_limit_bytes), "64M",
	  "what a parser may write about one document", 1024, 512 << 20 },
	{ "processes", DOCKET_OPTION_INT, MEMBER(processes), "64",
	  "processes and threads that it may be at a time", 1, 10000 },
	{ .name = NULL },
};

bool
program_is_parser(const struct program *program)
{
	return strcmp(program->kind, "parser") == 0;
}

bool
program_puts_json(const struct program *program)
{
	return strcmp(program->output, "json") == 0;
}

char **
program_split(const char *list)
{
	size_t size = strlen(list) + 1;
	size_t count = size / 2 + 1; /* a word and a blank are two bytes */
	char **words = mem_alloc(count * sizeof(words[0]) + size);
	char *copy = (char *)(words + count);
	char *rest = NULL;
	size_t at = 0;

	memcpy(copy, list, size);
	for (char *word = strtok_r(copy, BLANKS, &rest); word != NULL;
	     word = strtok_r(NULL, BLANKS, &rest))
		words[at++] = word;
	return words;
}

static bool
is_empty(const char *list)
{
	return list[strspn(list, BLANKS)] == '\0';
}

/* ---- one check for each option; each sentence ends with the cure ---- */

/* As for a plugin's file: nobody may put another program in its place. */
static int
check_file(const char *path, struct fault *fault)
{
	struct stat file;

	if (stat(path, &file) < 0)
		return fault_set(fault, -EINVAL,
				 "exec: %s: %s; put the program there or "
				 "correct the path",
				 path, strerror(errno));
	if (!S_ISREG(file.st_mode))
		return fault_set(fault, -EINVAL,
				 "exec: %s is not a regular file; name the "
				 "program itself",
				 path);
	if (eaccess(path, X_OK) < 0)
		return fault_set(fault, -EINVAL,
				 "exec: docket's user may not execute %s; "
				 "chmod a+rx it",
				 path);
	if (file.st_mode & S_IWOTH)
		return fault_set(fault, -EINVAL,
				 "exec: anybody may write to %s; chmod o-w it",
				 path);
	if (file.st_uid != 0 && file.st_uid != geteuid())
		return fault_set(fault, -EINVAL,
				 "exec: %s belongs to user %u, who is neither "
				 "root nor docket's; chown root it",
				 path, file.st_uid);
	return 0;
}

static int
check_exec(const struct program *program, struct fault *fault)
{
	auto_free char **words = program_split(program->exec);

	if (words[0] == NULL || words[0][0] != '/')
		return fault_set(fault, -EINVAL,
				 "exec: \"%s\" does not begin with an absolute "
				 "path; write /usr/... or the like",
				 program->exec);
	return check_file(words[0], fault);
}

static int
check_kind(const struct program *program, struct fault *fault)
{
	if (program_is_parser(program) ||
	    strcmp(program->kind, "notifier") == 0)
		return 0;
	return fault_set(fault, -EINVAL,
			 "kind: \"%s\" is not what a program can be; say "
			 "kind = parser or kind = notifier",
			 program->kind);
}

/* "text/calendar", "image/(star)". */
static bool
is_media_type(const char *type)
{
	static const char token[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789!#$&-^_.+";
	size_t main_size = strspn(type, token);
	const char *rest = type + main_size;

	if (main_size == 0 || *rest++ != '/')
		return false;
	return strcmp(rest, "*") == 0 ||
	       (*rest != '\0' && rest[strspn(rest, token)] == '\0');
}

static int
check_types(const struct program *program, struct fault *fault)
{
	auto_free char **words = program_split(program->types);

	if (!program_is_parser(program) && words[0] != NULL)
		return fault_set(fault, -EINVAL,
				 "types: a notifier reads no documents; remove "
				 "it, or say topics");
	if (program_is_parser(program) && words[0] == NULL &&
	    is_empty(program->names))
		return fault_set(fault, -EINVAL,
				 "a parser needs something to read; add types "
				 "= TYPE/SUBTYPE... or names = *.SUFFIX...");
	for (size_t i = 0; words[i] != NULL; i++)
		if (!is_media_type(words[i]))
			return fault_set(fault, -EINVAL,
					 "types: \"%s\" is not a media type; "
					 "write text/calendar or the like, "
					 "with blanks between them",
					 words[i]);
	return 0;
}

static int
check_names(const struct program *program, struct fault *fault)
{
	if (program_is_parser(program) || is_empty(program->names))
		return 0;
	return fault_set(fault, -EINVAL,
			 "names: a notifier reads no documents; remove it");
}

static int
check_output(const struct program *program, struct fault *fault)
{
	if (program_puts_json(program) || strcmp(program->output, "text") == 0)
		return 0;
	return fault_set(fault, -EINVAL,
			 "output: \"%s\" is unknown; say text or json",
			 program->output);
}

static int
check_topics(const struct program *program, struct fault *fault)
{
	if (!program_is_parser(program) || is_empty(program->topics))
		return 0;
	return fault_set(fault, -EINVAL,
			 "topics: a parser is told no events; remove it");
}

int
program_check(const struct program *program, const char **out_option,
	      struct fault *fault)
{
	static const struct {
		const char *option;
		int (*check)(const struct program *, struct fault *);
	} checks[] = {
		{ "exec", check_exec },	    { "kind", check_kind },
		{ "types", check_types },   { "names", check_names },
		{ "output", check_output }, { "topics", check_topics },
	};

	for (size_t i = 0; i < ARRAY_SIZE(checks); i++) {
		int rc = checks[i].check(program, fault);

		if (rc < 0) {
			*out_option = checks[i].option;
			return rc;
		}
	}
	return 0;
}
