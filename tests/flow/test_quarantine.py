# SPDX-License-Identifier: Apache-2.0
"""What was set aside is retried when its cause is cured, or given up."""

import json
import pathlib
import shutil

import pytest

from registry import BUILD, digest_of

TEST_PLUGINS = BUILD / "tests" / "plugins"
BAD = b"This letter says MOOD\n"


@pytest.fixture
def plugin_folder(tmp_path_factory):
    """The real plugins, and one whose mood is an option."""
    folder = pathlib.Path(tmp_path_factory.mktemp("plugins"))
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for plugin in (BUILD / "plugins").glob("*.so"):
        shutil.copy(plugin, folder)
    shutil.copy(TEST_PLUGINS / "parser_mood.so", folder)
    return folder


@pytest.fixture
def make_moody(make_registry, plugin_folder):
    """A registry whose parser mood answers so, and so often."""

    def make(status, times, **options):
        registry = make_registry(plugins=plugin_folder, **options)
        registry.expect_log("is quarantined: ", "arrivals from before",
                            "asks for another time")
        set_mood(registry, status, times)
        return registry.start()

    return make


def set_mood(registry, status, times):
    text = registry.config.read_text(encoding="utf-8")
    text = text.split("[plugin mood]")[0]
    registry.config.write_text(
        f"{text}[plugin mood]\nstatus = {status}\ntimes = {times}\n",
        encoding="utf-8")


def cure(registry):
    """The mood is better, and docketd started anew."""
    assert registry.stop() == 0
    set_mood(registry, 3, 0)
    registry.start()
    return registry.subscribe()


def row_of(registry, number):
    return next(row for row in registry.rows("list", "--limit", "0")
                if row["arrival"] == number)


def set_aside(registry, *names):
    bus = registry.subscribe()
    for name in names:
        registry.move_in(name, BAD + name.encode())
    return sorted(bus.wait("document.quarantined", name=name)["data"]["arrival"]
                  for name in names)


def test_cured_document_is_retried_and_done(make_moody):
    registry = make_moody(status=3, times=1000)
    [number] = set_aside(registry, "bad.txt")
    bus = cure(registry)
    said = registry.docket("retry", str(number)).stdout.decode()
    assert said.split() == [str(number), "queued", "bad.txt"]
    bus.wait("document.retried", arrival=number)
    bus.wait("document.parsed", arrival=number)
    bus.wait("document.indexed", arrival=number)
    row = row_of(registry, number)
    assert (row["state"], row["reason"], row["cure"]) == ("done", None, None)
    assert registry.rows("search", "letter")[0]["arrival"] == number


def test_not_cured_it_is_set_aside_once_more(make_moody):
    registry = make_moody(status=3, times=1000)
    [number] = set_aside(registry, "bad.txt")
    bus = registry.subscribe()
    registry.docket("retry", str(number))
    bus.wait("document.retried", arrival=number)
    bus.wait("document.quarantined", arrival=number)
    types = [event["type"] for event in registry.rows("events")
             if event["data"].get("arrival") == number]
    assert types == ["document.received", "document.quarantined",
                     "document.retried", "document.quarantined"]


def test_all_of_one_reason_are_retried(make_moody):
    registry = make_moody(status=3, times=1000)
    numbers = set_aside(registry, "a.txt", "b.txt", "c.txt")
    bus = registry.subscribe()
    registry.move_in("empty.txt", b"")
    empty = bus.wait("document.quarantined",
                     name="empty.txt")["data"]["arrival"]
    bus = cure(registry)
    rows = registry.rows("retry", "--all", "--reason", "rejected")
    assert [row["arrival"] for row in rows] == numbers
    for number in numbers:
        bus.wait("document.parsed", arrival=number)
    assert row_of(registry, empty)["state"] == "quarantined"


def test_plugin_that_asks_for_time_is_given_it(make_moody):
    registry = make_moody(status=2, times=2, config="readers = 1")
    bus = registry.subscribe()
    registry.move_in("late.txt", BAD)
    number = bus.wait("document.received")["data"]["arrival"]
    bus.wait("document.parsed", within=15, arrival=number)
    row = row_of(registry, number)
    assert (row["state"], row["attempts"]) == ("done", 1)


def test_resting_document_rests_on_after_a_kill(make_moody):
    registry = make_moody(status=2, times=1000, config="readers = 1")
    registry.expect_log("is looked through")
    bus = registry.subscribe()
    registry.move_in("late.txt", BAD)
    number = bus.wait("document.received")["data"]["arrival"]
    registry.wait_log("asks for another time")
    registry.kill()
    set_mood(registry, 3, 0)
    registry.start()
    registry.subscribe().wait("document.parsed", within=15, arrival=number)
    assert row_of(registry, number)["state"] == "done"


def test_other_types_than_the_inbox_takes_are_set_aside(make_registry):
    registry = make_registry(inbox="types = application/pdf image/*").start()
    registry.expect_log("is quarantined: ")
    bus = registry.subscribe()
    registry.move_in("letter.txt", b"A letter\n")
    registry.move_in("scan.jp2", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(64))
    data = bus.wait("document.quarantined", name="letter.txt")["data"]
    assert (data["stage"], data["reason"]) == ("read", "type")
    bus.wait("document.quarantined", name="scan.jp2", reason="unsupported")
    row = row_of(registry, data["arrival"])
    assert row["cure"].startswith("Add its type to the inbox's types")
    assert registry.docket("get", str(row["arrival"])).stdout == b"A letter\n"
    text = registry.config.read_text(encoding="utf-8")
    registry.config.write_text(text.replace("types =", "types = text/plain"),
                               encoding="utf-8")
    registry.docket("reload")
    bus = registry.subscribe()
    registry.docket("retry", str(row["arrival"]))
    bus.wait("document.parsed", arrival=row["arrival"])


def test_discarded_document_keeps_its_row_and_loses_its_bytes(make_moody):
    registry = make_moody(status=3, times=1000)
    [number] = set_aside(registry, "bad.txt")
    bus = registry.subscribe()
    assert registry.docket("get", str(number)).stdout == BAD + b"bad.txt"
    said = registry.docket("discard", "--yes", str(number)).stdout.decode()
    assert said.split() == [str(number), "discarded", "bad.txt"]
    event = bus.wait("document.forgotten", arrival=number)
    assert event["data"]["reason"] == "discarded"
    row = row_of(registry, number)
    assert (row["state"], row["id"]) == ("discarded",
                                         digest_of(BAD + b"bad.txt"))
    gone = registry.docket("get", str(number), check=False)
    assert (gone.returncode, gone.stdout) == (1, b"")
    assert b"discarded" in gone.stderr
    again = registry.docket("retry", str(number), check=False)
    assert again.returncode == 1
    assert f"arrival {number} is discarded".encode() in again.stderr


def test_large_document_that_is_discarded_leaves_the_store(make_moody):
    registry = make_moody(status=3, times=1000)
    bus = registry.subscribe()
    store = registry.state / "store"
    registry.move_in("large.txt", BAD + b"large words\n" * 40000)
    number = bus.wait("document.quarantined")["data"]["arrival"]
    assert [path for path in store.rglob("*") if path.is_file()]
    registry.docket("discard", "--yes", str(number))
    assert not [path for path in store.rglob("*") if path.is_file()]
    registry.move_in("again.txt", BAD + b"large words\n" * 40000)
    bus.wait("document.quarantined", name="again.txt")


def test_bytes_that_another_arrival_has_stay(make_moody):
    registry = make_moody(status=3, times=1000)
    bus = registry.subscribe()
    numbers = []
    for name in ("one.txt", "two.txt"):
        registry.move_in(name, BAD)
        numbers.append(bus.wait("document.quarantined",
                                name=name)["data"]["arrival"])
    registry.docket("discard", "--yes", str(numbers[0]))
    assert registry.docket("get", str(numbers[1])).stdout == BAD


def test_nothing_is_discarded_without_a_yes(make_moody):
    registry = make_moody(status=3, times=1000)
    [number] = set_aside(registry, "bad.txt")
    asked = registry.docket("discard", str(number), check=False, stdin=-3)
    assert asked.returncode == 64
    assert b"--yes" in asked.stderr
    assert row_of(registry, number)["state"] == "quarantined"


def test_what_is_not_set_aside_is_not_moved(make_moody):
    registry = make_moody(status=3, times=0)
    bus = registry.subscribe()
    registry.move_in("good.txt", b"A good letter\n")
    number = bus.wait("document.parsed")["data"]["arrival"]
    for verb in (["retry"], ["discard", "--yes"]):
        refused = registry.docket(*verb, str(number), check=False)
        assert refused.returncode == 1
        assert f"arrival {number} is done".encode() in refused.stderr
        missing = registry.docket(*verb, "99", check=False)
        assert missing.returncode == 1
        assert b"there is no arrival 99;" in missing.stderr
        assert registry.docket(*verb, "x", check=False).returncode == 64


def test_list_and_show_tell_the_cure(make_moody):
    registry = make_moody(status=3, times=1000)
    [number] = set_aside(registry, "bad.txt")
    cure_of = json.loads(
        registry.docket("show", str(number), "--json").stdout)["cure"]
    assert cure_of.startswith("Mend the document")
    table = registry.docket("list", "--state", "quarantined").stdout.decode()
    assert "CURE" in table and cure_of in table
    assert cure_of in registry.docket("show", str(number)).stdout.decode()
