# SPDX-License-Identifier: Apache-2.0
"""life.py - one docketd of a crash test, and what its events say

A registry here lives several lives: each is a docketd that is started, followed
by its own events over the control socket, and ends by itself, by the shim or by
SIGTERM. Nothing sleeps for luck: what is waited for is an event, the end of a
process or an empty folder, each with a deadline.
"""

import contextlib
import ctypes
import mmap
import os
import pathlib
import select
import shutil
import socket
import struct
import subprocess
import tempfile
import time

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
SHIM = BUILD / "tests" / "crash" / "libdocket_crash.so"
PLUGINS = ("parser_answer", "parser_parcel", "indexer_list")
NOBODY = 65534
AS_NOBODY = (
    {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    if os.geteuid() == 0
    else {}
)

LIBC = ctypes.CDLL(None)

WAYS = ("kill", "EIO", "ENOSPC", "EMFILE")  # as the shim numbers them

HEADER = struct.Struct("=IHH")  # lib/frame.h
MESSAGE_GET, MESSAGE_EVENTS = 164, 167  # lib/message.h
MESSAGE_EVENT, MESSAGE_CONTENT, MESSAGE_END = 195, 196, 198
EVENT_HEAD = struct.Struct("=IIQIqQQ32s")  # lib/event.c, before the strings
EVENT_TYPES = {
    1: "received",
    2: "parsed",
    3: "indexed",
    5: "duplicate",
    6: "quarantined",
    11: "crashed",
    14: "started",
    17: "related",
}
SETTLED = ("parsed", "duplicate", "quarantined")

CONFIG = """\
[daemon]
plugins = {plugins}
readers = 1
attempts = 20
rescan = {rescan}

[inbox letters]
path = {inbox}
quiet = 10ms
found_quiet = 50ms
"""


@contextlib.contextmanager
def filing_as_nobody():
    """What this thread makes meanwhile is nobody's from the first moment."""
    if AS_NOBODY:
        LIBC.setfsgid(NOBODY)
        LIBC.setfsuid(NOBODY)
    try:
        yield
    finally:
        if AS_NOBODY:
            LIBC.setfsuid(0)
            LIBC.setfsgid(0)


class Page(ctypes.Structure):
    """What the shim shares with us: tests/crash/docket_crash.c."""

    _fields_ = [
        ("counts", ctypes.c_uint64 * len(WAYS)),
        ("hit", ctypes.c_uint64),
        ("name", ctypes.c_char * 16),
    ]


class Plan:
    """What is to go wrong: a way ("kill", "EIO" ...) at call k, and how often.

    once; for ever; or once, and the next life is killed while it recovers.
    """

    def __init__(self, way, at=0, often="once"):
        self.way = way
        self.at = at
        self.often = often

    def __str__(self):
        return f"{self.way} at {self.at}, {self.often}"

    def environment(self, page):
        return {
            "LD_PRELOAD": str(SHIM),
            "DOCKET_CRASH": self.way,
            "DOCKET_CRASH_AT": str(self.at),
            "DOCKET_CRASH_EVER": "yes" if self.often == "ever" else "",
            "DOCKET_CRASH_PAGE": str(page),
        }


class Event:
    def __init__(self, data):
        fields = EVENT_HEAD.unpack_from(data)
        self.number, kind, self.arrival = fields[2], fields[3], fields[5]
        self.type = EVENT_TYPES.get(kind, str(kind))
        self.id = "sha256:" + fields[7].hex()
        at = EVENT_HEAD.size
        strings = []
        for _ in range(2):
            size = struct.unpack_from("=I", data, at)[0]
            strings.append(data[at + 4 : at + 4 + size])
            at += 4 + size
        self.name = strings[1].decode("utf-8", "surrogateescape")


class Talk:
    """A connection to docketd's control socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        try:
            self.socket.connect(str(path))
        except OSError:
            self.socket.close()
            raise
        self.buffer = b""
        self.fds = []

    def ask(self, kind, payload):
        self.socket.sendall(HEADER.pack(len(payload), kind, 0) + payload)

    def take(self):
        """A frame that is here as (type, payload), or None."""
        if len(self.buffer) < HEADER.size:
            return None
        size, kind, _ = HEADER.unpack_from(self.buffer)
        end = HEADER.size + size
        if len(self.buffer) < end:
            return None
        payload, self.buffer = self.buffer[HEADER.size : end], self.buffer[end:]
        return kind, payload

    def fill(self, seconds):
        """False: nothing came. Raises EOFError when docketd is gone."""
        if not select.select([self.socket], [], [], seconds)[0]:
            return False
        data, fds, _, _ = socket.recv_fds(self.socket, 1 << 18, 8)
        self.fds += fds
        if not data:
            raise EOFError
        self.buffer += data
        return True

    def close(self):
        self.socket.close()
        for fd in self.fds:
            os.close(fd)


def read_all(fd):
    """From the start, wherever its reader before us left it."""
    os.lseek(fd, 0, os.SEEK_SET)
    with os.fdopen(fd, "rb") as file:
        return file.read()


class Registry:
    """The folders of a registry, and its docketd."""

    def __init__(self, rescan="300ms"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dc-"))
        self.state = self.folder / "state"
        self.inbox = self.folder / "inbox"
        self.outside = self.folder / "outside"
        self.control = self.state / "run" / "control.sock"
        plugins = self.folder / "plugins"
        for place in (self.state, self.inbox, self.outside, plugins):
            place.mkdir()
        for name in PLUGINS:
            plugin = BUILD / "tests" / "plugins" / f"{name}.so"
            (plugins / plugin.name).symlink_to(plugin)
        self.config = self.folder / "docket.conf"
        self.config.write_text(
            CONFIG.format(plugins=plugins, inbox=self.inbox, rescan=rescan),
            encoding="utf-8",
        )
        self.page = self.folder / "page"
        self.page.write_bytes(bytes(ctypes.sizeof(Page)))
        self.log = self.folder / "log"
        for place in (self.folder, self.state, self.inbox, self.outside):
            self.give(place)
        self.give(self.page)
        self.process = None
        self.talk = None
        self.events = []

    @staticmethod
    def give(path):
        if AS_NOBODY:
            os.chown(path, NOBODY, NOBODY)

    # ---- a life ----

    def start(self, plan=None):
        environment = dict(os.environ)
        if plan:
            self.page.write_bytes(bytes(ctypes.sizeof(Page)))
            environment |= plan.environment(self.page)
        self.events = []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [BUILD / "bin" / "docketd", "--state", self.state]
                + ["--config", self.config],
                stdin=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
                env=environment,
                start_new_session=True,
                **AS_NOBODY,
            )

    def look_at_page(self):
        """Calls by way, and the name of the one that was hit, or ""."""
        with self.page.open("rb") as file:
            page = Page.from_buffer_copy(
                mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
            )
        counts = dict(zip(WAYS, page.counts))
        return counts, page.name.decode() if page.hit else ""

    def has_ended(self):
        return self.process.poll() is not None

    def children(self):
        """Those that live, by what they are."""
        found = {}
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task")
        for task in tasks.glob("*/children"):
            try:
                for child in task.read_text().split():
                    comm = pathlib.Path(f"/proc/{child}/comm").read_text()
                    if comm.startswith("docket-"):
                        found[int(child)] = comm.strip()
            except OSError:
                pass  # gone meanwhile
        return found

    def hear(self, seconds):
        """Events that come within so long; False: docketd is gone."""
        try:
            if self.talk is None:
                self.talk = Talk(self.control)
                self.talk.ask(MESSAGE_EVENTS, struct.pack("=QII", 0, 1, 0))
            self.talk.fill(seconds)
        except (OSError, EOFError):
            self.hang_up()
            if not self.has_ended():
                time.sleep(0.002)  # it is not listening yet, or ending
            return not self.has_ended()
        while frame := self.talk.take():
            kind, payload = frame
            if kind == MESSAGE_EVENT:
                event = Event(payload)
                if not self.events or event.number > self.events[-1].number:
                    self.events.append(event)
        return True

    def hang_up(self):
        if self.talk:
            self.talk.close()
        self.talk = None

    def follow(self, is_settled, patience, within=60.0):
        """Until is_settled(), the end, or nothing new for so long.

        Returns "settled", "ended" or "waits".
        """
        deadline = time.monotonic() + within
        heard, last = 0, time.monotonic()
        while self.hear(0.05):
            if is_settled():
                return "settled"
            now = time.monotonic()
            if len(self.events) != heard:
                heard, last = len(self.events), now
            if now - last > patience or now > deadline:
                return "waits"
        return "ended"

    def has_started(self):
        return any(event.type == "started" for event in self.events)

    def stop(self, within=20.0):
        """Ask it to end; how it ended: its exit code, or "hangs"."""
        self.hang_up()
        if not self.has_ended():
            self.process.terminate()
        try:
            return self.process.wait(timeout=within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return "hangs"

    def kill(self):
        self.hang_up()
        self.process.kill()
        self.process.wait()

    def get(self, number):
        """The original bytes of an arrival, as docket get has them."""
        talk = Talk(self.control)
        talk.ask(MESSAGE_GET, struct.pack("=Q32s", number, bytes(32)))
        try:
            while True:
                frame = talk.take()
                if frame is None:
                    assert talk.fill(20), "docketd does not answer"
                    continue
                kind, payload = frame
                if kind == MESSAGE_END:
                    return None
                at = 4 + struct.unpack_from("=I", payload)[0] + 8
                if talk.fds:
                    return read_all(talk.fds.pop())
                return payload[at + 4 :]
        finally:
            talk.close()

    def docket(self, *arguments):
        command = [BUILD / "bin" / "docket", "--state", self.state, *arguments]
        return subprocess.run(
            command,
            capture_output=True,
            check=True,
            cwd="/",
            timeout=60,
            **AS_NOBODY,
        ).stdout

    def left_behind(self):
        return sorted(
            str(path.relative_to(self.inbox))
            for path in self.inbox.rglob("*")
            if not path.is_dir()
        )

    def close(self):
        if self.process:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
