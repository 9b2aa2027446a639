# SPDX-License-Identifier: Apache-2.0
"""A day of the person who only has the folder, and of those who listen."""

import base64
import os
import time

import pytest

from registry import SHARED, digest_of, sample

LETTERS = {
    "fr": ("letter-fr.txt", "archiviste"),
    "en": ("letter-en.txt", "registrar"),
    "es": ("letter-es.txt", "idioma"),
    "ru": ("letter-ru.txt", "реестр"),
    "ar": ("letter-ar.txt", "اللغات"),
    "zh": ("letter-zh.txt", "登记册"),
}


def test_a_file_moved_in_is_found_within_a_second(registry):
    bus = registry.subscribe()
    data = sample("letter-fr.txt")
    began = time.monotonic()
    registry.move_in("lettre.txt", data)
    for kind in ("document.received", "document.parsed", "document.indexed"):
        event = bus.wait(kind, name="lettre.txt")
        assert event["subject"] == digest_of(data)
    assert time.monotonic() - began < 1
    assert event["data"]["plugin"] == "sqlite"
    assert event["data"]["language"] == "fr"
    hit, = registry.rows("search", "archiviste")
    assert hit["arrival"] == 1 and hit["anchor"]
    registry.wait_left()


def test_a_file_written_in_place_waits_until_it_is_quiet(registry):
    bus = registry.subscribe()
    began = time.monotonic()
    registry.write_in("lettre.txt", sample("letter-fr.txt"))
    bus.wait("document.indexed", name="lettre.txt")
    assert 2 < time.monotonic() - began < 3


def test_a_file_that_is_still_open_is_not_taken(make_registry):
    registry = make_registry(inbox="quiet = 100ms\nfound_quiet = 5s").start()
    bus = registry.subscribe()
    with open(registry.inbox / "long.txt", "wb") as file:
        file.write(b"first half, ")
        file.flush()
        registry.move_in("other.txt", b"meanwhile")
        bus.wait("document.indexed", name="other.txt")
        assert len(registry.rows("list")) == 1
        file.write(b"second half")
    bus.wait("document.parsed", name="long.txt")
    assert registry.docket("get", "2").stdout == b"first half, second half"


def test_what_was_dropped_before_is_a_duplicate(registry):
    bus = registry.subscribe()
    data = sample("letter-en.txt")
    registry.move_in("letter.txt", data)
    bus.wait("document.indexed", name="letter.txt")
    registry.move_in("again.txt", data)
    event = bus.wait("document.duplicate", name="again.txt")
    assert event["data"]["original"] == 1
    states = {row["arrival"]: row["state"] for row in registry.rows("list")}
    assert states == {1: "done", 2: "duplicate"}
    assert len(registry.rows("search", "registrar")) == 1


@pytest.mark.parametrize("language", sorted(LETTERS))
def test_a_word_of_its_language_finds_the_letter(registry, language):
    name, word = LETTERS[language]
    bus = registry.subscribe()
    for file, _ in LETTERS.values():
        registry.move_in(file, sample(file))
    for file, _ in LETTERS.values():
        bus.wait("document.indexed", name=file)
    hits = registry.rows("search", word)
    assert name in [hit["name"] for hit in hits]
    hit, = [hit for hit in hits if hit["name"] == name]
    assert hit["language"] == language
    assert hit["matches"], hit


def test_the_original_comes_back_byte_for_byte(registry):
    bus = registry.subscribe()
    for number, size in enumerate((0, 1, 262144, 262145, 3000000), 1):
        data = (b"%d paragraph\n\n" % number) * (size // 13 + 1)
        registry.move_in(f"{size}.txt", data[:size])
        bus.wait("document.received", name=f"{size}.txt")
        assert registry.docket("get", str(number)).stdout == data[:size]
    registry.expect_log(r"arrival 1 \(0\.txt\) is quarantined: empty")
    bus.wait("document.quarantined", name="0.txt")


def test_names_are_bytes(registry):
    bus = registry.subscribe()
    name = b"caf\xe9\n-rf.txt"
    path = os.fsencode(registry.prepare("plain", b"text"))
    os.rename(path, os.path.join(os.fsencode(registry.inbox), name))
    event = bus.wait("document.parsed")
    assert event["data"]["name"] is None
    assert base64.b64decode(event["data"]["name_base64"]) == name
    row, = registry.rows("list")
    assert base64.b64decode(row["name_base64"]) == name


def test_what_is_not_a_document_stays_where_it_is(registry):
    bus = registry.subscribe()
    for name in (".hidden", "half.part", "note.txt~", "Thumbs.db"):
        registry.move_in(name, b"not a document")
    registry.move_in("letter.txt", sample("letter-en.txt"))
    bus.wait("document.indexed", name="letter.txt")
    assert len(registry.rows("list")) == 1
    registry.wait_left(".hidden", "Thumbs.db", "half.part", "note.txt~")


def test_a_link_is_set_aside_and_its_target_never_read(registry):
    bus = registry.subscribe()
    (registry.outside / "link").symlink_to("/etc/passwd")
    (registry.outside / "link").rename(registry.inbox / "link")
    os.mkfifo(registry.outside / "pipe")
    (registry.outside / "pipe").rename(registry.inbox / "pipe")
    registry.expect_log("not-regular")
    for name in ("link", "pipe"):
        event = bus.wait("document.quarantined", name=name)
        assert event["data"]["reason"] == "not-regular"


def test_a_document_can_be_added_by_command(registry):
    path = registry.prepare("letter.txt", sample("letter-es.txt"))
    bus = registry.subscribe()
    registry.docket("add", str(path))
    bus.wait("document.indexed", name="letter.txt")
    assert path.exists()
    shown = registry.rows("show", "1")[0]
    assert shown["language"] == "es" and shown["parts"]


def test_sequences_have_no_gaps_and_ticks_name_the_head(registry):
    bus = registry.subscribe()
    for file, _ in LETTERS.values():
        registry.move_in(file, sample(file))
    for file, _ in LETTERS.values():
        bus.wait("document.indexed", name=file)
    sequences = [int(event["sequence"]) for event in bus.heard]
    assert sequences == list(range(sequences[0],
                                   sequences[0] + len(sequences)))
    assert int(bus.hear_tick()["sequence"]) == sequences[-1]
    ids = {event["id"].split(":")[0] for event in bus.heard}
    assert len(ids) == 1


@pytest.mark.skipif(not (SHARED / "corpus" / "seed-fr.txt").exists(),
                    reason="the first letter is not beside this clone")
def test_the_first_letter_is_found_by_its_words(registry):
    bus = registry.subscribe()
    data = (SHARED / "corpus" / "seed-fr.txt").read_bytes()
    registry.move_in("seed-fr.txt", data)
    event = bus.wait("document.indexed", within=1, name="seed-fr.txt")
    assert event["data"]["language"] == "fr"
    for query in ("terrorisme", "droits de l'homme", '"droits de l’homme"'):
        hit, = registry.rows("search", query)
        assert hit["arrival"] == 1 and hit["matches"]
    assert digest_of(registry.docket("get", "1").stdout) == digest_of(data)
