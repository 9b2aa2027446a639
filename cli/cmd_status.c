/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cmd_status.c - docket status: how docketd is, fact by fact
 *
 * Facts have dotted names. For people those with one beginning stand together;
 * in JSON each dot is an object within an object. Owns the facts while it runs.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "json.h"
#include "print.h"
#include "talk.h"

struct status_options {
	bool wants_json;
};

static const struct argument arguments[] = {
	{ { "json", DOCKET_OPTION_BOOL,
	    offsetof(struct status_options, wants_json), NULL,
	    "One JSON object, nested by the dots of the names", 0, 0 },
	  NULL },
	{ { 0 }, NULL },
};

struct fact {
	char *name;
	char *value;
};

struct facts {
	struct fact *items;
	size_t count;
	size_t capacity;
};

static void
free_facts(struct facts *facts)
{
	for (size_t i = 0; i < facts->count; i++) {
		free(facts->items[i].name);
		free(facts->items[i].value);
	}
	free(facts->items);
}

static char *
copy_string(struct docket_bytes bytes)
{
	return mem_format("%.*s", (int)bytes.size,
			  bytes.size ? bytes.data : "");
}

static int
take_row(void *owner, const struct frame *row)
{
	struct facts *facts = owner;
	struct message_fact fact;
	int code = talk_decode(row, MESSAGE_FACT, &fact);

	if (code)
		return code;
	facts->items = mem_grow_array(facts->items, facts->count,
				      &facts->capacity, sizeof(struct fact));
	facts->items[facts->count++] = (struct fact){
		.name = copy_string(fact.name),
		.value = copy_string(fact.value),
	};
	return 0;
}

/* ---- JSON ---- */

/* Dots sort before all else, so the members of an object stand together. */
static int
rank(char character)
{
	if (character == '.')
		return 1;
	return character ? (unsigned char)character + 1 : 0;
}

static int
compare_names(const void *a, const void *b)
{
	const char *x = ((const struct fact *)a)->name;
	const char *y = ((const struct fact *)b)->name;

	while (*x && *x == *y) {
		x++;
		y++;
	}
	return rank(*x) - rank(*y);
}

/* A whole number, written as one would; anything else is a string. */
static bool
is_number(const char *value)
{
	size_t size = strlen(value);

	return size > 0 && size < 16 && strspn(value, "0123456789") == size &&
	       (size == 1 || value[0] != '0');
}

static void
put_value(struct json *json, const char *value)
{
	if (is_number(value))
		json_uint(json, strtoull(value, NULL, 10));
	else
		json_text(json, value);
}

static size_t put_object(struct json *json, const struct facts *facts,
			 size_t first, size_t prefix);

/* The member that the first fact begins; returns the fact behind it. */
static size_t
put_member(struct json *json, const struct facts *facts, size_t first,
	   size_t prefix)
{
	const struct fact *fact = &facts->items[first];
	const char *rest = fact->name + prefix;
	size_t size = strcspn(rest, ".");
	auto_free char *key = mem_format("%.*s", (int)size, rest);

	json_key(json, key);
	if (rest[size] == '.')
		return put_object(json, facts, first, prefix + size + 1);
	put_value(json, fact->value);
	return first + 1;
}

/* All facts whose names agree with the first one's up to prefix. */
static size_t
put_object(struct json *json, const struct facts *facts, size_t first,
	   size_t prefix)
{
	const char *name = facts->items[first].name;
	size_t at = first;

	json_begin_object(json);
	while (at < facts->count &&
	       strncmp(facts->items[at].name, name, prefix) == 0)
		at = put_member(json, facts, at, prefix);
	json_end_object(json);
	return at;
}

static void
print_json(struct output *out, struct facts *facts)
{
	struct json json;

	json_init(&json, &out->text);
	if (facts->count == 0) {
		json_begin_object(&json);
		json_end_object(&json);
	} else {
		qsort(facts->items, facts->count, sizeof(struct fact),
		      compare_names);
		put_object(&json, facts, 0, 0);
	}
	buffer_put_string(&out->text, "\n");
}

/* ---- for people ---- */

/* "inbox.letters" of "inbox.letters.waiting" */
static struct docket_bytes
get_group(const struct fact *fact)
{
	const char *dot = strrchr(fact->name, '.');

	return (struct docket_bytes){ fact->name,
				      dot ? (size_t)(dot - fact->name) : 0 };
}

static void
print_heading(struct output *out, struct docket_bytes group)
{
	auto_buffer struct buffer words = { 0 };

	for (size_t i = 0; i < group.size; i++)
		buffer_put(&words, group.data[i] == '.' ? " " : group.data + i,
			   1);
	if (out->text.size > 0)
		buffer_put_string(&out->text, "\n");
	print_style(out, PRINT_BOLD);
	print_prose(&out->text, buffer_bytes(&words));
	print_style(out, PRINT_PLAIN);
	buffer_put_string(&out->text, "\n");
}

static void
print_facts(struct output *out, const struct facts *facts)
{
	struct docket_bytes group = { NULL, 0 };

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *fact = &facts->items[i];
		struct docket_bytes next = get_group(fact);
		auto_free char *label = NULL;

		if (next.size > 0 && !bytes_equal(group, next))
			print_heading(out, next);
		group = next;
		label = mem_format("%s%s", next.size > 0 ? "  " : "",
				   fact->name + next.size + (next.size > 0));
		print_field(out, label, bytes_of(fact->value));
	}
}

static int
run_status(const struct call *call)
{
	const struct status_options *options = call->options;
	struct facts facts = { 0 };
	int code = talk_ask(&(struct talk){
		.state = call->state,
		.type = MESSAGE_STATUS,
		.take_row = take_row,
		.owner = &facts,
	});

	if (code == 0 && options->wants_json)
		print_json(call->out, &facts);
	else if (code == 0)
		print_facts(call->out, &facts);
	free_facts(&facts);
	return code;
}

static const struct command_code codes[] = {
	{ 0, "docketd answered" },
	{ 1, "docketd refuses; it says why" },
	{ 0, NULL },
};

const struct command cmd_status = {
	.name = "status",
	.operands = "",
	.summary = "How docketd is, what waits and what is set aside",
	.text = "The facts docketd tells about itself, its inboxes, workers "
		"and\n"
		"followers. In JSON whole numbers are numbers, the rest is "
		"strings.",
	.arguments = arguments,
	.options_size = sizeof(struct status_options),
	.codes = codes,
	.run = run_status,
};
