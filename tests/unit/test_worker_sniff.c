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
markup_is_seen_in_two_bytes_a_character(void **state)
{
	static const struct sample samples[] = {
		SAMPLE("\xff\xfe<\0h\0t\0m\0l\0>\0", "text/html"),
		SAMPLE("\xfe\xff\0<\0h\0t\0m\0l\0>", "text/html"),
		SAMPLE("\xff\xfe<\0?\0x\0m\0l\0 \0?\0>\0<\0"
		       "a\0/\0>\0",
		       "application/xml"),
		SAMPLE("\xff\xfe<\0", "text/plain"),
		SAMPLE("\xff\xfe", "text/plain"),
		SAMPLE("\xff\xfeT\0o\0:\0 \0", "text/plain"),
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
}

/* ---- archives ---- */

static void
put16(struct buffer *out, unsigned value)
{
	char bytes[2] = { (char)value, (char)(value >> 8) };

	buffer_put(out, bytes, sizeof(bytes));
}

static void
put32(struct buffer *out, size_t value)
{
	put16(out, value & 0xffff);
	put16(out, (unsigned)(value >> 16));
}

static void
put_zeros(struct buffer *out, size_t count)
{
	memset(buffer_reserve(out, count), 0, count);
	out->size += count;
}

struct zip {
	struct buffer bytes;
	struct buffer directory;
};

/* A member that is stored, as it is in the archive and in its directory. */
static void
zip_add(struct zip *zip, const char *name, struct docket_bytes content)
{
	size_t at = zip->bytes.size;

	buffer_put(&zip->bytes, "PK\3\4", 4);
	put_zeros(&zip->bytes, 14);
	put32(&zip->bytes, content.size);
	put32(&zip->bytes, content.size);
	put16(&zip->bytes, (unsigned)strlen(name));
	put16(&zip->bytes, 0);
	buffer_put_string(&zip->bytes, name);
	buffer_put_bytes(&zip->bytes, content);
	buffer_put(&zip->directory, "PK\1\2", 4);
	put_zeros(&zip->directory, 24);
	put16(&zip->directory, (unsigned)strlen(name));
	put_zeros(&zip->directory, 12);
	put32(&zip->directory, at);
	buffer_put_string(&zip->directory, name);
}

static void
zip_end(struct zip *zip)
{
	size_t at = zip->bytes.size;

	buffer_put_bytes(&zip->bytes, buffer_bytes(&zip->directory));
	buffer_put(&zip->bytes, "PK\5\6", 4);
	put_zeros(&zip->bytes, 8);
	put32(&zip->bytes, zip->directory.size);
	put32(&zip->bytes, at);
	put16(&zip->bytes, 0);
}

static void
zip_fini(struct zip *zip)
{
	buffer_fini(&zip->bytes);
	buffer_fini(&zip->directory);
}

static void
zip_is(const struct zip *zip, const char *name, const char *type)
{
	assert_string_equal(
		sniff_media_type(buffer_bytes(&zip->bytes), bytes_of(name)),
		type);
}

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

static void
archives_are_known_by_the_names_in_them(void **state)
{
	static const struct {
		const char *member;
		const char *type;
	} rows[] = {
		{ "word/document.xml", OOXML "wordprocessingml.document" },
		{ "word/document2.xml", OOXML "wordprocessingml.document" },
		{ "xl/workbook.xml", OOXML "spreadsheetml.sheet" },
		{ "ppt/presentation.xml", OOXML "presentationml.presentation" },
		{ "word/vbaProject.bin",
		  "application/vnd.ms-word.document.macroenabled.12" },
		{ "FixedDocumentSequence.fdseq",
		  "application/vnd.ms-xpsdocument" },
		{ "letter.txt", "application/zip" },
		{ "my/word/document.xml", "application/zip" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct zip zip = { { 0 }, { 0 } };

		zip_add(&zip, "_rels/.rels", bytes_of("<Relationships/>"));
		zip_add(&zip, rows[i].member, bytes_of("<xml/>"));
		zip_end(&zip);
		zip_is(&zip, "x", rows[i].type);
		zip_fini(&zip);
	}
}

static void
archive_of_documents_is_none_of_them(void **state)
{
	struct zip inner = { { 0 }, { 0 } }, outer = { { 0 }, { 0 } };

	(void)state;
	zip_add(&inner, "word/document.xml", bytes_of("<xml/>"));
	zip_end(&inner);
	zip_add(&outer, "letter.docx", buffer_bytes(&inner.bytes));
	zip_is(&outer, "x", "application/zip"); /* without its directory */
	zip_end(&outer);
	zip_is(&outer, "x", "application/zip");
	zip_fini(&inner);
	zip_fini(&outer);
}

static void
archive_that_breaks_off_is_known_by_its_beginning(void **state)
{
	struct zip zip = { { 0 }, { 0 } };

	(void)state;
	zip_add(&zip, "[Content_Types].xml", bytes_of("<Types/>"));
	zip_add(&zip, "word/document.xml", bytes_of("<xml/>"));
	zip.bytes.size -= 3;
	zip_is(&zip, "x", OOXML "wordprocessingml.document");
	zip_fini(&zip);
}

static void
mimetype_that_comes_first_decides(void **state)
{
	static const char *const types[] = {
		ODF "text",	    ODF "text-template", ODF "spreadsheet",
		ODF "presentation", ODF "text-master",	 "application/epub+zip",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		struct zip zip = { { 0 }, { 0 } };

		zip_add(&zip, "mimetype", bytes_of(types[i]));
		zip_add(&zip, "content.xml", bytes_of("<xml/>"));
		zip_end(&zip);
		zip_is(&zip, "x", types[i]);
		zip_fini(&zip);
	}
}

static void
name_decides_between_documents_that_look_alike(void **state)
{
	struct zip zip = { { 0 }, { 0 } };

	(void)state;
	zip_add(&zip, "word/document.xml", bytes_of("<xml/>"));
	zip_end(&zip);
	zip_is(&zip, "letter.DOTX", OOXML "wordprocessingml.template");
	zip_is(&zip, "letter.xlsx", OOXML "wordprocessingml.document");
	zip_fini(&zip);
}

static void
directory_at_the_end_of_a_large_archive_is_seen(void **state)
{
	auto_buffer struct buffer large = { 0 };
	struct zip zip = { { 0 }, { 0 } };

	(void)state;
	put_zeros(&large, 3u << 20);
	zip_add(&zip, "media/image.png", buffer_bytes(&large));
	zip_add(&zip, "xl/workbook.xml", bytes_of("<xml/>"));
	zip_end(&zip);
	zip_is(&zip, "x", OOXML "spreadsheetml.sheet");
	zip_fini(&zip);
}

/* Each cut and each byte changed: whatever it is then, nothing else happens. */
static void
damaged_archives_are_something_all_the_same(void **state)
{
	struct zip zip = { { 0 }, { 0 } };

	(void)state;
	zip_add(&zip, "mimetype", bytes_of(ODF "text"));
	zip_add(&zip, "word/document.xml", bytes_of("<xml/>"));
	zip_end(&zip);
	for (size_t i = 0; i < zip.bytes.size; i++) {
		auto_free char *copy = mem_dup(zip.bytes.data, zip.bytes.size);
		auto_free char *cut = mem_dup(zip.bytes.data, i + 1);

		copy[i] = (char)0xff;
		assert_non_null(sniff_media_type(
			(struct docket_bytes){ copy, zip.bytes.size },
			bytes_of("")));
		assert_non_null(sniff_media_type(
			(struct docket_bytes){ cut, i + 1 }, bytes_of("")));
	}
	zip_fini(&zip);
}

/* ---- OLE ---- */

static void
put_entry(struct buffer *out, const char *name, unsigned kind)
{
	size_t begin = out->size;

	for (size_t i = 0; name[i]; i++)
		put16(out, (unsigned char)name[i]);
	put_zeros(out, begin + 64 - out->size);
	put16(out, (unsigned)(strlen(name) + 1) * 2);
	put16(out, kind);
	put_zeros(out, begin + 128 - out->size);
}

static void
ole_is(const char *stream, unsigned kind, const char *type)
{
	auto_buffer struct buffer bytes = { 0 };

	buffer_put(&bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	put_zeros(&bytes, 22);
	put16(&bytes, 9); /* sectors of 512 bytes */
	put_zeros(&bytes, 16);
	put32(&bytes, 1); /* the directory: the one behind the first */
	put_zeros(&bytes, 1024 - bytes.size);
	put_entry(&bytes, "Root Entry", 5);
	put_entry(&bytes, stream, kind);
	assert_string_equal(
		sniff_media_type(buffer_bytes(&bytes), bytes_of("x")), type);
}

static void
ole_files_are_known_by_their_streams(void **state)
{
	(void)state;
	ole_is("WordDocument", 2, "application/msword");
	ole_is("Workbook", 2, "application/vnd.ms-excel");
	ole_is("Book", 2, "application/vnd.ms-excel");
	ole_is("PowerPoint Document", 2, "application/vnd.ms-powerpoint");
	ole_is("__properties_version1.0", 2, "application/vnd.ms-outlook");
	/* With a password: what is in it nobody can tell. */
	ole_is("EncryptedPackage", 2, "application/x-ole-storage");
	ole_is("Quill", 1, "application/x-mspublisher");
	ole_is("Anything", 2, "application/x-ole-storage");
	/* No stream: the words of somebody. */
	ole_is("WordDocument", 77, "application/x-ole-storage");
}

static void
old_tar_is_known_by_its_sum(void **state)
{
	char header[512] = "letters/note.txt";
	unsigned sum = 8 * ' ';

	(void)state;
	memcpy(header + 100, "0000644", 7);
	for (size_t i = 0; i < sizeof(header); i++)
		if (i < 148 || i >= 156)
			sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	assert_string_equal(
		sniff_media_type(
			(struct docket_bytes){ header, sizeof(header) },
			bytes_of("x")),
		"application/x-tar");
	header[0] = 'x';
	assert_string_equal(
		sniff_media_type(
			(struct docket_bytes){ header, sizeof(header) },
			bytes_of("x")),
		"application/octet-stream");
}

static void
marks_of_letters_are_no_marks_in_a_text(void **state)
{
	(void)state;
	check_text("BMW is the name of a company.\n", "text/plain");
	check_text("MZ, 12 May\n", "text/plain");
	check_text("The format: DJVU is not read here.\n", "text/plain");
	check_text("070701 is the number of the file.\n", "text/plain");
	check_text("The ftypheic of it\n", "text/plain");
}

static void
what_nobody_reads_has_a_name(void **state)
{
	static const struct sample samples[] = {
		SAMPLE("BM\x36\0\0\0\0\0\0\0", "image/bmp"),
		SAMPLE("\0\0\0\x18"
		       "ftypheic\0\0\0\0",
		       "image/heic"),
		SAMPLE("\0\0\0\x18"
		       "ftypmp42\0\0\0\0",
		       "video/mp4"),
		SAMPLE("AT&TFORM\0\0\1\2DJVUINFO", "image/vnd.djvu"),
		SAMPLE("\x30\x82\1\2\6\x09\x2a\x86\x48\x86\xf7\x0d\1\7\2",
		       "application/pkcs7-mime"),
		SAMPLE("x\x9f>\"\1\0\1\0", "application/ms-tnef"),
		SAMPLE("MZ\x90\0\3\0\0\0",
		       "application/vnd.microsoft.portable-executable"),
		SAMPLE("070701\0\0\0\0", "application/x-cpio"),
		SAMPLE("]\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\0",
		       "application/x-lzma"),
		SAMPLE("\x1f\x9d\x90\0\0", "application/x-compress"),
	};

	(void)state;
	check(samples, ARRAY_SIZE(samples));
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
	check_text("<akn:akomaNtoso xmlns:akn='x'>", "application/akn+xml");
	check_text("<akomaNtosoX>", "text/plain");
	check_text("<?xml version='1.0'?><svg>", "image/svg+xml");
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
	assert_string_equal(sniff_media_type(bytes_of("TO: Staff\n\nPlease"),
					     bytes_of("memo.eml")),
			    "message/rfc822");
	check_text("From a@b Mon Nov 23 2026\nFrom: a\n\nHello",
		   "application/mbox");
	check_text("From the Secretary\nGeneral: a letter\nof\n\n",
		   "text/plain");
	check_text("1234\nMessage-ID: <1@b>\n\nHello", "message/x-emlx");
	check_text("Message-ID: in a text that goes on\nwithout headers\n\n",
		   "text/plain");
}

static void
headers_beyond_what_is_looked_at_are_still_a_mail(void **state)
{
	auto_buffer struct buffer mail = { 0 };

	(void)state;
	buffer_put_string(&mail, "Message-ID: <1@b>\nX-Long: ");
	for (int i = 0; i < 70000; i++)
		buffer_put_string(&mail, "y");
	assert_string_equal(
		sniff_media_type(buffer_bytes(&mail), bytes_of("x")),
		"message/rfc822");
}

static void
lines_that_begin_a_format_are_known(void **state)
{
	(void)state;
	check_text("BEGIN:VCARD\r\nVERSION:4.0\r\n", "text/vcard");
	check_text("BEGIN:VCALENDAR\r\n", "text/calendar");
	check_text("\n {\\rtf1\\ansi", "application/rtf");
	check_text("-----BEGIN PKCS7-----\n", "application/pkcs7-mime");
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
		cmocka_unit_test(markup_is_seen_in_two_bytes_a_character),
		cmocka_unit_test(archives_are_known_by_the_names_in_them),
		cmocka_unit_test(archive_of_documents_is_none_of_them),
		cmocka_unit_test(
			archive_that_breaks_off_is_known_by_its_beginning),
		cmocka_unit_test(mimetype_that_comes_first_decides),
		cmocka_unit_test(
			name_decides_between_documents_that_look_alike),
		cmocka_unit_test(damaged_archives_are_something_all_the_same),
		cmocka_unit_test(ole_files_are_known_by_their_streams),
		cmocka_unit_test(old_tar_is_known_by_its_sum),
		cmocka_unit_test(marks_of_letters_are_no_marks_in_a_text),
		cmocka_unit_test(what_nobody_reads_has_a_name),
		cmocka_unit_test(lines_that_begin_a_format_are_known),
		cmocka_unit_test(
			directory_at_the_end_of_a_large_archive_is_seen),
		cmocka_unit_test(text_in_any_encoding_is_text),
		cmocka_unit_test(control_characters_make_no_text),
		cmocka_unit_test(one_stray_control_in_a_page_is_forgiven),
		cmocka_unit_test(html_is_known_by_its_first_tag),
		cmocka_unit_test(
			xml_is_known_by_its_declaration_and_named_by_its_root),
		cmocka_unit_test(mail_needs_a_header_that_only_machines_write),
		cmocka_unit_test(
			headers_beyond_what_is_looked_at_are_still_a_mail),
		cmocka_unit_test(name_is_believed_only_between_texts),
		cmocka_unit_test(every_beginning_of_a_document_has_some_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
