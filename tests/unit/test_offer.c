/* SPDX-License-Identifier: Apache-2.0 */
/* test_offer.c - the plugins that come with docket where libraries are there */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "offer.h"

/* Loaded from a folder that has this file, and is removed again. */
static void
load_text(const char *text, struct offers *out_offers)
{
	char folder[] = "/tmp/dk-offer-XXXXXX";
	auto_free char *path = NULL;

	assert_non_null(mkdtemp(folder));
	path = mem_format("%s/plugins.tsv", folder);
	{
		auto_file FILE *file = fopen(path, "we");

		assert_non_null(file);
		fputs(text, file);
	}
	offers_load(out_offers, folder);
	unlink(path);
	rmdir(folder);
}

static void
line_is_an_offer(void **state)
{
	struct offers offers;
	const struct offer *pdf;

	(void)state;
	load_text("# name\thost\tpackages\ttypes\tsummary\n"
		  "parser_pdf\tprocess\tlibx-dev liby-dev\ta/b c/d\tPDF\n"
		  "parser_mail\t-\tlibz-dev\te/f\tMail",
		  &offers);
	assert_int_equal(offers.count, 2);
	pdf = offers_find(&offers, bytes_of("parser_pdf"));
	assert_non_null(pdf);
	assert_true(pdf->is_apart);
	assert_string_equal(pdf->packages, "libx-dev liby-dev");
	assert_string_equal(pdf->types, "a/b c/d");
	assert_string_equal(pdf->summary, "PDF");
	assert_false(offers_find(&offers, bytes_of("parser_mail"))->is_apart);
	assert_null(offers_find(&offers, bytes_of("parser_pd")));
	offers_fini(&offers);
}

static void
what_is_no_line_of_it_is_passed_over(void **state)
{
	struct offers offers;

	(void)state;
	load_text("\n\t\nparser_a\tprocess\tx\ty\n"
		  "parser_b\tprocess\tx\ty\tz\ttoo many\n"
		  "parser_c\t-\tx\ty\tz\n",
		  &offers);
	assert_int_equal(offers.count, 1);
	assert_string_equal(offers.rows[0].name, "parser_c");
	offers_fini(&offers);
}

static void
without_the_file_nothing_is_offered(void **state)
{
	struct offers offers;

	(void)state;
	offers_load(&offers, "/nowhere");
	assert_int_equal(offers.count, 0);
	assert_null(offers_find(&offers, bytes_of("parser_pdf")));
	offers_fini(&offers);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_is_an_offer),
		cmocka_unit_test(what_is_no_line_of_it_is_passed_over),
		cmocka_unit_test(without_the_file_nothing_is_offered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
