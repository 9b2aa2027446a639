# SPDX-License-Identifier: Apache-2.0
"""perf.py - where the processors are while documents come in, by perf"""

import subprocess

import family
import trials
from subject import Trouble

LINES = 60
SHOW = ["--stdio", "--percent-limit", "0.5"]
TABLES = ["overhead,pid,dso", "overhead,comm,dso,symbol"]


def record(path):
    """A trial that prints a profile of all the subject's threads."""

    def run(subject, corpus):
        trials.start_idle(subject)
        names = {pid: family.label(pid) for pid in family.find()}
        perf = subprocess.Popen(
            ["perf", "record", "-q", "-F", "997", "-o", path, "-p",
             ",".join(map(str, names))], stderr=subprocess.PIPE, text=True)
        figures = trials.measure(
            subject, corpus, lambda: trials.move_in(subject, corpus))
        perf.terminate()
        complaint = perf.communicate()[1]
        if not path.exists():
            raise Trouble(f"perf says: {complaint}")
        print(*(f"{pid} is {name}" for pid, name in names.items()), sep="\n")
        for fields in TABLES:
            shown = subprocess.run(
                ["perf", "report", "-i", path, *SHOW, "-F", fields],
                capture_output=True, text=True, check=False).stdout
            lines = [line for line in shown.splitlines()
                     if line.strip() and not line.startswith("#")]
            print("\n".join(lines[:LINES]), end="\n\n", flush=True)
        return figures

    return run
