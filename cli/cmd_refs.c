/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_refs.c - docket refs: what a document cites, what cites it, what it is
 *
 * Writes to stdout what the registry has tied to an arrival.
 */
#include <inttypes.h>

#include "command.h"
#include "document.h"
#include "render.h"
#include "table.h"
#include "talk.h"

struct refs_options {
	bool wants_cited_by;
	bool wants_related;
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "cited-by", DOCKET_OPTION_BOOL,
	    offsetof(struct refs_options, wants_cited_by), NULL,
	    "Instead: who cites it", 0, 0 },
	  NULL },
	{ { "related", DOCKET_OPTION_BOOL,
	    offsetof(struct refs_options, wants_related), NULL,
	    "Instead: its language versions, corrigenda and other\n"
	    "renditions",
	    0, 0 },
	  NULL },
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct refs_options, wants_json), NULL,
	    "One JSON object a line", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

static const struct table_column columns[] = {
	{ "RELATION", 24, false }, { "SYMBOL", 32, false },
	{ "NUMBER", 0, true },	   { "LANGUAGE", 0, false },
	{ "NAME", 0, false },	   { NULL, 0, false },
};

struct refs {
	const struct call *call;
	struct table table;
};

static void
print_json(struct output *out, const struct message_relation *relation,
	   const struct arrival *other)
{
	struct json json;

	json_init(&json, &out->text);
	json_begin_object(&json);
	json_member(&json, "relation", relation->relation);
	render_known(&json, "symbol", relation->symbol);
	json_key(&json, "arrival");
	if (other->number > 0)
		json_uint(&json, other->number);
	else
		json_null(&json);
	render_known(&json, "language", other->language);
	render_known(&json, "title", other->title);
	arrival_put_name(&json, other->name);
	json_end_object(&json);
	buffer_put_string(&out->text, "\n");
}

/* What is cited and has not arrived has no number yet. */
static int
print_row(struct table *table, const struct message_relation *relation,
	  const struct arrival *other)
{
	auto_buffer struct buffer number = { 0 };
	enum print_style style = other->number > 0 ? PRINT_PLAIN : PRINT_DIM;

	if (other->number > 0)
		buffer_format(&number, "%" PRIu64, other->number);
	else
		buffer_put_string(&number, "-");
	table_put(table, relation->relation, style);
	table_put(table, relation->symbol, style);
	table_put(table, buffer_bytes(&number), style);
	table_put(table, other->language, style);
	return table_put(table, other->name, style);
}

static int
take_row(void *owner, const struct frame *row)
{
	struct refs *refs = owner;
	const struct refs_options *options = refs->call->options;
	struct message_relation relation;
	struct arrival other = { .number = 0 };
	int code = talk_decode(row, MESSAGE_RELATION, &relation);

	if (code == 0 && relation.other.size > 0)
		code = talk_decode_arrival(relation.other, &other);
	if (code)
		return code;
	if (!options->wants_json)
		return print_row(&refs->table, &relation, &other);
	print_json(refs->call->out, &relation, &other);
	return output_pass(refs->call->out);
}

static int
run_refs(const struct call *call)
{
	const struct refs_options *options = call->options;
	struct refs refs = { .call = call };
	struct message_refs message = { .which = REFS_CITES };
	struct document_name name;
	int code = document_parse_name(call->operands[0], &name);

	if (code)
		return code;
	message.arrival = name.document.arrival;
	message.digest = name.document.digest;
	if (options->wants_cited_by)
		message.which = REFS_CITED_BY;
	if (options->wants_related)
		message.which = REFS_RELATED;
	table_init(&refs.table, call->out, columns);
	code = talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_REFS,
		.message = &message,
		.take_row = take_row,
		.owner = &refs,
	});
	if (code == 0)
		code = table_finish(&refs.table);
	table_fini(&refs.table);
	return code ? code : output_flush(call->out);
}

static const struct command_code codes[] = {
	{ 0, "Shown, even if there is nothing" },
	{ 1, "There is no such arrival; or refused" },
	{ 0, NULL },
};

const struct command cmd_refs = {
	.name = "refs",
	.operands = "ID",
	.summary = "What a document cites, and what cites it",
	.text = "Each symbol that the document cites, with the number of the "
		"arrival\n"
		"in its inbox that has it; - where none has arrived yet.",
	.arguments = arguments,
	.options_size = sizeof(struct refs_options),
	.operands_min = 1,
	.operands_max = 1,
	.codes = codes,
	.run = run_refs,
};
