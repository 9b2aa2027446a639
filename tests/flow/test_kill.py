# SPDX-License-Identifier: Apache-2.0
"""docketd is killed, and nothing is lost and nothing is there twice."""

import collections
import contextlib
import os
import subprocess
import time

import pytest

from registry import BUILD, as_nobody, digest_of

COUNT = 1000
QUICK = "found_quiet = 200ms\nquiet = 200ms"


def make_documents():
    return {f"letter-{i:04}.txt": (f"Letter {i}\n\nThe parties met for the "
                                   f"{i}th time and agreed on unique{i}.\n"
                                   ).encode()
            for i in range(COUNT)}


def wait_until_settled(registry, count, within=120):
    """Follow the journal's own events until so many arrivals are settled."""
    bus = registry.subscribe()
    deadline = time.monotonic() + within
    while True:
        rows = registry.rows("list", "--limit", "0")
        open_ones = [row for row in rows if row["state"] in
                     ("queued", "reading")]
        if len(rows) >= count and not open_ones:
            return rows
        heard = bus.hear(deadline)
        assert heard, f"{len(rows)} arrivals, {len(open_ones)} of them open"


def check_against(registry, documents, rows):
    """The test's own list, the journal's rows and its events are one."""
    expected = {name: digest_of(data) for name, data in documents.items()}
    listed = {row["name"]: row["id"] for row in rows}
    assert len(rows) == len(documents)
    assert listed == expected
    assert {row["state"] for row in rows} == {"done"}
    parsed = collections.Counter(
        event["data"]["name"] for event in registry.rows("events")
        if event["type"] == "document.parsed")
    assert set(parsed) == set(expected)
    assert set(parsed.values()) == {1}
    assert count_indexed(registry, len(documents)) == {1}
    received = [event["subject"] for event in registry.rows("events")
                if event["type"] == "document.received"]
    assert sorted(received) == sorted(expected.values())


def count_indexed(registry, wanted, within=30):
    """How often an arrival was told to be indexed, when all have been."""
    deadline = time.monotonic() + within
    while True:
        indexed = collections.Counter(
            event["data"]["arrival"] for event in registry.rows("events")
            if event["type"] == "document.indexed")
        if len(indexed) >= wanted:
            return set(indexed.values())
        assert time.monotonic() < deadline, f"{len(indexed)} of {wanted}"


def is_alive(pid, name):
    """Not gone, not another's by now, and not only waiting to be reaped."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            _, comm, state = file.read().replace("(", ")").split(")", 2)
    except OSError:
        return False
    return comm == name[:15] and state.split()[0] != "Z"


def test_killed_in_the_middle_of_a_thousand_files(make_registry):
    registry = make_registry(inbox=QUICK)
    registry.expect_log("arrivals from before are queued again",
                        "is looked through")
    documents = make_documents()
    registry.start()
    bus = registry.subscribe()
    for i, (name, data) in enumerate(documents.items()):
        registry.move_in(name, data)
        if i == COUNT // 2:
            bus.wait("document.parsed")
            children = registry.children()
            assert len(children) >= 4
            registry.kill()
    # A new docketd waits for what the dead one left running.
    registry.start()
    assert not [pid for pid, name in children if is_alive(pid, name)]
    rows = wait_until_settled(registry, COUNT)
    check_against(registry, documents, rows)
    for i in (0, COUNT // 2, COUNT - 1):
        assert len(registry.rows("search", f"unique{i}")) == 1
    registry.wait_left()


def test_what_an_index_has_is_told_whenever_it_is_killed(make_registry):
    """Between the index's own commit and the journal's, too."""
    registry = make_registry(inbox=QUICK)
    registry.expect_log("arrivals from before are queued again")
    documents = dict(list(make_documents().items())[:300])
    names = list(documents)
    for start in range(0, len(names), 30):
        registry.start()
        bus = registry.subscribe()
        for name in names[start:start + 30]:
            registry.move_in(name, documents[name])
        bus.wait("document.indexed", within=20)
        registry.kill()
    registry.start()
    rows = wait_until_settled(registry, len(documents))
    check_against(registry, documents, rows)


def test_stopped_and_started_it_goes_on_where_it_was(make_registry):
    registry = make_registry(inbox=QUICK)
    registry.expect_log("arrivals from before are queued again")
    documents = dict(list(make_documents().items())[:200])
    registry.start()
    for i, (name, data) in enumerate(documents.items()):
        registry.move_in(name, data)
        if i in (50, 100, 150):
            assert registry.stop() == 0
            registry.start()
    rows = wait_until_settled(registry, len(documents))
    check_against(registry, documents, rows)
    registry.wait_left()


def test_two_docketds_do_not_share_a_state(registry):
    refused = subprocess.run(
        as_nobody([BUILD / "bin" / "docketd", "--state", registry.state,
                   "--config", registry.config]),
        capture_output=True, check=False, timeout=30)
    assert refused.returncode == 74
    assert b"another docketd runs" in refused.stderr


@pytest.mark.parametrize("victim", ["docket-worker", "docket-bus"])
def test_a_child_that_is_killed_costs_nothing(make_registry, victim):
    registry = make_registry(inbox=QUICK)
    registry.expect_log("it is started again", "the reader ended in signal 9",
                        "docket-bus does not start: status 0, signal 9",
                        "ended with status 0, signal 9")
    documents = dict(list(make_documents().items())[:200])
    registry.start()
    bus = registry.subscribe()
    for i, (name, data) in enumerate(documents.items()):
        registry.move_in(name, data)
        if i % 50 == 25:
            bus.wait("document.parsed")
            for pid, name in registry.children():
                if name == victim:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, 9)
    rows = wait_until_settled(registry, len(documents))
    check_against(registry, documents, rows)
