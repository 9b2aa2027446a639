/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_config.c - docket.conf, what it may say and how it is refused
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "config.h"

#define INBOX "[inbox letters]\npath = /srv/letters\n"

struct fixture {
	char folder[32];
	char file[64];
	struct config config;
	struct fault fault;
};

static int
make_folder(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	strcpy(fixture->folder, "/tmp/test_config.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->file, sizeof(fixture->file), "%s/docket.conf",
		 fixture->folder);
	*state = fixture;
	return 0;
}

static int
remove_entry(const char *path, const struct stat *status, int flag,
	     struct FTW *ftw)
{
	(void)status, (void)flag, (void)ftw;
	return remove(path);
}

static int
remove_folder(void **state)
{
	struct fixture *fixture = *state;

	config_fini(&fixture->config);
	nftw(fixture->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(fixture);
	return 0;
}

#define CONFIG_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

static void
write_bytes(const char *path, const char *text, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, size), size);
	close(fd);
}

static void
write_part(struct fixture *fixture, const char *name, const char *text)
{
	auto_free char *folder = mem_format("%s/conf.d", fixture->folder);
	auto_free char *path = mem_format("%s/%s", folder, name);

	mkdir(folder, 0700);
	write_bytes(path, text, strlen(text));
}

static int
load(struct fixture *fixture)
{
	struct config_request request = { .file = fixture->file };

	config_fini(&fixture->config);
	fixture->fault.text[0] = '\0';
	return config_load(&request, &fixture->config, &fixture->fault);
}

static int
load_text(struct fixture *fixture, const char *text)
{
	write_bytes(fixture->file, text, strlen(text));
	return load(fixture);
}

static void
expect_loaded(struct fixture *fixture, const char *text)
{
	int status = load_text(fixture, text);

	if (status < 0)
		fail_msg("%s", fixture->fault.text);
}

/* Refused with "FILE:line:" if line is not 0, and with that part of a text. */
static void
expect_refused(struct fixture *fixture, const char *text, int line,
	       const char *part)
{
	auto_free char *place =
		line > 0 ? mem_format("%s:%d: ", fixture->file, line)
			 : mem_dup_string("");

	assert_int_equal(load_text(fixture, text), -EINVAL);
	if (strncmp(fixture->fault.text, place, strlen(place)) != 0 ||
	    strstr(fixture->fault.text, part) == NULL)
		fail_msg("not \"%s ... %s\": %s", place, part,
			 fixture->fault.text);
}

/* ---- what is right ---- */

static void
what_is_not_said_has_its_default(void **state)
{
	struct fixture *fixture = *state;
	const struct config *config = &fixture->config;

	expect_loaded(fixture, INBOX);
	assert_string_equal(config->daemon.name, "registry-1");
	assert_string_equal(config->daemon.state, "/var/lib/docket");
	assert_string_equal(config->daemon.runtime, "/run/docket");
	assert_int_equal(config->daemon.readers, 2);
	assert_int_equal(config->daemon.attempts, 3);
	assert_int_equal(config->daemon.read_deadline_ms, 60000);
	assert_int_equal(config->daemon.rescan_ms, 60000);
	assert_true(*config->daemon.plugins != '\0');
	assert_true(*config->daemon.data != '\0');
	assert_int_equal(config->inbox_count, 1);
	assert_string_equal(config->inboxes[0].name, "letters");
	assert_string_equal(config->inboxes[0].path, "/srv/letters");
	assert_int_equal(config->inboxes[0].quiet_ms, 2000);
	assert_int_equal(config->inboxes[0].found_quiet_ms, 30000);
	assert_int_equal(config->inboxes[0].size_limit_bytes, 512 << 20);
	assert_non_null(strstr(config->inboxes[0].ignore, "*.part"));
	assert_int_equal(config->bus_count, 1);
	assert_string_equal(config->buses[0].address, "ipc:///run/docket/bus");
	assert_string_equal(config->buses[0].replay,
			    "ipc:///run/docket/replay");
	assert_int_equal(config->daemon.events_keep, 1000000);
}

static void
catch_up_lies_beside_the_address(void **state)
{
	static const struct {
		const char *section;
		const char *replay;
	} cases[] = {
		{ "[bus bus]\n", "ipc:///run/docket/replay" },
		{ "[bus bus]\naddress = ipc:///x/bus\n", "ipc:///x/replay" },
		{ "[bus bus]\naddress = ipc:///x/live\n",
		  "ipc:///x/live-replay" },
		{ "[bus out]\n", "ipc:///run/docket/out-replay" },
		{ "[bus out]\naddress = ipc:///x/bus\n",
		  "ipc:///x/bus-replay" },
		{ "[bus out]\nreplay = ipc:///x/missed\n", "ipc:///x/missed" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		auto_free char *text = mem_format(INBOX "%s", cases[i].section);

		expect_loaded(fixture, text);
		assert_string_equal(fixture->config.buses[0].replay,
				    cases[i].replay);
		config_fini(&fixture->config);
	}
}

static void
what_is_said_is_taken(void **state)
{
	struct fixture *fixture = *state;
	const struct config *config = &fixture->config;

	expect_loaded(fixture, "# a comment\n"
			       "[daemon]\n"
			       "name = here\n"
			       "readers = 4\n"
			       "read_deadline = 5m\n"
			       "text_limit = 16M\n"
			       "\n"
			       "[inbox a]\n"
			       "path = /srv/a b\n"
			       "size_limit = 1K\n"
			       "ignore =\n"
			       "; another\n"
			       "[inbox b-2]\n"
			       "path = /srv/b\n"
			       "[bus out]\n"
			       "address = ipc:///run/out\n"
			       "topics = document.parsed document.quarantined\n"
			       "inboxes = a\n"
			       "[plugin parser_text]\n"
			       "enabled = no\n"
			       "tab = 8\n");
	assert_string_equal(config->daemon.name, "here");
	assert_int_equal(config->daemon.readers, 4);
	assert_int_equal(config->daemon.read_deadline_ms, 300000);
	assert_int_equal(config->daemon.text_limit_bytes, 16 << 20);
	assert_int_equal(config->inbox_count, 2);
	assert_string_equal(config->inboxes[0].path, "/srv/a b");
	assert_int_equal(config->inboxes[0].size_limit_bytes, 1024);
	assert_string_equal(config->inboxes[0].ignore, "");
	assert_string_equal(config->inboxes[1].name, "b-2");
	assert_int_equal(config->bus_count, 1);
	assert_string_equal(config->buses[0].topics,
			    "document.parsed document.quarantined");
	assert_int_equal(config->plugin_count, 1);
	assert_false(config->plugins[0].is_enabled);
	assert_int_equal(config->plugins[0].value_count, 1);
	assert_string_equal(config->plugins[0].values[0].name, "tab");
	assert_string_equal(config->plugins[0].values[0].value, "8");
	assert_string_equal(config->plugins[0].values[0].place +
				    strlen(fixture->file),
			    ":21");
}

static void
file_without_a_last_line_feed_is_read_to_its_end(void **state)
{
	struct fixture *fixture = *state;

	expect_loaded(fixture, INBOX "quiet = 5s");
	assert_int_equal(fixture->config.inboxes[0].quiet_ms, 5000);
}

static void
carriage_returns_are_no_part_of_a_value(void **state)
{
	struct fixture *fixture = *state;

	expect_loaded(fixture, "[inbox letters]\r\npath = /srv/letters\r\n");
	assert_string_equal(fixture->config.inboxes[0].path, "/srv/letters");
}

static void
parts_are_read_in_the_order_of_their_names(void **state)
{
	struct fixture *fixture = *state;

	write_part(fixture, "20-b.conf", "[inbox b]\npath = /b\n");
	write_part(fixture, "10-a.conf", "[inbox a]\npath = /a\n");
	write_part(fixture, ".hidden.conf", "nonsense\n");
	write_part(fixture, "30-c.conf.bak", "nonsense\n");
	expect_loaded(fixture, INBOX);
	assert_int_equal(fixture->config.inbox_count, 3);
	assert_string_equal(fixture->config.inboxes[1].name, "a");
	assert_string_equal(fixture->config.inboxes[2].name, "b");
}

static void
state_folder_of_the_command_line_holds_everything(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *runtime = mem_format("%s/run", fixture->folder);
	auto_free char *bus = mem_format("ipc://%s/run/bus", fixture->folder);
	struct config_request request = { .state = fixture->folder,
					  .inbox = "/srv/in" };

	assert_int_equal(
		config_load(&request, &fixture->config, &fixture->fault), 0);
	assert_string_equal(fixture->config.daemon.state, fixture->folder);
	assert_string_equal(fixture->config.daemon.runtime, runtime);
	assert_string_equal(fixture->config.inboxes[0].name, "inbox");
	assert_string_equal(fixture->config.inboxes[0].path, "/srv/in");
	assert_string_equal(fixture->config.buses[0].address, bus);
}

static void
what_is_put_says_the_same_when_it_is_read(void **state)
{
	struct fixture *fixture = *state;
	auto_buffer struct buffer first = { 0 }, second = { 0 };

	expect_loaded(fixture, "[daemon]\nname = here\nread_deadline = 90s\n"
			       "text_limit = 1025K\nmemory_limit = 0\n" INBOX
			       "ignore = *.bak a;b #c\n"
			       "[bus x]\ntopics = document\n"
			       "[plugin p]\nenabled = off\nkey = a = b\n");
	config_put(&first, &fixture->config);
	write_bytes(fixture->file, first.data, first.size);
	if (load(fixture) < 0)
		fail_msg("%s", fixture->fault.text);
	config_put(&second, &fixture->config);
	assert_int_equal(first.size, second.size);
	assert_memory_equal(first.data, second.data, first.size);
	assert_string_equal(fixture->config.plugins[0].values[0].value,
			    "a = b");
}

/* ---- what is wrong ---- */

static void
mistakes_are_refused_with_their_line(void **state)
{
	static const struct {
		const char *text;
		int line;
		const char *part;
	} cases[] = {
		{ "[daemon]\nnmae = x\n", 2, "unknown option \"nmae\"" },
		{ "[daemon]\nnmae = x\n", 2, "name state runtime" },
		{ "[inbox a]\npath = /a\nquite = 2s\n", 3, "quite" },
		{ "[bus a]\naddres = x\n", 2, "addres" },
		{ "[deamon]\n", 1, "unknown section [deamon]" },
		{ "[inbox]\npath = /a\n", 1, "unknown section [inbox]" },
		{ "[daemon x]\n", 1, "unknown section" },
		{ "\n\n[inbox a/b]\n", 3, "is not a name" },
		{ "[inbox a\npath = /a\n", 1, "no closing ]" },
		{ "[daemon]\nreaders = 0\n", 2, "out of range" },
		{ "[daemon]\nreaders = many\n", 2, "is not" },
		{ "[daemon]\nread_deadline = 60\n", 2, "is not" },
		{ "[daemon]\ntext_limit = 1T\n", 2, "text_limit" },
		{ "[plugin p]\nenabled = maybe\n", 2, "enabled" },
		{ "name = x\n", 1, "outside of a section" },
		{ "[daemon]\njust words\n", 2, "neither [section] nor" },
		{ "[daemon]\n = x\n", 2, "indented" },
		{ "[daemon]\n= x\n", 2, "no name before the =" },
		{ "[daemon]\nname = x\n  y\n", 3, "indented" },
		{ "[daemon]\nname = x\nname = y\n", 3, "given before" },
		{ "[daemon]\nname = x\n[daemon]\n", 3, "was there before" },
		{ INBOX INBOX, 3, "was there before" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect_refused(*state, cases[i].text, cases[i].line,
			       cases[i].part);
}

static void
option_after_a_comment_is_refused_with_its_own_line(void **state)
{
	expect_refused(*state, "# one\n\n; three\n[daemon]\n# five\nbad = 1\n",
		       6, "unknown option");
}

static void
long_lines_and_nul_bytes_are_refused(void **state)
{
	struct fixture *fixture = *state;
	static const char nul[] = "[daemon]\nname = a\0b\n";
	char text[512] = "[daemon]\nname = ";
	char section[80];

	memset(text + strlen(text), 'x', 200);
	expect_refused(fixture, text, 2, "longer than 190 bytes");
	write_bytes(fixture->file, nul, sizeof(nul) - 1);
	assert_int_equal(load(fixture), -EINVAL);
	assert_non_null(strstr(fixture->fault.text, ":2: "));
	assert_non_null(strstr(fixture->fault.text, "NUL"));
	snprintf(section, sizeof(section), "[inbox %050d]\n", 1);
	expect_refused(fixture, section, 1, "section name is too long");
}

static void
same_option_in_two_files_is_refused_where_it_is_second(void **state)
{
	struct fixture *fixture = *state;

	write_part(fixture, "a.conf", "# more\n[daemon]\nname = x\n");
	assert_int_equal(load_text(fixture, "[daemon]\nname = y\n" INBOX),
			 -EINVAL);
	assert_non_null(strstr(fixture->fault.text, "/conf.d/a.conf:2: "));
}

static void
section_that_is_left_open_does_not_reach_the_next_file(void **state)
{
	struct fixture *fixture = *state;

	write_part(fixture, "a.conf", "quiet = 1s\n");
	assert_int_equal(load_text(fixture, INBOX), -EINVAL);
	assert_non_null(strstr(fixture->fault.text, "/conf.d/a.conf:1: "));
	assert_non_null(strstr(fixture->fault.text, "outside of a section"));
}

static void
what_no_line_tells_is_refused_where_it_was_said(void **state)
{
	static const struct {
		const char *text;
		int line;
		const char *part;
	} cases[] = {
		{ "", 0, "no inbox" },
		{ INBOX "[daemon]\nname = a b\n", 4, "is not a name" },
		{ "[inbox a]\n", 1, "[inbox a] has no path" },
		{ "[inbox a]\npath = /x\n[inbox b]\nquiet = 1s\npath = /x\n", 5,
		  "[inbox a] and [inbox b] are the same folder" },
		{ INBOX "owners = nobody-at-all\n", 3, "[inbox letters]" },
		{ INBOX "types = text/plain pdf\n", 3, "not a media type" },
		{ INBOX "receipts = /srv/letters/done\n", 3, "lies in" },
		{ INBOX "[bus b]\naddress = tcp://*:1\n", 4, "[bus b]" },
		{ INBOX "[bus b]\naddress = ipc://relative\n", 4, "[bus b]" },
		{ INBOX "[bus b]\nreplay = tcp://*:1\n", 4, "replay" },
		{ INBOX "[bus b]\ninboxes = x\n", 4, "no [inbox x]" },
		{ INBOX "[bus b]\naddress = ipc:///b\nreplay = ipc:///b\n", 5,
		  "are the same" },
		{ INBOX "[bus bus]\n[bus replay]\n", 4,
		  "[bus bus] and [bus replay]" },
	};
	struct fixture *fixture = *state;
	char text[256];

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect_refused(fixture, cases[i].text, cases[i].line,
			       cases[i].part);
	snprintf(text, sizeof(text), INBOX "[bus b]\naddress = ipc:///%0120d\n",
		 1);
	expect_refused(fixture, text, 4, "longer than");
}

static void
file_that_is_not_there_is_refused(void **state)
{
	struct fixture *fixture = *state;

	assert_true(load(fixture) < 0);
	assert_non_null(strstr(fixture->fault.text, fixture->file));
}

static void
file_that_anybody_may_write_is_refused(void **state)
{
	struct fixture *fixture = *state;

	expect_loaded(fixture, INBOX);
	assert_int_equal(chmod(fixture->file, 0602), 0);
	assert_int_equal(load(fixture), -EINVAL);
	assert_non_null(strstr(fixture->fault.text, "chmod o-w"));
}

static void
folder_and_large_file_are_refused(void **state)
{
	struct fixture *fixture = *state;

	write_bytes(fixture->file, "", 0);
	assert_int_equal(truncate(fixture->file, (64 << 10) + 1), 0);
	assert_int_equal(load(fixture), -EINVAL);
	assert_non_null(strstr(fixture->fault.text, "larger than"));
	unlink(fixture->file);
	assert_int_equal(mkdir(fixture->file, 0700), 0);
	assert_int_equal(load(fixture), -EINVAL);
	assert_non_null(strstr(fixture->fault.text, "not a regular file"));
}

/* ---- lists ---- */

static void
list_has_its_words_and_an_empty_one_all(void **state)
{
	(void)state;
	assert_true(config_list_has("", bytes_of("a")));
	assert_true(config_list_has("a", bytes_of("a")));
	assert_true(config_list_has("b  a ", bytes_of("a")));
	assert_true(config_list_has(" a b", bytes_of("b")));
	assert_false(config_list_has("ab", bytes_of("a")));
	assert_false(config_list_has("a", bytes_of("ab")));
	assert_false(config_list_has("a b", bytes_of("")));
	assert_false(config_list_has(" ", bytes_of("a")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CONFIG_TEST(what_is_not_said_has_its_default),
		CONFIG_TEST(catch_up_lies_beside_the_address),
		CONFIG_TEST(what_is_said_is_taken),
		CONFIG_TEST(file_without_a_last_line_feed_is_read_to_its_end),
		CONFIG_TEST(carriage_returns_are_no_part_of_a_value),
		CONFIG_TEST(parts_are_read_in_the_order_of_their_names),
		CONFIG_TEST(state_folder_of_the_command_line_holds_everything),
		CONFIG_TEST(what_is_put_says_the_same_when_it_is_read),
		CONFIG_TEST(mistakes_are_refused_with_their_line),
		CONFIG_TEST(
			option_after_a_comment_is_refused_with_its_own_line),
		CONFIG_TEST(long_lines_and_nul_bytes_are_refused),
		CONFIG_TEST(
			same_option_in_two_files_is_refused_where_it_is_second),
		CONFIG_TEST(
			section_that_is_left_open_does_not_reach_the_next_file),
		CONFIG_TEST(what_no_line_tells_is_refused_where_it_was_said),
		CONFIG_TEST(file_that_is_not_there_is_refused),
		CONFIG_TEST(file_that_anybody_may_write_is_refused),
		CONFIG_TEST(folder_and_large_file_are_refused),
		cmocka_unit_test(list_has_its_words_and_an_empty_one_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
