/* SPDX-License-Identifier: Apache-2.0 */
/*
 * help.c - what docket says about itself, all of it out of the tables
 *
 * Owns the sentences that hold for every verb. Writes to stdout.
 */
#include "help.h"

#include <string.h>

#include "fault.h"
#include "print.h"

#define TERM_COLUMNS 22 /* "  --deadline TIME     " */

const struct argument help_globals[] = {
	{ { "state", DOCKET_OPTION_STRING, offsetof(struct help_globals, state),
	    NULL,
	    "Talk to the docketd that was started with --state DIR.\n"
	    "Without it: the system's, at /run/docket/control.sock",
	    0, 0 },
	  "DIR" },
	{ { "version", DOCKET_OPTION_BOOL,
	    offsetof(struct help_globals, wants_version), NULL,
	    "Print the version", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

/* What every verb may end with; its own codes stand before them. */
static const struct command_code codes[] = {
	{ FAULT_EXIT_USAGE, "The command line is wrong" },
	{ FAULT_EXIT_UNAVAILABLE, "docketd does not answer, or not yet" },
	{ FAULT_EXIT_SOFTWARE, "A fault of docket itself" },
	{ FAULT_EXIT_IO, "Reading or writing failed" },
	{ FAULT_EXIT_CONFIG, "docket is not set up as it must be" },
	{ 0, NULL },
};

static const char sentence_no[] =
	"The answer is no: not there, not read, not taken";

static void
put_heading(struct output *out, const char *heading)
{
	print_style(out, PRINT_BOLD);
	buffer_put_string(&out->text, heading);
	print_style(out, PRINT_PLAIN);
	buffer_put_string(&out->text, "\n");
}

/* "  term      meaning"; further lines of the meaning stand below it. */
static void
put_term(struct output *out, const char *term, const char *meaning)
{
	struct buffer *text = &out->text;
	const char *end = strchrnul(meaning, '\n');

	buffer_format(text, "  %-*s", TERM_COLUMNS - 2, term);
	if (strlen(term) > TERM_COLUMNS - 3) {
		buffer_put_string(text, "\n");
		print_spaces(text, TERM_COLUMNS);
	}
	for (;;) {
		buffer_put(text, meaning, (size_t)(end - meaning));
		buffer_put_string(text, "\n");
		if (*end == 0)
			return;
		print_spaces(text, TERM_COLUMNS);
		meaning = end + 1;
		end = strchrnul(meaning, '\n');
	}
}

static void
put_option_name(struct buffer *out, const struct argument *row)
{
	const char *name = row->option.name;

	buffer_format(out, "%s%s", name[1] ? "--" : "-", name);
	if (row->value)
		buffer_format(out, " %s", row->value);
}

static void
put_option(struct output *out, const struct argument *row)
{
	auto_buffer struct buffer term = { 0 };
	auto_buffer struct buffer meaning = { 0 };

	put_option_name(&term, row);
	buffer_put_string(&meaning, row->option.summary);
	if (row->option.fallback)
		buffer_format(&meaning, " (default %s)", row->option.fallback);
	buffer_put(&term, "", 1);
	buffer_put(&meaning, "", 1);
	put_term(out, term.data, meaning.data);
}

static void
put_options(struct output *out, const struct argument *table)
{
	for (const struct argument *row = table; row->option.name; row++)
		put_option(out, row);
	put_term(out, "--help", "Print this");
}

static void
put_code(struct output *out, int code, const char *meaning)
{
	auto_free char *term = mem_format("%d", code);

	put_term(out, term, meaning);
}

static void
put_codes(struct output *out, const struct command_code *table)
{
	for (; table->meaning; table++)
		put_code(out, table->code, table->meaning);
}

static bool
has_code(const struct command_code *table, int code)
{
	while (table->meaning && table->code != code)
		table++;
	return table->meaning;
}

/* A line that is broken before column 78, where a word would pass that. */
struct usage {
	struct buffer *text;
	size_t begin; /* of the line at hand, in text */
	size_t indent;
};

static void
put_usage_word(struct usage *usage, const struct buffer *word)
{
	if (usage->text->size - usage->begin + word->size > 76) {
		buffer_put_string(usage->text, "\n");
		usage->begin = usage->text->size;
		print_spaces(usage->text, usage->indent);
	}
	buffer_put_string(usage->text, " ");
	buffer_put_bytes(usage->text, buffer_bytes(word));
}

/* "Usage: docket [--state DIR] get [-o FILE] ID" */
static void
put_usage(struct output *out, const struct command *command)
{
	struct usage usage = { .text = &out->text, .begin = out->text.size };
	auto_buffer struct buffer operands = { 0 };

	buffer_format(usage.text, "Usage: docket [--state DIR] %s",
		      command->name);
	usage.indent = usage.text->size - usage.begin;
	for (const struct argument *row = command->arguments; row->option.name;
	     row++) {
		auto_buffer struct buffer word = { 0 };

		buffer_put_string(&word, "[");
		put_option_name(&word, row);
		buffer_put_string(&word, "]");
		put_usage_word(&usage, &word);
	}
	buffer_put_string(&operands, command->operands);
	if (operands.size > 0)
		put_usage_word(&usage, &operands);
	buffer_put_string(usage.text, "\n\n");
}

int
help_print_command(struct output *out, const struct command *command)
{
	struct buffer *text = &out->text;

	buffer_format(text, "docket %s - %s\n\n", command->name,
		      command->summary);
	put_usage(out, command);
	buffer_format(text, "%s\n\n", command->text);
	put_heading(out, "Options");
	put_options(out, command->arguments);
	buffer_put_string(text, "\n");
	put_heading(out, "Exit codes");
	put_codes(out, command->codes);
	for (const struct command_code *row = codes; row->meaning; row++)
		if (!has_code(command->codes, row->code))
			put_code(out, row->code, row->meaning);
	return output_flush(out);
}

static void
put_commands(struct output *out)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++) {
		auto_free char *term =
			mem_format("%s %s", command->name, command->operands);

		put_term(out, term, command->summary);
	}
	put_term(out, "help [VERB]", "What a verb does, its options and codes");
}

int
help_print_all(struct output *out)
{
	buffer_put_string(&out->text,
			  "docket - a registry office in a folder\n\n"
			  "Usage: docket [--state DIR] VERB [OPTIONS] [WORDS]\n"
			  "\n");
	put_heading(out, "Verbs");
	put_commands(out);
	buffer_put_string(&out->text, "\n");
	put_heading(out, "Options, before the verb");
	put_options(out, help_globals);
	buffer_put_string(&out->text, "\n");
	put_heading(out, "Exit codes");
	put_code(out, 0, "Done");
	put_code(out, 1, sentence_no);
	put_codes(out, codes);
	return output_flush(out);
}
