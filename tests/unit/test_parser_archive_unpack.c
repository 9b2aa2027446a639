/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_archive_unpack.c - members come out one by one, within limits */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "mem.h"
#include "unpack.h"

#define ROOM (64u << 20)

struct packing {
	struct archive *archive;
	char *data;
	size_t size;
};

static void
begin(struct packing *packing, int (*set_format)(struct archive *))
{
	packing->archive = archive_write_new();
	packing->data = malloc(ROOM);
	assert_non_null(packing->data);
	assert_int_equal(set_format(packing->archive), ARCHIVE_OK);
	assert_int_equal(archive_write_open_memory(packing->archive,
						   packing->data, ROOM,
						   &packing->size),
			 ARCHIVE_OK);
}

static void
add(struct packing *packing, const char *name, unsigned type, const char *data,
    size_t size)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, type);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)size);
	if (type == AE_IFLNK)
		archive_entry_set_symlink(entry, "/etc/passwd");
	archive_write_header(packing->archive, entry);
	archive_write_data(packing->archive, data, size);
	archive_entry_free(entry);
}

static struct docket_bytes
finish(struct packing *packing)
{
	archive_write_close(packing->archive);
	archive_write_free(packing->archive);
	return (struct docket_bytes){ packing->data, packing->size };
}

static void
expect_member(struct unpack *unpack, const char *name, const char *content)
{
	struct unpack_member member;

	assert_int_equal(unpack_next(unpack, &member), UNPACK_MEMBER);
	assert_int_equal(member.name.size, strlen(name));
	assert_memory_equal(member.name.data, name, member.name.size);
	assert_int_equal(member.content.size, strlen(content));
	assert_memory_equal(member.content.data, content, member.content.size);
}

static void
expect_end(struct unpack *unpack, enum unpack_result result)
{
	struct unpack_member member;

	assert_int_equal(unpack_next(unpack, &member), result);
	unpack_close(unpack);
}

static void
members_are_regular_files_with_something_in_them(void **state)
{
	struct packing packing;
	struct unpack unpack;

	(void)state;
	begin(&packing, archive_write_set_format_pax_restricted);
	add(&packing, "one", AE_IFREG, "1", 1);
	add(&packing, "folder", AE_IFDIR, "", 0);
	add(&packing, "link", AE_IFLNK, "", 0);
	add(&packing, "pipe", AE_IFIFO, "", 0);
	add(&packing, "empty", AE_IFREG, "", 0);
	add(&packing, "a/__MACOSX/b", AE_IFREG, "x", 1);
	add(&packing, "../../two", AE_IFREG, "22", 2);
	assert_true(unpack_open(&unpack, finish(&packing), NULL));
	expect_member(&unpack, "one", "1");
	expect_member(&unpack, "../../two", "22");
	assert_int_equal(unpack.counts[UNPACK_LINK], 1);
	assert_int_equal(unpack.counts[UNPACK_DEVICE], 1);
	assert_int_equal(unpack.counts[UNPACK_EMPTY], 1);
	assert_int_equal(unpack.counts[UNPACK_LITTER], 1);
	assert_int_equal(unpack.counts[UNPACK_FILE], 2);
	expect_end(&unpack, UNPACK_END);
	free(packing.data);
}

static void
what_unpacks_to_far_more_is_expansion(void **state)
{
	const size_t size = 32u << 20;
	char *zeros = calloc(1, size);
	struct packing packing;
	struct unpack unpack;

	(void)state;
	assert_non_null(zeros);
	begin(&packing, archive_write_set_format_zip);
	add(&packing, "zeros", AE_IFREG, zeros, size);
	assert_true(unpack_open(&unpack, finish(&packing), NULL));
	expect_end(&unpack, UNPACK_EXPANSION);
	/* One that has the bytes it unpacks to is none. */
	free(packing.data);
	begin(&packing, archive_write_set_format_ustar);
	add(&packing, "zeros", AE_IFREG, zeros, size);
	assert_true(unpack_open(&unpack, finish(&packing), NULL));
	assert_int_equal(unpack_next(&unpack, &(struct unpack_member){ 0 }),
			 UNPACK_MEMBER);
	expect_end(&unpack, UNPACK_END);
	free(packing.data);
	free(zeros);
}

static void
more_than_a_thousand_entries_are_too_many(void **state)
{
	struct packing packing;
	struct unpack unpack;
	struct unpack_member member;
	int count = 0;

	(void)state;
	begin(&packing, archive_write_set_format_cpio);
	for (int i = 0; i <= UNPACK_ENTRIES_LIMIT; i++) {
		auto_free char *name = mem_format("%d", i);

		add(&packing, name, AE_IFREG, name, strlen(name));
	}
	assert_true(unpack_open(&unpack, finish(&packing), NULL));
	while (unpack_next(&unpack, &member) == UNPACK_MEMBER)
		count++;
	assert_int_equal(count, UNPACK_ENTRIES_LIMIT);
	assert_int_equal(unpack.entries, UNPACK_ENTRIES_LIMIT + 1);
	unpack_close(&unpack);
	free(packing.data);
}

static void
what_breaks_off_is_damaged_and_never_half_a_member(void **state)
{
	static char noise[5000];
	struct packing packing;
	struct docket_bytes whole;

	(void)state;
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (char)(i * i * 2654435761u >> 16);
	begin(&packing, archive_write_set_format_zip);
	add(&packing, "noise", AE_IFREG, noise, sizeof(noise));
	whole = finish(&packing);
	for (size_t size = 1; size < whole.size; size++) {
		struct docket_bytes cut = { whole.data, size };
		struct unpack_member member;
		struct unpack unpack;

		if (unpack_open(&unpack, cut, NULL) &&
		    unpack_next(&unpack, &member) == UNPACK_MEMBER)
			assert_int_equal(member.content.size, sizeof(noise));
		unpack_close(&unpack);
	}
	free(packing.data);
}

static void
plain_bytes_are_no_member_of_themselves(void **state)
{
	struct unpack unpack;

	(void)state;
	assert_true(unpack_open(&unpack, bytes_of("just a text"), "a.gz"));
	expect_end(&unpack, UNPACK_DAMAGED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			members_are_regular_files_with_something_in_them),
		cmocka_unit_test(what_unpacks_to_far_more_is_expansion),
		cmocka_unit_test(more_than_a_thousand_entries_are_too_many),
		cmocka_unit_test(
			what_breaks_off_is_damaged_and_never_half_a_member),
		cmocka_unit_test(plain_bytes_are_no_member_of_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
