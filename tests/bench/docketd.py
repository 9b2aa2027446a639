# SPDX-License-Identifier: Apache-2.0
"""docketd.py - docketd with its defaults, heard on its bus, asked for words"""

import json
import os
import pathlib
import socket
import struct
import time

import zmq

from subject import STALL_SECONDS, Subject, Trouble, tree_bytes

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("DOCKET_BUILD", ROOT / "build/release"))
READY_SECONDS = 30

HEADER = struct.Struct("=IHH")  # lib/frame.h: size, type, flags
SEARCH, FINDING, END = 166, 197, 198  # lib/message.h
INDEXED = b"document.indexed/"
TICK = b"bus.tick"
ORDINARY = ["docketd: ready", "docketd: stopping"]  # lines of its log


class Subscriber:
    """Hears which documents are indexed and when; misses none.

    What was published before the connection stood, and what a burst cost, is
    fetched as docs/bus.md says.
    """

    def __init__(self, runtime):
        self.replay = f"ipc://{runtime}/replay"
        self.context = zmq.Context()
        self.live = self.context.socket(zmq.SUB)
        self.live.rcvhwm = 0
        self.live.reconnect_ivl = 5
        for topic in (INDEXED, TICK):
            self.live.subscribe(topic)
        self.live.connect(f"ipc://{runtime}/bus")
        self.indexed = {}  # name of the file: when that was heard
        self.fetched = 0  # of these, not heard live
        self.stream = None
        self.checked = 0  # what was fetched is complete up to this number
        self.is_quiet = False  # no event since the tick before

    def hear(self, seconds):
        """Take what comes first; False after so long without anything."""
        if not self.live.poll(max(0, seconds) * 1000):
            return False
        topic, body = self.live.recv_multipart()
        message = json.loads(body)
        number = int(message["sequence"])
        is_first = self.stream is None
        if topic == TICK:
            self.stream = message["stream"]
        else:
            self.stream = message["id"].rpartition(":")[0]
            self.indexed.setdefault(message["data"]["name"], time.monotonic())
        if is_first or (topic == TICK and self.is_quiet):
            self.catch_up(number)
        self.is_quiet = topic == TICK
        return True

    def catch_up(self, number):
        """With what went out live up to that number, and no further."""
        dealer = self.context.socket(zmq.DEALER)
        dealer.linger = 0
        dealer.connect(self.replay)
        while self.checked < number:
            dealer.send_multipart([
                b"docket.replay/1", self.stream.encode(),
                str(self.checked).encode(), b"1000", INDEXED])
            kind, *rest = self.take_answers(dealer, number)
            if kind != b"checked":
                raise Trouble(f"docket-bus answers {kind} {rest}")
            self.checked = min(number, int(rest[1]))
        dealer.close()

    def take_answers(self, dealer, number):
        """Take the events up to it; the frames that end the answer."""
        while dealer.poll(15_000):
            kind, *rest = dealer.recv_multipart()
            if kind != b"event":
                return kind, *rest
            event = json.loads(rest[1])
            name = event["data"]["name"]
            if int(event["sequence"]) <= number and name not in self.indexed:
                self.fetched += 1
                self.indexed[name] = time.monotonic()
        raise Trouble("docket-bus does not answer")

    def close(self):
        self.context.destroy(0)


def search(address, word):
    """How many documents a search finds, at most one."""
    query = word.encode()
    payload = struct.pack(f"=I{len(query)}sII", len(query), query, 0, 1)
    found = 0
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(address)
        asked.sendall(HEADER.pack(len(payload), SEARCH, 0) + payload)
        with asked.makefile("rb") as answer:
            while True:
                size, kind, _ = HEADER.unpack(answer.read(HEADER.size))
                payload = answer.read(size)
                if kind == END:
                    code, = struct.unpack_from("=I", payload)
                    if code:
                        raise Trouble(f"search ends with {code}: {payload}")
                    return found
                found += kind == FINDING


class Docketd(Subject):
    name = "docket"

    @classmethod
    def missing(cls):
        if (BUILD / "bin" / "docketd").exists():
            return None
        return f"there is no docketd in {BUILD}"

    def __init__(self, folder):
        super().__init__(folder)
        self.state = folder / "state"
        self.subscriber = None

    def start(self):
        runtime = self.state / "run"
        self.address = str(runtime / "control.sock")
        self.subscriber = Subscriber(runtime)
        self.spawn(BUILD / "bin" / "docketd", "--state", self.state,
                   "--inbox", self.inbox)

    def wait_ready(self):
        """The first tick shows that the subscription is in force."""
        deadline = time.monotonic() + READY_SECONDS
        while self.subscriber.stream is None:
            if not self.subscriber.hear(deadline - time.monotonic()):
                raise Trouble(f"docketd is not ready, see {self.log}")

    def count(self):
        while self.subscriber.hear(0):
            pass
        return len(self.subscriber.indexed)

    def wait_all(self, count):
        """As any subscriber would: without asking, by what is heard."""
        indexed = self.subscriber.indexed
        last, before = time.monotonic(), 0
        while len(indexed) < count:
            if not self.subscriber.hear(1):
                self.check_alive()
            if len(indexed) > before:
                last, before = time.monotonic(), len(indexed)
            if time.monotonic() - last > STALL_SECONDS:
                break
        return last, len(indexed)

    def is_found(self, token):
        return search(self.address, token) > 0

    def sizes(self):
        """Without the ballast, which holds nothing."""
        journal = sum(path.stat().st_size
                      for path in self.state.glob("journal.db*"))
        return {"index": tree_bytes(self.state / "index"),
                "store": journal + tree_bytes(self.state / "store")}

    def complaint(self):
        lines = [line for line in self.log.read_text().splitlines()
                 if line not in ORDINARY]
        code = self.children[0].returncode
        if code or lines:
            return f"docketd ended with {code} and said: {lines[-3:]}"
        return None

    def let_go(self):
        self.subscriber.close()
        return True

    def stop(self):
        if self.subscriber is not None:
            self.subscriber.close()
        super().stop()
