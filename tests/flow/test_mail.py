# SPDX-License-Identifier: Apache-2.0
"""A mail and what is attached to it are documents tied by number."""

import json
import shutil

import pytest

from registry import BUILD, SAMPLES, digest_of

PLUGIN = BUILD / "plugins" / "parser_mail.so"
pytestmark = pytest.mark.skipif(
    not PLUGIN.exists(), reason="parser_mail is not built")
LETTER = (SAMPLES / "letter-en.txt").read_bytes()


@pytest.fixture(name="plugins", scope="module")
def fixture_plugins(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plugins")
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    for name in ("parser_mail", "parser_text", "annotator_language",
                 "indexer_sqlite"):
        shutil.copy(BUILD / "plugins" / f"{name}.so", folder)
    return folder


@pytest.fixture(name="registry")
def fixture_registry(make_registry, plugins):
    registry = make_registry(
        plugins=plugins, inbox="found_quiet = 200ms\nquiet = 200ms")
    registry.expect_log("is quarantined: ")
    return registry.start()


def show(registry, number):
    return json.loads(registry.docket("show", str(number), "--json").stdout)


def drop(registry, bus, name, within=60):
    registry.move_in(name, (SAMPLES / name).read_bytes())
    return bus.wait("document.parsed", name=name, within=within)["data"]


def test_an_attached_letter_is_found_and_names_its_mail(registry):
    bus = registry.subscribe()
    mail = drop(registry, bus, "mail-attachment-en.eml")
    assert (mail["parent"], mail["children"]) == (None, 1)
    letter = bus.wait("document.indexed", within=60,
                      name="identical letters 12 May 2011.txt")["data"]
    assert letter["parent"] == mail["arrival"]
    [hit] = registry.rows("search", "registrars archivists Lindhaven")
    assert hit["arrival"] == letter["arrival"]
    assert hit["parent_name"] == "mail-attachment-en.eml"
    record = show(registry, mail["arrival"])
    assert record["children"] == [digest_of(LETTER)]
    assert record["from"] == [
        "Okonedo, Ilmari T. <i.okonedo@lindhaven.example>"]
    got = registry.docket("get", str(letter["arrival"])).stdout
    assert got == LETTER


def test_a_mail_is_found_by_its_correspondents_and_its_html(registry):
    bus = registry.subscribe()
    mail = drop(registry, bus, "mail-html-fr.eml")
    bus.wait("document.indexed", arrival=mail["arrival"])
    for words in ("Grandet", "greffe@registry.example", "considération"):
        hits = registry.rows("search", words)
        assert [hit["arrival"] for hit in hits] == [mail["arrival"]], words
    record = show(registry, mail["arrival"])
    assert record["language"] == "fr"
    assert record["date"] == "2011-05-02"


def test_a_mail_in_a_mail_is_a_mail_again(registry):
    bus = registry.subscribe()
    outer = drop(registry, bus, "mail-forwarded-es.eml")
    inner = bus.wait("document.parsed", within=60,
                     name="Nota verbal núm. 41.eml")["data"]
    assert inner["parent"] == outer["arrival"]
    record = show(registry, inner["arrival"])
    assert record["title"] == "Nota verbal núm. 41"
    assert "La Misión saluda atentamente" in record["text"]
    raw = (SAMPLES / "mail-forwarded-es.eml").read_bytes()
    got = registry.docket("get", str(inner["arrival"])).stdout
    assert got in raw


def test_mails_of_a_mailbox_are_documents(registry):
    bus = registry.subscribe()
    box = drop(registry, bus, "mailbox-en.mbox")
    names = ["Draft without a signature.eml",
             "Re: Draft without a signature.eml"]
    for name in names:
        parsed = bus.wait("document.parsed", name=name, within=60)["data"]
        assert parsed["parent"] == box["arrival"]


def test_an_encrypted_mail_is_quarantined_as_that(registry):
    bus = registry.subscribe()
    registry.move_in("secret.eml", (
        b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: "
        b"application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIIB\r\n"))
    event = bus.wait("document.quarantined", name="secret.eml", within=60)
    assert event["data"]["reason"] == "encrypted"
