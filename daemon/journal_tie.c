/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_tie.c - what ties documents of one inbox to one another
 *
 * Runs on the journal's thread, inside a transaction. Writes the tables tie
 * (which arrival is, changes or cites which symbol), tie_text (sketches) and
 * relation (what was found, both ways). What is looked for is limited, so that
 * a symbol on every document of an office costs no more than a rare one.
 */
#include "journal_tie.h"

#include <stdlib.h>
#include <string.h>

#define TELL_LIMIT 16	/* relations that one arrival is told to have */
#define CITE_LIMIT 4096 /* references of one document */

/* What a row of the table tie says. Numbers are stored. */
enum tie_kind {
	KIND_IS = 1,
	KIND_CITES = 2,
	KIND_CHANGES = 16, /* + enum symbol_change */
};

struct tying {
	struct journal *journal;
	const struct arrival *arrival;
	const struct journal_tie_teller *teller;
	uint64_t told[TELL_LIMIT]; /* the others */
	size_t told_count;
};

char *
tie_relation_name(uint32_t relation)
{
	static const char *const names[] = {
		[TIE_TRANSLATION] = "translation-of",
		[TIE_RENDITION] = "rendition-of",
		[TIE_SAME_TEXT] = "same-text-as",
		[TIE_CITES] = "cites",
		[TIE_CITED_BY] = "cited-by",
	};

	if (relation > TIE_CHANGED_BY &&
	    relation < TIE_CHANGED_BY + SYMBOL_CHANGE_COUNT)
		return mem_format("has-%s",
				  symbol_change_name((enum symbol_change)(
					  relation - TIE_CHANGED_BY)));
	if (relation > TIE_CHANGE_OF &&
	    relation < TIE_CHANGE_OF + SYMBOL_CHANGE_COUNT)
		return mem_format("%s-of",
				  symbol_change_name((enum symbol_change)(
					  relation - TIE_CHANGE_OF)));
	if (relation < ARRAY_SIZE(names) && names[relation])
		return mem_dup_string(names[relation]);
	return mem_dup_string("related-to");
}

/* ---- rows ---- */

static void
bind_text(sqlite3_stmt *statement, int at, struct docket_bytes text)
{
	sqlite3_bind_text64(statement, at, text.data ? text.data : "",
			    text.size, SQLITE_STATIC, SQLITE_UTF8);
}

static sqlite3_stmt *
bind_tie(const struct tying *tying, enum journal_statement which,
	 struct docket_bytes key, uint32_t kind)
{
	sqlite3_stmt *statement = journal_statement(tying->journal, which);

	bind_text(statement, 1, tying->arrival->inbox);
	bind_text(statement, 2, key);
	sqlite3_bind_int64(statement, 3, kind);
	sqlite3_bind_int64(statement, 4, (int64_t)tying->arrival->number);
	return statement;
}

static void
put_tie(const struct tying *tying, struct docket_bytes key, uint32_t kind)
{
	journal_run(tying->journal,
		    bind_tie(tying, JOURNAL_TIE_PUT, key, kind));
}

static void
put_relation(const struct tying *tying, uint64_t arrival, uint32_t relation,
	     uint64_t other)
{
	sqlite3_stmt *put =
		journal_statement(tying->journal, JOURNAL_RELATION_PUT);

	sqlite3_bind_int64(put, 1, (int64_t)arrival);
	sqlite3_bind_int64(put, 2, relation);
	sqlite3_bind_int64(put, 3, (int64_t)other);
	journal_run(tying->journal, put);
}

/* Once for each other arrival: the first relation found is the closest. */
static bool
may_tell(struct tying *tying, uint64_t other)
{
	for (size_t i = 0; i < tying->told_count; i++)
		if (tying->told[i] == other)
			return false;
	if (tying->told_count == TELL_LIMIT)
		return false;
	tying->told[tying->told_count++] = other;
	return true;
}

/* Both ways; citations are in the table tie as they are. */
static void
relate(struct tying *tying, uint64_t other, uint32_t relation, uint32_t back)
{
	uint64_t number = tying->arrival->number;

	if (!may_tell(tying, other))
		return;
	if (relation != TIE_CITED_BY) {
		put_relation(tying, number, relation, other);
		put_relation(tying, other, back, number);
	}
	tying->teller->tell(tying->teller->owner, other, relation);
}

/* ---- symbols ---- */

/* An arrival that has to do with a key, and how. */
struct found {
	uint64_t other;
	uint32_t kind;
	bool is_same_language;
};

static size_t
find_others(const struct tying *tying, struct docket_bytes key, uint32_t kind,
	    struct found *out_found)
{
	sqlite3_stmt *find = bind_tie(tying, JOURNAL_TIE_FIND, key, kind);
	struct docket_bytes own = tying->arrival->language;
	size_t count = 0;

	while (count < TELL_LIMIT && journal_step(tying->journal, find)) {
		struct docket_bytes language = {
			(const char *)sqlite3_column_text(find, 2),
			(size_t)sqlite3_column_bytes(find, 2),
		};

		out_found[count++] = (struct found){
			.other = (uint64_t)sqlite3_column_int64(find, 0),
			.kind = (uint32_t)sqlite3_column_int64(find, 1),
			.is_same_language = bytes_equal(language, own),
		};
	}
	sqlite3_reset(find);
	return count;
}

/* Those that have the same symbol, that change it, and that cite it. */
static void
tie_to_same(struct tying *tying, struct docket_bytes key)
{
	struct found found[TELL_LIMIT];
	size_t count = find_others(tying, key, KIND_IS, found);

	for (size_t i = 0; i < count; i++) {
		uint32_t relation = found[i].is_same_language ? TIE_RENDITION
							      : TIE_TRANSLATION;

		relate(tying, found[i].other, relation, relation);
	}
	count = find_others(tying, key, KIND_CHANGES, found);
	for (size_t i = 0; i < count; i++) {
		uint32_t change = found[i].kind - KIND_CHANGES;

		relate(tying, found[i].other, TIE_CHANGED_BY + change,
		       TIE_CHANGE_OF + change);
	}
	count = find_others(tying, key, KIND_CITES, found);
	for (size_t i = 0; i < count; i++)
		relate(tying, found[i].other, TIE_CITED_BY, TIE_CITES);
}

/* What this is a corrigendum of, or an addendum ... */
static void
tie_to_base(struct tying *tying, struct docket_bytes key)
{
	struct found found[TELL_LIMIT];
	struct docket_bytes base;
	uint32_t change = symbol_split(key, &base);
	size_t count;

	if (change == SYMBOL_PLAIN)
		return;
	put_tie(tying, base, KIND_CHANGES + change);
	count = find_others(tying, base, KIND_IS, found);
	for (size_t i = 0; i < count; i++)
		relate(tying, found[i].other, TIE_CHANGE_OF + change,
		       TIE_CHANGED_BY + change);
}

static void
tie_symbol(struct tying *tying, struct docket_bytes symbol)
{
	auto_buffer struct buffer key = { 0 };
	size_t at = 0;

	while (key.size = 0, symbol_next(symbol, &at, &key)) {
		put_tie(tying, buffer_bytes(&key), KIND_IS);
		tie_to_same(tying, buffer_bytes(&key));
		tie_to_base(tying, buffer_bytes(&key));
	}
}

static void
tie_symbols(struct tying *tying, const struct docket_record *record)
{
	struct docket_bytes symbol;

	for (size_t i = 0;; i++) {
		symbol = docket_record_field(record, DOCKET_FIELD_SYMBOL, i);
		if (symbol.data == NULL)
			return;
		tie_symbol(tying, symbol);
	}
}

static void
tie_citations(struct tying *tying, const struct docket_record *record)
{
	auto_buffer struct buffer key = { 0 };
	size_t left = CITE_LIMIT;

	for (size_t i = 0; i < docket_record_marks(record) && left > 0; i++) {
		struct docket_mark mark = docket_record_mark(record, i);
		size_t at = 0;

		if (mark.kind != DOCKET_MARK_REFERENCE || mark.value.size == 0)
			continue;
		while (key.size = 0, symbol_next(mark.value, &at, &key))
			put_tie(tying, buffer_bytes(&key), KIND_CITES);
		left--;
	}
}

/* ---- texts ---- */

static bool
is_alike(sqlite3_stmt *row, const struct sketch *sketch)
{
	struct sketch other;

	if (sqlite3_column_bytes(row, 1) != sizeof(other))
		return false;
	memcpy(&other, sqlite3_column_blob(row, 1), sizeof(other));
	return sketch_compare(sketch, &other) >= SKETCH_ALIKE;
}

static void
tie_text(struct tying *tying, const struct sketch *sketch)
{
	struct journal *journal = tying->journal;
	sqlite3_stmt *find = journal_statement(journal, JOURNAL_TEXT_FIND);
	sqlite3_stmt *put;
	uint64_t found = 0; /* one: forms of an office are all alike */

	sqlite3_bind_int64(find, 1, (int64_t)sketch_key(sketch));
	bind_text(find, 2, tying->arrival->inbox);
	while (found == 0 && journal_step(journal, find))
		if (is_alike(find, sketch))
			found = (uint64_t)sqlite3_column_int64(find, 0);
	sqlite3_reset(find);
	if (found != 0)
		relate(tying, found, TIE_SAME_TEXT, TIE_SAME_TEXT);
	put = journal_statement(journal, JOURNAL_TEXT_PUT);
	sqlite3_bind_int64(put, 1, (int64_t)sketch_key(sketch));
	sqlite3_bind_int64(put, 2, (int64_t)tying->arrival->number);
	sqlite3_bind_blob(put, 3, sketch, sizeof(*sketch), SQLITE_STATIC);
	journal_run(journal, put);
}

void
journal_tie(struct journal *journal, const struct arrival *arrival,
	    const struct docket_record *record, const struct sketch *sketch,
	    const struct journal_tie_teller *teller)
{
	struct tying tying = {
		.journal = journal,
		.arrival = arrival,
		.teller = teller,
	};

	tie_symbols(&tying, record);
	tie_citations(&tying, record);
	if (sketch)
		tie_text(&tying, sketch);
}
