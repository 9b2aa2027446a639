/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_language.c - languages are proven, and never guessed */
#include "plugin_host.h"

/* Of languages that docket does not know. */
static const char *const foreign[] = {
	/* de */
	"Die dritte Tagung der Registratoren und Archivare der "
	"Vereinten Nationen und der regionalen Organisationen fand "
	"am 4. und 5. April 2011 in Lindhaven statt. Sie war der "
	"gemeinsamen Führung von Registern des amtlichen "
	"Schriftverkehrs, dem Gebrauch der Sprachen und dem Schutz "
	"der in den ausgetauschten Dokumenten genannten Personen "
	"gewidmet. Die Teilnehmer stellten fest, dass derselbe "
	"Brief in einem Sekretariat oft ein anderes Zeichen "
	"erhielt als im nächsten und dass niemand mit Gewissheit "
	"sagen konnte, an welchem Tag er den Empfänger erreicht "
	"hatte.",
	/* it */
	"La terza riunione degli archivisti delle Nazioni Unite e "
	"delle organizzazioni regionali si è svolta a Lindhaven il 4 "
	"e 5 aprile 2011. I partecipanti hanno osservato che, da un "
	"segretariato all'altro, la stessa lettera riceveva spesso "
	"tre segnature diverse, e che nessuno poteva dire con "
	"certezza in quale giorno fosse giunta al destinatario. Ho "
	"l'onore di trasmettere in allegato le conclusioni della "
	"riunione e l'elenco delle organizzazioni rappresentate.",
	/* tr */
	"Birleşmiş Milletler ile bölgesel kuruluşların kayıt "
	"memurları ve arşivcilerinin üçüncü toplantısı 4 ve 5 "
	"Nisan 2011 tarihlerinde Lindhaven'da yapıldı. "
	"Katılımcılar, aynı mektubun bir sekretaryadan diğerine "
	"çoğu zaman üç farklı sayı aldığını ve alıcısına hangi gün "
	"ulaştığını kimsenin kesin olarak söyleyemediğini "
	"belirttiler. Toplantının sonuçlarını ve temsil edilen "
	"kuruluşların listesini ilişikte sunmaktan onur duyarım.",
	/* uk */
	"Третя нарада реєстраторів та архівістів Організації "
	"Об’єднаних Націй і регіональних організацій відбулася в "
	"Ліндхавені 4 і 5 квітня 2011 року. Учасники зазначили, що "
	"в різних секретаріатах один і той самий лист нерідко "
	"одержує три різні позначення і що ніхто не може з "
	"упевненістю сказати, якого дня його було вручено "
	"адресатові. Маю честь надіслати висновки наради та список "
	"представлених на ній організацій для доведення до відома "
	"членів Ради Безпеки.",
	/* bg */
	"Третото съвещание на регистраторите и архивистите на "
	"Организацията на обединените нации и на регионалните "
	"организации се състоя в Линдхавен на 4 и 5 април 2011 "
	"година. Участниците отбелязаха, че в различните "
	"секретариати едно и също писмо често получава три "
	"различни обозначения и че никой не може да каже със "
	"сигурност на кой ден то е било връчено на адресата. Имам "
	"честта да изпратя приложените заключения от съвещанието и "
	"списъка на представените на него организации за сведение "
	"на членовете на Съвета за сигурност.",
	/* fa */
	"سومین نشست مسئولان ثبت و بایگانی سازمان ملل متحد و "
	"سازمانهای منطقهای در روزهای ۴ و ۵ آوریل ۲۰۱۱ "
	"در "
	"لیندهاون برگزار شد. شرکتکنندگان خاطرنشان کردند که "
	"یک "
	"نامه در دبیرخانههای گوناگون اغلب سه شماره متفاوت "
	"میگیرد "
	"و هیچ کس نمیتواند با اطمینان بگوید که در چه روزی به "
	"دست "
	"گیرنده رسیده است. افتخار دارم که نتیجهگیریهای نشست "
	"و "
	"فهرست سازمانهای شرکتکننده را به پیوست ارسال "
	"کنم.",
	/* ja */
	"国際連合および地域機関の登録官と文書館員の第三回会合は、二〇一一年四月"
	"四日および五日にリンドハーフェ"
	"ンで開催された。参加者は、同一の書簡が事務局ごとに異なる三つの文書番号"
	"を付されることが多く、名宛人に"
	"到達した日を確実に述べることのできる者が誰もいないことを指摘した。ここ"
	"に会合の結論および出席機関の一"
	"覧を送付する光栄を有する。",
	/* it */
	"La terza riunione degli archivisti delle Nazioni Unite e "
	"delle organizzazioni regionali si è tenuta a Lindhaven il "
	"4 e 5 aprile 2011. I partecipanti hanno osservato che, da "
	"un segretariato all'altro, la stessa lettera riceveva "
	"spesso tre sigle diverse e che nessuno poteva dire con "
	"certezza in quale giorno fosse giunta al suo "
	"destinatario. Ho l'onore di trasmettere in allegato le "
	"conclusioni della riunione e l'elenco delle "
	"organizzazioni rappresentate, e Le sarei grato se volesse "
	"portare la presente lettera all'attenzione dei membri del "
	"Consiglio di sicurezza.",
	/* nl */
	"De derde bijeenkomst van registratoren en archivarissen "
	"van de Verenigde Naties en van de regionale organisaties "
	"vond plaats in Lindhaven op 4 en 5 april 2011. De "
	"deelnemers stelden vast dat dezelfde brief in het ene "
	"secretariaat vaak een ander kenmerk kreeg dan in het "
	"andere en dat niemand met zekerheid kon zeggen op welke "
	"dag hij de geadresseerde had bereikt. Ik heb de eer u "
	"hierbij de conclusies van de bijeenkomst en de lijst van "
	"de vertegenwoordigde organisaties te doen toekomen.",
	/* ca */
	"La tercera reunió d'arxivers de les Nacions Unides i de "
	"les organitzacions regionals es va celebrar a Lindhaven "
	"els dies 4 i 5 d'abril de 2011. Els participants van "
	"observar que, d'una secretaria a l'altra, una mateixa "
	"carta rebia sovint tres signatures diferents i que ningú "
	"no podia dir amb certesa quin dia havia arribat al seu "
	"destinatari. Tinc l'honor de transmetre-li les "
	"conclusions de la reunió i la llista de les "
	"organitzacions representades, per a coneixement dels "
	"membres del Consell de Seguretat.",
};

static const char english[] =
	"Each of us will keep the letters that were addressed to his own "
	"Government, and a copy of every letter will be sent to the other.";
static const char french[] =
	"Chacun de nous conserve les lettres qui étaient adressées à son "
	"gouvernement, et une copie de chaque lettre est envoyée à l’autre.";
static const char spanish[] =
	"Los participantes recordaron que un documento solo surte efecto si "
	"se sabe quién lo ha recibido y cuándo, y que así debe ser.";
static const char russian[] =
	"Они договорились о том, что каждый секретариат будет в тот же день "
	"вносить в свой реестр всякую поступившую к нему бумагу.";
static const char arabic[] =
	"واتفق المشاركون على أن تقيد كل أمانة في سجلها في اليوم نفسه كل ورقة "
	"تسلم إليها، وأن أحدا لا يستطيع أن يجزم في أي يوم وصلت إلى من وجهت "
	"إليه.";
static const char chinese[] =
	"与会者重申，只有知道一份正式文件由何人在何时收到，该文件才会产生效力。"
	"他们商定，各秘书处应在收到文件的当天将其记入登记册。";

struct fixture {
	void *self;
	struct docket_job job;
};

static int
set_up(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	fixture->self = mem_alloc(docket_plugin.self_size);
	host_open(SOURCE_FOLDER "/etc", "");
	assert_int_equal(docket_plugin.prepare(fixture->self), DOCKET_OK);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	docket_plugin.close(fixture->self);
	free(fixture->self);
	free(fixture);
	return 0;
}

/* A document of these blocks; ends with NULL. */
static void
annotate(struct fixture *fixture, enum docket_block_kind kind,
	 const char *const *texts)
{
	const struct docket_block block = { .kind = kind };

	plugin_host_begin(&fixture->job, bytes_of(""), "text/plain");
	for (; *texts; texts++) {
		docket_open_block(&fixture->job, &block);
		docket_put_text(&fixture->job, bytes_of(*texts));
		docket_close_block(&fixture->job);
	}
	job_settle(&fixture->job, "test", "1");
	assert_int_equal(
		docket_plugin.annotator->annotate(fixture->self, &fixture->job),
		DOCKET_OK);
	job_leave(&fixture->job);
}

static void
assert_document(struct fixture *fixture, const char *language)
{
	plugin_host_assert_field(&fixture->job, DOCKET_FIELD_LANGUAGE, 0,
				 language);
}

static void
assert_block(struct fixture *fixture, size_t index, const char *language)
{
	struct docket_block block = docket_job_block(&fixture->job, index);

	assert_int_equal(block.language.size, strlen(language));
	assert_memory_equal(block.language.data, language, strlen(language));
}

static void
each_language_is_known(void **state)
{
	static const struct {
		const char *text;
		const char *language;
	} rows[] = {
		{ english, "en" }, { french, "fr" }, { spanish, "es" },
		{ russian, "ru" }, { arabic, "ar" }, { chinese, "zh" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		annotate(fixture, DOCKET_BLOCK_PARAGRAPH,
			 (const char *[]){ rows[i].text, NULL });
		assert_document(fixture, rows[i].language);
		assert_block(fixture, 0, "");
		job_end(&fixture->job);
	}
}

static void
blocks_in_another_language_have_their_own(void **state)
{
	struct fixture *fixture = *state;

	annotate(fixture, DOCKET_BLOCK_PARAGRAPH,
		 (const char *[]){ french, english, french, "A/66/412", russian,
				   NULL });
	assert_document(fixture, "fr");
	assert_block(fixture, 0, "");
	assert_block(fixture, 1, "en");
	assert_block(fixture, 2, "");
	assert_block(fixture, 3, "");
	assert_block(fixture, 4, "ru");
	job_end(&fixture->job);
}

static void
names_and_symbols_are_of_the_document(void **state)
{
	struct fixture *fixture = *state;

	annotate(fixture, DOCKET_BLOCK_PARAGRAPH,
		 (const char *[]){ "Distr.: General", "Original: English",
				   chinese, "12 May 2011", NULL });
	assert_document(fixture, "zh");
	for (size_t i = 0; i < 4; i++)
		assert_block(fixture, i, "");
	job_end(&fixture->job);
}

static void
short_blocks_prove_something_together(void **state)
{
	struct fixture *fixture = *state;

	annotate(fixture, DOCKET_BLOCK_PARAGRAPH,
		 (const char *[]){ "Liste des membres", "Pour la Commission",
				   "Le Président de la Commission",
				   "Le Secrétaire du Comité", "Avec les autres",
				   NULL });
	assert_document(fixture, "fr");
	job_end(&fixture->job);
}

static void
unknown_languages_are_not_guessed(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(foreign); i++) {
		annotate(fixture, DOCKET_BLOCK_PARAGRAPH,
			 (const char *[]){ foreign[i], NULL });
		assert_document(fixture, NULL);
		job_end(&fixture->job);
	}
}

static void
what_is_no_prose_proves_nothing(void **state)
{
	static const char *const texts[] = {
		"",
		"1 2 3 4.5 1,000 2003-10-10 12/34 56 78 90 11-48207",
		"A/66/412 S/2010/391 A/RES/63/306 E/2011/L.37 A/C.3/56/L.1 "
		"A/63/1 S/2009/1 A/64/2 A/64/3 E/1999/4 S/1998/5",
		"Ilmari T. Okonedo, Hedvig Tarnbrook, Mireille Astorg",
		"nM XPqr wktz ]bb lgyw ftrx opdk zzwq plmn ytre bnvc xzla",
		"ةحفاكملا نأ دكؤأو ةراحبلا قوقح باسح ىلع نوكت ال باهرإلا",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		annotate(fixture, DOCKET_BLOCK_PARAGRAPH,
			 (const char *[]){ texts[i], NULL });
		assert_document(fixture, NULL);
		job_end(&fixture->job);
	}
}

static void
running_heads_are_not_asked(void **state)
{
	struct fixture *fixture = *state;

	annotate(fixture, DOCKET_BLOCK_LINE, (const char *[]){ english, NULL });
	assert_document(fixture, NULL);
	job_end(&fixture->job);
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
		cmocka_unit_test(each_language_is_known),
		cmocka_unit_test(blocks_in_another_language_have_their_own),
		cmocka_unit_test(names_and_symbols_are_of_the_document),
		cmocka_unit_test(short_blocks_prove_something_together),
		cmocka_unit_test(unknown_languages_are_not_guessed),
		cmocka_unit_test(what_is_no_prose_proves_nothing),
		cmocka_unit_test(running_heads_are_not_asked),
		cmocka_unit_test(missing_data_refuse_the_plugin),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
