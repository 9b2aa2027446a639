/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_image_gif.c - the first frame of a GIF is found */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "gif.h"
#include "mem.h"

/* A screen of 3 by 2 with two colours. */
#define HEADER "GIF89a\3\0\2\0\x80\0\0\0\0\0\xff\xff\xff"
#define EXTENSION "!\xf9\4\0\0\0\0\0"
/* A frame of 4 by 5, without colours of its own. */
#define FRAME ",\0\0\0\0\4\0\5\0\0\2\2\x44\1\0"

#define BYTES(string) ((struct docket_bytes){ string, sizeof(string) - 1 })

static void
the_frame_ends_before_the_next(void **state)
{
	struct gif_frame frame;

	(void)state;
	assert_true(gif_find_frame(BYTES(HEADER EXTENSION FRAME ";"), &frame));
	assert_int_equal(frame.end, sizeof(HEADER EXTENSION FRAME) - 1);
	assert_int_equal(frame.pixels, 20);
	assert_true(frame.is_last);
	assert_true(gif_find_frame(BYTES(HEADER FRAME EXTENSION FRAME ";"),
				   &frame));
	assert_int_equal(frame.end, sizeof(HEADER FRAME) - 1);
	assert_false(frame.is_last);
}

static void
what_breaks_off_has_no_frame(void **state)
{
	struct docket_bytes whole = BYTES(HEADER EXTENSION FRAME);
	struct gif_frame frame;

	(void)state;
	assert_true(gif_find_frame(whole, &frame));
	for (size_t size = 0; size < whole.size; size++) {
		auto_free char *copy = mem_dup(whole.data, size ? size : 1);
		struct docket_bytes cut = { copy, size };

		assert_false(gif_find_frame(cut, &frame));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_frame_ends_before_the_next),
		cmocka_unit_test(what_breaks_off_has_no_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
