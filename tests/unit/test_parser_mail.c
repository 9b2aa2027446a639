/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_mail.c - the plugin as the host sees it, on the sample mails */
#include "plugin_host.h"

#include <stdint.h>
#include <stdio.h>

struct parsed {
	struct docket_job job;
	struct buffer content;
	enum docket_status status;
};

static void
parse(struct parsed *parsed)
{
	plugin_host_begin(&parsed->job, buffer_bytes(&parsed->content),
			  "message/rfc822");
	parsed->job.progress_ms = INT64_MAX; /* nobody listens */
	parsed->status = docket_plugin.parser->parse(NULL, &parsed->job);
	job_leave(&parsed->job);
	if (parsed->status == DOCKET_OK)
		job_settle(&parsed->job, "mail", "1");
}

static void
parse_text(struct parsed *parsed, const char *mail)
{
	*parsed = (struct parsed){ 0 };
	buffer_put_string(&parsed->content, mail);
	parse(parsed);
}

static void
parse_sample(struct parsed *parsed, const char *name)
{
	auto_free char *path =
		mem_format("%s/tests/samples/%s", SOURCE_FOLDER, name);
	auto_file FILE *file = fopen(path, "rb");
	size_t got;

	assert_non_null(file);
	*parsed = (struct parsed){ 0 };
	do {
		char *end = buffer_reserve(&parsed->content, 4096);

		got = fread(end, 1, 4096, file);
		parsed->content.size += got;
	} while (got);
	parse(parsed);
	assert_int_equal(parsed->status, DOCKET_OK);
}

static void
end(struct parsed *parsed)
{
	job_end(&parsed->job);
	buffer_fini(&parsed->content);
}

static void
assert_field(const struct parsed *parsed, enum docket_field field, size_t index,
	     const char *expected)
{
	plugin_host_assert_field(&parsed->job, field, index, expected);
}

static bool
has_text(const struct parsed *parsed, const char *word)
{
	struct docket_bytes text = docket_job_text(&parsed->job);

	return memmem(text.data, text.size, word, strlen(word)) != NULL;
}

/* The index-th child is called that. */
static void
assert_child(const struct parsed *parsed, size_t index, const char *name)
{
	struct docket_bytes child =
		docket_job_field(&parsed->job, DOCKET_FIELD_CHILD, index);
	size_t size = strlen(name);

	assert_true(child.size > size);
	assert_memory_equal(child.data + child.size - size, name, size);
}

static void
headers_are_fields(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_sample(&parsed, "mail-attachment-en.eml");
	assert_field(&parsed, DOCKET_FIELD_FROM, 0,
		     "Okonedo, Ilmari T. <i.okonedo@lindhaven.example>");
	assert_field(&parsed, DOCKET_FIELD_TO, 1,
		     "Sub-registry: Annexes <annexes@registry.example>");
	assert_field(&parsed, DOCKET_FIELD_CC, 0, "archive@lindhaven.example");
	assert_field(&parsed, DOCKET_FIELD_TITLE, 0,
		     "Identical letters of 12 May 2011, for registration");
	assert_field(&parsed, DOCKET_FIELD_DATE, 0, "2011-05-12");
	assert_field(&parsed, DOCKET_FIELD_CREATED, 0,
		     "2011-05-12T16:41:02+02:00");
	assert_field(&parsed, DOCKET_FIELD_IDENTIFIER, 0,
		     "20110512.1641@lindhaven.example");
	assert_field(&parsed, DOCKET_FIELD_RELATION, 1,
		     "20110502.1200@registry.example");
	assert_field(&parsed, DOCKET_FIELD_RELATION, 2, NULL);
	end(&parsed);
}

static void
an_attachment_is_a_child_and_no_text(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_sample(&parsed, "mail-attachment-en.eml");
	assert_child(&parsed, 0, "identical letters 12 May 2011.txt");
	assert_field(&parsed, DOCKET_FIELD_CHILD, 1, NULL);
	assert_true(has_text(&parsed, "Their annexes follow by courier"));
	assert_false(has_text(&parsed, "registrars and archivists"));
	end(&parsed);
}

static void
quotes_and_signatures_are_blocks_of_their_own(void **state)
{
	struct parsed parsed;
	size_t quotes = 0;
	size_t signatures = 0;

	(void)state;
	parse_sample(&parsed, "mail-attachment-en.eml");
	for (size_t i = 0; i < docket_job_blocks(&parsed.job); i++) {
		struct docket_block block = docket_job_block(&parsed.job, i);

		if (block.kind == DOCKET_BLOCK_SIGNATURE)
			signatures++;
		if (block.kind == DOCKET_BLOCK_PARAGRAPH && block.level == 1)
			plugin_host_assert_text(&parsed.job, &block,
						"We have received a draft");
		quotes += block.level > 0;
	}
	assert_int_equal(quotes, 2);
	assert_int_equal(signatures, 1);
	end(&parsed);
}

static void
html_alone_is_readable(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_sample(&parsed, "mail-html-fr.eml");
	assert_field(&parsed, DOCKET_FIELD_FROM, 0,
		     "Hélène Grandet <h.grandet@lindhaven.example>");
	assert_field(
		&parsed, DOCKET_FIELD_TITLE, 0,
		"Conclusions de la réunion de Lindhaven : texte définitif");
	assert_true(has_text(&parsed, "2. l’emploi des six langues"));
	assert_false(has_text(&parsed, "<"
				       "/p>"));
	assert_false(has_text(&parsed, "alert"));
	end(&parsed);
}

static void
flowed_text_of_another_charset_is_joined(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_sample(&parsed, "mail-flowed-ru.eml");
	assert_field(&parsed, DOCKET_FIELD_CHARSET, 0, "KOI8-R");
	assert_field(&parsed, DOCKET_FIELD_TITLE, 0,
		     "Заключения совещания в Линдхавене");
	assert_true(has_text(&parsed, "заключения, принятые 5 апреля"));
	assert_true(has_text(&parsed, "переданы заключения совещания?"));
	end(&parsed);
}

static void
a_mail_in_a_mail_is_a_child_and_alternatives_are_one_text(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_sample(&parsed, "mail-forwarded-es.eml");
	assert_child(&parsed, 0, "Nota verbal núm. 41.eml");
	assert_field(&parsed, DOCKET_FIELD_CHILD, 1, NULL);
	assert_true(has_text(&parsed, "Adjunto la nota verbal núm. 41"));
	assert_false(has_text(&parsed, "saluda atentamente"));
	end(&parsed);
}

static void
a_mailbox_is_a_list_of_its_mails(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_sample(&parsed, "mailbox-en.mbox");
	assert_child(&parsed, 0, "Draft without a signature.eml");
	assert_child(&parsed, 1, "Re: Draft without a signature.eml");
	assert_field(&parsed, DOCKET_FIELD_CHILD, 2, NULL);
	assert_field(&parsed, DOCKET_FIELD_TITLE, 0, NULL);
	end(&parsed);
}

static void
encrypted_mails_are_refused_by_that_name(void **state)
{
	static const char *const mails[] = {
		"From: a@b.example\nContent-Type: multipart/encrypted; "
		"boundary=x\n\n--x\n\nVersion: 1\n--x\n\nqA==\n--x--\n",
		"From: a@b.example\nContent-Type: application/pkcs7-mime; "
		"smime-type=enveloped-data\n\nMIIB\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(mails); i++) {
		struct parsed parsed;

		parse_text(&parsed, mails[i]);
		assert_int_equal(parsed.status, DOCKET_REJECT);
		assert_string_equal(parsed.job.reason, "encrypted");
		end(&parsed);
	}
}

static void
odd_mails_are_read_with_a_warning(void **state)
{
	static const struct {
		const char *mail;
		const char *warning;
	} odd[] = {
		{ "From: a@b.example\nDate: when it suits\n\ntext\n",
		  "The date of the mail could not be read." },
		{ "From: a@b.example\nContent-Type: text/plain; "
		  "charset=x-unheard-of\n\ntext\n",
		  "The charset that it names is unknown: x-unheard-of." },
		{ "From: a@b.example\nContent-Type: multipart/mixed; "
		  "boundary=x\n\n--x\n\ntext\n",
		  "The mail breaks off: its last part may not be whole." },
		{ "From: a@b.example\nContent-Type: multipart/mixed; "
		  "boundary=x\n\n--x\nContent-Type: image/png\n\nsmall\n"
		  "--x\n\ntext\n--x--\n",
		  "Small pictures in the text of the mail were left out." },
		{ "From: a@b.example\nContent-Type: multipart/signed; "
		  "boundary=x\n\n--x\n\ntext\n--x\nContent-Type: "
		  "application/pgp-signature\n\nqA==\n--x--\n",
		  "The mail is signed; the signature was not checked." },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(odd); i++) {
		struct parsed parsed;

		parse_text(&parsed, odd[i].mail);
		assert_int_equal(parsed.status, DOCKET_OK);
		assert_field(&parsed, DOCKET_FIELD_WARNING, 0, odd[i].warning);
		assert_true(has_text(&parsed, "text"));
		end(&parsed);
	}
}

static void
parts_without_boundaries_are_not_lost(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_text(&parsed, "From: a@b.example\nContent-Type: multipart/mixed\n"
			    "\n--x\n\nstill here\n--x--\n");
	assert_int_equal(parsed.status, DOCKET_OK);
	assert_true(has_text(&parsed, "still here"));
	end(&parsed);
}

static void
bytes_in_headers_are_of_the_charset_of_the_text(void **state)
{
	struct parsed parsed;

	(void)state;
	parse_text(&parsed, "Subject: \xcf\xe8\xf1\xfc\xec\xee\nContent-Type: "
			    "text/plain; charset=windows-1251\n\n\xc4\xe0\n");
	assert_field(&parsed, DOCKET_FIELD_TITLE, 0, "Письмо");
	assert_true(has_text(&parsed, "Да"));
	end(&parsed);
}

static int
prepare(void **state)
{
	(void)state;
	return docket_plugin.prepare(NULL) != DOCKET_OK;
}

static int
close_plugin(void **state)
{
	(void)state;
	docket_plugin.close(NULL);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers_are_fields),
		cmocka_unit_test(an_attachment_is_a_child_and_no_text),
		cmocka_unit_test(quotes_and_signatures_are_blocks_of_their_own),
		cmocka_unit_test(html_alone_is_readable),
		cmocka_unit_test(flowed_text_of_another_charset_is_joined),
		cmocka_unit_test(
			a_mail_in_a_mail_is_a_child_and_alternatives_are_one_text),
		cmocka_unit_test(a_mailbox_is_a_list_of_its_mails),
		cmocka_unit_test(encrypted_mails_are_refused_by_that_name),
		cmocka_unit_test(odd_mails_are_read_with_a_warning),
		cmocka_unit_test(parts_without_boundaries_are_not_lost),
		cmocka_unit_test(
			bytes_in_headers_are_of_the_charset_of_the_text),
	};

	return cmocka_run_group_tests(tests, prepare, close_plugin);
}
