/* SPDX-License-Identifier: Apache-2.0 */
/*
 * job.c - one document in the hands of plugins
 *
 * Owns the record that is being built. Every function that plugins call with a
 * job is here: it checks what a plugin may get wrong and passes on what is
 * right to record_build.c. A call that was not the plugin's to make does nothing
 * but mark the job. Nothing here ends the process.
 */
#include "job.h"

#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "farewell.h"
#include "fault.h"
#include "host.h"
#include "log.h"

#define PROGRESS_INTERVAL_MS 100

/* So much of anything but text is more than any document has. */
static struct record_limits
make_limits(uint64_t text_limit_bytes)
{
	bool is_less = text_limit_bytes && text_limit_bytes < RECORD_TEXT_LIMIT;

	return (struct record_limits){
		.text_bytes = is_less ? text_limit_bytes : RECORD_TEXT_LIMIT,
		.blocks = 1u << 20,
		.marks = 1u << 20,
		.fields = 1u << 14,
	};
}

void
job_begin(struct docket_job *job, uint64_t text_limit_bytes)
{
	struct record_limits limits = make_limits(text_limit_bytes);

	job_end(job);
	job->record = record_builder_new(&limits);
	record_put_field(job->record, DOCKET_FIELD_MEDIA_TYPE, job->media_type);
}

static void
put_host_field(struct docket_job *job, enum docket_field field,
	       const struct buffer *value)
{
	record_put_field(job->record, field, buffer_bytes(value));
}

void
job_settle(struct docket_job *job, const char *parser, const char *version)
{
	auto_buffer struct buffer text = { 0 };

	record_settle(job->record);
	job->is_settled = true;
	buffer_format(&text, "%s %s", parser, version);
	put_host_field(job, DOCKET_FIELD_PARSER, &text);
	children_describe(&job->children, job->record);
}

int
job_load(struct docket_job *job, struct docket_bytes saved,
	 uint64_t text_limit_bytes)
{
	struct record_limits limits = make_limits(text_limit_bytes);

	job_end(job);
	job->is_settled = true;
	return record_load(saved, &limits, &job->record);
}

void
job_end(struct docket_job *job)
{
	kept_fini(&job->kept);
	job->record = record_builder_free(job->record);
	job->is_settled = false;
	children_fini(&job->children);
	job->stray = NULL;
	job->reason[0] = '\0';
}

void
job_enter(struct docket_job *job, const char *plugin)
{
	job->plugin = plugin;
	job->explained[0] = '\0';
	job->reason[0] = '\0';
	host_enter(plugin);
}

void
job_leave(struct docket_job *job)
{
	host_leave();
	job->plugin = NULL;
	if (job->is_restructured)
		record_resettle(job->record);
	job->is_restructured = false;
}

void
job_judge(const struct docket_job *job, const char *stage, const char *plugin,
	  enum docket_status status, struct outcome *out_outcome)
{
	const char *limit = record_builder_limit(job->record);

	outcome_set(out_outcome, stage, plugin, status, job->explained);
	if (job->reason[0] && status != DOCKET_OK)
		out_outcome->reason = job->reason;
	if (job->stray)
		outcome_find(out_outcome, DOCKET_BROKEN, "plugin-broken",
			     "The plugin %s called %s() where it may not.",
			     plugin, job->stray);
	else if (children_pass_limit(&job->children, out_outcome))
		return;
	else if (limit)
		outcome_find(out_outcome, DOCKET_REJECT, "limit",
			     "The document yields more than docket takes of "
			     "one: its limit of %s is reached.",
			     limit);
}

int
job_fail(const struct docket_job *job, const struct outcome *outcome)
{
	struct message_failed failed =
		outcome_message(outcome, job->lease, job->media_type);

	wire_send(job->wire, MESSAGE_FAILED, &failed);
	if (outcome->status != DOCKET_BROKEN)
		return 0;
	log_error("a plugin is broken, starting afresh");
	return FAULT_EXIT_SOFTWARE;
}

/* ---- what parsers and annotators are told ---- */

struct docket_bytes
docket_job_bytes(const struct docket_job *job)
{
	return job->content;
}

struct docket_bytes
docket_job_name(const struct docket_job *job)
{
	return job->name;
}

struct docket_bytes
docket_job_media_type(const struct docket_job *job)
{
	return job->media_type;
}

struct docket_bytes
docket_job_text(const struct docket_job *job)
{
	return record_text(job->record);
}

size_t
docket_job_blocks(const struct docket_job *job)
{
	return record_blocks(job->record);
}

struct docket_block
docket_job_block(const struct docket_job *job, size_t index)
{
	if (index >= record_blocks(job->record))
		return (struct docket_block){ 0 };
	return record_block(job->record, index);
}

size_t
docket_job_parts(const struct docket_job *job)
{
	return record_parts(job->record);
}

struct docket_part
docket_job_part(const struct docket_job *job, size_t index)
{
	if (index >= record_parts(job->record))
		return (struct docket_part){ 0 };
	return record_part(job->record, index);
}

size_t
docket_job_marks(const struct docket_job *job)
{
	return record_marks(job->record);
}

struct docket_mark
docket_job_mark(const struct docket_job *job, size_t index)
{
	if (index >= record_marks(job->record))
		return (struct docket_mark){ 0 };
	return record_mark(job->record, index);
}

struct docket_bytes
docket_job_field(const struct docket_job *job, enum docket_field field,
		 size_t index)
{
	if ((unsigned)field >= DOCKET_FIELD_COUNT)
		return (struct docket_bytes){ 0 };
	return record_field(job->record, field, index);
}

/* ---- what they say about the job ---- */

void
docket_job_explain(struct docket_job *job, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(job->explained, sizeof(job->explained), format, arguments);
	va_end(arguments);
}

static bool
is_word(const char *word)
{
	size_t size = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return size > 0 && word[size] == '\0';
}

void
docket_job_reason(struct docket_job *job, const char *word)
{
	if (!word || !is_word(word) || strlen(word) >= sizeof(job->reason))
		job->stray = __func__;
	else
		strcpy(job->reason, word);
}

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
docket_job_progress(struct docket_job *job, uint32_t done, uint32_t total)
{
	struct message_lease lease = { job->lease, done, total };
	int64_t now = now_ms();

	if (job->progress_ms && now - job->progress_ms < PROGRESS_INTERVAL_MS)
		return;
	job->progress_ms = now;
	farewell_disarm();
	wire_send(job->wire, MESSAGE_PROGRESS, &lease);
	farewell_arm(job->plugin);
}

/* ---- what parsers put ---- */

/* May text, blocks, parts and children still be put? */
static bool
may_build(struct docket_job *job, const char *function)
{
	if (job->is_settled)
		job->stray = function;
	return !job->is_settled;
}

uint32_t
docket_put_text(struct docket_job *job, struct docket_bytes text)
{
	if (!may_build(job, __func__))
		return 0;
	return record_put_text(job->record, text);
}

void
docket_open_block(struct docket_job *job, const struct docket_block *block)
{
	if (may_build(job, __func__))
		record_open_block(job->record, block);
}

void
docket_close_block(struct docket_job *job)
{
	if (may_build(job, __func__))
		record_close_block(job->record);
}

void
docket_open_part(struct docket_job *job, const struct docket_part *part)
{
	if (may_build(job, __func__))
		record_open_part(job->record, part);
}

void
docket_close_part(struct docket_job *job)
{
	if (may_build(job, __func__))
		record_close_part(job->record);
}

void
docket_put_page(struct docket_job *job, uint32_t page)
{
	if (may_build(job, __func__))
		record_put_page(job->record, page);
}

void
docket_put_child(struct docket_job *job, struct docket_bytes name,
		 struct docket_bytes content)
{
	if (may_build(job, __func__))
		children_put(&job->children, name, content);
}

/* ---- what both put ---- */

/* Only the host knows. */
static bool
is_host_field(enum docket_field field)
{
	return field == DOCKET_FIELD_PARSER ||
	       field == DOCKET_FIELD_NAMED_TYPE || field == DOCKET_FIELD_CHILD;
}

void
docket_put_field(struct docket_job *job, enum docket_field field,
		 struct docket_bytes value)
{
	if ((unsigned)field >= DOCKET_FIELD_COUNT || is_host_field(field))
		job->stray = __func__;
	else
		record_put_field(job->record, field, value);
}

void
docket_put_mark(struct docket_job *job, const struct docket_mark *mark)
{
	if ((unsigned)mark->kind >= DOCKET_MARK_KIND_COUNT)
		job->stray = __func__;
	else
		record_put_mark(job->record, mark);
}

/* ---- what only annotators do ---- */

void
docket_set_block_language(struct docket_job *job, size_t index,
			  const char *language)
{
	if (!job->is_settled || index >= record_blocks(job->record))
		job->stray = __func__;
	else
		record_set_block_language(job->record, index,
					  language ? language : "");
}

void *
docket_job_kept(const struct docket_job *job, const char *name)
{
	return kept_find(&job->kept, name);
}

/* Not a parser: it may yet put more text. */
void *
docket_job_keep(struct docket_job *job, const char *name, void *value,
		void (*release)(void *value))
{
	if (!job->is_settled) {
		job->stray = __func__;
		return NULL;
	}
	return kept_put(&job->kept, name, value, release) ? value : NULL;
}

void
docket_clear_structure(struct docket_job *job)
{
	if (!job->is_settled) {
		job->stray = __func__;
		return;
	}
	job->is_restructured = true;
	record_clear_structure(job->record);
}

/* May parts and blocks be put by their ranges? */
static bool
may_place(struct docket_job *job, const char *function)
{
	if (!job->is_restructured)
		job->stray = function;
	return job->is_restructured;
}

void
docket_put_part(struct docket_job *job, const struct docket_part *part)
{
	if (may_place(job, __func__))
		record_place_part(job->record, part);
}

void
docket_put_block(struct docket_job *job, const struct docket_block *block)
{
	if (may_place(job, __func__))
		record_place_block(job->record, block);
}

void
docket_clear_field(struct docket_job *job, enum docket_field field)
{
	bool is_kept = (unsigned)field >= DOCKET_FIELD_COUNT ||
		       is_host_field(field) || field == DOCKET_FIELD_WARNING;

	if (!job->is_settled || is_kept)
		job->stray = __func__;
	else
		record_clear_field(job->record, field);
}
