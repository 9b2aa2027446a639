/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_mail_mbox.c - mailboxes are parted, dangerous mails held back */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "guard.h"
#include "mbox.h"
#include "mem.h"

static void
assert_mail(struct docket_bytes *rest, const char *expected)
{
	struct docket_bytes mail;

	assert_true(mbox_next(rest, &mail));
	assert_int_equal(mail.size, strlen(expected));
	assert_memory_equal(mail.data, expected, mail.size);
}

static void
mails_begin_behind_an_empty_line(void **state)
{
	struct docket_bytes rest = bytes_of("From a\nX: 1\n\ntext\nFrom b\n"
					    "Y: 2\n\nFrom c\r\nZ: 3\r\n\r\n"
					    "From here on\n\n");
	struct docket_bytes none;

	(void)state;
	assert_true(mbox_is(rest));
	assert_mail(&rest, "X: 1\n\ntext\nFrom b\nY: 2\n\n");
	assert_mail(&rest, "Z: 3\r\n\r\nFrom here on\n\n");
	assert_false(mbox_next(&rest, &none));
}

static void
a_letter_is_no_mailbox(void **state)
{
	(void)state;
	assert_false(mbox_is(bytes_of("From the Secretary\nGeneral\n")));
	assert_false(mbox_is(bytes_of("From ")));
	assert_false(mbox_is(bytes_of("")));
}

static void
too_many_headers_are_noticed_wherever_they_are(void **state)
{
	auto_buffer struct buffer mail = { 0 };

	(void)state;
	buffer_put_string(&mail, "Subject: x\n\n");
	for (int i = 0; i < GUARD_HEADERS_LIMIT - 1; i++)
		buffer_put_string(&mail, "a:\n");
	assert_int_equal(guard_judge(buffer_bytes(&mail)), GUARD_PASS);
	buffer_put_string(&mail, "a:\n");
	assert_int_equal(guard_judge(buffer_bytes(&mail)), GUARD_HEADERS);
}

static void
groups_in_groups_are_noticed_in_addresses_alone(void **state)
{
	static const struct {
		const char *beginning;
		enum guard_verdict verdict;
	} headers[] = {
		{ "To: ", GUARD_GROUPS },
		{ "x\n\nreply-to \t:", GUARD_GROUPS },
		{ "X-Times: ", GUARD_PASS },
		{ "{\n", GUARD_PASS },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		auto_buffer struct buffer mail = { 0 };

		buffer_put_string(&mail, headers[i].beginning);
		for (int k = 0; k <= GUARD_GROUPS_LIMIT; k++)
			buffer_put_string(&mail, "g:\n ");
		assert_int_equal(guard_judge(buffer_bytes(&mail)),
				 headers[i].verdict);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_begin_behind_an_empty_line),
		cmocka_unit_test(a_letter_is_no_mailbox),
		cmocka_unit_test(
			too_many_headers_are_noticed_wherever_they_are),
		cmocka_unit_test(
			groups_in_groups_are_noticed_in_addresses_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
