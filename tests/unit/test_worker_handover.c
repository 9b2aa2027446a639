/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_handover.c - what a copy writes is there when it has ended */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "handover.h"

#define SIZE (4u << 20)

/* In a copy, which may write no file: put so many bytes, in two pieces. */
static bool
put_in_copy(struct handover *handover, char byte, size_t size)
{
	pid_t copy = fork();
	int status;

	assert_true(copy >= 0);
	if (copy == 0) {
		const struct rlimit none = { 0, 0 };
		auto_free char *data = mem_alloc(size);
		bool is_put;

		memset(data, byte, size);
		setrlimit(RLIMIT_FSIZE, &none);
		is_put =
			handover_put(handover,
				     (struct docket_bytes){ data, size / 2 }) &&
			handover_put(handover, (struct docket_bytes){
						       data, size - size / 2 });
		_exit(is_put ? 1 : 2);
	}
	assert_int_equal(waitpid(copy, &status, 0), copy);
	return WEXITSTATUS(status) == 1;
}

static void
expect_taken(struct handover *handover, char byte, size_t size)
{
	auto_buffer struct buffer taken = { 0 };

	assert_int_equal(handover_take(handover, &taken), 0);
	assert_int_equal(taken.size, size);
	for (size_t i = 0; i < size; i++)
		assert_int_equal(taken.data[i], byte);
}

static void
expect_nothing(struct handover *handover)
{
	auto_buffer struct buffer taken = { 0 };

	assert_int_equal(handover_take(handover, &taken), -EBADMSG);
	assert_int_equal(taken.size, 0);
}

static void
bytes_of_a_copy_are_there_until_they_are_forgotten(void **state)
{
	struct handover handover;

	(void)state;
	assert_int_equal(handover_open(&handover, SIZE), 0);
	expect_nothing(&handover);
	for (size_t size = 1; size < SIZE; size = size * 3 + 1) {
		handover_clear(&handover);
		assert_true(
			put_in_copy(&handover, (char)('a' + size % 7), size));
		expect_taken(&handover, (char)('a' + size % 7), size);
		handover_clear(&handover);
		expect_nothing(&handover);
	}
	handover_close(&handover);
	handover_close(&handover);
}

static void
more_than_there_is_room_for_is_not_put(void **state)
{
	struct handover handover;

	(void)state;
	assert_int_equal(handover_open(&handover, SIZE), 0);
	handover_clear(&handover);
	assert_false(put_in_copy(&handover, 'x', SIZE));
	handover_clear(&handover);
	assert_true(put_in_copy(&handover, 'x', SIZE - 64));
	expect_taken(&handover, 'x', SIZE - 64);
	handover_close(&handover);
}

static void
size_that_cannot_be_is_no_size(void **state)
{
	static const uint64_t sizes[] = { SIZE, SIZE - 7, UINT64_MAX };
	struct handover handover;

	(void)state;
	assert_int_equal(handover_open(&handover, SIZE), 0);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		memcpy(handover.memory, &sizes[i], sizeof(sizes[i]));
		expect_nothing(&handover);
	}
	handover_close(&handover);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			bytes_of_a_copy_are_there_until_they_are_forgotten),
		cmocka_unit_test(more_than_there_is_room_for_is_not_put),
		cmocka_unit_test(size_that_cannot_be_is_no_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
