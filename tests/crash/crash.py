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

import quiet
import randomly
import scenario
import sweep
from life import WAYS

COUNTS = pathlib.Path(__file__).resolve().parent / "counts.tsv"
ERRORS = WAYS[1:]
STYLES = tuple(scenario.STYLES)
KILLS, FILES = 300, 5000


def say(*lines):
    print(*lines, sep="\n", flush=True)


def today():
    return datetime.date.today().toordinal()


def style_of_today(number):
    """Another one every day, and for every number."""
    return STYLES[(today() + number) % len(STYLES)]


def show_wrong(result):
    say(f"    {result.plan}, {result.hit or 'not reached'}, {result.end}:")
    for sentence in result.wrong:
        say(f"        {sentence}")


class Report:
    """Runs sweeps, prints a line for each, remembers whether all is well."""

    LINE = "{:8} {:8} {:6} {:>5} {:>8} {:>6} {:>5} {:>6}  {}"

    def __init__(self, step):
        self.step = step
        self.first = 1 + today() % step
        self.failures = []

    def count(self):
        """The calls of a quiet life, and whether they became fewer."""
        say("", "calls of a quiet life, and how many are expected")
        expected = quiet.read_counts(COUNTS)
        counts = quiet.count_calls()
        say("{:8}".format("style") + "".join(f"{w:>14}" for w in WAYS))
        for style in STYLES:
            pairs = [(counts[style, w], expected[style, w]) for w in WAYS]
            say(f"{style:8}" + "".join(f"{f'{k} of {e}':>14}"
                                       for k, e in pairs))
        self.failures += [
            f"{style}, {way}: {count} calls, and there were "
            f"{expected[style, way]}; see tests/crash/README.md"
            for (style, way), count in counts.items()
            if quiet.has_shrunk(count, expected[style, way])]

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
        return done

    def kill_everywhere(self):
        self.head(f"killed at the entry of every call "
                  f"(k = {self.first}, {self.first + self.step} ...)")
        for style in STYLES:
            self.sweep(style, "kill")
        self.sweep("rename", "kill", "twice")

    def fail_everywhere(self):
        self.head("calls that fail, once and for ever")
        for style in STYLES:
            for way in ERRORS:
                self.sweep(style, way)
                self.sweep(style, way, "ever")

    def kill_randomly(self, kills, files):
        seed = today()
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
    report.count()
    report.kill_everywhere()
    report.kill_randomly(max(10, KILLS // step), max(100, FILES // step))
    report.fail_everywhere()
    say("", *(report.failures or ["0 lost, 0 twice, 0 unexplained"]))
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
