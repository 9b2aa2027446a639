/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_indexer.c - an indexer on trial: put, commit, find, resume, remove
 *
 * Owns a state folder that is removed in the end, the records that are put, and
 * the worker, which is ended and started again to see what is durable. The
 * documents are arrivals 1, 2, 3 ...; each thing told is an event of its own.
 */
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "escape.h"
#include "log.h"
#include "trial_index.h"
#include "word.h"

/* So much is told at most before an answer is awaited. */
#define BATCH 16
/* The word that is looked for is one of so much text. */
#define HEAD_BYTES 4096

/* ---- the folder ---- */

static int
remove_entry(const char *path, const struct stat *stat, int type,
	     struct FTW *place)
{
	(void)stat;
	(void)type;
	(void)place;
	return remove(path);
}

static char *
make_folder(void)
{
	const char *place = getenv("TMPDIR");
	char *folder = mem_format("%s/docket-index.XXXXXX",
				  place && *place ? place : "/tmp");

	if (mkdtemp(folder))
		return folder;
	log_error("no folder %s: %s", folder, strerror(errno));
	free(folder);
	return NULL;
}

/* ---- the documents ---- */

/* With the installed parsers and annotators, as docketd has them read. */
static int
read_documents(struct trial_index *index)
{
	struct trial *trial = index->trial;
	struct worker_setup setup = trial_setup(trial, ROLE_READER);
	struct fault fault = { "" };
	struct reader reader;
	int code = 0;

	setup.wants = trial->plugin->about.wants;
	if (worker_setup_add_installed(&setup, NULL, &fault)) {
		log_error("%s", fault.text);
		return FAULT_EXIT_CONFIG;
	}
	reader_init(&reader, &setup, trial->deadline_ms);
	for (size_t i = 0; code == 0 && i < trial->document_count; i++)
		code = trial_read(trial, &reader, &trial->documents[i],
				  &index->records[i]);
	reader_fini(&reader);
	worker_setup_fini(&setup);
	return code;
}

/* The longest word at the beginning of a text. */
static void
put_word(struct docket_bytes text, struct buffer *out)
{
	struct word_breaker *breaker = word_breaker_new();
	struct docket_bytes longest = { 0 };
	struct word word;

	word_start(breaker, escape_cut(text, HEAD_BYTES), WORD_OTHER);
	while (word_next(breaker, &word))
		if (word.end - word.start > longest.size)
			longest = (struct docket_bytes){
				text.data + word.start,
				word.end - word.start,
			};
	buffer_put_bytes(out, longest);
	word_breaker_free(breaker);
}

/* Put or remove one of the documents. */
static void
tell(struct trial_index *index, enum message_type type, uint64_t arrival,
     size_t document)
{
	trial_index_tell(index, type, arrival,
			 buffer_bytes(&index->records[document].image));
}

/* ---- steps: each returns whether the trial can go on ---- */

/* Say whether arrival 1 is found as often as it must be. */
static void
check_found(struct trial_index *index, size_t times, const char *when)
{
	struct trial_answer answer;

	if (!trial_index_find(index, 1, &answer))
		return;
	trial_say(index->trial, answer.times == times ? TRIAL_OK : TRIAL_WRONG,
		  "%s arrival 1 is %zu of %zu hits for \"%.*s\"", when,
		  answer.times, answer.hits, (int)index->query.size,
		  index->query.data);
}

static bool
try_opening(struct trial_index *index)
{
	bool is_good;

	if (!trial_index_open(index))
		return false;
	is_good = index->worker.sequence == 0;
	trial_say(index->trial, is_good ? TRIAL_OK : TRIAL_WRONG,
		  "it opens, and begins at %llu in an empty folder",
		  (unsigned long long)index->worker.sequence);
	return true;
}

static bool
try_putting(struct trial_index *index)
{
	size_t count = index->trial->document_count;

	for (size_t i = 0; i < count; i++) {
		tell(index, MESSAGE_PUT, i + 1, i);
		if ((i + 1 == count || i % BATCH == BATCH - 1) &&
		    !trial_index_commit(index, "put and commit"))
			return false;
	}
	trial_say(index->trial, TRIAL_OK, "documents taken and committed: %zu",
		  count);
	check_found(index, 1, "then");
	return index->worker.pid;
}

static bool
try_putting_again(struct trial_index *index)
{
	tell(index, MESSAGE_PUT, 1, 0);
	if (!trial_index_commit(index, "put the same again"))
		return false;
	check_found(index, 1, "put twice,");
	return index->worker.pid;
}

/* From where it goes on after it was ended in this way. */
static bool
check_resuming(struct trial_index *index, const char *after)
{
	uint64_t sequence;

	if (!trial_index_open(index))
		return false;
	sequence = index->worker.sequence;
	if (sequence == 0)
		trial_say(index->trial, TRIAL_NOTE,
			  "%s it begins at 0: docketd puts the whole history "
			  "again at every start",
			  after);
	else
		trial_say(index->trial,
			  sequence == index->committed ? TRIAL_OK : TRIAL_WRONG,
			  "%s it goes on from %llu; the last commit was %llu",
			  after, (unsigned long long)sequence,
			  (unsigned long long)index->committed);
	return true;
}

static bool
try_killing(struct trial_index *index)
{
	size_t count = index->trial->document_count;

	/* Not committed: what becomes of it is the next start's business. */
	tell(index, MESSAGE_PUT, count + 1, 0);
	own_worker_fini(&index->worker);
	index->told = index->committed;
	if (!check_resuming(index, "killed after a put,"))
		return false;
	if (index->worker.sequence > 0)
		check_found(index, 1, "killed after a put,");
	return index->worker.pid;
}

static bool
try_closing(struct trial_index *index)
{
	trial_close(index->trial, &index->worker, &index->setup);
	return check_resuming(index, "closed,");
}

/* The history once more, if it asked for that. */
static bool
repeat_history(struct trial_index *index)
{
	if (index->worker.sequence > 0)
		return true;
	for (size_t i = 0; i < index->trial->document_count; i++) {
		tell(index, MESSAGE_PUT, i + 1, i);
		if (i % BATCH == BATCH - 1 &&
		    !trial_index_commit(index, "put again"))
			return false;
	}
	return trial_index_commit(index, "put again");
}

static bool
try_removing(struct trial_index *index)
{
	if (!repeat_history(index))
		return false;
	tell(index, MESSAGE_REMOVE, 1, 0);
	if (!trial_index_commit(index, "remove"))
		return false;
	trial_say(index->trial, TRIAL_OK, "it removes a document and commits");
	check_found(index, 0, "then");
	return index->worker.pid;
}

static bool
try_nothing(struct trial_index *index)
{
	static const struct record_limits limits = { 1, 1, 1, 1 };
	struct record_builder *builder = record_builder_new(&limits);
	auto_buffer struct buffer image = { 0 };

	record_finish(builder, &image);
	record_builder_free(builder);
	trial_index_tell(index, MESSAGE_PUT, index->trial->document_count + 2,
			 buffer_bytes(&image));
	if (!trial_index_commit(index, "put a document without text"))
		return false;
	trial_say(index->trial, TRIAL_OK, "it takes a document without text");
	return true;
}

static bool (*const steps[])(struct trial_index *index) = {
	try_opening, try_putting,  try_putting_again, try_killing,
	try_closing, try_removing, try_nothing,
};

/* ---- the trial ---- */

static void
choose_query(struct trial_index *index)
{
	const struct trial *trial = index->trial;

	if (trial->query)
		buffer_put_string(&index->query, trial->query);
	else
		put_word(docket_record_text(&index->records[0].record),
			 &index->query);
	index->is_mute = index->query.size == 0;
	if (index->is_mute)
		trial_say(index->trial, TRIAL_NOTE,
			  "the first document has no word to look for");
}

static void
try_steps(struct trial_index *index)
{
	size_t step = 0;

	index->setup = trial_setup(index->trial, ROLE_INDEXER);
	index->setup.state_folder = index->folder;
	trial_add_plugin(index->trial, &index->setup);
	own_worker_init(&index->worker);
	choose_query(index);
	while (step < ARRAY_SIZE(steps) && steps[step](index))
		step++;
	if (step > 0)
		trial_close(index->trial, &index->worker, &index->setup);
	own_worker_fini(&index->worker);
	worker_setup_fini(&index->setup);
	buffer_fini(&index->query);
}

int
trial_indexer(struct trial *trial)
{
	struct trial_index index = { .trial = trial, .folder = make_folder() };
	int code;

	if (!index.folder)
		return FAULT_EXIT_IO;
	index.records = mem_alloc_array(trial->document_count,
					sizeof(index.records[0]));
	code = read_documents(&index);
	if (code == 0)
		try_steps(&index);
	for (size_t i = 0; i < trial->document_count; i++)
		trial_record_fini(&index.records[i]);
	free(index.records);
	nftw(index.folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(index.folder);
	return code == EXIT_FAILURE ? 0 : code;
}
