/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_every.c - needs every function of the host
 *
 * It calls none of them; but it is refused by a host that lacks one.
 */
#include <docket/annotator.h>
#include <docket/indexer.h>

typedef void (*function)(void);

static const function volatile every[] = {
	(function)docket_log,
	(function)docket_data_folder,
	(function)docket_state_folder,
	(function)docket_word_version,
	(function)docket_job_bytes,
	(function)docket_job_name,
	(function)docket_job_media_type,
	(function)docket_job_explain,
	(function)docket_job_progress,
	(function)docket_job_text,
	(function)docket_job_blocks,
	(function)docket_job_block,
	(function)docket_job_field,
	(function)docket_put_text,
	(function)docket_open_block,
	(function)docket_close_block,
	(function)docket_open_part,
	(function)docket_close_part,
	(function)docket_put_page,
	(function)docket_put_field,
	(function)docket_put_mark,
	(function)docket_put_child,
	(function)docket_set_block_language,
	(function)docket_record_text,
	(function)docket_record_field,
	(function)docket_record_parts,
	(function)docket_record_part,
	(function)docket_record_blocks,
	(function)docket_record_block,
	(function)docket_record_marks,
	(function)docket_record_mark,
	(function)docket_record_tokens,
	(function)docket_query_clauses,
	(function)docket_query_clause,
	(function)docket_query_token,
	(function)docket_put_hit,
	(function)docket_finding_explain,
};

static enum docket_status
every_annotate(void *self, struct docket_job *job)
{
	(void)self;
	(void)job;
	return every[0] ? DOCKET_OK : DOCKET_BROKEN;
}

static const struct docket_annotator annotator = {
	.annotate = every_annotate,
};

DOCKET_PLUGIN = {
	.name = "every",
	.summary = "Needs every function of the host",
	.annotator = &annotator,
};
