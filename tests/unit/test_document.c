/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_document.c - which document is asked for, and the bytes that came
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "document.h"
#include "fault.h"

#define HEX "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define DIGITS \
	"1234567890123456789012345678901234567890123456789012345678901234"

static void
number_names_an_arrival(void **state)
{
	struct document_name name;

	(void)state;
	assert_int_equal(document_parse_name("17", &name), 0);
	assert_int_equal(name.document.arrival, 17);
	assert_null(name.anchor);
}

static void
digits_of_a_hash_name_a_document_with_or_without_its_scheme(void **state)
{
	struct docket_bytes nothing = { NULL, 0 };
	struct digest expected = digest_of(nothing);
	struct document_name name;

	(void)state;
	assert_int_equal(document_parse_name("sha256:" HEX, &name), 0);
	assert_int_equal(name.document.arrival, 0);
	assert_true(digest_equal(&name.document.digest, &expected));
	assert_int_equal(document_parse_name(HEX, &name), 0);
	assert_true(digest_equal(&name.document.digest, &expected));
	assert_int_equal(document_parse_name(DIGITS, &name), 0);
	assert_int_equal(name.document.arrival, 0);
}

static void
anchor_stands_behind_a_number_sign(void **state)
{
	struct document_name name;

	(void)state;
	assert_int_equal(document_parse_name("17#annex-1/para-7", &name), 0);
	assert_int_equal(name.document.arrival, 17);
	assert_string_equal(name.anchor, "annex-1/para-7");
}

static void
what_names_nothing_is_refused(void **state)
{
	static const char *const ids[] = {
		"",
		"0",
		"-1",
		"17x",
		"#para-1",
		"sha256:",
		"sha256:"
		"17",
		"99999999999999999999",
		"letter.txt",
		HEX "0",
	};
	struct document_name name;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
		assert_int_equal(document_parse_name(ids[i], &name),
				 FAULT_EXIT_USAGE);
}

static void
bytes_are_read_inline_or_from_a_descriptor(void **state)
{
	auto_fd int fd = memfd_create("content", MFD_CLOEXEC);
	struct docket_bytes nothing = { NULL, 0 };
	struct document_content content;

	(void)state;
	assert_int_equal(write(fd, "letter", 6), 6);
	assert_int_equal(document_open(nothing, 6, fd, &content), 0);
	assert_memory_equal(content.bytes.data, "letter", 6);
	document_close(&content);
	assert_int_equal(document_open(bytes_of("letter"), 6, -1, &content), 0);
	assert_memory_equal(content.bytes.data, "letter", 6);
	document_close(&content);
	assert_int_equal(document_open(nothing, 0, -1, &content), 0);
	assert_int_equal(content.bytes.size, 0);
	document_close(&content);
}

static void
other_than_the_announced_size_is_refused(void **state)
{
	auto_fd int fd = memfd_create("content", MFD_CLOEXEC);
	struct docket_bytes nothing = { NULL, 0 };
	struct document_content content;

	(void)state;
	assert_int_equal(write(fd, "letter", 6), 6);
	assert_int_equal(document_open(nothing, 7, fd, &content),
			 FAULT_EXIT_SOFTWARE);
	assert_int_equal(document_open(bytes_of("letter"), 5, -1, &content),
			 FAULT_EXIT_SOFTWARE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(number_names_an_arrival),
		cmocka_unit_test(
			digits_of_a_hash_name_a_document_with_or_without_its_scheme),
		cmocka_unit_test(anchor_stands_behind_a_number_sign),
		cmocka_unit_test(what_names_nothing_is_refused),
		cmocka_unit_test(bytes_are_read_inline_or_from_a_descriptor),
		cmocka_unit_test(other_than_the_announced_size_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
