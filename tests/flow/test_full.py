# SPDX-License-Identifier: Apache-2.0
"""The disk is full: nothing is lost, it is said why, and all goes on by itself.

State and inbox lie on a tmpfs of 64 MiB, which takes root to mount. It is
filled at random moments while documents come in. DOCKET_FULL_MOMENTS says how
often, 3 times if it does not say.
"""

import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import tempfile
import time

import pytest

from registry import BUILD, IS_ROOT, NOBODY, Registry, digest_of

MOMENTS = int(os.environ.get("DOCKET_FULL_MOMENTS", "3"))
SIZE = 64 << 20
QUICK = "found_quiet = 200ms\nquiet = 200ms"
EXPECTED = ["the journal's disk is full", "no new files are taken in",
            "there is room on the disk again", "waits for room",
            "tried again every", "arrivals from before are queued again",
            "is looked through", "docketd leaves what is not written down",
            "reload: the disk of docketd.s state is full",
            r"docket-worker: sqlite: .* full$"]


@pytest.fixture
def small_disk():
    """A mounted tmpfs that docketd's user may write to."""
    if not IS_ROOT:
        pytest.skip("a mount takes root")
    with tempfile.TemporaryDirectory(prefix="dk-full-") as place:
        os.chmod(place, 0o755)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0777",
             "docket-test", place], capture_output=True, check=False)
        if mounted.returncode != 0:
            pytest.skip(f"no mount: {mounted.stderr.decode()}")
        try:
            yield pathlib.Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def plugins():
    """A few: to look at all of them takes a reload longer than a disk is full."""
    with tempfile.TemporaryDirectory(prefix="dk-") as place:
        os.chmod(place, 0o755)
        for name in ("plugins/parser_text", "plugins/annotator_language",
                     "plugins/indexer_sqlite", "tests/plugins/parser_parcel"):
            shutil.copy(BUILD / f"{name}.so", place)
        yield place


@pytest.fixture
def make_full_registry(small_disk, plugins):
    made = []

    def make(config=""):
        registry = Registry(inbox=QUICK, config=config, place=small_disk,
                            plugins=plugins)
        made.append(registry)
        registry.expect_log(*EXPECTED)
        return registry

    yield make
    for registry in made:
        registry.close()


class Filler:
    """Somebody else's file, which takes whatever is free."""

    def __init__(self, place):
        self.path = place / "somebody-else"

    def fill(self):
        with open(self.path, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(65536))
            except OSError:
                pass
            try:
                while True:
                    file.write(bytes(512))
            except OSError:
                pass

    def fill_up_to(self, left):
        """Until so many bytes are free."""
        space = os.statvfs(self.path.parent)
        with open(self.path, "wb", buffering=0) as file:
            os.posix_fallocate(file.fileno(), 0,
                               space.f_bavail * space.f_frsize - left)

    def free(self):
        self.path.unlink()


def make_document(number, random_source):
    size = random_source.choice((500, 5_000, 50_000, 400_000))
    words = [f"word{random_source.randrange(10_000)}"
             for _ in range(size // 9)]
    return f"Letter {number}\n\n{' '.join(words)}.\n".encode()


def drop(registry, name, data):
    """Written beside the inbox and moved in; False: there was no room."""
    path = registry.outside / name
    try:
        path.write_bytes(data)
    except OSError:
        path.unlink(missing_ok=True)
        return False
    os.chown(path, NOBODY, NOBODY)
    path.rename(registry.inbox / name)
    return True


def status(registry):
    return json.loads(registry.docket("status", "--json").stdout)


def wait_for(what, holds, within):
    """What no event tells: asked for again and again, with a deadline."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"not {what} within {within} s"
        time.sleep(0.05)


def is_paused(registry):
    return "no new files are taken in" in status(registry)["daemon"].get(
        "paused", "")


def check_all_are_done(registry, documents):
    def are_done():
        rows = registry.rows("list", "--limit", "0")
        return len(rows) >= len(documents) and not any(
            row["state"] in ("queued", "reading") for row in rows)

    wait_for("all done", are_done, 60)
    rows = registry.rows("list", "--limit", "0")
    assert {row["name"]: row["id"] for row in rows} == {
        name: digest_of(data) for name, data in documents.items()}
    assert len(rows) == len(documents)
    assert {row["state"] for row in rows} == {"done"}
    parsed = [event["data"]["name"] for event in registry.rows("events")
              if event["type"] == "document.parsed"]
    assert sorted(parsed) == sorted(documents)
    numbers = [int(event["id"].rpartition(":")[2]) for event in registry.rows("events")]
    assert numbers == list(range(1, len(numbers) + 1))
    registry.wait_left()


@pytest.fixture
def systemd(monkeypatch):
    """The socket of whoever wants to be told; what it was told, on demand."""
    with tempfile.TemporaryDirectory(prefix="dk-") as place, \
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        os.chmod(place, 0o755)
        told.bind(f"{place}/notify")
        os.chmod(f"{place}/notify", 0o777)
        told.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", f"{place}/notify")
        statuses = []

        def hear():
            try:
                while True:
                    lines = told.recv(4096).decode().splitlines()
                    statuses.extend(line for line in lines
                                    if line.startswith("STATUS="))
            except BlockingIOError:
                return statuses

        yield hear


def test_filled_at_random_moments_it_loses_nothing(make_full_registry,
                                                   small_disk, systemd):
    registry = make_full_registry().start()
    filler = Filler(small_disk)
    documents = {}
    slowest = 0.0
    chance = random.Random(7)
    for moment in range(MOMENTS):
        many = chance.randrange(1, 12)
        for i in range(many):
            name = f"letter-{moment}-{i}.txt"
            data = make_document(f"{moment}-{i}", chance)
            if i == many // 2:
                time.sleep(chance.random() / 20)
                filler.fill()
            if drop(registry, name, data):
                documents[name] = data
        wait_for("paused", lambda: is_paused(registry), 10)
        wait_for("told", lambda: systemd()[-1].startswith(
            f"STATUS=the disk of {registry.state} "), 10)
        filler.free()
        began = time.monotonic()
        wait_for("going on", lambda: not is_paused(registry) and
                 systemd()[-1] == "STATUS=watching", 5)
        drop(registry, f"after-{moment}.txt", b"There is room again.\n%d\n"
             % moment)
        documents[f"after-{moment}.txt"] = b"There is room again.\n%d\n" \
            % moment
        wait_for("taken in", lambda: not registry.left_behind(), 10)
        slowest = max(slowest, time.monotonic() - began)
    print(f"{MOMENTS} moments, {len(documents)} documents, slowest to go on: "
          f"{slowest:.2f} s")
    check_all_are_done(registry, documents)


def test_stopped_while_the_disk_is_full_it_ends_at_once(make_full_registry,
                                                        small_disk):
    registry = make_full_registry().start()
    chance = random.Random(11)
    documents = {f"letter-{n}.txt": make_document(n, chance)
                 for n in range(10)}
    paths = {name: registry.prepare(name, data)
             for name, data in documents.items()}
    filler = Filler(small_disk)
    for number, (name, path) in enumerate(paths.items()):
        path.rename(registry.inbox / name)
        if number == 5:
            filler.fill()
    wait_for("full", lambda: any("journal's disk is full" in line
                                 for line in registry.lines), 20)
    refused = registry.docket("reload", check=False)
    assert b"make room first" in refused.stderr
    began = time.monotonic()
    assert registry.stop() == 0
    assert time.monotonic() - began < 5
    filler.free()
    registry.start()
    wait_for("taken in", lambda: not registry.left_behind(), 20)
    check_all_are_done(registry, documents)


def test_what_is_in_a_document_waits_for_room(make_full_registry, small_disk):
    registry = make_full_registry("ballast = 0")
    registry.expect_log("is put off: there is no room for what is in it")
    registry.start()
    filler = Filler(small_disk)
    letter = b"All of them agreed, and none of them left.\n" * 49000
    parcel = b"PARCEL twice\nletter.txt %d\n" % len(letter) + letter
    path = registry.prepare("parcel.txt", parcel)
    # Of these 13 MiB 8 stay free, and a copy reckons with twice its size.
    filler.fill_up_to(13 << 20)
    path.rename(registry.inbox / "parcel.txt")
    registry.wait_log("is put off")
    [row] = registry.rows("list")
    assert (row["state"], row["reason"]) == ("queued", "room")
    filler.free()

    def are_done():
        states = [row["state"] for row in registry.rows("list")]
        return sorted(states) == ["done", "done", "duplicate"]

    wait_for("all done", are_done, 60)
    assert registry.docket("get", "2").stdout == letter
    accounts = registry.rows("audit")
    assert not [account for account in accounts if account["wrong"]]
