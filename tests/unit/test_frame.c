/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_frame.c - values packed into frames and taken out again
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "digest.h"
#include "frame.h"

struct sample {
	uint32_t small;
	uint64_t large;
	int64_t balance;
	double score;
	struct docket_bytes name;
	struct digest digest;
	struct docket_bytes rest;
};

static const struct frame_field sample_fields[] = {
	FRAME_FIELD(FRAME_U32, struct sample, small),
	FRAME_FIELD(FRAME_U64, struct sample, large),
	FRAME_FIELD(FRAME_I64, struct sample, balance),
	FRAME_FIELD(FRAME_DOUBLE, struct sample, score),
	FRAME_FIELD(FRAME_BYTES, struct sample, name),
	FRAME_FIELD(FRAME_DIGEST, struct sample, digest),
	FRAME_FIELD(FRAME_BYTES, struct sample, rest),
	{ FRAME_END, 0 },
};

static const struct frame_field no_fields[] = { { FRAME_END, 0 } };

static struct sample
make_sample(void)
{
	return (struct sample){
		.small = 7,
		.large = UINT64_MAX - 1,
		.balance = -5,
		.score = 0.25,
		.name = { "a\0b", 3 },
		.digest = digest_of(bytes_of("abc")),
	};
}

static void
header_says_size_type_and_flags(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct frame_header header;
	size_t begin;

	(void)state;
	buffer_put_string(&out, "before");
	begin = frame_begin(&out, 500);
	frame_put_u32(&out, 1);
	frame_flag_fd(&out, begin);
	frame_put_u32(&out, 2);
	frame_end(&out, begin);
	assert_int_equal(begin, strlen("before"));
	assert_int_equal(out.size, begin + 8 + 8);
	memcpy(&header, out.data + begin, sizeof(header));
	assert_int_equal(header.size, 8);
	assert_int_equal(header.type, 500);
	assert_int_equal(header.flags, FRAME_HAS_FD);
}

static void
values_come_back_in_order(void **state)
{
	auto_buffer struct buffer out = { 0 };
	auto_free char *text = NULL;
	auto_free char *absent = NULL;
	struct frame_reader reader;

	(void)state;
	frame_put_u32(&out, UINT32_MAX);
	frame_put_u64(&out, UINT64_MAX);
	frame_put_i64(&out, INT64_MIN);
	frame_put_double(&out, -0.5);
	frame_put_bytes(&out, bytes_of("bytes"));
	frame_put_string(&out, "text");
	frame_put_string(&out, NULL);
	frame_reader_init(&reader, buffer_bytes(&out));
	assert_true(frame_get_u32(&reader) == UINT32_MAX);
	assert_true(frame_get_u64(&reader) == UINT64_MAX);
	assert_true(frame_get_i64(&reader) == INT64_MIN);
	assert_true(frame_get_double(&reader) == -0.5);
	assert_true(bytes_equal(frame_get_bytes(&reader), bytes_of("bytes")));
	text = frame_get_string(&reader);
	assert_string_equal(text, "text");
	assert_false(frame_is_good(&reader));
	absent = frame_get_string(&reader);
	assert_string_equal(absent, "");
	assert_true(frame_is_good(&reader));
}

static void
reader_past_the_end_yields_zeros_and_stays_bad(void **state)
{
	auto_free char *text = NULL;
	struct frame_reader reader;
	struct docket_bytes bytes;

	(void)state;
	frame_reader_init(&reader, bytes_of("0123456"));
	assert_int_equal(frame_get_u64(&reader), 0);
	/* there would be room for this one */
	assert_int_equal(frame_get_u32(&reader), 0);
	assert_int_equal(frame_get_i64(&reader), 0);
	assert_true(frame_get_double(&reader) == 0.0);
	bytes = frame_get_bytes(&reader);
	assert_null(bytes.data);
	assert_int_equal(bytes.size, 0);
	text = frame_get_string(&reader);
	assert_string_equal(text, "");
	assert_false(frame_is_good(&reader));
}

static void
reader_of_nothing_is_good_until_asked(void **state)
{
	struct frame_reader reader;

	(void)state;
	frame_reader_init(&reader, bytes_of(NULL));
	assert_true(frame_is_good(&reader));
	assert_int_equal(frame_get_u32(&reader), 0);
	assert_false(frame_is_good(&reader));
}

static void
bytes_longer_than_the_frame_are_bad(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct frame_reader reader;

	(void)state;
	frame_put_u32(&out, UINT32_MAX);
	buffer_put_string(&out, "short");
	frame_reader_init(&reader, buffer_bytes(&out));
	assert_null(frame_get_bytes(&reader).data);
	assert_false(frame_is_good(&reader));
}

static void
string_with_nul_inside_is_bad(void **state)
{
	auto_buffer struct buffer out = { 0 };
	auto_free char *text = NULL;
	struct frame_reader reader;

	(void)state;
	frame_put_bytes(&out, (struct docket_bytes){ "a\0b", 3 });
	frame_reader_init(&reader, buffer_bytes(&out));
	text = frame_get_string(&reader);
	assert_string_equal(text, "");
	assert_false(frame_is_good(&reader));
}

static void
struct_comes_back_as_its_table_says(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct sample sample = make_sample();
	struct sample copy = { 0 };

	(void)state;
	frame_put_struct(&out, sample_fields, &sample);
	assert_int_equal(
		frame_get_struct(buffer_bytes(&out), sample_fields, &copy), 0);
	assert_int_equal(copy.small, sample.small);
	assert_true(copy.large == sample.large);
	assert_true(copy.balance == sample.balance);
	assert_true(copy.score == sample.score);
	assert_true(bytes_equal(copy.name, sample.name));
	assert_true(digest_equal(&copy.digest, &sample.digest));
	assert_int_equal(copy.rest.size, 0);
}

static void
struct_cut_anywhere_is_refused_and_nothing_is_written(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct sample sample = make_sample();

	(void)state;
	frame_put_struct(&out, sample_fields, &sample);
	for (size_t size = 0; size < out.size; size++) {
		/* on the heap, so that reading on would be noticed */
		auto_free char *cut = mem_dup(out.data, size);
		struct sample copy = { .small = 99 };

		assert_int_equal(
			frame_get_struct((struct docket_bytes){ cut, size },
					 sample_fields, &copy),
			-EBADMSG);
		assert_int_equal(copy.small, 99);
	}
}

static void
struct_with_something_behind_it_is_refused(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct sample sample = make_sample();
	struct sample copy;

	(void)state;
	frame_put_struct(&out, sample_fields, &sample);
	buffer_put(&out, "", 1);
	assert_int_equal(
		frame_get_struct(buffer_bytes(&out), sample_fields, &copy),
		-EBADMSG);
	assert_int_equal(frame_get_struct(bytes_of("x"), no_fields, &copy),
			 -EBADMSG);
	assert_int_equal(frame_get_struct(bytes_of(NULL), no_fields, &copy), 0);
}

static void
random_bytes_are_never_read_past_their_end(void **state)
{
	unsigned seed = 3;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		size_t size = round % 120;
		auto_free char *data = mem_alloc(size);
		struct sample copy;

		for (size_t i = 0; i < size; i++) {
			seed = seed * 1103515245u + 12345u;
			data[i] = (seed >> 28) ? 0 : (char)(seed >> 16);
		}
		frame_get_struct((struct docket_bytes){ data, size },
				 sample_fields, &copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_says_size_type_and_flags),
		cmocka_unit_test(values_come_back_in_order),
		cmocka_unit_test(
			reader_past_the_end_yields_zeros_and_stays_bad),
		cmocka_unit_test(reader_of_nothing_is_good_until_asked),
		cmocka_unit_test(bytes_longer_than_the_frame_are_bad),
		cmocka_unit_test(string_with_nul_inside_is_bad),
		cmocka_unit_test(struct_comes_back_as_its_table_says),
		cmocka_unit_test(
			struct_cut_anywhere_is_refused_and_nothing_is_written),
		cmocka_unit_test(struct_with_something_behind_it_is_refused),
		cmocka_unit_test(random_bytes_are_never_read_past_their_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
