# SPDX-License-Identifier: Apache-2.0
"""A parser that needs a process for each document: what one does stays there."""

import json
import pathlib
import shutil
import subprocess

import pytest

from registry import BUILD

TEST_PLUGINS = BUILD / "tests" / "plugins"


@pytest.fixture
def plugin_folder(tmp_path_factory):
    """The real plugins, and parser_apart, which comes before parser_text."""
    folder = pathlib.Path(tmp_path_factory.mktemp("plugins"))
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for name in ("parser_text", "annotator_language", "indexer_sqlite"):
        shutil.copy(BUILD / "plugins" / f"{name}.so", folder)
    for name in ("parser_apart", "annotator_stray"):
        shutil.copy(TEST_PLUGINS / f"{name}.so", folder)
    return folder


@pytest.fixture
def make_apart(make_registry, plugin_folder):
    def make(config="readers = 1\n"):
        return make_registry(plugins=plugin_folder, config=config).start()
    return make


def readers_of(registry):
    """The counts of the readers that only parser_apart has."""
    status = json.loads(registry.docket("status", "--json").stdout)
    return status["reader"]["apart"]


def shown(registry, number):
    return json.loads(registry.docket("show", str(number), "--json").stdout)


def processes_below(pid):
    """(pid, state, name) of all that docketd started, and they, and so on."""
    listing = subprocess.run(["ps", "-eo", "pid=,ppid=,state=,comm="],
                             capture_output=True, text=True,
                             check=True).stdout
    rows = [line.split(None, 3) for line in listing.splitlines()]
    below, found = {str(pid)}, []
    for _ in range(4):
        for row in rows:
            if row[1] in below and row[0] not in below:
                below.add(row[0])
                found.append((int(row[0]), row[2], row[3]))
    return found


def test_each_document_is_read_in_a_process_of_its_own(make_apart):
    registry = make_apart()
    bus = registry.subscribe()
    for number in range(1, 41):
        registry.move_in(f"{number}.txt", b"APART %d\n" % number)
    for number in range(1, 41):
        bus.wait("document.indexed", name=f"{number}.txt", within=30)
    for number in (1, 20, 40):
        record = shown(registry, number)
        assert "before: 0, " in record["text"]
        assert "by: copy" in record["text"]
        assert record["parser"].split()[0] == "apart"
    assert {row["attempts"] for row in registry.rows("list", "--limit", "0")
            } == {1}
    assert not [row for row in processes_below(registry.process.pid)
                if row[1] == "Z"]


def test_light_readers_do_not_load_it_and_its_own_begin_when_needed(
        make_apart):
    registry = make_apart()
    bus = registry.subscribe()
    assert readers_of(registry)["ready"] == 0
    workers = {pid for pid, _, name in
               processes_below(registry.process.pid) if "worker" in name}
    registry.move_in("a.txt", b"APART\n")
    bus.wait("document.indexed", name="a.txt")
    assert readers_of(registry)["ready"] == 1
    later = {pid for pid, _, name in
             processes_below(registry.process.pid) if "worker" in name}
    assert len(later - workers) == 2  # it and its mould
    if pathlib.Path(f"/proc/{min(workers)}/maps").exists():
        for pid in later:
            maps = pathlib.Path(f"/proc/{pid}/maps")
            try:
                text = maps.read_text(encoding="utf-8")
            except PermissionError:
                continue
            assert ("parser_apart.so" in text) == (pid not in workers)


def test_what_it_skips_is_for_the_parsers_behind_it(make_apart):
    registry = make_apart()
    bus = registry.subscribe()
    registry.move_in("a.txt", b"An ordinary letter.\n")
    event = bus.wait("document.parsed", name="a.txt")
    record = shown(registry, event["data"]["arrival"])
    assert record["parser"].split()[0] == "text"
    assert registry.rows("list")[0]["attempts"] == 1


@pytest.mark.parametrize("spell, reason", [
    ("CRASH NOW", "signal-11"),
    ("EXIT NOW", "exit-0"),
    ("BREAK NOW", "broken"),
    ("HANG NOW", "deadline"),
])
def test_one_that_goes_wrong_costs_that_document_alone(make_apart, spell,
                                                       reason):
    registry = make_apart("readers = 1\nattempts = 2\nread_deadline = 1s\n")
    registry.expect_log("the reader ended in signal 11", "is quarantined",
                        "the reader ended with status", "starting afresh",
                        "no progress for 1000 ms", "ended with status 70")
    bus = registry.subscribe()
    pid = registry.process.pid
    for number in range(3):
        registry.move_in(f"before-{number}.txt", b"APART %d\n" % number)
    registry.move_in("bad.txt", b"APART " + spell.encode() + b"\n")
    for number in range(3):
        registry.move_in(f"after-{number}.txt", b"APART %d.\n" % number)
    event = bus.wait("document.quarantined", name="bad.txt", within=30)
    assert event["data"]["plugin"] == "apart"
    if reason != "broken":
        assert event["data"]["reason"] == reason
    for when in ("before", "after"):
        for number in range(3):
            bus.wait("document.indexed", name=f"{when}-{number}.txt",
                     within=30)
    rows = {row["name"]: row for row in registry.rows("list")}
    assert rows.pop("bad.txt")["attempts"] == 2
    assert {row["attempts"] for row in rows.values()} == {1}
    assert registry.process.pid == pid
    assert not [row for row in processes_below(pid) if row[1] == "Z"]


def test_what_an_annotator_refuses_leaves_nothing_that_was_in_it(make_apart):
    registry = make_apart()
    registry.expect_log("is quarantined")
    bus = registry.subscribe()
    registry.move_in("bad.txt", b"APART WITH CHILD REFUSE NOW\n")
    event = bus.wait("document.quarantined", name="bad.txt")["data"]
    assert (event["plugin"], event["reason"]) == ("stray", "rejected")
    registry.move_in("good.txt", b"APART WITH CHILD\n")
    number = bus.wait("document.parsed", name="good.txt")["data"]["arrival"]
    bus.wait("document.duplicate", name="one")  # it has the same bytes
    rows = registry.rows("list", "--limit", "0")
    assert [row["name"] for row in rows if row["parent"]] == ["one"]
    assert [row["parent"] for row in rows if row["parent"]] == [number]
    assert not [account for account in registry.rows("audit")
                if account["wrong"]]


@pytest.mark.parametrize("spell, plugin, reason", [
    ("FALL NOW", "stray", "signal-11"),
    ("PRETEND NOW", "apart", "plugin-broken"),
])
def test_one_that_goes_wrong_behind_the_copy_costs_that_document_alone(
        make_apart, spell, plugin, reason):
    registry = make_apart("readers = 1\nattempts = 2\n")
    registry.expect_log("the reader ended in signal 11", "is quarantined",
                        "starting afresh", "ended with status 70")
    bus = registry.subscribe()
    registry.move_in("bad.txt", b"APART WITH CHILD " + spell.encode())
    event = bus.wait("document.quarantined", name="bad.txt", within=30)["data"]
    assert (event["plugin"], event["reason"]) == (plugin, reason)
    registry.move_in("after.txt", b"APART\n")
    bus.wait("document.indexed", name="after.txt", within=30)
    rows = {row["name"]: row for row in registry.rows("list")}
    assert rows["bad.txt"]["attempts"] == 2
    assert len(rows) == 2


def test_a_stop_in_the_middle_leaves_no_process_behind(make_apart):
    registry = make_apart()
    bus = registry.subscribe()
    registry.move_in("hang.txt", b"APART HANG NOW\n")
    bus.wait("document.received", name="hang.txt")
    while readers_of(registry)["busy"] != 1:
        bus.hear_tick()
    below = processes_below(registry.process.pid)
    registry.kill()
    registry.expect_log("arrivals from before are queued again")
    for pid, _, _ in below:
        path = pathlib.Path(f"/proc/{pid}/stat")
        for _ in range(1000):
            try:
                if path.read_text(encoding="utf-8").split(")")[1][1] == "Z":
                    break
            except OSError:
                break
        else:
            raise AssertionError(f"{pid} lives on")
    registry.start()


@pytest.fixture
def parse(tmp_path):
    """docket parse where parser_apart is known to want a process each."""
    for folder in ("bin", "plugins", "share"):
        (tmp_path / folder).mkdir()
    for program in ("docket", "docket-worker"):
        shutil.copy(BUILD / "bin" / program, tmp_path / "bin")
    shutil.copy(BUILD / "plugins" / "parser_text.so", tmp_path / "plugins")
    shutil.copy(TEST_PLUGINS / "parser_apart.so", tmp_path / "plugins")
    (tmp_path / "share" / "plugins.tsv").write_text(
        "# a comment\nparser_apart\tprocess\t-\ttext/x-none text/plain\tTest\n",
        encoding="utf-8")

    def run(*texts):
        letters = [tmp_path / f"{i}.txt" for i in range(len(texts))]
        for letter, text in zip(letters, texts):
            letter.write_text(text, encoding="utf-8")
        return subprocess.run(
            [tmp_path / "bin" / "docket", "parse", "--deadline", "2s",
             *letters], capture_output=True, text=True, timeout=60,
            check=False)

    return run


def test_parse_gives_it_what_it_reads_and_others_the_rest(parse):
    done = parse("APART one", "An ordinary letter.\n", "APART two")
    assert done.returncode == 0, done.stderr
    one, plain, two = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["parser"].split()[0] for record in (one, plain, two)
            ] == ["apart", "text", "apart"]
    assert "before: 0, " in two["text"] and "by: copy" in two["text"]


@pytest.mark.parametrize("spell, said", [
    ("CRASH NOW", "signal 11"), ("EXIT NOW", "exit code 0"),
    ("HANG NOW", "in plugin apart"), ("BREAK NOW", "plugin-broken")])
def test_parse_says_what_went_wrong_and_reads_the_next(parse, spell, said):
    done = parse(f"APART {spell}", "APART two", "A letter.\n")
    assert done.returncode == 1
    assert said in done.stderr
    names = [json.loads(line)["name"] for line in done.stdout.splitlines()]
    assert names == ["1.txt", "2.txt"]


def test_parse_and_trial_run_it_as_docketd_does(plugin_folder, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("APART\n", encoding="utf-8")
    done = subprocess.run(
        [BUILD / "bin" / "docket", "plugins", "test",
         TEST_PLUGINS / "parser_apart.so", letter],
        capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "is the same record when read again" in done.stdout
    described = subprocess.run(
        [BUILD / "bin" / "docket", "plugins", "describe",
         TEST_PLUGINS / "parser_apart.so", "--json"],
        capture_output=True, text=True, check=True).stdout
    assert json.loads(described)["needs"] == ["process"]
