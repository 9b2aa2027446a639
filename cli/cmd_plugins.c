/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_plugins.c - docket plugins: what can be read, indexed and told
 *
 * Owns what is known of plugins that could be installed. Writes a table or a JSON
 * object a line to stdout.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "description.h"
#include "offer.h"
#include "place.h"
#include "render.h"
#include "table.h"
#include "talk.h"

struct plugins_options {
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct plugins_options, wants_json), NULL,
	    "One JSON object a plugin", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

static const struct table_column columns[] = {
	{ "NAME", 24, false }, { "KIND", 0, false },  { "VERSION", 16, false },
	{ "STATE", 0, false }, { "TYPES", 0, false }, { NULL, 0, false },
};

struct listing {
	const struct call *call;
	struct table table;
	struct offers offers; /* of docket's own that need a library */
	bool *is_there;	      /* one an offer */
};

static enum print_style
get_style(struct docket_bytes state)
{
	if (bytes_equal(state, bytes_of("loaded")))
		return PRINT_GOOD;
	return bytes_equal(state, bytes_of("refused")) ? PRINT_BAD : PRINT_DIM;
}

/* One that did not load has no name but its file's. */
static struct docket_bytes
get_name(const struct message_plugin_row *row)
{
	struct docket_bytes path = row->path;
	const char *slash;

	if (row->description.name.size > 0 || path.size == 0)
		return row->description.name;
	slash = memrchr(path.data, '/', path.size);
	if (slash) {
		path.size -= (size_t)(slash + 1 - path.data);
		path.data = slash + 1;
	}
	return path;
}

/* Lines, with spaces between them; or why it is refused. */
static void
put_types(struct buffer *out, const struct message_plugin_row *row)
{
	struct docket_bytes types = row->description.types;

	if (row->detail.size > 0)
		print_prose(out, row->detail);
	else if (types.size > 0)
		print_prose(out, types);
	else
		print_prose(out, row->description.summary);
}

static int
put_row(struct table *table, const struct message_plugin_row *row)
{
	/* 0 is the kind of a plugin that would not load. */
	const char *kind = description_kind_name(row->description.kind);
	auto_buffer struct buffer types = { 0 };
	auto_buffer struct buffer kinds = { 0 };

	put_types(&types, row);
	table_put(table, get_name(row), PRINT_PLAIN);
	buffer_format(&kinds, row->is_program ? "exec %s" : "%s",
		      kind ? kind : "-");
	table_put(table, buffer_bytes(&kinds), PRINT_PLAIN);
	table_put(table, row->description.version, PRINT_PLAIN);
	table_put(table, row->state, get_style(row->state));
	return table_put(table, buffer_bytes(&types), PRINT_PLAIN);
}

static void
put_type_array(struct json *json, struct docket_bytes types)
{
	struct docket_bytes type;

	json_key(json, "types");
	json_begin_array(json);
	while (description_next_line(&types, &type))
		json_string(json, type);
	json_end_array(json);
}

static int
put_json(struct output *out, const struct message_plugin_row *row)
{
	struct json json;

	json_init(&json, &out->text);
	json_begin_object(&json);
	render_known(&json, "name", get_name(row));
	json_key(&json, "kind");
	json_text(&json, description_kind_name(row->description.kind));
	if (row->is_program) {
		json_key(&json, "exec");
		json_bool(&json, true);
	}
	render_known(&json, "version", row->description.version);
	render_known(&json, "state", row->state);
	render_known(&json, "summary", row->description.summary);
	put_type_array(&json, row->description.types);
	render_known(&json, "path", row->path);
	render_known(&json, "detail", row->detail);
	json_end_object(&json);
	buffer_put_string(&out->text, "\n");
	return output_pass(out);
}

/* ---- what could be there ---- */

/* "/x/parser_pdf.so" is the offer parser_pdf. */
static void
note_offer(struct listing *listing, struct docket_bytes path)
{
	const char *slash =
		path.size ? memrchr(path.data, '/', path.size) : NULL;
	struct docket_bytes stem = path;

	if (slash) {
		stem.size -= (size_t)(slash + 1 - path.data);
		stem.data = slash + 1;
	}
	if (stem.size > 3)
		stem.size -= 3;
	for (size_t i = 0; i < listing->offers.count; i++)
		if (bytes_equal(bytes_of(listing->offers.rows[i].name), stem))
			listing->is_there[i] = true;
}

static int
put_absent_json(struct output *out, const struct offer *offer, const char *cure)
{
	struct docket_bytes types = bytes_of(offer->types);
	struct json json;

	json_init(&json, &out->text);
	json_begin_object(&json);
	json_member(&json, "name", bytes_of(offer->name));
	json_member(&json, "state", bytes_of("absent"));
	json_member(&json, "summary", bytes_of(offer->summary));
	json_key(&json, "types");
	json_begin_array(&json);
	while (types.size > 0) {
		const char *blank = memchr(types.data, ' ', types.size);
		size_t size = blank ? (size_t)(blank - types.data) : types.size;

		json_string(&json, (struct docket_bytes){ types.data, size });
		types.data += blank ? size + 1 : size;
		types.size -= blank ? size + 1 : size;
	}
	json_end_array(&json);
	json_member(&json, "detail", bytes_of(cure));
	json_end_object(&json);
	buffer_put_string(&out->text, "\n");
	return output_pass(out);
}

static int
put_absent(struct listing *listing, const struct offer *offer)
{
	const struct plugins_options *options = listing->call->options;
	struct table *table = &listing->table;
	auto_free char *cure =
		mem_format("%s: apt-get install %s, then build docket again",
			   offer->summary, offer->packages);

	if (options->wants_json)
		return put_absent_json(listing->call->out, offer, cure);
	table_put(table, bytes_of(offer->name), PRINT_DIM);
	table_put(table, bytes_of("-"), PRINT_DIM);
	table_put(table, bytes_of(""), PRINT_DIM);
	table_put(table, bytes_of("absent"), PRINT_DIM);
	return table_put(table, bytes_of(cure), PRINT_DIM);
}

static int
put_all_absent(struct listing *listing)
{
	int code = 0;

	for (size_t i = 0; code == 0 && i < listing->offers.count; i++)
		if (!listing->is_there[i])
			code = put_absent(listing, &listing->offers.rows[i]);
	return code;
}

/* ---- what is there ---- */

static int
take_row(void *owner, const struct frame *frame)
{
	struct listing *listing = owner;
	const struct plugins_options *options = listing->call->options;
	struct message_plugin_row row;
	int code = talk_decode(frame, MESSAGE_PLUGIN_ROW, &row);

	if (code)
		return code;
	note_offer(listing, row.path);
	if (options->wants_json)
		return put_json(listing->call->out, &row);
	return put_row(&listing->table, &row);
}

static int
run_plugins(const struct call *call)
{
	struct listing listing = { .call = call };
	struct place place;
	int code;

	place_init(&place);
	offers_load(&listing.offers, place.data);
	place_fini(&place);
	listing.is_there =
		mem_alloc_array(listing.offers.count + 1, sizeof(bool));
	table_init(&listing.table, call->out, columns);
	code = talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_PLUGINS,
		.take_row = take_row,
		.owner = &listing,
	});
	if (code == 0)
		code = put_all_absent(&listing);
	if (code == 0)
		code = table_finish(&listing.table);
	table_fini(&listing.table);
	offers_fini(&listing.offers);
	free(listing.is_there);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "Listed; a plugin that was refused is no error here" },
	{ 1, "docketd refuses; it says why" },
	{ 0, NULL },
};

const struct command cmd_plugins = {
	.name = "plugins",
	.operands = "",
	.summary = "What can be read, indexed and told, and what was refused",
	.text = "The plugins that docketd found, with the media types or "
		"topics they\n"
		"declare. One that was refused has the reason there instead; "
		"one of\n"
		"docket's own that is absent has what it needs. A file that "
		"docketd has\n"
		"not got yet is looked at by docket plugins describe.",
	.arguments = arguments,
	.options_size = sizeof(struct plugins_options),
	.codes = codes,
	.run = run_plugins,
};
