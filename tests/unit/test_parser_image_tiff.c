/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_image_tiff.c - pages of a TIFF are counted, missing ones missed */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "mem.h"
#include "tiff.h"

#define BYTES(string) ((struct docket_bytes){ string, sizeof(string) - 1 })

/* Two directories without entries. */
#define TWO               \
	"II*\0\x08\0\0\0" \
	"\0\0\x0e\0\0\0"  \
	"\0\0\0\0\0\0"

static void
pages_are_counted_in_either_order_of_bytes(void **state)
{
	(void)state;
	assert_int_equal(tiff_count_pages(BYTES(TWO), 10), 2);
	assert_int_equal(
		tiff_count_pages(BYTES("MM\0*\0\0\0\x08\0\0\0\0\0\0"), 10), 1);
}

static void
a_page_that_is_missing_is_noticed(void **state)
{
	struct docket_bytes whole = BYTES(TWO);

	(void)state;
	for (size_t size = 0; size < whole.size; size++) {
		auto_free char *copy = mem_dup(whole.data, size ? size : 1);
		struct docket_bytes cut = { copy, size };

		assert_int_equal(tiff_count_pages(cut, 10), 0);
	}
}

static void
a_circle_is_more_than_the_limit(void **state)
{
	(void)state;
	assert_int_equal(
		tiff_count_pages(BYTES("II*\0\x08\0\0\0\0\0\x08\0\0\0"), 10),
		11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_counted_in_either_order_of_bytes),
		cmocka_unit_test(a_page_that_is_missing_is_noticed),
		cmocka_unit_test(a_circle_is_more_than_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
