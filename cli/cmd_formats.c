/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_formats.c - docket formats: what is read here, and by which plugin
 *
 * Asks docketd, or where none answers docket-worker about each plugin that is
 * installed. Owns the rows until they are sorted. Writes a table or a JSON object
 * a line to stdout.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "description.h"
#include "log.h"
#include "place.h"
#include "render.h"
#include "table.h"
#include "talk.h"

struct formats_options {
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct formats_options, wants_json), NULL,
	    "One JSON object a type", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

/* How a parser reads its documents. */
static const struct host {
	const char *word;
	const char *phrase;
} hosts[] = {
	{ "shared", "with others" },
	{ "process", "a process each" },
	{ "program", "a program each" },
};

struct format {
	char *type; /* or a pattern of names */
	char *plugin;
	char *version;
	const struct host *host;
};

struct formats {
	struct format *rows;
	size_t count, capacity;
};

static char *
dup_bytes(struct docket_bytes bytes)
{
	return mem_format("%.*s", (int)bytes.size,
			  bytes.data ? bytes.data : "");
}

static const struct host *
find_host(const struct message_description *about, bool is_program)
{
	if (is_program)
		return &hosts[2];
	return &hosts[about->needs & DOCKET_NEED_PROCESS ? 1 : 0];
}

static void
add_parser(struct formats *formats, const struct message_description *about,
	   bool is_program)
{
	struct docket_bytes lines = about->types;
	struct docket_bytes line;

	while (about->kind == PLUGIN_PARSER &&
	       description_next_line(&lines, &line)) {
		formats->rows = mem_grow_array(formats->rows, formats->count,
					       &formats->capacity,
					       sizeof(formats->rows[0]));
		formats->rows[formats->count++] = (struct format){
			.type = dup_bytes(line),
			.plugin = dup_bytes(about->name),
			.version = dup_bytes(about->version),
			.host = find_host(about, is_program),
		};
	}
}

static void
formats_fini(struct formats *formats)
{
	for (size_t i = 0; i < formats->count; i++) {
		free(formats->rows[i].type);
		free(formats->rows[i].plugin);
		free(formats->rows[i].version);
	}
	free(formats->rows);
}

/* ---- where they come from ---- */

static int
take_row(void *owner, const struct frame *frame)
{
	struct message_plugin_row row;
	int code = talk_decode(frame, MESSAGE_PLUGIN_ROW, &row);

	if (code == 0 && bytes_equal(row.state, bytes_of("loaded")))
		add_parser(owner, &row.description, row.is_program);
	return code;
}

static void
add_installed(struct formats *formats, const char *path)
{
	struct description description;
	struct fault fault = { "" };

	if (description_read(path, &description, &fault)) {
		log_warning("a plugin was refused: %s", fault.text);
		return;
	}
	add_parser(formats, &description.about, false);
	description_fini(&description);
}

/* Without a docketd there is no configuration, and so no programs. */
static int
gather_installed(struct formats *formats)
{
	static const char *const prefixes[] = { "parser_", NULL };
	struct fault fault = { "" };
	struct place place;
	char **paths;
	int error;

	place_init(&place);
	error = place_list_plugins(place.plugins, prefixes, &paths, &fault);
	if (error)
		log_error("%s", fault.text);
	else
		log_notice("no docketd answers; this is what the plugins in %s "
			   "read",
			   place.plugins);
	place_fini(&place);
	if (error)
		return FAULT_EXIT_CONFIG;
	for (size_t i = 0; paths[i]; i++)
		add_installed(formats, paths[i]);
	place_free_list(paths);
	return 0;
}

static int
gather(const struct call *call, struct formats *formats)
{
	if (!call->state && !talk_is_answered(NULL))
		return gather_installed(formats);
	return talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_PLUGINS,
		.take_row = take_row,
		.owner = formats,
	});
}

/* ---- how they are shown ---- */

/* Types in order; of one type in the order in which plugins are asked. */
static int
compare(const void *a, const void *b)
{
	const struct format *one = a;
	const struct format *two = b;
	int order = strcmp(one->type, two->type);

	return order ? order : strcmp(one->plugin, two->plugin);
}

static int
print_table(struct output *out, const struct formats *formats)
{
	static const struct table_column columns[] = {
		{ "TYPE", 0, false },	  { "PLUGIN", 24, false },
		{ "VERSION", 16, false }, { "READ", 0, false },
		{ NULL, 0, false },
	};
	struct table table;
	int code;

	table_init(&table, out, columns);
	for (size_t i = 0; i < formats->count; i++) {
		const struct format *format = &formats->rows[i];

		table_put(&table, bytes_of(format->type), PRINT_BOLD);
		table_put(&table, bytes_of(format->plugin), PRINT_PLAIN);
		table_put(&table, bytes_of(format->version), PRINT_PLAIN);
		table_put(&table, bytes_of(format->host->phrase), PRINT_PLAIN);
	}
	code = table_finish(&table);
	table_fini(&table);
	return code;
}

static int
print_json(struct output *out, const struct formats *formats)
{
	for (size_t i = 0; i < formats->count; i++) {
		const struct format *format = &formats->rows[i];
		struct json json;

		json_init(&json, &out->text);
		json_begin_object(&json);
		json_member(&json, "type", bytes_of(format->type));
		json_member(&json, "plugin", bytes_of(format->plugin));
		render_known(&json, "version", bytes_of(format->version));
		json_member(&json, "readers", bytes_of(format->host->word));
		json_end_object(&json);
		buffer_put_string(&out->text, "\n");
	}
	return output_flush(out);
}

static int
run_formats(const struct call *call)
{
	const struct formats_options *options = call->options;
	struct formats formats = { 0 };
	int code = gather(call, &formats);

	if (code == 0 && formats.count > 0)
		qsort(formats.rows, formats.count, sizeof(formats.rows[0]),
		      compare);
	if (code == 0)
		code = options->wants_json ? print_json(call->out, &formats)
					   : print_table(call->out, &formats);
	formats_fini(&formats);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "Listed" },
	{ 1, "docketd refuses; it says why" },
	{ 0, NULL },
};

const struct command cmd_formats = {
	.name = "formats",
	.operands = "",
	.summary = "Which types of documents are read, and by which plugins",
	.text = "The media types that the loaded parsers read, and the "
		"patterns of names\n"
		"that programs read. Of one type the first plugin that takes "
		"a document\n"
		"reads it. Where no docketd answers it is what is installed "
		"that is\n"
		"listed; docket plugins says what could be.",
	.arguments = arguments,
	.options_size = sizeof(struct formats_options),
	.codes = codes,
	.run = run_formats,
};
