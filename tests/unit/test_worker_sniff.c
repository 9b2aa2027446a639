/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_sniff.c - the media type of a document, from its bytes */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sniff.h"

struct sample {
	const char *bytes;
	size_t size;
	const char *type;
};

#define SAMPLE(bytes, type)                      \
	{                                        \
		bytes, sizeof(bytes) - 1, (type) \
	}

static void
check(const struct sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct docket_bytes bytes = { samples[i].bytes,
					      samples[i].size };

		assert_string_equal(sniff_media_type(bytes, bytes_of("x")),
				    samples[i].type);
	}
}

static void
check_text(const char *text, const char *type)
{
	assert_string_equal(sniff_media_type(bytes_of(text), bytes_of("x")),
			    type);
}

static void
magic_bytes_decide(void **state)
{
	static const struct sample samples[] = {
		SAMPLE("%PDF-1.7\n", "application/pdf"),
		SAMPLE("\xff\xd8\xff\xe0", "image/jpeg"),
		SAMPLE("\x89PNG\r\n\x1a\n", "image/png"),
		SAMPLE("II*\0\x08", "image/tiff"),
		SAMPLE("\xffWPC\x10", "application/vnd.wordperfect"),
		SAMPLE("{\\rtf1 hello}", "application/rtf"),
		SAMPLE("PK\3\4 nothing known", "application/zip"),
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void
containers_are_known_by_what_is_in_them(void **state)
{
	static const struct sample samples[] = {
		SAMPLE("PK\3\4....word/document.xml",
		       "application/vnd.openxmlformats-officedocument."
		       "wordprocessingml.document"),
		SAMPLE("PK\3\4..mimetypeapplication/"
		       "vnd.oasis.opendocument.textPK",
		       "application/vnd.oasis.opendocument.text"),
		SAMPLE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
		       "application/x-ole-storage"),
		SAMPLE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...W\0o\0r\0d\0D\0"
		       "o\0c\0u\0m\0e\0n\0t\0\0\0",
		       "application/msword"),
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void
directory_at_the_end_of_a_large_archive_is_seen(void **state)
{
	size_t size = 3u << 20;
	auto_free char *bytes = mem_alloc(size);
	static const char member[] = "xl/workbook.xml";

	(void)state;
	memcpy(bytes, "PK\3\4", 4);
	memcpy(bytes + size - 100, member, sizeof(member) - 1);
	assert_string_equal(
		sniff_media_type((struct docket_bytes){ bytes, size },
				 bytes_of("")),
		"application/vnd.openxmlformats-officedocument."
		"spreadsheetml.sheet");
}

static void
text_in_any_encoding_is_text(void **state)
{
	static const struct sample samples[] = {
		SAMPLE("x", "text/plain"),
		SAMPLE("Lettre dat\xc3\xa9"
		       "e\n",
		       "text/plain"),
		SAMPLE("Lettre dat\xe9"
		       "e\n",
		       "text/plain"),
		SAMPLE("\xff\xfel\0e\0t\0", "text/plain"),
		SAMPLE("\xfe\xff\0l\0e\0t", "text/plain"),
		SAMPLE("\xef\xbb\xbfletter", "text/plain"),
		SAMPLE("page one\fpage two\x1a", "text/plain"),
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void
control_characters_make_no_text(void **state)
{
	static const struct sample samples[] = {
		SAMPLE("abc\0def", "application/octet-stream"),
		SAMPLE("\1\2\3\4abcdefgh", "application/octet-stream"),
		SAMPLE("\1\2\3\4\0\0 junk before it %PDF-1.4",
		       "application/pdf"),
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

static void
one_stray_control_in_a_page_is_forgiven(void **state)
{
	char page[200];

	(void)state;
	memset(page, 'a', sizeof(page));
	page[17] = '\2';
	assert_string_equal(
		sniff_media_type((struct docket_bytes){ page, sizeof(page) },
				 bytes_of("")),
		"text/plain");
}

static void
html_is_known_by_its_first_tag(void **state)
{
	(void)state;
	check_text("<!DOCTYPE html><p>", "text/html");
	check_text("\n <!-- made by hand -->\n<HTML lang=fr>", "text/html");
	check_text("\xef\xbb\xbf<body >", "text/html");
	check_text("<p>Note verbale</p>", "text/html");
	check_text("<place> is not a tag of HTML", "text/plain");
	check_text("a < b", "text/plain");
	check_text("<!-- never closed", "text/plain");
}

static void
xml_is_known_by_its_declaration_and_named_by_its_root(void **state)
{
	(void)state;
	check_text("<?xml version='1.0'?><doc/>", "application/xml");
	check_text("<?xml version='1.0'?>\n<!-- x -->\n<akomaNtoso xmlns=''>",
		   "application/akn+xml");
	check_text("<?xml version='1.0'?><!DOCTYPE html>\n<html lang='fr'>",
		   "application/xhtml+xml");
	check_text("<?xml", "application/xml");
}

static void
mail_needs_a_header_that_only_machines_write(void **state)
{
	(void)state;
	check_text("From: a@b\r\nMessage-ID: <1@b>\r\n\r\nHello",
		   "message/rfc822");
	check_text("Received: from x\n\tby y\nSubject: z\n\nHello",
		   "message/rfc822");
	check_text("TO: All staff\nFROM: Registry\nSubject: Lifts\n\nPlease",
		   "text/plain");
	check_text("Message-ID: in a text that goes on\nwithout headers\n\n",
		   "text/plain");
}

static void
name_is_believed_only_between_texts(void **state)
{
	(void)state;
	assert_string_equal(
		sniff_media_type(bytes_of("# Title\n"), bytes_of("notes.MD")),
		"text/markdown");
	assert_string_equal(
		sniff_media_type(bytes_of("%PDF-1.7"), bytes_of("notes.md")),
		"application/pdf");
	assert_string_equal(
		sniff_media_type(bytes_of("letter"), bytes_of("letter.pdf")),
		"text/plain");
	assert_string_equal(
		sniff_media_type(bytes_of("letter"), bytes_of(".md")),
		"text/plain");
}

static void
every_beginning_of_a_document_has_some_type(void **state)
{
	static const char document[] =
		"<?xml version='1.0'?><!-- a --><!DOCTYPE html [<!ENTITY a "
		"'b'>]><html lang='fr'><body>Received: x\r\n\r\n</html>";

	(void)state;
	for (size_t size = 1; size < sizeof(document); size++) {
		/* Its own memory, so that a sanitizer sees one byte too many. */
		auto_free char *copy = mem_dup(document, size);

		assert_non_null(sniff_media_type(
			(struct docket_bytes){ copy, size }, bytes_of("")));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(magic_bytes_decide),
		cmocka_unit_test(containers_are_known_by_what_is_in_them),
		cmocka_unit_test(
			directory_at_the_end_of_a_large_archive_is_seen),
		cmocka_unit_test(text_in_any_encoding_is_text),
		cmocka_unit_test(control_characters_make_no_text),
		cmocka_unit_test(one_stray_control_in_a_page_is_forgiven),
		cmocka_unit_test(html_is_known_by_its_first_tag),
		cmocka_unit_test(
			xml_is_known_by_its_declaration_and_named_by_its_root),
		cmocka_unit_test(mail_needs_a_header_that_only_machines_write),
		cmocka_unit_test(name_is_believed_only_between_texts),
		cmocka_unit_test(every_beginning_of_a_document_has_some_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
