# SPDX-License-Identifier: Apache-2.0
"""What a text cites, names and decides is marked, whatever language it is in."""

import json
import os
import pathlib
import subprocess
import time

import pytest

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
DOCKET = BUILD / "bin" / "docket"
SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"

# The same letter in six languages: what it cites is the same.
LETTERS = ["ar", "en", "es", "fr", "ru", "zh"]
# More time than a text of this size may take, by far, with sanitizers.
LIMIT_S = 60


def parse(path):
    done = subprocess.run(
        [DOCKET, "parse", path], capture_output=True, timeout=LIMIT_S, check=True
    )
    return json.loads(done.stdout)


def values(document, kind):
    return {m["value"] for m in document["marks"] if m["kind"] == kind}


def spans(document, kind):
    text = document["text"].encode()
    return [
        text[m["start"] : m["end"]].decode()
        for m in document["marks"]
        if m["kind"] == kind
    ]


@pytest.mark.parametrize("language", LETTERS)
def test_a_letter_says_the_same_in_each_language(language):
    document = parse(SAMPLES / f"letter-{language}.txt")
    english = parse(SAMPLES / "letter-en.txt")
    assert values(document, "reference") == values(english, "reference")
    assert {"Security Council", "General Assembly"} <= {
        part
        for value in values(document, "organisation")
        for part in (value, value.removeprefix("President of the "))
    }
    assert spans(document, "action")


def test_what_is_close_together_is_told_apart():
    document = parse(SAMPLES / "citations.txt")
    assert {
        "A/66/412-S/2011/391",
        "A/RES/61/16",
        "A/RES/62/277 B",
        "S/RES/1444 (2002)",
        "A/DEC/61/503",
        "A/RES/377 A (V)",
        "A/RES/3201 (S-VI)",
        "A/RES/70/1",
    } <= values(document, "reference")
    assert "Georgia" in values(document, "place")
    assert "Charter of the United Nations" in values(document, "instrument")


def test_actions_lead_to_their_paragraphs():
    document = parse(SAMPLES / "letter-en.txt")
    anchors = {
        "#" + block["anchor"]
        for part in walk(document["parts"])
        for block in part["blocks"]
    }
    uris = {m["uri"] for m in document["marks"] if m["kind"] == "action"}
    assert uris and uris <= anchors


def walk(parts):
    for part in parts:
        yield part
        yield from walk(part["parts"])


@pytest.mark.parametrize(
    "line",
    [
        "A/1/1/1/1/1 ",
        "resolutions 1 (1990), 2 (1991), 3/4, 5/6 and ",
        "((((((//////------......",
        "第第第号号号决议1/1、1/1、",
        "و و و قرار قرار 1/1 ",
        "Mr. Mr. M. X. Y. Z. de de de ",
        "and decides and requests and, and; urges ",
    ],
)
def test_a_text_of_nothing_else_is_read_in_time(tmp_path, line):
    path = tmp_path / "text.txt"
    path.write_text(line * 10_000 + "\n" + (line + "\n") * 10_000)
    began = time.monotonic()
    document = parse(path)
    assert document["text"]
    assert time.monotonic() - began < LIMIT_S
