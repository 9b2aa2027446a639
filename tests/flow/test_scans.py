# SPDX-License-Identifier: Apache-2.0
"""PDF documents that are pictures of pages are read by looking at them."""

import json
import pathlib
import shutil
import struct

import pytest

import pdfs
from registry import BUILD, SAMPLES

MODELS = pathlib.Path("/usr/share/tesseract-ocr/5/tessdata")
LANGUAGES = ("eng", "rus", "ara", "chi_sim", "osd")
# Both are built with tesseract, or none.
pytestmark = pytest.mark.skipif(
    not all((BUILD / "plugins" / f"parser_{name}.so").exists()
            for name in ("pdf", "image")) or not all(
        (MODELS / f"{name}.traineddata").exists() for name in LANGUAGES),
    reason="parser_pdf or tesseract is not there, or models are missing")

WIDTH, HEIGHT, START, SIZE = 256, 257, 273, 279
PROSE = [
    "The ferry at Lund Reach carries forty persons and two carts, and it does",
    "not cross by night. Whoever arrives after the lamp is lit waits at the house",
    "of the keeper, who writes the names into a book that is sent to the registry.",
]


def read_pages(path):
    """Width, height and deflated bits of each page of a TIFF of one strip."""
    data = path.read_bytes()
    [at] = struct.unpack_from("<I", data, 4)
    while at:
        [count] = struct.unpack_from("<H", data, at)
        tags = {}
        for place in range(at + 2, at + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from("<HHII", data, place)
            tags[tag] = value
        yield (tags[WIDTH], tags[HEIGHT],
               data[tags[START]:tags[START] + tags[SIZE]])
        [at] = struct.unpack_from("<I", data, at + 2 + 12 * count)


@pytest.fixture(name="pages", scope="module")
def fixture_pages():
    """Four pages: English, Russian, Arabic, Chinese."""
    return list(read_pages(SAMPLES / "scan-en-ru-ar-zh.tif"))


@pytest.fixture(name="registry")
def fixture_registry(make_registry, tmp_path):
    folder = tmp_path / "plugins"
    folder.mkdir()
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    for name in ("parser_pdf", "parser_text", "annotator_language",
                 "indexer_sqlite"):
        shutil.copy(BUILD / "plugins" / f"{name}.so", folder)
    registry = make_registry(
        config="[plugin pdf]\nocr_pages = 3\n", plugins=folder)
    return registry.start()


def list_pages(record):
    text = record["text"].encode()
    pages = {}
    for part in record["parts"]:
        for block in part["blocks"]:
            piece = text[block["start"]:block["end"]].decode()
            pages[block["page"]] = pages.get(block["page"], "") + piece
    return pages


def test_a_scan_is_found_and_says_how_it_was_read(registry, pages):
    """Scans with a stamp, between them text that needs no looking at."""
    stamp = pdfs.show(400, pdfs.HEIGHT - 10, "RECEIVED 4/17")
    pdf = pdfs.Pdf().add_scan(*pages[0], stamp)
    pdf.add_page(pdfs.lines(70, 100, PROSE))
    for page in pages[1:]:
        pdf.add_scan(*page)
    bus = registry.subscribe()
    registry.move_in("scan.pdf", pdf.build())
    number = bus.wait("document.indexed", name="scan.pdf",
                      within=120)["data"]["arrival"]
    for words in ("Lindhaven", "\u0441\u043e\u0432\u0435\u0442\u0430", "ferry"):
        [hit] = registry.rows("search", words)
        assert hit["arrival"] == number
    record = json.loads(registry.docket("show", str(number), "--json").stdout)
    found = list_pages(record)
    assert sorted(found) == [1, 2, 3, 4]
    assert "held in Lindhaven on 4 and 5 April 2011" in found[1]
    assert found[2].strip() == " ".join(PROSE)
    assert "1809 (2008)" in found[3] and "1809 (2008)" in found[4]
    assert record["pages"] == "5"
    said = " ".join(record["warnings"])
    assert "3 of 5 pages was recognised in pictures" in said
    assert "1 of 5 pages have no text that can be read" in said
