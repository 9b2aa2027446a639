# SPDX-License-Identifier: Apache-2.0
"""docket plugins describe: what a file declares, before docketd has it."""

import json
import subprocess

from registry import BUILD

DOCKET = BUILD / "bin" / "docket"
TEST_PLUGINS = BUILD / "tests" / "plugins"


def describe(*words):
    return subprocess.run([DOCKET, "plugins", "describe", *words], timeout=60,
                          capture_output=True, check=False)


def test_a_description_has_all_that_a_plugin_declares():
    done = describe("--json", TEST_PLUGINS / "parser_mood.so",
                    TEST_PLUGINS / "notifier_file.so",
                    BUILD / "plugins" / "indexer_sqlite.so")
    assert (done.returncode, done.stderr) == (0, b"")
    mood, file, sqlite = map(json.loads, done.stdout.splitlines())
    assert (mood["name"], mood["kind"]) == ("mood", "parser")
    assert mood["types"] == ["text/plain"]
    assert mood["options"][0] == {
        "name": "status", "type": "int", "default": "3", "minimum": "1",
        "maximum": "4", "summary": "How it answers: 2 retry, 3 reject"}
    assert file["topics"] == ["document."] and "types" not in file
    assert file["options"][0]["minimum"] is None
    assert sqlite["wants"] == ["tokens"]
    assert sqlite["options"][0]["minimum"] == "64K"


def test_limits_of_what_is_no_number_are_none():
    done = describe("--json", TEST_PLUGINS / "parser_fickle.so")
    assert (done.returncode, done.stderr) == (0, b"")
    word, = json.loads(done.stdout)["options"]
    assert word["minimum"] is None and word["maximum"] is None
    assert describe(TEST_PLUGINS / "parser_fickle.so").returncode == 0


def test_people_read_it_in_lines():
    done = describe(TEST_PLUGINS / "parser_mood.so")
    lines = [line.split() for line in done.stdout.decode().splitlines()]
    assert ["kind", "parser"] in lines
    assert ["types", "text/plain"] in lines
    assert ["status", "int", "3", "1", "to", "4", "How", "it", "answers:",
            "2", "retry,", "3", "reject"] in lines


def test_a_file_that_is_refused_is_one_line_and_the_others_are_described():
    abi = TEST_PLUGINS / "parser_abi.so"
    done = describe("--json", abi, TEST_PLUGINS / "parser_plain.so")
    assert done.returncode == 1
    assert json.loads(done.stdout)["name"] == "plain"
    said, = done.stderr.decode().splitlines()
    assert said.startswith(f"docket: {abi}: was built for version 4711")


def test_a_file_that_is_no_plugin_is_refused(tmp_path):
    file = tmp_path / "parser_x.so"
    file.write_bytes(b"not a shared object")
    done = describe(file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert str(file) in done.stderr.decode()
    assert describe(tmp_path / "none.so").returncode == 1
    assert describe().returncode == 64
