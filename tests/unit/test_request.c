/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_request.c - what a subscriber asks for when it catches up
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "request.h"

#define LONG_NUMBER "100000000000000000000" /* 21 digits */

struct message {
	struct docket_bytes frames[REQUEST_FRAME_LIMIT + 1];
	size_t count;
};

static void
add_frame(struct message *message, const char *text)
{
	message->frames[message->count++] = bytes_of(text);
}

/* A request of these two numbers, and a topic if there is one. */
static struct message
make_message(const char *after, const char *credit, const char *topic)
{
	struct message message = { .count = 0 };

	add_frame(&message, "docket.replay/1");
	add_frame(&message, "7f3c");
	add_frame(&message, after);
	add_frame(&message, credit);
	if (topic != NULL)
		add_frame(&message, topic);
	return message;
}

static const char *
parse(const struct message *message, struct request *out_request)
{
	return request_parse(message->frames, message->count, out_request);
}

static void
request_is_read_frame_by_frame(void **state)
{
	struct message message = make_message("41", "1000", "document.");
	struct request request;

	(void)state;
	assert_null(parse(&message, &request));
	assert_true(bytes_equal(request.stream, bytes_of("7f3c")));
	assert_int_equal(request.after, 41);
	assert_int_equal(request.credit, 1000);
	assert_int_equal(request.prefix_count, 1);
}

static void
numbers_are_digits_and_fit_64_bits(void **state)
{
	static const struct {
		const char *text;
		bool is_good;
		uint64_t value;
	} cases[] = {
		{ "0", true, 0 },
		{ "00000000000000000042", true, 42 },
		{ "18446744073709551615", true, UINT64_MAX },
		{ "18446744073709551616", false, 0 },
		{ "99999999999999999999", false, 0 },
		{ LONG_NUMBER, false, 0 },
		{ "", false, 0 },
		{ "-1", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "0x1", false, 0 },
		{ "1e3", false, 0 },
		{ "next", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct message message = make_message(cases[i].text, "1", NULL);
		struct request request;
		const char *wrong = parse(&message, &request);

		if (cases[i].is_good != (wrong == NULL))
			fail_msg("\"%s\": %s", cases[i].text, wrong);
		if (cases[i].is_good)
			assert_int_equal(request.after, cases[i].value);
	}
}

static void
nul_in_a_number_is_no_digit(void **state)
{
	struct message message = make_message("1", "1", NULL);
	struct request request;

	(void)state;
	message.frames[2] = (struct docket_bytes){ "1\0002", 3 };
	assert_non_null(parse(&message, &request));
}

static void
credit_is_from_1_to_1000(void **state)
{
	static const char *const bad[] = {
		"0", "1001", "-5", "", "all", "18446744073709551615"
	};
	struct request request;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct message message = make_message("0", bad[i], NULL);

		assert_non_null(parse(&message, &request));
	}
}

static void
other_shapes_are_refused_with_a_sentence(void **state)
{
	struct message message = make_message("0", "1", NULL);
	struct request request;

	(void)state;
	assert_non_null(request_parse(NULL, 0, &request));
	for (size_t count = 1; count < 4; count++)
		assert_non_null(request_parse(message.frames, count, &request));
	message.frames[0] = bytes_of("docket.replay/2");
	assert_non_null(parse(&message, &request));
	message.frames[0] = (struct docket_bytes){ NULL, 0 };
	assert_non_null(parse(&message, &request));
}

static void
sixteen_topics_are_taken_and_no_more(void **state)
{
	struct message message = make_message("0", "1", NULL);
	struct request request;

	(void)state;
	while (message.count < REQUEST_FRAME_LIMIT)
		add_frame(&message, "document.");
	assert_null(parse(&message, &request));
	assert_int_equal(request.prefix_count, REQUEST_PREFIX_LIMIT);
	add_frame(&message, "document.");
	assert_non_null(parse(&message, &request));
}

static bool
wants(const char *prefix, const char *topic)
{
	struct message message = make_message("0", "1", prefix);
	struct request request;

	assert_null(parse(&message, &request));
	return request_wants(&request, bytes_of(topic));
}

static void
topic_is_wanted_by_prefix(void **state)
{
	(void)state;
	assert_true(wants(NULL, "daemon.started"));
	assert_true(wants("", "daemon.started"));
	assert_true(wants("daemon.", "daemon.started"));
	assert_true(wants("daemon.started", "daemon.started"));
	assert_false(wants("daemon.started/", "daemon.started"));
	assert_false(wants("document.", "daemon.started"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(request_is_read_frame_by_frame),
		cmocka_unit_test(numbers_are_digits_and_fit_64_bits),
		cmocka_unit_test(nul_in_a_number_is_no_digit),
		cmocka_unit_test(credit_is_from_1_to_1000),
		cmocka_unit_test(other_shapes_are_refused_with_a_sentence),
		cmocka_unit_test(sixteen_topics_are_taken_and_no_more),
		cmocka_unit_test(topic_is_wanted_by_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
