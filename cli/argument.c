/* SPDX-License-Identifier: Apache-2.0 */
/*
 * argument.c - words of a command line, taken apart by a table
 *
 * Reads nothing but the words and the table, owns nothing.
 */
#include "argument.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The words still to be read, and where they go. */
struct scan {
	const struct argument *table;
	enum argument_mode mode;
	char *const *words;
	size_t count;
	size_t at;
	void *target;
	struct argument_rest *rest;
};

/* A word that begins as an option does. */
struct spelling {
	const char *dashes; /* as typed: "-" or "--" */
	const char *name;
	size_t name_size;
	const char *value; /* behind '=' or the letter; NULL if none is */
};

static struct spelling
spell(const char *word)
{
	const char *name = word + (word[1] == '-' ? 2 : 1);
	struct spelling spelling = { .name = name };

	if (word[1] == '-') {
		spelling.dashes = "--";
		spelling.name_size = strcspn(name, "=");
		if (name[spelling.name_size])
			spelling.value = name + spelling.name_size + 1;
	} else {
		spelling.dashes = "-";
		spelling.name_size = 1;
		if (name[1])
			spelling.value = name + 1;
	}
	return spelling;
}

/* One letter goes with one dash, longer names with two. */
static const struct argument *
find_option(const struct argument *table, const struct spelling *spelling)
{
	bool is_short = spelling->dashes[1] == 0;

	for (const struct argument *row = table; row->option.name; row++) {
		size_t size = strlen(row->option.name);

		if (size == spelling->name_size && (size == 1) == is_short &&
		    memcmp(row->option.name, spelling->name, size) == 0)
			return row;
	}
	return NULL;
}

static bool
is_option(const struct scan *scan, const char *word)
{
	struct spelling spelling;

	if (word[0] != '-' || word[1] == 0)
		return false;
	if (!(scan->mode & ARGUMENT_DASH_WORDS) || word[1] == '-')
		return true;
	spelling = spell(word);
	return find_option(scan->table, &spelling) != NULL;
}

/* The option's value: in its own word, or the next one. */
static int
find_value(struct scan *scan, const struct argument *row,
	   struct spelling *spelling, struct fault *fault)
{
	if (spelling->value)
		return 0;
	if (row->option.type == DOCKET_OPTION_BOOL) {
		spelling->value = "yes";
		return 0;
	}
	if (scan->at == scan->count)
		return fault_set(fault, -EINVAL, "%s%s needs a value: %s",
				 spelling->dashes, row->option.name,
				 row->value);
	spelling->value = scan->words[scan->at++];
	return 0;
}

static struct argument_list *
get_list(const struct argument *row, void *target)
{
	return (void *)((char *)target + row->option.offset);
}

static void
append(struct argument_list *list, const char *value)
{
	list->values = mem_grow_array(list->values, list->count,
				      &list->capacity, sizeof(*list->values));
	list->values[list->count++] = value;
}

static int
take_option(struct scan *scan, const char *word, struct fault *fault)
{
	struct spelling spelling = spell(word);
	const struct argument *row = find_option(scan->table, &spelling);
	int error;

	if (!row && strcmp(word, "--help") == 0) {
		scan->rest->wants_help = true;
		return 0;
	}
	if (!row)
		return fault_set(fault, -EINVAL, "there is no option %s%.*s",
				 spelling.dashes, (int)spelling.name_size,
				 spelling.name);
	error = find_value(scan, row, &spelling, fault);
	if (error)
		return error;
	if (row->option.type != ARGUMENT_LIST)
		return option_set(&row->option, scan->target, spelling.value,
				  fault);
	append(get_list(row, scan->target), spelling.value);
	return 0;
}

static void
take_operands(struct scan *scan, size_t count)
{
	memcpy(scan->rest->operands + scan->rest->count, scan->words + scan->at,
	       count * sizeof(*scan->words));
	scan->rest->count += count;
	scan->at += count;
}

static int
take_word(struct scan *scan, struct fault *fault)
{
	const char *word = scan->words[scan->at];

	if (strcmp(word, "--") == 0) {
		scan->at++;
		take_operands(scan, scan->count - scan->at);
		return 0;
	}
	if (is_option(scan, word)) {
		scan->at++;
		return take_option(scan, word, fault);
	}
	if (scan->mode & ARGUMENT_FIRST)
		take_operands(scan, scan->count - scan->at);
	else
		take_operands(scan, 1);
	return 0;
}

static int
set_fallbacks(const struct argument *table, void *target, struct fault *fault)
{
	for (const struct argument *row = table; row->option.name; row++) {
		int error = 0;

		if (row->option.fallback)
			error = option_set(&row->option, target,
					   row->option.fallback, fault);
		if (error)
			return error;
	}
	return 0;
}

int
argument_parse(const struct argument *table, enum argument_mode mode,
	       char *const *words, size_t count, void *target,
	       struct argument_rest *out_rest, struct fault *fault)
{
	struct scan scan = {
		.table = table,
		.mode = mode,
		.words = words,
		.count = count,
		.target = target,
		.rest = out_rest,
	};
	int error = set_fallbacks(table, target, fault);

	*out_rest = (struct argument_rest){
		.operands = mem_alloc_array(count + 1, sizeof(char *)),
	};
	while (error == 0 && scan.at < scan.count)
		error = take_word(&scan, fault);
	return error;
}

void
argument_fini(const struct argument *table, void *target)
{
	for (const struct argument *row = table; row->option.name; row++) {
		const struct docket_option only[] = { row->option, { 0 } };

		if (row->option.type == ARGUMENT_LIST)
			free(get_list(row, target)->values);
		else
			option_fini(only, target);
	}
}
