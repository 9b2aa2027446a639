# SPDX-License-Identifier: Apache-2.0
"""bench.py - how fast docket is, how little it needs, and what others do

Every run has new folders, on the same disk and with the same files, and nothing
is removed before the last is over: on ext4 new files are slow to make where
many were removed just before. Rounds alternate between the subjects, so what
else the machine does meets all of them.
"""

import argparse
import datetime
import json
import pathlib
import shutil
import sys
import tempfile

import family
import formats
import perf
import report
import texts
import trials
from corpus import MIDDLE, SMALL, Corpus, Workload
from docketd import Docketd
from peers import Recoll, Tracker
from subject import Trouble

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
TEXTS = ROOT / "build" / "bench"
PLACE = "/var/tmp"  # on a disk; and not /tmp, where tracker sees nothing
DROPS = 200
GROWTH = 100_000
PEERS = [Tracker, Recoll]
TEXTUAL = [SMALL, MIDDLE]
WORKLOADS = {load.name: load for load in [*TEXTUAL, *formats.FORMATS]}
PACKAGES = ["tracker-miner-fs", "recollcmd", "libsqlite3-0", "libzmq5"]


class Bench:
    def __init__(self, options, subjects, folder):
        self.options = options
        self.subjects = subjects
        self.folder = folder
        self.texts = texts.load(TEXTS)
        self.rows = []
        self.places = 0

    def new_place(self, subject):
        self.places += 1
        return self.folder / f"{self.places}-{subject.name}"

    def make_corpus(self, workload, folder, first=0):
        return Corpus(workload, self.texts, folder, first)

    def run(self, trial, subject, *corpora, then=None, **about):
        """A row of figures; what goes wrong ends this run and no other."""
        row = {"subject": subject.name, **about}
        try:
            row |= trial(subject, *corpora)
            if then is not None:
                row |= then(subject)
            subject.stop()
            row["trouble"] = subject.complaint()
        except Trouble as trouble:
            row["trouble"] = str(trouble)
        except Exception as error:  # noqa: of whatever kind
            row["trouble"] = f"{type(error).__name__}: {error}"
        finally:
            subject.stop()
        for kind, size in subject.sizes().items():
            if "bytes" in row:
                row[f"{kind}_per_byte"] = size / row["bytes"]
        self.rows.append(row)
        self.tell(row)

    @staticmethod
    def tell(row):
        """What matters most, while the rest is still to come."""
        about = [str(row[key]) for key in ("round", "workload", "way",
                                           "subject") if key in row]
        keys = ("docs_per_s", "heard_p50_ms", "searched_p50_ms", "missing")
        figures = [f"{key} {report.show(row[key])}"
                   for key in keys if row.get(key)]
        print("bench:", *about, *figures, row["trouble"] or "",
              file=sys.stderr, flush=True)

    # ---- trials ----

    def run_bulk(self, workload, number):
        about = {"workload": workload.name, "round": number}
        first = (number - 1) % len(self.subjects)
        turns = self.subjects[first:] + self.subjects[:first]
        found = []  # made first, so that they can rest
        for kind in turns:
            subject = kind(self.new_place(kind))
            found.append((subject, self.make_corpus(workload, subject.inbox)))
        for kind in turns:
            place = self.new_place(kind)
            corpus = self.make_corpus(workload, place / "outside")
            self.run(trials.run_moved, kind(place), corpus, way="moved",
                     then=self.choose_idle(workload, number), **about)
        for subject, corpus in found:
            self.run(trials.run_found, subject, corpus, way="found", **about)

    def choose_idle(self, workload, number):
        """Once is enough: it is the same whenever there is nothing to do."""
        if number > 1 or workload.name != "small" or not self.options.idle:
            return None
        return lambda subject: trials.run_idle(subject, self.options.idle)

    def run_drops(self, number):
        for trial in (trials.run_heard, trials.run_searched):
            for kind in self.subjects:
                if trial is trials.run_heard and kind is not Docketd:
                    continue
                place = self.new_place(kind)
                drops = Workload("small", "s", DROPS, *SMALL.sizes)
                corpus = self.make_corpus(drops, place / "outside")
                self.run(trial, kind(place), corpus, workload="drops",
                         way="moved", round=number)

    def run_growth(self):
        place = self.new_place(Docketd)
        first = SMALL.share(self.options.share)
        more = Workload("small", "s", GROWTH // self.options.share,
                        *SMALL.sizes)
        corpora = (self.make_corpus(first, place / "first"),
                   self.make_corpus(more, place / "further", first.count))
        self.run(trials.run_growth, Docketd(place), *corpora,
                 workload="growth", way="moved")

    def run_all(self):
        workloads = [self.prepare(name) for name in self.options.workload]
        for number in range(1, self.options.rounds + 1):
            for workload in workloads:
                self.run_bulk(workload, number)
            if not self.options.bulk:
                self.run_drops(number)
        if self.options.growth:
            self.run_growth()

    def prepare(self, name):
        workload = WORKLOADS[name]
        if isinstance(workload, formats.Format):
            workload.prepare(TEXTS, self.texts)
        return workload.share(self.options.share)

    def run_profile(self):
        place = self.new_place(Docketd)
        workload = self.prepare(self.options.workload[0])
        corpus = self.make_corpus(workload, place / "outside")
        self.run(perf.record(place / "perf.data"), Docketd(place), corpus,
                 workload=workload.name, way="moved")


# ---- the command ----


def count_of(word):
    if not word.isdigit() or int(word) == 0:
        raise argparse.ArgumentTypeError("is to be 1 or more")
    return int(word)


def parse_options():
    parser = argparse.ArgumentParser(
        prog="./dev bench", description="How fast docket is.",
        allow_abbrev=False)
    parser.add_argument("--peer", action="store_true",
                        help="tracker-miner-fs and recoll as well")
    parser.add_argument("--rounds", type=count_of, default=3)
    parser.add_argument("--share", type=count_of, default=1, metavar="N",
                        help="only every N-th document")
    parser.add_argument("--workload", choices=WORKLOADS, action="append",
                        help="only this one (small and mid)")
    parser.add_argument("--bulk", action="store_true",
                        help="no single drops")
    parser.add_argument("--idle", type=float, default=60, metavar="SECONDS",
                        help="how long to watch it do nothing (60)")
    parser.add_argument("--growth", action="store_true",
                        help=f"{GROWTH:,} documents more")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE",
                        help="every figure of every run")
    parser.add_argument("--markdown", action="store_true",
                        help=f"write the tables into {PAGE.name}")
    parser.add_argument("--perf", action="store_true",
                        help="instead of all that: where the time goes")
    options = parser.parse_args()
    options.workload = options.workload or [load.name for load in TEXTUAL]
    return options


def choose_subjects(options):
    chosen = []
    for kind in [Docketd, *(PEERS if options.peer else [])]:
        if missing := kind.missing():
            print(f"bench: without {kind.name}: {missing}", file=sys.stderr)
        else:
            chosen.append(kind)
    if Docketd not in chosen:
        sys.exit(1)
    return chosen


def introduce(options, folder):
    """What the tables are of."""
    share = f", every {options.share}th document" if options.share > 1 else ""
    return (f"Made on {datetime.date.today()}, {options.rounds} rounds"
            f"{share}; {report.describe_machine(folder, PACKAGES)}.\n\n")


def is_wrong(row):
    """What a peer does not find is its own affair."""
    missing = any(value for name, value in row.items()
                  if name.endswith("missing"))
    return row["subject"] == "docket" and bool(row["trouble"] or missing)


def main():
    options = parse_options()
    subjects = choose_subjects(options)
    family.adopt()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="docket-bench-", dir=PLACE))
    try:
        bench = Bench(options, subjects, folder)
        if options.perf:
            bench.run_profile()
            sys.exit(is_wrong(bench.rows[0]))
        bench.run_all()
        text = introduce(options, folder) + report.tables(bench.rows)
    finally:
        shutil.rmtree(folder)
    print(text)
    if options.json:
        options.json.write_text(json.dumps(bench.rows, indent=1) + "\n")
    if options.markdown:
        report.write_page(PAGE, text)
    sys.exit(any(map(is_wrong, bench.rows)))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
