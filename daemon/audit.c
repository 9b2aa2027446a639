/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit.c - does everything that came in account for itself?
 *
 * In this order, each on its own thread: look through inboxes, spools and store
 * (pool); which of the files are claims (loop); whose are the others, and do
 * rows, bytes and events agree (journal, page by page); look once more at what
 * nothing explains (pool). A file is taken out of a spool after its row was
 * written, so whatever is under way is met at one of these places or is gone at
 * the last. Owns its lists and descriptors.
 */
#include "audit.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES_LIMIT 100 /* of one kind in one inbox */

struct audit {
	struct audit_scope scope;
	void *request;
	audit_done_cb *done;
	uv_work_t work;
	struct journal_audit pages;
	struct audit_digests store;
	int store_folder;
	struct audit_inbox *inboxes;
	size_t inbox_count;

	struct message_account *rows; /* their strings are kept in `kept` */
	size_t row_count, row_capacity;
	char **kept;
	size_t kept_count, kept_capacity;
	bool is_balanced;
};

static void
free_audit(struct audit *audit)
{
	for (size_t i = 0; i < audit->inbox_count; i++)
		audit_inbox_fini(&audit->inboxes[i]);
	for (size_t i = 0; i < audit->kept_count; i++)
		free(audit->kept[i]);
	journal_audit_fini(&audit->pages);
	if (audit->store_folder >= 0)
		close(audit->store_folder);
	free(audit->store.items);
	free(audit->inboxes);
	free(audit->kept);
	free(audit->rows);
	free(audit);
}

/* ---- the accounts ---- */

static void
put_row(struct audit *audit, const char *part, const char *subject,
	const char *what, uint64_t count)
{
	audit->rows =
		mem_grow_array(audit->rows, audit->row_count,
			       &audit->row_capacity, sizeof(*audit->rows));
	audit->rows[audit->row_count++] = (struct message_account){
		.part = bytes_of(part),
		.subject = bytes_of(subject),
		.what = bytes_of(what),
		.count = count,
		.detail = bytes_of(""),
	};
}

/* The last row says more; takes the string. */
static void
explain_row(struct audit *audit, char *detail)
{
	audit->kept =
		mem_grow_array(audit->kept, audit->kept_count,
			       &audit->kept_capacity, sizeof(*audit->kept));
	audit->kept[audit->kept_count++] = detail;
	audit->rows[audit->row_count - 1].detail = bytes_of(detail);
}

/* Of this there must be none. */
static void
put_wrong(struct audit *audit, const char *part, const char *subject,
	  const char *what, uint64_t count)
{
	put_row(audit, part, subject, what, count);
	audit->rows[audit->row_count - 1].is_wrong = count > 0;
	audit->is_balanced &= count == 0;
}

static void
put_numbers(struct audit *audit, const char *what,
	    const struct audit_numbers *numbers)
{
	struct buffer text = { 0 };

	put_wrong(audit, "journal", "", what, numbers->count);
	if (numbers->count == 0)
		return;
	buffer_put_string(&text, "arrivals");
	for (size_t i = 0; i < numbers->count && i < AUDIT_EXAMPLES; i++)
		buffer_format(&text, " %" PRIu64, numbers->examples[i]);
	if (numbers->count > AUDIT_EXAMPLES)
		buffer_put_string(&text, " ...");
	buffer_put(&text, "", 1);
	explain_row(audit, text.data);
}

/* ---- inboxes and spools ---- */

static void
put_waiting(struct audit *audit, const struct inbox *inbox)
{
	const struct waiting_table *waiting = &inbox->waiting;
	const char *name = inbox->config->name;
	const struct waiting *entry;
	uint64_t receiving = 0;

	TAILQ_FOREACH(entry, &waiting->lists[WAITING_OPEN], in_state)
	receiving++;
	put_row(audit, "inbox", name, "waiting", waiting->count - receiving);
	put_row(audit, "inbox", name, "receiving", receiving);
}

static void
put_inbox(struct audit *audit, const struct audit_inbox *inbox)
{
	const char *name = inbox->config->name;

	put_row(audit, "inbox", name, "ignored", inbox->ignored);
	for (size_t i = 0; i < inbox->old_count && i < NAMES_LIMIT; i++) {
		put_row(audit, "inbox", name, "ignored for over a day", 1);
		explain_row(audit, mem_dup_string(inbox->old[i]));
	}
	if (inbox->folder < 0 || inbox->error < 0) {
		put_wrong(audit, "inbox", name, "cannot be looked through", 1);
		explain_row(audit,
			    mem_dup_string(inbox->folder < 0
						   ? "it is missing"
						   : strerror(-inbox->error)));
	}
}

static void
put_spool(struct audit *audit, const struct audit_inbox *inbox)
{
	const char *name = inbox->config->name;
	uint64_t counts[AUDIT_REASON_COUNT] = { 0 };
	size_t named = 0;

	for (size_t i = 0; i < inbox->file_count; i++)
		counts[inbox->files[i].reason]++;
	put_row(audit, "spool", name, "under way",
		counts[AUDIT_UNDER_WAY] + counts[AUDIT_GONE]);
	put_row(audit, "spool", name, "refused, kept for a person",
		counts[AUDIT_SET_ASIDE]);
	put_wrong(audit, "spool", name, "unexplained",
		  counts[AUDIT_UNEXPLAINED]);
	for (size_t i = 0; i < inbox->file_count && named < NAMES_LIMIT; i++) {
		const struct audit_file *file = &inbox->files[i];

		if (file->reason != AUDIT_UNEXPLAINED)
			continue;
		named++;
		put_wrong(audit, "spool", name, "unexplained file", 1);
		explain_row(audit, file->lane < 0
					   ? mem_dup_string(file->name)
					   : mem_format("%d/%s", file->lane,
							file->name));
	}
}

/* ---- journal, store, streams ---- */

static void
put_journal(struct audit *audit)
{
	const struct journal_audit *pages = &audit->pages;

	for (int state = ARRIVAL_QUEUED; state < ARRIVAL_STATE_COUNT; state++)
		put_row(audit, "journal", "",
			arrival_state_name((enum arrival_state)state),
			pages->states[state]);
	put_numbers(audit, "without their bytes", &pages->lost);
	put_row(audit, "events", "", "arrivals that were received",
		pages->with_bytes);
	put_row(audit, "events", "", "document.received", pages->received);
	put_row(audit, "events", "", "arrivals that were settled",
		pages->settled);
	put_row(audit, "events", "", "events that say so", pages->settled_told);
	if (pages->older > 0)
		put_row(audit, "events", "",
			"arrivals older than the events kept", pages->older);
	put_numbers(audit, "whose events do not fit their state",
		    &pages->untold);
}

static void
put_store(struct audit *audit)
{
	const struct journal_audit *pages = &audit->pages;

	put_row(audit, "pack", "", "used", pages->pack_used);
	put_row(audit, "pack", "", "spare", pages->pack_spare);
	put_row(audit, "store", "", "used", pages->store_used);
	put_row(audit, "store", "", "spare", pages->store_spare);
	put_wrong(audit, "store", "", "strange names", audit->store.strange);
	if (audit->store.error < 0) {
		put_wrong(audit, "store", "", "cannot be looked through", 1);
		explain_row(audit,
			    mem_dup_string(strerror(-audit->store.error)));
	}
}

static void
put_streams(struct audit *audit)
{
	for (size_t i = 0; i < audit->pages.stream_count; i++) {
		const struct audit_stream *stream = &audit->pages.streams[i];

		put_row(audit, "stream", stream->name, "events",
			stream->events);
		put_wrong(audit, "stream", stream->name, "holes",
			  stream->holes);
	}
}

static void
make_report(struct audit *audit)
{
	audit->is_balanced = true;
	for (size_t i = 0; i < audit->inbox_count; i++) {
		put_waiting(audit, &audit->scope.inboxes->items[i]);
		put_inbox(audit, &audit->inboxes[i]);
		put_spool(audit, &audit->inboxes[i]);
	}
	put_journal(audit);
	put_store(audit);
	put_streams(audit);
}

/* ---- step by step ---- */

static void
end(struct audit *audit)
{
	audit->done(audit->request, audit->rows, audit->row_count,
		    audit->is_balanced);
	free_audit(audit);
}

static bool
is_stopping(const struct audit *audit)
{
	return audit->scope.intake->is_stopping;
}

static void
on_look_again(uv_work_t *work)
{
	struct audit *audit = container_of(work, struct audit, work);

	for (size_t i = 0; i < audit->inbox_count; i++)
		audit_look_again(&audit->inboxes[i]);
}

static void
on_looked_again(uv_work_t *work, int status)
{
	struct audit *audit = container_of(work, struct audit, work);

	(void)status;
	make_report(audit);
	end(audit);
}

static void
take_page(struct journal_audit *pages)
{
	struct audit *audit = container_of(pages, struct audit, pages);

	if (is_stopping(audit))
		end(audit);
	else if (pages->step < AUDIT_STEP_COUNT)
		journal_audit_page(audit->scope.journal, pages);
	else
		uv_queue_work(audit->scope.loop, &audit->work, on_look_again,
			      on_looked_again);
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Those that are claims just now need no row. */
static void
explain_claims(struct audit *audit)
{
	size_t count;
	char **names = intake_list(audit->scope.intake, &count);

	for (size_t i = 0; i < audit->inbox_count; i++) {
		struct audit_inbox *inbox = &audit->inboxes[i];

		for (size_t j = 0; count > 0 && j < inbox->file_count; j++) {
			auto_free char *name = intake_name(
				inbox->config, inbox->files[j].name);

			if (bsearch(&name, names, count, sizeof(*names),
				    compare_names) != NULL)
				inbox->files[j].reason = AUDIT_UNDER_WAY;
		}
	}
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

static void
on_scan(uv_work_t *work)
{
	struct audit *audit = container_of(work, struct audit, work);

	for (size_t i = 0; i < audit->inbox_count; i++)
		audit_scan_inbox(&audit->inboxes[i]);
	audit_scan_store(audit->store_folder, &audit->store);
}

static void
on_scanned(uv_work_t *work, int status)
{
	struct audit *audit = container_of(work, struct audit, work);

	(void)status;
	if (is_stopping(audit)) {
		end(audit);
		return;
	}
	explain_claims(audit);
	audit->pages.inboxes = audit->inboxes;
	audit->pages.inbox_count = audit->inbox_count;
	audit->pages.store = &audit->store;
	audit->pages.done = take_page;
	journal_audit_page(audit->scope.journal, &audit->pages);
}

static int
dup_folder(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

void
audit_begin(const struct audit_scope *scope, void *request, audit_done_cb *done)
{
	struct audit *audit = mem_alloc(sizeof(*audit));

	audit->scope = *scope;
	audit->request = request;
	audit->done = done;
	audit->store_folder = dup_folder(scope->journal->store.folder);
	audit->inbox_count = scope->inboxes->count;
	audit->inboxes =
		mem_alloc_array(audit->inbox_count, sizeof(*audit->inboxes));
	for (size_t i = 0; i < audit->inbox_count; i++) {
		const struct inbox *inbox = &scope->inboxes->items[i];
		const struct inbox_folder *folder = inbox->folder;

		audit->inboxes[i] = (struct audit_inbox){
			.config = inbox->config,
			.folder = folder ? dup_folder(folder->folder) : -1,
			.spool = folder ? dup_folder(folder->spool) : -1,
		};
	}
	uv_queue_work(scope->loop, &audit->work, on_scan, on_scanned);
}
