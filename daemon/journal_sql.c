/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_sql.c - the journal's schema and its statements
 *
 * All SQL but that of arrivals' columns (journal_row.c), of the pack (pack.c)
 * and of opening the database (journal.c). Numbers in it are those of the
 * enums: state 4 is done, 10 discarded; event type 2 is document.parsed.
 */
#include "journal.h"

/* stream.head: what was deleted of it, so that no number is given twice. */
const char journal_schema[] =
	"CREATE TABLE event(number INTEGER PRIMARY KEY, type INTEGER NOT NULL,"
	" arrival INTEGER NOT NULL, body BLOB NOT NULL) STRICT;"
	"CREATE INDEX event_parsed ON event(number) WHERE type = 2;"
	"CREATE INDEX event_arrival ON event(arrival, number, type)"
	" WHERE arrival > 0;"
	"CREATE TABLE stream(key INTEGER PRIMARY KEY, name TEXT NOT NULL "
	"UNIQUE,"
	" id TEXT NOT NULL, head INTEGER NOT NULL) STRICT;"
	"CREATE TABLE stream_event(stream INTEGER NOT NULL,"
	" sequence INTEGER NOT NULL, event INTEGER NOT NULL,"
	" PRIMARY KEY(stream, sequence)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE tie(inbox TEXT NOT NULL, key TEXT NOT NULL,"
	" kind INTEGER NOT NULL, arrival INTEGER NOT NULL,"
	" PRIMARY KEY(inbox, key, kind, arrival)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX tie_arrival ON tie(arrival, kind);"
	"CREATE TABLE tie_text(key INTEGER NOT NULL, arrival INTEGER NOT NULL,"
	" sketch BLOB NOT NULL, PRIMARY KEY(key, arrival))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE relation(arrival INTEGER NOT NULL,"
	" relation INTEGER NOT NULL, other INTEGER NOT NULL,"
	" PRIMARY KEY(arrival, relation, other)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE follower(name TEXT PRIMARY KEY, cursor INTEGER NOT NULL,"
	" high_water INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

/* Those that name an arrival's columns are made from journal_row.c's table. */
#define COLUMNS "SELECT %s FROM arrival WHERE "
const char *const journal_sql[JOURNAL_STATEMENT_COUNT] = {
	[JOURNAL_BEGIN] = "BEGIN IMMEDIATE",
	[JOURNAL_COMMIT] = "COMMIT",
	[JOURNAL_ARRIVAL_GET] = COLUMNS "number = ?1",
	[JOURNAL_ARRIVAL_TWIN] = "SELECT number FROM arrival"
				 " WHERE inbox = ?1 AND digest = ?2"
				 " AND state = 4",
	[JOURNAL_ARRIVAL_KNOWN] = "SELECT number FROM arrival"
				  " WHERE inode = ?1 AND cleared = 0"
				  " AND device = ?2 AND mtime_ns = ?3"
				  " AND digest IS ?4 AND inbox = ?5"
				  " AND (?6 IS NULL OR name = ?6)",
	/* ?2: bits of states; ?3: inbox or NULL */
	[JOURNAL_ARRIVAL_LIST] =
		COLUMNS "number > ?1 AND ((1 << state) & ?2) != 0"
			" AND (?3 IS NULL OR inbox = ?3)"
			" ORDER BY number LIMIT ?4",
	/* the last one that is not among the newest ?4 */
	[JOURNAL_ARRIVAL_NEWEST] = "SELECT number FROM arrival"
				   " WHERE number > ?1"
				   " AND ((1 << state) & ?2) != 0"
				   " AND (?3 IS NULL OR inbox = ?3)"
				   " ORDER BY number DESC LIMIT 1 OFFSET ?4",
	[JOURNAL_ARRIVAL_BY_DIGEST] =
		COLUMNS "number = (SELECT number FROM"
			" (SELECT number, 0 AS rank FROM arrival"
			" WHERE digest = ?1 AND state = 4 UNION ALL"
			" SELECT number, 1 + (state = 10) FROM arrival"
			" WHERE digest = ?1 AND state != 4)"
			" ORDER BY rank, number LIMIT 1)",
	[JOURNAL_ARRIVAL_PARENT] = "SELECT parent FROM arrival"
				   " WHERE number = ?1",
	[JOURNAL_ARRIVAL_CHILDREN] =
		COLUMNS "parent = ?1 AND parent > 0 ORDER BY number",
	/* of ?1, and those of theirs; counted up to ?2 */
	[JOURNAL_ARRIVAL_DESCENDANTS] =
		"WITH RECURSIVE below(number) AS (VALUES(?1) UNION ALL"
		" SELECT a.number FROM arrival a JOIN below b"
		" ON a.parent = b.number WHERE a.parent > 0 LIMIT ?2 + 1)"
		" SELECT count(*) - 1 FROM below",
	[JOURNAL_ARRIVAL_COUNTS] = "SELECT state, count(*) FROM arrival"
				   " WHERE state != 4 GROUP BY state"
				   " UNION ALL SELECT 4, count(*) FROM arrival"
				   " WHERE state = 4 HAVING count(*) > 0",
	[JOURNAL_ARRIVAL_CLEAR] = "UPDATE arrival SET cleared = 1"
				  " WHERE number = ?1",
	[JOURNAL_ARRIVAL_OPEN] = "SELECT number, attempts, not_before_ms"
				 " FROM arrival INDEXED BY arrival_open"
				 " WHERE state != 4 AND state = 1"
				 " ORDER BY number",
	/* by an arrival that was not discarded, or as a record */
	[JOURNAL_DIGEST_USED] = "SELECT EXISTS(SELECT 1 FROM arrival"
				" WHERE digest = ?1 AND state = 4)"
				" OR EXISTS(SELECT 1 FROM arrival"
				" WHERE digest = ?1 AND state != 4"
				" AND state != 10)"
				" OR EXISTS(SELECT 1 FROM arrival"
				" WHERE record = ?1)",
	[JOURNAL_AUDIT_FILE] = "SELECT state FROM arrival"
			       " WHERE inode = ?1 AND cleared = 0"
			       " AND device = ?2 AND inbox = ?3",
	[JOURNAL_AUDIT_ARRIVALS] =
		"SELECT number, state, digest,"
		" EXISTS(SELECT 1 FROM pack WHERE id ="
		" 2 * (CASE original WHEN 0 THEN number ELSE original END)),"
		" record, record_size = 0 OR"
		" EXISTS(SELECT 1 FROM pack WHERE id = 2 * number + 1)"
		" FROM arrival WHERE number > ?1 ORDER BY number LIMIT ?2",
	[JOURNAL_AUDIT_EVENTS] = "SELECT arrival, type FROM event"
				 " WHERE arrival > 0"
				 " AND arrival BETWEEN ?1 AND ?2"
				 " ORDER BY arrival, number",
	[JOURNAL_AUDIT_PACK] =
		"SELECT id, EXISTS(SELECT 1 FROM arrival a"
		" WHERE a.number = p.id / 2 AND CASE p.id % 2"
		" WHEN 0 THEN a.original = 0 AND a.state != 10"
		" ELSE a.record_size > 0 END)"
		" FROM pack p WHERE id > ?1 ORDER BY id LIMIT ?2",
	[JOURNAL_AUDIT_STREAM] = "SELECT sequence FROM stream_event"
				 " WHERE stream = ?1 AND sequence >= ?2"
				 " ORDER BY sequence LIMIT ?3",
	[JOURNAL_TIE_PUT] = "INSERT OR IGNORE INTO tie VALUES(?1, ?2, ?3, ?4)",
	/* 16 and above: what changes the key's document, of whatever kind */
	[JOURNAL_TIE_FIND] =
		"SELECT t.arrival, t.kind, a.language FROM tie t"
		" JOIN arrival a ON a.number = t.arrival"
		" WHERE t.inbox = ?1 AND t.key = ?2 AND t.kind"
		" BETWEEN ?3 AND CASE ?3 WHEN 16 THEN 31 ELSE ?3 END"
		" AND t.arrival != ?4 LIMIT 16",
	[JOURNAL_TEXT_PUT] =
		"INSERT OR IGNORE INTO tie_text VALUES(?1, ?2, ?3)",
	[JOURNAL_TEXT_FIND] = "SELECT t.arrival, t.sketch FROM tie_text t"
			      " JOIN arrival a ON a.number = t.arrival"
			      " WHERE t.key = ?1 AND a.inbox = ?2 LIMIT 64",
	[JOURNAL_RELATION_PUT] = "INSERT OR IGNORE INTO relation"
				 " VALUES(?1, ?2, ?3)",
	/* of arrival ?1, by the bits of enum message_which_refs in ?2 */
	[JOURNAL_RELATION_LIST] =
		"SELECT relation, '', other FROM relation"
		" WHERE arrival = ?1 AND ?2 & 4 UNION ALL"
		" SELECT 4, t.key, s.arrival FROM tie t"
		" LEFT JOIN tie s ON s.inbox = t.inbox AND s.key = t.key"
		" AND s.kind = 1"
		" WHERE t.arrival = ?1 AND t.kind = 2 AND ?2 & 1 UNION ALL"
		" SELECT 5, t.key, s.arrival FROM tie t"
		" JOIN tie s ON s.inbox = t.inbox AND s.key = t.key"
		" AND s.kind = 2 AND s.arrival != t.arrival"
		" WHERE t.arrival = ?1 AND t.kind = 1 AND ?2 & 2"
		" ORDER BY 1, 2, 3",
	[JOURNAL_EVENT_PUT] = "INSERT INTO event VALUES(?1, ?2, ?3, ?4)",
	[JOURNAL_EVENT_LIST] = "SELECT number, body FROM event"
			       " WHERE number > ?1 ORDER BY number LIMIT ?2",
	[JOURNAL_EVENT_PARSED] = "SELECT e.number, e.body, a.number, a.record"
				 " FROM event e JOIN arrival a"
				 " ON a.number = e.arrival"
				 " WHERE e.number > ?1 AND e.type = 2"
				 " ORDER BY e.number LIMIT ?2",
	[JOURNAL_EVENT_TRIM] = "DELETE FROM event WHERE number > ?1"
			       " AND number <= ?2 AND type != 2",
	[JOURNAL_STREAM_PUT] = "INSERT INTO stream_event VALUES(?1, ?2, ?3)",
	[JOURNAL_STREAM_LIST] = "SELECT s.sequence, e.body"
				" FROM stream_event s JOIN event e"
				" ON e.number = s.event"
				" WHERE s.stream = ?1 AND s.sequence > ?2"
				" ORDER BY s.sequence LIMIT ?3",
	/* of each stream the last that belongs to an event up to ?1, if it
	 * is among its first ?2 */
	[JOURNAL_STREAM_OLD] = "SELECT key, (SELECT max(sequence) FROM"
			       " (SELECT sequence, event FROM stream_event"
			       " WHERE stream = key ORDER BY sequence LIMIT ?2)"
			       " WHERE event <= ?1) FROM stream",
	[JOURNAL_STREAM_TRIM] = "DELETE FROM stream_event"
				" WHERE stream = ?1 AND sequence <= ?2",
	[JOURNAL_STREAM_NOTE] = "UPDATE stream SET head = ?2 WHERE key = ?1",
	[JOURNAL_FOLLOWER_GET] = "SELECT cursor, high_water FROM follower"
				 " WHERE name = ?1",
	[JOURNAL_FOLLOWER_PUT] = "INSERT INTO follower VALUES(?1, ?2, ?3)"
				 " ON CONFLICT(name) DO UPDATE SET"
				 " cursor = ?2, high_water = ?3",
};
