/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_record.c - an image from a worker that was taken over
 *
 * Whatever opens is read through every accessor and written as JSON.
 */
#include "fuzz.h"

#include "record.h"

/* Read every byte, so that a sanitizer looks at each. */
static size_t
sum_bytes(struct docket_bytes bytes)
{
	size_t sum = 0;

	for (size_t i = 0; i < bytes.size; i++)
		sum += (unsigned char)bytes.data[i];
	return sum;
}

static size_t
read_fields(const struct docket_record *record)
{
	size_t sum = 0;

	for (unsigned field = 0; field <= DOCKET_FIELD_COUNT; field++) {
		struct docket_bytes value;
		size_t index = 0;

		while (value = docket_record_field(
			       record, (enum docket_field)field, index++),
		       value.data)
			sum += sum_bytes(value);
	}
	return sum;
}

static size_t
read_items(const struct docket_record *record)
{
	size_t sum = 0;

	for (size_t i = 0; i < docket_record_parts(record); i++) {
		struct docket_part part = docket_record_part(record, i);

		sum += sum_bytes(part.number) + sum_bytes(part.title) +
		       sum_bytes(part.anchor);
	}
	for (size_t i = 0; i < docket_record_blocks(record); i++) {
		struct docket_block block = docket_record_block(record, i);

		sum += sum_bytes(block.number) + sum_bytes(block.anchor) +
		       sum_bytes(block.language);
	}
	for (size_t i = 0; i < docket_record_marks(record); i++) {
		struct docket_mark mark = docket_record_mark(record, i);

		sum += sum_bytes(mark.value) + sum_bytes(mark.uri);
	}
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct record_origin origin = { .id = "sha256:", .size = size };
	auto_buffer struct buffer out = { 0 };
	struct docket_record record;
	volatile size_t sum = 0; /* so that reading is not left out */
	struct json json;

	if (record_open((struct docket_bytes){ (const char *)data, size },
			&record) < 0)
		return 0;
	sum += sum_bytes(docket_record_text(&record));
	sum += sum_bytes(docket_record_tokens(&record));
	sum += read_fields(&record);
	sum += read_items(&record);
	json_init(&json, &out);
	record_put_json(&json, &record, &origin);
	(void)sum;
	return 0;
}
