# SPDX-License-Identifier: Apache-2.0
"""The command alone: the test is docketd, and looks at what people are told."""

import hashlib
import json
import os
import pathlib
import signal
import subprocess

import pytest

import control
import frames
import terminal

BUILD = pathlib.Path(os.environ["DOCKET_BUILD"]).resolve()
DOCKET = BUILD / "bin" / "docket"

LETTER = b"Lettre\n\nLe Conseil condamne le terrorisme.\n"
DIGEST = hashlib.sha256(LETTER).digest()
ID = "sha256:" + DIGEST.hex()
TEXT = "Lettre\nLe Conseil condamne le terrorisme.\nAnnexe\nÀ suivre.\n"


def make_record():
    """A title and a paragraph, then an annex with one of each."""
    size = len(TEXT.encode())
    annex = TEXT.encode().index(b"Annexe")
    record = control.Record(TEXT)
    record.field(control.SYMBOL, "S/2001/1")
    record.field(control.TITLE, "Lettre")
    record.part(control.BODY, 0, annex, "body")
    record.part(control.ANNEX, annex, size, "annex-1", "I", "Annexe")
    record.block(control.HEADING, 0, 7, "heading-1")
    record.block(control.PARAGRAPH, 7, annex, "para-1", "1", page=2)
    record.block(control.HEADING, annex, annex + 7, "annex-1/heading-1")
    record.block(control.PARAGRAPH, annex + 7, size, "annex-1/p-1")
    return record.image()


ARRIVAL = control.arrival(
    digest=DIGEST,
    size=len(LETTER),
    language="fr",
    class_="letter",
    symbols=["S/2001/1"],
    date="2001-09-28",
    title="Lettre",
)
QUARANTINED = control.arrival(
    18,
    state="quarantined",
    stage="read",
    plugin="text",
    reason="encrypted",
    detail="It asks for a password.",
)


@pytest.fixture
def docketd(tmp_path):
    daemon = control.Docketd(tmp_path / "state")
    yield daemon
    daemon.close()


def docket(daemon, *words, **options):
    """Run the command and wait for it, with pipes."""
    return subprocess.run(
        [DOCKET, "--state", daemon.state, *words],
        capture_output=True,
        timeout=20,
        check=False,
        **options,
    )


def read(daemon, *words):
    """What the command prints when all is well."""
    done = docket(daemon, *words)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def read_json(daemon, *words):
    """The same, a JSON object a line."""
    lines = read(daemon, *words, "--json").splitlines()
    return [json.loads(line) for line in lines]


def run_on_terminal(daemon, *words):
    return terminal.run(DOCKET, "--state", daemon.state, *words)


# ---- without an answer ----


def test_a_daemon_that_is_not_there_is_named_with_the_cure(tmp_path):
    done = subprocess.run(
        [DOCKET, "--state", tmp_path, "status"],
        capture_output=True,
        check=False,
    )
    said = done.stderr.decode()
    assert done.returncode == 69
    assert f"no docketd answers at {tmp_path}/run/control.sock" in said
    assert f"docketd --state {tmp_path} --inbox" in said


def test_an_answer_that_breaks_off_is_no_answer(docketd):
    docketd.answer(control.row("arrival", ARRIVAL), is_cut=True)
    done = docket(docketd, "list", "--json")
    assert done.returncode == 69
    assert json.loads(done.stdout)["arrival"] == 17
    assert b"ended before its answer was complete" in done.stderr


@pytest.mark.parametrize(
    "rows",
    [
        [control.row("fact", "a", "b")],
        [control.row("arrival", b"damaged")],
        [control.row("content", ARRIVAL, 3, "four")],
        [control.row("content", ARRIVAL, 4, "four")],
        [control.row("content", b"", 0, "")],
        [],
    ],
)
def test_an_answer_that_makes_no_sense_is_a_fault_of_docket(docketd, rows):
    docketd.answer(*rows)
    done = docket(docketd, "show", "17")
    assert done.returncode == 70
    assert done.stdout == b""
    assert done.stderr != b""


@pytest.mark.parametrize("verb", ["status", "list", "events", "plugins"])
def test_what_docketd_refuses_is_said_with_its_code(docketd, verb):
    docketd.answer(code=1, detail="You are not of group docket-read")
    done = docket(docketd, verb)
    assert done.returncode == 1
    assert done.stderr == b"docket: You are not of group docket-read\n"


def test_a_state_folder_of_any_depth_can_be_talked_to(tmp_path):
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 8)
    daemon = control.Docketd(deep)
    daemon.answer(control.row("fact", "daemon.pid", "1"))
    assert "pid" in read(daemon, "status")
    daemon.close()


# ---- status, list, plugins, events ----


def test_status_groups_facts_for_people_and_nests_them_for_programs(docketd):
    docketd.answer(
        control.row("fact", "daemon.version", "0.1.0"),
        control.row("fact", "daemon.pid", "4711"),
        control.row("fact", "inbox.letters.waiting", "3"),
        control.row("fact", "inbox.letters.folder", "/srv/letters"),
        control.row("fact", "inbox.letters-old.waiting", "0"),
        control.row("fact", "free", "007"),
    )
    assert read_json(docketd, "status") == [
        {
            "daemon": {"pid": 4711, "version": "0.1.0"},
            "free": "007",
            "inbox": {
                "letters": {"folder": "/srv/letters", "waiting": 3},
                "letters-old": {"waiting": 0},
            },
        }
    ]
    lines = read(docketd, "status").splitlines()
    assert lines[0] == "daemon"
    assert lines[1].split() == ["version", "0.1.0"]
    assert "inbox letters" in lines
    assert docketd.requests == [["status"], ["status"]]


def test_list_shows_the_newest_unless_told_where_to_begin(docketd):
    docketd.answer(
        control.row("arrival", ARRIVAL), control.row("arrival", QUARANTINED)
    )
    assert [row["state"] for row in read_json(docketd, "list")] == [
        "done",
        "quarantined",
    ]
    words = ["--inbox", "letters", "--state", "done,quarantined"]
    read(docketd, "list", *words, "--limit", "0", "--after", "0")
    bits = 1 << 4 | 1 << 6
    assert docketd.requests == [
        ["list", 0, 50, 1, 0, ""],
        ["list", 0, 0, 0, bits, "letters"],
    ]


def test_list_is_a_table_for_people(docketd):
    docketd.answer(
        control.row("arrival", ARRIVAL), control.row("arrival", QUARANTINED)
    )
    head, first, second = read(docketd, "list").splitlines()
    assert head.split()[:3] == ["NUMBER", "STATE", "RECEIVED"]
    assert first.split()[:2] == ["17", "done"]
    assert first.split()[-4:] == ["letters", "fr", "letter", "Lettre"]
    assert second.split()[-2:] == ["-", "lettre.txt"]
    assert head.index("STATE") == first.index("done")


def test_a_name_cannot_forge_a_row(docketd):
    docketd.answer(
        control.row("arrival", control.arrival(name=b"a\n18  done\x1b[2J\xff"))
    )
    lines = read(docketd, "list").splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(r"a\n18  done\x1b[2J\xff")
    [row] = read_json(docketd, "list")
    assert row["name"] is None
    assert row["name_base64"] == "YQoxOCAgZG9uZRtbMkr/"


def test_plugins_are_listed_with_the_reason_for_refusal(docketd):
    docketd.answer(
        control.row(
            "plugin",
            *(1, 0, 0, "text", "0.1.0", "Text files"),
            *("text/plain\ntext/*", "/p/parser_text.so", 0, "loaded", ""),
        ),
        control.row(
            "plugin",
            *(0, 0, 0, "", "", "", "", "/p/parser_old.so", 0, "refused"),
            "made for ABI 7",
        ),
        control.row(
            "plugin",
            *(1, 2, 0, "calendar", "", "/p/calendar -v", "*.ics"),
            *("/p/calendar", 1, "loaded", ""),
        ),
    )
    rows = read_json(docketd, "plugins")
    text, old, program = [row for row in rows if row["state"] != "absent"]
    assert text["types"] == ["text/plain", "text/*"]
    assert (text["kind"], text["detail"]) == ("parser", None)
    assert (old["name"], old["kind"]) == ("parser_old.so", None)
    assert (program["kind"], program["exec"]) == ("parser", True)
    assert "exec" not in text
    shown = read(docketd, "plugins")
    assert "exec parser" in shown
    assert "text/plain text/*" in shown
    assert "made for ABI 7" in shown


def make_event(number):
    return control.row(
        "event",
        frames.event(
            "document.parsed",
            number=number,
            time_ms=1795514400123,
            arrival=17,
            digest=DIGEST,
            inbox="letters",
            name="lettre.txt",
            language="fr",
        ),
    )


def test_events_are_cloudevents_of_the_source_that_docketd_names(docketd):
    docketd.answer(
        control.row("fact", "source", "/docket/registry-1"),
        make_event(41),
        make_event(42),
    )
    first, second = read_json(docketd, "events")
    assert first["specversion"] == "1.0"
    assert first["source"] == "/docket/registry-1"
    assert first["id"] != second["id"]
    assert second["data"]["arrival"] == 17
    assert "document.parsed" in read(docketd, "events", "--since", "40")
    read(docketd, "events", "--follow", "--topic", "document.")
    assert docketd.requests == [
        ["events", 0, 0, ""],
        ["events", 40, 0, ""],
        ["events", 2**64 - 1, 1, "document."],
    ]


def test_events_come_one_by_one_through_a_pipe(tmp_path):
    state = tmp_path / "state"
    daemon = control.Docketd(state)
    gate, other = frames.socket.socketpair()

    def send_when_told(peer, data, content):
        gate.recv(1)
        peer.sendall(data)

    daemon._send = send_when_told
    daemon.answer(make_event(1), make_event(2), is_cut=True)
    process = subprocess.Popen(
        [DOCKET, "--state", state, "events", "--follow", "--json"],
        stdout=subprocess.PIPE,
    )
    for number in (1, 2):
        other.send(b".")
        line = process.stdout.readline()
        assert json.loads(line)["id"].endswith(f":{number}")
    assert process.wait(timeout=10) == 69  # docketd ended, not the events
    process.stdout.close()
    daemon.close()


def test_a_reader_that_goes_away_ends_the_command_quietly(docketd):
    docketd.answer(*[control.row("arrival", ARRIVAL)] * 5000)
    process = subprocess.Popen(
        [DOCKET, "--state", docketd.state, "list", "--json", "--limit", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=10) == -signal.SIGPIPE
    process.stderr.close()


def test_a_full_disk_is_said(docketd):
    docketd.answer(control.row("arrival", ARRIVAL))
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [DOCKET, "--state", docketd.state, "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 74
    assert done.stderr == b"docket: cannot write: No space left on device\n"


# ---- add ----


def test_add_hands_over_a_descriptor_and_prints_the_number(docketd, tmp_path):
    path = tmp_path / "lettre.txt"
    path.write_bytes(LETTER)
    docketd.answer(
        control.row("arrival", control.arrival(19, state="queued"))
    )
    assert read(docketd, "add", path) == "19  queued  lettre.txt\n"
    assert docketd.requests == [["add", "", "lettre.txt"]]
    assert docketd.content == LETTER
    [row] = read_json(docketd, "add", "--inbox", "post", "--name", "x", path)
    assert row["arrival"] == 19
    assert docketd.requests[-1] == ["add", "post", "x"]


def test_add_takes_what_comes_through_a_pipe(docketd):
    docketd.answer(control.row("arrival", ARRIVAL))
    done = docket(docketd, "add", "--name", "mail.eml", "-", input=LETTER)
    assert done.returncode == 0
    assert docketd.requests == [["add", "", "mail.eml"]]
    assert docketd.content == LETTER


def test_add_goes_on_after_a_file_that_is_not_there(docketd, tmp_path):
    path = tmp_path / "lettre.txt"
    path.write_bytes(LETTER)
    docketd.answer(control.row("arrival", ARRIVAL))
    done = docket(docketd, "add", tmp_path / "none", tmp_path, path)
    assert done.returncode == 1
    assert b"none: No such file or directory" in done.stderr
    assert b"Is a directory" in done.stderr
    assert done.stdout == b"17  done  lettre.txt\n"


# ---- show and get ----


@pytest.mark.parametrize("has_file", [False, True])
def test_show_prints_the_record_as_json(docketd, has_file):
    image = make_record()
    if has_file:
        rows = control.row_with_file(
            "content", ARRIVAL, len(image), "", content=image
        )
    else:
        rows = control.row("content", ARRIVAL, len(image), image)
    docketd.answer(rows)
    [shown] = read_json(docketd, "show", "17")
    assert (shown["id"], shown["name"]) == (ID, "lettre.txt")
    assert (shown["title"], shown["text"]) == ("Lettre", TEXT)
    assert shown["parts"][1]["kind"] == "annex"
    assert docketd.requests == [["show", 17, bytes(32)]]


def test_show_takes_a_hash_for_a_number(docketd):
    image = make_record()
    docketd.answer(control.row("content", ARRIVAL, len(image), image))
    read(docketd, "show", ID)
    read(docketd, "show", DIGEST.hex())
    assert docketd.requests == [["show", 0, DIGEST]] * 2


def test_show_prints_fields_and_an_outline_for_people(docketd):
    image = make_record()
    docketd.answer(control.row("content", ARRIVAL, len(image), image))
    lines = read(docketd, "show", "17").splitlines()
    words = [line.split(maxsplit=1) for line in lines]
    assert ["arrival", "17"] in words
    assert ["symbol", "S/2001/1"] in words
    assert ["para-1", "Le Conseil condamne le terrorisme."] in words
    assert ["annex-1", "Annexe"] in words
    assert ["annex-1/p-1", "À suivre."] in words


def test_an_anchor_shows_the_text_of_its_part_alone(docketd):
    image = make_record()
    docketd.answer(control.row("content", ARRIVAL, len(image), image))
    paragraph = "Le Conseil condamne le terrorisme.\n"
    assert read(docketd, "show", "17#para-1") == paragraph
    assert read(docketd, "show", "17#annex-1") == "Annexe\nÀ suivre.\n"
    assert read(docketd, "show", "17", "--text") == TEXT
    done = docket(docketd, "show", "17#para-9")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b'no part or block "para-9"' in done.stderr


def test_show_says_why_there_is_no_record(docketd):
    docketd.answer(control.row("content", QUARANTINED, 0, ""))
    shown = read(docketd, "show", "18")
    for word in ["quarantined", "read", "text", "encrypted", "password."]:
        assert word in shown
    [row] = read_json(docketd, "show", "18")
    assert (row["arrival"], row["reason"]) == (18, "encrypted")
    assert docket(docketd, "show", "18", "--text").returncode == 1


@pytest.mark.parametrize("has_file", [False, True])
def test_get_gives_back_the_bytes(docketd, has_file):
    if has_file:
        rows = control.row_with_file(
            "content", ARRIVAL, len(LETTER), "", content=LETTER
        )
    else:
        rows = control.row("content", ARRIVAL, len(LETTER), LETTER)
    docketd.answer(rows)
    assert docket(docketd, "get", "17").stdout == LETTER


def test_get_gives_back_a_document_without_bytes(docketd):
    nothing = control.arrival(digest=hashlib.sha256(b"").digest())
    docketd.answer(control.row("content", nothing, 0, ""))
    assert read(docketd, "get", "17") == ""


def test_bytes_with_another_hash_are_not_given_out(docketd, tmp_path):
    wrong = LETTER.replace(b"Lettre", b"Letter")
    docketd.answer(control.row("content", ARRIVAL, len(wrong), wrong))
    path = tmp_path / "out.txt"
    for words in ["17"], ["17", "-o", path]:
        done = docket(docketd, "get", *words)
        assert (done.returncode, done.stdout) == (74, b"")
        assert b"SHA-256 differs" in done.stderr
    assert not path.exists()


def test_get_replaces_a_file_whole_and_leaves_nothing_else(docketd, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "lettre.txt"
    path.write_text("what was there before, and longer than the letter is")
    docketd.answer(control.row("content", ARRIVAL, len(LETTER), LETTER))
    assert read(docketd, "get", "17", "-o", path) == ""
    assert path.read_bytes() == LETTER
    assert os.listdir(folder) == ["lettre.txt"]
    assert path.stat().st_mode & 0o777 == 0o666 & ~current_umask()
    done = docket(docketd, "get", "17", "-o", folder / "none" / "x")
    assert done.returncode == 74


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_get_writes_no_binary_to_a_terminal_unless_told(docketd):
    binary = b"%PDF-1.4\x1b[31m\0"
    row = control.arrival(digest=hashlib.sha256(binary).digest())
    docketd.answer(control.row("content", row, len(binary), binary))
    code, seen = run_on_terminal(docketd, "get", "17")
    assert code == 1
    assert "docket get -o FILE 17" in seen and "\x1b[31m" not in seen
    code, seen = run_on_terminal(docketd, "get", "17", "-o", "-")
    assert (code, seen) == (0, binary.decode())
    docketd.answer(control.row("content", ARRIVAL, len(LETTER), LETTER))
    code, seen = run_on_terminal(docketd, "get", "17")
    assert (code, seen) == (0, LETTER.decode())


# ---- search ----


def make_finding():
    image = make_record()
    return control.row("finding", ARRIVAL, "", 1.5, len(image), image)


def test_a_hit_in_an_attachment_names_what_it_came_out_of(docketd):
    image = make_record()
    hit = control.arrival(18, parent=17, title="Lettre")
    message = control.arrival(17, name="message.eml")
    docketd.answer(
        control.row("finding", hit, message, 1.5, len(image), image))
    [found] = read_json(docketd, "search", "terrorisme")
    assert (found["parent"], found["parent_name"]) == (17, "message.eml")
    shown = read(docketd, "search", "terrorisme")
    assert shown.startswith("18  Lettre\n")
    assert "in 17 message.eml\n" in shown


def test_a_hit_names_its_paragraph_and_where_the_words_are(docketd):
    docketd.answer(make_finding())
    [hit] = read_json(docketd, "search", "terrorisme")
    assert (hit["arrival"], hit["id"]) == (17, ID)
    assert (hit["inbox"], hit["name"]) == ("letters", "lettre.txt")
    assert (hit["title"], hit["language"]) == ("Lettre", "fr")
    assert (hit["class"], hit["symbols"]) == ("letter", ["S/2001/1"])
    assert (hit["date"], hit["score"]) == ("2001-09-28", 1.5)
    assert (hit["parent"], hit["parent_name"]) == (None, None)
    assert (hit["anchor"], hit["page"]) == ("para-1", 2)
    snippet = hit["snippet"].encode()
    found = [snippet[start:end].decode() for start, end in hit["matches"]]
    assert found == ["terrorisme"]
    assert docketd.requests == [["search", "terrorisme", "", 20]]


def test_a_record_may_come_as_a_file(docketd):
    image = make_record()
    docketd.answer(
        control.row_with_file(
            "finding", ARRIVAL, "", 1.0, len(image), "", content=image
        )
    )
    [hit] = read_json(docketd, "search", "suivre")
    assert hit["anchor"] == "annex-1/p-1"


def test_people_see_place_and_passage(docketd):
    docketd.answer(make_finding())
    shown = read(docketd, "search", "terrorisme")
    assert shown.startswith("17  Lettre\n")
    assert "2001-09-28  fr  letter  letters" in shown
    assert "17#para-1  paragraph 1, page 2" in shown
    assert "le «terrorisme»" in shown
    shown = read(docketd, "search", "suivre")
    assert "17#annex-1/p-1  annex I, 1st paragraph\n" in shown


def test_words_go_as_they_were_typed(docketd):
    docketd.answer()
    words = ["droits", '"de l\'homme"', "-guerre", "pai*"]
    done = docket(docketd, "search", *words, "--limit", "3", "--inbox", "a")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"docket: nothing found\n"
    typed = 'droits "de l\'homme" -guerre pai*'
    assert docketd.requests == [["search", typed, "a", 3]]
    assert docket(docketd, "search", "x", "--json").stderr == b""


def test_a_query_that_asks_for_nothing_is_refused_here(docketd):
    for words in [""], ["-guerre"], ["x" * 5000]:
        done = docket(docketd, "search", *words)
        assert (done.returncode, done.stdout) == (64, b"")
        assert done.stderr.startswith(b"docket: search: ")
    assert docketd.requests == []


def test_matches_are_bold_and_lines_short_on_a_terminal(docketd):
    docketd.answer(make_finding())
    code, seen = run_on_terminal(docketd, "search", "terrorisme")
    assert code == 0
    assert "\x1b[1mterrorisme\x1b[0m" in seen
    assert "«" not in seen


# ---- the command line ----


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["lost"],
        ["--lost"],
        ["--state"],
        ["list", "--lost"],
        ["list", "--limit", "-1"],
        ["list", "17"],
        ["show"],
        ["show", "lettre.txt"],
        ["show", "17#para-1", "--json"],
        ["get", "17", "18"],
        ["get", "17#para-1"],
        ["help", "lost"],
    ],
)
def test_a_wrong_command_line_is_refused_with_where_to_look(words):
    done = subprocess.run(
        [DOCKET, *words], capture_output=True, check=False, timeout=10
    )
    assert (done.returncode, done.stdout) == (64, b"")
    assert done.stderr.count(b"\n") == 1


def test_help_and_version_go_to_standard_output():
    def ask(*words):
        return subprocess.run(
            [DOCKET, *words], capture_output=True, check=True, text=True
        ).stdout

    assert ask("--version").startswith("docket ")
    assert ask("--help") == ask("help")
    assert ask("help", "list") == ask("list", "--help")
    assert "--after N" in ask("help", "list")
    # A verb that has more to say of a code says it alone.
    assert ask("help", "reload").count("  78  ") == 1


def test_a_closed_standard_output_is_an_error_and_nothing_else(docketd):
    docketd.answer(control.row("arrival", ARRIVAL))
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" >&-', DOCKET]
        + ["--state", docketd.state, "list"],
        stderr=subprocess.PIPE,
        check=False,
        timeout=10,
    )
    assert done.returncode == 74
    assert docketd.requests == [["list", 0, 50, 1, 0, ""]]
