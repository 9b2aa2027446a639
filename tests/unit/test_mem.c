/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_mem.c - memory, buffers and clean-up by scope
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "mem.h"

static void
allocated_memory_is_zeroed_even_if_empty(void **state)
{
	auto_free char *some = mem_alloc(100);
	auto_free char *none = mem_alloc(0);

	(void)state;
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(some[i], 0);
	assert_non_null(none);
}

/* What a child says on stderr before it dies of an abort. */
static ssize_t
run_to_death(void (*act)(void), char *out_text, size_t size)
{
	int ends[2];
	int status;
	ssize_t count;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		dup2(ends[1], STDERR_FILENO);
		act();
		_exit(0);
	}
	close(ends[1]);
	count = read(ends[0], out_text, size);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	return count;
}

static void
ask_for_too_large_an_array(void)
{
	volatile size_t count = SIZE_MAX / 2;

	free(mem_alloc_array(count, 3));
}

static void
array_whose_size_overflows_ends_the_process_with_one_line(void **state)
{
	static const char line[] = "docket: out of memory\n";
	char text[200];
	ssize_t count =
		run_to_death(ask_for_too_large_an_array, text, sizeof(text));

	(void)state;
	assert_int_equal(count, strlen(line));
	assert_memory_equal(text, line, strlen(line));
}

static void
duplicates_are_equal_and_their_own(void **state)
{
	char original[] = "abc";
	auto_free char *copy = mem_dup_string(original);
	auto_free char *bytes = mem_dup("x\0y", 3);
	auto_free char *empty = mem_dup(NULL, 0);

	(void)state;
	original[0] = 'X';
	assert_string_equal(copy, "abc");
	assert_memory_equal(bytes, "x\0y", 3);
	assert_non_null(empty);
}

static void
formatted_text_is_as_long_as_it_needs(void **state)
{
	auto_free char *text = mem_format("%0500d|%s", 7, "end");

	(void)state;
	assert_int_equal(strlen(text), 504);
	assert_string_equal(text + 499, "7|end");
}

static void
array_grows_by_half_and_keeps_its_items(void **state)
{
	auto_free int *items = NULL;
	size_t capacity = 0;
	size_t moves = 0;

	(void)state;
	for (size_t count = 0; count < 10000; count++) {
		size_t before = capacity;

		items = mem_grow_array(items, count, &capacity, sizeof(*items));
		items[count] = (int)count;
		if (capacity != before) {
			assert_true(capacity >= before + before / 2);
			moves++;
		}
	}
	assert_true(moves < 25);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(items[i], i);
}

static void
buffer_starts_with_64_bytes_and_grows_by_half(void **state)
{
	auto_buffer struct buffer buffer = { 0 };

	(void)state;
	buffer_put(&buffer, "x", 1);
	assert_int_equal(buffer.capacity, 64);
	for (size_t i = 1; i < 65; i++)
		buffer_put(&buffer, "y", 1);
	assert_int_equal(buffer.size, 65);
	assert_int_equal(buffer.capacity, 96);
}

static void
reserved_room_is_not_counted(void **state)
{
	auto_buffer struct buffer buffer = { 0 };
	char *room = buffer_reserve(&buffer, 1000);

	(void)state;
	memset(room, 'a', 1000);
	assert_int_equal(buffer.size, 0);
	buffer.size = 1000;
	buffer_put_string(&buffer, "z");
	assert_int_equal(buffer.data[999], 'a');
	assert_int_equal(buffer.data[1000], 'z');
}

static void
putting_nothing_takes_no_memory(void **state)
{
	struct buffer buffer = { 0 };

	(void)state;
	buffer_put_bytes(&buffer, bytes_of(NULL));
	buffer_put_string(&buffer, "");
	buffer_drop(&buffer, 0);
	assert_null(buffer.data);
	buffer_fini(&buffer);
}

static void
formatting_fits_whatever_room_there_is(void **state)
{
	(void)state;
	for (int width = 1; width < 300; width++) {
		auto_buffer struct buffer buffer = { 0 };

		buffer_put_string(&buffer, ">");
		buffer_format(&buffer, "%*d", width, 5);
		assert_int_equal(buffer.size, width + 1);
		assert_int_equal(buffer.data[width], '5');
	}
}

static void
dropped_bytes_leave_the_rest_in_order(void **state)
{
	auto_buffer struct buffer buffer = { 0 };

	(void)state;
	buffer_put_string(&buffer, "abcdef");
	buffer_drop(&buffer, 4);
	assert_true(bytes_equal(buffer_bytes(&buffer), bytes_of("ef")));
	buffer_drop(&buffer, 2);
	assert_int_equal(buffer.size, 0);
}

static void
finished_buffer_is_usable_again(void **state)
{
	struct buffer buffer = { 0 };

	(void)state;
	buffer_put_string(&buffer, "abc");
	buffer_fini(&buffer);
	assert_int_equal(buffer.size, 0);
	buffer_put_string(&buffer, "d");
	assert_true(bytes_equal(buffer_bytes(&buffer), bytes_of("d")));
	buffer_fini(&buffer);
	buffer_fini(&buffer);
}

static void
bytes_are_equal_by_content_and_size(void **state)
{
	(void)state;
	assert_true(bytes_equal(bytes_of(NULL), bytes_of("")));
	assert_true(bytes_equal(bytes_of("ab"), bytes_of("ab")));
	assert_false(bytes_equal(bytes_of("ab"), bytes_of("abc")));
	assert_false(bytes_equal(bytes_of("ab"), bytes_of("ac")));
}

static void
end_of_scope_closes_what_was_not_taken(void **state)
{
	int closed;
	int taken;

	(void)state;
	{
		auto_fd int first = open("/dev/null", O_RDONLY | O_CLOEXEC);
		auto_fd int second = open("/dev/null", O_RDONLY | O_CLOEXEC);
		auto_file FILE *file = fopen("/dev/null", "re");
		auto_file FILE *absent = NULL;

		assert_non_null(file);
		assert_null(absent);
		closed = first;
		taken = take_fd(&second);
	}
	assert_int_equal(fcntl(closed, F_GETFD), -1);
	assert_true(fcntl(taken, F_GETFD) >= 0);
	close(taken);
}

static void
taken_pointer_survives_its_scope(void **state)
{
	char *kept;

	(void)state;
	{
		auto_free char *text = mem_dup_string("kept");

		kept = take(text);
		assert_null(text);
	}
	assert_string_equal(kept, "kept");
	free(kept);
}

static void
member_leads_back_to_its_container(void **state)
{
	struct box {
		int before;
		int member;
	} box;

	(void)state;
	assert_ptr_equal(container_of(&box.member, struct box, member), &box);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(allocated_memory_is_zeroed_even_if_empty),
		cmocka_unit_test(
			array_whose_size_overflows_ends_the_process_with_one_line),
		cmocka_unit_test(duplicates_are_equal_and_their_own),
		cmocka_unit_test(formatted_text_is_as_long_as_it_needs),
		cmocka_unit_test(array_grows_by_half_and_keeps_its_items),
		cmocka_unit_test(buffer_starts_with_64_bytes_and_grows_by_half),
		cmocka_unit_test(reserved_room_is_not_counted),
		cmocka_unit_test(putting_nothing_takes_no_memory),
		cmocka_unit_test(formatting_fits_whatever_room_there_is),
		cmocka_unit_test(dropped_bytes_leave_the_rest_in_order),
		cmocka_unit_test(finished_buffer_is_usable_again),
		cmocka_unit_test(bytes_are_equal_by_content_and_size),
		cmocka_unit_test(end_of_scope_closes_what_was_not_taken),
		cmocka_unit_test(taken_pointer_survives_its_scope),
		cmocka_unit_test(member_leads_back_to_its_container),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
