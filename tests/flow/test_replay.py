# SPDX-License-Identifier: Apache-2.0
"""Subscribers that were away get everything they missed, or an explicit GAP.

The subscriber is the page's own (docs/bus.md), cut out and run. Its size is a
share that fits in a minute: 1,000 files, which are 3,000 events, 10 restarts of
the subscriber and 5 of docket-bus. DOCKET_REPLAY_FILES, DOCKET_REPLAY_RESTARTS
and DOCKET_REPLAY_KILLS make it larger; with 33400, 50 and 20 there are more
than 100,000 events (./dev test leaves that out; some minutes).
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest
import zmq

from registry import BUILD, as_nobody

FILES = int(os.environ.get("DOCKET_REPLAY_FILES", 1000))
RESTARTS = int(os.environ.get("DOCKET_REPLAY_RESTARTS", 10))
KILLS = int(os.environ.get("DOCKET_REPLAY_KILLS", 5))
PAGE = pathlib.Path(__file__).parents[2] / "docs" / "bus.md"
CLIENT = PAGE.read_text(encoding="utf-8").split("```python\n")[2].split("```")[0]
HEAD = b"docket.replay/1"


def letter(number):
    return f"Letter {number}\n\nThe parties agreed on unique{number}.\n".encode()


def drop(registry, numbers):
    for number in numbers:
        registry.move_in(f"letter-{number:05}.txt", letter(number))


def find_bus(registry, within=20):
    """docket-bus; docketd starts it anew when it has ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        for pid, name in registry.children():
            if name == "docket-bus":
                return pid
    raise AssertionError(f"no docket-bus within {within} s")


def is_sanitized():
    return b"__asan_init" in (BUILD / "bin" / "docket-bus").read_bytes()


def read_resident_kib(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0])


class Follower:
    """The page's subscriber: its process, and the file in which it counts."""

    def __init__(self, registry, *topics):
        self.ledger = registry.folder / f"ledger-{len(topics)}"
        self.command = [sys.executable, "-c", CLIENT,
                        f"ipc://{registry.state}/run/bus",
                        f"ipc://{registry.state}/run/replay",
                        self.ledger, *topics]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(as_nobody(self.command), cwd="/")

    def signal(self, number):
        self.process.send_signal(number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            self.process.wait()

    def last(self):
        """The number in its last line."""
        try:
            with open(self.ledger, "rb") as ledger:
                ledger.seek(max(0, ledger.seek(0, os.SEEK_END) - 8192))
                lines = ledger.read().splitlines()
        except FileNotFoundError:
            return 0
        return int(lines[-1].split()[1]) if lines else 0

    def read(self):
        """[number, event or None for a GAP] in the order of the file."""
        rows = []
        for line in self.ledger.read_text(encoding="utf-8").splitlines():
            _, number, what = line.split(None, 2)
            rows.append((int(number),
                         None if what == "GAP" else json.loads(what)))
        return rows

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def follow():
    made = []

    def follow(registry, *topics):
        registry.folder.joinpath("ledger-0").touch(mode=0o666)
        registry.folder.joinpath("ledger-0").chmod(0o666)
        made.append(Follower(registry, *topics))
        return made[-1]

    yield follow
    for follower in made:
        follower.close()


class Asker:
    """A DEALER that asks for what was missed, word by word."""

    def __init__(self, registry):
        self.context = zmq.Context()
        self.address = f"ipc://{registry.state}/run/replay"
        self.socket = self.connect()

    def connect(self, **options):
        dealer = self.context.socket(zmq.DEALER)
        for name, value in options.items():
            dealer.setsockopt(getattr(zmq, name), value)
        dealer.connect(self.address)
        return dealer

    def ask(self, stream, after=0, credit=1000, *topics):
        """Events and the last word, all as text."""
        words = [stream, str(after), str(credit), *topics]
        return self.say(HEAD, *[word.encode() for word in words])

    def say(self, *frames):
        self.socket.send_multipart(frames)
        events = []
        while True:
            assert self.socket.poll(20000), f"no answer to {frames}"
            kind, *rest = [f.decode() for f in self.socket.recv_multipart()]
            if kind != "event":
                return events, [kind, *rest]
            events.append((rest[0], json.loads(rest[1])))

    def ask_all(self, stream, *topics):
        after, events = 0, []
        while True:
            more, (kind, _, checked, head) = self.ask(stream, after, 1000,
                                                      *topics)
            assert kind == "checked" and int(checked) >= after
            after = int(checked)
            events += more
            if checked == head:
                return events

    def close(self):
        self.context.destroy(linger=0)


@pytest.fixture
def asker(registry):
    asker = Asker(registry)
    yield asker
    asker.close()


def wait_indexed(bus, count, within=60):
    """Hear until so many documents are indexed; the bus may lose none."""
    deadline = time.monotonic() + within
    while sum(event["type"] == "document.indexed"
              for event in bus.heard) < count:
        assert bus.hear(deadline), f"not {count} documents in {within} s"


def wait_status(registry, bus, is_reached, within):
    """Until the status is as wanted; the bus gives the beat, and may lose."""
    deadline = time.monotonic() + within
    while True:
        status = registry.rows("status")[0]
        if is_reached(status):
            return status
        assert time.monotonic() < deadline, (within, status)
        bus.heard.clear()
        bus.hear(time.monotonic() + 0.2)


# Nothing is missed


def test_killed_and_restarted_a_subscriber_has_everything_once(
        make_registry, follow, capsys):
    registry = make_registry(inbox="quiet = 200ms\nfound_quiet = 200ms")
    registry.expect_log("docket-bus (ended with|does not start:) status 0, signal 9")
    registry.start()
    bus = registry.subscribe()
    follower = follow(registry)
    follower.start()
    began = time.monotonic()
    chunk = -(-FILES // RESTARTS)
    kills = 0
    for step, start in enumerate(range(0, FILES, chunk)):
        numbers = range(start, min(start + chunk, FILES))
        half = len(numbers) // 2
        drop(registry, numbers[:half])
        how = (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM)[step % 3]
        follower.signal(how)
        if kills < KILLS * (step + 1) // RESTARTS:
            kills += 1
            os.kill(find_bus(registry), signal.SIGKILL)
        drop(registry, numbers[half:])
        wait_status(registry, bus, lambda status: sum(
            status["arrivals"].values()) > numbers[-1] - chunk // 4, 120)
        if how == signal.SIGSTOP:  # it sleeps through half of the time
            follower.signal(signal.SIGCONT)
            follower.signal(signal.SIGKILL)
        follower.start()
    status = wait_status(registry, bus, lambda status:
                         status["arrivals"].get("done") == FILES and
                         status["journal"]["events"] > 3 * FILES and
                         status["journal"]["events"] == follower.last(),
                         60 + FILES / 20)
    last = status["journal"]["events"]
    took = time.monotonic() - began
    rows = follower.read()
    assert [number for number, _ in rows] == list(range(1, last + 1))
    told = [(event["type"], event["data"].get("arrival"), event["subject"])
            if "subject" in event else (event["type"], None, None)
            for _, event in rows]
    happened = [(event["type"], event["data"].get("arrival"),
                 event["subject"]) if "subject" in event
                else (event["type"], None, None)
                for event in registry.rows("events")]
    assert told == happened
    assert kills == KILLS
    with capsys.disabled():
        print(f" {last} events, {step + 1} restarts, {kills} kills, "
              f"{took:.0f} s", end="")


def test_topics_of_a_follower_lose_nothing_either(make_registry, follow):
    registry = make_registry()
    registry.expect_log("docket-bus (ended with|does not start:) status 0, signal 9")
    registry.start()
    bus = registry.subscribe()
    follower = follow(registry, "document.parsed/letters/", "daemon.")
    follower.ledger.touch()
    follower.ledger.chmod(0o666)
    follower.start()
    drop(registry, range(40))
    bus.wait("document.parsed")
    os.kill(find_bus(registry), signal.SIGKILL)
    follower.signal(signal.SIGKILL)
    drop(registry, range(40, 80))
    follower.start()
    expected = []
    deadline = time.monotonic() + 60
    while len(expected) < 81 or follower.last() != expected[-1][0]:
        expected = [(number, event["type"]) for number, event in
                    enumerate(registry.rows("events"), 1)
                    if event["type"] in ("document.parsed", "daemon.started")]
        assert bus.hear(deadline), (len(expected), follower.last())
    assert [(number, event["type"])
            for number, event in follower.read()] == expected


def test_catch_up_sends_what_went_out_live(registry, asker):
    bus = registry.subscribe()
    drop(registry, range(20))
    wait_indexed(bus, 20)
    stream = bus.heard[0]["id"].split(":")[0]
    events = asker.ask_all(stream)
    live = {event["id"]: event for event in bus.heard}
    missed = {event["id"]: event for _, event in events}
    assert live.items() <= missed.items()
    assert [int(event["sequence"]) for _, event in events] == list(
        range(1, len(events) + 1))
    for topic, event in events:
        assert topic.startswith(event["type"])


def test_stream_goes_on_over_a_restart_of_docketd(registry, asker):
    bus = registry.subscribe()
    drop(registry, range(5))
    wait_indexed(bus, 5)
    stream = bus.heard[0]["id"].split(":")[0]
    assert registry.stop() == 0
    registry.start()
    tick = registry.subscribe().hear_tick()
    assert tick["stream"] == stream
    events = asker.ask_all(stream)
    assert [int(event["sequence"]) for _, event in events] == list(
        range(1, len(events) + 1))
    assert int(tick["sequence"]) <= len(events)
    assert "daemon.stopping" in [event["type"] for _, event in events]


# Filters and credit


def test_filtered_subscriber_is_told_up_to_where_there_was_nothing(
        registry, asker):
    bus = registry.subscribe()
    drop(registry, range(20))
    wait_indexed(bus, 20)
    stream = bus.heard[0]["id"].split(":")[0]
    head = registry.rows("status")[0]["journal"]["events"]
    events, last = asker.ask(stream, 0, 1000, "document.quarantined/")
    assert events == []
    assert last == ["checked", stream, f"{head:020}", f"{head:020}"]


def test_credit_ends_a_request_where_the_next_begins(registry, asker):
    bus = registry.subscribe()
    drop(registry, range(20))
    wait_indexed(bus, 20)
    stream = bus.heard[0]["id"].split(":")[0]
    after, numbers = 0, []
    while len(numbers) < 20:
        events, (kind, _, checked, head) = asker.ask(
            stream, after, 7, "document.parsed/", "document.quarantined/")
        assert kind == "checked" and len(events) <= 7
        assert {event["type"] for _, event in events} == {"document.parsed"}
        numbers += [int(event["sequence"]) for _, event in events]
        if len(events) == 7:
            assert int(checked) == numbers[-1]
        after = int(checked)
    assert numbers == sorted(set(numbers))
    assert after <= int(head)


def test_unknown_stream_and_future_number_are_told_the_stream(registry, asker):
    tick = registry.subscribe().hear_tick()
    assert asker.ask("elsewhere")[1][:2] == ["stream", tick["stream"]]
    assert asker.ask("")[1][:2] == ["stream", tick["stream"]]
    for after in (2**64 - 1, 2**63, 2**63 - 1, 10**6):
        events, last = asker.ask(tick["stream"], after)
        assert (events, last[:2]) == ([], ["stream", tick["stream"]])


# What is no longer kept


def wait_deleted(registry, bus, keep, within=30):
    """Until only so many events are kept; the floor."""
    deadline = time.monotonic() + within
    while True:
        journal = registry.rows("status")[0]["journal"]
        if journal["deleted"] == journal["events"] - keep:
            return journal["deleted"]
        assert bus.hear(deadline), journal


def test_below_what_is_kept_the_answer_is_gap_with_the_floor(
        make_registry, follow):
    registry = make_registry(config="events_keep = 100").start()
    bus = registry.subscribe()
    asker = Asker(registry)
    drop(registry, range(120))
    wait_indexed(bus, 120)
    stream = bus.heard[0]["id"].split(":")[0]
    floor = wait_deleted(registry, bus, 100)
    for after in (0, 1, floor - 1):
        assert asker.ask(stream, after) == (
            [], ["gap", stream, f"{floor:020}"])
    events, (kind, _, checked, head) = asker.ask(stream, floor)
    assert kind == "checked" and checked == head == f"{floor + 100:020}"
    assert [int(event["sequence"]) for _, event in events] == list(
        range(floor + 1, floor + 101))
    follower = follow(registry)
    follower.start()
    deadline = time.monotonic() + 30
    while follower.last() < floor + 100:
        assert bus.hear(deadline), follower.last()
    rows = follower.read()
    assert rows[0] == (floor, None)
    assert [number for number, _ in rows] == list(range(floor, floor + 101))
    asker.close()


def test_docket_events_tells_the_gap_and_ends_with_3(make_registry):
    registry = make_registry(config="events_keep = 100").start()
    bus = registry.subscribe()
    drop(registry, range(60))
    wait_indexed(bus, 60)
    floor = wait_deleted(registry, bus, 100)
    told = registry.docket("events", "--since", str(floor - 1), "--json",
                           check=False)
    assert told.returncode == 3
    assert f"GAP: the events up to {floor} ".encode() in told.stderr
    assert len(told.stdout.splitlines()) == 100
    whole = registry.docket("events", "--since", str(floor))
    assert whole.stderr == b"" and len(whole.stdout.splitlines()) == 100
    rest = registry.docket("events")
    assert rest.stderr == b"" and len(rest.stdout.splitlines()) == 100


def test_index_is_made_again_from_events_that_are_kept_for_it(make_registry):
    registry = make_registry(config="events_keep = 100").start()
    bus = registry.subscribe()
    drop(registry, range(60))
    wait_indexed(bus, 60)
    wait_deleted(registry, bus, 100)
    last = registry.rows("status")[0]["journal"]["events"]
    registry.stop()
    shutil.rmtree(registry.state / "index")
    registry.start()
    deadline = time.monotonic() + 30
    bus = registry.subscribe()
    while any(follower["cursor"] < last - 60 for follower in
              registry.rows("status")[0]["follower"].values()):
        assert bus.hear(deadline), "the index is not made again"
    for number in (0, 59):
        assert len(registry.rows("search", f"unique{number}")) == 1
    after = registry.rows("status")[0]["journal"]["events"]
    assert after > last  # numbers go on
    bus.close()
    registry.subscribers.remove(bus)


# Those who mean harm

STRANGE = {
    "nothing": [b""],
    "another version": [b"docket.replay/2", b"x", b"0", b"1"],
    "too few frames": [HEAD, b"x", b"0"],
    "negative": [HEAD, b"x", b"-1", b"1"],
    "text": [HEAD, b"x", b"everything", b"1"],
    "21 digits": [HEAD, b"x", b"1" * 21, b"1"],
    "above 64 bits": [HEAD, b"x", str(2**64).encode(), b"1"],
    "NUL": [HEAD, b"x", b"1\0", b"1"],
    "no credit": [HEAD, b"x", b"0", b"0"],
    "too much credit": [HEAD, b"x", b"0", b"1001"],
    "17 topics": [HEAD, b"x", b"0", b"1"] + [b"document."] * 17,
    "1000 frames": [HEAD] * 1000,
    "bytes": [bytes(range(256)) * 4] * 5,
}


def test_requests_that_are_none_are_answered_with_a_sentence(registry, asker):
    tick = registry.subscribe().hear_tick()
    bus = find_bus(registry)
    for name, frames in STRANGE.items():
        events, last = asker.say(*frames)
        assert (events, last[0]) == ([], "error"), name
        assert len(last) == 2 and last[1]
    assert asker.ask(tick["stream"])[1][0] == "checked"
    assert find_bus(registry) == bus


def test_frame_over_1024_bytes_costs_only_its_sender(registry, asker):
    tick = registry.subscribe().hear_tick()
    bus = find_bus(registry)
    rude = asker.connect()
    rude.send_multipart([HEAD, b"x" * 2000, b"0", b"1"])
    rude.send_multipart([HEAD, b"x", b"0", b"9" * (1 << 20)])
    assert asker.ask(tick["stream"])[1][0] == "checked"
    assert find_bus(registry) == bus
    assert not rude.poll(0)


def test_flood_of_requests_leaves_live_subscribers_alone(registry, asker):
    """Of 20 who ask without reading, and one who asks without waiting."""
    bus = registry.subscribe()
    drop(registry, range(100))
    wait_indexed(bus, 100)
    stream = bus.heard[0]["id"].split(":")[0].encode()
    pid = find_bus(registry)
    before = read_resident_kib(pid)
    everything = [HEAD, stream, b"0", b"1000"]
    deaf = [asker.connect(RCVHWM=1, RCVBUF=4096) for _ in range(20)]
    eager = asker.connect(SNDHWM=0, RCVHWM=0)
    began = time.monotonic()
    for number in range(3000):
        eager.send_multipart(everything)
        deaf[number % 20].send_multipart(everything, zmq.DONTWAIT)
        if number % 30 == 0:
            drop(registry, [100 + number // 30])
    wait_indexed(bus, 200)
    took = time.monotonic() - began
    numbers = [int(event["sequence"]) for event in bus.heard]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    # Whoever asks and reads is served among them.
    events = asker.ask_all(stream.decode())
    assert len(events) >= 600
    grown = read_resident_kib(pid) - before
    assert find_bus(registry) == pid
    assert grown < (300 if is_sanitized() else 100) << 10
    assert 6000 / took > 1000 or is_sanitized()
