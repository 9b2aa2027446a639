/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_digest.c - SHA-256 and its text form
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "digest.h"

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void
expect_text(const struct digest *digest, const char *expected)
{
	char text[DIGEST_TEXT_SIZE];

	assert_ptr_equal(digest_format(digest, text), text);
	assert_int_equal(strlen(text), DIGEST_TEXT_SIZE - 1);
	assert_string_equal(text, expected);
}

static void
digests_are_those_of_the_standard(void **state)
{
	struct digest empty = digest_of(bytes_of(NULL));
	struct digest abc = digest_of(bytes_of("abc"));

	(void)state;
	expect_text(&empty, "sha256:" EMPTY);
	expect_text(&abc, "sha256:" ABC);
}

static void
pieces_make_the_same_digest_as_the_whole(void **state)
{
	struct digest_state *computation = digest_new();
	struct digest whole = digest_of(bytes_of("abc"));
	struct digest pieces;

	(void)state;
	digest_add(computation, "a", 1);
	digest_add(computation, NULL, 0);
	digest_add(computation, "bc", 2);
	pieces = digest_finish(computation);
	assert_true(digest_equal(&whole, &pieces));
}

static void
abandoned_computation_is_freed(void **state)
{
	struct digest_state *computation = digest_new();

	(void)state;
	digest_add(computation, "a", 1);
	assert_null(digest_free(computation));
	assert_null(digest_free(NULL));
}

static void
text_is_read_with_and_without_its_name(void **state)
{
	struct digest expected = digest_of(bytes_of("abc"));
	struct digest digest = { { 0 } };

	(void)state;
	assert_int_equal(digest_parse("sha256:" ABC, &digest), 0);
	assert_true(digest_equal(&digest, &expected));
	memset(&digest, 0, sizeof(digest));
	assert_int_equal(digest_parse(ABC, &digest), 0);
	assert_true(digest_equal(&digest, &expected));
}

static void
what_is_no_digest_is_refused_and_nothing_is_written(void **state)
{
	static const char *const wrong[] = {
		"",	  "sha256:",	 "sha512:" ABC, ABC "0",
		ABC " ",  " " ABC,	 "17",		"sha256:sha256:" ABC,
		"sha256", "SHA256:" ABC,
	};
	auto_free char *text = mem_dup_string(ABC);
	struct digest digest = { { 7 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(digest_parse(wrong[i], &digest), -EINVAL);
	text[40] = 'g';
	assert_int_equal(digest_parse(text, &digest), -EINVAL);
	text[63] = '\0';
	assert_int_equal(digest_parse(text, &digest), -EINVAL);
	assert_int_equal(digest.bytes[0], 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_are_those_of_the_standard),
		cmocka_unit_test(pieces_make_the_same_digest_as_the_whole),
		cmocka_unit_test(abandoned_computation_is_freed),
		cmocka_unit_test(text_is_read_with_and_without_its_name),
		cmocka_unit_test(
			what_is_no_digest_is_refused_and_nothing_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
