# SPDX-License-Identifier: Apache-2.0
"""Official documents are understood in every language that has a file.

Beside each sample stands what a careful reader finds in it.
"""

import json
import os
import pathlib
import subprocess

import pytest

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
DOCKET = BUILD / "bin" / "docket"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "tests" / "samples" / "official"
DOCUMENTS = sorted(SAMPLES.glob("*.txt"))

pytestmark = pytest.mark.skipif(
    not list(BUILD.glob("**/annotator_official.so")),
    reason="the annotator is not built",
)


def parse(path):
    done = subprocess.run(
        [DOCKET, "parse", path], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def walk_parts(parts):
    for part in parts:
        yield part
        yield from walk_parts(part.get("parts") or [])


def walk_blocks(holder):
    for block in holder.get("blocks") or []:
        yield block
        yield from walk_blocks(block)


def describe_part(text, part):
    blocks = list(walk_blocks(part))

    def texts(kind):
        return [
            " ".join(text[b["start"] : b["end"]].decode().split())
            for b in blocks
            if b["kind"] == kind
        ]

    def count(role):
        return sum(b.get("role") == role for b in blocks)

    found = {
        "kind": part["kind"],
        "number": part.get("number"),
        "title": part.get("title"),
        "headings": texts("heading"),
        "paragraphs": [
            b["number"]
            for b in blocks
            if b["kind"] == "paragraph" and b.get("number")
        ],
        "items": texts("item"),
        "signatures": texts("signature"),
        "preambular": count("preambular"),
        "operative": count("operative"),
    }
    return {key: value for key, value in found.items() if value}


def describe(document):
    """What a reader would say of it, and nothing of how it is stored."""
    text = document["text"].encode()
    fields = {
        key: document.get(key)
        for key in (
            "language class symbols date title from to signatories "
            "agenda_items distribution original_language session job_number"
        ).split()
        if document.get(key)
    }
    parts = [
        describe_part(text, part) for part in walk_parts(document["parts"])
    ]
    return {**fields, "parts": parts}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_sample_is_understood_as_by_a_reader(path):
    expected = json.loads(path.with_suffix(".json").read_text())
    assert describe(parse(path)) == expected


def test_structure_covers_the_text(tmp_path):
    """Whatever is on the page is in some block still."""
    for path in DOCUMENTS:
        document = parse(path)
        text = document["text"].encode()
        covered = bytearray(len(text))
        for part in walk_parts(document["parts"]):
            for block in walk_blocks(part):
                size = block["end"] - block["start"]
                covered[block["start"] : block["end"]] = b"x" * size
        rest = bytes(c for c, x in zip(text, covered) if not x)
        assert rest.strip() == b"", (path.name, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Anna,\n\nthe kettle is broken again. See you on Monday.\n",
        "annex\n",
        "x\n" * 2000,
        "A/58/444 A/58/445\n" * 300,
        "Contents\n\n" + "Chapter one ........ 3\n" * 2000,
        "1. one\n\n1. one\n\n7. seven\n\n3. three\n\n(zz) z\n" * 50,
    ],
    ids=["private", "annex", "lines", "symbols", "contents", "numbers"],
)
def test_nothing_is_made_up(tmp_path, text):
    path = tmp_path / "odd.txt"
    path.write_text(text)
    document = parse(path)
    for field in ("from", "to", "signatories", "agenda_items"):
        assert not document.get(field), field
    assert not document.get("date")
    assert document["class"] in (None, "")
