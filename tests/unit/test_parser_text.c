/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_text.c - the plugin as the host sees it, on the sample letters */
#include "plugin_host.h"

#include <stdio.h>

struct parsed {
	struct docket_job job;
	char *content;
	enum docket_status status;
};

static void
parse_bytes(struct parsed *parsed, struct docket_bytes content,
	    const char *media_type)
{
	const char *charset = "";

	assert_int_equal(docket_plugin.self_size, sizeof(charset));
	plugin_host_begin(&parsed->job, content, media_type);
	parsed->status = docket_plugin.parser->parse(&charset, &parsed->job);
	job_leave(&parsed->job);
	if (parsed->status == DOCKET_OK)
		job_settle(&parsed->job, "text", "1");
}

static void
parse_sample(struct parsed *parsed, const char *name)
{
	auto_free char *path =
		mem_format("%s/tests/samples/%s", SOURCE_FOLDER, name);
	auto_file FILE *file = fopen(path, "rb");
	struct buffer content = { 0 };
	size_t got;

	assert_non_null(file);
	do {
		char *end = buffer_reserve(&content, 4096);

		got = fread(end, 1, 4096, file);
		content.size += got;
	} while (got);
	parsed->content = content.data;
	parse_bytes(parsed, buffer_bytes(&content), "text/plain");
	assert_int_equal(parsed->status, DOCKET_OK);
}

static void
end(struct parsed *parsed)
{
	job_end(&parsed->job);
	free(parsed->content);
	*parsed = (struct parsed){ 0 };
}

static void
assert_first_block(const struct parsed *parsed, const char *text)
{
	struct docket_block block = docket_job_block(&parsed->job, 0);

	plugin_host_assert_text(&parsed->job, &block, text);
	assert_int_equal(block.end - block.start, strlen(text));
}

static size_t
count_kind(const struct parsed *parsed, enum docket_block_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < docket_job_blocks(&parsed->job); i++)
		count += docket_job_block(&parsed->job, i).kind == kind;
	return count;
}

static size_t
count_numbers(const struct parsed *parsed)
{
	size_t count = 0;

	for (size_t i = 0; i < docket_job_blocks(&parsed->job); i++) {
		struct docket_block block = docket_job_block(&parsed->job, i);

		count += block.kind == DOCKET_BLOCK_PARAGRAPH &&
			 block.number.size > 0;
	}
	return count;
}

static void
a_letter_is_the_same_in_six_languages(void **state)
{
	static const struct {
		const char *name;
		const char *title;
	} letters[] = {
		{ "letter-en.txt",
		  "Identical letters dated 12 May 2011 from the "
		  "Secretary-General addressed to the President of the "
		  "General Assembly and the President of the Security "
		  "Council" },
		{ "letter-fr.txt",
		  "Lettres identiques datées du 12 mai 2011, adressées au "
		  "Président de l’Assemblée générale et à la Présidente du "
		  "Conseil de sécurité par le Secrétaire général" },
		{ "letter-es.txt",
		  "Cartas idénticas de fecha 12 de mayo de 2011 dirigidas al "
		  "Presidente de la Asamblea General y a la Presidenta del "
		  "Consejo de Seguridad por el Secretario General" },
		{ "letter-ru.txt",
		  "Идентичные письма Генерального секретаря от 12 мая 2011 "
		  "года на имя Председателя Генеральной Ассамблеи и "
		  "Председателя Совета Безопасности" },
		{ "letter-ar.txt",
		  "رسالتان متطابقتان مؤرختان 12 أيار/مايو 2011 موجهتان من "
		  "الأمين العام إلى رئيس الجمعية العامة ورئيسة مجلس الأمن" },
		{ "letter-zh.txt",
		  "2011年5月12日秘书长给大会主席和安全理事会主席的同文信" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(letters); i++) {
		struct parsed parsed = { 0 };

		parse_sample(&parsed, letters[i].name);
		assert_first_block(&parsed, letters[i].title);
		assert_int_equal(count_numbers(&parsed), 6);
		/* (a) to (c); six organizations; three offices are too few */
		assert_int_equal(count_kind(&parsed, DOCKET_BLOCK_ITEM), 9);
		assert_int_equal(count_kind(&parsed, DOCKET_BLOCK_LIST), 2);
		end(&parsed);
	}
}

static void
encodings_are_named(void **state)
{
	static const struct {
		const char *name;
		const char *charset;
	} samples[] = {
		{ "letter-fr.txt", "UTF-8" },
		{ "letter-en.txt", "US-ASCII" },
		{ "letter-ru-1251.txt", "windows-1251" },
		{ "letter-ar-utf16.txt", "UTF-16LE" },
		{ "note-verbale-es.txt", "ISO-8859-1" },
		{ "note-zh-gb18030.txt", "GB18030" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		struct parsed parsed = { 0 };

		parse_sample(&parsed, samples[i].name);
		plugin_host_assert_field(&parsed.job, DOCKET_FIELD_CHARSET, 0,
					 samples[i].charset);
		plugin_host_assert_field(&parsed.job, DOCKET_FIELD_WARNING, 0,
					 NULL);
		end(&parsed);
	}
}

static void
the_same_letter_reads_alike_in_any_encoding(void **state)
{
	struct parsed parsed = { 0 };
	size_t blocks;

	(void)state;
	parse_sample(&parsed, "letter-ar.txt");
	blocks = docket_job_blocks(&parsed.job);
	end(&parsed);
	parse_sample(&parsed, "letter-ar-utf16.txt");
	assert_int_equal(docket_job_blocks(&parsed.job), blocks);
	end(&parsed);
}

static void
blocks_know_their_pages(void **state)
{
	struct parsed parsed = { 0 };
	size_t count;

	(void)state;
	parse_sample(&parsed, "pages-en.txt");
	count = docket_job_blocks(&parsed.job);
	assert_int_equal(docket_job_block(&parsed.job, 0).page, 1);
	assert_int_equal(docket_job_block(&parsed.job, count - 1).page, 3);
	/* Three feet, two heads. */
	assert_int_equal(count_kind(&parsed, DOCKET_BLOCK_LINE), 5);
	assert_int_equal(count_numbers(&parsed), 7);
	end(&parsed);
}

static void
binary_is_left_to_others(void **state)
{
	struct parsed parsed = { 0 };

	(void)state;
	parse_bytes(&parsed, (struct docket_bytes){ "\0\1\2\3\0\0\4\5", 8 },
		    "application/octet-stream");
	assert_int_equal(parsed.status, DOCKET_SKIP);
	end(&parsed);
}

static void
utf16_without_mark_becomes_text(void **state)
{
	struct parsed parsed = { 0 };

	(void)state;
	parse_bytes(&parsed, (struct docket_bytes){ "A\0 \0l\0e\0t\0.\0", 12 },
		    "application/octet-stream");
	assert_int_equal(parsed.status, DOCKET_OK);
	plugin_host_assert_field(&parsed.job, DOCKET_FIELD_MEDIA_TYPE, 0,
				 "text/plain");
	end(&parsed);
}

static void
white_space_is_rejected_with_a_reason(void **state)
{
	struct parsed parsed = { 0 };

	(void)state;
	plugin_host_begin(&parsed.job, bytes_of(" \n\t\n"), "text/plain");
	parsed.status =
		docket_plugin.parser->parse(&(const char *){ "" }, &parsed.job);
	assert_int_equal(parsed.status, DOCKET_REJECT);
	assert_string_equal(parsed.job.explained,
			    "There is nothing but white space.");
	job_leave(&parsed.job);
	end(&parsed);
}

static void
assert_whole_text(const struct parsed *parsed, const char *expected)
{
	struct docket_bytes text = docket_job_text(&parsed->job);

	assert_int_equal(parsed->status, DOCKET_OK);
	assert_int_equal(text.size, strlen(expected));
	assert_memory_equal(text.data, expected, text.size);
}

static void
of_empty_lines_one_stays(void **state)
{
	struct parsed parsed = { 0 };

	(void)state;
	parse_bytes(&parsed, bytes_of("\n\nObservers\n\n\n\nUnion\nLeague\n"),
		    "text/plain");
	assert_whole_text(&parsed, "Observers\n\nUnion\nLeague\n");
	end(&parsed);
}

static void
front_matter_gives_the_title(void **state)
{
	static const char text[] =
		"---\ndate: 1938\ntitle: 'Mr Finch, Consul,\n  to Miss Gray'\n"
		"number: 4\n---\n\nLetter LUND, 3 May 1938\n";
	struct parsed parsed = { 0 };

	(void)state;
	parse_bytes(&parsed, bytes_of(text), "text/markdown");
	plugin_host_assert_field(&parsed.job, DOCKET_FIELD_TITLE, 0,
				 "Mr Finch, Consul,   to Miss Gray");
	end(&parsed);
	parse_bytes(&parsed, bytes_of("---\nname: x\n---\n\nText\n"),
		    "text/markdown");
	plugin_host_assert_field(&parsed.job, DOCKET_FIELD_TITLE, 0, NULL);
	end(&parsed);
}

static void
a_guess_is_a_warning(void **state)
{
	struct parsed parsed = { 0 };

	(void)state;
	parse_bytes(&parsed, bytes_of("caf\xe9"), "text/plain");
	assert_int_equal(parsed.status, DOCKET_OK);
	assert_non_null(
		docket_job_field(&parsed.job, DOCKET_FIELD_WARNING, 0).data);
	end(&parsed);
}

static void
unknown_charset_is_refused(void **state)
{
	const char *charset = "windows-9999";

	(void)state;
	assert_int_equal(docket_plugin.prepare(&charset), DOCKET_BROKEN);
	charset = "windows-1251";
	assert_int_equal(docket_plugin.prepare(&charset), DOCKET_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_is_the_same_in_six_languages),
		cmocka_unit_test(encodings_are_named),
		cmocka_unit_test(the_same_letter_reads_alike_in_any_encoding),
		cmocka_unit_test(blocks_know_their_pages),
		cmocka_unit_test(binary_is_left_to_others),
		cmocka_unit_test(utf16_without_mark_becomes_text),
		cmocka_unit_test(white_space_is_rejected_with_a_reason),
		cmocka_unit_test(of_empty_lines_one_stays),
		cmocka_unit_test(front_matter_gives_the_title),
		cmocka_unit_test(a_guess_is_a_warning),
		cmocka_unit_test(unknown_charset_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
