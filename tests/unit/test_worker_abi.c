/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_abi.c - descriptors of old, new and wrong plugins */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi.h"

struct self {
	int64_t number;
	const char *word;
};

static const struct docket_option options[] = {
	{
		.name = "number",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct self, number),
		.fallback = "7",
		.minimum = 1,
		.maximum = 9,
	},
	{
		.name = "word",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct self, word),
		.fallback = "",
	},
	{ .name = NULL },
};

static enum docket_status
parse(void *self, struct docket_job *job)
{
	(void)self;
	(void)job;
	return DOCKET_OK;
}

static enum docket_status
put(void *self, uint64_t arrival, const struct docket_record *record)
{
	(void)self;
	(void)arrival;
	(void)record;
	return DOCKET_OK;
}

static enum docket_status
find(void *self, const struct docket_query *query, size_t limit,
     struct docket_finding *finding)
{
	(void)self;
	(void)query;
	(void)limit;
	(void)finding;
	return DOCKET_OK;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = { .types = types, .parse = parse };
static const struct docket_indexer indexer = { .put = put, .find = find };

static const struct docket_abi good_stamp = {
	DOCKET_ABI_VERSION,
	sizeof(struct docket_plugin),
	sizeof(struct docket_option),
	sizeof(struct docket_parser),
	0,
	sizeof(struct docket_indexer),
	0,
};

static const struct docket_plugin good = {
	.name = "good",
	.self_size = sizeof(struct self),
	.options = options,
	.parser = &parser,
};

static void
refuse(const struct docket_abi *stamp, const struct docket_plugin *plugin,
       const char *why)
{
	struct fault fault = { "" };
	struct abi abi;

	assert_int_equal(abi_adopt(stamp, plugin, &abi, &fault), -EINVAL);
	if (!strstr(fault.text, why))
		fail_msg("\"%s\" does not say \"%s\"", fault.text, why);
}

static void
plugin_of_today_is_taken_as_it_is(void **state)
{
	struct fault fault;
	struct abi abi;

	(void)state;
	assert_int_equal(abi_adopt(&good_stamp, &good, &abi, &fault), 0);
	assert_int_equal(abi.kind, PLUGIN_PARSER);
	assert_ptr_equal(abi.plugin.parser, &abi.parser);
	assert_ptr_equal(abi.parser.parse, parse);
	assert_string_equal(abi.plugin.version, DOCKET_VERSION);
	assert_string_equal(abi.options[1].name, "word");
	assert_null(abi.options[2].name);
	abi_fini(&abi);
}

static void
smaller_structs_are_extended_by_zeros(void **state)
{
	struct docket_abi stamp = good_stamp;
	struct docket_plugin plugin = { .name = "old", .indexer = &indexer };
	struct fault fault;
	struct abi abi;

	(void)state;
	stamp.indexer_size = offsetof(struct docket_indexer, find);
	assert_int_equal(abi_adopt(&stamp, &plugin, &abi, &fault), 0);
	assert_ptr_equal(abi.indexer.put, put);
	assert_null(abi.indexer.find);
	abi_fini(&abi);
}

static void
smaller_option_rows_are_read_at_their_own_stride(void **state)
{
	struct old_option {
		const char *name;
		enum docket_option_type type;
		size_t offset;
		const char *fallback;
		const char *summary;
	};
	static const struct old_option old[] = {
		{ "number", DOCKET_OPTION_INT, 0, "700", "" },
		{ "word", DOCKET_OPTION_STRING, 8, "x", "" },
		{ 0 },
	};
	struct docket_abi stamp = good_stamp;
	struct docket_plugin plugin = good;
	struct fault fault;
	struct abi abi;

	(void)state;
	stamp.option_size = sizeof(struct old_option);
	plugin.options = (const struct docket_option *)(const void *)old;
	assert_int_equal(abi_adopt(&stamp, &plugin, &abi, &fault), 0);
	assert_string_equal(abi.options[1].fallback, "x");
	assert_int_equal(abi.options[0].maximum, 0);
	assert_null(abi.options[2].name);
	abi_fini(&abi);
}

static void
other_version_is_refused(void **state)
{
	struct docket_abi stamp = good_stamp;

	(void)state;
	stamp.version++;
	refuse(&stamp, &good, "version 2 of the plugin interface");
}

static void
larger_struct_is_refused(void **state)
{
	struct docket_abi stamp = good_stamp;

	(void)state;
	stamp.parser_size++;
	refuse(&stamp, &good, "newer docket: its struct docket_parser");
	stamp = good_stamp;
	stamp.plugin_size++;
	refuse(&stamp, &good, "newer docket: its struct docket_plugin");
	stamp = good_stamp;
	stamp.option_size++;
	refuse(&stamp, &good, "newer docket: its struct docket_option");
}

static void
size_that_no_struct_ever_had_is_refused(void **state)
{
	struct docket_abi stamp = good_stamp;

	(void)state;
	stamp.plugin_size = offsetof(struct docket_plugin, parser);
	refuse(&stamp, &good, "docket_plugin has 80 bytes, which no docket");
	stamp.plugin_size = sizeof(struct docket_plugin) - 1;
	refuse(&stamp, &good, "which no docket had; build it again");
	stamp = good_stamp;
	stamp.parser_size = offsetof(struct docket_parser, parse);
	refuse(&stamp, &good, "docket_parser has 8 bytes");
	stamp = good_stamp;
	stamp.option_size = 8;
	refuse(&stamp, &good, "docket_option has 8 bytes");
	stamp.option_size = 0;
	refuse(&stamp, &good, "#include <docket/plugin.h>");
}

static void
kind_whose_header_was_not_included_is_refused(void **state)
{
	struct docket_abi stamp = good_stamp;

	(void)state;
	stamp.parser_size = 0;
	refuse(&stamp, &good, "#include <docket/parser.h>");
}

static void
exactly_one_kind_is_needed(void **state)
{
	struct docket_plugin plugin = good;

	(void)state;
	plugin.indexer = &indexer;
	refuse(&good_stamp, &plugin, "two kinds, parser and indexer");
	plugin.indexer = NULL;
	plugin.parser = NULL;
	refuse(&good_stamp, &plugin, "no kind");
}

static void
name_is_small_letters_digits_and_underscores(void **state)
{
	static const char *const names[] = {
		NULL,
		"",
		"Good",
		"a-b",
		"a b",
		"a/b",
		"a23456789012345678901234567890123",
	};
	struct docket_plugin plugin = good;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		plugin.name = names[i];
		refuse(&good_stamp, &plugin, "name");
	}
}

static void
required_callback_is_required(void **state)
{
	static const struct docket_parser mute = { .types = types };
	static const struct docket_parser typeless = { .parse = parse };
	struct docket_plugin plugin = good;

	(void)state;
	plugin.parser = &mute;
	refuse(&good_stamp, &plugin, "no parse callback");
	plugin.parser = &typeless;
	refuse(&good_stamp, &plugin, "no media types");
}

static void
need_that_the_kind_may_not_have_is_refused(void **state)
{
	struct docket_plugin plugin = good;

	(void)state;
	plugin.needs = DOCKET_NEED_NETWORK;
	refuse(&good_stamp, &plugin, "needs 0x1");
	plugin.needs = 1u << 20;
	refuse(&good_stamp, &plugin, "needs");
	plugin.needs = 0;
	plugin.wants = 1u << 20;
	refuse(&good_stamp, &plugin, "wants");
}

static void
option_must_lie_within_self(void **state)
{
	struct docket_option table[2] = { options[0] };
	struct docket_plugin plugin = good;

	(void)state;
	plugin.options = table;
	table[0].offset = sizeof(struct self) - 1;
	refuse(&good_stamp, &plugin, "outside its self");
	table[0].offset = SIZE_MAX;
	refuse(&good_stamp, &plugin, "outside its self");
	table[0].offset = 0;
	plugin.self_size = 0;
	refuse(&good_stamp, &plugin, "outside its self");
	plugin.self_size = sizeof(struct self);
	table[0].type = 99;
	refuse(&good_stamp, &plugin, "option number");
}

static void
option_must_have_a_default_that_is_valid(void **state)
{
	struct docket_option table[2] = { options[0] };
	struct docket_plugin plugin = good;

	(void)state;
	plugin.options = table;
	table[0].fallback = "10";
	refuse(&good_stamp, &plugin, "bad default");
}

static void
option_table_must_end(void **state)
{
	auto_free struct docket_option *table =
		mem_alloc_array(300, sizeof(*table));
	struct docket_plugin plugin = good;

	(void)state;
	for (size_t i = 0; i < 300; i++)
		table[i] = options[0];
	plugin.options = table;
	refuse(&good_stamp, &plugin, "without an end");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plugin_of_today_is_taken_as_it_is),
		cmocka_unit_test(smaller_structs_are_extended_by_zeros),
		cmocka_unit_test(
			smaller_option_rows_are_read_at_their_own_stride),
		cmocka_unit_test(other_version_is_refused),
		cmocka_unit_test(larger_struct_is_refused),
		cmocka_unit_test(size_that_no_struct_ever_had_is_refused),
		cmocka_unit_test(kind_whose_header_was_not_included_is_refused),
		cmocka_unit_test(exactly_one_kind_is_needed),
		cmocka_unit_test(name_is_small_letters_digits_and_underscores),
		cmocka_unit_test(required_callback_is_required),
		cmocka_unit_test(need_that_the_kind_may_not_have_is_refused),
		cmocka_unit_test(option_must_lie_within_self),
		cmocka_unit_test(option_must_have_a_default_that_is_valid),
		cmocka_unit_test(option_table_must_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
