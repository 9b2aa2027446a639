/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_indexer_sqlite.c - the plugin, hosted by this file
 *
 * Faults of the disk are made inside SQLite, whose calls of write() and sync()
 * can be replaced.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <docket/indexer.h>
#include <sqlite3.h>

#include "option.h"
#include "query.h"
#include "record.h"

extern const struct docket_plugin docket_plugin;

/* ---- the host ---- */

struct docket_finding {
	uint64_t arrivals[8];
	double scores[8];
	size_t count;
	char explained[256];
};

static char folder[] = "/tmp/docket-test-XXXXXX";
static void *self;
static struct word_breaker *breaker;
static int disk_error; /* errno of every write and sync; 0: they work */

const char *
docket_state_folder(void)
{
	return folder;
}

void
docket_log(const char *format, ...)
{
	(void)format;
}

void
docket_put_hit(struct docket_finding *finding, uint64_t arrival, double score)
{
	assert_true(finding->count < ARRAY_SIZE(finding->arrivals));
	finding->arrivals[finding->count] = arrival;
	finding->scores[finding->count++] = score;
}

void
docket_finding_explain(struct docket_finding *finding, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(finding->explained, sizeof finding->explained, format, args);
	va_end(args);
}

/* ---- the disk ---- */

static ssize_t
write_or_fail(int fd, const void *data, size_t size, off_t offset)
{
	if (!disk_error)
		return pwrite(fd, data, size, offset);
	errno = disk_error;
	return -1;
}

static void
replace_writing(void)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	sqlite3_syscall_ptr replacement = (sqlite3_syscall_ptr)write_or_fail;

	assert_int_equal(vfs->xSetSystemCall(vfs, "pwrite", replacement), 0);
	assert_int_equal(vfs->xSetSystemCall(vfs, "pwrite64", replacement), 0);
}

static int
delete_entry(const char *path, const struct stat *status, int type,
	     struct FTW *at)
{
	(void)status;
	(void)type;
	(void)at;
	return remove(path);
}

/* ---- the plugin ---- */

static enum docket_status
open_index(void)
{
	self = mem_alloc(docket_plugin.self_size);
	option_set_fallbacks(docket_plugin.options, self);
	return docket_plugin.open(self);
}

static void
close_index(void)
{
	docket_plugin.close(self);
	option_fini(docket_plugin.options, self);
	free(self);
	self = NULL;
}

static void
reopen_index(void)
{
	close_index();
	assert_int_equal(open_index(), DOCKET_OK);
}

static int
set_up(void **state)
{
	(void)state;
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	assert_non_null(mkdtemp(folder));
	breaker = word_breaker_new();
	disk_error = 0;
	return open_index() == DOCKET_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	if (self)
		close_index();
	breaker = word_breaker_free(breaker);
	return nftw(folder, delete_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* Call put or remove with a record of that text. */
static enum docket_status
give(enum docket_status (*callback)(void *, uint64_t,
				    const struct docket_record *),
     uint64_t arrival, const char *language, const char *text)
{
	const struct record_limits limits = { 1 << 20, 1000, 1000, 1000 };
	struct record_builder *builder = record_builder_new(&limits);
	struct buffer tokens = { 0 }, image = { 0 };
	struct docket_record record;
	enum docket_status status;

	record_put_text(builder, bytes_of(text));
	record_settle(builder);
	word_put_tokens(breaker, bytes_of(text),
			word_language_of(bytes_of(language)), &tokens);
	record_put_tokens(builder, buffer_bytes(&tokens));
	record_finish(builder, &image);
	assert_int_equal(record_open(buffer_bytes(&image), &record), 0);
	status = callback(self, arrival, &record);
	record_builder_free(builder);
	buffer_fini(&tokens);
	buffer_fini(&image);
	return status;
}

static enum docket_status
put(uint64_t arrival, const char *language, const char *text)
{
	return give(docket_plugin.indexer->put, arrival, language, text);
}

static enum docket_status
take_out(uint64_t arrival, const char *language, const char *text)
{
	return give(docket_plugin.indexer->remove, arrival, language, text);
}

static void
put_well(uint64_t arrival, const char *language, const char *text)
{
	assert_int_equal(put(arrival, language, text), DOCKET_OK);
}

static void
commit_well(uint64_t sequence)
{
	assert_int_equal(docket_plugin.indexer->commit(self, sequence),
			 DOCKET_OK);
}

static enum docket_status
find(const char *typed, size_t limit, struct docket_finding *finding)
{
	struct docket_query *query = NULL;
	enum docket_status status;
	struct fault fault;

	*finding = (struct docket_finding){ .count = 0 };
	assert_int_equal(query_parse(bytes_of(typed), breaker, &query, &fault),
			 0);
	status = docket_plugin.indexer->find(self, query, limit, finding);
	query_free(query);
	return status;
}

/* Arrivals below 64 that are found, a bit each. */
static void
check_found(const char *typed, uint64_t expected)
{
	struct docket_finding finding;
	uint64_t found = 0;

	assert_int_equal(find(typed, 0, &finding), DOCKET_OK);
	for (size_t i = 0; i < finding.count; i++) {
		assert_false(found & UINT64_C(1) << finding.arrivals[i]);
		found |= UINT64_C(1) << finding.arrivals[i];
	}
	assert_int_equal(found, expected);
}

static void
check_resume(uint64_t expected)
{
	uint64_t sequence = 999;

	assert_int_equal(docket_plugin.indexer->resume(self, &sequence),
			 DOCKET_OK);
	assert_int_equal(sequence, expected);
}

/* Change the file behind the plugin's back, while it is closed. */
static void
change(const char *text)
{
	auto_free char *path = mem_format("%s/index.db", folder);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
overwrite(off_t offset, size_t size)
{
	auto_free char *path = mem_format("%s/index.db", folder);
	auto_free char *noise = mem_alloc(size);
	auto_fd int fd = open(path, O_WRONLY | O_CLOEXEC);

	memset(noise, 0x5a, size);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, noise, size, offset), size);
}

/* ---- finding ---- */

static void
words_are_found_in_every_form(void **state)
{
	(void)state;
	put_well(1, "fr", "Les résolutions de l’Assemblée générale");
	put_well(2, "es", "la RESOLUCION aprobada");
	put_well(3, "ru", "Резолюции Совета Безопасности");
	put_well(4, "ar", "القرارات التي اتخذها المجلس");
	commit_well(7);
	check_found("resolution", 1 << 1);
	check_found("Résolution", 1 << 1);
	check_found("resolución", 1 << 1 | 1 << 2);
	check_found("резолюция", 1 << 3);
	check_found("قرار", 1 << 4);
	check_found("absent", 0);
}

static void
rows_prefixes_and_exclusions_are_obeyed(void **state)
{
	(void)state;
	put_well(1, "fr", "A/58/444 et le gouvernement");
	put_well(2, "fr", "A/58/445 et le gouverneur, 58/444/A");
	commit_well(1);
	check_found("A/58/444", 1 << 1);
	check_found("A/58/44*", 1 << 1 | 1 << 2);
	check_found("gouvern* -gouverneur", 1 << 1);
	check_found("gouvernement OR gouverneur", 1 << 1 | 1 << 2);
	check_found("\"le gouvernement\" OR 445 58", 1 << 1 | 1 << 2);
	check_found("le -\"A/58/444\"", 1 << 2);
}

static void
both_stems_of_a_word_stand_at_one_place(void **state)
{
	(void)state;
	put_well(1, "fr", "des élevées élevées");
	commit_well(1);
	check_found("\"des elevees elevees\"", 1 << 1);
	check_found("\"des élevé elevé\"", 1 << 1);
	check_found("\"des elevees elevees elevees\"", 0);
}

static void
han_is_found_inside_any_run(void **state)
{
	(void)state;
	put_well(1, "zh", "联合国安全理事会第1483(2003)号决议");
	put_well(2, "zh", "安全\n理事会的决定");
	commit_well(1);
	check_found("安", 1 << 1 | 1 << 2);
	check_found("议", 1 << 1);
	check_found("安全理事会", 1 << 1 | 1 << 2);
	check_found("第1483", 1 << 1);
	check_found("事会的", 1 << 2);
	check_found("会安", 0);
}

static void
the_best_come_first_up_to_the_limit(void **state)
{
	struct docket_finding finding;

	(void)state;
	put_well(1, "en", "peace and many other words that are of no matter");
	put_well(2, "en", "peace peace peace");
	put_well(3, "en", "nothing of the kind");
	put_well(4, "en", "war, for most of this text is not about it, peace");
	put_well(5, "en", "nothing either");
	commit_well(1);
	assert_int_equal(find("peace", 2, &finding), DOCKET_OK);
	assert_int_equal(finding.count, 2);
	assert_int_equal(finding.arrivals[0], 2);
	assert_true(finding.scores[0] > finding.scores[1]);
}

static void
the_largest_query_is_answered(void **state)
{
	struct docket_finding finding;
	struct buffer typed = { 0 };

	(void)state;
	put_well(1, "en", "one");
	commit_well(1);
	for (int i = 0; i < 48; i++)
		buffer_format(&typed, "\"élevées %d résolutionations\"* %s", i,
			      i % 3 ? "OR " : "-x ");
	buffer_put(&typed, "", 1);
	assert_int_equal(find(typed.data, 0, &finding), DOCKET_OK);
	assert_int_equal(finding.count, 0);
	buffer_fini(&typed);
}

/* ---- putting ---- */

static void
an_arrival_put_twice_is_there_once(void **state)
{
	(void)state;
	put_well(1, "en", "one");
	put_well(1, "en", "one");
	commit_well(1);
	put_well(1, "en", "one");
	commit_well(2);
	check_found("one", 1 << 1);
	assert_int_equal(take_out(1, "en", "one"), DOCKET_OK);
	check_found("one", 0);
}

static void
what_is_removed_is_not_found(void **state)
{
	(void)state;
	put_well(1, "fr", "une résolution");
	put_well(2, "fr", "une résolution");
	commit_well(1);
	assert_int_equal(take_out(1, "fr", "une résolution"), DOCKET_OK);
	assert_int_equal(take_out(3, "fr", "une résolution"), DOCKET_OK);
	commit_well(2);
	reopen_index();
	check_found("résolution", 1 << 2);
	put_well(1, "fr", "autre chose");
	commit_well(3);
	check_found("résolution", 1 << 2);
	check_found("chose", 1 << 1);
}

static void
a_document_without_words_counts_as_put(void **state)
{
	(void)state;
	put_well(1, "", "");
	put_well(1, "", "");
	assert_int_equal(take_out(1, "", ""), DOCKET_OK);
	commit_well(1);
}

static void
arrivals_that_are_no_numbers_of_sqlite_are_rejected(void **state)
{
	(void)state;
	assert_int_equal(put(0, "en", "one"), DOCKET_REJECT);
	assert_int_equal(put(UINT64_MAX, "en", "one"), DOCKET_REJECT);
}

/* ---- what lasts ---- */

static void
the_sequence_of_the_last_commit_is_resumed(void **state)
{
	(void)state;
	check_resume(0);
	put_well(1, "en", "one");
	commit_well(7);
	check_resume(7);
	commit_well(9);
	reopen_index();
	check_resume(9);
	check_found("one", 1 << 1);
}

static void
what_was_not_committed_is_gone(void **state)
{
	(void)state;
	put_well(1, "en", "one");
	commit_well(7);
	put_well(2, "en", "one");
	reopen_index();
	check_resume(7);
	check_found("one", 1 << 1);
}

static void
the_file_is_for_its_owner_only(void **state)
{
	auto_free char *path = mem_format("%s/index.db", folder);
	auto_free char *log = mem_format("%s/index.db-wal", folder);
	struct stat status;

	(void)state;
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(stat(log, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
an_index_of_other_words_is_built_anew(void **state)
{
	(void)state;
	put_well(1, "en", "one");
	commit_well(7);
	close_index();
	change("UPDATE meta SET words = words + 1");
	assert_int_equal(open_index(), DOCKET_OK);
	check_resume(0);
	check_found("one", 0);
}

static void
an_index_of_another_layout_is_built_anew(void **state)
{
	(void)state;
	commit_well(7);
	close_index();
	change("PRAGMA user_version = 0");
	assert_int_equal(open_index(), DOCKET_OK);
	check_resume(0);
}

static void
a_file_that_is_no_database_is_replaced(void **state)
{
	(void)state;
	commit_well(7);
	close_index();
	overwrite(0, 100);
	assert_int_equal(open_index(), DOCKET_OK);
	check_resume(0);
	put_well(1, "en", "one");
	commit_well(1);
	check_found("one", 1 << 1);
}

static void
put_a_lot(void)
{
	for (uint64_t arrival = 1; arrival <= 30; arrival++) {
		struct buffer text = { 0 };

		for (int i = 0; i < 1000; i++)
			buffer_format(&text, "word%dof%d ", i, (int)arrival);
		buffer_put(&text, "", 1);
		put_well(arrival, "en", text.data);
		buffer_fini(&text);
	}
}

/* Opening reads a few pages only; a query meets the others. */
static void
damage_that_a_query_meets_ends_in_an_empty_index(void **state)
{
	auto_free char *path = mem_format("%s/index.db", folder);
	struct docket_finding finding;
	uint64_t sequence;

	(void)state;
	put_a_lot();
	commit_well(7);
	close_index();
	overwrite(4096 * 40, 4096 * 80);
	assert_int_equal(open_index(), DOCKET_OK);
	check_resume(7);
	assert_int_equal(find("word*", 0, &finding), DOCKET_BROKEN);
	assert_int_equal(put(60, "en", "one"), DOCKET_BROKEN);
	assert_int_equal(docket_plugin.indexer->commit(self, 8), DOCKET_BROKEN);
	assert_int_equal(docket_plugin.indexer->resume(self, &sequence),
			 DOCKET_BROKEN);
	assert_int_equal(access(path, F_OK), -1);
	reopen_index();
	check_resume(0);
}

static void
copy_file(const char *from, const char *to)
{
	auto_free char *source = mem_format("%s/%s", folder, from);
	auto_free char *target = mem_format("%s/%s", folder, to);
	auto_fd int in = open(source, O_RDONLY | O_CLOEXEC);
	auto_fd int out = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	char bytes[4096];
	ssize_t size;

	assert_true(in >= 0 && out >= 0);
	while ((size = read(in, bytes, sizeof bytes)) > 0)
		assert_int_equal(write(out, bytes, (size_t)size), size);
	assert_int_equal(size, 0);
}

/* The files as a killed process leaves them: taken before they are closed. */
static void
an_index_left_by_a_crash_is_whole(void **state)
{
	(void)state;
	put_a_lot();
	commit_well(7);
	put_well(31, "en", "one");
	commit_well(8);
	copy_file("index.db", "copy");
	copy_file("index.db-wal", "copy-wal");
	close_index();
	copy_file("copy", "index.db");
	copy_file("copy-wal", "index.db-wal");
	assert_int_equal(open_index(), DOCKET_OK);
	check_resume(8);
	check_found("one", UINT64_C(1) << 31);
}

/* A log that is left says that nobody closed the file. */
static void
damage_is_sought_after_a_crash(void **state)
{
	auto_free char *log = mem_format("%s/index.db-wal", folder);

	(void)state;
	put_a_lot();
	commit_well(7);
	close_index();
	overwrite(4096 * 40, 4096 * 80);
	close(creat(log, 0600));
	assert_int_equal(truncate(log, 32), 0);
	assert_int_equal(open_index(), DOCKET_OK);
	check_resume(0);
}

/* ---- faults of the disk ---- */

static void
a_full_disk_asks_for_patience(void **state)
{
	(void)state;
	put_well(1, "en", "one");
	commit_well(7);
	put_well(2, "en", "one");
	disk_error = ENOSPC;
	assert_int_equal(docket_plugin.indexer->commit(self, 8), DOCKET_RETRY);
	disk_error = 0;
	check_resume(7);
	check_found("one", 1 << 1);
	put_well(2, "en", "one");
	commit_well(8);
	check_found("one", 1 << 1 | 1 << 2);
	reopen_index();
	check_resume(8);
	check_found("one", 1 << 1 | 1 << 2);
}

static void
a_disk_that_fails_breaks_the_index_but_not_the_file(void **state)
{
	(void)state;
	put_well(1, "en", "one");
	commit_well(7);
	put_well(2, "en", "one");
	disk_error = EIO;
	assert_int_equal(docket_plugin.indexer->commit(self, 8), DOCKET_BROKEN);
	disk_error = 0;
	reopen_index();
	check_resume(7);
	check_found("one", 1 << 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_are_found_in_every_form),
		TEST(rows_prefixes_and_exclusions_are_obeyed),
		TEST(both_stems_of_a_word_stand_at_one_place),
		TEST(han_is_found_inside_any_run),
		TEST(the_best_come_first_up_to_the_limit),
		TEST(the_largest_query_is_answered),
		TEST(an_arrival_put_twice_is_there_once),
		TEST(what_is_removed_is_not_found),
		TEST(a_document_without_words_counts_as_put),
		TEST(arrivals_that_are_no_numbers_of_sqlite_are_rejected),
		TEST(the_sequence_of_the_last_commit_is_resumed),
		TEST(what_was_not_committed_is_gone),
		TEST(the_file_is_for_its_owner_only),
		TEST(an_index_of_other_words_is_built_anew),
		TEST(an_index_of_another_layout_is_built_anew),
		TEST(a_file_that_is_no_database_is_replaced),
		TEST(damage_that_a_query_meets_ends_in_an_empty_index),
		TEST(an_index_left_by_a_crash_is_whole),
		TEST(damage_is_sought_after_a_crash),
		TEST(a_full_disk_asks_for_patience),
		TEST(a_disk_that_fails_breaks_the_index_but_not_the_file),
	};

	replace_writing();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
