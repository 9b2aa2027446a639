/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_intake.c - claims by the batch, on a loop
 */
#include "claim_fixture.h"

#include "intake.h"

#define MANY 100

struct house {
	struct fixture *fixture;
	uv_loop_t loop;
	struct fact_queue queue;
	struct intake intake;
};

static void
open_house(struct house *house, struct fixture *fixture)
{
	*house = (struct house){ .fixture = fixture };
	uv_loop_init(&house->loop);
	fact_queue_init(&house->queue, &house->loop);
	intake_init(&house->intake, &house->loop, &house->queue,
		    &fixture->store);
	alarm(20);
}

static void
close_house(struct house *house)
{
	intake_stop(&house->intake);
	while (!intake_is_idle(&house->intake)) /* what it does adds facts */
		uv_run(&house->loop, UV_RUN_ONCE);
	uv_close((uv_handle_t *)&house->queue.idle, NULL);
	uv_run(&house->loop, UV_RUN_DEFAULT);
	while (house->queue.count > 0) /* of files that were cleared */
		fact_free(fact_gather(&house->queue, 1));
	assert_int_equal(uv_loop_close(&house->loop), 0);
	alarm(0);
}

static void
claim_it(struct house *house, const char *name)
{
	intake_claim(&house->intake, house->fixture->folder, name, ORIGIN_MOVED,
		     0);
}

/* Descriptors on a file that anybody might hand over. */
static void
add_it(struct house *house, const char *name)
{
	int fd = openat(house->fixture->inbox, name, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	intake_add(&house->intake, &house->fixture->config, bytes_of(name), fd,
		   NULL);
}

static struct fact *
wait_fact(struct house *house)
{
	while (house->queue.count == 0)
		uv_run(&house->loop, UV_RUN_ONCE);
	fact_take_wish(&house->queue);
	return fact_gather(&house->queue, 1);
}

/* As the turn does when the fact is committed. */
static void
settle(struct house *house, struct fact *fact, uint64_t number)
{
	assert_int_equal(fact->kind, FACT_TAKEN);
	intake_settle(&house->intake, fact->claim, number);
	fact_free(fact);
}

static void
make_many(struct fixture *fixture, struct house *house)
{
	char name[16];

	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		write_file(fixture->inbox, name, name, strlen(name));
		claim_it(house, name);
	}
}

static void
claims_are_copied_in_the_order_they_came(void **state)
{
	struct fixture *fixture = *state;
	struct house house;
	char name[16];

	open_house(&house, fixture);
	make_many(fixture, &house);
	assert_int_equal(intake_count(&house.intake), MANY);
	/* One batch: two threads would not keep the order. */
	house.intake.batches[1].claims.count = 1;
	intake_flush(&house.intake);
	for (int i = 0; i < MANY; i++) {
		struct fact *fact = wait_fact(&house);

		snprintf(name, sizeof(name), "n%d", i);
		assert_true(bytes_equal(fact->arrival.name, bytes_of(name)));
		settle(&house, fact, (uint64_t)i + 1);
	}
	house.intake.batches[1].claims.count = 0;
	assert_int_equal(intake_count(&house.intake), 0);
	close_house(&house);
}

static void
few_batches_take_many_claims(void **state)
{
	struct fixture *fixture = *state;
	struct house house;

	open_house(&house, fixture);
	make_many(fixture, &house);
	intake_flush(&house.intake);
	assert_int_equal(house.intake.batches[0].claims.count +
				 house.intake.batches[1].claims.count,
			 MANY);
	for (int i = 0; i < MANY; i++)
		settle(&house, wait_fact(&house), (uint64_t)i + 1);
	close_house(&house);
}

static void
nobody_waits_for_a_descriptor_that_was_handed_over(void **state)
{
	struct fixture *fixture = *state;
	struct house house;

	write_file(fixture->inbox, "given", "given", 5);
	write_file(fixture->inbox, "a", "a", 1);
	open_house(&house, fixture);
	claim_it(&house, "a");
	add_it(&house, "given"); /* which starts what is there */
	assert_int_equal(house.intake.batches[0].claims.count, 1);
	assert_int_equal(house.intake.batches[1].claims.count, 1);
	for (int i = 0; i < 2; i++)
		settle(&house, wait_fact(&house), (uint64_t)i + 1);
	close_house(&house);
}

static void
large_file_is_left_to_a_batch_of_its_own(void **state)
{
	struct fixture *fixture = *state;
	struct house house;
	struct fact *fact;

	write_file(fixture->inbox, "a", "a", 1);
	write_sized(fixture->inbox, "large", STORE_SMALL_LIMIT + 1);
	open_house(&house, fixture);
	claim_it(&house, "a");
	claim_it(&house, "large");
	intake_flush(&house.intake);
	assert_int_equal(house.intake.batches[0].claims.count, 2);
	fact = wait_fact(&house);
	assert_true(bytes_equal(fact->arrival.name, bytes_of("a")));
	assert_int_equal(house.queue.count, 0);
	settle(&house, fact, 1);
	fact = wait_fact(&house);
	assert_true(bytes_equal(fact->arrival.name, bytes_of("large")));
	assert_true(fact->is_stored);
	settle(&house, fact, 2);
	close_house(&house);
}

static void
spool_is_cleared_after_the_commit_and_says_so(void **state)
{
	struct fixture *fixture = *state;
	struct house house;
	struct fact *fact;

	write_file(fixture->inbox, "a", "a", 1);
	open_house(&house, fixture);
	claim_it(&house, "a");
	intake_flush(&house.intake);
	settle(&house, wait_fact(&house), 7);
	assert_true(exists(fixture->spool, "0/a"));
	intake_flush(&house.intake);
	fact = wait_fact(&house);
	assert_int_equal(fact->kind, FACT_CLEARED);
	assert_int_equal(fact->arrival.number, 7);
	assert_false(exists(fixture->spool, "0/a"));
	fact_free(fact);
	close_house(&house);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM_TEST(claims_are_copied_in_the_order_they_came),
		CLAIM_TEST(few_batches_take_many_claims),
		CLAIM_TEST(nobody_waits_for_a_descriptor_that_was_handed_over),
		CLAIM_TEST(large_file_is_left_to_a_batch_of_its_own),
		CLAIM_TEST(spool_is_cleared_after_the_commit_and_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
