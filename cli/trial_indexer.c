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
#include <sys/mman.h>
#include <unistd.h>

#include "escape.h"
#include "log.h"
#include "trial_reading.h"
#include "word.h"

/* So much is told at most before an answer is awaited. */
#define BATCH 16
/* The word that is looked for is one of so much text. */
#define HEAD_BYTES 4096

struct index {
	struct trial *trial;
	char *folder;
	struct trial_record *records;
	struct worker_setup setup;
	struct own_worker worker;
	struct buffer query; /* a word of the first document */
	uint64_t told;	     /* the sequence of the last event */
	uint64_t committed;  /* that of the last commit */
	bool is_mute;	     /* answers no queries */
};

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
read_documents(struct index *index)
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

/* ---- what an indexer is told ---- */

/* The worker does not answer as it must: that ends the trial. */
static bool
lose(struct index *index, int answer, const char *during)
{
	trial_say_lost(index->trial, &index->worker, answer, during);
	return false;
}

static bool
open_worker(struct index *index)
{
	return trial_start(index->trial, &index->worker, &index->setup);
}

/* Put or remove the document under this number. */
static void
tell(struct index *index, enum message_type type, uint64_t arrival,
     size_t document)
{
	struct docket_bytes image =
		buffer_bytes(&index->records[document].image);
	auto_fd int fd = memfd_create("record", MFD_CLOEXEC);
	struct message_put order = {
		.sequence = ++index->told,
		.arrival = arrival,
		.size = image.size,
	};

	/* Never more in the socket than it takes: nobody may be reading. */
	if (write(fd, image.data, image.size) == (ssize_t)image.size)
		own_worker_send_fd(&index->worker, type, &order, fd);
}

static void
say_failed(struct index *index, const struct frame *frame, const char *during)
{
	struct message_failed failed;

	if (message_decode(frame, &failed))
		return;
	trial_say(index->trial, TRIAL_WRONG, "%s (%.*s): %.*s", during,
		  (int)failed.reason.size, failed.reason.data,
		  (int)failed.detail.size, failed.detail.data);
}

/*
 * Commit all that was told. A failure of a put comes before the answer to the
 * commit, which is then a failure of the same sequence or none.
 */
static bool
commit(struct index *index, const char *during)
{
	struct message_sequence order = { index->told };
	struct frame frame;
	int answer;

	own_worker_send(&index->worker, MESSAGE_COMMIT, &order);
	while ((answer = own_worker_receive(&index->worker,
					    (int)index->trial->deadline_ms,
					    &frame)) == 1) {
		if (frame.type == MESSAGE_COMMITTED) {
			index->committed = order.sequence;
			return true;
		}
		if (frame.type == MESSAGE_FAILED) {
			say_failed(index, &frame, during);
			return false;
		}
	}
	return lose(index, answer, during);
}

/* An answer to a query. */
struct answer {
	size_t hits;
	size_t times; /* that the arrival asked for is among them */
};

static bool
take_found(struct index *index, const struct frame *frame)
{
	struct message_found found = { .status = DOCKET_BROKEN };

	message_decode(frame, &found);
	index->is_mute = found.status == DOCKET_SKIP;
	if (index->is_mute)
		trial_say(index->trial, TRIAL_NOTE, "it answers no queries");
	else if (found.status != DOCKET_OK)
		trial_say(index->trial, TRIAL_WRONG, "it does not find: %.*s",
			  (int)found.detail.size, found.detail.data);
	return found.status == DOCKET_OK;
}

/* Ask for the word; false where there is no answer, and why was said. */
static bool
find(struct index *index, uint64_t arrival, struct answer *out_answer)
{
	struct message_find order = { .request = 1,
				      .query = buffer_bytes(&index->query) };
	struct frame frame;
	int answer;

	*out_answer = (struct answer){ 0 };
	if (index->is_mute)
		return false;
	own_worker_send(&index->worker, MESSAGE_FIND, &order);
	while ((answer = own_worker_receive(&index->worker,
					    (int)index->trial->deadline_ms,
					    &frame)) == 1) {
		struct message_hit hit = { 0 };

		if (frame.type == MESSAGE_FOUND)
			return take_found(index, &frame);
		if (frame.type != MESSAGE_HIT || message_decode(&frame, &hit))
			continue;
		out_answer->hits++;
		out_answer->times += hit.arrival == arrival;
	}
	return lose(index, answer, "find");
}

/* Say whether arrival 1 is found as often as it must be. */
static void
check_found(struct index *index, size_t times, const char *when)
{
	struct answer answer;

	if (!find(index, 1, &answer))
		return;
	trial_say(index->trial, answer.times == times ? TRIAL_OK : TRIAL_WRONG,
		  "%s arrival 1 is %zu of %zu hits for \"%.*s\"", when,
		  answer.times, answer.hits, (int)index->query.size,
		  index->query.data);
}

/* ---- steps: each returns whether the trial can go on ---- */

static bool
try_opening(struct index *index)
{
	bool is_good;

	if (!open_worker(index))
		return false;
	is_good = index->worker.sequence == 0;
	trial_say(index->trial, is_good ? TRIAL_OK : TRIAL_WRONG,
		  "it opens, and begins at %llu in an empty folder",
		  (unsigned long long)index->worker.sequence);
	return true;
}

static bool
try_putting(struct index *index)
{
	size_t count = index->trial->document_count;

	for (size_t i = 0; i < count; i++) {
		tell(index, MESSAGE_PUT, i + 1, i);
		if ((i + 1 == count || i % BATCH == BATCH - 1) &&
		    !commit(index, "put and commit"))
			return false;
	}
	trial_say(index->trial, TRIAL_OK, "documents taken and committed: %zu",
		  count);
	check_found(index, 1, "then");
	return index->worker.pid;
}

static bool
try_putting_again(struct index *index)
{
	tell(index, MESSAGE_PUT, 1, 0);
	if (!commit(index, "put the same again"))
		return false;
	check_found(index, 1, "put twice,");
	return index->worker.pid;
}

/* From where it goes on after it was ended in this way. */
static bool
check_resuming(struct index *index, const char *after)
{
	uint64_t sequence;

	if (!open_worker(index))
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
try_killing(struct index *index)
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
try_closing(struct index *index)
{
	trial_close(index->trial, &index->worker, &index->setup);
	return check_resuming(index, "closed,");
}

/* The history once more, if it asked for that. */
static bool
repeat_history(struct index *index)
{
	if (index->worker.sequence > 0)
		return true;
	for (size_t i = 0; i < index->trial->document_count; i++) {
		tell(index, MESSAGE_PUT, i + 1, i);
		if (i % BATCH == BATCH - 1 && !commit(index, "put again"))
			return false;
	}
	return commit(index, "put again");
}

static bool
try_removing(struct index *index)
{
	if (!repeat_history(index))
		return false;
	tell(index, MESSAGE_REMOVE, 1, 0);
	if (!commit(index, "remove"))
		return false;
	trial_say(index->trial, TRIAL_OK, "it removes a document and commits");
	check_found(index, 0, "then");
	return index->worker.pid;
}

static bool
try_nothing(struct index *index)
{
	static const struct record_limits limits = { 1, 1, 1, 1 };
	struct record_builder *builder = record_builder_new(&limits);
	struct trial_record kept = index->records[0];

	index->records[0] = (struct trial_record){ .image = { 0 } };
	record_finish(builder, &index->records[0].image);
	record_builder_free(builder);
	tell(index, MESSAGE_PUT, index->trial->document_count + 2, 0);
	trial_record_fini(&index->records[0]);
	index->records[0] = kept;
	if (!commit(index, "put a document without text"))
		return false;
	trial_say(index->trial, TRIAL_OK, "it takes a document without text");
	return true;
}

static bool (*const steps[])(struct index *index) = {
	try_opening, try_putting,  try_putting_again, try_killing,
	try_closing, try_removing, try_nothing,
};

/* ---- the trial ---- */

static void
choose_query(struct index *index)
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
try_steps(struct index *index)
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
	struct index index = { .trial = trial, .folder = make_folder() };
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
