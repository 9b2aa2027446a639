# SPDX-License-Identifier: Apache-2.0
"""Plugins that were built for another docket: they work, or are refused."""

import json
import shutil
import subprocess

import pytest

from registry import BUILD, SAMPLES

DOCKET = BUILD / "bin" / "docket"
ABI = BUILD / "tests" / "abi"
LETTER = SAMPLES / "letter-fr.txt"


def docket(*words):
    return subprocess.run([DOCKET, "plugins", *words], capture_output=True,
                          timeout=60, check=False)


def try_plugin(name, *words):
    done = docket("test", ABI / f"{name}.so", *words)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0, (lines, done.stderr.decode())
    return lines


# ---- version 1, in shapes that were written down once and for all ----


def test_a_frozen_parser_uses_all_that_there_was():
    lines = try_plugin("parser_frozen", LETTER, "--set", "number=8")
    words = [line.split(None, 1) for line in lines]
    assert ["title", "text/plain"] in words
    assert ["symbol", "F/1"] in words
    assert ["parser", "frozen 1.2"] in words
    assert ["annex-1", "Annex the first"] in words
    assert any(line.startswith("ok") and "1 marks" in line for line in lines)


def test_a_frozen_annotator_uses_all_that_there_was():
    lines = try_plugin("annotator_frozen", LETTER)
    words = [line.split(None, 1) for line in lines]
    assert ["block", "p-1: la"] in words
    assert any("of text/plain, 37 blocks" in line for line in lines)
    assert any(line.startswith("action") for line in lines)


def test_a_frozen_indexer_uses_all_that_there_was():
    lines = try_plugin("indexer_frozen", LETTER)
    assert any("killed after a put, it goes on from 2" in line
               for line in lines)
    assert any("then arrival 1 is 0 of 0 hits" in line for line in lines)


def test_a_frozen_notifier_is_told_whole_events():
    lines = try_plugin("notifier_frozen")
    told = [line.split()[1] for line in lines
            if line.startswith("ok      document.")]
    assert told == ["document.parsed/letters/fr/letter:",
                    "document.duplicate/letters/fr/letter:"]


# ---- smaller structs: what they lack is absent ----


def test_a_smaller_descriptor_and_smaller_options_are_read_as_they_are():
    try_plugin("parser_older", LETTER)
    done = docket("describe", "--json", ABI / "parser_older.so")
    first, second = json.loads(done.stdout)["options"]
    assert (first["default"], first["maximum"]) == ("1000000", None)
    assert second["default"] == "-2"


def test_callbacks_that_an_older_plugin_cannot_have_are_not_called():
    lines = try_plugin("indexer_older", LETTER)
    assert any("answers no queries" in line for line in lines)
    assert any("it removes a document and commits" in line for line in lines)


# ---- what cannot be read is refused by name, with what to do ----

AGAIN = "build it again with the headers of docket 0.1.0"
OTHER = f"install that docket, or {AGAIN}"
REFUSED = {
    "version_0": ["version 0 of the plugin interface", AGAIN],
    "version_2": ["version 2", f"install a newer docket, or {AGAIN}"],
    "plugin_size_0": ["docket_plugin is; build it with #include "
                      "<docket/plugin.h>"],
    "plugin_size_4096": ["docket_plugin has 4096 bytes, here it has", OTHER],
    "plugin_size_109": ["docket_plugin has 109 bytes, which no", AGAIN],
    "plugin_size_8": ["docket_plugin has 8 bytes, which no docket had", AGAIN],
    "option_size_0": ["docket_option is; build it with #include"],
    "option_size_4096": ["docket_option has 4096 bytes, here", OTHER],
    "option_size_53": ["docket_option has 53 bytes, which no", AGAIN],
    "option_size_8": ["docket_option has 8 bytes, which no", AGAIN],
    "parser_size_0": ["docket_parser is; build it with #include "
                      "<docket/parser.h>"],
    "parser_size_4096": ["docket_parser has 4096 bytes, here", OTHER],
    "parser_size_15": ["docket_parser has 15 bytes, which no", AGAIN],
    "parser_size_8": ["docket_parser has 8 bytes, which no", AGAIN],
}


def test_every_wrong_stamp_of_the_build_is_tried():
    built = {path.stem.removeprefix("parser_") for path in ABI.glob("*.so")
             if "size" in path.stem or "version" in path.stem}
    assert built == set(REFUSED)


@pytest.mark.parametrize("stamp", sorted(REFUSED))
def test_a_wrong_stamp_is_refused_with_what_to_do(stamp):
    path = ABI / f"parser_{stamp}.so"
    done = docket("describe", path)
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode()
    assert str(path) in said
    for words in REFUSED[stamp]:
        assert words in said


def test_docketd_takes_old_plugins_and_names_the_wrong_ones(make_registry,
                                                            tmp_path_factory):
    folder = tmp_path_factory.mktemp("plugins")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for plugin in (BUILD / "plugins").glob("*.so"):
        shutil.copy(plugin, folder)
    for name in ("parser_older", "annotator_frozen", "parser_version_2"):
        shutil.copy(ABI / f"{name}.so", folder)
    registry = make_registry(plugins=folder)
    registry.expect_log("plugin parser_version_2 is refused.*newer docket")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("letter.txt", b"A letter.\n\nIts second paragraph.\n")
    bus.wait("document.indexed", name="letter.txt")
    record = registry.rows("show", "1")[0]
    assert record["parser"] == "older 0.1.0"
    assert record["title"] == "33 bytes of text/plain, 2 blocks"
    states = {row["name"]: row for row in registry.rows("plugins")}
    assert states["older"]["state"] == states["frozen"]["state"] == "loaded"
    assert states["parser_version_2"]["state"] == "refused"
    assert "newer docket" in states["parser_version_2"]["detail"]
