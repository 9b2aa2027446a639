# SPDX-License-Identifier: Apache-2.0
"""Word and OpenDocument files: what is in them, and what is wrong with them."""

import io
import json
import os
import pathlib
import shutil
import subprocess
import zipfile

import pytest

from programs import Programs

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples" / "office"
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "exec"
ANSWERS = json.loads((SAMPLES / "answers.json").read_text(encoding="utf-8"))
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What stands around other blocks and has no text of its own.
FRAMES = ("table", "cell", "list")

pytestmark = pytest.mark.skipif(
    not (BUILD / "plugins" / "parser_office.so").exists(),
    reason="parser_office is not built: libarchive-dev or libxml2-dev is missing")


def parse(docket, path):
    return subprocess.run([docket, "parse", "--json", path],
                          capture_output=True, timeout=120, check=False)


def read(docket, path):
    done = parse(docket, path)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def walk_blocks(parts):
    for part in parts:
        yield from part["blocks"]
        yield from walk_blocks(part["parts"])


def is_within(inner, outer):
    return outer["start"] <= inner["start"] and inner["end"] <= outer["end"]


def outline(document, has_pages):
    """Blocks as the answers have them."""
    text = document["text"].encode()
    blocks = list(walk_blocks(document["parts"]))
    lines = []
    for block in blocks:
        content = text[block["start"]:block["end"]].decode()
        kind = block["kind"]
        if kind in FRAMES:
            continue
        if kind == "row":
            content = " | ".join(
                text[cell["start"]:cell["end"]].decode().strip("\n")
                for cell in blocks
                if cell["kind"] == "cell" and is_within(cell, block))
        elif block.get("level"):
            kind += f" {block['level']}"
        line = [kind, block.get("number") or "", content]
        lines.append(line + ([block.get("page")] if has_pages else []))
    return lines


def list_marks(document):
    text = document["text"].encode()
    return [[mark["kind"], text[mark["start"]:mark["end"]].decode(),
             mark.get("value") or mark.get("uri")]
            for mark in document["marks"] if mark["kind"] in ("note", "link")]


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """docket parse with no plugin but this one: what annotators would make of
    the structure is not looked at here."""
    folder = tmp_path_factory.mktemp("alone")
    for name in ("bin", "plugins"):
        (folder / name).mkdir()
    for name in ("bin/docket", "bin/docket-worker", "plugins/parser_office.so"):
        shutil.copy(BUILD / name, folder / name)
    (folder / "share").symlink_to(BUILD / "share")
    return folder / "bin" / "docket"


@pytest.mark.parametrize("name", ANSWERS)
def test_structure_is_as_written_down(name, alone):
    answer = ANSWERS[name]
    document = read(alone, SAMPLES / name)
    has_pages = len(answer["blocks"][0]) > 3
    assert outline(document, has_pages) == answer["blocks"]
    assert list_marks(document) == answer["marks"]
    assert document.get("title") == answer["title"]
    assert (document.get("warnings") or []) == answer["warnings"]
    for field, value in answer.get("fields", {}).items():
        assert document[field] == value


def test_a_table_is_on_the_page_of_its_text(alone, tmp_path):
    turned = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Cell.</w:t></w:r></w:p>"
    path = make_word(tmp_path / "pages.docx", paragraph("Before.") +
                     f"<w:tbl><w:tr><w:tc>{turned}</w:tc></w:tr></w:tbl>")
    pages = {block["kind"]: block["page"]
             for block in walk_blocks(read(alone, path)["parts"])}
    assert pages == {"paragraph": 1, "table": 2, "row": 2, "cell": 2}


# ---- what is wrong with them ----


def make_word(path, body, **parts):
    """A document with this body; parts are other files in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml",
                      f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
                      if isinstance(body, str) else body)
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def refuse(docket, path, reason):
    """It is refused with this reason, and with a sentence."""
    done = parse(docket, path)
    assert (done.returncode, done.stdout) == (1, b"")
    said = done.stderr.decode()
    assert f"({reason})" in said
    return said


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_bomb_is_refused_for_what_comes_out_of_it(alone, tmp_path):
    bomb = make_word(tmp_path / "bomb.docx", "<w:p/>" * 30_000_000)
    assert bomb.stat().st_size < 1 << 20
    said = refuse(alone, bomb, "expansion")
    assert "Save it anew" in said


def test_members_that_overlap_are_counted_by_what_comes_out(alone, tmp_path):
    """The directory names one member a thousand times."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", " " * 1_000_000)
    data = packed.getvalue()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entries = []
    for number in range(900):
        name = f"word/header{number}.xml".encode()
        entry = bytearray(data[start:end])
        entry[28:30] = len(name).to_bytes(2, "little")
        entries.append(bytes(entry[:46]) + name)
    directory = data[start:end] + b"".join(entries)
    tail = bytearray(data[end:])
    tail[8:12] = (901).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    path = tmp_path / "overlap.docx"
    path.write_bytes(data[:start] + directory + bytes(tail))
    done = parse(alone, path)
    assert done.returncode == 1
    assert b"(expansion)" in done.stderr or b"(damaged)" in done.stderr


def test_a_document_within_a_document_is_not_unpacked(alone, tmp_path):
    """Not even if it is itself: it is handed on as it is."""
    inner = make_word(tmp_path / "inner.docx", paragraph("Inner."))
    outer = make_word(tmp_path / "outer.docx", paragraph("Outer."),
                      **{"word/embeddings/inner.docx": inner.read_bytes()})
    assert read(alone, outer)["text"].strip() == "Outer."


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize("declared, used", [
    (LAUGHS, "l9"),
    ('<!ENTITY f SYSTEM "file:///etc/passwd">', "f"),
    ('<!ENTITY f SYSTEM "http://127.0.0.1:9/x">', "f"),
    ('<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;', "amp"),
], ids=["laughs", "file", "network", "parameter"])
def test_entities_are_refused(alone, tmp_path, declared, used):
    body = (f"<!DOCTYPE d [{declared}]>"
            f'<w:document xmlns:w="{WORD}"><w:body>{paragraph(f"&{used};")}'
            "</w:body></w:document>")
    refuse(alone, make_word(tmp_path / "x.docx", body.encode()), "xml-entities")


def test_what_nests_without_end_is_refused(alone, tmp_path):
    deep = "<w:sdt><w:sdtContent>" * 20_000 + "</w:sdtContent></w:sdt>" * 20_000
    refuse(alone, make_word(tmp_path / "deep.docx", deep), "nesting")


def test_a_crowd_of_attributes_is_refused_at_once(alone, tmp_path):
    crowd = "".join(f' a{n}="{n}"' for n in range(300_000))
    refuse(alone, make_word(tmp_path / "crowd.docx", f"<w:p{crowd}/>"), "nesting")


def test_too_many_members_are_refused(alone, tmp_path):
    path = make_word(tmp_path / "many.docx", paragraph("x"), **{
        f"x{number}": b"" for number in range(10_001)})
    refuse(alone, path, "entries")
    path = make_word(tmp_path / "many.docx", paragraph("x"), **{
        f"word/header{number}.xml": b"<a/>" for number in range(1001)})
    refuse(alone, path, "entries")


def test_passwords_are_asked_for(alone, tmp_path):
    office = tmp_path / "word.docx"
    stream = "EncryptedPackage".encode("utf-16le")
    entry = stream.ljust(64, b"\0") + bytes([len(stream) + 2, 0, 2]) + bytes(61)
    office.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry)
    refuse(alone, office, "encrypted")
    manifest = ('<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
                '<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>')
    libre = tmp_path / "libre.odt"
    with zipfile.ZipFile(libre, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", b"\x8f\x02")
        file.writestr("META-INF/manifest.xml", manifest)
    refuse(alone, libre, "encrypted")


def test_what_breaks_off_is_damaged(alone, tmp_path):
    whole = (SAMPLES / "resolution-en.docx").read_bytes()
    torn = tmp_path / "torn.docx"
    torn.write_bytes(whole[:len(whole) // 2])
    assert "save it anew" in refuse(alone, torn, "damaged")
    open_end = make_word(tmp_path / "open.docx", b"<w:document>")
    refuse(alone, open_end, "damaged")


def test_names_of_members_are_never_files(alone, tmp_path):
    path = make_word(tmp_path / "slip.docx", paragraph("Text."), **{
        "../../../../tmp/word/embeddings/slipped.docx": b"x",
        "/word/embeddings/slipped.docx": b"x"})
    read(alone, path)
    assert not pathlib.Path("/tmp/word").exists()


# ---- in a registry ----


def test_a_word_letter_is_found_by_its_words(registry):
    bus = registry.subscribe()
    registry.move_in("resolution.docx", (SAMPLES / "resolution-en.docx").read_bytes())
    event = bus.wait("document.indexed", name="resolution.docx")
    assert event["data"]["title"]
    assert [hit["name"] for hit in registry.rows("search", "thalers")] == [
        "resolution.docx"]
    assert registry.rows("search", "secret") == []


# ---- formats that are not read here ----


def test_an_old_word_file_is_told_how_to_become_a_new_one(alone, tmp_path):
    old = tmp_path / "old.doc"
    stream = "WordDocument".encode("utf-16le")
    entry = stream.ljust(64, b"\0") + bytes([len(stream) + 2, 0, 2]) + bytes(61)
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry)
    said = refuse(alone, old, "unsupported")
    assert "application/msword" in said and "as DOCX or ODT" in said


RICH = (r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Times;}}\f0 "
        r"\u1055?\u1080?\u1089?\u1100?\u1084?\u1086?\par Thalers.\par}")


@pytest.mark.skipif(not shutil.which("catdoc"), reason="catdoc is not installed")
def test_rich_text_is_read_by_the_example(make_registry):
    programs = Programs()
    path = programs.folder / "parser_rtf"
    shutil.copy(EXAMPLES / "parser_rtf", path)
    path.chmod(0o755)
    programs.section("rtf", exec=path, kind="parser", types="application/rtf")
    registry = make_registry()
    programs.configure(registry)
    registry.start()
    bus = registry.subscribe()
    registry.move_in("letter.rtf", RICH.encode())
    bus.wait("document.indexed", name="letter.rtf")
    shown = json.loads(registry.docket("show", "1", "--json").stdout)
    assert shown["text"].split() == ["Письмо", "Thalers."]
    shutil.rmtree(programs.folder, ignore_errors=True)
