# SPDX-License-Identifier: Apache-2.0
"""Pages of the web and XML documents, dropped, found and set aside."""

import json
import random
import shutil
import subprocess
import time

import pytest

from registry import BUILD, SAMPLES

NEEDED = ("parser_html", "parser_text", "parser_xml", "annotator_language",
          "indexer_sqlite")
pytestmark = pytest.mark.skipif(
    not (BUILD / "plugins" / "parser_xml.so").exists(),
    reason="parser_xml is not built: libxml2-dev is missing")
WEB = SAMPLES / "web"
XML = SAMPLES / "xml"
MUTATIONS = 60  # of each sample


@pytest.fixture(name="plugins", scope="module")
def fixture_plugins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plugins")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for name in NEEDED:
        shutil.copy(BUILD / "plugins" / f"{name}.so", folder)
    return folder


@pytest.fixture(name="registry")
def fixture_registry(make_registry, plugins):
    registry = make_registry(
        plugins=plugins, inbox="found_quiet = 200ms\nquiet = 200ms")
    registry.expect_log("is quarantined: ")
    return registry.start()


def read(path):
    done = subprocess.run([BUILD / "bin" / "docket", "parse", "--json", path],
                          capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def walk_blocks(parts):
    for part in parts:
        yield from part["blocks"]
        yield from walk_blocks(part["parts"])


def count_kinds(document):
    kinds = [block["kind"] for block in walk_blocks(document["parts"])]
    return {kind: kinds.count(kind) for kind in set(kinds)}


def numbers(document, *kinds):
    return [block["number"] for block in walk_blocks(document["parts"])
            if block["kind"] in kinds and "number" in block]


def test_a_page_is_read_as_its_reader_sees_it():
    page = read(WEB / "page-en.html")
    assert page["media_type"] == "text/html"
    assert page["language"] == "en"
    assert page["creators"] == ["Secretariat of the Harbour Conference"]
    assert page["created"] == "2044-03-12"
    assert "not this" not in page["text"]
    assert "Draft of 3 March" not in page["text"]
    # What is an item and what a paragraph, annotators may see otherwise.
    assert numbers(page, "item", "paragraph") == ["4", "5", "a", "b", "7"]
    assert numbers(page, "footnote") == ["1"]
    kinds = count_kinds(page)
    assert (kinds["table"], kinds["row"], kinds["cell"]) == (1, 3, 9)
    [note] = [mark for mark in page["marks"] if mark["kind"] == "note"]
    text = page["text"].encode()
    assert text[note["start"]:note["end"]] == b"1"


@pytest.mark.parametrize("name, charset, words", [
    ("word-fr.html", "windows-1252", "40\N{NO-BREAK SPACE}€ par mois"),
    ("page-zh.html", "GB18030", "韦尔萨港举行"),
    ("page-ar.html", "UTF-8", "٢. يعقد الاجتماع"),
])
def test_pages_are_read_in_their_encoding(name, charset, words):
    page = read(WEB / name)
    assert page["charset"] == charset
    assert words in page["text"]


def test_what_a_word_processor_saved_has_its_numbers():
    page = read(WEB / "word-fr.html")
    assert numbers(page, "item", "paragraph") == ["1", "a", "2"]
    assert "ne pas imprimer" not in page["text"]


def test_akoma_ntoso_says_what_it_is():
    resolution = read(XML / "resolution-en.xml")
    assert resolution["class"] == "resolution"
    assert resolution["symbols"] == ["HC/RES/4/2"]
    assert resolution["date"] == "2044-03-02"
    assert [part["kind"] for part in resolution["parts"]] == [
        "cover", "body", "annex"]
    blocks = list(walk_blocks(resolution["parts"]))
    roles = [block.get("role") for block in blocks]
    assert roles.count("preambular") == 2
    assert roles.count("operative") == 3


def test_pages_and_xml_are_found(registry):
    bus = registry.subscribe()
    for path in (WEB / "page-zh.html", WEB / "page-en.html",
                 XML / "resolution-en.xml", XML / "register-es.xml"):
        registry.move_in(path.name, path.read_bytes())
        bus.wait("document.indexed", name=path.name, within=60)
    for words, name in (("pilots guild", "page-en.html"),
                        ("工作组的报告", "page-zh.html"),
                        ("skiff", "resolution-en.xml"),
                        ("gremio", "register-es.xml")):
        names = [hit["name"] for hit in registry.rows("search", words)]
        assert names == [name], words


HOSTILE_XML = {  # name: document, reason
    "entities": (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml-entities"),
    "deep": (b"<a>" * 100000, "rejected"),
    "attributes": (b"<a " + b" ".join(b"b%d=''" % i for i in range(100000)) +
                   b"/>", "rejected"),
    "names": (b"<a>" + b"".join(b"<b%d/>" % i for i in range(100000)),
              "rejected"),
    "nothing": (b"", "damaged"),
}

HOSTILE_PAGES = {
    "deep": b"<div>" * 100000 + b"x",
    "attributes": b"<p " + b" ".join(b"a%d" % i for i in range(200000)) + b">x",
    "tables": b"<table><tr><td>" * 50000 + b"x",
    "formatting": b"<p><b><i><u>x" * 50000,
    "comments": b"<!--" * 200000,
    "lists": b"<ol reversed>" * 100000 + b"<li>x",
}


def test_hostile_xml_is_set_aside_with_its_reason(registry):
    bus = registry.subscribe()
    for name, (document, _) in HOSTILE_XML.items():
        registry.move_in(name, b"<?xml version='1.0'?>" + document)
    for name, (_, reason) in HOSTILE_XML.items():
        event = bus.wait("document.quarantined", name=name, within=60)
        assert event["data"]["reason"] == reason


def test_hostile_pages_are_read_in_no_time(registry):
    bus = registry.subscribe()
    for name, page in HOSTILE_PAGES.items():
        registry.move_in(name, b"<html>" + page)
    for name in HOSTILE_PAGES:
        bus.wait("document.parsed", name=name, within=30)


def mutate(content, randomness):
    content = bytearray(content)
    for _ in range(randomness.randint(1, 20)):
        content[randomness.randrange(len(content))] = randomness.choice(
            b"<>\"'&/=! \n\0x\xff")
    return bytes(content[:randomness.randint(1, len(content))])


def list_ended(bus):
    ends = ("document.parsed", "document.quarantined", "document.duplicate")
    return {event["data"]["name"] for event in bus.heard
            if event["type"] in ends}


def test_mutated_documents_cost_nothing_but_themselves(registry):
    randomness = random.Random(17)
    bus = registry.subscribe()
    wanted = set()
    for path in sorted(WEB.iterdir()) + sorted(XML.iterdir()):
        content = path.read_bytes()
        for number in range(MUTATIONS):
            name = f"{number}-{path.name}"
            registry.move_in(name, mutate(content, randomness))
            wanted.add(name)
    deadline = time.monotonic() + 120
    while list_ended(bus) != wanted:
        assert bus.hear(deadline), sorted(wanted - list_ended(bus))
    assert not [event for event in bus.heard
                if event["type"] == "plugin.crashed"]
