# SPDX-License-Identifier: Apache-2.0
"""Scans are read, in whatever script, and what is no text is not made one."""

import json
import pathlib
import struct
import subprocess
import zlib

import pytest

from registry import BUILD, SAMPLES

PLUGIN = BUILD / "plugins" / "parser_image.so"
MODELS = pathlib.Path("/usr/share/tesseract-ocr/5/tessdata")
LANGUAGES = ("eng", "rus", "ara", "chi_sim", "osd")
pytestmark = pytest.mark.skipif(
    not PLUGIN.exists() or not all(
        (MODELS / f"{name}.traineddata").exists() for name in LANGUAGES),
    reason="parser_image is not built, or models of tesseract are missing")


def chunk(kind, data):
    return (struct.pack(">I", len(data)) + kind + data +
            struct.pack(">I", zlib.crc32(kind + data)))


def make_png(width, height, rows):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def list_pages(document):
    """The text of each page."""
    text = document["text"].encode()
    pages = {}
    for part in document["parts"]:
        for block in part["blocks"]:
            piece = text[block["start"]:block["end"]].decode()
            pages[block["page"]] = pages.get(block["page"], "") + piece + "\n"
    return pages


REFUSED = {
    "pixels": make_png(50000, 50000, bytes(64)),
    "unreadable-text": make_png(300, 400, (b"\0" + b"\xff" * 300) * 400),
    "damaged": (SAMPLES / "scan-en-ru-ar-zh.tif").read_bytes()[:9000],
}


@pytest.fixture(name="parsed", scope="module")
def fixture_parsed(tmp_path_factory):
    """All at once: models are large, and loaded once."""
    folder = tmp_path_factory.mktemp("pictures")
    paths = [SAMPLES / "scan-en-ru-ar-zh.tif"]
    for reason, content in REFUSED.items():
        paths.append(folder / reason)
        paths[-1].write_bytes(content)
    return subprocess.run(
        [BUILD / "bin" / "docket", "parse", "--json", *paths],
        capture_output=True, timeout=300, check=False)


def test_each_page_is_read_in_its_own_script(parsed):
    [line] = parsed.stdout.splitlines()
    document = json.loads(line)
    pages = list_pages(document)
    assert "held in Lindhaven on 4 and 5 April 2011" in pages[1]
    assert "резолюции 1809 (2008) Совета Безопасности" in pages[2]
    assert "قرار مجلس الأمن 1809 (2008)" in pages[3]
    assert "以安全理事会第" in pages[4]
    assert document["pages"] == "4"
    assert any("recognised" in warning for warning in document["warnings"])


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_no_page_is_refused(parsed, reason):
    [said] = [line for line in parsed.stderr.decode().splitlines()
              if f"/{reason} " in line]
    assert f"({reason})" in said
