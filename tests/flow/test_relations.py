# SPDX-License-Identifier: Apache-2.0
"""Documents of one inbox are tied to one another by symbols and by text."""

import json
import os
import shutil

import pytest

from programs import Programs
from registry import IS_ROOT, NOBODY

# What it reads is what docket is told; so symbols and references are the test's.
CAT = "exec cat"


@pytest.fixture
def office(make_registry):
    programs = Programs()
    programs.add("json", CAT, output="json")
    registry = make_registry()
    programs.configure(registry)
    yield registry.start()
    shutil.rmtree(programs.folder, ignore_errors=True)


def document(language="en", symbols=(), cites=(), text=None):
    text = text or f"{language} {' '.join(symbols)} {' '.join(cites)}\n"
    return json.dumps({
        "language": language, "symbols": list(symbols), "text": text,
        "marks": [{"kind": "reference", "start": 0, "end": 1, "value": value}
                  for value in cites],
    })


def drop(registry, subscriber, name, **about):
    registry.move_in(name, document(**about).encode())
    return subscriber.wait("document.parsed", name=name)["data"]["arrival"]


def refs(registry, number, *options):
    return {(row["relation"], row["symbol"], row["arrival"])
            for row in registry.rows("refs", str(number), *options)}


def test_language_versions_of_a_symbol_are_tied(office):
    subscriber = office.subscribe()
    english = drop(office, subscriber, "e.json", symbols=["A/58/444"])
    french = drop(office, subscriber, "f.json", language="fr",
                  symbols=["A/58/444-S/2003/987"])
    event = subscriber.wait("document.related", arrival=french)
    assert event["data"]["original"] == english
    assert event["data"]["reason"] == "translation-of"
    assert refs(office, english, "--related") == {
        ("translation-of", None, french)}
    shown = office.docket("show", str(french)).stdout
    assert f"translation-of {english}".encode() in shown


def test_a_corrigendum_is_tied_to_what_it_corrects_whichever_came_first(office):
    subscriber = office.subscribe()
    change = drop(office, subscriber, "c.json", symbols=["A/58/444/Corr.1"])
    base = drop(office, subscriber, "b.json", symbols=["A/58/444"])
    event = subscriber.wait("document.related", arrival=base)
    assert event["data"]["reason"] == "has-corrigendum"
    addendum = drop(office, subscriber, "a.json", symbols=["A/58/444/Add.1"])
    assert refs(office, base, "--related") == {
        ("has-corrigendum", None, change), ("has-addendum", None, addendum)}
    assert refs(office, change, "--related") == {
        ("corrigendum-of", None, base)}


def test_a_reference_that_pointed_nowhere_is_resolved_by_an_arrival(office):
    subscriber = office.subscribe()
    citing = drop(office, subscriber, "a.json", cites=["S/RES/1373 (2001)"])
    assert refs(office, citing) == {("cites", "S/RES/1373 (2001)", None)}
    cited = drop(office, subscriber, "b.json", symbols=["S/RES/1373 (2001)"])
    event = subscriber.wait("document.related", arrival=cited)
    assert event["data"]["original"] == citing
    assert event["data"]["reason"] == "cited-by"
    assert refs(office, citing) == {("cites", "S/RES/1373 (2001)", cited)}
    assert refs(office, cited, "--cited-by") == {
        ("cited-by", "S/RES/1373 (2001)", citing)}


def test_renditions_of_one_text_are_tied_without_any_symbol(office):
    words = " ".join(f"word{i * 7919}" for i in range(400))
    subscriber = office.subscribe()
    one = drop(office, subscriber, "one.json", text=words)
    two = drop(office, subscriber, "two.json",
               text=words.replace(" ", ",\n") + " and a few words more\n")
    event = subscriber.wait("document.related", arrival=two)
    assert event["data"]["reason"] == "same-text-as"
    assert event["data"]["original"] == one
    drop(office, subscriber, "three.json", text=words[:1000])
    assert refs(office, one, "--related") == {("same-text-as", None, two)}


def test_nothing_is_tied_across_inboxes(make_registry):
    programs = Programs()
    programs.add("json", CAT, output="json")
    registry = make_registry()
    programs.configure(registry)
    other = registry.folder / "other"
    other.mkdir()
    other.chmod(0o755)
    if IS_ROOT:
        os.chown(other, NOBODY, NOBODY)
    with registry.config.open("a", encoding="utf-8") as config:
        config.write(f"\n[inbox other]\npath = {other}\n")
    registry.start()
    subscriber = registry.subscribe()
    first = drop(registry, subscriber, "a.json", symbols=["A/1/2"])
    file = registry.prepare("b.json", document(symbols=["A/1/2"]).encode())
    file.rename(other / "b.json")
    second = subscriber.wait("document.parsed", name="b.json")
    assert refs(registry, first, "--related") == set()
    assert refs(registry, second["data"]["arrival"], "--related") == set()
    shutil.rmtree(programs.folder, ignore_errors=True)


def test_an_arrival_that_is_not_there_has_no_refs(office):
    done = office.docket("refs", "99", check=False)
    assert done.returncode == 1
    assert b"no such arrival" in done.stderr
