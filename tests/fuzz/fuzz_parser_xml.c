/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_xml.c - strangers' bytes as XML
 *
 * The whole plugin. Whatever comes, elements on the tape nest and lie in it, the
 * plugin closes what it opens, and the record can be opened.
 */
#include "fuzz.h"

#include <assert.h>

#include "../../daemon/worker/job.h"
#include "mem.h"
#include "record.h"
#include "tape.h"

#define TEXT_LIMIT (4u << 20)

extern const struct docket_plugin docket_plugin;

static void
check_tape(struct docket_bytes bytes)
{
	struct tape tape;
	size_t depth = 0;

	tape_read(&tape, bytes);
	for (size_t i = 0; i < tape.count; i++) {
		const struct tape_node *node = &tape.nodes[i];

		if (node->kind == TAPE_OPEN) {
			depth++;
			assert(node->end > i && node->end < tape.count);
			assert(node->at + node->size <= tape.attribute_count);
		} else if (node->kind == TAPE_CLOSE) {
			assert(depth-- > 0);
		} else {
			assert(node->at + node->size <= tape.text_size);
		}
	}
	assert(depth == 0);
	tape_fini(&tape);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_job job = {
		.content = { (const char *)data, size },
		.name = bytes_of("fuzz"),
		.media_type = bytes_of("application/xml"),
	};
	auto_buffer struct buffer image = { 0 };
	struct docket_record record;

	check_tape(job.content);
	job_begin(&job, TEXT_LIMIT);
	job_enter(&job, docket_plugin.name);
	docket_plugin.parser->parse(NULL, &job);
	job_leave(&job);
	assert(!job.stray);
	job_settle(&job, docket_plugin.name, "0");
	record_finish(job.record, &image);
	assert(record_open(buffer_bytes(&image), &record) == 0);
	job_end(&job);
	return 0;
}
