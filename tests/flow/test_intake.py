# SPDX-License-Identifier: Apache-2.0
"""Whatever way a file comes into an inbox, and whoever still has it open."""

import collections
import contextlib
import json
import os
import shutil
import signal
import subprocess
import time

import pytest

from registry import BUILD, IS_ROOT, NOBODY, as_nobody, digest_of

# The full number of files takes minutes: DOCKET_FLOOD=20000.
FLOOD = int(os.environ.get("DOCKET_FLOOD", "2000"))
QUICK = "quiet = 200ms\nfound_quiet = 400ms"
OWN_DESCRIPTORS = "/proc/self/fd"


@contextlib.contextmanager
def writer_of(path):
    """Another process of docketd's user that has the file open for writing.

    The caller gets a function that has it write.
    """
    program = ("import sys\n"
               "file = open(sys.argv[1], 'ab', buffering=0)\n"
               "print(flush=True)\n"
               "for line in sys.stdin:\n"
               "    file.write(line.encode()); print(flush=True)\n")
    writer = subprocess.Popen(
        as_nobody(["/usr/bin/python3", "-c", program, path]),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    writer.stdout.readline()

    def write(text):
        writer.stdin.write(text + "\n")
        writer.stdin.flush()
        writer.stdout.readline()

    try:
        yield write
    finally:
        writer.stdin.close()
        writer.stdout.close()
        writer.wait()


def meanwhile(registry, bus, name):
    """Another document goes all the way: docketd had its chance."""
    registry.move_in(name, b"meanwhile " + name.encode())
    bus.wait("document.indexed", name=name)


def rows_of(registry, name):
    return [row for row in registry.rows("list") if row["name"] == name]


# ---- ways to deliver ----


def rename_in(registry, name, data):
    registry.move_in(name, data)


def write_in(registry, name, data):
    registry.write_in(name, data)


def link_in(registry, name, data):
    path = registry.prepare(name, data)
    os.link(path, registry.inbox / name)
    path.unlink()


def link_and_keep(registry, name, data):
    os.link(registry.prepare(name, data), registry.inbox / name)


def tmpfile_in(registry, name, data):
    fd = os.open(registry.inbox, os.O_TMPFILE | os.O_WRONLY, 0o644)
    descriptors = os.open(OWN_DESCRIPTORS, os.O_RDONLY)
    try:
        if IS_ROOT:
            os.fchown(fd, NOBODY, NOBODY)
        os.write(fd, data)
        os.link(str(fd), registry.inbox / name, src_dir_fd=descriptors,
                follow_symlinks=True)
    finally:
        os.close(descriptors)
        os.close(fd)


@pytest.mark.parametrize("deliver", [rename_in, write_in, link_in,
                                     link_and_keep, tmpfile_in])
def test_it_comes_in_once_whichever_way(make_registry, deliver):
    registry = make_registry(inbox="quiet = 200ms").start()
    bus = registry.subscribe()
    deliver(registry, "letter.txt", b"it came somehow")
    bus.wait("document.indexed", name="letter.txt")
    row, = registry.rows("list")
    assert row["state"] == "done"
    registry.wait_left()
    if deliver is link_and_keep:
        assert (registry.outside / "letter.txt").exists()


# ---- nobody's half of a document is done ----


def test_a_slow_writer_that_pauses_is_waited_for(make_registry):
    registry = make_registry(inbox=QUICK).start()
    bus = registry.subscribe()
    registry.write_in("slow.txt", b"")
    with writer_of(registry.inbox / "slow.txt") as write:
        for number in range(3):
            write(f"part {number}")
            meanwhile(registry, bus, f"{number}.txt")
            time_passes(registry, bus)
    bus.wait("document.indexed", name="slow.txt")
    row, = rows_of(registry, "slow.txt")
    got = registry.docket("get", str(row["arrival"])).stdout
    assert got == b"part 0\npart 1\npart 2\n"


def time_passes(registry, bus):
    """More than it takes for a file that was let go."""
    name = f"clock-{time.monotonic_ns()}.txt"
    registry.write_in(name, name.encode())
    bus.wait("document.indexed", name=name)


def test_a_scanner_that_opens_and_closes_it_sees_one_document(make_registry):
    registry = make_registry(inbox="quiet = 1s").start()
    bus = registry.subscribe()
    path = registry.inbox / "scanned.txt"
    registry.write_in("scanned.txt", b"")
    for number in range(20):
        with path.open("ab") as file:
            file.write(b"%d " % number)
        meanwhile(registry, bus, f"{number}.txt")
    bus.wait("document.indexed", name="scanned.txt")
    row, = rows_of(registry, "scanned.txt")
    assert registry.docket("get", str(row["arrival"])).stdout == b"".join(
        b"%d " % number for number in range(20))


def test_a_writer_that_never_closes_is_never_taken(make_registry):
    registry = make_registry(config="rescan = 100ms", inbox=QUICK).start()
    bus = registry.subscribe()
    registry.write_in("open.txt", b"")
    with writer_of(registry.inbox / "open.txt") as write:
        write("half")
        for number in range(3):
            time_passes(registry, bus)
        assert rows_of(registry, "open.txt") == []
        registry.wait_left("open.txt")
    bus.wait("document.indexed", name="open.txt")


def test_an_append_after_the_close_is_in_the_document(make_registry):
    registry = make_registry(inbox="quiet = 1s").start()
    bus = registry.subscribe()
    registry.write_in("letter.txt", b"first")
    with writer_of(registry.inbox / "letter.txt") as write:
        meanwhile(registry, bus, "other.txt")
        write(", then more")
    bus.wait("document.indexed", name="letter.txt")
    row, = rows_of(registry, "letter.txt")
    assert registry.docket("get", str(row["arrival"])).stdout == (
        b"first, then more\n")


def test_what_is_written_after_the_copy_supersedes_it(make_registry):
    """Nothing of either is lost, whenever in between the writer writes."""
    registry = make_registry(inbox=QUICK).start()
    bus = registry.subscribe()
    for number in range(20):
        name = f"{number}.txt"
        path = registry.prepare(name, b"%d first" % number)
        with path.open("ab", buffering=0) as file:
            path.rename(registry.inbox / name)
            file.write(b", then more")
        bus.wait("document.received", name=name)
    whole = {f"{n}.txt": digest_of(b"%d first, then more" % n)
             for n in range(20)}
    for name, digest in whole.items():
        deadline = time.monotonic() + 20
        while True:
            done = [event for event in bus.heard
                    if event["type"] == "document.indexed"
                    and event["data"]["name"] == name]
            if done and done[-1]["subject"] == digest:
                break
            assert bus.hear(deadline), (name, rows_of(registry, name))
    states = {row["state"] for row in registry.rows("list", "--limit", "0")}
    assert states <= {"done", "superseded"}


# ---- what inotify does not tell ----


def hear_all(bus, kind, names, within):
    """Each name exactly once, in whatever order."""
    deadline = time.monotonic() + within
    heard = collections.Counter()
    seen = 0
    while len(heard) < len(names):
        assert bus.hear(deadline), f"{len(heard)} of {len(names)}"
        heard.update(event["data"]["name"] for event in bus.heard[seen:]
                     if event["type"] == kind)
        seen = len(bus.heard)
    assert heard == collections.Counter(names)


def test_files_that_came_while_docketd_stood_still_are_taken(make_registry):
    registry = make_registry(inbox=QUICK).start()
    registry.expect_log("too many files at once for inotify")
    bus = registry.subscribe()
    names = [f"{number}.txt" for number in range(FLOOD)]
    for name in names:
        registry.prepare(name, name.encode())
    os.kill(registry.process.pid, signal.SIGSTOP)
    try:
        for name in names:
            (registry.outside / name).rename(registry.inbox / name)
    finally:
        os.kill(registry.process.pid, signal.SIGCONT)
    hear_all(bus, "document.parsed", names, 60 + FLOOD / 20)
    states = [row["state"] for row in registry.rows("list", "--limit", "0")]
    assert states.count("done") == FLOOD
    assert set(states) <= {"done", "vanished"}
    assert states.count("vanished") == 0


def test_without_inotify_everything_is_found_by_looking(make_registry):
    registry = make_registry(inbox=QUICK + "\nnotify = no\npoll = 300ms")
    registry.start()
    bus = registry.subscribe()
    began = time.monotonic()
    for number in range(100):
        registry.move_in(f"{number}.txt", b"%d" % number)
    for number in range(100):
        bus.wait("document.parsed", name=f"{number}.txt")
    assert time.monotonic() - began < 5
    status = registry.docket("status").stdout.decode()
    assert "polled" in status


# ---- folders ----


# In a user namespace of its own docketd's user may have no inotify at all.
WITHOUT_INOTIFY = ("unshare", "--user", "--map-root-user", "sh", "-c",
                   "echo 0 >/proc/sys/user/max_inotify_instances && "
                   'exec "$@"', "sh")


@pytest.fixture
def own_plugins(tmp_path):
    """Root's files belong to a stranger in a user namespace."""
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o055)
    for plugin in (BUILD / "plugins").glob("*.so"):
        give(shutil.copy(plugin, tmp_path))
    give(tmp_path)
    return tmp_path


def test_where_inotify_is_exhausted_everything_is_found(make_registry,
                                                        own_plugins):
    if subprocess.run(as_nobody([*WITHOUT_INOTIFY, "true"]),
                      check=False, capture_output=True).returncode != 0:
        pytest.skip("no user namespaces here")
    registry = make_registry(inbox=QUICK + "\npoll = 500ms",
                             plugins=own_plugins, wrapper=WITHOUT_INOTIFY)
    registry.expect_log(r"cannot be watched \(Too many open files\)")
    registry.start()
    names = {f"{number}.txt" for number in range(300)}
    bus = registry.subscribe()
    for name in sorted(names):
        registry.move_in(name, name.encode())
    began = time.monotonic()
    hear_all(bus, "document.parsed", names, within=20)
    if time.monotonic() - began > 0.5 + 0.4 + 5:
        pytest.fail("it took longer than poll, quiet and reading")
    status = json.loads(registry.docket("status", "--json").stdout)
    assert status["inbox"]["letters"]["state"] == "polled"


def test_a_folder_is_left_alone_and_named(make_registry):
    registry = make_registry(config="rescan = 100ms", inbox=QUICK).start()
    bus = registry.subscribe()
    (registry.inbox / "a folder").mkdir()
    (registry.inbox / "a folder" / "in it.txt").write_bytes(b"left alone")
    meanwhile(registry, bus, "letter.txt")
    time_passes(registry, bus)
    status = registry.docket("status").stdout.decode()
    assert "1 left alone (a folder): recursive = yes" in status
    registry.wait_left("a folder/in it.txt")


def give(path):
    if IS_ROOT:
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", path], check=True)


def test_files_in_folders_are_taken_by_their_paths(make_registry):
    registry = make_registry(inbox=QUICK + "\nrecursive = yes").start()
    bus = registry.subscribe()
    tree = registry.outside / "tree"
    (tree / "a" / "b").mkdir(parents=True)
    for path in ("top.txt", "a/100%.txt", "a/b/deep.txt"):
        (tree / path).write_bytes(path.encode())
    give(tree)
    tree.rename(registry.inbox / "tree")
    for path in ("top.txt", "a/100%.txt", "a/b/deep.txt"):
        bus.wait("document.indexed", name=f"tree/{path}")
    # It is watched by now, and under whatever name.
    (registry.inbox / "tree" / "a").rename(registry.inbox / "moved")
    for name in ("late.txt", "later.txt"):
        registry.prepare(name, name.encode()).rename(
            registry.inbox / "moved" / "b" / name)
        bus.wait("document.indexed", name=f"moved/b/{name}")
    registry.wait_left()
    assert (registry.inbox / "moved" / "b").is_dir()
    assert len(registry.rows("list")) == 5


def test_a_path_in_the_spool_is_known_after_a_kill(make_registry):
    registry = make_registry(inbox=QUICK + "\nrecursive = yes").start()
    registry.stop()
    lane = registry.inbox / ".docket" / "64"
    lane.mkdir()
    (lane / "a%2F100%25.txt").write_bytes(b"left by a crash")
    give(lane)
    registry.start()
    bus = registry.subscribe()
    deadline = time.monotonic() + 10
    while not rows_of(registry, "a/100%.txt"):
        assert time.monotonic() < deadline and bus.hear_tick()
    assert registry.rows("list")[0]["state"] in ("done", "reading", "queued")


def make_deep(registry, depth, width):
    """A path too long for a name, if not for a path."""
    folder = registry.inbox
    for number in range(depth):
        folder /= f"{number}" * width
        folder.mkdir()
        give(folder)
    return folder


def test_a_path_that_is_too_long_for_the_spool_is_taken(make_registry):
    registry = make_registry(config="rescan = 100ms",
                             inbox=QUICK + "\nrecursive = yes").start()
    bus = registry.subscribe()
    folder = make_deep(registry, 4, 100)
    for number in range(2):
        path = registry.prepare(f"{number}.txt", b"deep down %d" % number)
        path.rename(folder / path.name)
        name = str((folder / path.name).relative_to(registry.inbox))
        assert len(name) > 400
        bus.wait("document.indexed", name=name)
    registry.wait_left()


def test_a_path_that_was_cut_is_not_taken_twice_after_a_kill(make_registry):
    registry = make_registry(config="rescan = 100ms",
                             inbox=QUICK + "\nrecursive = yes").start()
    registry.expect_log("arrivals from before", "is looked through")
    folder = make_deep(registry, 4, 100)
    for number in range(30):
        path = registry.prepare(f"{number}.txt", b"deep down %d" % number)
        path.rename(folder / path.name)
        if number % 5 == 4:
            registry.kill()
            registry.start()
    bus = registry.subscribe()
    deadline = time.monotonic() + 20
    while registry.left_behind():
        assert time.monotonic() < deadline and bus.hear_tick()
    names = collections.Counter(
        row["id"] for row in registry.rows("list", "--limit", "0"))
    assert names == {digest_of(b"deep down %d" % n): 1 for n in range(30)}


# ---- whose files ----


def test_files_of_others_are_set_aside(make_registry):
    if not IS_ROOT:
        pytest.skip("only root can give files away")
    registry = make_registry(inbox="owners = nobody 4711").start()
    registry.expect_log("is quarantined: owner")
    bus = registry.subscribe()
    registry.move_in("mine.txt", b"by nobody")
    path = registry.prepare("root.txt", b"by root")
    os.chown(path, 0, 0)
    path.rename(registry.inbox / "root.txt")
    bus.wait("document.indexed", name="mine.txt")
    event = bus.wait("document.quarantined", name="root.txt")
    assert event["data"]["reason"] == "owner"


def test_a_name_that_is_too_long_is_refused_with_a_sentence(registry):
    path = registry.prepare("letter.txt", b"words")
    done = registry.docket("add", "--name", "x" * 256, str(path), check=False)
    assert done.returncode == 64
    assert b"255 bytes" in done.stderr


# ---- inboxes that come and go ----


def test_an_inbox_that_is_replaced_goes_on_as_the_new_one(make_registry):
    registry = make_registry(config="rescan = 100ms", inbox=QUICK).start()
    registry.expect_log("was moved, removed or unmounted", "is there again")
    bus = registry.subscribe()
    meanwhile(registry, bus, "before.txt")
    old = registry.folder / "old"
    registry.inbox.rename(old)
    registry.inbox.mkdir()
    lane = registry.inbox / ".docket" / "0"
    lane.mkdir(parents=True)
    (lane / "left.txt").write_bytes(b"left in the spool of the new one")
    give(registry.inbox)
    registry.wait_log("is there again")
    bus.wait("document.indexed", name="left.txt")
    meanwhile(registry, bus, "after.txt")
    registry.wait_left()


def test_an_inbox_that_comes_back_goes_on_where_it_was(make_registry):
    registry = make_registry(config="rescan = 100ms", inbox=QUICK).start()
    registry.expect_log("was moved, removed or unmounted", "is there again")
    bus = registry.subscribe()
    for number in range(200):
        registry.move_in(f"{number}.txt", b"%d" % number)
    away = registry.folder / "away"
    registry.inbox.rename(away)
    registry.wait_log("was moved, removed")
    away.rename(registry.inbox)
    registry.wait_log("is there again")
    for number in range(200):
        bus.wait("document.parsed", name=f"{number}.txt")
    registry.wait_left()
    states = {row["state"] for row in registry.rows("list", "--limit", "0")}
    assert states == {"done"}


@pytest.fixture
def mounted(make_registry):
    """A registry whose inbox is a mount of its folder "disk"; mount()."""
    if not IS_ROOT:
        pytest.skip("only root can mount")
    registry = make_registry(config="rescan = 200ms", inbox=QUICK)
    disk = registry.folder / "disk"
    disk.mkdir()
    give(disk)
    os.chown(registry.inbox, 0, 0)
    registry.inbox.chmod(0o755)

    def mount():
        subprocess.run(["mount", "--bind", disk, registry.inbox], check=True)

    try:
        mount()
    except subprocess.CalledProcessError:
        pytest.skip("nothing can be mounted here")
    try:
        yield registry, disk, mount
    finally:
        subprocess.run(["umount", "--lazy", registry.inbox], check=False,
                       capture_output=True)


def move_in_on(folder, name, data):
    """No rename leaves its mount."""
    path = folder / f".{name}"
    path.write_bytes(data)
    give(path)
    path.rename(folder / name)


def test_an_inbox_that_is_unmounted_is_found_again(mounted):
    registry, disk, mount = mounted
    registry.expect_log("was moved, removed or unmounted", "is there again")
    registry.start()
    bus = registry.subscribe()
    for number in range(100):
        move_in_on(registry.inbox, f"{number}.txt", b"before %d" % number)
    subprocess.run(["umount", "--lazy", registry.inbox], check=True)
    registry.wait_log("was moved, removed or unmounted")
    status = json.loads(registry.docket("status", "--json").stdout)
    assert status["inbox"]["letters"]["state"] == "missing"
    move_in_on(disk, "away.txt", b"while it was away")
    mount()
    registry.wait_log("is there again")
    move_in_on(registry.inbox, "after.txt", b"after it came back")
    names = {"away.txt", "after.txt", *(f"{n}.txt" for n in range(100))}
    hear_all(bus, "document.parsed", names, within=20)
    registry.wait_left()
    assert len(registry.rows("list", "--limit", "0")) == len(names)


# ---- mv ----


def test_mv_of_several_files_has_nothing_to_complain_of(make_registry):
    registry = make_registry(inbox=QUICK).start()
    bus = registry.subscribe()
    complaints = 0
    for run in range(20):
        paths = [registry.prepare(f"{run}-{n}.txt", b"%d %d" % (run, n))
                 for n in range(10)]
        complaints += len(subprocess.run(
            ["mv", *paths, registry.inbox], capture_output=True,
            check=False).stderr.splitlines())
    for run in range(20):
        for number in range(10):
            bus.wait("document.parsed", name=f"{run}-{number}.txt")
    # Of 200; nobody can promise none on a machine that is busy.
    assert complaints < 20
