# SPDX-License-Identifier: Apache-2.0
"""The example programs do what they are for."""

import json
import pathlib
import shutil
import subprocess

import pytest

from programs import Programs
from registry import BUILD, sample

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "exec"
PYTHON = "/usr/bin/python3"  # what the example says itself
XLSX = ("application/vnd.openxmlformats-officedocument."
        "spreadsheetml.sheet")


@pytest.fixture
def programs():
    made = Programs()
    yield made
    shutil.rmtree(made.folder, ignore_errors=True)


def add_example(programs, name, example, arguments="", **options):
    path = programs.folder / example
    shutil.copy(EXAMPLES / example, path)
    path.chmod(0o755)
    programs.section(name, exec=f"{path} {arguments}".strip(), **options)


def make_workbook():
    script = """
import datetime, io, sys, openpyxl
book = openpyxl.Workbook()
book.properties.title = "Budget of the registry"
book.properties.modified = datetime.datetime(2003, 10, 10, 9, 30)
first = book.active
first.title = "Ausgaben"
first.append(["Posten", "Betrag", None, "am"])
first.append(["Aktenschr\\u00e4nke", 12.0, None, datetime.datetime(2003, 9, 1)])
first.append([])
first.append([None, "zwei\\nZeilen \\U0001f5c4"])
book.create_sheet("Leer")
book.save(sys.stdout.buffer)
"""
    done = subprocess.run([PYTHON, "-c", script], capture_output=True,
                          check=False)
    if b"ModuleNotFoundError" in done.stderr:
        pytest.skip("python3-openpyxl is not installed")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_spreadsheet_is_found_with_its_structure(programs, make_registry):
    book = make_workbook()
    add_example(programs, "spreadsheet", "parser_spreadsheet", kind="parser",
                output="json", types=XLSX)
    registry = make_registry()
    registry.expect_log("torn.xlsx.* is quarantined: rejected",
                        "docket-worker: spreadsheet: This is no workbook")
    programs.configure(registry)
    registry.start()
    bus = registry.subscribe()
    registry.move_in("budget.xlsx", book)
    registry.move_in("torn.xlsx", book[:-400])
    event = bus.wait("document.indexed", name="budget.xlsx")
    assert event["data"]["title"] == "Budget of the registry"
    hits = registry.rows("search", "aktenschr\u00e4nke")
    assert [hit["name"] for hit in hits] == ["budget.xlsx"]
    shown = json.loads(registry.docket("show", "1", "--json").stdout)
    text = shown["text"].encode()
    assert shown["date"] == "2003-10-10"
    assert shown["media_type"] == XLSX
    assert [part["title"] for part in shown["parts"]] == ["Ausgaben", "Leer"]
    blocks = [(block["kind"],
               text[block["start"]:block["end"]].decode().splitlines())
              for block in shown["parts"][0]["blocks"]]
    cells = [lines for kind, lines in blocks if kind == "cell"]
    assert blocks[0] == ("heading", ["Ausgaben"])
    assert blocks[1][0] == "table" and blocks[2][0] == "row"
    assert cells == [["Posten"], ["Betrag"], [], ["am"],
                     ["Aktenschr\u00e4nke"], ["12"], [], ["2003-09-01"],
                     [], ["zwei Zeilen \U0001f5c4"]]
    torn = bus.wait("document.quarantined", name="torn.xlsx")
    assert "no workbook" in torn["data"]["detail"]


def test_copies_are_filed_by_language(programs, make_registry):
    folder = programs.folder / "by-language"
    registry = make_registry()
    docket = f"{BUILD}/bin/docket --state {registry.state}"
    # With sanitizers docket itself maps more than any limit.
    add_example(programs, "file", "notifier_file_by_language",
                f"{folder} {docket}", kind="notifier",
                topics="document.parsed", memory_limit=0)
    programs.configure(registry)
    registry.expect_log("docket-worker: file: .* is not there",
                        "plugin file: .*tried again")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("lettre.txt", sample("letter-fr.txt"))
    registry.wait_log("is not there")
    folder.mkdir()
    folder.chmod(0o777)
    registry.move_in("письмо.txt", sample("letter-ru.txt"))
    registry.move_in("kurz", b"?\n")
    for number in range(1, 4):
        bus.wait("notification.sent", arrival=number)
    filed = {str(path.relative_to(folder)): path.read_bytes()
             for path in folder.rglob("*") if path.is_file()}
    assert filed == {"fr/1.txt": sample("letter-fr.txt"),
                     "ru/2.txt": sample("letter-ru.txt"),
                     "unknown/3": b"?\n"}
