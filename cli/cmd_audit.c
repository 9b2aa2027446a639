/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_audit.c - docket audit: does everything that came in account for itself?
 *
 * Writes a table or a JSON object a line to stdout.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "command.h"
#include "escape.h"
#include "render.h"
#include "table.h"
#include "talk.h"

struct audit_options {
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct audit_options, wants_json), NULL,
	    "One JSON object an account", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

static const struct table_column columns[] = {
	{ "WHERE", 0, false }, { "COUNT", 0, true },  { "", 0, false },
	{ "WHAT", 0, false },  { "WHICH", 0, false }, { NULL, 0, false },
};

struct accounts {
	const struct call *call;
	struct table table;
};

static int
put_row(struct table *table, const struct message_account *account)
{
	auto_buffer struct buffer where = { 0 };
	auto_buffer struct buffer count = { 0 };
	bool is_wrong = account->is_wrong != 0;

	buffer_put_bytes(&where, account->part);
	if (account->subject.size > 0)
		buffer_put_string(&where, " ");
	buffer_put_bytes(&where, account->subject);
	buffer_format(&count, "%" PRIu64, account->count);
	table_put(table, buffer_bytes(&where), PRINT_PLAIN);
	table_put(table, buffer_bytes(&count),
		  is_wrong ? PRINT_BAD : PRINT_PLAIN);
	table_put(table, bytes_of(is_wrong ? "!" : ""), PRINT_BAD);
	table_put(table, account->what, is_wrong ? PRINT_BAD : PRINT_PLAIN);
	return table_put(table, account->detail, PRINT_PLAIN);
}

/* A name may be of any bytes. */
static void
put_detail(struct json *json, struct docket_bytes detail)
{
	auto_buffer struct buffer base64 = { 0 };
	bool is_text = escape_is_utf8(detail);

	if (!is_text)
		escape_put_base64(&base64, detail);
	render_known(json, "detail",
		     is_text ? detail : (struct docket_bytes){ NULL, 0 });
	render_known(json, "detail_base64", buffer_bytes(&base64));
}

static void
put_object(struct buffer *out, const struct message_account *account)
{
	struct json json;

	json_init(&json, out);
	json_begin_object(&json);
	json_member(&json, "part", account->part);
	render_known(&json, "subject", account->subject);
	json_member(&json, "what", account->what);
	json_key(&json, "count");
	json_uint(&json, account->count);
	json_key(&json, "wrong");
	json_bool(&json, account->is_wrong != 0);
	put_detail(&json, account->detail);
	json_end_object(&json);
	buffer_put_string(out, "\n");
}

static int
take_row(void *owner, const struct frame *row)
{
	struct accounts *accounts = owner;
	const struct audit_options *options = accounts->call->options;
	struct message_account account;
	int code = talk_decode(row, MESSAGE_ACCOUNT, &account);

	if (code)
		return code;
	if (!options->wants_json)
		return put_row(&accounts->table, &account);
	put_object(&accounts->call->out->text, &account);
	return output_pass(accounts->call->out);
}

static int
run_audit(const struct call *call)
{
	struct accounts accounts = { .call = call };
	int code;
	int print_code;

	table_init(&accounts.table, call->out, columns);
	code = talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_AUDIT,
		.is_patient = true,
		.needs_row = true,
		.take_row = take_row,
		.owner = &accounts,
	});
	print_code = table_finish(&accounts.table);
	table_fini(&accounts.table);
	return code ? code : print_code;
}

static const struct command_code codes[] = {
	{ 0, "The accounts balance" },
	{ 1, "They do not, or docketd refuses" },
	{ 0, NULL },
};

const struct command cmd_audit = {
	.name = "audit",
	.operands = "",
	.summary = "Does everything that came in account for itself?",
	.text = "Goes through inboxes, spools, journal and store while docketd "
		"works on:\n"
		"every file in a spool has a claim or a row, every row its "
		"bytes and its\n"
		"events, no stream a hole. What is wrong is marked with ! and "
		"named.\n"
		"Spare bytes are left by copies that a crash broke off; they "
		"harm nobody.",
	.arguments = arguments,
	.options_size = sizeof(struct audit_options),
	.codes = codes,
	.run = run_audit,
};
