# SPDX-License-Identifier: Apache-2.0
"""control.py - docketd's side of the control socket, for tests of the command.

A Docketd here answers with rows that a test has laid ready, and keeps what it
was asked. Layouts are those of frames.py, from lib/message.c and lib/arrival.c;
records are made here by the description in lib/record.h.
"""

import array
import contextlib
import os
import socket
import struct
import threading

import frames

REQUESTS = {  # type: (name, layout)
    160: ("status", ""),
    161: ("plugins", ""),
    162: ("list", "QIIIs"),
    163: ("show", "QD"),
    164: ("get", "QD"),
    165: ("add", "ss"),
    166: ("search", "ssI"),
    167: ("events", "QIs"),
    168: ("retry", "Q"),
    169: ("discard", "Q"),
    172: ("refs", "QDI"),
}
ROWS = {  # name: (type, layout); "" is packed by its own function
    "fact": (192, "ss"),
    "plugin": (193, "IIIsssssIss"),
    "arrival": (194, ""),
    "event": (195, ""),
    "content": (196, "sQs"),
    "finding": (197, "ssdQs"),
    "end": (198, "Is"),
    "account": (199, "sssQIs"),
}
HAS_FD = 1

ARRIVAL = "IQIIQQssDQqqIIqQQqIssssssssss"
STATES = {"queued": 1, "done": 4, "duplicate": 5, "quarantined": 6,
          "discarded": 10}


def arrival(
    number=17,
    *,
    state="done",
    parent=0,
    original=0,
    inbox="letters",
    name="lettre.txt",
    digest=bytes(32),
    size=0,
    media_type="",
    language="",
    class_="",
    symbols=(),
    date="",
    title="",
    stage="",
    plugin="",
    reason="",
    detail="",
):
    """An arrival as the journal keeps it."""
    return frames.pack(
        ARRIVAL,
        [
            *(1, number, STATES[state], 1, parent, original, inbox, name),
            *(digest, size, 1795514400123, 0, 1, 0, 0, 0, 0, 0, 0, media_type),
            *(language, class_, "\n".join(symbols), date, title),
            *(stage, plugin, reason, detail),
        ],
    )


TITLE, SYMBOL = 4, 2  # enum docket_field
BODY, ANNEX = 1, 2  # enum docket_part_kind
PARAGRAPH, HEADING = 0, 1  # enum docket_block_kind


class Record:
    """A record in bytes: fields, parts and blocks over a text."""

    def __init__(self, text):
        self.text = text.encode()
        self.strings = b""
        self.fields = b""
        self.parts = b""
        self.blocks = b""

    def _string(self, value):
        data = value.encode()
        self.strings += data
        return struct.pack("<II", len(self.strings) - len(data), len(data))

    def field(self, kind, value):
        self.fields += struct.pack("<I", kind) + self._string(value)

    def part(self, kind, start, end, anchor, number="", title=""):
        self.parts += struct.pack("<III", start, end, kind)
        for value in (number, title, anchor):
            self.parts += self._string(value)

    def block(self, kind, start, end, anchor, number="", page=0):
        self.blocks += struct.pack("<6I", start, end, kind, 0, 1, page)
        for value in (number, anchor, ""):
            self.blocks += self._string(value)

    def image(self):
        sections = [  # bytes, bytes of an item
            (self.text, 1),
            (self.strings, 1),
            (self.fields, 12),
            (self.parts, 36),
            (self.blocks, 48),
            (b"", 28),
            (b"", 1),
        ]
        offset = 16 + 8 * len(sections)
        head = body = b""
        for data, item in sections:
            head += struct.pack("<II", offset, len(data) // item)
            data += bytes(-len(data) % 8)
            body += data
            offset += len(data)
        return struct.pack("<8sII", b"DKTREC\0\1", 1, offset) + head + body


def row(name, *values):
    """A row of an answer; arrivals and events are bytes already."""
    number, layout = ROWS[name]
    payload = frames.pack(layout, values) if layout else values[0]
    return frames.HEADER.pack(len(payload), number, 0) + payload, None


def row_with_file(name, *values, content):
    """The same with a descriptor of a file that holds content."""
    data, _ = row(name, *values)
    size, number, _ = frames.HEADER.unpack_from(data)
    header = frames.HEADER.pack(size, number, HAS_FD)
    return header + data[frames.HEADER.size :], content


class Docketd:
    """Listens below a state folder until it is closed."""

    def __init__(self, state):
        self.state = state
        self.requests = []  # [name, value...]
        self.content = None  # of the descriptor that came last
        self.rows = []
        (state / "run").mkdir(parents=True)
        self.socket = socket.socket(socket.AF_UNIX)
        folder = os.open(state / "run", os.O_PATH)
        self.socket.bind(f"/proc/self/fd/{folder}/control.sock")
        os.close(folder)
        self.socket.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def answer(self, *rows, code=0, detail="", is_cut=False):
        """What everybody who asks from now on is told."""
        end = [] if is_cut else [row("end", code, detail)]
        self.rows = [*rows, *end]

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()

    def _serve(self):
        while True:
            try:
                peer, _ = self.socket.accept()
            except OSError:
                return
            with peer, contextlib.suppress(ConnectionError):
                for data, content in self._take_request(peer):
                    self._send(peer, data, content)

    def _take_request(self, peer):
        """What is to be answered; nothing is tied to anything here."""
        data, fds, _, _ = socket.recv_fds(peer, 65536, 1)
        size, number, flags = frames.HEADER.unpack_from(data)
        while len(data) < frames.HEADER.size + size:
            data += peer.recv(65536)
        name, layout = REQUESTS[number]
        values = frames.unpack(layout, data[frames.HEADER.size :])
        if name == "refs":
            return [row("end", 0, "")]
        assert bool(fds) == bool(flags & HAS_FD)
        for fd in fds:
            with open(fd, "rb") as file:
                self.content = file.read()
        self.requests.append([name, *values])
        return self.rows

    @staticmethod
    def _send(peer, data, content):
        if content is None:
            peer.sendall(data)
            return
        fd = os.memfd_create("content")
        os.write(fd, content)
        peer.sendmsg(
            [data],
            [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))],
        )
        os.close(fd)
