# SPDX-License-Identifier: Apache-2.0
"""quiet.py - how many calls a life needs in which nothing happens at once

Where files come together, commits group themselves as the processors have
time, and the number of calls differs from run to run. Here each file comes
after everything about the one before it has been written down, its reader
stands still until what has been taken in has been written down, too, and
nobody listens. So the number is that of the path, and tells when the path or
what is counted of it became shorter.
"""

import concurrent.futures
import contextlib
import os
import pathlib
import signal
import time

import scenario
from life import WAYS, Plan, Registry

# What is not urgent is written down once a second; right after that is the
# time for the next file.
QUIET_S = 1.15
DEADLINE_S = 120.0
LOOK_S = 0.02
# K may be that much smaller than the number in counts.tsv.
SHRINK_LIMIT = 0.02
# How many connections a life sees is a matter of moments.
SHRINK_CALLS = 5
NAMES = ("letter-00.txt", "long.txt", "twin-a.txt", "twin-b.txt",
         "unwanted.txt")


@contextlib.contextmanager
def reader_stopped(registry):
    reader = next(
        pid for pid in registry.children()
        if b"reader" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(reader, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(reader, signal.SIGCONT)


def wait_until_quiet(registry):
    """Nothing lies in the inbox and nothing was called for so long."""
    deadline = time.monotonic() + DEADLINE_S
    before, since = None, 0.0
    while True:
        now = time.monotonic()
        counts = registry.look_at_page()[0]
        if counts != before or registry.left_behind():
            before, since = counts, now
        elif now - since > QUIET_S:
            return
        if registry.has_ended() or now > deadline:
            raise RuntimeError("docketd does not come to rest")
        time.sleep(LOOK_S)


def live(style):
    """A quiet life. {way: calls}"""
    registry = Registry(rescan="1h")
    documents = {d.name: d for d in scenario.make_documents()}
    try:
        registry.start(Plan("kill"))
        wait_until_quiet(registry)
        for name in NAMES:
            with reader_stopped(registry):
                scenario.deliver(registry, documents[name], style)
                wait_until_quiet(registry)
            wait_until_quiet(registry)
        code = registry.stop()
        if code != 0:
            raise RuntimeError(f"docketd ended with {code}")
        return registry.look_at_page()[0]
    finally:
        registry.close()


def count_calls():
    """{(style, way): calls}"""
    styles = tuple(scenario.STYLES)
    with concurrent.futures.ThreadPoolExecutor(len(styles)) as pool:
        lives = dict(zip(styles, pool.map(live, styles)))
    return {(style, way): lives[style][way] for style in styles
            for way in WAYS}


def read_counts(path):
    """What count_calls() said when counts.tsv was written."""
    counts = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            style, way, count = line.split("\t")
            counts[style, way] = int(count)
    return counts


def has_shrunk(count, expected):
    return expected - count > max(SHRINK_CALLS, expected * SHRINK_LIMIT)
