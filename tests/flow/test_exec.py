# SPDX-License-Identifier: Apache-2.0
"""Programs in any language are plugins, and cost at most their documents."""

import json
import os
import pathlib
import shutil
import subprocess
import time

import pytest

from programs import Programs
from registry import BUILD, as_nobody

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"
SHELL = os.path.realpath("/bin/sh")

# name: (script, options, the reason that its document is quarantined for)
HOSTILE = {
    "deaf": ("exec sleep 1000", {"deadline": "300ms"}, "deadline"),
    "flood": ("exec yes", {"output_limit": "64K"}, "limit"),
    "giga": ("exec head -c 1000000000 /dev/zero", {}, "limit"),
    "chatty": ("exec yes >&2", {"deadline": "300ms"}, "deadline"),
    "bomb": ("b() { b | b & b; }; b", {"deadline": "300ms", "processes": 20},
             None),
    # Faster than it can be found, and in no group.
    "sower": ("exec python3 -c 'import os\nwhile True:\n"
              " try: os.fork() or os.setsid()\n"
              " except OSError: pass'",
              {"deadline": "500ms", "processes": 40}, "deadline"),
    "parricide": ("kill -KILL $PPID; exec sleep 1000", {}, "signal-9"),
    "stubborn": ("trap '' TERM HUP INT; while :; do sleep 1; done",
                 {"deadline": "300ms"}, "deadline"),
    "mute": ("exec >&-; sleep 1000", {"deadline": "300ms"}, "deadline"),
    "latin": ("printf 'caf\\351\\n'", {"output": "json"}, "output"),
    "deep": ("yes '[' | head -c 100000", {"output": "json"}, "output"),
    "crash": ("kill -SEGV $$", {}, "signal-11"),
    "three": ("echo no good; echo 'it went wrong' >&2; exit 3", {}, "exit-3"),
    "greedy": ("exec python3 -c 'bytearray(1 << 30)'",
               {"memory_limit": "64M"}, "exit-1"),
    "reject": ("echo first >&2; echo 'page 3 is torn' >&2; exit 65", {},
               "rejected"),
}


@pytest.fixture
def programs():
    made = Programs()
    yield made
    shutil.rmtree(made.folder, ignore_errors=True)


def start(make_registry, programs, config=""):
    registry = make_registry(config=config)
    programs.configure(registry)
    return registry.start()


def wait_until(condition, within=20):
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_hostile_programs_cost_their_documents_and_nothing_else(
        programs, make_registry):
    for name, (script, options, _) in HOSTILE.items():
        programs.add(name, script, **options)
    registry = make_registry(config="readers = 1\nattempts = 1")
    registry.expect_log("is quarantined", "is broken, starting afresh",
                        "ended with status 70", "docket-worker: ",
                        "the reader ended in signal 9")
    programs.configure(registry)
    registry.start()
    pid = registry.process.pid
    bus = registry.subscribe()
    document = b"Something to read.\n" * 50000
    for name in HOSTILE:
        registry.move_in(f"x.{name}", name.encode() + document)
    registry.move_in("good.txt", b"The good one.\n")
    bus.wait("document.indexed", name="good.txt", within=30)
    for name, (_, _, reason) in HOSTILE.items():
        event = bus.wait("document.quarantined", name=f"x.{name}", within=40)
        if reason:
            assert event["data"]["reason"] == reason, event
        assert event["data"]["plugin"] == name
    assert registry.process.pid == pid and registry.process.poll() is None
    assert not programs.running()
    rows = {row["name"]: row for row in registry.rows("list")}
    assert rows["x.reject"]["detail"] == "page 3 is torn"
    assert "it went wrong" in rows["x.three"]["detail"]
    # Lines that a program logs are cut.
    assert sum("chatty: y" in line for line in registry.lines) <= 100


def test_what_a_program_leaves_behind_ends_with_it(programs, make_registry):
    programs.add("daemon", "setsid sleep 1000 & (sleep 1000 &) \n"
                           f": {programs.folder}; echo the text of it")
    programs.add("early", "echo it did not read")
    registry = start(make_registry, programs)
    bus = registry.subscribe()
    began = time.monotonic()
    registry.move_in("a.daemon", b"x\n")
    registry.move_in("a.early", b"nobody reads this\n" * 100000)
    bus.wait("document.indexed", name="a.daemon")
    bus.wait("document.indexed", name="a.early")
    assert time.monotonic() - began < 8
    assert b"the text of it" in registry.docket("show", "1").stdout
    assert not programs.running()


def test_a_program_sees_what_is_documented_and_no_more(programs,
                                                        make_registry):
    place = programs.folder / "place"
    place.mkdir()
    place.chmod(0o777)
    programs.add("env", "env | grep -v ^PWD= | sort; pwd; ulimit -c\n"
                        "for fd in /proc/$$/fd/*; do readlink $fd; done |"
                        " grep -v -e ^pipe: -e /env$\n"
                        f"echo 12345 > {place}/file || true")
    registry = make_registry()
    registry.expect_log("docket-worker: env: .*(File too large|I/O error)")
    programs.configure(registry)
    registry.start()
    bus = registry.subscribe()
    registry.move_in("a b.env", b"12345\n")
    bus.wait("document.indexed", name="a b.env")
    text = json.loads(registry.docket("show", "1", "--json").stdout)["text"]
    version = registry.docket("--version").stdout.decode().split()[1]
    assert text.splitlines() == [
        "DOCKET_MEDIA_TYPE=text/plain", "DOCKET_NAME=a b.env",
        "DOCKET_PLUGIN=env", "DOCKET_SIZE=6", f"DOCKET_VERSION={version}",
        "HOME=/", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin",
        "/", "0"]
    assert (place / "file").stat().st_size == 0


def test_the_example_of_the_page_is_taken_as_it_stands(programs,
                                                       make_registry):
    page = (DOCS / "exec-plugins.md").read_text(encoding="utf-8")
    example = page.split("```json\n")[1].split("```")[0]
    path = programs.write("example.json", example)
    programs.add("json", f"cat {path}", output="json")
    registry = start(make_registry, programs)
    bus = registry.subscribe()
    registry.move_in("a.json", b"x\n")
    bus.wait("document.indexed", name="a.json")
    shown = json.loads(registry.docket("show", "1", "--json").stdout)
    for key, value in json.loads(example).items():
        if key not in ("parts", "marks"):
            assert shown[key] == value
    part, = shown["parts"]
    assert [block["kind"] for block in part["blocks"]] == [
        "heading", "row", "cell", "cell", "paragraph"]
    assert shown["marks"][0]["value"] == "S/RES/1373 (2001)"


def test_text_in_another_encoding_is_repaired(programs, make_registry):
    programs.add("latin", "cat")
    registry = start(make_registry, programs)
    bus = registry.subscribe()
    registry.move_in("a.latin", b"caf\xe9 au lait\n")
    bus.wait("document.indexed", name="a.latin")
    shown = json.loads(registry.docket("show", "1", "--json").stdout)
    assert shown["text"] == "caf\ufffd au lait\n"
    assert shown["parser"].startswith("latin ")
    assert shown["warnings"]


def test_what_a_program_skips_is_for_those_behind_it(programs, make_registry):
    programs.add("a", "exit 77", names="*.txt")
    programs.add("b", "grep -q b || exit 77; echo read by b", names="*.txt")
    registry = start(make_registry, programs)
    bus = registry.subscribe()
    registry.move_in("1.txt", b"for b\n")
    registry.move_in("2.txt", b"for text\n")
    bus.wait("document.indexed", name="1.txt")
    bus.wait("document.indexed", name="2.txt")
    rows = {row["name"]: row for row in registry.rows("list")}
    parsers = {name: json.loads(registry.docket(
        "show", str(row["arrival"]), "--json").stdout)["parser"].split()[0]
               for name, row in rows.items()}
    assert parsers == {"1.txt": "b", "2.txt": "text"}
    assert {row["attempts"] for row in rows.values()} == {1}


def test_a_program_that_asks_for_another_time_gets_it(programs,
                                                       make_registry):
    flag = programs.folder / "ready"
    programs.add("later", f"test -e {flag} && exec cat\n"
                          "echo 'the other service is away' >&2; exit 75")
    registry = make_registry()
    registry.expect_log("asks for another time", "docket-worker: later: ")
    programs.configure(registry)
    registry.start()
    bus = registry.subscribe()
    registry.move_in("a.later", b"at last\n")
    registry.wait_log("asks for another time: the other service is away")
    flag.touch()
    bus.wait("document.indexed", name="a.later")


def test_a_slow_program_delays_nobody_else(programs, make_registry):
    programs.add("slow", "sleep 0.6; cat", deadline="20s")
    registry = start(make_registry, programs, config="readers = 1")
    bus = registry.subscribe()
    for i in range(3):
        registry.move_in(f"{i}.slow", b"slow %d\n" % i)
    for i in range(30):
        registry.move_in(f"{i}.txt", b"fast %d\n" % i)
    for i in range(30):
        bus.wait("document.indexed", name=f"{i}.txt")
    assert not [event for event in bus.heard
                if event["type"] == "document.indexed" and
                event["data"]["name"] == "2.slow"]
    for i in range(3):
        bus.wait("document.indexed", name=f"{i}.slow")


def test_docketd_ends_at_once_while_a_program_runs(programs, make_registry):
    programs.add("slow", f": {programs.folder}; sleep 1000 & sleep 1000",
                 deadline="1h")
    registry = start(make_registry, programs)
    registry.move_in("a.slow", b"x\n")
    wait_until(programs.running)
    began = time.monotonic()
    assert registry.stop() == 0
    assert time.monotonic() - began < 8
    assert not programs.running()
    programs.write("slow", "#!/bin/sh\ncat\n")
    registry.expect_log("arrivals from before are queued again")
    registry.start()
    bus = registry.subscribe()
    bus.wait("document.indexed", name="a.slow")


def test_a_program_dies_with_a_docketd_that_is_killed(programs,
                                                       make_registry):
    flag = programs.folder / "ready"
    programs.add("slow", f"test -e {flag} && exec cat\n"
                         "while :; do read -r _ < /dev/zero; done",
                 deadline="1h")
    registry = start(make_registry, programs)
    registry.move_in("a.slow", b"in the end\n")
    wait_until(programs.running)
    registry.kill()
    wait_until(lambda: not programs.running())
    flag.touch()
    registry.expect_log("arrivals from before are queued again")
    registry.start()
    registry.subscribe().wait("document.indexed", name="a.slow")


def test_a_notifier_hears_each_event_until_it_has_taken_it(programs,
                                                            make_registry):
    told = programs.folder / "told"
    told.mkdir(mode=0o777)
    told.chmod(0o777)
    programs.add("tell", f"""cd {told}
echo "$DOCKET_EVENT_TYPE $DOCKET_ARRIVAL $DOCKET_TOPIC" >> lines
test -e again || {{ touch again; echo 'not yet' >&2; exit 75; }}
read -r event && printf '%s\\n' "$event" >> events
""", kind="notifier", topics="document.received")
    registry = make_registry()
    registry.expect_log("docket-worker: tell: not yet",
                        "plugin tell: .*tried again")
    programs.configure(registry)
    registry.start()
    bus = registry.subscribe()
    registry.move_in("a.txt", b"one\n")
    sent = bus.wait("notification.sent", arrival=1)
    assert sent["data"]["plugin"] == "tell"
    lines = (told / "lines").read_text(encoding="utf-8").splitlines()
    assert lines == ["document.received 1 document.received/letters/-/-"] * 2
    event = json.loads((told / "events").read_text(encoding="utf-8"))
    assert event["type"] == "document.received"
    assert event["data"]["name"] == "a.txt"


def test_a_notifier_that_hangs_or_crashes_holds_up_nobody_else(
        programs, make_registry):
    flag = programs.folder / "ready"
    mend = f"test -e {flag} && exit 0\n"
    options = {"kind": "notifier", "topics": "document.received",
               "deadline": "200ms"}
    programs.add("hang", mend + "sleep 1000", **options)
    programs.add("crash", mend + "kill -SEGV $$", **options)
    programs.add("picky", "exit 65", **options)
    programs.add("good", "exit 0", **options)
    registry = make_registry()
    registry.expect_log("docket-worker: (hang|crash): The program was",
                        "plugin (hang|crash)", "is broken, starting afresh",
                        "(hang|crash) ended with status 70")
    programs.configure(registry)
    registry.start()
    bus = registry.subscribe()
    registry.move_in("a.txt", b"one\n")
    bus.wait("document.indexed", name="a.txt")
    bus.wait("notification.sent", plugin="good", arrival=1)
    bus.wait("notification.failed", plugin="picky", arrival=1)
    registry.wait_log("plugin hang: .*tried again")
    flag.touch()
    bus.wait("notification.sent", plugin="hang", arrival=1, within=20)
    bus.wait("notification.sent", plugin="crash", arrival=1, within=20)


def test_plugins_says_which_are_programs(programs, make_registry):
    programs.add("cal", "cat", types="text/calendar")
    programs.add("tell", "true", kind="notifier")
    registry = start(make_registry, programs)
    rows = {row["name"]: row for row in registry.rows("plugins")}
    assert rows["cal"]["exec"] is True and rows["cal"]["kind"] == "parser"
    assert rows["cal"]["types"] == ["text/calendar", "*.cal"]
    assert rows["cal"]["path"] == str(programs.folder / "cal")
    assert rows["tell"]["kind"] == "notifier"
    assert "exec" not in rows["text"]
    assert b"exec parser" in registry.docket("plugins").stdout


# name: (section, the option whose line is named, what it says). Which values
# are refused is in tests/unit/test_program.c.
REFUSED = {
    "no kind": ("exec = {sh}\nnames = *.x\n", None, "say kind = parser"),
    "absent": ("exec = /no/such\nkind = parser\nnames = *.x\n", "exec",
               "No such file or directory; put the program there"),
    "not executable": ("exec = {plain}\nkind = parser\nnames = *.x\n", "exec",
                       "chmod a+rx"),
    "writable": ("exec = {loose}\nkind = parser\nnames = *.x\n", "exec",
                 "chmod o-w"),
    "nothing to read": ("exec = {sh}\nkind = parser\n", None, "add types"),
    "unknown option": ("exec = {sh}\nkind = parser\nname = *.x\n", "name",
                       "there are: exec kind"),
    "no duration": ("exec = {sh}\nkind = parser\nnames = *.x\n"
                    "deadline = soon\n", "deadline", "duration"),
    "too patient": ("exec = {sh}\nkind = notifier\ndeadline = 1h\n",
                    "deadline", "follow_deadline"),
    "no program": ("kind = parser\n", None, "exec ="),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_section_that_cannot_be_is_refused_with_its_line(
        programs, make_registry, name):
    section, option, sentence = REFUSED[name]
    plain = programs.write("plain", "text")
    loose = programs.write("loose", "#!/bin/sh\n")
    plain.chmod(0o644)
    loose.chmod(0o777)
    registry = make_registry()
    text = (registry.config.read_text(encoding="utf-8") + "[plugin p]\n" +
            section.format(sh=SHELL, plain=plain, loose=loose))
    registry.config.write_text(text, encoding="utf-8")
    begins = f"{option} =" if option else "[plugin p]"
    line = 1 + [line.startswith(begins) for line in
                text.splitlines()].index(True)
    done = subprocess.run(
        as_nobody([BUILD / "bin" / "docketd", "--check", "--config",
                   registry.config]),
        capture_output=True, check=False, timeout=30)
    complaint = done.stderr.decode()
    assert done.returncode == 78, complaint
    assert f"{registry.config}:{line}: " in complaint, complaint
    assert sentence in complaint, complaint


def test_a_program_comes_and_goes_with_a_reload(programs, make_registry):
    programs.add("cal", "echo CALENDAR; cat")
    registry = make_registry().start()
    old = registry.config.read_text(encoding="utf-8")
    programs.configure(registry)
    (programs.folder / "cal").chmod(0o644)
    registry.expect_log("reload: .*chmod a\\+rx")
    refused = registry.docket("reload", check=False)
    assert refused.returncode == 78 and b"chmod a+rx" in refused.stderr
    (programs.folder / "cal").chmod(0o755)
    registry.docket("reload")
    bus = registry.subscribe()
    registry.move_in("a.cal", b"monday\n")
    bus.wait("document.indexed", name="a.cal")
    assert b"CALENDAR" in registry.docket("show", "1").stdout
    registry.config.write_text(old, encoding="utf-8")
    registry.docket("reload")
    assert "cal" not in [row["name"] for row in registry.rows("plugins")]
