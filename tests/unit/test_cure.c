/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cure.c - each reason has a cure, and the page for operators agrees
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "claim.h"
#include "cure.h"
#include "mem.h"

static void
expect_cure(const char *reason, const char *beginning)
{
	const char *cure = cure_find(bytes_of(reason));

	assert_non_null(cure);
	assert_memory_equal(cure, beginning, strlen(beginning));
}

static void
reason_is_found_as_a_word_or_by_its_beginning(void **state)
{
	(void)state;
	expect_cure("too-large", "Raise the inbox's size_limit");
	expect_cure("signal-11", "Tell the plugin's author");
	expect_cure("exit-3", "Tell the plugin's author");
	expect_cure("limit", "Raise text_limit");
}

static void
unknown_reason_has_a_general_cure(void **state)
{
	(void)state;
	expect_cure("limits", "See what the sentence says");
	expect_cure("", "See what the sentence says");
	assert_non_null(cure_find((struct docket_bytes){ NULL, 0 }));
}

static void
every_refusal_at_intake_has_a_cure(void **state)
{
	const char *general = cure_find(bytes_of(""));

	(void)state;
	for (int i = CLAIM_VANISHED + 1; i < CLAIM_RESULT_COUNT; i++) {
		const char *reason = claim_reason((enum claim_result)i);

		if (reason != NULL && cure_find(bytes_of(reason)) == general)
			fail_msg("%s", reason);
	}
}

static void
every_cure_is_one_sentence(void **state)
{
	const struct cure *cure;

	(void)state;
	for (size_t i = 0; (cure = cure_at(i)) != NULL; i++) {
		size_t size = strlen(cure->sentence);

		assert_true(size > 10 && size < 100);
		assert_int_equal(cure->sentence[size - 1], '.');
		assert_null(strstr(cure->sentence, ". "));
	}
}

/* Is there a row "| stage | `reason` | what it means | sentence |"? */
static bool
is_on_page(const char *page, const struct cure *cure)
{
	bool is_prefix = cure->reason[strlen(cure->reason) - 1] == '-';
	auto_free char *word =
		mem_format("`%s%s`", cure->reason, is_prefix ? "N" : "");
	auto_free char *cell = mem_format(" | %s |", cure->sentence);
	const char *at = page;

	while ((at = strstr(at, word)) != NULL) {
		const char *found = strstr(at, cell);

		if (found != NULL && found < strchrnul(at, '\n'))
			return true;
		at++;
	}
	return false;
}

static void
page_for_operators_has_the_same_cures(void **state)
{
	auto_free char *page = mem_alloc(1 << 20);
	const struct cure *cure;
	FILE *file = fopen(SOURCE_FOLDER "/docs/operations.md", "re");

	(void)state;
	assert_non_null(file);
	page[fread(page, 1, (1 << 20) - 1, file)] = '\0';
	fclose(file);
	for (size_t i = 0; (cure = cure_at(i)) != NULL; i++)
		if (!is_on_page(page, cure))
			fail_msg("docs/operations.md: %s", cure->reason);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reason_is_found_as_a_word_or_by_its_beginning),
		cmocka_unit_test(unknown_reason_has_a_general_cure),
		cmocka_unit_test(every_refusal_at_intake_has_a_cure),
		cmocka_unit_test(every_cure_is_one_sentence),
		cmocka_unit_test(page_for_operators_has_the_same_cures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
