/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_plugins_describe.c - docket plugins describe: what plugin files declare
 *
 * Asks docket-worker, never docketd. Writes lines or a JSON object a file to
 * stdout, and why a file is refused to stderr.
 */
#include <stdlib.h>

#include "command.h"
#include "description.h"
#include "log.h"
#include "option.h"
#include "render.h"
#include "table.h"

struct describe_options {
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct describe_options, wants_json), NULL,
	    "One JSON object a plugin", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

/* What the lines of a kind are called; the others have none. */
static const char *const line_labels[] = {
	[PLUGIN_PARSER] = "types",
	[PLUGIN_ANNOTATOR] = NULL,
	[PLUGIN_INDEXER] = NULL,
	[PLUGIN_NOTIFIER] = "topics",
};

/* A mask of bits, and the name of each. */
struct flags {
	const char *label;
	uint32_t mask;
	const char *(*get_name)(uint32_t mask, size_t index);
};

/* ---- options ---- */

/* Only numbers have limits, whatever else says that it has. */
static bool
is_number(const struct message_described_option *option)
{
	return option->type == DOCKET_OPTION_INT ||
	       option->type == DOCKET_OPTION_SIZE ||
	       option->type == DOCKET_OPTION_DURATION;
}

/* The limits of an option; both 0 is none, and so is a maximum below. */
static bool
has_minimum(const struct message_described_option *option)
{
	return is_number(option) && (option->minimum || option->maximum);
}

static bool
has_maximum(const struct message_described_option *option)
{
	return has_minimum(option) && option->maximum >= option->minimum;
}

/* A number as it would be written in the configuration. */
static void
put_number(struct buffer *out, const struct message_described_option *option,
	   int64_t number)
{
	struct docket_option row = {
		.type = (enum docket_option_type)option->type,
	};

	option_put(out, &row, &number);
}

static void
put_limits(struct buffer *out, const struct message_described_option *option)
{
	if (has_maximum(option)) {
		put_number(out, option, option->minimum);
		buffer_put_string(out, " to ");
		put_number(out, option, option->maximum);
	} else if (has_minimum(option)) {
		buffer_put_string(out, "at least ");
		put_number(out, option, option->minimum);
	}
}

static int
print_options(struct output *out, const struct description *description)
{
	static const struct table_column columns[] = {
		{ "OPTION", 32, false },  { "TYPE", 0, false },
		{ "DEFAULT", 24, false }, { "LIMITS", 24, false },
		{ "SUMMARY", 0, false },  { NULL, 0, false },
	};
	struct table table;
	int code;

	table_init(&table, out, columns);
	for (size_t i = 0; i < description->option_count; i++) {
		const struct message_described_option *option =
			&description->options[i];
		auto_buffer struct buffer limits = { 0 };

		put_limits(&limits, option);
		table_put(&table, option->name, PRINT_BOLD);
		table_put(&table,
			  bytes_of(option_type_name(
				  (enum docket_option_type)option->type)),
			  PRINT_PLAIN);
		table_put(&table, option->fallback, PRINT_PLAIN);
		table_put(&table, buffer_bytes(&limits), PRINT_PLAIN);
		table_put(&table, option->summary, PRINT_PLAIN);
	}
	code = table_finish(&table);
	table_fini(&table);
	return code;
}

/* ---- for people ---- */

static void
print_flags(struct output *out, const struct flags *flags)
{
	auto_buffer struct buffer names = { 0 };
	const char *name;

	for (size_t i = 0; (name = flags->get_name(flags->mask, i)); i++)
		buffer_format(&names, "%s%s", i ? " " : "", name);
	print_field(out, flags->label, buffer_bytes(&names));
}

static void
print_lines(struct output *out, const struct message_description *about)
{
	auto_buffer struct buffer lines = { 0 };

	if (about->types.size > 0)
		print_prose(&lines, about->types);
	else
		buffer_put_string(&lines, "all");
	print_field(out, line_labels[about->kind], buffer_bytes(&lines));
}

static int
print_description(struct output *out, const struct description *description)
{
	const struct message_description *about = &description->about;
	const struct flags needs = { "needs", about->needs,
				     description_need_name };
	const struct flags wants = { "wants", about->wants,
				     description_want_name };

	print_field(out, "name", about->name);
	print_field(out, "kind", bytes_of(description_kind_name(about->kind)));
	print_field(out, "version", about->version);
	print_field(out, "summary", about->summary);
	print_flags(out, &needs);
	print_flags(out, &wants);
	if (line_labels[about->kind])
		print_lines(out, about);
	if (description->option_count > 0)
		buffer_put_string(&out->text, "\n");
	return print_options(out, description);
}

/* ---- for programs ---- */

static void
put_flags(struct json *json, const struct flags *flags)
{
	const char *name;

	json_key(json, flags->label);
	json_begin_array(json);
	for (size_t i = 0; (name = flags->get_name(flags->mask, i)); i++)
		json_text(json, name);
	json_end_array(json);
}

static void
put_lines(struct json *json, const struct message_description *about)
{
	struct docket_bytes lines = about->types;
	struct docket_bytes line;

	json_key(json, line_labels[about->kind]);
	json_begin_array(json);
	while (description_next_line(&lines, &line))
		json_string(json, line);
	json_end_array(json);
}

/* A limit, written as the option would be; null where there is none. */
static void
put_limit(struct json *json, const char *key, bool is_there,
	  const struct message_described_option *option, int64_t number)
{
	auto_buffer struct buffer text = { 0 };

	if (is_there)
		put_number(&text, option, number);
	render_known(json, key, buffer_bytes(&text));
}

static void
put_option(struct json *json, const struct message_described_option *option)
{
	json_begin_object(json);
	json_member(json, "name", option->name);
	json_key(json, "type");
	json_text(json,
		  option_type_name((enum docket_option_type)option->type));
	json_member(json, "default", option->fallback);
	put_limit(json, "minimum", has_minimum(option), option,
		  option->minimum);
	put_limit(json, "maximum", has_maximum(option), option,
		  option->maximum);
	render_known(json, "summary", option->summary);
	json_end_object(json);
}

static int
put_description(struct output *out, const struct description *description,
		const char *path)
{
	const struct message_description *about = &description->about;
	struct json json;

	json_init(&json, &out->text);
	json_begin_object(&json);
	json_member(&json, "name", about->name);
	json_key(&json, "kind");
	json_text(&json, description_kind_name(about->kind));
	render_known(&json, "version", about->version);
	render_known(&json, "summary", about->summary);
	put_flags(&json, &(struct flags){ "needs", about->needs,
					  description_need_name });
	put_flags(&json, &(struct flags){ "wants", about->wants,
					  description_want_name });
	if (line_labels[about->kind])
		put_lines(&json, about);
	json_key(&json, "options");
	json_begin_array(&json);
	for (size_t i = 0; i < description->option_count; i++)
		put_option(&json, &description->options[i]);
	json_end_array(&json);
	json_member(&json, "path", bytes_of(path));
	json_end_object(&json);
	buffer_put_string(&out->text, "\n");
	return output_pass(out);
}

/* ---- the verb ---- */

static int
describe(const struct call *call, size_t index)
{
	const struct describe_options *options = call->options;
	const char *path = call->operands[index];
	struct description description;
	struct fault fault = { "" };
	int code = description_read(path, &description, &fault);

	if (code) {
		log_error("%s", fault.text);
		return code;
	}
	if (options->wants_json) {
		code = put_description(call->out, &description, path);
	} else {
		if (index > 0)
			buffer_put_string(&call->out->text, "\n");
		code = print_description(call->out, &description);
	}
	description_fini(&description);
	return code;
}

/* One that is refused does not keep the others from being described. */
static int
run_describe(const struct call *call)
{
	int result = 0;

	for (size_t i = 0; i < call->operand_count; i++) {
		int code = describe(call, i);

		if (code)
			result = code;
		if (code > EXIT_FAILURE)
			break;
	}
	return result;
}

static const struct command_code codes[] = {
	{ 0, "Every file is a plugin for this docket" },
	{ 1, "A file is refused, and why is said; others are described" },
	{ 0, NULL },
};

const struct command cmd_plugins_describe = {
	.name = "plugins describe",
	.operands = "FILE.so...",
	.summary = "What plugin files declare, or why they are refused",
	.text = "Name, kind, media types or topics, and the options that "
		"[plugin NAME]\n"
		"of docket.conf may set. The files are loaded by a process of "
		"their own,\n"
		"which ends with them; they need not be installed.",
	.arguments = arguments,
	.options_size = sizeof(struct describe_options),
	.operands_min = 1,
	.operands_max = SIZE_MAX,
	.codes = codes,
	.run = run_describe,
};
