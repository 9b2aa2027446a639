# SPDX-License-Identifier: Apache-2.0
"""sweep.py - every k: until one is so large that nothing goes wrong

A sweep takes k = first, first + step ... a few at a time. Threads that race for
the journal make the number of calls differ a little from run to run; so a sweep
ends only after several runs in a row that k never reached. The most calls that
one of these made are its K.
"""

import collections
import concurrent.futures
import itertools

import run
from life import Plan

AT_ONCE = 2
AT_ONCE_EVER = 4  # where a fault is for ever, docketd mostly waits
BATCH = 8
UNREACHED_LIMIT = 4


class Sweep:
    """One way in which things go wrong, under one style of delivery."""

    def __init__(self, style, way, often="once"):
        self.style = style
        self.way = way
        self.often = often
        self.count = 0  # K
        self.happened = 0
        self.set_aside = 0
        self.ends = collections.Counter()
        self.calls = collections.Counter()
        self.wrong = []  # results

    def plans(self, first, step):
        return (
            Plan(self.way, k, self.often) for k in itertools.count(first, step)
        )

    def take(self, result):
        self.set_aside += result.set_aside
        if not result.hit:
            self.count = max(self.count, result.counts.get(self.way, 0))
        else:
            self.happened += 1
            self.calls[result.hit] += 1
            self.ends[result.end] += 1
        if result.wrong:
            self.wrong.append(result)

    def run(self, first=1, step=1):
        plans = self.plans(first, step)
        unreached = 0
        at_once = AT_ONCE_EVER if self.often == "ever" else AT_ONCE
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            while unreached < UNREACHED_LIMIT:
                batch = list(itertools.islice(plans, BATCH))
                results = pool.map(
                    lambda plan: run.run(self.style, plan), batch
                )
                for result in results:
                    self.take(result)
                    unreached = 0 if result.hit else unreached + 1
        return self
