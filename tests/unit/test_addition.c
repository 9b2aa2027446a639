/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_addition.c - what an annotator added to a record, found by comparing
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "addition.h"

/* A record of one text, whatever else is put into it. */
struct sheet {
	struct record_builder *builder;
	struct buffer image;
	struct docket_record record;
};

static void
begin(struct sheet *sheet)
{
	static const struct record_limits ample = { 1000, 10, 10, 10 };

	*sheet = (struct sheet){ .builder = record_builder_new(&ample) };
	record_put_text(sheet->builder, bytes_of("One.\n\nTwo\tand three."));
	record_put_field(sheet->builder, DOCKET_FIELD_TITLE, bytes_of("Old"));
	record_settle(sheet->builder);
}

static void
put_mark(struct sheet *sheet, uint32_t start, uint32_t end, const char *value)
{
	const struct docket_mark mark = {
		.start = start,
		.end = end,
		.kind = DOCKET_MARK_PLACE,
		.value = bytes_of(value),
	};

	record_put_mark(sheet->builder, &mark);
}

static void
end(struct sheet *sheet)
{
	record_finish(sheet->builder, &sheet->image);
	record_builder_free(sheet->builder);
	assert_int_equal(
		record_open(buffer_bytes(&sheet->image), &sheet->record), 0);
}

/* What is printed of after against before, and how many lines. */
static char *
compare(struct sheet *before, struct sheet *after, size_t *out_count)
{
	struct output out = { .fd = -1 };

	end(before);
	end(after);
	*out_count = addition_print(&out, &before->record, &after->record);
	buffer_fini(&before->image);
	buffer_fini(&after->image);
	buffer_put(&out.text, "", 1);
	return out.text.data;
}

static void
nothing_added_is_nothing_printed(void **state)
{
	struct sheet before, after;
	size_t count;

	(void)state;
	begin(&before);
	begin(&after);
	put_mark(&before, 0, 3, "1");
	put_mark(&after, 0, 3, "1");
	auto_free char *text = compare(&before, &after, &count);
	assert_int_equal(count, 0);
	assert_string_equal(text, "");
}

static void
fields_that_are_new_or_replaced_are_printed(void **state)
{
	struct sheet before, after;
	size_t count;

	(void)state;
	begin(&before);
	begin(&after);
	record_put_field(after.builder, DOCKET_FIELD_TITLE, bytes_of("New"));
	record_put_field(before.builder, DOCKET_FIELD_TO, bytes_of("A"));
	record_put_field(after.builder, DOCKET_FIELD_TO, bytes_of("A"));
	record_put_field(after.builder, DOCKET_FIELD_TO, bytes_of("B"));
	auto_free char *text = compare(&before, &after, &count);
	assert_int_equal(count, 2);
	assert_string_equal(text, "title         New\nto            B\n");
}

static void
marks_between_those_there_were_are_printed_with_their_text(void **state)
{
	struct sheet before, after;
	size_t count;

	(void)state;
	begin(&before);
	begin(&after);
	put_mark(&before, 0, 3, "1");
	put_mark(&before, 14, 19, "3");
	put_mark(&after, 0, 3, "1");
	put_mark(&after, 6, 13, "2");
	put_mark(&after, 14, 19, "3");
	auto_free char *text = compare(&before, &after, &count);
	assert_int_equal(count, 1);
	assert_string_equal(text, "place         \"Two and\" = 2\n");
}

static void
languages_of_blocks_are_printed_by_anchor(void **state)
{
	struct sheet before, after;
	size_t count;

	(void)state;
	begin(&before);
	begin(&after);
	record_set_block_language(after.builder, 1, "la");
	auto_free char *text = compare(&before, &after, &count);
	assert_int_equal(count, 1);
	assert_string_equal(text, "block         p-2: la\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_added_is_nothing_printed),
		cmocka_unit_test(fields_that_are_new_or_replaced_are_printed),
		cmocka_unit_test(
			marks_between_those_there_were_are_printed_with_their_text),
		cmocka_unit_test(languages_of_blocks_are_printed_by_anchor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
