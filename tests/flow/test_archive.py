# SPDX-License-Identifier: Apache-2.0
"""Archives are taken whole or set aside whole, and nothing leaves its place."""

import io
import json
import shutil
import subprocess
import tarfile
import zipfile

import pytest

from registry import BUILD, SAMPLES, digest_of

PLUGIN = BUILD / "plugins" / "parser_archive.so"
pytestmark = pytest.mark.skipif(
    not PLUGIN.exists(), reason="parser_archive is not built")
LETTER = (SAMPLES / "letter-en.txt").read_bytes()


def make_zip(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def make_tar(mode, *members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for member, content in members:
            if isinstance(member, str):
                member = tarfile.TarInfo(member)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def make_link(name):
    link = tarfile.TarInfo(name)
    link.type = tarfile.SYMTYPE
    link.linkname = "/etc/passwd"
    return link


@pytest.fixture(name="parse")
def fixture_parse(tmp_path):
    def parse(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        before = sorted(tmp_path.rglob("*"))
        done = subprocess.run(
            [BUILD / "bin" / "docket", "parse", "--json", path], cwd=tmp_path,
            capture_output=True, timeout=120, check=False)
        assert sorted(tmp_path.rglob("*")) == before
        if done.returncode:
            return done.stderr.decode()
        return json.loads(done.stdout)

    return parse


@pytest.mark.parametrize("name, content", [
    ("a.zip", make_zip(("in/a.txt", LETTER))),
    ("a.tar", make_tar("w", ("in/a.txt", LETTER))),
    ("a.tar.gz", make_tar("w:gz", ("in/a.txt", LETTER))),
    ("a.tar.xz", make_tar("w:xz", ("in/a.txt", LETTER))),
    ("a.tar.bz2", make_tar("w:bz2", ("in/a.txt", LETTER))),
], ids=lambda value: value if isinstance(value, str) else "")
def test_members_are_children_and_their_paths_are_text(parse, name, content):
    document = parse(name, content)
    assert document["children"] == [digest_of(LETTER)]
    assert "in/a.txt" in document["text"]
    assert document["parser"].startswith("archive ")


def test_names_lead_nowhere(parse):
    names = ["../../up.txt", "/tmp/abs.txt", "C:\\win.txt", "a\nb\x1b[2J"]
    document = parse("slip.zip", make_zip(
        *((name, name.encode()) for name in names)))
    assert len(document["children"]) == len(names)
    assert "\x1b" not in document["text"]


def test_links_are_not_followed_and_told(parse):
    document = parse("links.tar", make_tar(
        "w", ("a.txt", LETTER), (make_link("passwd"), b"")))
    assert document["children"] == [digest_of(LETTER)]
    assert document["warnings"] == ["Links in it that were not followed: 1."]


@pytest.mark.parametrize("reason, content", [
    ("expansion", make_zip(("zeros", bytes(16 << 20)))),
    ("entries", make_zip(*((str(i), b"x") for i in range(1001)))),
    ("damaged", make_zip(("a.txt", LETTER))[:700]),
    ("empty", make_zip()),
    ("encrypted", make_zip(("a.txt", LETTER))),
], ids=lambda value: value if isinstance(value, str) else "")
def test_what_cannot_be_taken_whole_is_refused(parse, reason, content):
    if reason == "encrypted":  # the flag is all that is looked at
        content = content.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1")
        content = content.replace(b"PK\1\2\x14\3\x14\0\0",
                                  b"PK\1\2\x14\3\x14\0\1")
    assert f"({reason})" in parse(f"{reason}.zip", content)


def test_an_archive_in_an_archive_ends_somewhere(make_registry,
                                                 tmp_path_factory):
    folder = tmp_path_factory.mktemp("plugins")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for name in ("parser_archive", "parser_text"):
        shutil.copy(BUILD / "plugins" / f"{name}.so", folder)
    registry = make_registry(plugins=folder,
                             inbox="found_quiet = 200ms\nquiet = 200ms")
    registry.expect_log("is quarantined: ")
    registry.start()
    content, name = LETTER, "letter.txt"
    for depth in range(6):
        content, name = make_zip((name, content)), f"{depth}.zip"
    bus = registry.subscribe()
    registry.move_in("nested.zip", content)
    event = bus.wait("document.quarantined", within=60)
    assert event["data"]["reason"] == "nesting"
