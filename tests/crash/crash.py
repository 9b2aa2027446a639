# SPDX-License-Identifier: Apache-2.0
"""crash.py - everything of tests/crash in turn, as tables

    crash.py [SHARE]    every SHARE-th k, from one that changes day by day

Ends with 1 when anything was lost, there twice or unexplained, and when there
are fewer calls to be killed at than counts.tsv says.
"""

import datetime
import pathlib
import sys
import time

import randomly
import scenario
import sweep

COUNTS = pathlib.Path(__file__).resolve().parent / "counts.tsv"
ERRORS = ("EIO", "ENOSPC", "EMFILE")
KILLS, FILES = 300, 5000


def say(*lines):
    print(*lines, sep="\n", flush=True)


def first_of_today(step):
    return 1 + datetime.date.today().toordinal() % step


def show_wrong(result):
    say(f"    {result.plan}, {result.hit or 'not reached'}, {result.end}:")
    for sentence in result.wrong:
        say(f"        {sentence}")


class Report:
    """Runs sweeps, prints a line for each, remembers whether all is well."""

    LINE = "{:8} {:8} {:6} {:>5} {:>8} {:>6} {:>5} {:>6}  {}"

    def __init__(self, step):
        self.step = step
        self.first = first_of_today(step)
        self.counts = sweep.read_counts(COUNTS)
        self.failures = []

    def head(self, title):
        say("", title)
        say(self.LINE.format("style", "way", "often", "K", "happened", "aside",
                             "wrong", "time", "how docketd ended"))

    def sweep(self, style, way, often="once"):
        began = time.monotonic()
        done = sweep.Sweep(style, way, often).run(self.first, self.step)
        ends = ", ".join(f"{count} x {end}" for end, count in
                         done.ends.most_common())
        say(self.LINE.format(style, way, often, done.count, done.happened,
                             done.set_aside, len(done.wrong),
                             f"{time.monotonic() - began:.0f} s", ends))
        for result in done.wrong:
            show_wrong(result)
        if done.wrong:
            self.failures.append(f"{len(done.wrong)} wrong: {style}, {way}")
        if sweep.has_shrunk(done, self.counts):
            self.failures.append(
                f"{style}, {way}: {done.count} calls, and there were "
                f"{self.counts[style, way]}; see tests/crash/README.md")
        return done

    def kill_everywhere(self):
        self.head(f"killed at the entry of every call "
                  f"(k = {self.first}, {self.first + self.step} ...)")
        for style in scenario.STYLES:
            self.sweep(style, "kill")
        self.sweep("rename", "kill", "twice")

    def fail_everywhere(self, styles=("rename",)):
        self.head("calls that fail, once and for ever")
        for style in styles:
            for way in ERRORS:
                self.sweep(style, way)
                self.sweep(style, way, "ever")

    def kill_randomly(self, kills, files):
        seed = datetime.date.today().toordinal()
        say("", f"{kills} random kills under {files} files, seed {seed}")
        done = randomly.Random(kills, files, seed).run()
        line = "{:14} {:>5}" + " {:>18}" * len(randomly.SITUATIONS)
        say(line.format("killed", "times", *randomly.SITUATIONS))
        for who, times in sorted(done.killed.items()):
            counts = [done.table[who, s] for s in randomly.SITUATIONS]
            say(line.format(who, times, *counts))
        for sentence in done.wrong:
            say(f"    {sentence}")
        if done.wrong:
            self.failures.append("wrong after random kills")
        return done


def main(arguments):
    step = int(arguments[0]) if arguments else 1
    report = Report(step)
    report.kill_everywhere()
    report.kill_randomly(max(10, KILLS // step), max(100, FILES // step))
    report.fail_everywhere()
    say("", *(report.failures or ["0 lost, 0 twice, 0 unexplained"]))
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
