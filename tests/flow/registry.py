# SPDX-License-Identifier: Apache-2.0
"""A docketd of a test: its folder, its inbox, its log, its bus.

docketd runs unprivileged (root reads everything, which hides faults). Nothing
here sleeps: what a test waits for is a line of the log or an event of the bus,
with a deadline.
"""

import hashlib
import json
import os
import pathlib
import queue
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

import zmq

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"
SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared"
NOBODY = 65534
IS_ROOT = os.geteuid() == 0

# Lines that any docketd may log; a test names the others it expects.
ORDINARY = [
    r"docketd: (ready|stopping)$",
    # LeakSanitizer, of a thread that ends while it looks.
    r"^==\d+==Unable to get registers from thread",
]


def as_nobody(command, capability=None):
    """With one capability it is as the unit starts docketd; for root only."""
    if not IS_ROOT:
        return [str(word) for word in command]
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}",
            "--clear-groups", "--inh-caps=-all"]
    if capability:
        drop[-1] += f",+{capability}"
        drop.append(f"--ambient-caps=-all,+{capability}")
    return drop + [str(word) for word in command]


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Subscriber:
    """A pyzmq SUB on a docketd's bus."""

    def __init__(self, address, topic=b""):
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.SUB)
        self.socket.setsockopt(zmq.RCVHWM, 0)
        self.socket.subscribe(topic)
        self.socket.connect(address)
        self.heard = []
        self.hear_tick()

    def hear(self, deadline):
        """The next message as (topic, JSON), or None after the deadline."""
        left = max(0, deadline - time.monotonic())
        if not self.socket.poll(left * 1000):
            return None
        topic, body = self.socket.recv_multipart()
        message = json.loads(body)
        if topic != b"bus.tick":
            self.heard.append(message)
        return topic.decode(), message

    def hear_tick(self):
        """A tick shows that the subscription has arrived."""
        self.socket.subscribe(b"bus.tick")
        deadline = time.monotonic() + 10
        while True:
            heard = self.hear(deadline)
            assert heard, "no tick within ten seconds"
            if heard[0] == "bus.tick":
                return heard[1]

    def wait(self, kind, within=10.0, **data):
        """The first event of that type and data, heard already or to come."""
        deadline = time.monotonic() + within
        seen = 0
        while True:
            for event in self.heard[seen:]:
                if event["type"] == kind and all(
                        event["data"].get(k) == v for k, v in data.items()):
                    return event
            seen = len(self.heard)
            if self.hear(deadline) is None:
                types = [(e["type"], e["data"].get("name"))
                         for e in self.heard]
                raise AssertionError(f"no {kind} {data} in {within} s: "
                                     f"{types[-20:]}")

    def close(self):
        self.socket.close(0)
        self.context.term()


class Registry:
    """A docketd in a folder of its own."""

    def __init__(self, config="", plugins=None, inbox="", arguments=(),
                 place=None, wrapper=(), capability=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dk-", dir=place))
        self.state = self.folder / "state"
        self.inbox = self.folder / "inbox"
        self.outside = self.folder / "outside"
        self.control = self.state
        self.inbox.mkdir()
        self.outside.mkdir()
        self.folder.chmod(0o777)
        self.inbox.chmod(0o755)
        if IS_ROOT:
            os.chown(self.inbox, NOBODY, NOBODY)
        self.config = self.folder / "docket.conf"
        self.plugins = plugins
        folder = f"plugins = {plugins}\n" if plugins else ""
        self.config.write_text(
            f"[daemon]\n{folder}{config}\n[inbox letters]\n"
            f"path = {self.inbox}\n{inbox}\n", encoding="utf-8")
        self.arguments = arguments
        self.wrapper = wrapper  # a command that executes docketd
        self.capability = capability
        self.process = None
        self.lines = []
        self.expected = list(ORDINARY)
        self.subscribers = []

    # ---- life ----

    def start(self, wait=True):
        command = [*self.wrapper, BUILD / "bin" / "docketd", "--state",
                   self.state, "--config", self.config, *self.arguments]
        self.process = subprocess.Popen(
            as_nobody(command, self.capability), stderr=subprocess.PIPE,
            text=True, encoding="utf-8", cwd="/", start_new_session=True)
        self.log = queue.Queue()
        self.reader = threading.Thread(target=self.read_log, daemon=True,
                                       args=(self.process.stderr, self.log))
        self.reader.start()
        if wait:
            self.wait_log(r"docketd: ready")
        return self

    def read_log(self, stream, log):
        for line in stream:
            line = line.rstrip("\n")
            self.lines.append(line)
            log.put(line)
        log.put(None)

    def wait_log(self, pattern, within=30.0):
        deadline = time.monotonic() + within
        while True:
            try:
                line = self.log.get(timeout=deadline - time.monotonic())
            except (queue.Empty, ValueError):
                raise AssertionError(
                    f"no log line {pattern!r} in {within} s; "
                    f"the last are {self.lines[-10:]}") from None
            assert line is not None, f"docketd ended: {self.lines[-10:]}"
            if re.search(pattern, line):
                return line

    def expect_log(self, *patterns):
        self.expected += patterns

    def stop(self):
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.reader.join(timeout=10)
        self.process = None
        return code

    def kill(self):
        """docketd's own pid, not its group: its children are orphans."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def close(self):
        try:
            for subscriber in self.subscribers:
                subscriber.close()
            code = self.stop()
            assert code == 0, f"docketd ended with {code}: {self.lines[-10:]}"
            self.check_log()
        finally:
            if self.process is not None:
                os.killpg(self.process.pid, signal.SIGKILL)
            shutil.rmtree(self.folder, ignore_errors=True)

    def check_log(self):
        surprising = [line for line in self.lines if not any(
            re.search(pattern, line) for pattern in self.expected)]
        assert not surprising, "\n".join(["unexpected log:"] + surprising)

    def children(self):
        """The living processes whose parent is docketd, by name."""
        listing = subprocess.run(
            ["ps", "-o", "pid=,comm=", "--ppid", str(self.process.pid)],
            capture_output=True, text=True, check=False).stdout
        return [(int(pid), name) for pid, name in
                (line.split(None, 1) for line in listing.splitlines())]

    # ---- the three users ----

    def docket(self, *arguments, check=True, **options):
        """The command, as the user that docketd runs as."""
        command = [BUILD / "bin" / "docket", "--state", self.state, *arguments]
        done = subprocess.run(as_nobody(command), capture_output=True,
                              check=False, cwd="/", timeout=60, **options)
        if check:
            assert done.returncode == 0, (arguments, done.returncode,
                                          done.stderr.decode())
        return done

    def rows(self, *arguments):
        """One JSON object a line."""
        out = self.docket(*arguments, "--json").stdout
        return [json.loads(line) for line in out.splitlines()]

    def subscribe(self, topic=b""):
        subscriber = Subscriber(f"ipc://{self.state}/run/bus", topic)
        self.subscribers.append(subscriber)
        return subscriber

    def prepare(self, name, data):
        path = self.outside / name
        path.write_bytes(data)
        path.chmod(0o644)
        if IS_ROOT:
            os.chown(path, NOBODY, NOBODY)
        return path

    def move_in(self, name, data):
        """A rename, as mv on one file system does it."""
        self.prepare(name, data).rename(self.inbox / name)

    def write_in(self, name, data):
        """Written in place, as cp does it."""
        with (self.inbox / name).open("wb") as file:
            if IS_ROOT:
                os.chown(file.fileno(), NOBODY, NOBODY)
            file.write(data)

    def left_behind(self):
        """Files still in the inbox or its spool."""
        return sorted(str(path.relative_to(self.inbox))
                      for path in self.inbox.rglob("*") if not path.is_dir())

    def wait_left(self, *expected, within=10.0):
        """Until these are left and no others.

        A spool is cleared a little later than its arrivals' events are heard.
        """
        deadline = time.monotonic() + within
        while (left := self.left_behind()) != sorted(expected):
            assert self.process and time.monotonic() < deadline, left
            self.docket("status")  # the beat: a round trip to docketd


def sample(name):
    return (SAMPLES / name).read_bytes()
