# SPDX-License-Identifier: Apache-2.0
"""What is read here, what could be, and what happens to the rest."""

import json
import pathlib
import shutil
import subprocess

from registry import BUILD

DOCKET = BUILD / "bin" / "docket"
ETC = pathlib.Path(__file__).resolve().parents[2] / "etc"


def docket(*arguments):
    return subprocess.run([DOCKET, *arguments], capture_output=True,
                          text=True, check=False, timeout=60)


def offers():
    """The lines of plugins.tsv by the plugins' names."""
    text = (ETC / "plugins.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()
            if not line.startswith("#")]
    return {name: (host, packages, types.split(), summary)
            for name, host, packages, types, summary in rows}


def test_the_list_of_optional_plugins_says_what_they_say():
    """etc/plugins.tsv stands for plugins that nobody has loaded."""
    for name, (host, _, types, summary) in offers().items():
        assert summary
        path = BUILD / "plugins" / f"{name}.so"
        if not path.exists():
            continue
        said = docket("plugins", "describe", path, "--json")
        about = json.loads(said.stdout)
        assert "parser_" + about["name"] == name
        assert (host == "process") == ("process" in about["needs"]), name
        assert types == about["types"], (
            f"{name} in etc/plugins.tsv: {' '.join(about['types'])}")


def test_a_plugin_with_a_process_for_each_document_is_on_the_list():
    for path in (BUILD / "plugins").glob("parser_*.so"):
        about = json.loads(docket("plugins", "describe", path,
                                  "--json").stdout)
        if "process" in about["needs"]:
            assert path.stem in offers(), "add it to etc/plugins.tsv"


def test_formats_are_those_of_the_running_docketd(make_registry, tmp_path):
    folder = tmp_path
    for parent in (folder, *folder.parents[:2]):
        parent.chmod(0o755)
    shutil.copy(BUILD / "plugins" / "parser_text.so", folder)
    shutil.copy(BUILD / "tests" / "plugins" / "parser_apart.so", folder)
    registry = make_registry(plugins=folder)
    text = registry.config.read_text(encoding="utf-8")
    registry.config.write_text(
        text + "\n[plugin calendar]\nexec = /bin/cat\nkind = parser\nnames = *.ics\n"
        "types = text/calendar\n", encoding="utf-8")
    registry.start()
    rows = registry.rows("formats")
    assert rows == sorted(rows, key=lambda row: (row["type"], row["plugin"]))
    readers = {(row["type"], row["plugin"]): row["readers"] for row in rows}
    assert readers[("text/plain", "text")] == "shared"
    assert readers[("text/plain", "apart")] == "process"
    assert readers[("text/calendar", "calendar")] == "program"
    assert readers[("*.ics", "calendar")] == "program"
    table = registry.docket("formats").stdout.decode()
    assert table.splitlines()[0].split() == ["TYPE", "PLUGIN", "VERSION",
                                             "READ"]


def test_what_could_be_installed_is_listed_with_what_it_takes(
        make_registry, tmp_path):
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    shutil.copy(BUILD / "plugins" / "parser_text.so", tmp_path)
    registry = make_registry(plugins=tmp_path).start()
    absent = {row["name"]: row for row in registry.rows("plugins")
              if row["state"] == "absent"}
    assert absent.keys() == offers().keys()
    pdf = absent["parser_pdf"]
    assert pdf["types"] == ["application/pdf"]
    assert "apt-get install " in pdf["detail"]


def test_without_docketd_formats_are_those_that_are_installed(tmp_path):
    for folder in ("bin", "plugins", "share"):
        (tmp_path / folder).mkdir()
    for program in ("docket", "docket-worker"):
        shutil.copy(BUILD / "bin" / program, tmp_path / "bin")
    shutil.copy(BUILD / "plugins" / "parser_text.so", tmp_path / "plugins")
    (tmp_path / "plugins" / "parser_bad.so").write_bytes(b"no object")
    done = subprocess.run([tmp_path / "bin" / "docket", "formats", "--json"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["plugin"] for row in rows} == {"text"}
    assert "text/plain" in {row["type"] for row in rows}
    assert "no docketd answers" in done.stderr
    assert "parser_bad.so" in done.stderr


def test_a_state_folder_without_docketd_is_told(tmp_path):
    done = docket("--state", tmp_path, "formats")
    assert done.returncode == 69
    assert "no docketd answers" in done.stderr


def test_a_type_nobody_reads_is_named_when_it_is_set_aside(make_registry):
    registry = make_registry()
    registry.expect_log("is quarantined: unsupported")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("film.pdf", b"\0\0\0\x18ftypmp42" + bytes(100))
    event = bus.wait("document.quarantined", name="film.pdf")
    assert event["data"]["reason"] == "unsupported"
    detail = registry.rows("list")[0]["detail"]
    assert "video/mp4" in detail
    assert "By its name it is application/pdf; it may be damaged." in detail


def parse(name, data, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    return json.loads(docket("parse", "--json", path).stdout)


def test_a_name_that_contradicts_the_bytes_is_told(tmp_path):
    letter = b"An ordinary letter.\n"
    record = parse("letter.pdf", letter, tmp_path)
    assert record["media_type"] == "text/plain"
    assert record["named_type"] == "application/pdf"
    [warning] = record["warnings"]
    assert "application/pdf" in warning and "text/plain" in warning
    for name, named in (("letter.txt", "text/plain"),
                        ("letter.csv", "text/csv")):
        record = parse(name, letter, tmp_path)
        assert record["named_type"] == named
        assert not record.get("warnings")
    assert parse("letter", letter, tmp_path).get("named_type") is None
