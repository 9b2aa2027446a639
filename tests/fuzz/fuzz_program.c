/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_program.c - the JSON that a program wrote about a stranger's document
 *
 * What is taken makes a record that opens; and that, printed, is taken again
 * and has the same text but for line feeds, which stand where blocks end.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>

#include "job.h"
#include "program_record.h"

/* False where it is refused. out is the record. */
static bool
read_output(struct docket_bytes output, struct buffer *out)
{
	auto_buffer struct buffer copy = { 0 };
	struct docket_job job = { .media_type = { "text/plain", 10 } };
	struct fault fault = { "" };
	int rc;

	/* Nothing behind it: sanitizers see what reads too far. */
	copy.data = mem_dup(output.data, output.size + !output.size);
	copy.size = output.size;
	job_begin(&job, 1 << 20);
	rc = program_record_put(&job, &copy, &fault);
	assert((rc == 0) == (fault.text[0] == '\0'));
	if (rc == 0) {
		job_settle(&job, "fuzz", "1");
		record_finish(job.record, out);
	}
	job_end(&job);
	return rc == 0;
}

static void
print(const struct docket_record *record, struct buffer *out)
{
	const struct record_origin origin = { .size = 1 };
	struct json json;

	json_init(&json, out);
	record_put_json(&json, record, &origin);
}

static void
put_black(struct buffer *out, struct docket_bytes text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] != '\n')
			buffer_put(out, &text.data[i], 1);
}

static void
expect_same(const struct docket_record *one, const struct docket_record *two)
{
	auto_buffer struct buffer first = { 0 };
	auto_buffer struct buffer second = { 0 };

	put_black(&first, docket_record_text(one));
	put_black(&second, docket_record_text(two));
	assert(bytes_equal(buffer_bytes(&first), buffer_bytes(&second)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_bytes from = { (const char *)data, size };
	auto_buffer struct buffer image = { 0 };
	auto_buffer struct buffer again = { 0 };
	auto_buffer struct buffer printed = { 0 };
	struct docket_record record, copy;

	if (size == 0 || !read_output(from, &image))
		return 0;
	assert(record_open(buffer_bytes(&image), &record) == 0);
	print(&record, &printed);
	assert(read_output(buffer_bytes(&printed), &again));
	assert(record_open(buffer_bytes(&again), &copy) == 0);
	expect_same(&record, &copy);
	return 0;
}
