/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_members.c - what a reader takes out of a document becomes facts
 */
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "members.h"

struct fixture {
	uv_loop_t loop;
	struct store store;
	struct members members;
	char folder[32];
	size_t taken;
};

static void
on_taken(struct members *members)
{
	container_of(members, struct fixture, members)->taken++;
}

static int
make_fixture(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));
	struct fault fault;
	int folder;

	strcpy(fixture->folder, "/tmp/test_members.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	folder = open(fixture->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(store_open(folder, &fixture->store, &fault), 0);
	close(folder);
	uv_loop_init(&fixture->loop);
	members_init(&fixture->members, &fixture->loop, &fixture->store,
		     on_taken);
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
free_fixture(void **state)
{
	struct fixture *fixture = *state;

	members_fini(&fixture->members);
	assert_int_equal(uv_loop_close(&fixture->loop), 0);
	store_close(&fixture->store);
	nftw(fixture->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(fixture);
	return 0;
}

#define MEMBERS_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_fixture, free_fixture)

static struct message_child
make_child(const char *name, struct docket_bytes content)
{
	return (struct message_child){
		.lease = 17,
		.name = bytes_of(name),
		.size = content.size,
		.content = content,
	};
}

/* Take it and wait until it is where it belongs. */
static void
take_child(struct fixture *fixture, const struct message_child *child)
{
	size_t before = fixture->taken;

	assert_int_equal(members_take(&fixture->members, child), 1);
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
	assert_int_equal(fixture->taken, before + 1);
}

static void
take_more(struct fixture *fixture, struct docket_bytes content)
{
	struct message_child_bytes more = { 17, content };

	assert_int_equal(members_take_more(&fixture->members, &more), 1);
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
}

static void
small_ones_are_held_and_hashed(void **state)
{
	struct fixture *fixture = *state;
	struct message_child one = make_child("one", bytes_of("1"));
	struct message_child two = make_child("two", bytes_of(""));
	struct fact *parent = fact_new(FACT_READ);
	struct digest digest = digest_of(bytes_of("1"));
	const struct fact *member;

	take_child(fixture, &one);
	take_child(fixture, &two);
	assert_true(members_are_whole(&fixture->members));
	members_give(&fixture->members, parent);
	assert_int_equal(fact_count_members(parent), 2);
	assert_int_equal(fact_bytes(parent), 1);
	member = parent->members;
	assert_int_equal(member->kind, FACT_TAKEN);
	assert_int_equal(member->arrival.origin, ORIGIN_CHILD);
	assert_true(digest_equal(&member->arrival.digest, &digest));
	assert_true(bytes_equal(member->arrival.name, bytes_of("one")));
	assert_false(member->is_stored);
	assert_int_equal(member->next->arrival.size, 0);
	assert_int_equal(fixture->members.lease, 0);
	fact_free(parent);
}

static void
large_one_is_a_file_when_it_is_whole(void **state)
{
	struct fixture *fixture = *state;
	size_t size = MESSAGE_INLINE_LIMIT + 3;
	auto_free char *bytes = mem_alloc(size);
	struct docket_bytes whole = { bytes, size };
	struct docket_bytes first = { bytes, MESSAGE_INLINE_LIMIT };
	struct docket_bytes rest = { bytes + MESSAGE_INLINE_LIMIT, 3 };
	struct message_child child = make_child("large", first);
	struct fact *parent = fact_new(FACT_READ);
	struct digest digest = digest_of(whole);

	child.size = size;
	take_child(fixture, &child);
	assert_false(members_are_whole(&fixture->members));
	take_more(fixture, rest);
	assert_true(members_are_whole(&fixture->members));
	members_give(&fixture->members, parent);
	assert_true(parent->members->is_stored);
	assert_int_equal(parent->members->content.size, 0);
	assert_true(digest_equal(&parent->members->arrival.digest, &digest));
	assert_true(store_has(&fixture->store, &digest));
	fact_free(parent);
}

static void
one_that_breaks_off_is_none_and_leaves_no_file(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *bytes = mem_alloc(MESSAGE_INLINE_LIMIT);
	struct docket_bytes first = { bytes, MESSAGE_INLINE_LIMIT };
	struct message_child small = make_child("small", bytes_of("1"));
	struct message_child child = make_child("large", first);
	struct fact *parent = fact_new(FACT_CRASHED);
	auto_free char *left = mem_format("%s/store", fixture->folder);

	child.size = 2 * MESSAGE_INLINE_LIMIT;
	take_child(fixture, &small);
	take_child(fixture, &child);
	members_give(&fixture->members, parent);
	assert_int_equal(fact_count_members(parent), 1);
	assert_true(members_are_whole(&fixture->members));
	assert_int_equal(rmdir(left), 0); /* nothing is in it */
	fact_free(parent);
}

static void
what_is_held_has_a_limit(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *bytes = mem_alloc(STORE_SMALL_LIMIT);
	struct docket_bytes small = { bytes, STORE_SMALL_LIMIT };
	struct fact *parent = fact_new(FACT_READ);
	const struct fact *member;
	size_t stored = 0;

	for (char i = 0; i < 20; i++) {
		struct message_child child = make_child("x", small);

		bytes[0] = i;
		take_child(fixture, &child);
	}
	members_give(&fixture->members, parent);
	assert_int_equal(fact_bytes(parent), 4 << 20);
	for (member = parent->members; member; member = member->next)
		stored += member->is_stored;
	assert_int_equal(stored, 4);
	fact_free(parent);
}

static void
without_room_nothing_more_is_kept(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *bytes = mem_alloc(MESSAGE_INLINE_LIMIT);
	struct docket_bytes first = { bytes, MESSAGE_INLINE_LIMIT };
	struct message_child small = make_child("small", bytes_of("1"));
	struct message_child child = make_child("large", first);
	struct message_child_bytes more = { 17, bytes_of("x") };
	struct fact *parent = fact_new(FACT_POSTPONED);

	fixture->store.floor_bytes = UINT64_MAX;
	child.size = MESSAGE_INLINE_LIMIT + 1;
	take_child(fixture, &small);
	take_child(fixture, &child);
	assert_true(fixture->members.error < 0);
	assert_int_equal(members_take_more(&fixture->members, &more), 0);
	assert_int_equal(members_take(&fixture->members, &small), 0);
	assert_true(members_are_whole(&fixture->members));
	members_give(&fixture->members, parent);
	assert_int_equal(fact_count_members(parent), 1);
	assert_int_equal(fixture->members.error, 0);
	fact_free(parent);
}

static void
what_makes_no_sense_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct members *members = &fixture->members;
	struct message_child good = make_child("good", bytes_of("1")), bad;
	struct message_child_bytes more = { 17, bytes_of("x") };

	assert_true(members_take_more(members, &more) < 0);
	bad = good;
	bad.size = 2; /* and one byte comes */
	assert_true(members_take(members, &bad) < 0);
	bad = good;
	bad.name = bytes_of("");
	assert_true(members_take(members, &bad) < 0);
	bad = good;
	bad.name = (struct docket_bytes){ "a\0b", 3 };
	assert_true(members_take(members, &bad) < 0);
	bad = good;
	bad.size = MESSAGE_CHILDREN_BYTES_LIMIT + 1;
	assert_true(members_take(members, &bad) < 0);
	take_child(fixture, &good);
	good.lease = 18;
	assert_true(members_take(members, &good) < 0);
	assert_true(members_take_more(members, &more) < 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		MEMBERS_TEST(small_ones_are_held_and_hashed),
		MEMBERS_TEST(large_one_is_a_file_when_it_is_whole),
		MEMBERS_TEST(one_that_breaks_off_is_none_and_leaves_no_file),
		MEMBERS_TEST(what_is_held_has_a_limit),
		MEMBERS_TEST(without_room_nothing_more_is_kept),
		MEMBERS_TEST(what_makes_no_sense_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
