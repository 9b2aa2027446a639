/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_html.c - strangers' bytes as a page
 *
 * The whole plugin; an odd size makes it XHTML. Whatever comes, tokens lie in
 * their page one behind the other, the plugin closes what it opens, and the
 * record can be opened.
 */
#include "fuzz.h"

#include <assert.h>

#include "../../daemon/worker/job.h"
#include "mem.h"
#include "record.h"
#include "token.h"

#define TEXT_LIMIT (4u << 20)

extern const struct docket_plugin docket_plugin;

static void
check_tokens(struct docket_bytes bytes, bool is_xml)
{
	struct tokens tokens;
	size_t reached = 0;

	tokens_read(&tokens, bytes, is_xml);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];

		assert(token->at >= reached);
		reached = (size_t)token->at + token->size;
		assert(reached <= bytes.size);
		assert(token->kind == TOKEN_TEXT || token->tag != TAG_NONE);
	}
	tokens_fini(&tokens);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_job job = {
		.content = { (const char *)data, size },
		.name = bytes_of("fuzz"),
		.media_type = bytes_of(size % 2 ? "application/xhtml+xml"
						: "text/html"),
	};
	auto_buffer struct buffer image = { 0 };
	struct docket_record record;

	check_tokens(job.content, size % 2);
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
