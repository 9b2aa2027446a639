# SPDX-License-Identifier: Apache-2.0
"""A bad configuration is refused: exit 78, file and line, nothing started."""

import os
import re
import subprocess

import pytest

from registry import BUILD, IS_ROOT, NOBODY, as_nobody

GOOD = "[daemon]\n[inbox letters]\npath = {inbox}\n"

# name: (text, line of the complaint or None, what it says)
BROKEN = {
    "unknown section": ("[daemn]\n", 1, "unknown section"),
    "unknown option": ("[daemon]\nreaderz = 2\n", 2, "unknown option"),
    "not a number": ("[daemon]\nreaders = two\n", 2, "readers"),
    "out of range": ("[daemon]\nreaders = 0\n", 2, "readers"),
    "not a duration": ("[daemon]\nrescan = 2 parsecs\n", 2, "duration"),
    "not a size": ("[inbox a]\npath=/tmp\nsize_limit = big\n", 3, "size"),
    "said twice": ("[daemon]\nreaders=1\nreaders=2\n", 3, "before"),
    "name of a registry": ("[daemon]\nname = our office\n", 2,
                           '"our office" is not a name'),
    "no inbox of a bus": ("[inbox a]\npath={inbox}\n[bus b]\ninboxes = z\n",
                          4, r"there is no [inbox z]"),
    "name of a plugin": ("[inbox a]\npath={inbox}\n[plugin text]\n"
                         "exec = /bin/cat\n", 4, "another name"),
    "section twice": ("[daemon]\n[daemon]\n", 2, "before"),
    "no section": ("readers = 2\n", 1, "outside of a section"),
    "no name": ("[daemon]\n= 2\n", 2, "no name"),
    "no value": ("[daemon]\nreaders\n", 2, "neither"),
    "unclosed section": ("[daemon\nreaders = 2\n", 1, "closing"),
    "indented": ("[daemon]\nreaders = 2\n  and = 3\n", 3, "indented"),
    "long line": ("[daemon]\nname = " + "x" * 300 + "\n", 2, "190 bytes"),
    "NUL byte": ("[daemon]\nname = a\0b\n", 2, "NUL"),
    "inbox without a name": ("[inbox]\npath = /tmp\n", 1, "section"),
    "inbox with a bad name": ("[inbox a/b]\npath = /tmp\n", 1, "name"),
    "no inbox": ("[daemon]\n", None, "no inbox"),
    "inbox without a path": ("[inbox a]\n", 1, "path"),
    "not a type": ("[inbox a]\npath=/tmp\ntypes = text/plain pdf\n", 3,
                   '"pdf" is not a media type'),
    "bus on tcp": (GOOD + "[bus b]\naddress = tcp://*:9\n", 5, "ipc://"),
    "unknown plugin": (GOOD + "[plugin nobody]\nx = 1\n", 4, "no plugin"),
    "unknown plugin option": (GOOD + "[plugin text]\nx = 1\n", 5, "no option"),
}


def run(*arguments, **options):
    return subprocess.run(as_nobody([BUILD / "bin" / "docketd", *arguments]),
                          capture_output=True, check=False, timeout=30,
                          **options)


@pytest.fixture
def place(tmp_path):
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o055)
    (tmp_path / "inbox").mkdir(mode=0o777)
    return tmp_path


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_it_is_refused_with_file_and_line(place, name):
    text, line, sentence = BROKEN[name]
    config = place / "docket.conf"
    config.write_text(text.replace("{inbox}", str(place / "inbox")),
                      encoding="utf-8")
    config.chmod(0o644)
    for mode in (("--check",), ()):
        done = run("--config", config, *mode)
        complaint = done.stderr.decode()
        assert done.returncode == 78, complaint
        assert re.search(re.escape(sentence), complaint), complaint
        if line is not None:
            assert f"{config}:{line}:" in complaint, complaint


@pytest.mark.parametrize("kind", ["folder", "missing", "writable"])
def test_what_is_not_a_configuration_is_refused(place, kind):
    config = place / "docket.conf"
    if kind == "folder":
        config.mkdir()
    elif kind == "writable":
        config.write_text("[daemon]\n", encoding="utf-8")
        config.chmod(0o666)
    done = run("--config", config, "--check")
    assert done.returncode == 78
    assert str(config).encode() in done.stderr


@pytest.mark.skipif(not IS_ROOT, reason="only root has folders of others")
def test_a_sticky_inbox_of_somebody_else_is_refused(place):
    config = place / "docket.conf"
    config.write_text(GOOD.replace("{inbox}", str(place / "inbox")),
                      encoding="utf-8")
    config.chmod(0o644)
    (place / "state").mkdir()
    os.chown(place / "state", NOBODY, NOBODY)
    (place / "inbox").chmod(0o1777)
    for mode in (("--check",), ("--state", place / "state")):
        done = run("--config", config, *mode)
        assert done.returncode == 78, done.stderr
        assert b"is sticky and belongs to user 0" in done.stderr
        assert b"chmod -t" in done.stderr
    os.chown(place / "inbox", NOBODY, NOBODY)
    assert run("--config", config, "--check").returncode == 0


def test_an_inbox_that_everybody_may_write_to_is_told_of(make_registry):
    registry = make_registry()
    registry.expect_log("everybody may write to .*; chmod o-w, or [+]t$")
    registry.inbox.chmod(0o777)
    registry.start()
    assert any("everybody may write" in line for line in registry.lines)


def test_check_prints_what_holds_and_starts_nothing(place):
    config = place / "docket.conf"
    config.write_text(f"[daemon]\nreaders = 3\n[inbox letters]\n"
                      f"path = {place / 'inbox'}\n[plugin text]\n",
                      encoding="utf-8")
    config.chmod(0o644)
    (place / "conf.d").mkdir()
    (place / "conf.d" / "more.conf").write_text(
        f"[bus b]\naddress = ipc://{place}/b\n", encoding="utf-8")
    done = run("--config", config, "--check")
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for line in ("readers = 3", "quiet = 2s", "[bus b]",
                 "# plugin text: loaded"):
        assert line in out.splitlines(), out
    assert not (place / "state").exists()
    # What it prints says the same when it is read again.
    (place / "again").mkdir(mode=0o755)
    again = place / "again" / "docket.conf"
    again.write_text(out, encoding="utf-8")
    again.chmod(0o644)
    assert run("--config", again, "--check").stdout == done.stdout


def test_a_state_by_hand_is_below_where_one_stands(place):
    done = run("--state", "mine", "--inbox", "inbox", "--check", cwd=place)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert f"state = {place}/mine" in lines
    assert f"address = ipc://{place}/mine/run/bus" in lines
