# SPDX-License-Identifier: Apache-2.0
"""scenario.py - what is dropped, how, and what must have become of it

The test keeps a list of its own, (name, hash, state). Whatever was killed or
failed, docket's list, its events, its store and its folders must be equal to
it in the end, as they are after a run that nothing disturbed.
"""

import collections
import hashlib
import json
import os
import sqlite3

from life import filing_as_nobody

# With a folder to start from Python calls linkat(), which follows the link.
OWN_DESCRIPTORS = os.open("/proc/self/fd", os.O_RDONLY)

# What is in it are documents, too, and are not dropped themselves.
Document = collections.namedtuple("Document", "name data end members",
                                  defaults=((),))


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def make_documents():
    """A dozen, and a parcel with three more.

    parser_answer takes the first byte for its answer, parser_parcel what has
    none.
    """
    documents = [
        Document(f"letter-{i:02}.txt", b"0 Letter %d\n" % i, "done")
        for i in range(7)
    ]
    twin = b"0 The same letter twice\n"
    large = b"0 A long one\n" + b"All of them agreed again.\n" * 12000
    return [
        *documents,
        Document("long.txt", large, "done"),
        Document("réponse\n.txt", b"0 An odd name\n", "done"),
        Document("twin-a.txt", twin, "twin"),
        Document("twin-b.txt", twin, "twin"),
        Document("unwanted.txt", b"3 Not this one\n", "quarantined"),
        make_parcel(
            Document("in-a.txt", b"0 In a parcel\n", "done"),
            Document("in-b.txt", large.replace(b"again", b"there"), "done"),
            Document("in-c.txt", b"3 Not this one, either\n", "quarantined"),
        ),
    ]


def make_parcel(*members):
    """As parser_parcel takes it apart."""
    data = b"PARCEL\n" + b"".join(
        b"%s %d\n" % (member.name.encode(), len(member.data)) + member.data
        for member in members)
    return Document("parcel.txt", data, "done", members)


def list_all(documents):
    """Those that are dropped, and what is in them."""
    return [every for document in documents
            for every in (document, *document.members)]


# ---- delivery ----


def prepare(registry, document):
    path = registry.outside / document.name
    path.write_bytes(document.data)
    return path


def rename_in(registry, document):
    prepare(registry, document).rename(registry.inbox / document.name)


def write_in(registry, document):
    path = registry.inbox / document.name
    with path.open("xb", buffering=0) as file:
        half = len(document.data) // 2
        file.write(document.data[:half])
        file.write(document.data[half:])


def link_in(registry, document):
    path = prepare(registry, document)
    os.link(path, registry.inbox / document.name)
    path.unlink()


def tmpfile_in(registry, document):
    fd = os.open(registry.inbox, os.O_TMPFILE | os.O_WRONLY, 0o644)
    try:
        os.write(fd, document.data)
        os.link(str(fd), registry.inbox / document.name,
                src_dir_fd=OWN_DESCRIPTORS, follow_symlinks=True)
    finally:
        os.close(fd)


def deliver(registry, document, style):
    with filing_as_nobody():
        STYLES[style](registry, document)


STYLES = {
    "rename": rename_in,
    "write": write_in,
    "link": link_in,
    "tmpfile": tmpfile_in,
}


# ---- what became of it ----


def by_name(items, name_of):
    grouped = collections.defaultdict(list)
    for item in items:
        grouped[name_of(item)].append(item)
    return grouped


def name_of_row(row):
    return row["name"].encode("utf-8", "surrogateescape").decode("utf-8")


def audit_last_life(registry, documents, how, may_set_aside=False):
    """Of a life without a fault, which is ended: the Audit, with the log."""
    audit = Audit(registry, documents, may_set_aside)
    audit.expect(how == "settled", f"it does not settle: {how}")
    if how != "ended":
        audit.run()
    code = registry.stop()
    audit.expect(code == 0, f"then it ended with {code}")
    audit.check_folders()
    audit.check_database()
    if audit.wrong:
        log = registry.log.read_text(errors="replace").splitlines()
        audit.wrong += ["log: " + line for line in log[-12:]]
    return audit


class Audit:
    """Compares; collects sentences about what differs."""

    def __init__(self, registry, documents, may_set_aside=False):
        self.registry = registry
        self.documents = {document.name: document
                          for document in list_all(documents)}
        self.may_set_aside = may_set_aside
        self.set_aside = 0
        self.wrong = []

    def expect(self, holds, sentence):
        if not holds:
            self.wrong.append(sentence)

    def run(self):
        rows = [
            json.loads(line)
            for line in self.registry.docket(
                "list", "--limit", "0", "--json"
            ).splitlines()
        ]
        self.check_rows(rows)
        self.check_events()
        self.check_store(rows)
        return self

    def check_rows(self, rows):
        rows = by_name(rows, name_of_row)
        strange = set(rows) - set(self.documents)
        self.expect(not strange, f"never dropped: {sorted(strange)}")
        twins = collections.Counter()
        for name, document in self.documents.items():
            mine = self.drop_set_aside(rows.get(name, []))
            self.expect(mine, f"lost: {name}")
            self.expect(len(mine) < 2, f"{len(mine)} times: {name}: " + str(
                [(row["arrival"], row["state"], row["origin"])
                 for row in mine]))
            for row in mine:
                self.check_row(row, document, twins)
        twice = {id for id, count in twins.items() if count > 1}
        self.expect(not twice, f"done twice: {sorted(twice)}")

    def drop_set_aside(self, rows):
        """Without those that a fault put aside; then they came again."""
        kept = [
            row
            for row in rows
            if not (
                self.may_set_aside
                and row["state"] == "quarantined"
                and row.get("stage") == "intake"
            )
        ]
        self.set_aside += len(rows) - len(kept)
        return kept

    def check_row(self, row, document, twins):
        allowed = {"twin": ("done", "duplicate")}
        allowed = allowed.get(document.end, (document.end,))
        self.expect(
            row["state"] in allowed,
            f"{row['state']} ({row.get('reason')}: {row.get('detail')}): "
            f"{document.name}",
        )
        self.expect(
            row["id"] == digest_of(document.data),
            f"other bytes: {document.name}",
        )
        if row["state"] == "done":
            twins[row["id"]] += 1

    def check_events(self):
        """Each arrival is received once and settled once."""
        numbers = [event.number for event in self.registry.events]
        self.expect(
            numbers == list(range(1, len(numbers) + 1)),
            "the numbers of the events have a gap",
        )
        events = by_name(
            [event for event in self.registry.events if event.arrival],
            lambda event: event.arrival,
        )
        for arrival, mine in events.items():
            types = collections.Counter(event.type for event in mine)
            types.pop("crashed", None)
            types.pop("related", None)  # as many as there are texts alike
            received = ["received"] if types["received"] else []
            end = [t for t in ("parsed", "duplicate", "quarantined")
                   if types[t]]
            indexed = ["indexed"] if end == ["parsed"] else []
            self.expect(
                len(end) == 1
                and +types == collections.Counter(received + end + indexed),
                f"arrival {arrival} ({mine[0].name}): {dict(types)}",
            )

    def check_store(self, rows):
        for row in rows:
            document = self.documents.get(name_of_row(row))
            if document is None or (
                self.may_set_aside and row.get("stage") == "intake"
            ):
                continue
            self.expect(
                self.registry.get(row["arrival"]) == document.data,
                f"docket get has other bytes: {document.name}",
            )

    def check_folders(self):
        left = self.registry.left_behind()
        self.expect(not left, f"left behind: {left}")
        left = [path.name for path in self.registry.state.glob("store/tmp-*")]
        self.expect(not left, f"left in the store: {left}")

    def check_database(self):
        """docketd is gone: what SQLite itself has to say."""
        path = self.registry.state / "journal.db"
        wal = path.with_name(path.name + "-wal")
        self.expect(not wal.exists(), "a clean end left a WAL")
        with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as db:
            answer = db.execute("PRAGMA integrity_check").fetchall()
            lazy = db.execute(
                "SELECT count(*) FROM arrival WHERE state IN (1, 2)"
            ).fetchone()[0]
        db.close()
        self.expect(answer == [("ok",)], f"integrity_check: {answer}")
        self.expect(lazy == 0, f"{lazy} arrivals are not settled")
