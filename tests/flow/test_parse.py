# SPDX-License-Identifier: Apache-2.0
"""docket parse: files are read here and now, and no daemon is asked."""

import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

import pytest

import terminal

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
DOCKET = BUILD / "bin" / "docket"
SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"
LETTERS = sorted(SAMPLES.glob("*.txt"))


def parse(*words, **options):
    return subprocess.run(
        [DOCKET, "parse", *words],
        capture_output=True,
        timeout=120,
        check=False,
        **options,
    )


def read(*words, **options):
    """The JSON objects that it prints when all is well."""
    done = parse(*words, **options)
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


def walk_parts(parts):
    for part in parts:
        yield part
        yield from walk_parts(part["parts"])


def list_blocks(document):
    return [
        block
        for part in walk_parts(document["parts"])
        for block in part["blocks"]
    ]


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_every_sample_is_one_json_object(path):
    [document] = read(path)
    content = path.read_bytes()
    assert document["id"] == "sha256:" + hashlib.sha256(content).hexdigest()
    assert document["name"] == path.name
    assert document["size"] == len(content)
    assert document["media_type"].startswith("text/")
    assert list_blocks(document)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_offsets_are_bytes_of_the_text(path):
    [document] = read(path)
    text = document["text"].encode()
    for block in list_blocks(document):
        assert 0 <= block["start"] < block["end"] <= len(text)
        part = text[block["start"] : block["end"]].decode()
        assert part.strip()
    anchors = [block["anchor"] for block in list_blocks(document)]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.name)
def test_the_text_alone_is_that_of_the_json(path):
    [document] = read(path)
    done = parse("--text", path)
    assert done.returncode == 0
    assert done.stdout.decode().rstrip("\n") == document["text"].rstrip("\n")


def test_several_files_are_several_lines_in_their_order():
    documents = read(*LETTERS)
    assert [document["name"] for document in documents] == [
        path.name for path in LETTERS
    ]


def test_standard_input_has_no_name():
    path = SAMPLES / "letter-fr.txt"
    [named] = read(path)
    with open(path, "rb") as file:
        [document] = read("-", stdin=file)
    [piped] = read("-", input=path.read_bytes())
    assert document == piped
    assert document["name"] is None
    assert document["id"] == named["id"]
    assert document["text"] == named["text"]


def test_a_document_too_large_for_a_message_goes_as_a_descriptor(tmp_path):
    path = tmp_path / "large.txt"
    lines = [f"Paragraph {i} of a long report.\n\n" for i in range(40000)]
    path.write_text("".join(lines))
    assert path.stat().st_size > 1 << 20
    [document] = read(path)
    content = path.read_bytes()
    assert document["id"] == "sha256:" + hashlib.sha256(content).hexdigest()
    assert document["text"].count("Paragraph") == 40000


def test_an_empty_file_is_refused_as_empty(tmp_path):
    path = tmp_path / "empty.txt"
    path.touch()
    done = parse(path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"(empty)" in done.stderr


def test_what_is_not_there_is_said_and_the_others_are_read(tmp_path):
    letter = SAMPLES / "letter-en.txt"
    done = parse(tmp_path / "none.txt", tmp_path, letter)
    assert done.returncode == 1
    assert json.loads(done.stdout)["name"] == letter.name
    said = done.stderr.decode().splitlines()
    assert said[0].endswith("none.txt: No such file or directory")
    assert said[1].endswith("Is a directory")


def test_what_no_plugin_reads_is_refused_with_a_reason_and_a_cure(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\0\0\0\x18ftypmp42" + bytes(100))
    done = parse(path)
    assert (done.returncode, done.stdout) == (1, b"")
    [said] = done.stderr.decode().splitlines()
    assert str(path) in said
    assert "docket plugins" in said


def test_a_terminal_shows_an_outline_and_the_text():
    path = SAMPLES / "letter-fr.txt"
    [document] = read(path)
    code, seen = terminal.run(DOCKET, "parse", path, term="dumb")
    lines = seen.splitlines()
    assert code == 0
    assert lines[0].split(maxsplit=1) == ["name", str(path)]
    anchor = list_blocks(document)[0]["anchor"]
    assert any(line.strip().startswith(anchor) for line in lines)


def test_a_full_disk_is_said():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [DOCKET, "parse", SAMPLES / "letter-en.txt"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 74
    assert b"No space left on device" in done.stderr


# ---- a reader that goes wrong ----


@pytest.fixture
def broken(tmp_path):
    """A copy of the build in which the worker is the script of a test."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "plugins").mkdir()
    (tmp_path / "share").mkdir()
    (tmp_path / "bin" / "docket").write_bytes(DOCKET.read_bytes())
    (tmp_path / "bin" / "docket").chmod(0o755)

    def run(script, *words):
        worker = tmp_path / "bin" / "docket-worker"
        worker.write_text("#!/bin/sh\n" + script)
        worker.chmod(0o755)
        return subprocess.run(
            [tmp_path / "bin" / "docket", "parse", *words],
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run


# A frame that says ready: 8 bytes of payload, type 8, then a sequence.
READY = r"printf '\10\0\0\0\10\0\0\0\0\0\0\0\0\0\0\0' >&3;"


def test_a_reader_that_crashes_is_named_by_its_signal(broken):
    letter = SAMPLES / "letter-en.txt"
    done = broken(READY + "kill -SEGV $$", letter, letter)
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode().splitlines()
    assert len(said) == 2  # each document had a reader of its own
    assert str(letter) in said[0]
    assert f"signal {int(signal.SIGSEGV)}" in said[0]


def test_a_reader_that_does_not_answer_is_ended_at_the_deadline(broken):
    began = time.monotonic()
    script = READY + "exec sleep 100"
    done = broken(script, "--deadline", "300ms", SAMPLES / "letter-en.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"within 0.3 s" in done.stderr
    assert time.monotonic() - began < 30


def test_a_reader_that_does_not_start_is_a_fault_of_docket(broken):
    done = broken("exit 3", SAMPLES / "letter-en.txt")
    assert (done.returncode, done.stdout) == (70, b"")
    assert b"exit code 3" in done.stderr


def test_a_reader_that_talks_nonsense_is_a_fault_of_docket(broken):
    done = broken(READY + r"printf '\0\0\0\0\377\0\0\0' >&3; exec sleep 9",
                  SAMPLES / "letter-en.txt")
    assert (done.returncode, done.stdout) == (70, b"")
    assert b"do not understand each other" in done.stderr


def test_what_a_reader_prints_is_no_record(broken):
    done = broken("echo '{}'; exit 3", SAMPLES / "letter-en.txt")
    assert done.stdout == b""
    assert b"{}" in done.stderr


@pytest.fixture
def parse_with(tmp_path):
    """docket parse where that test plugin is the only one."""
    for folder in ("bin", "plugins", "share"):
        (tmp_path / folder).mkdir()
    for program in ("docket", "docket-worker"):
        shutil.copy(BUILD / "bin" / program, tmp_path / "bin")

    def run(plugin, *texts):
        shutil.copy(BUILD / "tests" / "plugins" / f"{plugin}.so",
                    tmp_path / "plugins")
        letters = [tmp_path / f"{i}.txt" for i in range(len(texts))]
        for letter, text in zip(letters, texts):
            letter.write_text(text)
        return subprocess.run(
            [tmp_path / "bin" / "docket", "parse", *letters],
            capture_output=True, timeout=60, check=False)

    return run


def test_a_plugin_that_takes_the_reader_down_is_named(parse_with):
    done = parse_with("parser_crash", "It says CRASH NOW.\n")
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode().splitlines()[-1]
    assert f"signal {int(signal.SIGSEGV)}" in said
    assert said.endswith("in plugin crash")


def test_a_plugin_that_is_broken_costs_one_document(parse_with):
    done = parse_with("parser_answer", "4 is broken\n", "0 is read\n")
    assert done.returncode == 1
    [document] = [json.loads(line) for line in done.stdout.splitlines()]
    assert document["name"] == "1.txt"
    assert b"0.txt was not read (plugin-broken)" in done.stderr
