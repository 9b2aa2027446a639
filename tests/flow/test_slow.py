# SPDX-License-Identifier: Apache-2.0
"""Writers that take their time, at the times that docketd has by default.

It takes a minute, so it is done with DOCKET_LONG=1 only; what is
quicker about it is in test_intake.py. pytest -s shows the table. Where root
runs it the writers are root, a stranger to docketd, and docketd has CAP_LEASE
as its unit gives it.
"""

import collections
import concurrent.futures
import os
import time

import pytest

QUIET_S, FOUND_QUIET_S = 2, 30  # by default
REST = b"And now the rest.\n" * 200


def half_for(path):
    """No two files have the same bytes."""
    return path.name.encode() + b" The first half of it." * 200


def pause_in_the_middle(path):
    """Writes, pauses for five seconds, writes on and closes."""
    with path.open("xb", buffering=0) as file:
        file.write(half_for(path))
        time.sleep(5)
        file.write(REST)
    return half_for(path) + REST


def open_and_close(path):
    """Opens, writes and closes twenty times, a second apart."""
    page = b"A page of twenty. " * 200
    path.touch(exist_ok=False)
    for _ in range(20):
        with path.open("r+b", buffering=0) as file:
            file.seek(0, os.SEEK_END)
            file.write(page)
        time.sleep(1)
    return page * 20


def never_close(path):
    """Writes half, keeps it open for longer than anybody waits."""
    with path.open("xb", buffering=0) as file:
        file.write(half_for(path))
        time.sleep(FOUND_QUIET_S + 3 * QUIET_S)
        assert path.exists()
        file.write(REST)
    return half_for(path) + REST


def append_after_close(path):
    """Writes and closes; a second later it appends and closes."""
    path.write_bytes(half_for(path))
    time.sleep(QUIET_S / 2)
    with path.open("ab") as file:
        file.write(REST)
    return half_for(path) + REST


def write_after_rename(path):
    """Renames it in while it is open, and writes on at once."""
    before = path.with_name(f".{path.name}")
    with before.open("xb", buffering=0) as file:
        file.write(half_for(path))
        before.rename(path)
        file.write(REST)
    return half_for(path) + REST


WRITERS = [pause_in_the_middle, open_and_close, never_close,
           append_after_close, write_after_rename]
LINE = "{:22} {:>5} {:>6} {:>5} {:>10} {:>6}"


@pytest.mark.skipif(not os.environ.get("DOCKET_LONG"),
                    reason="takes a minute; DOCKET_LONG=1")
def test_of_slow_writers_no_half_is_ever_done(make_registry):
    registry = make_registry(capability="lease").start()
    bus = registry.subscribe()
    with concurrent.futures.ThreadPoolExecutor(len(WRITERS)) as pool:
        whole = dict(zip([w.__name__ for w in WRITERS], pool.map(
            lambda w: w(registry.inbox / w.__name__), WRITERS)))
    deadline = time.monotonic() + 2 * FOUND_QUIET_S
    while registry.left_behind() or registry.rows(
            "list", "--state", "queued,reading"):
        assert time.monotonic() < deadline and bus.hear_tick()
    print()
    print(LINE.format("writer", "taken", "whole", "half", "superseded",
                      "other"))
    for name, data in whole.items():
        became = collections.Counter()
        rows = [row for row in registry.rows("list", "--limit", "0")
                if row["name"] == name]
        for row in rows:
            got = registry.docket("get", str(row["arrival"])).stdout
            became["superseded" if row["state"] == "superseded" else
                   "other" if row["state"] != "done" else
                   "whole" if got == data else "half"] += 1
        print(LINE.format(name, len(rows), became["whole"], became["half"],
                          became["superseded"], became["other"]))
        assert (became["whole"], became["half"], became["other"]) == (
            1, 0, 0), [(row["state"], row["detail"]) for row in rows]
