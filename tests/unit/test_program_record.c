/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_program_record.c - what docket prints of a document becomes it again
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "job.h"
#include "program_record.h"

/* A job with what a program wrote about it. */
struct reading {
	struct docket_job job;
	struct buffer output;
	struct fault fault;
};

static int
put(struct reading *reading, struct docket_bytes output)
{
	*reading = (struct reading){ 0 };
	reading->job.media_type = bytes_of("text/plain");
	buffer_put_bytes(&reading->output, output);
	job_begin(&reading->job, 0);
	return program_record_put(&reading->job, &reading->output,
				  &reading->fault);
}

/* As docket parse prints it. */
static void
print(struct reading *reading, struct buffer *out)
{
	auto_buffer struct buffer image = { 0 };
	struct record_origin origin = { .name = { "x", 1 }, .size = 1 };
	struct docket_record record;
	struct json json;

	if (!reading->job.is_settled)
		job_settle(&reading->job, "test", "1");
	record_finish(reading->job.record, &image);
	assert_int_equal(record_open(buffer_bytes(&image), &record), 0);
	json_init(&json, out);
	record_put_json(&json, &record, &origin);
}

static void
reading_fini(struct reading *reading)
{
	job_end(&reading->job);
	buffer_fini(&reading->output);
}

static void
expect(const char *output, const char *in_print)
{
	auto_buffer struct buffer printed = { 0 };
	struct reading reading;

	if (put(&reading, bytes_of(output)) != 0)
		fail_msg("%s: %s", output, reading.fault.text);
	print(&reading, &printed);
	buffer_put(&printed, "", 1);
	if (!strstr(printed.data, in_print))
		fail_msg("%s\nis not in\n%s", in_print, printed.data);
	reading_fini(&reading);
}

static void
refuse(const char *output, const char *why)
{
	struct reading reading;

	if (put(&reading, bytes_of(output)) == 0)
		fail_msg("%s was taken", output);
	if (!strstr(reading.fault.text, why))
		fail_msg("%s: %s", output, reading.fault.text);
	reading_fini(&reading);
}

static void
text_alone_is_broken_into_paragraphs(void **state)
{
	(void)state;
	expect("{\"text\":\"one\\n\\ntwo\\n\"}",
	       "\"text\":\"one\\n\\ntwo\\n\",\"parts\":[{\"kind\":\"body\"");
	expect("{\"text\":\"\"}", "\"text\":\"\"");
}

static void
fields_become_fields_and_what_docket_says_is_not_believed(void **state)
{
	(void)state;
	expect("{\"id\":\"x\",\"size\":99,\"parser\":\"me\",\"children\":[1],"
	       "\"media_type\":\"a/b\",\"title\":\"T\",\"date\":null,"
	       "\"to\":[\"A\",\"B\"],\"class\":\"letter\",\"text\":\"t\"}",
	       "\"media_type\":\"text/plain\",\"size\":1,\"language\":null,"
	       "\"class\":\"letter\",\"symbols\":[],\"date\":null,\"title\":"
	       "\"T\",\"from\":[],\"to\":[\"A\",\"B\"]");
}

static void
blocks_may_come_in_any_order_and_nest_by_range(void **state)
{
	(void)state;
	expect("{\"parts\":[{\"kind\":\"body\",\"start\":0,\"end\":9,"
	       "\"blocks\":["
	       "{\"kind\":\"cell\",\"start\":4,\"end\":5},"
	       "{\"kind\":\"row\",\"start\":2,\"end\":5},"
	       "{\"kind\":\"heading\",\"level\":1,\"start\":0,\"end\":1},"
	       "{\"kind\":\"cell\",\"start\":2,\"end\":3},"
	       "{\"kind\":\"table\",\"start\":2,\"end\":8},"
	       "{\"kind\":\"row\",\"start\":6,\"end\":8}]}],"
	       "\"text\":\"H\\na\\nb\\nc\\nd\"}",
	       "\"text\":\"H\\na\\nb\\nc\\nd\\n\"");
}

static void
marks_follow_the_text_where_the_host_adds_line_feeds(void **state)
{
	(void)state;
	expect("{\"text\":\"onetwo\",\"parts\":[{\"start\":0,\"end\":6,"
	       "\"blocks\":[{\"start\":0,\"end\":3},{\"start\":3,\"end\":6}]}],"
	       "\"marks\":[{\"kind\":\"person\",\"start\":3,\"end\":6,"
	       "\"value\":\"Two\"}]}",
	       "\"text\":\"one\\ntwo\\n\"");
	expect("{\"text\":\"onetwo\",\"parts\":[{\"start\":0,\"end\":6,"
	       "\"blocks\":[{\"start\":0,\"end\":3},{\"start\":3,\"end\":6}]}],"
	       "\"marks\":[{\"kind\":\"person\",\"start\":3,\"end\":6,"
	       "\"value\":\"Two\"}]}",
	       "\"marks\":[{\"kind\":\"person\",\"start\":4,\"end\":7,"
	       "\"value\":\"Two\"");
}

static void
what_is_not_of_that_shape_is_refused(void **state)
{
	static const struct {
		const char *output, *why;
	} cases[] = {
		{ "", "Byte 0: there is no {" },
		{ "[]", "there is no {" },
		{ "{}", "There is no \"text\"" },
		{ "{\"text\":1}", "no string" },
		{ "{\"text\":\"a\",\"text\":\"b\"}", "said before" },
		{ "{\"text\":\"a\",\"titel\":\"b\"}",
		  "\"titel\" is no member" },
		{ "{\"text\":\"a\\r\\n\"}", "carriage return" },
		{ "{\"text\":\"a\",\"to\":\"b\"}", "there is no [" },
		{ "{\"text\":\"a\",\"marks\":[{\"kind\":\"animal\"}]}",
		  "no kind that there is" },
		{ "{\"text\":\"a\",\"marks\":[{\"start\":1,\"end\":2}]}",
		  "A mark from 1 to 2" },
		{ "{\"text\":\"a\",\"marks\":[{\"start\":1,\"end\":0}]}",
		  "A mark from 1 to 0" },
		{ "{\"text\":\"\xc3\xa9\",\"marks\":[{\"start\":1,\"end\":2}]}",
		  "whole characters" },
		{ "{\"text\":\"abcd\",\"parts\":[{\"start\":0,\"end\":2},"
		  "{\"start\":1,\"end\":3}]}",
		  "behind the one it is in" },
		{ "{\"text\":\"abcd\",\"parts\":[{\"start\":2,\"end\":4},"
		  "{\"start\":0,\"end\":2}]}",
		  "before the one it follows" },
		{ "{\"text\":\"abcd\",\"parts\":[{\"start\":0,\"end\":4,"
		  "\"blocks\":[{\"start\":0,\"end\":2},{\"start\":1,"
		  "\"end\":3}]}]}",
		  "A block ends behind" },
		{ "{\"text\":\"abcd\",\"parts\":[{\"start\":0,\"end\":4,"
		  "\"blocks\":[{\"start\":0,\"end\":4}],\"parts\":[{"
		  "\"start\":1,\"end\":2}]}]}",
		  "within a block" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		refuse(cases[i].output, cases[i].why);
}

static void
repeat(struct buffer *out, const char *what, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_put_string(out, what);
}

static void
depth_is_bounded_in_both_ways_of_nesting(void **state)
{
	auto_buffer struct buffer inside = { 0 };
	auto_buffer struct buffer beside = { 0 };

	(void)state;
	buffer_put_string(&inside, "{\"text\":\"a\",");
	repeat(&inside, "\"parts\":[{", 33);
	repeat(&inside, "}]", 33);
	buffer_put_string(&inside, "}");
	buffer_put(&inside, "", 1);
	refuse(inside.data, "deep");
	buffer_put_string(&beside, "{\"text\":\"a\",\"parts\":[");
	repeat(&beside, "{\"start\":0,\"end\":1},", 65);
	buffer_put_string(&beside, "{}]}");
	buffer_put(&beside, "", 1);
	refuse(beside.data, "deep");
}

/* ---- what docket printed itself ---- */

static void
put_letter(struct docket_job *job)
{
	const struct docket_part body = { .kind = DOCKET_PART_BODY };
	const struct docket_part annex = { .kind = DOCKET_PART_ANNEX,
					   .number = { "II", 2 },
					   .title = { "Liste", 5 } };
	const struct docket_block heading = { .kind = DOCKET_BLOCK_HEADING,
					      .level = 2,
					      .number = { "1", 1 } };
	const struct docket_block row = { .kind = DOCKET_BLOCK_ROW };
	const struct docket_block cell = { .kind = DOCKET_BLOCK_CELL };
	const struct docket_mark mark = { .start = 0,
					  .end = 6,
					  .kind = DOCKET_MARK_DATE,
					  .value = { "2003", 4 } };

	docket_put_field(job, DOCKET_FIELD_TITLE, bytes_of("T\xc3\xa9"));
	docket_open_part(job, &body);
	docket_put_text(job, bytes_of("Lettre dat\xc3\xa9"
				      "e\n\nUn  \nencore un\n"));
	docket_close_part(job);
	docket_put_page(job, 2);
	docket_open_part(job, &annex);
	docket_open_block(job, &heading);
	docket_put_text(job, bytes_of("Titre"));
	docket_close_block(job);
	docket_open_block(job, &row);
	for (int i = 0; i < 2; i++) {
		docket_open_block(job, &cell);
		docket_put_text(job, bytes_of("\xd0\xbe\xd0\xb4\xd0\xb8"));
		docket_close_block(job);
	}
	docket_close_block(job);
	docket_close_part(job);
	docket_open_part(job, &body);
	docket_put_text(job, bytes_of("loose end"));
	docket_close_part(job);
	docket_put_mark(job, &mark);
}

static void
what_docket_prints_is_read_as_the_same(void **state)
{
	auto_buffer struct buffer first = { 0 };
	auto_buffer struct buffer second = { 0 };
	struct reading reading = { .job.media_type = { "text/plain", 10 } };

	(void)state;
	job_begin(&reading.job, 0);
	put_letter(&reading.job);
	print(&reading, &first);
	reading_fini(&reading);
	if (put(&reading, buffer_bytes(&first)) != 0)
		fail_msg("%s", reading.fault.text);
	print(&reading, &second);
	reading_fini(&reading);
	buffer_put(&first, "", 1);
	buffer_put(&second, "", 1);
	assert_string_equal(first.data, second.data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_alone_is_broken_into_paragraphs),
		cmocka_unit_test(
			fields_become_fields_and_what_docket_says_is_not_believed),
		cmocka_unit_test(
			blocks_may_come_in_any_order_and_nest_by_range),
		cmocka_unit_test(
			marks_follow_the_text_where_the_host_adds_line_feeds),
		cmocka_unit_test(what_is_not_of_that_shape_is_refused),
		cmocka_unit_test(depth_is_bounded_in_both_ways_of_nesting),
		cmocka_unit_test(what_docket_prints_is_read_as_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
