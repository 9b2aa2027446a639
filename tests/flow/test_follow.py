# SPDX-License-Identifier: Apache-2.0
"""Followers, readers and a bus that fail cost themselves and nothing else."""

import json
import pathlib
import shutil
import time

import pytest

from registry import BUILD

TEST_PLUGINS = BUILD / "tests" / "plugins"


@pytest.fixture
def plugin_folder(tmp_path_factory):
    """The real plugins, and room for others beside them."""
    folder = pathlib.Path(tmp_path_factory.mktemp("plugins"))
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for plugin in (BUILD / "plugins").glob("*.so"):
        shutil.copy(plugin, folder)
    return folder


def wait_for_event(registry, kind, within=10, **data):
    """In the journal: what happened before anybody could subscribe."""
    deadline = time.monotonic() + within
    while True:
        for event in registry.rows("events"):
            if event["type"] == kind and all(
                    event["data"].get(key) == value
                    for key, value in data.items()):
                return event
        assert time.monotonic() < deadline, f"no {kind} {data}"
        time.sleep(0.05)


def test_an_indexer_that_does_not_answer_is_killed_and_started_again(
        make_registry, plugin_folder):
    shutil.copy(TEST_PLUGINS / "indexer_mute.so", plugin_folder)
    registry = make_registry(plugins=plugin_folder,
                             config="follow_deadline = 300ms")
    registry.expect_log("plugin mute does not answer; it is killed",
                        "mute ended with .*; it is started again")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("mute.txt", b"MUTE NOW\n")
    registry.wait_log("mute ended with .*; it is started again")
    registry.wait_log("mute ended with .*; it is started again")
    # The other indexer and the readers have not noticed.
    registry.move_in("after.txt", b"The one after it.\n")
    bus.wait("document.indexed", name="after.txt", plugin="sqlite")


def test_an_index_of_another_journal_is_refused_by_name(
        make_registry, plugin_folder):
    shutil.copy(TEST_PLUGINS / "indexer_list.so", plugin_folder)
    registry = make_registry(plugins=plugin_folder)
    registry.config.write_text(registry.config.read_text(encoding="utf-8") +
                               "\n[plugin list]\nresumes_at = 900\n",
                               encoding="utf-8")
    registry.expect_log("plugin list is refused: its index has event 900")
    registry.start()
    event = wait_for_event(registry, "plugin.refused", plugin="list")
    assert "belongs to another journal" in event["data"]["detail"]
    rows = {row["name"]: row for row in registry.rows("plugins")}
    assert rows["list"]["state"] == "refused"
    assert f"{registry.state}/index/list" in rows["list"]["detail"]
    bus = registry.subscribe()
    registry.move_in("letter.txt", b"A letter.\n")
    bus.wait("document.indexed", name="letter.txt", plugin="sqlite")


def test_an_indexer_that_cannot_open_its_folder_is_refused_by_name(
        make_registry):
    registry = make_registry().start()
    assert registry.stop() == 0
    folder = registry.state / "index" / "sqlite"
    folder.chmod(0o500)
    for path in folder.iterdir():
        path.chmod(0o400)
    registry.expect_log("plugin sqlite is refused: ", "docket-worker: ")
    registry.start()
    event = wait_for_event(registry, "plugin.refused", plugin="sqlite")
    assert event["data"]["detail"]
    bus = registry.subscribe()
    registry.move_in("letter.txt", b"A letter.\n")
    bus.wait("document.parsed", name="letter.txt")
    rows = {row["name"]: row for row in registry.rows("plugins")}
    assert rows["sqlite"]["state"] == "refused"
    asked = registry.docket("search", "letter", check=False)
    assert b"no indexer is ready" in asked.stderr


def test_a_bus_that_cannot_be_bound_is_told_and_the_rest_goes_on(
        make_registry):
    registry = make_registry()
    registry.config.write_text(registry.config.read_text(encoding="utf-8") +
                               "\n[bus b]\naddress = ipc:///nowhere/b\n",
                               encoding="utf-8")
    registry.expect_log(r"\[bus b\] .*", "docket-bus ended with status 78",
                        "docket-bus: ")
    registry.start()
    event = wait_for_event(registry, "plugin.refused", plugin="docket-bus")
    assert "[bus b]" in event["data"]["detail"]
    status = json.loads(registry.docket("status", "--json").stdout)
    assert "[bus b]" in status["bus"]["state"]
    assert status["daemon"]["state"] == "ready"
    registry.move_in("letter.txt", b"A letter.\n")
    wait_for_event(registry, "document.indexed", arrival=1)
    told = [event for event in registry.rows("events")
            if event["data"].get("plugin") == "docket-bus"]
    assert len(told) == 1


def test_documents_that_crash_their_reader_do_not_delay_the_others(
        make_registry, plugin_folder):
    shutil.copy(TEST_PLUGINS / "parser_crash.so", plugin_folder)
    registry = make_registry(plugins=plugin_folder,
                             config="readers = 1\nattempts = 1")
    registry.expect_log("the reader ended in signal", "is quarantined: signal")
    registry.start()
    bus = registry.subscribe()
    began = time.monotonic()
    for i in range(10):
        registry.move_in(f"crash-{i}.txt", b"CRASH NOW %d\n" % i)
    registry.move_in("last.txt", b"The last one.\n")
    for i in range(10):
        bus.wait("document.quarantined", name=f"crash-{i}.txt", within=30)
    bus.wait("document.parsed", name="last.txt", within=30)
    # With a delay doubled each time it would take half a minute and more.
    assert time.monotonic() - began < 20
