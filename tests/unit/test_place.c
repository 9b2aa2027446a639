/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_place.c - where programs, plugins and data are
 *
 * The test runs as BUILD/bin/test_place, so it is in a build tree itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "place.h"

static char *
get_own_folder(void)
{
	char path[PATH_MAX] = "";

	assert_true(readlink("/proc/self/exe", path, sizeof(path) - 1) > 0);
	*strrchr(path, '/') = '\0';
	return mem_dup_string(path);
}

static void
expect_beside(const char *path, const char *folder, const char *name)
{
	auto_free char *expected = mem_format("%s/%s", folder, name);
	auto_free char *real = realpath(expected, NULL);

	assert_string_equal(path, real ? real : expected);
}

static void
build_tree_is_used_from_within(void **state)
{
	auto_free char *folder = get_own_folder();
	struct place place;

	(void)state;
	place_init(&place);
	expect_beside(place.worker, folder, "docket-worker");
	expect_beside(place.bus, folder, "docket-bus");
	expect_beside(place.plugins, folder, "../plugins");
	expect_beside(place.data, folder, "../share");
	assert_int_equal(place.config[0], '/');
	place_fini(&place);
	assert_null(place.plugins);
	place_fini(&place);
}

/* A folder of its own for a test. */
static int
make_folder(void **state)
{
	char *folder = mem_dup_string("/tmp/test_place.XXXXXX");

	*state = folder;
	return mkdtemp(folder) ? 0 : -1;
}

static int
remove_folder(void **state)
{
	auto_free char *folder = *state;

	return rmdir(folder);
}

static const char *const names[] = {
	"parser_text.so",
	"parser_pdf.so",
	"annotator_language.so",
	"parser_text.so.1",
	"parser_text.so.bak",
	".parser_hidden.so",
	"README.md",
	".so",
	"indexer_sqlite.so",
};

static int
fill_folder(void **state)
{
	if (make_folder(state) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		auto_free char *path =
			mem_format("%s/%s", (char *)*state, names[i]);
		auto_fd int fd = open(path, O_CREAT | O_WRONLY, 0600);

		if (fd < 0)
			return -1;
	}
	return 0;
}

static int
empty_folder(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		auto_free char *path =
			mem_format("%s/%s", (char *)*state, names[i]);

		unlink(path);
	}
	return remove_folder(state);
}

static void
expect_list(const char *folder, const char *const *prefixes,
	    const char *const *expected)
{
	struct fault fault = { "" };
	char **paths = NULL;
	size_t count = 0;

	assert_int_equal(place_list_plugins(folder, prefixes, &paths, &fault),
			 0);
	for (; expected[count]; count++)
		expect_beside(paths[count], folder, expected[count]);
	assert_null(paths[count]);
	place_free_list(paths);
}

static void
plugins_are_listed_by_name(void **state)
{
	static const char *const all[] = { "annotator_language.so",
					   "indexer_sqlite.so", "parser_pdf.so",
					   "parser_text.so", NULL };

	expect_list(*state, NULL, all);
}

static void
prefixes_select_kinds(void **state)
{
	static const char *const readers[] = { "parser_", "annotator_", NULL };
	static const char *const notifiers[] = { "notifier_", NULL };
	static const char *const expected[] = { "annotator_language.so",
						"parser_pdf.so",
						"parser_text.so", NULL };
	static const char *const nothing[] = { NULL };

	expect_list(*state, readers, expected);
	expect_list(*state, notifiers, nothing);
	expect_list(*state, nothing, nothing);
}

static void
empty_folder_is_an_empty_list(void **state)
{
	static const char *const nothing[] = { NULL };

	expect_list(*state, NULL, nothing);
}

static void
absent_folder_is_told(void **state)
{
	struct fault fault = { "" };
	char **paths = NULL;

	(void)state;
	assert_int_equal(
		place_list_plugins("/nonexistent", NULL, &paths, &fault),
		-ENOENT);
	assert_string_equal(fault.text, "the plugin folder /nonexistent: "
					"No such file or directory");
	assert_null(paths);
	place_free_list(NULL);
}

#define folder_test(test) \
	cmocka_unit_test_setup_teardown(test, fill_folder, empty_folder)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(build_tree_is_used_from_within),
		folder_test(plugins_are_listed_by_name),
		folder_test(prefixes_select_kinds),
		cmocka_unit_test_setup_teardown(empty_folder_is_an_empty_list,
						make_folder, remove_folder),
		cmocka_unit_test(absent_folder_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
