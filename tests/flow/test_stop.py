# SPDX-License-Identifier: Apache-2.0
"""docketd is stopped while somebody is busy."""

import pathlib
import shutil

import pytest

from registry import BUILD

TEST_PLUGINS = BUILD / "tests" / "plugins"


@pytest.fixture
def plugin_folder(tmp_path_factory):
    """The real plugins, and those that misbehave."""
    folder = pathlib.Path(tmp_path_factory.mktemp("plugins"))
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for plugin in (BUILD / "plugins").glob("*.so"):
        shutil.copy(plugin, folder)
    for name in ("parser_hang", "notifier_file"):
        shutil.copy(TEST_PLUGINS / f"{name}.so", folder)
    return folder


def test_a_document_that_is_being_read_is_not_blamed_for_the_stop(
        make_registry, plugin_folder):
    registry = make_registry(plugins=plugin_folder,
                             config="read_deadline = 1h\nattempts = 1")
    registry.expect_log("arrivals from before are queued again", "is looked")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("slow.txt", b"This one says SLEEP NOW\n")
    bus.wait("document.received", name="slow.txt")
    while registry.rows("list")[0]["state"] != "reading":
        bus.hear_tick()
    bus.hear_tick()
    assert registry.stop() == 0
    registry.start()
    row, = registry.rows("list")
    assert row["state"] in ("queued", "reading")
    assert "plugin.crashed" not in [
        event["type"] for event in registry.rows("events")]


def test_a_notifier_that_must_wait_tells_each_event_once(
        make_registry, plugin_folder):
    registry = make_registry(plugins=plugin_folder)
    registry.expect_log("tried again", "docket-worker: file: ")
    folder = registry.outside / "later"
    registry.config.write_text(
        registry.config.read_text(encoding="utf-8") +
        f"\n[plugin file]\npath = {folder}/told\n", encoding="utf-8")
    registry.outside.chmod(0o777)
    registry.start()
    bus = registry.subscribe()
    for i in range(10):
        registry.move_in(f"letter-{i}.txt", b"Letter %d\n" % i)
    for i in range(10):
        bus.wait("document.parsed", name=f"letter-{i}.txt")
    registry.wait_log("tried again")
    folder.mkdir()
    folder.chmod(0o777)
    sent = 0
    while sent < 20:
        bus.wait("notification.sent")
        sent = len([event for event in bus.heard
                    if event["type"] == "notification.sent"])
        bus.hear_tick()
    assert len((folder / "told").read_text().splitlines()) == 20
