# SPDX-License-Identifier: Apache-2.0
"""What lies in a document is an arrival of its own, tied to it by its number."""

import json
import pathlib
import random
import shutil
import subprocess
import time
import zipfile

import pytest

from registry import BUILD, as_nobody, digest_of

TEST_PLUGINS = BUILD / "tests" / "plugins"
SETTLED = ("document.parsed", "document.duplicate", "document.quarantined")
QUICK = "found_quiet = 200ms\nquiet = 200ms"
LARGE = b"Annex to the report of the registrar.\n" * 56000  # 2 MiB


def parcel(*members, first="PARCEL"):
    """As tests/plugins/parser_parcel.c takes it apart."""
    parts = [first.encode() + b"\n"]
    for name, data in members:
        parts += [b"%s %d\n" % (name.encode(), len(data)), data]
    return b"".join(parts)


@pytest.fixture(name="plugins", scope="module")
def fixture_plugins(tmp_path_factory):
    """What reads and finds a letter, and what takes a text apart."""
    folder = pathlib.Path(tmp_path_factory.mktemp("plugins"))
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for name in ("parser_text", "annotator_language", "indexer_sqlite"):
        shutil.copy(BUILD / "plugins" / f"{name}.so", folder)
    shutil.copy(TEST_PLUGINS / "parser_parcel.so", folder)
    return folder


@pytest.fixture(name="registry")
def fixture_registry(make_registry, plugins):
    registry = make_registry(plugins=plugins, inbox=QUICK)
    registry.expect_log("is quarantined: ", "arrivals from before",
                        "is looked through")
    return registry.start()


def take_in(registry, name, data):
    """Drop it; the number of the arrival, once it is done."""
    bus = registry.subscribe()
    registry.move_in(name, data)
    return bus.wait("document.parsed", name=name)["data"]["arrival"]


def wait_until_settled(registry, count, within=60):
    """So many arrivals, by number, none of which waits for anything."""
    bus = registry.subscribe()
    deadline = time.monotonic() + within
    while True:
        rows = registry.rows("list", "--limit", "0")
        waiting = [row for row in rows
                   if row["state"] in ("queued", "reading")]
        if len(rows) >= count and not waiting:
            return {row["arrival"]: row for row in rows}
        assert bus.hear(deadline), f"{len(rows)} arrivals, {waiting[:3]}"


def check_books(registry):
    """Every account of docket audit balances."""
    accounts = registry.rows("audit")
    assert not [account for account in accounts if account["wrong"]]


def get(registry, number):
    return registry.docket("get", str(number)).stdout


def test_what_is_in_a_document_are_arrivals_tied_to_it(registry):
    first = b"The first letter speaks of the harbour.\n"
    second = b"La seconde lettre parle du registre des pluies.\n"
    bus = registry.subscribe()
    registry.move_in("message.txt", parcel(("one.txt", first),
                                           ("deux.txt", second)))
    parsed = bus.wait("document.parsed", name="message.txt")["data"]
    assert (parsed["parent"], parsed["children"]) == (None, 2)
    number = parsed["arrival"]
    for name in ("one.txt", "deux.txt"):
        received = bus.wait("document.received", name=name)["data"]
        assert (received["parent"], received["inbox"]) == (number, "letters")
        assert "children" not in bus.wait(
            "document.indexed", name=name, parent=number)["data"]
    rows = wait_until_settled(registry, 3)
    children = [row for row in rows.values() if row["parent"] == number]
    assert [row["name"] for row in children] == ["one.txt", "deux.txt"]
    assert {row["origin"] for row in children} == {"child"}
    assert {row["state"] for row in children} == {"done"}
    assert [row["id"] for row in children] == [digest_of(first),
                                               digest_of(second)]
    assert get(registry, children[1]["arrival"]) == second
    record = json.loads(registry.docket("show", str(number), "--json").stdout)
    assert record["children"] == [digest_of(first), digest_of(second)]
    check_books(registry)


def test_show_names_what_a_document_came_out_of_and_what_is_in_it(registry):
    number = take_in(registry, "message.txt",
                     parcel(("one.txt", b"The harbour.\n"), ("empty", b"")))
    wait_until_settled(registry, 3)
    shown = registry.docket("show", str(number)).stdout.decode()
    lines = [line.split() for line in shown.splitlines()]
    assert ["in", "it", "2", "done", "one.txt"] in lines
    assert ["in", "it", "3", "quarantined", "empty"] in lines
    shown = registry.docket("show", "2").stdout.decode()
    assert ["part", "of", "1", "done", "message.txt"] in [
        line.split() for line in shown.splitlines()]
    # Where nothing could be read they are named all the same.
    shown = registry.docket("show", "3").stdout.decode()
    assert "message.txt" in shown and "quarantined" in shown


def test_a_search_says_in_what_it_found_an_attachment(registry):
    bus = registry.subscribe()
    registry.move_in("message.txt",
                     parcel(("one.txt", b"About the lighthouse.\n")))
    bus.wait("document.indexed", name="one.txt")
    [hit] = registry.rows("search", "lighthouse")
    assert (hit["parent"], hit["parent_name"]) == (1, "message.txt")
    shown = registry.docket("search", "lighthouse").stdout.decode()
    assert "in 1 message.txt\n" in shown


def test_an_attachment_that_is_known_is_a_duplicate(registry):
    letter = b"This letter came before.\n"
    known = take_in(registry, "letter.txt", letter)
    number = take_in(registry, "message.txt", parcel(("again.txt", letter)))
    rows = wait_until_settled(registry, 3)
    [child] = [row for row in rows.values() if row["parent"] == number]
    assert (child["state"], child["original"]) == ("duplicate", known)
    assert get(registry, child["arrival"]) == letter
    check_books(registry)


def test_the_same_twice_in_one_document_is_done_once(registry):
    take_in(registry, "message.txt", parcel(("one.txt", b"A letter.\n"),
                                            first="PARCEL twice"))
    rows = wait_until_settled(registry, 3)
    assert sorted(row["state"] for row in rows.values()) == [
        "done", "done", "duplicate"]
    check_books(registry)


def test_what_a_parser_put_before_it_skipped_is_nothing(registry):
    take_in(registry, "message.txt", parcel(("one.txt", b"A letter.\n"),
                                            first="PARCEL skip"))
    assert len(registry.rows("list")) == 1


def test_a_document_that_is_a_duplicate_has_no_children(registry):
    data = parcel(("one.txt", b"A letter.\n"))
    take_in(registry, "message.txt", data)
    bus = registry.subscribe()
    registry.move_in("again.txt", data)
    bus.wait("document.duplicate", name="again.txt")
    wait_until_settled(registry, 3)
    assert len(registry.rows("list")) == 3


def nest(depth, data=b"The innermost letter.\n"):
    for i in range(depth, 0, -1):
        data = parcel((f"level-{i}.txt", data))
    return data


def test_what_lies_too_deep_waits_for_a_person(registry):
    take_in(registry, "level-0.txt", nest(5))
    rows = wait_until_settled(registry, 5)
    assert [rows[i]["parent"] for i in range(1, 6)] == [None, 1, 2, 3, 4]
    assert [rows[i]["state"] for i in range(1, 5)] == ["done"] * 4
    deepest = rows[5]
    assert (deepest["state"], deepest["reason"]) == ("quarantined", "nesting")
    assert deepest["cure"].startswith("Retry it")
    assert get(registry, 5) == nest(5)[-deepest["size"]:]
    check_books(registry)
    # It is read when somebody wants it; what is in it waits in its turn.
    bus = registry.subscribe()
    registry.docket("retry", "5")
    bus.wait("document.parsed", arrival=5)
    rows = wait_until_settled(registry, 6)
    assert (rows[6]["parent"], rows[6]["reason"]) == (5, "nesting")
    assert get(registry, 6) == b"The innermost letter.\n"
    check_books(registry)


def test_a_document_that_has_too_many_in_it_is_set_aside(registry):
    many = [(f"{i}.txt", b"%d\n" % i) for i in range(1001)]
    bus = registry.subscribe()
    registry.move_in("many.txt", parcel(*many))
    event = bus.wait("document.quarantined", name="many.txt")["data"]
    assert event["reason"] == "entries"
    assert "1000 documents" in event["detail"]
    assert len(registry.rows("list")) == 1
    registry.move_in("enough.txt", parcel(*many[:1000]))
    bus.wait("document.parsed", name="enough.txt")
    rows = wait_until_settled(registry, 1002)
    assert sum(row["parent"] == 2 for row in rows.values()) == 1000
    check_books(registry)


def test_a_large_attachment_is_a_file_of_the_store(registry):
    number = take_in(registry, "message.txt", parcel(
        ("small.txt", b"A small letter.\n"), ("large.txt", LARGE)))
    rows = wait_until_settled(registry, 3)
    assert {row["parent"] for row in rows.values()} == {None, number}
    assert {row["state"] for row in rows.values()} == {"done"}
    assert get(registry, 3) == LARGE
    hex_digits = digest_of(LARGE).partition(":")[2]
    assert (registry.state / "store" / hex_digits[:2]
            / hex_digits[2:]).stat().st_size == len(LARGE)
    assert not list(registry.state.glob("store/tmp-*"))
    check_books(registry)


def test_inbox_types_are_about_what_is_dropped(make_registry, plugins):
    registry = make_registry(plugins=plugins, inbox="types = text/plain\n")
    registry.expect_log("is quarantined: ")
    registry.start()
    markdown = b"# A title\n\nAnd a *letter* with [a link](x).\n"
    bus = registry.subscribe()
    registry.move_in("dropped.md", markdown)
    bus.wait("document.quarantined", name="dropped.md", reason="type")
    registry.move_in("message.txt", parcel(("in-it.md", markdown)))
    bus.wait("document.parsed", name="in-it.md")


def test_an_attachment_that_was_set_aside_is_retried_alone(registry):
    take_in(registry, "message.txt", parcel(("empty.txt", b""),
                                            ("one.txt", b"A letter.\n")))
    rows = wait_until_settled(registry, 3)
    assert (rows[2]["state"], rows[2]["reason"]) == ("quarantined", "empty")
    bus = registry.subscribe()
    registry.docket("retry", "2")
    bus.wait("document.retried", arrival=2)
    bus.wait("document.quarantined", arrival=2)
    assert registry.docket("retry", "1", check=False).returncode == 1
    registry.docket("discard", "--yes", "2")
    assert len(wait_until_settled(registry, 3)) == 3
    check_books(registry)


def test_names_may_be_anything(registry):
    names = ["a/b/../c.txt", "-", "x" * 2000, "name with blanks é.txt"]
    take_in(registry, "message.txt", parcel(
        *((name, b"Letter %d\n" % i) for i, name in enumerate(names))))
    rows = wait_until_settled(registry, 5)
    assert [rows[i]["name"] for i in range(2, 6)] == [
        "a/b/../c.txt", "member-2", "x" * 1024, "name with blanks é.txt"]


def test_receipts_say_where_attachments_are(make_registry, plugins, tmp_path):
    receipts = tmp_path / "receipts"
    receipts.mkdir()
    receipts.chmod(0o777)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    registry = make_registry(plugins=plugins,
                             inbox=f"receipts = {receipts}\n")
    registry.start()
    take_in(registry, "message.txt", parcel(("in/one.txt", b"A letter.\n")))
    wait_until_settled(registry, 2)
    assert registry.stop() == 0
    said = {path.name: path.read_text(encoding="utf-8")
            for path in receipts.iterdir()}
    assert "Documents that were in it: 1." in said["message.txt.1.txt"]
    assert "It was in arrival 1, where it was called in/one.txt.\n" in (
        said["in_one.txt.2.txt"])
    registry.start()


@pytest.fixture(name="message")
def fixture_message(tmp_path):
    path = tmp_path / "message.txt"
    path.write_bytes(parcel(("one.txt", b"A letter.\n")))
    path.chmod(0o644)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    return path


def run_docket(*arguments):
    command = as_nobody([BUILD / "bin" / "docket", *arguments])
    done = subprocess.run(command, capture_output=True, text=True, cwd="/",
                          timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_on_trial_a_plugin_says_what_it_takes_out(message):
    said = run_docket("plugins", "test", TEST_PLUGINS / "parser_parcel.so",
                      message)
    assert f"in it: {digest_of(b'A letter.' + bytes([10]))} one.txt" in said
    assert "is the same record in a fresh process" in said


def test_parse_prints_what_is_in_a_file(tmp_path):
    if not (BUILD / "plugins" / "parser_archive.so").exists():
        pytest.skip("parser_archive is not built")
    path = tmp_path / "letters.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/one.txt", b"A letter.\n" * 200)
    path.chmod(0o644)
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    digest = digest_of(b"A letter.\n" * 200)
    said = run_docket("parse", "--outline", path)
    assert f"{digest}  2.0 KiB  in/one.txt\n" in said
    record = json.loads(run_docket("parse", path))
    assert record["children"] == [digest]


def make_parcels(count):
    """{name: data} of parcels, and {name: data} of what is in them."""
    parcels, inner = {}, {}
    for i in range(count):
        members = [(f"in-{i}-{j}.txt", b"Letter %d of parcel %d\n" % (j, i)
                    + (LARGE[:300000] if i % 8 == j == 2 else b""))
                   for j in range(3)]
        inner |= dict(members)
        parcels[f"parcel-{i}.txt"] = parcel(*members)
    return parcels, inner


def test_killed_at_any_moment_each_is_there_once(registry):
    parcels, inner = make_parcels(24)
    chance = random.Random(len(parcels))
    todo = list(parcels.items())
    for _ in range(4):
        for name, data in todo[:6]:
            registry.move_in(name, data)
        del todo[:6]
        time.sleep(chance.uniform(0, 0.12))
        registry.kill()
        registry.start()
    rows = wait_until_settled(registry, len(parcels) + len(inner))
    numbers = {row["name"]: row["arrival"] for row in rows.values()}
    expected = {name: digest_of(data)
                for name, data in (parcels | inner).items()}
    assert len(rows) == len(expected)
    assert {row["name"]: row["id"] for row in rows.values()} == expected
    assert {row["state"] for row in rows.values()} == {"done"}
    for row in rows.values():
        if row["name"] in inner:
            whole = f"parcel-{row['name'].split('-')[1]}.txt"
            assert row["parent"] == numbers[whole]
    events = [event for event in registry.rows("events")
              if event["type"] in SETTLED + ("document.received",)]
    assert len(events) == 2 * len(expected)
    check_books(registry)
    registry.wait_left()
