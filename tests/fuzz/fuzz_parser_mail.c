/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_mail.c - strangers' bytes as a mail, as HTML and as its text
 *
 * The whole plugin, as docket-worker calls it, and what is ours of it by itself:
 * runs are in order and in the text, and a mailbox is parted without a rest.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "../../daemon/worker/job.h"
#include "flowed.h"
#include "html.h"
#include "mbox.h"
#include "mem.h"

extern const struct docket_plugin docket_plugin;

static void
check_runs(struct runs *runs)
{
	size_t at = 0;

	for (size_t i = 0; i < runs->count; i++) {
		assert(runs->items[i].start == at);
		assert(runs->items[i].end >= at);
		at = runs->items[i].end;
	}
	assert(at == runs->size);
	runs_fini(runs);
}

static void
check_mailbox(struct docket_bytes bytes)
{
	struct docket_bytes rest = bytes;
	struct docket_bytes mail;

	while (mbox_next(&rest, &mail))
		assert(mail.data + mail.size == rest.data);
	assert(rest.data == bytes.data + bytes.size);
}

static void
check_plugin(struct docket_bytes bytes)
{
	struct docket_job job = {
		.content = bytes,
		.name = bytes_of("mail.eml"),
		.media_type = bytes_of("message/rfc822"),
		.progress_ms = INT64_MAX, /* nobody listens */
	};
	enum docket_status status;

	job_begin(&job, 0);
	job_enter(&job, docket_plugin.name);
	status = docket_plugin.parser->parse(NULL, &job);
	job_leave(&job);
	assert(status == DOCKET_OK || (job.reason[0] && job.explained[0]));
	assert(!job.stray);
	if (status == DOCKET_OK)
		job_settle(&job, "mail", "1");
	job_end(&job);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_prepared;
	struct docket_bytes bytes = { (const char *)data, size };
	const struct flowed_format format = { size % 2, size % 3 };
	struct runs runs;

	if (!is_prepared)
		assert(docket_plugin.prepare(NULL) == DOCKET_OK);
	is_prepared = true;
	flowed_read(bytes, format, &runs);
	check_runs(&runs);
	html_read(bytes, &runs);
	check_runs(&runs);
	check_mailbox(bytes);
	check_plugin(bytes);
	return 0;
}
