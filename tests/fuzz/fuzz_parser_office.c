/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_office.c - strangers' bytes as Word and OpenDocument files
 *
 * What begins as an archive goes through the plugin whole. All else is parts of
 * one that need not be packed, so that what is changed in them is not refused
 * for its checksum: a line "--- NAME" begins a part. Whatever comes, a record
 * that is good can be made of what was put.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../../daemon/worker/job.h"
#include "mem.h"
#include "odt.h"
#include "package.h"
#include "record.h"
#include "word.h"

#define PART_MARK "--- "
#define TEXT_LIMIT (1u << 20)

extern const struct docket_plugin docket_plugin;

/* The line at *at, and *at behind it. */
static struct docket_bytes
read_line(struct docket_bytes bytes, size_t *at)
{
	const char *start = bytes.data + *at;
	const char *end = memchr(start, '\n', bytes.size - *at);
	size_t size = end ? (size_t)(end - start) : bytes.size - *at;

	*at += size + (end != NULL);
	return (struct docket_bytes){ start, size };
}

static void
add_part(struct package *package, struct docket_bytes name, const char *content,
	 const char *end)
{
	auto_free char *copy = mem_format("%.*s", (int)name.size, name.data);

	package_add(package, copy,
		    (struct docket_bytes){ content, (size_t)(end - content) });
}

static void
make_package(struct docket_bytes bytes, struct package *package)
{
	struct docket_bytes name = { 0 };
	const char *content = NULL;

	for (size_t at = 0; at < bytes.size;) {
		struct docket_bytes line = read_line(bytes, &at);

		if (!bytes_begin(line, PART_MARK))
			continue;
		if (content)
			add_part(package, name, content, line.data);
		name = (struct docket_bytes){ line.data + strlen(PART_MARK),
					      line.size - strlen(PART_MARK) };
		content = bytes.data + at;
	}
	if (content)
		add_part(package, name, content, bytes.data + bytes.size);
}

static void
read_parts(struct docket_job *job)
{
	struct package package = { 0 };
	struct refusal refusal = { 0 };
	bool is_good;

	make_package(job->content, &package);
	if (package_find(&package, bytes_of("content.xml")).data)
		is_good = odt_read(job, &package, &refusal);
	else
		is_good = word_read(job, &package, &refusal);
	assert(is_good == !refusal.word);
	package_close(&package);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_job job = {
		.content = { (const char *)data, size },
		.name = bytes_of("fuzz"),
		.media_type = bytes_of("application/octet-stream"),
	};
	auto_buffer struct buffer image = { 0 };
	struct docket_record record;

	job_begin(&job, TEXT_LIMIT);
	job_enter(&job, docket_plugin.name);
	if (bytes_begin(job.content, "PK"))
		docket_plugin.parser->parse(NULL, &job);
	else
		read_parts(&job);
	job_leave(&job);
	assert(!job.stray);
	job_settle(&job, "office", "0");
	record_finish(job.record, &image);
	assert(record_open(buffer_bytes(&image), &record) == 0);
	job_end(&job);
	return 0;
}
