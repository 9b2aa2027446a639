/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_symbol.c - document symbols as keys
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "symbol.h"

/* All keys, each followed by "|". */
static void
expect_keys(const char *symbol, const char *wanted)
{
	auto_buffer struct buffer keys = { 0 };
	auto_buffer struct buffer key = { 0 };
	size_t at = 0;

	while (key.size = 0, symbol_next(bytes_of(symbol), &at, &key)) {
		buffer_put_bytes(&keys, buffer_bytes(&key));
		buffer_put_string(&keys, "|");
	}
	buffer_put(&keys, "", 1);
	assert_string_equal(keys.data, wanted);
}

static void
double_symbol_has_two_keys(void **state)
{
	(void)state;
	expect_keys("A/58/444-S/2003/987", "A/58/444|S/2003/987|");
	expect_keys("A/58/444", "A/58/444|");
}

static void
hyphen_within_a_symbol_does_not_part_it(void **state)
{
	(void)state;
	expect_keys("A/S-27/2", "A/S-27/2|");
	expect_keys("A/RES/ES-10/14", "A/RES/ES-10/14|");
}

static void
blanks_are_single(void **state)
{
	(void)state;
	expect_keys(" S/RES/1373  (2001) ", "S/RES/1373 (2001)|");
	expect_keys("", "");
	expect_keys("-", "-|");
}

static void
modifier_tells_what_a_document_changes(void **state)
{
	static const struct {
		const char *key;
		const char *base;
		enum symbol_change change;
	} cases[] = {
		{ "A/58/444", "A/58/444", SYMBOL_PLAIN },
		{ "A/58/444/Corr.1", "A/58/444", SYMBOL_CORRIGENDUM },
		{ "E/2004/52/Add.2/Rev.1", "E/2004/52/Add.2", SYMBOL_REVISION },
		{ "A/58/444/Add.1", "A/58/444", SYMBOL_ADDENDUM },
		{ "A/58/444/Summary", "A/58/444", SYMBOL_SUMMARY },
		{ "/Add.1", "/Add.1", SYMBOL_PLAIN },
		{ "", "", SYMBOL_PLAIN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct docket_bytes base;

		assert_int_equal(symbol_split(bytes_of(cases[i].key), &base),
				 cases[i].change);
		assert_true(bytes_equal(base, bytes_of(cases[i].base)));
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(double_symbol_has_two_keys),
		cmocka_unit_test(hyphen_within_a_symbol_does_not_part_it),
		cmocka_unit_test(blanks_are_single),
		cmocka_unit_test(modifier_tells_what_a_document_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
