/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_plugins_test.c - docket plugins test: a plugin run as docketd would
 *
 * Owns the description of the plugin and the documents while it runs. Asks
 * docket-worker, never docketd. Writes a line for each thing tried to stdout.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "log.h"
#include "trial.h"

struct test_options {
	struct argument_list settings;
	const char *query;
	int64_t deadline_ms;
	uint64_t text_limit_bytes;
	uint64_t memory_limit_bytes;
};

/* The defaults are those of docket.conf. */
static const struct argument arguments[] = {
	{ { "set", ARGUMENT_LIST, offsetof(struct test_options, settings), NULL,
	    "An option of the plugin; may be repeated", 0, 0 },
	  "KEY=VALUE" },
	{ { "query", DOCKET_OPTION_STRING, offsetof(struct test_options, query),
	    NULL,
	    "What an indexer must find the first document by;\n"
	    "without it: the longest word at its beginning",
	    0, 0 },
	  "WORDS" },
	{ { "deadline", DOCKET_OPTION_DURATION,
	    offsetof(struct test_options, deadline_ms), "60s",
	    "For each answer, or for progress towards it", 1, 86400000 },
	  "TIME" },
	{ { "text-limit", DOCKET_OPTION_SIZE,
	    offsetof(struct test_options, text_limit_bytes), "256M",
	    "Text of one document", 1, 512 << 20 },
	  "SIZE" },
	{ { "memory-limit", DOCKET_OPTION_SIZE,
	    offsetof(struct test_options, memory_limit_bytes), "1G",
	    "Memory of a reader; 0: no limit", 0, -1 },
	  "SIZE" },
	{ { 0 }, NULL },
};

/* For annotators and indexers, where no document is given. */
static const char example[] =
	"Lettre datée du 10 octobre 2003 (A/58/444, 2003-10-10)\n"
	"\n"
	"The Security Council condemns terrorism in all its forms.\n"
	"\n"
	"Le Conseil de sécurité condamne le terrorisme sous toutes ses "
	"formes.\n";

static const struct kind {
	int (*try)(struct trial *trial);
	bool needs_documents;
	bool is_found_by_name; /* of its file, by docket parse */
} kinds[] = {
	[PLUGIN_PARSER] = { trial_parser, true, true },
	[PLUGIN_ANNOTATOR] = { trial_annotator, false, true },
	[PLUGIN_INDEXER] = { trial_indexer, false, false },
	[PLUGIN_NOTIFIER] = { trial_notifier, false, false },
};

static int
refuse_usage(const char *what, const char *why)
{
	log_error("plugins test: %s %s; see docket help plugins test", what,
		  why);
	return FAULT_EXIT_USAGE;
}

static int
check_settings(const struct argument_list *settings)
{
	for (size_t i = 0; i < settings->count; i++)
		if (!strchr(settings->values[i], '='))
			return refuse_usage(settings->values[i],
					    "is no KEY=VALUE");
	return 0;
}

/* docketd takes every file in the plugin folder, docket parse does not. */
static void
note_name(struct trial *trial)
{
	const struct message_description *about = &trial->plugin->about;
	auto_free char *wanted =
		mem_format("%s_%.*s.so", description_kind_name(about->kind),
			   (int)about->name.size, about->name.data);
	const char *slash = strrchr(trial->path, '/');

	if (kinds[about->kind].is_found_by_name &&
	    strcmp(slash ? slash + 1 : trial->path, wanted) != 0)
		trial_say(trial, TRIAL_NOTE,
			  "call the file %s, or docket parse does not find it",
			  wanted);
}

static int
try_plugin(struct trial *trial)
{
	int code;

	note_name(trial);
	code = kinds[trial->plugin->about.kind].try(trial);
	if (code)
		return code;
	return trial->wrong_count ? EXIT_FAILURE : 0;
}

/* The documents, or the example. Those that are open are closed by the caller. */
static int
open_documents(const struct call *call, struct source *sources,
	       size_t *out_count)
{
	int code = 0;

	*out_count = 0;
	if (call->operand_count == 1) {
		code = source_hold("the example", bytes_of("example.txt"),
				   bytes_of(example), &sources[0]);
		*out_count = code ? 0 : 1;
	}
	for (size_t i = 1; code == 0 && i < call->operand_count; i++) {
		code = source_open(call->operands[i], &sources[i - 1]);
		*out_count = code ? i - 1 : i;
	}
	return code;
}

static int
try_with_documents(const struct call *call,
		   const struct description *description)
{
	const struct test_options *options = call->options;
	auto_free struct source *sources =
		mem_alloc_array(call->operand_count, sizeof(*sources));
	struct trial trial = {
		.out = call->out,
		.path = call->operands[0],
		.plugin = description,
		.settings = &options->settings,
		.query = options->query,
		.deadline_ms = options->deadline_ms,
		.text_limit_bytes = options->text_limit_bytes,
		.memory_limit_bytes = options->memory_limit_bytes,
		.documents = sources,
	};
	int code = open_documents(call, sources, &trial.document_count);

	if (code == 0)
		code = try_plugin(&trial);
	for (size_t i = 0; i < trial.document_count; i++)
		source_close(&sources[i]);
	return code;
}

static int
run_test(const struct call *call)
{
	const struct test_options *options = call->options;
	struct description description;
	struct fault fault = { "" };
	int code = check_settings(&options->settings);

	if (code)
		return code;
	code = description_read(call->operands[0], &description, &fault);
	if (code) {
		log_error("%s", fault.text);
		return code;
	}
	if (call->operand_count == 1 &&
	    kinds[description.about.kind].needs_documents)
		code = refuse_usage(call->operands[0],
				    "is a parser, which needs a DOCUMENT to "
				    "read");
	else
		code = try_with_documents(call, &description);
	description_fini(&description);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "Nothing is wrong" },
	{ 1, "Something is, or the plugin is refused" },
	{ 0, NULL },
};

const struct command cmd_plugins_test = {
	.name = "plugins test",
	.operands = "FILE.so [DOCUMENT...]",
	.summary = "Run a plugin as docketd would, and try what it must stand",
	.text = "The plugin runs in a docket-worker with the limits that "
		"docketd sets.\n"
		"Each line is a thing tried: ok, WRONG, or a note.\n"
		"\n"
		"A parser reads each DOCUMENT: whole, again, in a fresh "
		"process, empty,\n"
		"cut, spoiled, and past the limit of text. An annotator "
		"does the same\n"
		"behind the installed parsers; what it adds is shown. An "
		"indexer takes\n"
		"the documents in a folder of its own: put, commit, find, "
		"killed, closed,\n"
		"resume, remove. A notifier is told an event of each of its "
		"topics.",
	.arguments = arguments,
	.options_size = sizeof(struct test_options),
	.operands_min = 1,
	.operands_max = SIZE_MAX,
	.codes = codes,
	.run = run_test,
};
