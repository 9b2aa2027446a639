/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_ask.c - which plugin is asked, and in which order */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ask.h"

static enum ask_fit
fit(const char *pattern, const char *media_type)
{
	const char *const types[] = { "x/y", pattern, NULL };
	struct docket_parser parser = { .types = types };

	return ask_fit(&parser, bytes_of(media_type));
}

static void
type_fits_itself_whatever_its_case_and_parameters(void **state)
{
	(void)state;
	assert_int_equal(fit("text/plain", "text/plain"), ASK_EXACT);
	assert_int_equal(fit("text/plain", "Text/Plain"), ASK_EXACT);
	assert_int_equal(fit("text/plain", "text/plain ; charset=koi8-r"),
			 ASK_EXACT);
	assert_int_equal(fit("text/plain", "text/plainer"), ASK_NOT);
	assert_int_equal(fit("text/plain", "text/plai"), ASK_NOT);
}

static void
family_fits_less_well_than_the_type(void **state)
{
	(void)state;
	assert_int_equal(fit("text/*", "text/csv"), ASK_FAMILY);
	assert_int_equal(fit("*/*", "text/csv"), ASK_FAMILY);
	assert_int_equal(fit("text/*", "image/png"), ASK_NOT);
	assert_int_equal(fit("text/*", "text"), ASK_NOT);
	assert_int_equal(fit("text/*", "text/"), ASK_NOT);
	assert_true(ASK_EXACT > ASK_FAMILY);
}

static void
no_type_fits_nothing(void **state)
{
	(void)state;
	assert_int_equal(fit("text/plain", ""), ASK_NOT);
	assert_int_equal(fit("*/*", ""), ASK_NOT);
}

static enum ask_fit
fit_named(const char *pattern, const char *name)
{
	const char *const types[] = { "text/calendar", NULL };
	const char *const names[] = { pattern, NULL };
	struct plugin plugin = { .abi.parser.types = types, .names = names };

	return ask_fit_job(&plugin, bytes_of("text/plain"), bytes_of(name));
}

static void
name_of_a_file_fits_better_than_any_type(void **state)
{
	(void)state;
	assert_int_equal(fit_named("*.ics", "monday.ics"), ASK_NAMED);
	assert_int_equal(fit_named("*.ics", "MONDAY.ICS"), ASK_NAMED);
	assert_int_equal(fit_named("m*.ics", "a.b/monday.ics"), ASK_NAMED);
	assert_int_equal(fit_named("*.ics", "monday.ics.txt"), ASK_NOT);
	assert_int_equal(fit_named("*.ics", ""), ASK_NOT);
	assert_int_equal(fit_named(NULL, "monday.ics"), ASK_NOT);
	assert_true(ASK_NAMED > ASK_EXACT);
}

static void
types_are_looked_for_in_a_list_with_blanks(void **state)
{
	struct docket_bytes list = bytes_of("  text/plain  image/* ");

	(void)state;
	assert_true(ask_is_listed(list, bytes_of("text/plain; charset=x")));
	assert_true(ask_is_listed(list, bytes_of("IMAGE/PNG")));
	assert_false(ask_is_listed(list, bytes_of("text/plai")));
	assert_false(ask_is_listed(list, bytes_of("text/plainer")));
	assert_false(ask_is_listed(list, bytes_of("")));
	assert_false(ask_is_listed(bytes_of(""), bytes_of("text/plain")));
}

static void
parsers_come_by_name_then_annotators_by_order(void **state)
{
	struct plugin parser_b = { .abi = { .kind = PLUGIN_PARSER,
					    .plugin = { .name = "b" } } };
	struct plugin parser_a = { .abi = { .kind = PLUGIN_PARSER,
					    .plugin = { .name = "a" } } };
	struct plugin late = { .abi = { .kind = PLUGIN_ANNOTATOR,
					.plugin = { .name = "a" },
					.annotator = { .order = 20 } } };
	struct plugin early = { .abi = { .kind = PLUGIN_ANNOTATOR,
					 .plugin = { .name = "z" },
					 .annotator = { .order = -1 } } };
	struct plugin beside = { .abi = { .kind = PLUGIN_ANNOTATOR,
					  .plugin = { .name = "b" },
					  .annotator = { .order = 20 } } };
	struct plugin *plugins[] = { &beside, &late, &parser_b, &early,
				     &parser_a };

	(void)state;
	ask_sort(plugins, ARRAY_SIZE(plugins));
	assert_ptr_equal(plugins[0], &parser_a);
	assert_ptr_equal(plugins[1], &parser_b);
	assert_ptr_equal(plugins[2], &early);
	assert_ptr_equal(plugins[3], &late);
	assert_ptr_equal(plugins[4], &beside);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			type_fits_itself_whatever_its_case_and_parameters),
		cmocka_unit_test(family_fits_less_well_than_the_type),
		cmocka_unit_test(no_type_fits_nothing),
		cmocka_unit_test(name_of_a_file_fits_better_than_any_type),
		cmocka_unit_test(types_are_looked_for_in_a_list_with_blanks),
		cmocka_unit_test(parsers_come_by_name_then_annotators_by_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
