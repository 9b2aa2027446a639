/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_event.c - events packed, as topics and as CloudEvents
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "event.h"

static const struct event parsed = {
	.number = 40,
	.type = EVENT_DOCUMENT_PARSED,
	.time_ms = 1795428000123,
	.arrival = 17,
	.has_digest = true,
	.digest = { { 0xab } },
	.inbox = { "letters", 7 },
	.name = { "lettre.txt", 10 },
	.language = { "fr", 2 },
	.class = { "letter-identical", 16 },
	.symbols = { "A/1\nS/2", 7 },
	.title = { "Lettres", 7 },
};

static void
type_is_found_by_its_name(void **state)
{
	(void)state;
	for (unsigned i = 1; i < EVENT_TYPE_COUNT; i++) {
		const char *name = event_type_name(i);

		assert_int_equal(event_type_of(bytes_of(name)), i);
	}
	assert_int_equal(event_type_of(bytes_of("document.eaten")), EVENT_NONE);
	assert_int_equal(event_type_of(bytes_of("document.parsed ")),
			 EVENT_NONE);
	assert_int_equal(event_type_of(bytes_of(NULL)), EVENT_NONE);
}

static void
what_followers_did_are_reports_and_nothing_else(void **state)
{
	(void)state;
	for (unsigned i = 1; i < EVENT_TYPE_COUNT; i++) {
		bool is_expected = i == EVENT_DOCUMENT_INDEXED ||
				   i == EVENT_DOCUMENT_MATCHED ||
				   i == EVENT_NOTIFICATION_SENT ||
				   i == EVENT_NOTIFICATION_FAILED;

		assert_int_equal(event_is_report(i), is_expected);
	}
}

static void
packed_event_comes_back_whole(void **state)
{
	auto_buffer struct buffer packed = { 0 };
	auto_buffer struct buffer again = { 0 };
	struct event back;

	(void)state;
	event_encode(&packed, &parsed);
	memset(&back, 0xaa, sizeof(back));
	assert_int_equal(event_decode(buffer_bytes(&packed), &back), 0);
	assert_int_equal(back.type, EVENT_DOCUMENT_PARSED);
	assert_true(back.has_digest);
	assert_true(digest_equal(&back.digest, &parsed.digest));
	assert_true(bytes_equal(back.title, parsed.title));
	assert_int_equal(back.detail.size, 0);
	event_encode(&again, &back);
	assert_true(bytes_equal(buffer_bytes(&packed), buffer_bytes(&again)));
}

static void
refuse(struct buffer *packed)
{
	struct event back = { .number = 99 };

	assert_int_equal(event_decode(buffer_bytes(packed), &back), -EBADMSG);
	assert_int_equal(back.number, 99);
	buffer_fini(packed);
}

static void
what_is_not_an_event_is_refused(void **state)
{
	static const struct {
		size_t at;
		char value;
	} changes[] = {
		{ 0, 0 },     /* no version */
		{ 0, 1 },     /* an older one, which has less */
		{ 0, 3 },     /* a newer one */
		{ 4, 2 },     /* has_digest */
		{ 16, 0 },    /* type */
		{ 16, 18 },   /* one more than there are */
		{ 19, 0x40 }, /* a huge one */
	};
	struct buffer packed = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
		event_encode(&packed, &parsed);
		packed.data[changes[i].at] = changes[i].value;
		refuse(&packed);
	}
	event_encode(&packed, &parsed);
	packed.size--;
	refuse(&packed);
	event_encode(&packed, &parsed);
	buffer_put(&packed, "", 1);
	refuse(&packed);
}

static void
expect_topic(const struct event *event, const char *expected)
{
	auto_buffer struct buffer topic = { 0 };

	event_put_topic(&topic, event);
	buffer_put(&topic, "", 1);
	assert_string_equal(topic.data, expected);
}

static void
topic_has_the_levels_that_are_known(void **state)
{
	struct event event = parsed;

	(void)state;
	expect_topic(&event, "document.parsed/letters/fr/letter-identical");
	event.type = EVENT_DOCUMENT_RECEIVED;
	event.language = bytes_of(NULL);
	event.class = bytes_of("");
	expect_topic(&event, "document.received/letters/-/-");
	event.type = EVENT_DAEMON_STARTED;
	expect_topic(&event, "daemon.started");
}

static void
segment_cannot_pass_for_two_or_for_a_line(void **state)
{
	struct event event = parsed;
	auto_free char *expected = NULL;
	char wide[200];

	(void)state;
	event.inbox = bytes_of("a/b\nc\x7f");
	event.language = (struct docket_bytes){ "\0\xff\xc3\xa9", 4 };
	memset(wide, 'x', sizeof(wide));
	event.class = (struct docket_bytes){ wide, sizeof(wide) };
	wide[64] = '\0';
	expected = mem_format("document.parsed/a_b_c_/__\xc3\xa9/%s", wide);
	expect_topic(&event, expected);
}

static void
topic_matches_by_prefix(void **state)
{
	static const char *const prefixes[] = { "plugin.", "document.parsed/" };
	struct docket_bytes topic = bytes_of("document.parsed/a/b/c");

	(void)state;
	assert_true(event_topic_matches(topic, prefixes, 2));
	assert_false(event_topic_matches(topic, prefixes, 1));
	assert_true(event_topic_matches(topic, NULL, 0));
	assert_false(event_topic_matches(bytes_of("document."), prefixes, 2));
}

static void
expect_json(const struct event *event, const char *stream, const char *expected)
{
	auto_buffer struct buffer out = { 0 };

	event_put_json(&out, event, "/docket/registry-1", stream, 42);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
}

static void
parsed_document_is_the_cloudevent_of_the_contract(void **state)
{
	(void)state;
	expect_json(&parsed, "7f3c",
		    "{\"specversion\":\"1.0\",\"id\":\"7f3c:42\","
		    "\"source\":\"/docket/registry-1\","
		    "\"type\":\"document.parsed\",\"subject\":\"sha256:ab0000"
		    "0000000000000000000000000000000000000000000000000000000000"
		    "\",\"time\":\"2026-11-23T10:00:00.123Z\","
		    "\"sequence\":\"00000000000000000042\","
		    "\"data\":{\"arrival\":17,\"inbox\":\"letters\","
		    "\"name\":\"lettre.txt\",\"name_base64\":null,"
		    "\"level\":null,\"language\":\"fr\","
		    "\"class\":\"letter-identical\","
		    "\"symbols\":[\"A/1\",\"S/"
		    "2\"],\"title\":\"Lettres\",\"parent\":null}}");
}

static void
what_came_out_of_what_is_told(void **state)
{
	auto_buffer struct buffer packed = { 0 };
	auto_buffer struct buffer out = { 0 };
	struct event event = parsed, back;

	(void)state;
	event.parent = 16;
	event.children = 3;
	event_encode(&packed, &event);
	assert_int_equal(event_decode(buffer_bytes(&packed), &back), 0);
	assert_int_equal(back.parent, 16);
	event_put_json(&out, &back, "/docket/r", "s", 1);
	buffer_put(&out, "", 1);
	assert_non_null(strstr(out.data, ",\"parent\":16,\"children\":3}}"));
}

static void
event_of_an_older_journal_came_out_of_nothing(void **state)
{
	auto_buffer struct buffer packed = { 0 };
	struct event event = parsed, back;

	(void)state;
	event.parent = 16;
	event_encode(&packed, &event);
	packed.data[0] = 1;
	packed.size -= sizeof(event.parent) + sizeof(event.children);
	assert_int_equal(event_decode(buffer_bytes(&packed), &back), 0);
	assert_int_equal(back.arrival, 17);
	assert_int_equal(back.parent, 0);
}

static void
event_outside_a_stream_has_its_number_and_no_sequence(void **state)
{
	const struct event crashed = {
		.number = 41,
		.type = EVENT_PLUGIN_CRASHED,
		.arrival = 17,
		.plugin = { "text", 4 },
		.detail = { "signal 11", 9 },
	};

	(void)state;
	expect_json(&crashed, "",
		    "{\"specversion\":\"1.0\","
		    "\"id\":\"/docket/registry-1:41\","
		    "\"source\":\"/docket/registry-1\","
		    "\"type\":\"plugin.crashed\","
		    "\"time\":\"1970-01-01T00:00:00.000Z\","
		    "\"data\":{\"arrival\":17,\"plugin\":\"text\","
		    "\"detail\":\"signal 11\"}}");
}

/* Whether SQLite, which did not write it, takes it for JSON. */
static bool
is_json(const struct buffer *out)
{
	sqlite3_stmt *statement;
	sqlite3 *db;
	bool is_valid;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT json_valid(?1)", -1,
					    &statement, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(statement, 1, out->data, (int)out->size,
			  SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	is_valid = sqlite3_column_int(statement, 0) == 1;
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return is_valid;
}

static void
expect_small(const struct event *event, const char *source, const char *stream)
{
	auto_buffer struct buffer out = { 0 };

	buffer_put(&out, "before", 6);
	event_put_json(&out, event, source, stream, UINT64_MAX);
	buffer_drop(&out, 6);
	assert_true(out.size <= EVENT_JSON_LIMIT);
	assert_true(is_json(&out));
}

static void
event_of_any_type_and_any_strings_is_within_the_limit(void **state)
{
	static const char *const units[] = { "\x01", "\"",	     "\xff",
					     "\n",   "\xe2\x80\xa8", "x\n" };
	size_t size = 64 << 10;
	char *bytes = mem_alloc(size + 1);

	(void)state;
	for (size_t unit = 0; unit < ARRAY_SIZE(units); unit++) {
		struct event event = { .has_digest = true,
				       .number = UINT64_MAX,
				       .time_ms = INT64_MIN,
				       .arrival = UINT64_MAX,
				       .original = UINT64_MAX,
				       .parent = UINT64_MAX,
				       .children = UINT64_MAX };
		struct docket_bytes all = { bytes, size };

		for (size_t i = 0; i < size; i++)
			bytes[i] = units[unit][i % strlen(units[unit])];
		event.inbox = event.name = event.level = event.language =
			event.class = event.symbols = event.title =
				event.stage = event.plugin = event.reason =
					event.detail = all;
		for (unsigned type = 1; type < EVENT_TYPE_COUNT; type++) {
			event.type = type;
			expect_small(&event, bytes, bytes);
			expect_small(&event, bytes, "");
		}
	}
	free(bytes);
}

static void
ordinary_strings_are_cut_only_where_they_are_long(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct event event = parsed;
	char title[600];

	(void)state;
	memset(title, 't', sizeof(title));
	event.title = (struct docket_bytes){ title, sizeof(title) };
	event_put_json(&out, &event, "/docket/r", "s", 1);
	buffer_put(&out, "", 1);
	title[513] = '\0';
	assert_null(strstr(out.data, title));
	title[512] = '\0';
	assert_non_null(strstr(out.data, title));
	assert_non_null(strstr(out.data, "\"class\":\"letter-identical\""));
}

static void
symbols_are_cut_between_two_of_them(void **state)
{
	auto_buffer struct buffer symbols = { 0 };
	auto_buffer struct buffer out = { 0 };
	struct event event = parsed;

	(void)state;
	for (int i = 1000; i < 1200; i++)
		buffer_format(&symbols, "%sA/%d", i > 1000 ? "\n" : "", i);
	event.symbols = buffer_bytes(&symbols);
	event_put_json(&out, &event, "/docket/r", "s", 1);
	buffer_put(&out, "", 1);
	/* 512 bytes hold 73 of 7 bytes each, line feed included. */
	assert_non_null(strstr(out.data, "\"A/1071\",\"A/1072\"],"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(type_is_found_by_its_name),
		cmocka_unit_test(
			what_followers_did_are_reports_and_nothing_else),
		cmocka_unit_test(packed_event_comes_back_whole),
		cmocka_unit_test(what_is_not_an_event_is_refused),
		cmocka_unit_test(topic_has_the_levels_that_are_known),
		cmocka_unit_test(segment_cannot_pass_for_two_or_for_a_line),
		cmocka_unit_test(topic_matches_by_prefix),
		cmocka_unit_test(
			parsed_document_is_the_cloudevent_of_the_contract),
		cmocka_unit_test(what_came_out_of_what_is_told),
		cmocka_unit_test(event_of_an_older_journal_came_out_of_nothing),
		cmocka_unit_test(
			event_outside_a_stream_has_its_number_and_no_sequence),
		cmocka_unit_test(
			event_of_any_type_and_any_strings_is_within_the_limit),
		cmocka_unit_test(
			ordinary_strings_are_cut_only_where_they_are_long),
		cmocka_unit_test(symbols_are_cut_between_two_of_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
