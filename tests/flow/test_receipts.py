# SPDX-License-Identifier: Apache-2.0
"""Whoever only has a folder is told there what became of a document."""

import os
import subprocess

import pytest

from registry import BUILD, IS_ROOT, NOBODY, as_nobody, digest_of, sample

QUICK = "found_quiet = 200ms\nquiet = 200ms\nsize_limit = 1M"


@pytest.fixture
def make_office(make_registry):
    """A registry with a folder of receipts."""

    def make(**options):
        registry = make_registry(**options)
        registry.receipts = registry.folder / "receipts"
        registry.receipts.mkdir()
        if IS_ROOT:
            os.chown(registry.receipts, NOBODY, NOBODY)
        with registry.config.open("a", encoding="utf-8") as config:
            config.write(f"receipts = {registry.receipts}\n{QUICK}\n")
        registry.expect_log("is quarantined: ", "arrivals from before",
                            "is looked through")
        return registry

    return make


def hand_back(registry, count, within=30):
    """Wait for the cursor of receipts by the bus's ticks."""
    bus = registry.subscribe()
    for _ in range(within):
        found = sorted(path.name for path in registry.receipts.iterdir()
                       if not path.name.startswith("."))
        if len(found) >= count:
            return found
        bus.hear_tick()
    raise AssertionError(f"{len(found)} receipts of {count}: {found[:20]}")


def read(registry, name):
    return (registry.receipts / name).read_text(encoding="utf-8")


def test_each_outcome_has_its_receipt(make_office):
    registry = make_office().start()
    bus = registry.subscribe()
    registry.move_in("lettre.txt", sample("letter-fr.txt"))
    bus.wait("document.parsed")
    registry.move_in("twin.txt", sample("letter-fr.txt"))
    bus.wait("document.duplicate")
    registry.move_in("empty.txt", b"")
    bus.wait("document.quarantined", name="empty.txt")
    registry.move_in("huge.txt", b"x" * (2 << 20))
    bus.wait("document.quarantined", name="huge.txt")
    assert hand_back(registry, 4) == [
        "empty.txt.3.txt", "huge.txt.4.txt", "lettre.txt.1.txt",
        "twin.txt.2.txt"]
    done = read(registry, "lettre.txt.1.txt")
    assert done.startswith("Arrival 1 of inbox letters is done: ")
    assert digest_of(sample("letter-fr.txt"))[7:] in done
    assert "the same bytes are arrival 1." in read(registry, "twin.txt.2.txt")
    empty = read(registry, "empty.txt.3.txt")
    assert "is quarantined, for the reason empty." in empty
    assert "What to do: Drop the document, not an empty file." in empty
    huge = read(registry, "huge.txt.4.txt")
    assert "Raise the inbox's size_limit and drop it again." in huge
    assert "SHA-256" not in huge


def test_names_of_any_bytes_have_receipts(make_office):
    registry = make_office().start()
    names = [b"caf\xe9.txt", "安理会.txt".encode(), b"x" * 251 + b".txt"]
    for i, name in enumerate(names):
        path = os.fsencode(registry.outside) + b"/" + name
        with open(path, "wb") as file:
            file.write(b"Letter %d\n" % i)
        os.rename(path, os.fsencode(registry.inbox) + b"/" + name)
    found = hand_back(registry, 3)
    numbers = {row["arrival"] for row in registry.rows("list")}
    assert numbers == {1, 2, 3}
    assert any(name.startswith("安理会.txt.") for name in found)
    assert any(os.fsencode(name).startswith(b"caf\xe9.txt.")
               for name in found)
    assert max(len(os.fsencode(name)) for name in found) == 255


def test_after_a_kill_none_is_missing_and_none_is_twice(make_office):
    registry = make_office()
    registry.start()
    count = 400
    bus = registry.subscribe()
    for i in range(count):
        registry.move_in(f"letter-{i}.txt", b"Letter %d\n" % i)
        if i % 100 == 50:
            bus.wait("document.parsed")
            bus.close()
            registry.subscribers.remove(bus)
            registry.kill()
            registry.start()
            bus = registry.subscribe()
    hand_back(registry, count, within=60)
    rows = registry.rows("list", "--limit", "0")
    settled = {f"{row['name']}.{row['arrival']}.txt" for row in rows}
    assert {row["state"] for row in rows} == {"done"}
    assert len(settled) == count
    assert set(os.listdir(registry.receipts)) == settled


def test_folder_that_fails_is_told_of_and_catches_up(make_office):
    registry = make_office()
    registry.expect_log("receipts can")
    registry.start()
    registry.receipts.rename(registry.folder / "elsewhere")
    registry.move_in("a.txt", b"A letter\n")
    registry.wait_log("receipts cannot be written into")
    (registry.folder / "elsewhere").rename(registry.receipts)
    registry.wait_log("receipts can be written again")
    assert hand_back(registry, 1) == ["a.txt.1.txt"]


@pytest.mark.parametrize("folder, is_taken", [
    ("{inbox}", True), ("{inbox}/receipts", True), ("{inbox}/.docket", True),
    ("{inbox}/.receipts", False), ("{folder}/outside", False)])
def test_an_inbox_is_no_folder_for_receipts(make_registry, folder, is_taken):
    registry = make_registry()
    place = folder.format(inbox=registry.inbox, folder=registry.folder)
    os.makedirs(place, exist_ok=True)
    if IS_ROOT:
        os.chown(place, NOBODY, NOBODY)
    with registry.config.open("a", encoding="utf-8") as config:
        config.write(f"receipts = {place}\n")
    checked = subprocess.run(
        as_nobody([BUILD / "bin" / "docketd", "--state", registry.state,
                   "--config", registry.config, "--check"]),
        capture_output=True, check=False, timeout=30)
    assert checked.returncode == (78 if is_taken else 0)
    assert (b"would take them in" in checked.stderr) == is_taken


def test_a_folder_that_is_not_there_is_refused_at_the_start(make_registry):
    registry = make_registry()
    with registry.config.open("a", encoding="utf-8") as config:
        config.write(f"receipts = {registry.folder}/nowhere\n")
    for mode in (["--check"], []):
        refused = subprocess.run(
            as_nobody([BUILD / "bin" / "docketd", "--state", registry.state,
                       "--config", registry.config, *mode]),
            capture_output=True, check=False, timeout=30)
        assert refused.returncode == 78
        assert b"[inbox letters] receipts: " in refused.stderr
