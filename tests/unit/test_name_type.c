/* SPDX-License-Identifier: Apache-2.0 */
/* test_name_type.c - the media type that a document's name claims */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "name_type.h"

static int
load(void **state)
{
	static struct name_types types;

	name_types_load(&types, SOURCE_FOLDER "/etc");
	*state = &types;
	return 0;
}

static int
unload(void **state)
{
	name_types_fini(*state);
	return 0;
}

static void
claims(const struct name_types *types, const char *name, const char *type)
{
	const char *found = name_types_find(types, bytes_of(name));

	if (!type)
		assert_null(found);
	else if (!found || strcmp(found, type) != 0)
		fail_msg("%s claims %s", name, found ? found : "nothing");
}

static void
suffix_of_a_name_is_a_claim(void **state)
{
	claims(*state, "letter.pdf", "application/pdf");
	claims(*state, "LETTER.JPEG", "image/jpeg");
	claims(*state, "2026/a.b/letter.v2.txt", "text/plain");
	claims(*state, "letter.tar.gz", "application/gzip");
}

static void
name_without_a_suffix_claims_nothing(void **state)
{
	claims(*state, "", NULL);
	claims(*state, "letter", NULL);
	claims(*state, ".pdf", NULL);
	claims(*state, "letters/.pdf", NULL);
	claims(*state, "letter.", NULL);
	claims(*state, "letter.unheard", NULL);
	claims(*state, "v1.pdf/letter", NULL);
}

static void
without_a_table_no_name_claims_anything(void **state)
{
	struct name_types none;

	(void)state;
	name_types_load(&none, "/nowhere");
	claims(&none, "letter.pdf", NULL);
	name_types_fini(&none);
}

static void
what_one_is_made_of_is_no_contradiction(void **state)
{
	static const char docx[] = "application/vnd.openxmlformats-"
				   "officedocument.wordprocessingml.document";
	static const struct {
		const char *named, *found;
		bool is_kin;
	} rows[] = {
		{ "application/pdf", "application/pdf", true },
		{ "application/zip", docx, true },
		{ docx, "application/zip", true },
		{ "text/plain", "text/html", true },
		{ "text/csv", "text/plain", true },
		{ "text/plain", "message/rfc822", true },
		{ "text/html", "application/xhtml+xml", true },
		{ "application/xml", "application/akn+xml", true },
		{ "application/msword", "application/x-ole-storage", true },
		{ docx, "application/x-ole-storage", true },
		{ "application/VND.ms-word.document.macroEnabled.12",
		  "application/vnd.ms-word.document.macroenabled.12", true },
		{ "application/pdf", "text/plain", false },
		{ "application/msword", "application/rtf", false },
		{ "application/msword", docx, false },
		{ "image/jpeg", "image/png", false },
		{ "text/plain", "application/pdf", false },
		{ "text/html", "text/markdown", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (name_type_is_kin(rows[i].named, rows[i].found) !=
		    rows[i].is_kin)
			fail_msg("%s, %s", rows[i].named, rows[i].found);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suffix_of_a_name_is_a_claim),
		cmocka_unit_test(name_without_a_suffix_claims_nothing),
		cmocka_unit_test(without_a_table_no_name_claims_anything),
		cmocka_unit_test(what_one_is_made_of_is_no_contradiction),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
