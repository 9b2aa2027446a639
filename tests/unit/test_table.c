/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_table.c - rows of cells in columns, for people
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "table.h"

static const struct table_column columns[] = {
	{ "N", 0, true },
	{ "WORD", 8, false },
	{ "TITLE", 0, false },
	{ NULL, 0, false },
};

static void
put_row(struct table *table, const char *number, const char *word,
	const char *title)
{
	table_put(table, bytes_of(number), PRINT_PLAIN);
	table_put(table, bytes_of(word), PRINT_PLAIN);
	table_put(table, bytes_of(title), PRINT_PLAIN);
}

static void
assert_printed(struct output *out, const char *expected)
{
	buffer_put(&out->text, "", 1);
	assert_string_equal(out->text.data, expected);
	output_fini(out);
}

static void
columns_are_as_wide_as_what_is_in_them(void **state)
{
	struct output out = { .fd = -1 };
	struct table table;

	(void)state;
	table_init(&table, &out, columns);
	put_row(&table, "1", "a", "first");
	put_row(&table, "100", "联合国", "second");
	table_finish(&table);
	table_fini(&table);
	assert_printed(&out, "  N  WORD    TITLE\n"
			     "  1  a       first\n"
			     "100  联合国  second\n");
}

static void
table_without_rows_prints_nothing(void **state)
{
	struct output out = { .fd = -1 };
	struct table table;

	(void)state;
	table_init(&table, &out, columns);
	table_finish(&table);
	table_fini(&table);
	assert_int_equal(out.text.size, 0);
}

static void
no_line_is_longer_than_the_terminal(void **state)
{
	struct output out = { .fd = -1, .columns = 40 };
	struct table table;

	(void)state;
	table_init(&table, &out, columns);
	put_row(&table, "1", "more than eight",
		"a title that does not fit into forty columns");
	table_finish(&table);
	table_fini(&table);
	assert_printed(&out, "N  WORD      TITLE\n"
			     "1  more th…  a title that does not fit …\n");
}

static void
cells_cannot_forge_a_line(void **state)
{
	struct output out = { .fd = -1 };
	struct table table;

	(void)state;
	table_init(&table, &out, columns);
	put_row(&table, "1", "a\nb", "\x1b[2J\r2  c");
	table_finish(&table);
	table_fini(&table);
	assert_printed(&out, "N  WORD  TITLE\n"
			     "1  a\\nb  \\x1b[2J\\r2  c\n");
}

static void
style_does_not_count_as_width(void **state)
{
	struct output out = { .fd = -1, .is_styled = true };
	struct table table;

	(void)state;
	table_init(&table, &out, columns);
	table_put(&table, bytes_of("1"), PRINT_PLAIN);
	table_put(&table, bytes_of("ok"), PRINT_GOOD);
	table_put(&table, bytes_of("t"), PRINT_PLAIN);
	table_finish(&table);
	table_fini(&table);
	buffer_put(&out.text, "", 1);
	assert_non_null(strstr(out.text.data, "1  \x1b[32mok\x1b[0m    t\n"));
	output_fini(&out);
}

static void
rows_without_end_take_little_memory(void **state)
{
	struct output out = { .fd = memfd_create("out", MFD_CLOEXEC) };
	struct table table;

	(void)state;
	table_init(&table, &out, columns);
	for (int i = 0; i < 5000; i++)
		put_row(&table, "7", "word", "a title of some length");
	table_finish(&table);
	assert_true(table.text.capacity < (256u << 10));
	assert_int_equal(output_flush(&out), 0);
	assert_int_equal(lseek(out.fd, 0, SEEK_END),
			 strlen("N  WORD  TITLE\n") +
				 5000 * strlen("7  word  a title of some "
					       "length\n"));
	table_fini(&table);
	close(out.fd);
	output_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_as_wide_as_what_is_in_them),
		cmocka_unit_test(table_without_rows_prints_nothing),
		cmocka_unit_test(no_line_is_longer_than_the_terminal),
		cmocka_unit_test(cells_cannot_forge_a_line),
		cmocka_unit_test(style_does_not_count_as_width),
		cmocka_unit_test(rows_without_end_take_little_memory),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
