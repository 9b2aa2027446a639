# SPDX-License-Identifier: Apache-2.0
"""Everything that came in accounts for itself, and what does not is named."""

import json
import os

import pytest

from registry import IS_ROOT, NOBODY, sample

QUICK = "found_quiet = 200ms\nquiet = 200ms\nsize_limit = 2M"


@pytest.fixture
def office(make_registry):
    registry = make_registry(inbox=QUICK)
    registry.expect_log("is quarantined: ", "arrivals from before",
                        "is looked through")
    return registry.start()


def audit(registry, code=0):
    """(part, subject, what): count, and what is wrong."""
    done = registry.docket("audit", "--json", check=False)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    wrong = [row for row in rows if row["wrong"]]
    assert done.returncode == code, (wrong, done.stderr)
    counts = {}
    for row in rows:
        key = (row["part"], row["subject"], row["what"])
        counts[key] = counts.get(key, 0) + row["count"]
    return counts, wrong


def states(counts):
    names = ("queued", "reading", "blocked", "done", "duplicate",
             "quarantined", "ignored", "vanished", "superseded", "discarded")
    return {name: counts["journal", None, name] for name in names
            if counts["journal", None, name]}


def live_a_day(registry):
    """Something of everything; how many arrivals are in which state."""
    bus = registry.subscribe()
    for name in ("letter-fr.txt", "letter-ru.txt", "letter-zh.txt"):
        registry.move_in(name, sample(name))
        bus.wait("document.parsed", name=name)
    registry.move_in("again.txt", sample("letter-fr.txt"))
    bus.wait("document.duplicate")
    registry.move_in("large.txt", b"Many words\n" * 60000)
    bus.wait("document.parsed", name="large.txt")
    registry.write_in("written.txt", b"Written in place\n")
    bus.wait("document.parsed", name="written.txt")
    for name in ("empty-1.txt", "empty-2.txt"):
        registry.move_in(name, b"")
        bus.wait("document.quarantined", name=name)
    number = bus.wait("document.quarantined",
                      name="empty-1.txt")["data"]["arrival"]
    registry.docket("retry", str(number))
    bus.wait("document.retried", arrival=number)
    registry.docket("discard", "--yes", str(number + 1))
    registry.move_in("huge.txt", b"x" * (3 << 20))
    bus.wait("document.quarantined", name="huge.txt")
    registry.write_in("letter.txt.part", b"half")
    heard = [event for event in bus.heard
             if event["type"] == "document.quarantined"
             and event["data"]["arrival"] == number]
    while len(heard) < 2:
        bus.hear_tick()
        heard = [event for event in bus.heard
                 if event["type"] == "document.quarantined"
                 and event["data"]["arrival"] == number]
    return {"done": 5, "duplicate": 1, "quarantined": 2, "discarded": 1}


def test_after_a_day_of_everything_it_balances(office):
    expected = live_a_day(office)
    counts, wrong = audit(office)
    assert wrong == []
    assert states(counts) == expected
    assert counts["inbox", "letters", "ignored"] == 1
    assert counts["inbox", "letters", "waiting"] == 0
    assert counts["spool", "letters", "refused, kept for a person"] == 1
    assert counts["spool", "letters", "unexplained"] == 0
    assert counts["events", None, "document.received"] == \
        counts["events", None, "arrivals that were received"] == 8
    assert counts["events", None, "events that say so"] == \
        counts["events", None, "arrivals that were settled"] == 9
    assert counts["pack", None, "spare"] == 0
    assert counts["store", None, "used"] >= 1
    assert counts["store", None, "spare"] == 0
    assert counts["stream", "bus", "holes"] == 0
    assert counts["stream", "bus", "events"] > 20


def test_after_kills_it_balances(make_registry):
    registry = make_registry(inbox=QUICK)
    registry.expect_log("arrivals from before", "is looked through",
                        "docket-bus does not start: status 0, signal 9",
                        "the index is built anew")
    registry.start()
    for i in range(200):
        registry.move_in(f"letter-{i}.txt", b"Letter %d\n" % i)
        if i % 50 == 25:
            registry.kill()
            registry.start()
            audit(registry)
    bus = registry.subscribe()
    while states(audit(registry)[0]) != {"done": 200}:
        bus.hear_tick()


def test_it_balances_at_any_moment(office):
    bus = office.subscribe()
    for i in range(300):
        office.move_in(f"letter-{i}.txt", b"Letter %d\n" % i)
        if i % 15 == 0:
            _, wrong = audit(office)
            assert wrong == []
    for i in range(300):
        bus.wait("document.parsed", within=30, name=f"letter-{i}.txt")


def test_a_file_put_into_the_spool_by_hand_is_named(office):
    office.move_in("good.txt", b"A good letter\n")
    office.subscribe().hear_tick()
    place = office.inbox / ".docket" / "0" / "stranger.txt"
    place.write_bytes(b"Who put me here?\n")
    if IS_ROOT:
        os.chown(place, NOBODY, NOBODY)
    counts, wrong = audit(office, code=1)
    assert counts["spool", "letters", "unexplained"] == 1
    assert [row["detail"] for row in wrong
            if row["what"] == "unexplained file"] == ["0/stranger.txt"]
    told = office.docket("audit", check=False)
    assert b"do not balance" in told.stderr
    assert b"0/stranger.txt" in told.stdout
    place.unlink()
    audit(office)


def test_folders_that_are_taken_in_are_audited_too(make_registry):
    registry = make_registry(config="rescan = 100ms", inbox=(
        "quiet = 100ms\nfound_quiet = 100ms\nrecursive = yes")).start()
    bus = registry.subscribe()
    folder = registry.inbox / "a" / "b"
    folder.mkdir(parents=True)
    path = registry.prepare("letter.txt", b"A letter in a folder\n")
    lane = registry.inbox / ".docket" / "64"
    if IS_ROOT:
        for place in (folder, folder.parent):
            os.chown(place, NOBODY, NOBODY)
    path.rename(folder / path.name)
    bus.wait("document.indexed", name="a/b/letter.txt")
    (folder / "old.part").write_bytes(b"half")
    os.utime(folder / "old.part", (1, 1))
    (lane / "a%2Fstranger.txt").write_bytes(b"Who put me here?\n")
    rows = [json.loads(line) for line in registry.docket(
        "audit", "--json", check=False).stdout.splitlines()]
    details = {row["what"]: row["detail"] for row in rows}
    assert details["ignored for over a day"] == "a/b/old.part"
    assert details["unexplained file"] == "64/a%2Fstranger.txt"
    (lane / "a%2Fstranger.txt").unlink()
    audit(registry)


def test_bytes_that_are_lost_are_named_by_their_arrival(office):
    bus = office.subscribe()
    office.move_in("large.txt", b"Many words\n" * 60000)
    number = bus.wait("document.parsed")["data"]["arrival"]
    bus.wait("document.indexed")
    store = office.state / "store"
    for path in store.rglob("*"):
        if path.is_file():
            path.unlink()
    _, wrong = audit(office, code=1)
    assert [(row["what"], row["detail"]) for row in wrong] == [
        ("without their bytes", f"arrivals {number}")]


def test_spare_bytes_are_told_and_nothing_is_wrong(office):
    folder = office.state / "store" / "ab"
    folder.mkdir()
    (folder / ("c" * 62)).write_bytes(b"left by a crash")
    for path in (folder, folder / ("c" * 62)):
        if IS_ROOT:
            os.chown(path, NOBODY, NOBODY)
    counts, _ = audit(office)
    assert counts["store", None, "spare"] == 1


def test_a_name_that_is_ignored_for_over_a_day_is_listed(office):
    for name in ("new.part", "old.part"):
        office.write_in(name, b"half")
    os.utime(office.inbox / "old.part", (1, 1))
    rows = [json.loads(line) for line in
            office.docket("audit", "--json").stdout.splitlines()]
    assert [row["detail"] for row in rows
            if row["what"] == "ignored for over a day"] == ["old.part"]
    counts, _ = audit(office)
    assert counts["inbox", "letters", "ignored"] == 2
