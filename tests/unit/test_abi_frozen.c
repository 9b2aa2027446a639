/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_abi_frozen.c - the plugin interface of today against that of version 1
 *
 * What a plugin was built with stays where it was; structs that it lays out may
 * grow at their end only, structs that cross by value or without a size not at
 * all. Whoever has to change this file breaks the plugins in people's folders:
 * that takes another DOCKET_ABI_VERSION.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <docket/annotator.h>
#include <docket/indexer.h>
#include <docket/notifier.h>

#include "../abi/abi_1.h"

#define SAME_PLACE(type, member)                                 \
	assert_int_equal(offsetof(struct docket_##type, member), \
			 offsetof(struct abi1_##type, member))
#define SAME_SIZE(type)                                \
	assert_int_equal(sizeof(struct docket_##type), \
			 sizeof(struct abi1_##type))

static void
version_is_that_of_the_frozen_one(void **state)
{
	(void)state;
	assert_int_equal(DOCKET_ABI_VERSION, ABI1_VERSION);
	assert_int_equal(sizeof(struct docket_abi), sizeof(struct abi1_stamp));
	assert_int_equal(offsetof(struct docket_abi, notifier_size),
			 offsetof(struct abi1_stamp, notifier_size));
}

static void
members_of_the_descriptor_stay_where_they_are(void **state)
{
	(void)state;
	SAME_PLACE(plugin, name);
	SAME_PLACE(plugin, version);
	SAME_PLACE(plugin, summary);
	SAME_PLACE(plugin, needs);
	SAME_PLACE(plugin, wants);
	SAME_PLACE(plugin, data);
	SAME_PLACE(plugin, self_size);
	SAME_PLACE(plugin, options);
	SAME_PLACE(plugin, prepare);
	SAME_PLACE(plugin, open);
	SAME_PLACE(plugin, close);
	SAME_PLACE(plugin, parser);
	SAME_PLACE(plugin, annotator);
	SAME_PLACE(plugin, indexer);
	SAME_PLACE(plugin, notifier);
}

static void
members_of_options_and_kinds_stay_where_they_are(void **state)
{
	(void)state;
	SAME_PLACE(option, name);
	SAME_PLACE(option, type);
	SAME_PLACE(option, offset);
	SAME_PLACE(option, fallback);
	SAME_PLACE(option, summary);
	SAME_PLACE(option, minimum);
	SAME_PLACE(option, maximum);
	SAME_PLACE(parser, types);
	SAME_PLACE(parser, parse);
	SAME_PLACE(annotator, annotate);
	SAME_PLACE(annotator, order);
	SAME_PLACE(indexer, resume);
	SAME_PLACE(indexer, put);
	SAME_PLACE(indexer, remove);
	SAME_PLACE(indexer, commit);
	SAME_PLACE(indexer, find);
	SAME_PLACE(notifier, topics);
	SAME_PLACE(notifier, notify);
}

/* A plugin makes them, or gets them by value, and tells no size. */
static void
structs_without_a_size_are_as_large_as_they_were(void **state)
{
	(void)state;
	SAME_SIZE(bytes);
	SAME_SIZE(part);
	SAME_PLACE(part, anchor);
	SAME_SIZE(block);
	SAME_PLACE(block, page);
	SAME_PLACE(block, language);
	SAME_SIZE(mark);
	SAME_PLACE(mark, uri);
	SAME_SIZE(clause);
	SAME_PLACE(clause, is_prefix);
	SAME_PLACE(event, topic);
	SAME_PLACE(event, json);
}

static void
numbers_mean_what_they_meant(void **state)
{
	(void)state;
	assert_int_equal(DOCKET_BROKEN, ABI1_BROKEN);
	assert_int_equal(DOCKET_OPTION_BOOL, ABI1_BOOL);
	assert_int_equal(DOCKET_NEED_THREADS, ABI1_NEED_THREADS);
	assert_int_equal(DOCKET_WANT_TOKENS, ABI1_WANT_TOKENS);
	assert_int_equal(DOCKET_FIELD_AGENDA_ITEM, ABI1_FIELD_AGENDA_ITEM);
	assert_int_equal(DOCKET_FIELD_WARNING, ABI1_FIELD_WARNING);
	assert_int_equal(DOCKET_PART_ANNEX, ABI1_PART_ANNEX);
	assert_int_equal(DOCKET_BLOCK_LINE, ABI1_BLOCK_LINE);
	assert_int_equal(DOCKET_ROLE_OPERATIVE, ABI1_ROLE_OPERATIVE);
	assert_int_equal(DOCKET_MARK_ACTION, ABI1_MARK_ACTION);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(version_is_that_of_the_frozen_one),
		cmocka_unit_test(members_of_the_descriptor_stay_where_they_are),
		cmocka_unit_test(
			members_of_options_and_kinds_stay_where_they_are),
		cmocka_unit_test(
			structs_without_a_size_are_as_large_as_they_were),
		cmocka_unit_test(numbers_mean_what_they_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
