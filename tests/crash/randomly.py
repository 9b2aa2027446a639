# SPDX-License-Identifier: Apache-2.0
"""randomly.py - docketd, or one child of it, is killed at random moments

Files arrive in bursts, in all four styles, and after each burst somebody is
killed: docketd's own pid one time, one of its children the next. What the
journal and the folders said at that moment is noted, so that it can be seen
which situations the kills have met.
"""

import collections
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import tempfile
import time

import scenario
from life import SETTLED, Registry
from scenario import Document

# Between a burst and a kill: right after it, or when its files are on the way.
LONGEST_PAUSES = (0.004, 0.06)
LARGE_EVERY = 50
SITUATIONS = {
    "copying": None,  # in the spool, without a row
    "in the spool": None,  # with a row
    "queued": "SELECT count(*) FROM arrival WHERE state = 1",
    "reading": "SELECT count(*) FROM arrival WHERE state = 2",
    "done, not cleared": "SELECT count(*) FROM arrival"
    " WHERE state IN (4, 5) AND cleared = 0",
    "not indexed": "SELECT count(*) FROM event WHERE type = 2"
    " AND number > (SELECT coalesce(max(high_water), 0) FROM follower"
    " WHERE name = 'list')",
}


def make_documents(count):
    large = b"And all of them agreed.\n" * 12000
    return [
        Document(
            f"letter-{i:05}.txt",
            b"0 Letter %d\n" % i + (b"" if i % LARGE_EVERY else large),
            "done",
        )
        for i in range(count)
    ]


def look_into(registry):
    """The situations there are, from a copy: docketd stands still or is dead."""
    spooled = {path.name for path in registry.inbox.glob(".docket/*/*")}
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dc-look-"))
    try:
        for name in ("journal.db", "journal.db-wal"):
            if (registry.state / name).exists():
                shutil.copy(registry.state / name, folder)
        return look_at_copy(folder / "journal.db", spooled)
    except sqlite3.Error:
        return []  # it was just being made
    finally:
        shutil.rmtree(folder)


def look_at_copy(path, spooled):
    counts = {}
    db = sqlite3.connect(path)
    for name, query in SITUATIONS.items():
        if query:
            counts[name] = db.execute(query).fetchone()[0]
    names = {bytes(row[0]).decode() for row in db.execute(
        "SELECT CAST(name AS BLOB) FROM arrival")}
    db.close()
    counts["copying"] = len(spooled - names)
    counts["in the spool"] = len(spooled & names)
    return [name for name, count in counts.items() if count]


class Random:
    def __init__(self, kills, files, seed):
        self.random = random.Random(seed)
        self.kills = kills
        self.documents = make_documents(files)
        self.registry = Registry()
        self.todo = list(self.documents)
        self.table = collections.Counter()  # (who, situation)
        self.killed = collections.Counter()
        self.wrong = []

    def drop(self, count):
        for document in self.todo[:count]:
            style = self.random.choice(list(scenario.STYLES))
            scenario.deliver(self.registry, document, style)
        del self.todo[:count]

    def note(self, who):
        self.killed[who] += 1
        for situation in look_into(self.registry):
            self.table[who, situation] += 1

    def kill_docketd(self):
        self.registry.kill()
        self.note("docketd")
        self.start()

    def kill_child(self):
        children = self.registry.children()
        if not children:
            return self.kill_docketd()
        child = self.random.choice(sorted(children))
        docketd = self.registry.process.pid
        os.kill(docketd, signal.SIGSTOP)
        try:
            self.note(children[child])
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it was faster
        finally:
            os.kill(docketd, signal.SIGCONT)
        return None

    def start(self):
        self.registry.start()
        how = self.registry.follow(self.registry.has_started, 30)
        if how != "settled":
            raise RuntimeError(f"docketd does not start: {how}")

    def is_settled(self):
        events = self.registry.events
        settled = {e.name for e in events if e.type in SETTLED}
        parsed = sum(e.type == "parsed" for e in events)
        indexed = sum(e.type == "indexed" for e in events)
        return (
            len(settled) == len(self.documents)
            and parsed == indexed
            and not self.registry.left_behind()
        )

    def kill_all(self):
        self.start()
        for i in range(self.kills):
            self.drop(len(self.todo) // (self.kills - i))
            longest = self.random.choice(LONGEST_PAUSES)
            time.sleep(self.random.uniform(0, longest))
            if i % 2:
                self.kill_child()
            else:
                self.kill_docketd()

    def audit(self):
        registry = self.registry
        how = registry.follow(self.is_settled, 60, within=300)
        self.wrong = scenario.audit_last_life(registry, self.documents,
                                              how).wrong

    def run(self):
        try:
            self.kill_all()
            self.audit()
        except Exception as error:  # noqa: the table is to be printed
            self.wrong.append(f"{type(error).__name__}: {error}")
        finally:
            self.registry.close()
        return self
