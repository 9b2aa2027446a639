/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_claim_folder.c - claims and the folders that they work on
 */
#include "claim_fixture.h"

static void
claim_holds_a_folder_that_its_inbox_has_let_go(void **state)
{
	struct fixture *fixture = *state;
	struct inbox_folder *folder = fixture->folder;
	struct claim *claim;

	write_file(fixture->inbox, "a", "Dear Sir", 8);
	claim = start_claim(fixture, "a");
	inbox_folder_drop(folder); /* as when the inbox is lost */
	claim_copy(claim, &fixture->store);
	assert_int_equal(claim->result, CLAIM_TAKEN);
	assert_true(exists(folder->spool, "0/a"));
	claim_clear(claim);
	assert_int_equal(claim->error, 0);
	inbox_folder_hold(folder);
	fixture->claim = claim_free(claim);
}

static void
file_that_stands_in_for_another_at_the_rename_is_not_taken_for_it(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_file(fixture->inbox, "a", "first", 5);
	claim = start_claim(fixture, "a");
	claim_copy(claim, &fixture->store);
	claim_shut(claim);
	/* What the name in the lane means is looked up each time. */
	write_file(fixture->root, "b", "second", 6);
	assert_int_equal(renameat(fixture->root, "b", fixture->spool, "0/a"),
			 0);
	claim_copy(claim, &fixture->store);
	assert_int_equal(claim->result, CLAIM_TAKEN);
	assert_int_equal(claim->content.size, 6);
}

static void
file_of_somebody_else_is_refused_unopened(void **state)
{
	struct fixture *fixture = *state;
	uid_t *owners = mem_alloc(sizeof(*owners));

	*owners = getuid() + 1;
	fixture->folder->owners = owners;
	fixture->folder->owner_count = 1;
	write_file(fixture->inbox, "a", "1", 1);
	expect_refusal(copy(fixture, "a"), CLAIM_OWNER, "owner");
	assert_int_equal(fixture->claim->file, -1);
	assert_true(exists(fixture->spool, "0/a"));
	*owners = getuid();
	write_file(fixture->inbox, "b", "1", 1);
	assert_int_equal(copy(fixture, "b")->result, CLAIM_TAKEN);
}

static void
file_in_a_folder_goes_into_a_lane_of_its_own(void **state)
{
	struct fixture *fixture = *state;

	close(open_folder(fixture->inbox, "sub"));
	write_file(fixture->inbox, "sub/a", "1", 1);
	assert_int_equal(copy(fixture, "sub/a")->result, CLAIM_TAKEN);
	assert_true(exists(fixture->spool, "64/sub%2Fa"));
	claim_clear(fixture->claim);
	assert_false(exists(fixture->spool, "64/sub%2Fa"));
	assert_true(exists(fixture->inbox, "sub"));
}

static void
folder_that_is_a_symlink_is_not_followed(void **state)
{
	struct fixture *fixture = *state;

	close(open_folder(fixture->root, "elsewhere"));
	write_file(fixture->root, "elsewhere/a", "1", 1);
	assert_int_equal(symlinkat("../elsewhere", fixture->inbox, "sub"), 0);
	assert_int_equal(copy(fixture, "sub/a")->result, CLAIM_VANISHED);
	assert_int_equal(copy(fixture, "../elsewhere/a")->result,
			 CLAIM_VANISHED);
	assert_true(exists(fixture->root, "elsewhere/a"));
}

static void
path_that_is_too_long_for_the_spool_has_a_short_name_there(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;
	char name[256];
	auto_free char *path = NULL;

	memset(name, 'x', 255);
	name[255] = '\0';
	close(open_folder(fixture->inbox, "sub"));
	path = mem_format("sub/%s", name);
	write_file(fixture->inbox, path, "1", 1);
	claim = copy(fixture, path);
	assert_int_equal(claim->result, CLAIM_TAKEN);
	assert_string_equal(claim->name, path);
	assert_int_equal(strlen(claim->spooled), 255);
	claim_clear(claim);
	assert_false(exists(fixture->inbox, path));
}

static void
file_that_cannot_be_removed_is_said_to_be_there(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	if (geteuid() == 0)
		skip();
	write_file(fixture->inbox, "a", "1", 1);
	claim = copy(fixture, "a");
	assert_int_equal(fchmodat(fixture->spool, "0", 0500, 0), 0);
	claim_clear(claim);
	assert_int_equal(claim->error, -EACCES);
	assert_int_equal(fchmodat(fixture->spool, "0", 0700, 0), 0);
}

static void
all_of_a_list_are_cleared(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claims[4];
	static const char *const names[4] = { "a", "a", "sub/b", "c" };

	close(open_folder(fixture->inbox, "sub"));
	for (int i = 0; i < 4; i++) {
		write_file(fixture->inbox, names[i], "1", 1);
		claims[i] = copy(fixture, names[i]);
		assert_int_equal(claims[i]->result, CLAIM_TAKEN);
		fixture->claim = NULL;
		if (i > 0)
			claims[i - 1]->next = claims[i];
	}
	write_file(fixture->spool, "1/a", "2", 1);
	claim_clear(claims[0]);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(claims[i]->error, 0);
		assert_int_equal(claims[i]->is_superseded, i == 1);
		claim_free(claims[i]);
	}
	assert_false(exists(fixture->spool, "0/a"));
	assert_true(exists(fixture->spool, "1/a"));
	assert_false(exists(fixture->spool, "64/sub%2Fb"));
	assert_false(exists(fixture->spool, "0/c"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM_TEST(claim_holds_a_folder_that_its_inbox_has_let_go),
		CLAIM_TEST(
			file_that_stands_in_for_another_at_the_rename_is_not_taken_for_it),
		CLAIM_TEST(file_of_somebody_else_is_refused_unopened),
		CLAIM_TEST(file_in_a_folder_goes_into_a_lane_of_its_own),
		CLAIM_TEST(folder_that_is_a_symlink_is_not_followed),
		CLAIM_TEST(
			path_that_is_too_long_for_the_spool_has_a_short_name_there),
		CLAIM_TEST(file_that_cannot_be_removed_is_said_to_be_there),
		CLAIM_TEST(all_of_a_list_are_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
