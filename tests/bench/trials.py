# SPDX-License-Identifier: Apache-2.0
"""trials.py - what is done with a subject, and the figures that come of it

Each trial takes a subject that was not started and a corpus on its disk, and
returns {figure: value}. Whoever calls stops the subject.
"""

import math
import os
import random
import time

import family
from subject import Trouble

SETTLE_SECONDS = 3  # between the start of an idle subject and the trial
REST_SECONDS = 31  # files that docketd finds must be 30 s old
ASKED = 20  # tokens that a search must find afterwards
DROP_SECONDS = 0.05  # between two single drops
DROP_PATIENCE = 30
POLL_SECONDS = 0.001


def start_idle(subject):
    os.sync()
    subject.start()
    subject.wait_ready()
    time.sleep(SETTLE_SECONDS)


def move_in(subject, corpus):
    for name in corpus.tokens:
        os.rename(corpus.folder / name, subject.inbox / name)


def count_unfound(subject, corpus):
    """Of some tokens, drawn by lot, how many no search finds."""
    tokens = list(corpus.tokens.values())
    asked = random.Random(len(tokens)).sample(tokens, min(ASKED, len(tokens)))
    return sum(not subject.is_found(token) for token in asked)


def measure(subject, corpus, begin):
    """From begin() until every document is found."""
    total = len(corpus.tokens)
    with family.Peak() as peak:
        others, split = family.Others(), family.cpu_split()
        cpu, since = family.cpu_seconds(), time.monotonic()
        begin()
        until, found = subject.wait_all(total)
        cpu = family.cpu_seconds() - cpu
        others, after = others.percent(), family.cpu_split()
    seconds = until - since
    if not found:
        raise Trouble(f"it finds none of {total} documents")
    return {
        "documents": total,
        "bytes": corpus.size,
        "missing": total - found + count_unfound(subject, corpus),
        "seconds": seconds,
        "docs_per_s": found / seconds,
        "mb_per_s": corpus.size / 1e6 * found / total / seconds,
        "cpu_ms_per_doc": cpu / found * 1e3,
        "cpu_split_ms": {name: (after[name] - split[name]) / found * 1e3
                         for name in after},
        "peak_pss_mib": peak.total,
        "peak_split_mib": peak.split,
        "others_percent": others,
    }


def run_moved(subject, corpus):
    """It is idle; all files are renamed into its inbox at full speed."""
    start_idle(subject)
    return measure(subject, corpus, lambda: move_in(subject, corpus))


def run_found(subject, corpus):
    """All files lie in its inbox; it is started."""
    newest = max(entry.stat().st_ctime for entry in os.scandir(corpus.folder))
    time.sleep(max(0, newest + REST_SECONDS - time.time()))
    os.sync()
    return measure(subject, corpus, subject.start)


def run_idle(subject, seconds):
    """It is running and has nothing to do, with and without a subscriber."""
    out = [watch_idle(subject.name, seconds)]
    if subject.let_go():
        out[0]["who"] += ", 1 subscriber"
        out.append(watch_idle(subject.name, seconds))
    return {"idle": out}


def watch_idle(who, seconds):
    time.sleep(SETTLE_SECONDS)
    cpu, wakeups = family.cpu_seconds(), family.Wakeups()
    time.sleep(seconds)
    split, cpu = wakeups.split(), family.cpu_seconds() - cpu
    memory = family.pss_mib()
    split = {name: count * 60 / seconds for name, count in split.items()}
    return {
        "who": who,
        "pss_mib": sum(memory.values()),
        "pss_split_mib": memory,
        "wakeups_per_minute": sum(split.values()),
        "wakeups_split": split,
        "cpu_ms_per_minute": cpu * 1e3 * 60 / seconds,
    }


# ---- single drops ----


def quantile(values, part):
    """The nearest rank."""
    return sorted(values)[math.ceil(part * len(values)) - 1]


def describe_delays(kind, delays, total):
    figures = {f"{kind}_missing": total - len(delays)}
    if delays:
        figures |= {
            f"{kind}_p50_ms": quantile(delays, 0.50) * 1e3,
            f"{kind}_p99_ms": quantile(delays, 0.99) * 1e3,
            f"{kind}_max_ms": max(delays) * 1e3,
        }
    return figures


class Drops:
    """Renames files in, one at a time, each when it is due."""

    def __init__(self, subject, corpus):
        self.subject = subject
        self.corpus = corpus
        self.todo = list(corpus.tokens)
        self.at = {}  # name: when it was renamed
        self.due = time.monotonic()

    def drop_if_due(self):
        """Seconds until the next one is due."""
        while self.todo and time.monotonic() >= self.due:
            name = self.todo.pop(0)
            self.at[name] = time.monotonic()
            os.rename(self.corpus.folder / name, self.subject.inbox / name)
            self.due += DROP_SECONDS
        return max(0, self.due - time.monotonic()) if self.todo else 1

    def is_over(self, found):
        return not self.todo and (
            found == len(self.at) or
            time.monotonic() > self.due + DROP_PATIENCE)


def run_heard(subject, corpus):
    """From a rename to document.indexed at a subscriber."""
    start_idle(subject)
    drops = Drops(subject, corpus)
    heard = subject.subscriber.indexed
    while not drops.is_over(len(heard)):
        subject.subscriber.hear(drops.drop_if_due())
    delays = [heard[name] - at for name, at in drops.at.items()
              if name in heard]
    return describe_delays("heard", delays, len(drops.at))


def run_searched(subject, corpus):
    """From a rename to a search that finds the document's token."""
    start_idle(subject)
    drops = Drops(subject, corpus)
    delays = {}
    while not drops.is_over(len(delays)):
        drops.drop_if_due()
        for name, at in drops.at.items():
            if name not in delays and subject.is_found(corpus.tokens[name]):
                delays[name] = time.monotonic() - at
        time.sleep(POLL_SECONDS)
    return describe_delays("searched", list(delays.values()), len(drops.at))


# ---- growth ----


def run_growth(subject, first, corpus):
    """Further documents after the first: what each tenth of them took."""
    start_idle(subject)
    move_in(subject, first)
    before = len(first.tokens)
    subject.wait_all(before)
    since, cpu, tenths = time.monotonic(), family.cpu_seconds(), []
    move_in(subject, corpus)
    for tenth in range(1, 11):
        goal = len(first.tokens) + len(corpus.tokens) * tenth // 10
        until, found = subject.wait_all(goal)
        more, used = found - before, family.cpu_seconds() - cpu
        tenths.append({
            "documents": found,
            "docs_per_s": more / max(until - since, 0.001),
            "cpu_ms_per_doc": used / max(1, more) * 1e3,
            "pss_mib": sum(family.pss_mib().values()),
            "log_mib": sum(path.stat().st_size for path in
                           subject.state.rglob("*-wal")) / family.MIB,
        })
        since, before, cpu = until, found, cpu + used
    return {"tenths": tenths, "fetched": subject.subscriber.fetched}
