# SPDX-License-Identifier: Apache-2.0
"""family.py - what the processes cost that this one has started

They are found by their parents; orphans come back to this process, so none is
overlooked. Only this process itself is left out.
"""

import collections
import ctypes
import os
import pathlib
import re
import resource
import threading
import time

PR_SET_CHILD_SUBREAPER = 36
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
MIB = 2**20
SAMPLE_SECONDS = 0.2


def adopt():
    """From now on orphans of any generation become our children."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def read_stat(pid):
    """(parent, CPU ticks), those of its reaped children included."""
    with open(f"/proc/{pid}/stat", "rb") as stat:
        text = stat.read()
    fields = text[text.rindex(b")") + 2:].split(None, 15)
    return int(fields[1]), sum(map(int, fields[11:15]))


def find():
    """{pid: CPU ticks} of all that live."""
    children = collections.defaultdict(list)
    ticks = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            parent, ticks[int(name)] = read_stat(name)
        except (FileNotFoundError, ProcessLookupError):
            continue
        children[parent].append(int(name))
    found, todo = {}, [os.getpid()]
    while todo:
        for pid in children[todo.pop()]:
            found[pid] = ticks[pid]
            todo.append(pid)
    return found


def cpu_seconds():
    """Of all that live and all that lived."""
    reaped = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (reaped.ru_utime + reaped.ru_stime +
            sum(find().values()) / TICKS)


class Others:
    """What everybody else has of the processors, from its making on."""

    def __init__(self):
        self.before = self._look()

    @staticmethod
    def _look():
        """Seconds: (of all processors, of others' work)."""
        words = pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()
        user, nice, system, idle, wait, *rest = map(int, words[1:9])
        busy = (user + nice + system + sum(rest)) / TICKS
        ours = cpu_seconds() + time.process_time()
        return busy + (idle + wait) / TICKS, busy - ours

    def percent(self):
        total, others = (now - then for now, then in
                         zip(self._look(), self.before))
        return max(0.0, others / total * 100)


def label(pid):
    """The program, with its role where that is its first argument."""
    words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    if words == [b""]:
        raise ProcessLookupError(pid)  # it has ended, nobody has waited for it
    name = os.path.basename(words[0].decode())
    role = words[1].decode() if len(words) > 1 else ""
    return f"{name} {role}" if role.isalpha() else name


def pss_bytes(pid):
    """Its share of memory; where that is not ours to know, all it maps."""
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s*(\d+)", text, re.M)[1]) * 1024
    except PermissionError:
        statm = pathlib.Path(f"/proc/{pid}/statm").read_text()
        return int(statm.split()[1]) * PAGE


def by_label(measure):
    """{label: sum of measure(pid)}"""
    out = collections.Counter()
    for pid in find():
        try:
            out[label(pid)] += measure(pid)
        except (FileNotFoundError, ProcessLookupError, TypeError):
            continue  # it has ended
    return out


def pss_mib():
    return {name: size / MIB for name, size in by_label(pss_bytes).items()}


def cpu_split():
    """Seconds, of those that live."""
    return by_label(lambda pid: read_stat(pid)[1] / TICKS)


class Wakeups:
    """How often threads went to sleep, and so woke up, since its making."""

    def __init__(self):
        self.before = dict(self._look())

    @staticmethod
    def _look():
        for pid in find():
            try:
                name = label(pid)
                tasks = pathlib.Path(f"/proc/{pid}/task").iterdir()
                texts = {task.name: (task / "status").read_text()
                         for task in tasks}
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended
            for task, text in texts.items():
                yield (name, task), int(re.search(
                    r"^voluntary_ctxt_switches:\s*(\d+)", text, re.M)[1])

    def split(self):
        """{label: count}; threads that have ended are not counted."""
        out = collections.Counter()
        for (name, task), count in self._look():
            out[name] += count - self.before.get((name, task), 0)
        return out


class Peak:
    """The most memory that they had together while this was open."""

    def __init__(self):
        self.total = 0.0  # MiB
        self.split = {}
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self):
        while not self.is_over.wait(SAMPLE_SECONDS):
            split = pss_mib()
            if sum(split.values()) > self.total:
                self.total, self.split = sum(split.values()), split

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()
