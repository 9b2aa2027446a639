# SPDX-License-Identifier: Apache-2.0
"""frames.py - docketd's side of a socketpair, for tests that play docketd.

The layout of lib/frame.h and lib/message.h: a header of u32 payload size, u16
type, u16 flags, then packed values, all in the order of the machine. A layout
is a string with a letter for each value: I u32, Q u64, q i64, s bytes (u32
length and data), D a digest (32 bytes).
"""

import select
import socket
import struct
import time

HEADER = struct.Struct("=IHH")

MESSAGES = {  # name: (type, layout)
    "hello": (1, "IIsssQQQ"),
    "endpoint": (4, "IssssQ"),
    "start": (5, ""),
    "refused": (7, "ss"),
    "ready": (8, "Q"),
    "publish": (96, "IQs"),
    "published": (97, "IQ"),
    "fetch": (98, "IIQ"),
    "fetched": (99, "IQs"),
    "fetch_end": (100, "QQQ"),
}
NAMES = {number: name for name, (number, _) in MESSAGES.items()}

ROLE_BUS = 4

EVENT = "IIQIqQQDsssssssssss"  # lib/event.c
EVENT_TYPES = {
    "document.received": 1,
    "document.parsed": 2,
    "daemon.started": 14,
}


def pack(layout, values):
    out = b""
    for letter, value in zip(layout, values, strict=True):
        if letter == "s":
            value = value.encode() if isinstance(value, str) else value
            out += struct.pack("=I", len(value)) + value
        elif letter == "D":
            out += value
        else:
            out += struct.pack("=" + letter, value)
    return out


def unpack(layout, data):
    values = []
    at = 0

    def get(size):
        nonlocal at
        at += size
        return data[at - size : at]

    for letter in layout:
        if letter == "s":
            values.append(get(struct.unpack("=I", get(4))[0]).decode())
        elif letter == "D":
            values.append(get(32))
        else:
            size = struct.calcsize("=" + letter)
            values.append(struct.unpack("=" + letter, get(size))[0])
    assert at == len(data), "a payload of the wrong length"
    return values


def frame(name, *values):
    number, layout = MESSAGES[name]
    payload = pack(layout, values)
    return HEADER.pack(len(payload), number, 0) + payload


class Peer:
    """One end of a socketpair; the other goes to the program under test."""

    def __init__(self):
        self.socket, self.other = socket.socketpair()
        self.buffer = b""

    def send(self, name, *values):
        self.socket.sendall(frame(name, *values))

    def send_raw(self, data):
        self.socket.sendall(data)

    def receive(self, seconds=10):
        """The next message as [name, value...], or None at end of file."""
        deadline = time.monotonic() + seconds
        while True:
            message = self._take()
            if message:
                return message
            left = deadline - time.monotonic()
            assert left > 0 and select.select([self.socket], [], [], left)[0], (
                f"no message within {seconds} s"
            )
            try:
                data = self.socket.recv(65536)
            except ConnectionResetError:
                return None
            if not data:
                return None
            self.buffer += data

    def _take(self):
        if len(self.buffer) < HEADER.size:
            return None
        size, number, _ = HEADER.unpack_from(self.buffer)
        if len(self.buffer) < HEADER.size + size:
            return None
        payload = self.buffer[HEADER.size : HEADER.size + size]
        self.buffer = self.buffer[HEADER.size + size :]
        name = NAMES[number]
        return [name, *unpack(MESSAGES[name][1], payload)]

    def close(self):
        self.socket.close()


def event(
    kind,
    *,
    number=1,
    time_ms=0,
    arrival=0,
    original=0,
    digest=b"",
    inbox="",
    name="",
    level="",
    language="",
    class_="",
    symbols=(),
    title="",
    stage="",
    plugin="",
    reason="",
    detail="",
):
    """An event as the journal keeps it."""
    return pack(
        EVENT,
        [
            *(1, 1 if digest else 0, number, EVENT_TYPES[kind], time_ms),
            *(arrival, original, digest or bytes(32), inbox, name, level),
            *(language, class_, "\n".join(symbols), title),
            *(stage, plugin, reason, detail),
        ],
    )
