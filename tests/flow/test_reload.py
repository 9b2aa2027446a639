# SPDX-License-Identifier: Apache-2.0
"""A new configuration is taken up whole, or not at all."""

import os
import shutil
import signal

import pytest

from registry import BUILD, IS_ROOT, NOBODY, digest_of
from test_kill import wait_until_settled

BROKEN = {
    "unknown option": ("readerz = 2", "unknown option"),
    "out of range": ("readers = 1000", "readers"),
    "plugin option": ("[plugin text]\nnosuch = 1", "no option"),
    "unknown plugin": ("[plugin nobody]\nx = 1", "no plugin"),
    "bad bus": ("[bus bus]\naddress = tcp://*:1", "ipc://"),
}


@pytest.fixture
def registry(make_registry):
    made = make_registry()
    made.expect_log("reload: ", "is taken up again")
    return made.start()


def rewrite(registry, addition, base):
    """Add lines: options go into [daemon], sections to the end."""
    text = base
    if addition.startswith("["):
        text += f"\n{addition}\n"
    else:
        text = text.replace("[daemon]\n", f"[daemon]\n{addition}\n")
    registry.config.write_text(text, encoding="utf-8")


def drop(registry, bus, name):
    data = f"A letter called {name}.\n".encode()
    registry.move_in(name, data)
    event = bus.wait("document.indexed", name=name)
    assert event["subject"] == digest_of(data)


def test_a_good_one_is_in_force_when_the_command_ends(registry):
    bus = registry.subscribe()
    drop(registry, bus, "before.txt")
    pid = registry.process.pid
    stream = bus.hear_tick()["stream"]
    second = registry.folder / "second"
    second.mkdir()
    second.chmod(0o755)
    if IS_ROOT:
        os.chown(second, NOBODY, NOBODY)
    rewrite(registry, f"[inbox second]\npath = {second}\nquiet = 100ms",
            registry.config.read_text(encoding="utf-8"))
    registry.docket("reload")
    assert registry.process.pid == pid and registry.process.poll() is None
    status = registry.rows("status")[0]
    assert status["inbox"]["second"]["path"] == str(second)
    assert status["daemon"]["pid"] == pid
    bus = registry.subscribe()
    assert bus.hear_tick()["stream"] == stream
    drop(registry, registry.subscribe(), "after.txt")
    (second / "letter.txt").write_bytes(b"In the second inbox.\n")
    assert bus.wait("document.indexed",
                    name="letter.txt")["data"]["inbox"] == "second"
    types = [event["type"] for event in registry.rows("events")]
    assert types.count("daemon.started") == 1
    assert types.count("daemon.reloaded") == 1
    assert "daemon.stopping" not in types


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_bad_one_changes_nothing(registry, name):
    addition, sentence = BROKEN[name]
    good = registry.config.read_text(encoding="utf-8")
    bus = registry.subscribe()
    children = registry.children()
    rewrite(registry, addition, good)
    done = registry.docket("reload", check=False)
    complaint = done.stderr.decode()
    assert done.returncode == 78, complaint
    assert sentence in complaint
    assert registry.children() == children
    drop(registry, registry.subscribe(), "after.txt")


def test_one_that_cannot_be_opened_is_undone(registry):
    good = registry.config.read_text(encoding="utf-8")
    rewrite(registry, "[inbox gone]\npath = /nowhere/at/all", good)
    done = registry.docket("reload", check=False)
    assert done.returncode == 78
    assert "/nowhere/at/all" in done.stderr.decode()
    bus = registry.subscribe()
    drop(registry, registry.subscribe(), "after.txt")
    # And the next good one is read from where it was.
    rewrite(registry, "readers = 3", good)
    before = len(registry.children())
    registry.docket("reload")
    assert len(registry.children()) == before + 1


def test_a_storm_of_reloads_and_drops_loses_nothing(make_registry):
    registry = make_registry(inbox="found_quiet = 200ms").start()
    registry.expect_log("reload: ")
    names = [f"letter-{i}.txt" for i in range(60)]
    for i, name in enumerate(names):
        registry.move_in(name, f"Letter number {i}.\n".encode())
        if i % 6 == 0:
            os.kill(registry.process.pid, signal.SIGHUP)
    registry.expect_log("arrivals from before are queued again")
    registry.docket("reload", check=False)
    registry.stop()
    registry.start()
    rows = wait_until_settled(registry, len(names))
    assert sorted(row["name"] for row in rows) == sorted(names)
    assert {row["state"] for row in rows} == {"done"}


def test_a_docketd_that_was_replaced_goes_over_to_the_new_one(make_registry):
    registry = make_registry()
    tree = registry.folder / "tree"
    for folder in (tree, tree / "bin"):
        folder.mkdir()
        folder.chmod(0o755)
    for name in ("bin/docket-worker", "bin/docket-bus", "plugins", "share"):
        (tree / name).symlink_to(BUILD / name)
    program, new = tree / "bin" / "docketd", tree / "bin" / "new"
    shutil.copy(BUILD / "bin" / "docketd", program)
    registry.wrapper = ["sh", "-c", f'shift; exec {program} "$@"', "sh"]
    registry.start()
    shutil.copy(program, new)
    new.rename(program)
    registry.docket("reload")
    assert os.readlink(f"/proc/{registry.process.pid}/exe") == str(program)
    drop(registry, registry.subscribe(), "after.txt")
    # There is none at all for a moment: the old one goes on.
    program.unlink()
    registry.docket("reload")
    drop(registry, registry.subscribe(), "later.txt")
