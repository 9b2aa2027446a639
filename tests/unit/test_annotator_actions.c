/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_actions.c - who decides what, and asks whom for what */
#include "annotator_fixture.h"

/* As annotator_names would: this run of the text, by its IRI. */
static void
mark_name(struct fixture *fixture, const char *name, const char *iri)
{
	struct docket_bytes text = docket_job_text(&fixture->job);
	const char *at = memmem(text.data, text.size, name, strlen(name));
	struct docket_mark mark = {
		.kind = DOCKET_MARK_ORGANISATION,
		.value = bytes_of(name),
		.uri = bytes_of(iri),
	};

	assert_non_null(at);
	mark.start = (uint32_t)(at - text.data);
	mark.end = mark.start + (uint32_t)strlen(name);
	docket_put_mark(&fixture->job, &mark);
}

static void
paragraphs_that_resolve_have_their_verb(void **state)
{
	static const struct {
		const char *language;
		const char *text;
		const char *expected;
	} rows[] = {
		{ "en", "Decides to close the register;", "decides" },
		{ "en", "1. Also urges all States to reply;",
		  "urges; of=all States" },
		{ "en", "(a) Calls upon the parties to meet;",
		  "calls-upon; of=the parties" },
		{ "en", "Recalling also its earlier work,", "recalls" },
		{ "en", "Decides to meet and requests Member States to come;",
		  "decides|requests; of=Member States" },
		{ "fr", "Prie instamment les États Membres de répondre;",
		  "urges; of=États Membres" },
		{ "fr", "Rappelant ses travaux,", "recalls" },
		{ "es", "Alienta a los Estados Miembros a responder;",
		  "encourages; of=Estados Miembros" },
		{ "ru", "призывает государства-члены ответить;",
		  "calls-upon; of=государства-члены" },
		{ "ru", "ссылаясь на свою работу,", "recalls" },
		{ "ar", "يطلب إلى الدول الأعضاء أن ترد",
		  "requests; of=الدول الأعضاء" },
		{ "ar", "وإذ تشير إلى أعمالها", "recalls" },
		{ "zh", "请会员国答复；", "requests; of=会员国" },
		{ "zh", "又回顾其工作，", "recalls" },
		{ "en", "The register is closed;", "" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		fixture_begin(fixture, rows[i].language);
		fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH,
			    DOCKET_ROLE_OPERATIVE, rows[i].text);
		fixture_annotate(fixture);
		fixture_assert(fixture, DOCKET_MARK_ACTION, rows[i].expected);
		job_end(&fixture->job);
	}
}

static void
what_is_told_has_somebody_who_did_it(void **state)
{
	static const struct {
		const char *language;
		const char *text;
		const char *expected;
	} rows[] = {
		{ "en", "The participants also reaffirmed their will.",
		  "reaffirms; actor=The participants" },
		{ "en",
		  "They noted the delay, stressed the cost and called upon "
		  "donors to help.",
		  "notes; actor=They|emphasizes; actor=They|"
		  "calls-upon; actor=They; of=donors" },
		{ "fr",
		  "Les participants ont réaffirmé leur soutien et souligné "
		  "le coût.",
		  "reaffirms; actor=Les participants|"
		  "emphasizes; actor=Les participants" },
		{ "es", "Los participantes reafirmaron su voluntad.",
		  "reaffirms; actor=Los participantes" },
		{ "pt", "Os participantes reafirmaram a sua vontade.",
		  "reaffirms; actor=Os participantes" },
		{ "ru", "Участники подтвердили свою волю.",
		  "reaffirms; actor=Участники" },
		{ "ar", "واتفق المشاركون على أن تقيد الورقة.",
		  "agrees; actor=المشاركون" },
		{ "ar", "المشاركون أكدوا عزمهم.",
		  "emphasizes; actor=المشاركون" },
		{ "zh", "与会者重申其意愿。", "reaffirms; actor=与会者" },
		{ "en", "The date decided by lot was requested in writing.",
		  "" },
		{ "en", "A decision was reaffirmed.", "" },
		{ "fr", "Le texte réaffirmé hier.", "" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		fixture_assert_text(fixture, rows[i].language, rows[i].text,
				    DOCKET_MARK_ACTION, rows[i].expected);
}

static void
who_speaks_is_the_actor(void **state)
{
	struct fixture *fixture = *state;
	struct docket_mark mark;

	fixture_begin(fixture, "en");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
		    "The General Assembly,");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_OPERATIVE,
		    "Requests the Secretary-General to report;");
	mark_name(fixture, "General Assembly",
		  "/akn/ontology/organization/un-ga");
	mark_name(fixture, "Secretary-General", "/akn/ontology/role/un-sg");
	fixture_annotate(fixture);
	fixture_assert(fixture, DOCKET_MARK_ACTION,
		       "requests; actor=un-ga; of=un-sg");
	mark = docket_job_mark(&fixture->job, 2);
	assert_int_equal(mark.uri.data[0], '#');
	assert_int_equal(mark.uri.size - 1,
			 docket_job_block(&fixture->job, 1).anchor.size);
	job_end(&fixture->job);
}

static void
who_is_named_before_the_verb_is_the_actor(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture, "en");
	fixture_add(
		fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
		"The Security Council, in its resolution 1444 (2002), decided "
		"so. It was requested.");
	mark_name(fixture, "Security Council",
		  "/akn/ontology/organization/un-sc");
	fixture_annotate(fixture);
	fixture_assert(fixture, DOCKET_MARK_ACTION, "decides; actor=un-sc");
	job_end(&fixture->job);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_that_resolve_have_their_verb),
		cmocka_unit_test(what_is_told_has_somebody_who_did_it),
		cmocka_unit_test(who_speaks_is_the_actor),
		cmocka_unit_test(who_is_named_before_the_verb_is_the_actor),
	};

	return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}
