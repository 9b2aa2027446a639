# SPDX-License-Identifier: Apache-2.0
"""Plugins that crash, hang, bloat or do not load cost one arrival each."""

import pathlib
import shutil
import time

import pytest

from registry import BUILD, sample

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


def add_plugin(folder, name):
    shutil.copy(TEST_PLUGINS / f"{name}.so", folder)


CASES = {
    "CRASH NOW": ("parser_crash", "signal-11", "crash"),
    "HANG NOW": ("parser_hang", "deadline", "hang"),
}


@pytest.mark.parametrize("word", sorted(CASES))
def test_a_bad_parser_costs_one_arrival(make_registry, plugin_folder, word):
    plugin, reason, name = CASES[word]
    add_plugin(plugin_folder, plugin)
    registry = make_registry(plugins=plugin_folder,
                             config="read_deadline = 500ms")
    registry.expect_log("at arrival", f"is quarantined: {reason}",
                        "AddressSanitizer", "^ ", "^=", "^$", "^SUMMARY")
    registry.start()
    pid = registry.process.pid
    bus = registry.subscribe()
    for i in range(20):
        registry.move_in(f"good-{i}.txt", b"Good letter %d\n" % i)
    registry.move_in("bad.txt", f"This one says {word}\n".encode())
    for i in range(20, 40):
        registry.move_in(f"good-{i}.txt", b"Good letter %d\n" % i)
    event = bus.wait("document.quarantined", within=30, name="bad.txt")
    assert event["data"]["reason"] == reason
    assert event["data"]["plugin"] == name
    assert event["data"]["stage"] == "read"
    for i in range(40):
        bus.wait("document.indexed", name=f"good-{i}.txt")
    states = {row["name"]: row["state"] for row in registry.rows("list")}
    assert states.pop("bad.txt") == "quarantined"
    assert set(states.values()) == {"done"}
    crashes = [event for event in bus.heard
               if event["type"] == "plugin.crashed"]
    assert [crash["data"]["plugin"] for crash in crashes] == [name] * 3
    assert registry.process.pid == pid and registry.process.poll() is None
    # Its bytes are kept for a person to look at.
    number = event["data"]["arrival"]
    assert word.encode() in registry.docket("get", str(number)).stdout


def test_a_plugin_that_does_not_load_is_named_and_the_rest_goes_on(
        make_registry, plugin_folder):
    (plugin_folder / "parser_aaa.so").write_bytes(b"not a shared object")
    registry = make_registry(plugins=plugin_folder)
    registry.expect_log("plugin parser_aaa is refused")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("letter.txt", sample("letter-en.txt"))
    bus.wait("document.indexed", name="letter.txt")
    rows = {row["name"]: row for row in registry.rows("plugins")}
    assert rows["parser_aaa"]["state"] == "refused"
    assert rows["text"]["state"] == "loaded"
    # What no loaded plugin reads may be for the one that is not: it waits.
    registry.move_in("film.mp4", b"\0\0\0\x18ftypmp42" + bytes(100))
    registry.move_in("last.txt", b"the last one\n")
    bus.wait("document.indexed", name="last.txt")
    states = {row["name"]: row["state"] for row in registry.rows("list")}
    assert states["film.mp4"] == "blocked"


def test_a_second_file_with_a_plugin_of_that_name_is_told_apart(
        make_registry, plugin_folder):
    shutil.copy(plugin_folder / "parser_text.so",
                plugin_folder / "parser_text_old.so")
    registry = make_registry(plugins=plugin_folder)
    registry.expect_log("plugin parser_text_old is refused")
    registry.start()
    states = registry.rows("status")[0]["plugin"]
    assert states["text"] == "loaded"
    assert states["parser_text_old"] == (
        f"refused: {plugin_folder}/parser_text_old.so: "
        f"{plugin_folder}/parser_text.so is the plugin text already; "
        "remove one")


def test_a_type_that_nobody_reads_is_quarantined_by_name(registry):
    registry.expect_log("film.mp4.* is quarantined: unsupported")
    bus = registry.subscribe()
    registry.move_in("film.mp4", b"\0\0\0\x18ftypmp42" + bytes(100))
    event = bus.wait("document.quarantined", name="film.mp4")
    assert event["data"]["reason"] == "unsupported"
    row, = registry.rows("list", "--state", "quarantined")
    assert row["media_type"] == "video/mp4"


def test_a_notifier_is_told_what_happens_from_now_on(
        make_registry, plugin_folder):
    registry = make_registry(plugins=plugin_folder)
    registry.start()
    bus = registry.subscribe()
    registry.move_in("before.txt", b"before the notifier was there\n")
    bus.wait("document.indexed", name="before.txt")
    registry.stop()
    add_plugin(plugin_folder, "notifier_file")
    told = registry.state / "told"
    registry.config.write_text(registry.config.read_text(encoding="utf-8") +
                               f"\n[plugin file]\npath = {told}\n",
                               encoding="utf-8")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("after.txt", b"after it\n")
    assert bus.wait("notification.sent", arrival=2)["data"]["plugin"] == "file"
    deadline = time.monotonic() + 10
    while "document.parsed/letters" not in told.read_text(encoding="utf-8"):
        assert bus.hear(deadline), "it was not told of the end"
    text = told.read_text(encoding="utf-8")
    assert "document.received/letters" in text
