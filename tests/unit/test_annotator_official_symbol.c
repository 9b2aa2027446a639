/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_official_symbol.c - symbols and job numbers on covers */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../plugins/annotator_official/symbol.h"
#include "mem.h"

static void
assert_symbol(const char *text, const char *expected)
{
	struct docket_bytes symbol = { 0 };
	size_t at = 0;

	assert_int_equal(symbol_read(bytes_of(text), &at, &symbol),
			 expected != NULL);
	if (expected)
		assert_true(bytes_equal(symbol, bytes_of(expected)));
}

static void
symbols_of_all_families_are_read_whole(void **state)
{
	static const char *const symbols[] = {
		"A/58/444",
		"A/C.3/70/L.41",
		"S/AC.37/2005/(1455)/19",
		"A/RES/1767 (XVII)",
		"S/RES/1373 (2001)",
		"GEGN.2/2023/103/CRP.103",
		"A/S-27/2",
		"ECE/AGAT/2020/INF.1",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(symbols); i++)
		assert_symbol(symbols[i], symbols[i]);
}

static void
a_double_symbol_is_two(void **state)
{
	(void)state;
	assert_symbol("A/58/444-S/2003/987", "A/58/444");
	assert_symbol("A/79/812–S/2025/177", "A/79/812");
	assert_true(symbol_is_all(bytes_of("A/79/812–S/2025/177")));
	assert_true(symbol_is_all(bytes_of("A/HRC/11/16*")));
}

static void
words_are_no_symbols(void **state)
{
	(void)state;
	assert_symbol("and/or", NULL);
	assert_symbol("A/B", NULL);
	assert_symbol("12/3/2004", NULL);
	assert_symbol("REDOCUMENTED/1", NULL);
	assert_false(symbol_is_all(bytes_of("see A/58/444")));
	assert_false(symbol_is_all(bytes_of("")));
}

static void
job_numbers_end_with_their_language(void **state)
{
	(void)state;
	assert_int_equal(symbol_read_job(bytes_of("18-16895 (E)  241018")), 12);
	assert_int_equal(symbol_read_job(bytes_of("GE.09-15263 (E)")), 15);
	assert_int_equal(symbol_read_job(bytes_of("91-33418   3029a (S)")), 20);
	assert_int_equal(symbol_read_job(bytes_of("GE.09-17087")), 11);
	assert_int_equal(symbol_read_job(bytes_of("2003-10 (E)")), 0);
	assert_true(symbol_is_barcode(bytes_of("*1816895*")));
	assert_false(symbol_is_barcode(bytes_of("* A note *")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(symbols_of_all_families_are_read_whole),
		cmocka_unit_test(a_double_symbol_is_two),
		cmocka_unit_test(words_are_no_symbols),
		cmocka_unit_test(job_numbers_end_with_their_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
