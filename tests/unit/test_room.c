/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_room.c - what is kept on a disk for when it is full
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "room.h"

#define WANTED (1u << 20)

struct fixture {
	char path[32];
	int folder;
	struct store store;
	struct room room;
};

static int
make_room(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));
	struct fault fault;

	strcpy(fixture->path, "/tmp/test_room.XXXXXX");
	assert_non_null(mkdtemp(fixture->path));
	fixture->folder =
		open(fixture->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(store_open(fixture->folder, &fixture->store, &fault),
			 0);
	room_init(&fixture->room, &fixture->store, fixture->folder,
		  fixture->path, WANTED);
	*state = fixture;
	return 0;
}

static int
remove_room(void **state)
{
	struct fixture *fixture = *state;

	room_sacrifice(fixture->folder);
	store_close(&fixture->store);
	unlinkat(fixture->folder, "store", AT_REMOVEDIR);
	close(fixture->folder);
	rmdir(fixture->path);
	free(fixture);
	return 0;
}

static off_t
size_of_ballast(const struct fixture *fixture)
{
	struct stat meta;

	return fstatat(fixture->folder, "ballast", &meta, 0) == 0 ? meta.st_size
								  : -1;
}

static void
ballast_is_an_eighth_of_a_small_disk_at_most(void **state)
{
	(void)state;
	assert_int_equal(room_ballast(16u << 20, 8u << 20), 8u << 20);
	assert_int_equal(room_ballast(1u << 20, 8u << 20), 1u << 20);
	assert_int_equal(room_ballast(0, 8u << 20), 0);
}

static void
ballast_is_made_given_back_and_made_again(void **state)
{
	struct fixture *fixture = *state;
	struct room *room = &fixture->room;

	assert_false(room_release(room));
	room_tend(room);
	assert_int_equal(size_of_ballast(fixture), WANTED);
	assert_true(room_release(room));
	assert_int_equal(size_of_ballast(fixture), -1);
	room->is_full = true;
	room_tend(room); /* not while the journal waits for room */
	assert_int_equal(size_of_ballast(fixture), -1);
	room->is_full = false;
	room_tend(room);
	assert_int_equal(size_of_ballast(fixture), WANTED);
}

static void
ballast_of_the_life_before_is_known(void **state)
{
	struct fixture *fixture = *state;
	struct room *room = &fixture->room;

	room_tend(room);
	room_init(room, &fixture->store, fixture->folder, fixture->path,
		  WANTED);
	assert_true(room_release(room));
}

static void
below_the_floor_nothing_is_taken_in_and_it_is_said_why(void **state)
{
	struct fixture *fixture = *state;
	auto_buffer struct buffer text = { 0 };

	assert_false(room_is_short(&fixture->room));
	fixture->store.floor_bytes = UINT64_MAX;
	assert_true(room_is_short(&fixture->room));
	room_put_reason(&fixture->room, &text);
	buffer_put(&text, "", 1);
	assert_non_null(strstr(text.data, fixture->path));
	assert_non_null(strstr(text.data, "MiB are free"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_room, remove_room)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ballast_is_an_eighth_of_a_small_disk_at_most),
		TEST(ballast_is_made_given_back_and_made_again),
		TEST(ballast_of_the_life_before_is_known),
		TEST(below_the_floor_nothing_is_taken_in_and_it_is_said_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
