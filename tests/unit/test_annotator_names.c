/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_names.c - who and what is named, is the same in all languages */
#include "annotator_fixture.h"

struct row {
	const char *language;
	const char *text;
	const char *expected;
};

static void
assert_rows(struct fixture *fixture, enum docket_mark_kind kind,
	    const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fixture_assert_text(fixture, rows[i].language, rows[i].text,
				    kind, rows[i].expected);
}

static void
organisations_have_one_value_in_all_languages(void **state)
{
	static const struct row rows[] = {
		{ "en", "to the Security Council", "Security Council" },
		{ "fr", "au Conseil de sécurité", "Security Council" },
		{ "fr", "LE CONSEIL DE SECURITE", "Security Council" },
		{ "es", "del Consejo de Seguridad", "Security Council" },
		{ "ru", "перед Советом Безопасности", "Security Council" },
		{ "ru", "Генеральной Ассамблеи и Генеральной Ассамблее",
		  "General Assembly|General Assembly" },
		{ "ru", "Генеральную Ассамблею с Генеральной Ассамблеей",
		  "General Assembly|General Assembly" },
		{ "ru", "с Европейским союзом, в Международном Суде",
		  "European Union|International Court of Justice" },
		{ "ru",
		  "Африканского союза и Экономического и Социального Совета",
		  "African Union|Economic and Social Council" },
		{ "ar", "إلى مجلس الأمن", "Security Council" },
		{ "ar", "لمجلس الأمن وبمجلس الأمن",
		  "Security Council|Security Council" },
		{ "ar", "مجلــس الأمــن", "Security Council" },
		{ "zh", "向安全理事会提交", "Security Council" },
		{ "fr", "de l'OMS et de l’OMS",
		  "World Health Organization|World Health Organization" },
		{ "ru", "доклад ВОЗ", "World Health Organization" },
		{ "pt", "ao Conselho de Segurança", "Security Council" },
	};

	assert_rows(*state, DOCKET_MARK_ORGANISATION, rows, ARRAY_SIZE(rows));
}

static void
the_longest_name_counts(void **state)
{
	static const struct row rows[] = {
		{ "en", "the President of the Security Council",
		  "President of the Security Council" },
		{ "en", "the Council of the European Union",
		  "Council of the European Union" },
		{ "zh", "世界卫生大会", "World Health Assembly" },
		{ "zh", "缔约方大会", "" },
		{ "fr", "Haut-Commissariat des Nations Unies pour les réfugiés",
		  "Office of the United Nations High Commissioner for "
		  "Refugees" },
		{ "en",
		  "the Food and Agriculture\nOrganization of the United "
		  "Nations",
		  "Food and Agriculture Organization of the United Nations" },
	};

	assert_rows(*state, DOCKET_MARK_ORGANISATION, rows, ARRAY_SIZE(rows));
}

static void
words_that_look_so_are_no_names(void **state)
{
	static const struct row rows[] = {
		{ "en", "who is in the know, and what it is", "" },
		{ "en", "WHO IS WHO AND WHAT IS WHAT", "" },
		{ "en", "a general assembly, the security council of a club",
		  "" },
		{ "fr", "AU SECOURS, UN HOMME", "" },
		{ "es", "LAS ORGANIZACIONES", "" },
		{ "en", "Unitedland Nationsson", "" },
		{ NULL, "", "" },
	};

	assert_rows(*state, DOCKET_MARK_ORGANISATION, rows, ARRAY_SIZE(rows));
}

static void
countries_have_one_value_in_all_languages(void **state)
{
	static const struct row rows[] = {
		{ "en", "in Georgia and in Cuba", "Georgia|Cuba" },
		{ "fr", "la Géorgie et l’Égypte", "Georgia|Egypt" },
		{ "fr", "EGYPTE", "Egypt" },
		{ "es", "Egipto y los Estados Unidos de América",
		  "Egypt|United States of America" },
		{ "ru", "в Египте, с Египтом, Мали", "Egypt|Egypt|Mali" },
		{ "ar", "مصر وكوبا", "Egypt|Cuba" },
		{ "zh", "埃及和发展中国家", "Egypt" },
		{ "zh", "中国和南非", "China|South Africa" },
		{ "en", "Iran (Islamic Republic of)",
		  "Iran (Islamic Republic of)" },
		{ "fr", "Réunion de haut niveau", "" },
		{ "ru", "Малые страны", "" },
	};

	assert_rows(*state, DOCKET_MARK_PLACE, rows, ARRAY_SIZE(rows));
}

static void
persons_are_behind_honorifics(void **state)
{
	static const struct row rows[] = {
		{ "en", "Mr. Ilmari T. Okonedo said", "Ilmari T. Okonedo" },
		{ "en", "Ms. Hedvig Tarnbrook (Observer for Lindhaven)",
		  "Hedvig Tarnbrook; office=Observer for Lindhaven" },
		{ "en",
		  "H.E. Mr. Otto van der Linde, Ambassador of Lindhaven, and",
		  "Otto van der Linde; office=Ambassador of Lindhaven" },
		{ "fr", "Mme Mireille Astorg, Ministre des ports",
		  "Mireille Astorg; office=Ministre des ports" },
		{ "fr", "M. le Président a parlé", "" },
		{ "en", "M. Procedural matters", "" },
		{ "fr", "M. Fulgence Astorg", "Fulgence Astorg" },
		{ "en", "Mr. Otto Linde, Head of Ports. At noon he left.",
		  "Otto Linde; office=Head of Ports" },
		{ "en", "Mr. President, Madam Chair", "" },
		{ "es", "el Sr. Custodio Requejo", "Custodio Requejo" },
		{ "ru", "г-н Фома Рудницкий", "Фома Рудницкий" },
		{ "en", "Peter and Mary went home", "" },
	};

	assert_rows(*state, DOCKET_MARK_PERSON, rows, ARRAY_SIZE(rows));
}

static void
who_signed_is_a_person_in_any_script(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture, "zh");
	docket_put_field(&fixture->job, DOCKET_FIELD_SIGNATORY,
			 bytes_of("司徒怀远"));
	fixture_add(fixture, DOCKET_BLOCK_SIGNATURE, DOCKET_ROLE_NONE,
		    "司徒怀远(签名)");
	fixture_annotate(fixture);
	fixture_assert(fixture, DOCKET_MARK_PERSON, "司徒怀远");
	job_end(&fixture->job);
}

static void
iris_are_made_of_the_id(void **state)
{
	static const struct {
		const char *text;
		const char *iri;
	} rows[] = {
		{ "Security Council", "/akn/ontology/organization/un-sc" },
		{ "Secretary-General", "/akn/ontology/role/un-sg" },
		{ "Egypt", "/akn/ontology/location/eg" },
		{ "Mr. Ilmari Okonedo", "/akn/ontology/person/ilmari-okonedo" },
		{ "Mr. Okonedo", "" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct docket_mark mark;

		fixture_begin(fixture, "en");
		fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
			    rows[i].text);
		fixture_annotate(fixture);
		assert_int_equal(docket_job_marks(&fixture->job), 1);
		mark = docket_job_mark(&fixture->job, 0);
		assert_int_equal(mark.uri.size, strlen(rows[i].iri));
		assert_memory_equal(mark.uri.data, rows[i].iri, mark.uri.size);
		job_end(&fixture->job);
	}
}

static void
too_many_names_are_told(void **state)
{
	struct fixture *fixture = *state;
	struct buffer text = { 0 };

	for (int i = 0; i < 100010; i++)
		buffer_put_string(&text, "UNESCO ");
	buffer_put(&text, "", 1);
	fixture_begin(fixture, "en");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
		    text.data);
	fixture_annotate(fixture);
	assert_int_equal(docket_job_marks(&fixture->job), 100000);
	assert_non_null(
		docket_job_field(&fixture->job, DOCKET_FIELD_WARNING, 0).data);
	job_end(&fixture->job);
	buffer_fini(&text);
}

static void
missing_data_refuse_the_plugin(void **state)
{
	void *self = mem_alloc(docket_plugin.self_size);

	(void)state;
	host_open("/nonexistent", "");
	assert_int_equal(docket_plugin.prepare(self), DOCKET_BROKEN);
	docket_plugin.close(self);
	free(self);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(organisations_have_one_value_in_all_languages),
		cmocka_unit_test(the_longest_name_counts),
		cmocka_unit_test(words_that_look_so_are_no_names),
		cmocka_unit_test(countries_have_one_value_in_all_languages),
		cmocka_unit_test(persons_are_behind_honorifics),
		cmocka_unit_test(who_signed_is_a_person_in_any_script),
		cmocka_unit_test(iris_are_made_of_the_id),
		cmocka_unit_test(too_many_names_are_told),
		cmocka_unit_test(missing_data_refuse_the_plugin),
	};

	return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}
