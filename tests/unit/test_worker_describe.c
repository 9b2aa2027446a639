/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_describe.c - what docketd learns of plugins without loading any */
#include "worker_process.h"

/* A docket-worker --describe whose standard output is read here. */
struct description {
	FILE *pipe;
	struct frame_stream in;
};

static void
begin(struct description *description, const char *first, const char *second)
{
	auto_free char *program = build_path("bin/docket-worker");
	auto_free char *one = plugin_path(first);
	auto_free char *two = plugin_path(second);
	auto_free char *command = mem_format(
		"'%s' --describe '%s' '%s' 2>/dev/null", program, one, two);

	description->pipe = popen(command, "re");
	assert_non_null(description->pipe);
	frame_stream_init(&description->in, fileno(description->pipe), 1 << 20);
}

static void
hear(struct description *description, enum message_type type, void *out_message)
{
	struct frame frame;

	assert_int_equal(frame_receive(&description->in, PATIENCE_MS, &frame),
			 1);
	assert_int_equal(frame.type, type);
	assert_int_equal(message_decode(&frame, out_message), 0);
}

static void
hear_refused(struct description *description, const char *name, const char *why)
{
	auto_free char *path = plugin_path(name);
	struct message_refused refused;

	hear(description, MESSAGE_REFUSED, &refused);
	assert_true(bytes_equal(refused.plugin, bytes_of(path)));
	assert_true(has_words(refused.detail, path));
	if (!has_words(refused.detail, why))
		fail_msg("\"%.*s\" does not say \"%s\"",
			 (int)refused.detail.size, refused.detail.data, why);
}

static void
end(struct description *description, int code)
{
	struct frame frame;
	int status;

	assert_int_equal(frame_receive(&description->in, PATIENCE_MS, &frame),
			 0);
	frame_stream_fini(&description->in);
	status = pclose(description->pipe);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), code);
}

static void
plugins_are_described_in_turn(void **state)
{
	struct description description;
	struct message_description said;
	struct message_described_option option;

	(void)state;
	begin(&description, "parser_plain", "notifier_file");
	hear(&description, MESSAGE_DESCRIPTION, &said);
	assert_int_equal(said.kind, PLUGIN_PARSER);
	assert_true(bytes_equal(said.name, bytes_of("plain")));
	assert_true(bytes_equal(said.version, bytes_of(DOCKET_VERSION)));
	assert_true(bytes_equal(said.types,
				bytes_of("text/plain\ntext/markdown\n")));
	hear(&description, MESSAGE_DESCRIPTION, &said);
	assert_int_equal(said.kind, PLUGIN_NOTIFIER);
	assert_true(bytes_equal(said.types, bytes_of("document.\n")));
	hear(&description, MESSAGE_DESCRIBED_OPTION, &option);
	assert_int_equal(option.type, DOCKET_OPTION_STRING);
	assert_true(bytes_equal(option.name, bytes_of("path")));
	assert_true(bytes_equal(option.fallback, bytes_of("/dev/null")));
	end(&description, 0);
}

static void
plugin_that_is_refused_does_not_hide_the_next(void **state)
{
	struct description description;
	struct message_description said;

	(void)state;
	begin(&description, "parser_abi", "parser_plain");
	hear_refused(&description, "parser_abi", "version 4711");
	hear(&description, MESSAGE_DESCRIPTION, &said);
	end(&description, 1);
}

static void
constructor_that_exits_with_0_is_found_out(void **state)
{
	struct description description;
	struct message_description said;

	(void)state;
	begin(&description, "parser_leave", "parser_plain");
	hear_refused(&description, "parser_leave", "exit code 0");
	hear(&description, MESSAGE_DESCRIPTION, &said);
	end(&description, 1);
}

static void
what_is_no_plugin_is_refused(void **state)
{
	struct description description;

	(void)state;
	begin(&description, "parser_nothing", "parser_missing");
	hear_refused(&description, "parser_nothing", "no DOCKET_PLUGIN");
	hear_refused(&description, "parser_missing", "No such file");
	end(&description, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plugins_are_described_in_turn),
		cmocka_unit_test(plugin_that_is_refused_does_not_hide_the_next),
		cmocka_unit_test(constructor_that_exits_with_0_is_found_out),
		cmocka_unit_test(what_is_no_plugin_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
