# SPDX-License-Identifier: Apache-2.0
"""docket-bus alone: the test is docketd on one side, subscribers on the other."""

import hashlib
import json
import os
import pathlib
import select
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time

import pytest
import zmq

import frames

BUS = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve() / "bin" / "docket-bus"
STREAM = "7f3c0a52-5a3c-4c06-9d6f-0f6d1f6b2a11"
DIGEST = hashlib.sha256(b"letter").digest()

PARSED = {
    "time_ms": 1795514400123,
    "arrival": 17,
    "digest": DIGEST,
    "inbox": "letters",
    "name": "lettre.txt",
    "language": "fr",
    "class_": "letter-identical",
    "title": "Lettres identiques",
}


def start_on_descriptor_3(command, peer, **options):
    """Start command with the peer's other end as its descriptor 3."""
    fd = peer.other.fileno()
    process = subprocess.Popen(
        ["bash", "-c", f'exec "$0" "$@" 3<&{fd} {fd}<&-', *command],
        pass_fds=[fd],
        **options,
    )
    peer.other.close()
    return process


class Bus:
    """A docket-bus, and what docketd says to it."""

    def __init__(self, folder, command=(BUS,)):
        self.folder = folder
        self.command = command
        self.address = f"ipc://{folder}/bus"
        self.log = open(folder / "log", "w+", encoding="utf-8")
        self.start()

    def start(self):
        self.peer = frames.Peer()
        self.process = start_on_descriptor_3(
            self.command, self.peer, stderr=self.log
        )
        source = "/docket/registry-1"
        self.peer.send("hello", frames.ROLE_BUS, 0, "", "", source, 0, 0, 0)

    def offer(self, address=None, index=0, name="live", stream=STREAM, head=0):
        address = address or self.address
        replay = address + "-replay"
        self.peer.send("endpoint", index, name, address, replay, stream, head)

    def open(self, **endpoint):
        self.offer(**endpoint)
        self.peer.send("start")
        assert self.peer.receive() == ["ready", 0]

    def publish(self, sequence, index=0, event=None):
        event = event or frames.event("document.parsed", **PARSED)
        self.peer.send("publish", index, sequence, event)

    def wait_published(self, sequence, index=0):
        last = 0
        while last < sequence:
            kind, which, number = self.peer.receive()
            assert (kind, which) == ("published", index)
            assert last < number <= sequence
            last = number

    def end(self):
        self.peer.close()
        return self.process.wait(timeout=10)

    def read_log(self):
        self.log.seek(0)
        return self.log.read()

    def close(self):
        self.peer.close()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


class Subscriber:
    """A SUB socket that waits, with a deadline, for what it is asked for."""

    def __init__(self, context, address, *prefixes, **options):
        self.socket = context.socket(zmq.SUB)
        for name, value in options.items():
            self.socket.setsockopt(getattr(zmq, name), value)
        for prefix in prefixes or [""]:
            self.socket.subscribe(prefix)
        self.socket.connect(address)

    def receive(self, seconds=10):
        """The next [topic, body], tick or event."""
        assert self.socket.poll(int(seconds * 1000)), "nothing came"
        topic, body = self.socket.recv_multipart()
        return topic.decode(), json.loads(body)

    def wait_tick(self, seconds=10):
        """A tick proves that the subscriptions before it are in force."""
        while True:
            topic, body = self.receive(seconds)
            if topic == "bus.tick":
                return body

    def wait_event(self, seconds=10):
        deadline = time.monotonic() + seconds
        while True:
            topic, body = self.receive(deadline - time.monotonic())
            if topic != "bus.tick":
                return topic, body

    def wait_numbers(self, count):
        return [int(self.wait_event()[1]["sequence"]) for _ in range(count)]


@pytest.fixture
def folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="docket-bus-", dir="/tmp"))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def bus(folder):
    bus = Bus(folder)
    yield bus
    bus.close()


@pytest.fixture
def subscribe(bus):
    context = zmq.Context()

    def subscribe(*prefixes, address=bus.address, **options):
        return Subscriber(context, address, *prefixes, **options)

    yield subscribe
    context.destroy(linger=0)


def connect_stranger(bus):
    stranger = socket.socket(socket.AF_UNIX)
    stranger.connect(str(bus.folder / "bus"))
    return stranger


def wait_until_cut(stranger, seconds):
    """Read until the other side closes."""
    stranger.settimeout(seconds)
    try:
        while stranger.recv(65536):
            pass
    except ConnectionResetError:
        pass


# What subscribers see


def test_event_arrives_as_topic_and_cloud_event(bus, subscribe):
    bus.open(head=41)
    subscriber = subscribe()
    subscriber.wait_tick()
    bus.publish(42)
    topic, body = subscriber.wait_event()
    assert topic == "document.parsed/letters/fr/letter-identical"
    assert body == {
        "specversion": "1.0",
        "id": f"{STREAM}:42",
        "source": "/docket/registry-1",
        "type": "document.parsed",
        "subject": "sha256:" + DIGEST.hex(),
        "time": "2026-11-24T10:00:00.123Z",
        "sequence": "00000000000000000042",
        "data": {
            "arrival": 17,
            "inbox": "letters",
            "name": "lettre.txt",
            "name_base64": None,
            "level": None,
            "language": "fr",
            "class": "letter-identical",
            "symbols": [],
            "title": "Lettres identiques",
            "parent": None,
        },
    }


def test_tick_comes_every_second_and_repeats_the_last_number(bus, subscribe):
    bus.open(head=7)
    subscriber = subscribe()
    tick = subscriber.wait_tick(1.5)
    assert set(tick) == {"stream", "sequence", "time"}
    assert tick["stream"] == STREAM
    assert tick["sequence"] == "00000000000000000007"
    bus.publish(8)
    assert subscriber.wait_event()[1]["sequence"] == "00000000000000000008"
    began = time.monotonic()
    for _ in range(2):
        assert subscriber.wait_tick(1.5)["sequence"] == "00000000000000000008"
    assert 0.9 < time.monotonic() - began < 3


def test_after_a_pause_ticks_are_not_made_up_for(bus, subscribe):
    bus.open()
    subscriber = subscribe()
    subscriber.wait_tick()
    bus.process.send_signal(signal.SIGSTOP)
    assert not subscriber.socket.poll(2500)
    bus.process.send_signal(signal.SIGCONT)
    subscriber.wait_tick()
    assert not subscriber.socket.poll(800)
    subscriber.wait_tick()


def test_prefix_chooses_what_is_sent(bus, subscribe):
    bus.open()
    french = subscribe("document.parsed/letters/fr/", "bus.tick")
    french.wait_tick()
    bus.publish(1)
    bus.publish(2, event=frames.event("document.received", inbox="letters"))
    bus.publish(3, event=frames.event("daemon.started"))
    bus.publish(4)
    assert french.wait_numbers(2) == [1, 4]


def test_each_endpoint_is_a_stream_of_its_own(bus, subscribe):
    second = f"ipc://{bus.folder}/second"
    bus.offer(index=5, name="second", address=second, stream="other", head=90)
    bus.open(head=10)
    one, other = subscribe(), subscribe(address=second)
    assert int(one.wait_tick()["sequence"]) == 10
    assert int(other.wait_tick()["sequence"]) == 90
    bus.publish(91, index=5)
    assert other.wait_event()[1]["id"] == "other:91"
    assert int(other.wait_tick()["sequence"]) == 91
    assert int(one.wait_tick()["sequence"]) == 10


def test_owner_and_group_may_connect_and_nobody_else(bus):
    bus.open()
    mode = (bus.folder / "bus").stat().st_mode
    assert stat.S_IMODE(mode) == 0o660


# What docketd sees


def test_published_numbers_are_reported(bus):
    bus.open()
    for sequence in range(1, 501):
        bus.publish(sequence)
    bus.wait_published(500)


def test_end_of_file_ends_it_after_the_last_event_is_out(bus, subscribe):
    bus.open()
    subscriber = subscribe()
    subscriber.wait_tick()
    bus.publish(1)
    assert bus.end() == 0
    assert subscriber.wait_numbers(1) == [1]
    assert bus.read_log() == ""


def test_end_of_file_during_set_up_ends_it(bus):
    bus.offer()
    assert bus.end() == 0


def test_it_dies_with_its_parent(folder):
    # The test holds the socketpair, a shell in between is the parent.
    bus = Bus(folder, command=("bash", "-c", '"$0"; exit', BUS))
    bus.open()
    bus.process.kill()
    assert bus.peer.receive() is None
    bus.close()


def test_the_terminals_ctrl_c_is_left_to_docketd(bus, subscribe):
    bus.open()
    bus.process.send_signal(signal.SIGINT)
    subscribe().wait_tick()
    assert bus.end() == 0


@pytest.mark.parametrize(
    "nonsense",
    [
        frames.frame("start"),
        frames.frame("publish", 9, 1, frames.event("daemon.started")),
        frames.frame("publish", 0, 1, b"no event"),
        frames.frame("publish", 0, 1, bytes(70000)),
        frames.HEADER.pack(4, 96, 0) + b"\xff\xff\xff\xff",
        frames.HEADER.pack(0, 9999, 0),
        frames.HEADER.pack(0, 96, 1),
    ],
    ids=["start", "endpoint", "event", "size", "payload", "type", "descriptor"],
)
def test_nonsense_from_docketd_ends_it_with_70(bus, nonsense):
    bus.open()
    bus.peer.send_raw(nonsense)
    assert bus.process.wait(timeout=10) == 70
    assert "cannot do what docketd wants" in bus.read_log()


def test_alone_it_is_of_no_use():
    result = subprocess.run(
        ["bash", "-c", 'exec "$0" 3<&-', BUS], capture_output=True, text=True
    )
    assert result.returncode == 64
    assert "docketd starts this program" in result.stderr


# Catching up, with the test as the journal


def connect_asker(bus, **options):
    asker = zmq.Context.instance().socket(zmq.DEALER)
    asker.linger = 0
    for name, value in options.items():
        asker.setsockopt(getattr(zmq, name), value)
    asker.connect(bus.address + "-replay")
    return asker


def ask(asker, after, credit, *topics):
    words = ["docket.replay/1", STREAM, str(after), str(credit), *topics]
    asker.send_multipart([word.encode() for word in words])


def hear(asker):
    assert asker.poll(10000), "no answer"
    return [frame.decode() for frame in asker.recv_multipart()]


def give_page(bus, first, last, floor=0, head=1000):
    for sequence in range(first, last + 1):
        event = frames.event("document.parsed", **PARSED)
        bus.peer.send("fetched", 0, sequence, event)
    bus.peer.send("fetch_end", last, floor, head)


def is_asked(bus, seconds=0.2):
    """Does docket-bus want something of docketd?"""
    return bool(select.select([bus.peer.socket], [], [], seconds)[0])


def test_requests_are_fetched_in_turns_one_page_at_a_time(bus):
    bus.open(head=1000)
    one, other = connect_asker(bus), connect_asker(bus)
    ask(one, 0, 1000)
    assert bus.peer.receive() == ["fetch", 0, 250, 0]
    ask(other, 500, 2)
    # the other waits until the page is here, and comes before the next
    assert not is_asked(bus)
    give_page(bus, 1, 250)
    assert bus.peer.receive() == ["fetch", 0, 2, 500]
    give_page(bus, 501, 502)
    assert bus.peer.receive() == ["fetch", 0, 250, 250]
    assert [hear(other)[0] for _ in range(2)] == ["event", "event"]
    assert hear(other) == ["checked", STREAM, f"{502:020}", f"{1000:020}"]
    for answer in (hear(one) for _ in range(250)):
        topic, body = answer[1:]
        assert topic == "document.parsed/letters/fr/letter-identical"
        assert json.loads(body)["source"] == "/docket/registry-1"


def test_rare_topics_end_a_request_after_ten_thousand_rows(bus):
    bus.open(head=10**6)
    asker = connect_asker(bus)
    ask(asker, 0, 1000, "document.quarantined/")
    for page in range(40):
        assert bus.peer.receive() == ["fetch", 0, 250, page * 250]
        give_page(bus, page * 250 + 1, page * 250 + 250, head=10**6)
    assert hear(asker) == ["checked", STREAM, f"{10000:020}", f"{10**6:020}"]


def test_floor_that_rises_between_two_pages_is_a_gap(bus):
    bus.open(head=1000)
    asker = connect_asker(bus)
    ask(asker, 0, 1000)
    bus.peer.receive()
    give_page(bus, 1, 250)
    assert bus.peer.receive() == ["fetch", 0, 250, 250]
    bus.peer.send("fetch_end", 250, 600, 1000)
    assert [hear(asker)[0] for _ in range(250)] == ["event"] * 250
    assert hear(asker) == ["gap", STREAM, f"{600:020}"]


def test_asker_that_is_gone_ends_its_request(bus):
    bus.open(head=1000)
    asker = connect_asker(bus)
    ask(asker, 0, 1000)
    bus.peer.receive()
    asker.close()
    other = connect_asker(bus)
    ask(other, 999, 1)
    deadline = time.monotonic() + 10
    page = 0
    give_page(bus, 1, 250)
    while (question := bus.peer.receive()) != ["fetch", 0, 1, 999]:
        assert time.monotonic() < deadline
        give_page(bus, question[3] + 1, question[3] + 250)
    give_page(bus, 1000, 1000)
    assert hear(other)[0] == "event"
    assert hear(other)[0] == "checked"


def test_asker_that_does_not_read_pauses_and_loses_nothing(bus):
    bus.open(head=10**6)
    asker = connect_asker(bus, RCVHWM=1, RCVBUF=4096)
    given, is_stuck = 0, False
    while not is_stuck:
        # one more of a request that has not ended yet is an error
        while given % 1000 == 0 and not is_asked(bus):
            ask(asker, given, 1000)
        _, _, limit, after = bus.peer.receive()
        is_stuck = after < given or limit == 1  # or only the end is left
        give_page(bus, after + 1, after + limit, head=10**6)
        given = after if is_stuck else after + limit
    numbers, kind = [], ""
    while kind != "checked" or numbers[-1] < given:
        if is_asked(bus, 0):
            _, _, limit, after = bus.peer.receive()
            give_page(bus, after + 1, after + limit, head=10**6)
        if asker.poll(10):
            kind, *rest = hear(asker)
            if kind == "event":
                numbers.append(int(json.loads(rest[1])["sequence"]))
    assert numbers == list(range(1, len(numbers) + 1))


def test_answer_that_was_not_asked_for_ends_it_with_70(bus):
    bus.open()
    give_page(bus, 1, 1)
    assert bus.process.wait(timeout=10) == 70


# Addresses


def assert_refused(bus, address, sentence):
    bus.offer(address=address, name="live")
    bus.peer.send("start")
    kind, name, detail = bus.peer.receive()
    assert (kind, name) == ("refused", "live")
    assert sentence in detail
    assert bus.process.wait(timeout=10) == 78
    assert bus.read_log() == ""


@pytest.mark.parametrize(
    "address, sentence",
    [
        ("tcp://127.0.0.1:5555", "TCP needs CURVE"),
        ("inproc://bus", "use ipc://PATH"),
        ("ipc://", "names no file"),
        ("ipc://*", "names no file"),
        ("ipc://@docket", "names no file"),
        ("ipc:///nowhere/at/all", "cannot bind"),
        ("ipc:///tmp/" + "x" * 200, "File name too long"),
    ],
)
def test_address_of_no_use_is_refused(bus, address, sentence):
    assert_refused(bus, address, sentence)


def test_socket_that_a_crash_left_is_replaced(bus, subscribe):
    bus.open()
    bus.process.kill()
    bus.process.wait()
    bus.peer.close()
    assert (bus.folder / "bus").is_socket()
    bus.start()
    bus.open(head=3)
    assert int(subscribe().wait_tick()["sequence"]) == 3


def test_address_of_a_living_bus_is_not_taken(bus, subscribe, tmp_path):
    bus.open()
    second = Bus(tmp_path)
    assert_refused(second, bus.address, "another program already serves")
    second.close()
    subscribe().wait_tick()


def test_file_at_the_address_is_left_as_it_is(bus):
    letter = bus.folder / "bus"
    letter.write_text("Dear Sir,")
    assert_refused(bus, bus.address, "is not a socket")
    assert letter.read_text() == "Dear Sir,"


# Subscribers and strangers who mean harm, or sleep


def test_subscriber_that_never_reads_stops_nobody(bus, subscribe):
    bus.open()
    sleeper = subscribe(RCVHWM=1, RCVBUF=4096)
    reader = subscribe(RCVHWM=0)
    sleeper.wait_tick()
    reader.wait_tick()
    event = frames.event("document.parsed", **PARSED | {"detail": "x" * 512})
    count, chunk = 6000, 200
    for start in range(1, count, chunk):
        numbers = list(range(start, start + chunk))
        for number in numbers:
            bus.publish(number, event=event)
        assert reader.wait_numbers(chunk) == numbers
        bus.wait_published(numbers[-1])
    # It has the beginning; that it lost the rest, the next tick tells it.
    last = 0
    while True:
        topic, body = sleeper.receive(3)
        number = int(body["sequence"])
        if number > last + (topic != "bus.tick"):
            break
        last = number
    assert 0 < last < number == 6000


def test_random_bytes_from_strangers_are_harmless(bus, subscribe):
    bus.open()
    for seed in range(200):
        with connect_stranger(bus) as stranger:
            try:
                stranger.sendall(hashlib.shake_128(bytes([seed])).digest(300))
            except OSError:
                pass  # cut already
    subscriber = subscribe()
    subscriber.wait_tick()
    bus.publish(1)
    assert subscriber.wait_numbers(1) == [1]


def test_silent_stranger_is_cut_after_the_handshakes_three_seconds(bus):
    bus.open()
    with connect_stranger(bus) as stranger:
        began = time.monotonic()
        wait_until_cut(stranger, 10)
        assert 2 < time.monotonic() - began < 6


def read_resident_kib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def test_frame_of_four_gib_is_cut_before_it_costs_memory(bus, subscribe):
    bus.open()
    before = read_resident_kib(bus.process.pid)
    greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(48)
    with connect_stranger(bus) as stranger:
        stranger.sendall(greeting)
        stranger.sendall(b"\x06" + struct.pack(">Q", 4 << 30))
        try:
            stranger.sendall(bytes(16 << 20))
        except OSError:
            pass  # cut already
        wait_until_cut(stranger, 2)
    assert read_resident_kib(bus.process.pid) - before < 10 << 10
    subscribe().wait_tick()


def test_subscription_over_1024_bytes_is_harmless(bus, subscribe):
    bus.open()
    subscribe("x" * 2000)
    subscriber = subscribe("x" * 1000, "bus.tick", "document.parsed")
    subscriber.wait_tick()
    bus.publish(1)
    assert subscriber.wait_numbers(1) == [1]


def test_flood_of_subscriptions_is_drained(bus, subscribe):
    bus.open()
    flood = subscribe("bus.tick", SNDHWM=0)
    for number in range(10000):
        flood.socket.subscribe(f"{number:0200}")
        flood.socket.unsubscribe(f"{number:0200}")
    subscriber = subscribe()
    subscriber.wait_tick()
    bus.publish(1)
    assert subscriber.wait_numbers(1) == [1]
    flood.wait_tick()


# docs/bus.md


def test_example_of_the_contract_prints_events_and_tells_loss(bus):
    page = pathlib.Path(__file__).parents[2] / "docs" / "bus.md"
    example = page.read_text().split("```python\n")[1].split("```")[0]
    bus.open(head=6)
    subscriber = subprocess.Popen(
        [sys.executable, "-c", example, bus.address],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        # One more again and again: there is no telling when it is connected,
        # and of what a tick was ahead of nothing is printed.
        line, last = None, 6
        while not line:
            last += 1
            bus.publish(last)
            if select.select([subscriber.stdout], [], [], 0.2)[0]:
                line = subscriber.stdout.readline()
        assert line.startswith("document.parsed/letters/fr/letter-identical {")
        bus.publish(last + 3)
        while line.startswith("document.parsed/"):
            line = subscriber.stdout.readline()
        assert line == f"lost: {last + 1} to {last + 2}\n"
        assert subscriber.stdout.readline().startswith("document.parsed/")
    finally:
        subscriber.kill()
        subscriber.communicate()
