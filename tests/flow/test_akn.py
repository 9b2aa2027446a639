# SPDX-License-Identifier: Apache-2.0
"""Akoma Ntoso and outlines: what docket says of a document's structure."""

import json
import os
import pathlib
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
DOCKET = BUILD / "bin" / "docket"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "tests" / "samples").glob("*.txt"))
NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
# The schema is OASIS's and not in this tree: DOCKET_AKN_SCHEMA names it, or it
# lies in a folder beside.
SCHEMAS = [
    pathlib.Path(os.environ.get("DOCKET_AKN_SCHEMA", "-")),
    *ROOT.parent.glob("*/xsd/akomantoso30.xsd"),
]


def parse(*words):
    done = subprocess.run(
        [DOCKET, "parse", *words], capture_output=True, timeout=120, check=True
    )
    return done.stdout


def squeeze(text):
    return "".join(text.split())


def find_schema():
    for schema in SCHEMAS:
        if schema.is_file() and shutil.which("xmllint"):
            return schema
    pytest.skip("needs xmllint, and DOCKET_AKN_SCHEMA=.../akomantoso30.xsd")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_akoma_ntoso_is_valid_against_the_schema(path, tmp_path):
    file = tmp_path / "document.xml"
    file.write_bytes(parse("--akn", path))
    done = subprocess.run(
        ["xmllint", "--nonet", "--noout", "--schema", find_schema(), file],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_akoma_ntoso_holds_every_block_of_the_record(path):
    [document] = [json.loads(parse("--json", path))]
    root = ET.fromstring(parse("--akn", path))
    body = squeeze("".join(root.find(f"*/{NAMESPACE}mainBody").itertext()))
    everything = squeeze("".join(root.itertext()))
    text = document["text"].encode()
    assert body
    for part in document["parts"]:
        for block in part["blocks"]:
            if block["kind"] in ("list", "table", "row", "footnote"):
                continue
            words = text[block["start"] : block["end"]].decode().split()
            assert words[-1] in everything


def test_outline_shows_fields_parts_and_the_items_of_a_list_in_one_line():
    path = ROOT / "tests" / "samples" / "letter-fr.txt"
    lines = parse("--outline", path).decode().splitlines()
    assert any(line.startswith("language") for line in lines)
    assert any(" items: " in line for line in lines)


def test_a_document_without_a_symbol_is_named_by_its_digest():
    path = ROOT / "tests" / "samples" / "letter-en.txt"
    [document] = [json.loads(parse("--json", path))]
    root = ET.fromstring(parse("--akn", path))
    uri = root.find(f".//{NAMESPACE}FRBRWork/{NAMESPACE}FRBRuri").get("value")
    if not document["symbols"]:
        assert document["id"][7:23] in uri
