/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_query.c - anything typed, looked for in any text
 *
 * The first line is the query. Its passage lies in the text, and the matches
 * in the passage.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "escape.h"
#include "query.h"

static void
check_passage(const struct query_passage *passage, struct docket_bytes text)
{
	struct docket_bytes shown = { text.data + passage->start,
				      passage->end - passage->start };
	uint32_t at = passage->start;

	assert(passage->start <= passage->end && passage->end <= text.size);
	assert(shown.size == 0 || escape_is_utf8(shown));
	for (size_t i = 0; i < passage->match_count; i++) {
		struct query_match match = passage->matches[i];

		assert(at <= match.start && match.start < match.end);
		assert(match.end <= passage->end);
		at = match.end;
	}
}

static void
find_in(const struct docket_query *query, struct word_breaker *breaker,
	struct docket_bytes text)
{
	const struct record_limits limits = { 1 << 20, 1000, 1000, 1000 };
	struct record_builder *builder = record_builder_new(&limits);
	auto_buffer struct buffer image = { 0 };
	struct query_passage passage;
	struct docket_record record;

	record_put_text(builder, text);
	record_settle(builder);
	record_finish(builder, &image);
	record_builder_free(builder);
	assert(record_open(buffer_bytes(&image), &record) == 0);
	query_find_passage(query, breaker, &record, 40, &passage);
	check_passage(&passage, docket_record_text(&record));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_bytes typed = { (const char *)data, size };
	struct docket_query *query = NULL;
	struct word_breaker *breaker;
	struct fault fault;
	const uint8_t *line;

	if (size == 0)
		return 0;
	line = memchr(data, '\n', size);
	if (line)
		typed.size = (size_t)(line - data);
	breaker = word_breaker_new();
	if (query_parse(typed, breaker, &query, &fault) == 0) {
		const char *rest = typed.data + typed.size;

		find_in(query, breaker,
			(struct docket_bytes){ rest, size - typed.size });
	}
	query_free(query);
	word_breaker_free(breaker);
	return 0;
}
