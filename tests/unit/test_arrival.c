/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_arrival.c - states by name, arrivals packed and as JSON
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "arrival.h"

static const struct arrival letter = {
	.number = 17,
	.state = ARRIVAL_QUARANTINED,
	.origin = ORIGIN_MOVED,
	.parent = 3,
	.original = 4,
	.inbox = { "letters", 7 },
	.name = { "a\xff", 2 },
	.digest = { { 1, 2, 3 } },
	.size = 19036,
	.received_ms = 1795428000123,
	.settled_ms = 1795428000124,
	.attempts = 2,
	.retries = 1,
	.not_before_ms = 1795428000125,
	.device = 5,
	.inode = 6,
	.mtime_ns = -7,
	.owner = 1000,
	.media_type = { "text/plain", 10 },
	.language = { "fr", 2 },
	.class = { "letter", 6 },
	.symbols = { "A/1\n\nS/2", 8 },
	.date = { "2003-10-10", 10 },
	.title = { "t", 1 },
	.stage = { "read", 4 },
	.plugin = { "text", 4 },
	.reason = { "limit", 5 },
	.detail = { "too long", 8 },
};

static void
state_is_found_by_its_name(void **state)
{
	(void)state;
	for (int i = 0; i < ARRIVAL_STATE_COUNT; i++)
		assert_int_equal(
			arrival_state_of(arrival_state_name((unsigned)i)), i);
	assert_int_equal(arrival_state_of("sleeping"), -1);
	assert_string_equal(arrival_state_name(ARRIVAL_STATE_COUNT), "unknown");
	assert_string_equal(arrival_origin_name(ORIGIN_ADDED), "added");
	assert_string_equal(arrival_origin_name(0), "unknown");
	assert_string_equal(arrival_origin_name(ORIGIN_COUNT), "unknown");
}

static void
only_what_waits_for_nothing_is_final(void **state)
{
	(void)state;
	for (unsigned i = 0; i < ARRIVAL_STATE_COUNT; i++)
		assert_int_equal(arrival_is_final(i), i >= ARRIVAL_DONE);
	assert_false(arrival_is_final(ARRIVAL_STATE_COUNT));
}

static void
packed_arrival_comes_back_whole(void **state)
{
	auto_buffer struct buffer packed = { 0 };
	auto_buffer struct buffer again = { 0 };
	struct arrival back;

	(void)state;
	arrival_encode(&packed, &letter);
	memset(&back, 0xaa, sizeof(back));
	assert_int_equal(arrival_decode(buffer_bytes(&packed), &back), 0);
	assert_int_equal(back.number, 17);
	assert_int_equal(back.state, ARRIVAL_QUARANTINED);
	assert_int_equal(back.mtime_ns, -7);
	assert_true(digest_equal(&back.digest, &letter.digest));
	assert_true(bytes_equal(back.name, letter.name));
	assert_true(bytes_equal(back.detail, letter.detail));
	arrival_encode(&again, &back);
	assert_true(bytes_equal(buffer_bytes(&packed), buffer_bytes(&again)));
}

/* A decoder that leaves something alone would show it here. */
static void
no_member_is_left_out(void **state)
{
	auto_buffer struct buffer packed = { 0 };
	struct arrival nothing = { 0 };
	struct arrival back;
	const unsigned char *bytes = (const unsigned char *)&back;
	size_t untouched = 0;

	(void)state;
	arrival_encode(&packed, &nothing);
	memset(&back, 0xaa, sizeof(back));
	assert_int_equal(arrival_decode(buffer_bytes(&packed), &back), 0);
	for (size_t i = 0; i < sizeof(back); i++)
		if (bytes[i] == 0xaa)
			untouched++;
	assert_true(untouched <= 8); /* the padding of two numbers */
}

static void
refuse(struct buffer *packed)
{
	struct arrival back = { .number = 99 };

	assert_int_equal(arrival_decode(buffer_bytes(packed), &back), -EBADMSG);
	assert_int_equal(back.number, 99);
	buffer_fini(packed);
}

static void
what_is_not_an_arrival_is_refused(void **state)
{
	struct arrival wrong = letter;
	struct buffer packed = { 0 };

	(void)state;
	refuse(&packed);
	wrong.state = ARRIVAL_STATE_COUNT;
	arrival_encode(&packed, &wrong);
	refuse(&packed);
	wrong.state = ARRIVAL_DONE;
	wrong.origin = ORIGIN_COUNT;
	arrival_encode(&packed, &wrong);
	refuse(&packed);
	arrival_encode(&packed, &letter);
	packed.data[0]++; /* its version */
	refuse(&packed);
	arrival_encode(&packed, &letter);
	buffer_put(&packed, "", 1);
	refuse(&packed);
	for (size_t size = 0;; size++) {
		arrival_encode(&packed, &letter);
		if (size == packed.size)
			break;
		packed.size = size;
		refuse(&packed);
	}
	buffer_fini(&packed);
}

static void
expect_json(const struct arrival *arrival, const char *expected)
{
	auto_buffer struct buffer out = { 0 };
	struct json json;

	json_init(&json, &out);
	json_begin_object(&json);
	arrival_put_json(&json, arrival);
	json_end_object(&json);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
}

static void
json_has_all_keys_and_null_for_the_unknown(void **state)
{
	const struct arrival young = {
		.number = 1,
		.state = ARRIVAL_QUEUED,
		.origin = ORIGIN_FOUND,
		.inbox = { "in", 2 },
		.name = { "b.txt", 5 },
		.received_ms = 1,
	};

	(void)state;
	expect_json(&young,
		    "{\"arrival\":1,\"state\":\"queued\",\"origin\":\"found\","
		    "\"inbox\":\"in\",\"name\":\"b.txt\",\"name_base64\":null,"
		    "\"id\":null,\"size\":0,"
		    "\"received\":\"1970-01-01T00:00:00.001Z\","
		    "\"settled\":null,\"attempts\":0,"
		    "\"not_before\":null,\"parent\":null,"
		    "\"original\":null,\"media_type\":null,\"language\":null,"
		    "\"class\":null,\"symbols\":[],\"date\":null,"
		    "\"title\":null,\"stage\":null,\"plugin\":null,"
		    "\"reason\":null,\"detail\":null,\"cure\":null}");
}

static void
json_has_a_name_of_any_bytes_and_symbols_one_by_one(void **state)
{
	(void)state;
	expect_json(&letter,
		    "{\"arrival\":17,\"state\":\"quarantined\","
		    "\"origin\":\"moved\",\"inbox\":\"letters\",\"name\":null,"
		    "\"name_base64\":\"Yf8=\",\"id\":\"sha256:"
		    "0102030000000000000000000000000000000000000000000000000000"
		    "000000\",\"size\":19036,"
		    "\"received\":\"2026-11-23T10:00:00.123Z\","
		    "\"settled\":\"2026-11-23T10:00:00.124Z\",\"attempts\":2,"
		    "\"not_before\":\"2026-11-23T10:00:00.125Z\","
		    "\"parent\":3,\"original\":4,\"media_type\":\"text/plain\","
		    "\"language\":\"fr\",\"class\":\"letter\","
		    "\"symbols\":[\"A/1\",\"S/2\"],\"date\":\"2003-10-10\","
		    "\"title\":\"t\",\"stage\":\"read\",\"plugin\":\"text\","
		    "\"reason\":\"limit\",\"detail\":\"too long\","
		    "\"cure\":\"Raise text_limit, or a program's output_limit, "
		    "and retry it.\"}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(state_is_found_by_its_name),
		cmocka_unit_test(only_what_waits_for_nothing_is_final),
		cmocka_unit_test(packed_arrival_comes_back_whole),
		cmocka_unit_test(no_member_is_left_out),
		cmocka_unit_test(what_is_not_an_arrival_is_refused),
		cmocka_unit_test(json_has_all_keys_and_null_for_the_unknown),
		cmocka_unit_test(
			json_has_a_name_of_any_bytes_and_symbols_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
