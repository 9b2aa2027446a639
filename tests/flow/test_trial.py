# SPDX-License-Identifier: Apache-2.0
"""docket plugins test: a plugin is run as docketd would, and judged."""

import subprocess

import pytest

from registry import BUILD, SAMPLES

DOCKET = BUILD / "bin" / "docket"
PLUGINS = BUILD / "plugins"
TEST_PLUGINS = BUILD / "tests" / "plugins"
LETTER = SAMPLES / "letter-fr.txt"


def run_trial(plugin, *words, temporary="/tmp"):
    """Its exit code, its verdicts and what it printed besides."""
    done = subprocess.run([DOCKET, "plugins", "test", plugin, *words],
                          capture_output=True, timeout=120, check=False,
                          env={"TMPDIR": str(temporary)})
    verdicts, others = [], []
    for line in done.stdout.decode().splitlines():
        verdict = line.split(None, 1)
        if verdict and verdict[0] in ("ok", "WRONG", "note"):
            verdicts.append(tuple(verdict))
        else:
            others.append(line)
    return done.returncode, verdicts, others


def wrongs(verdicts):
    return [line for verdict, line in verdicts if verdict == "WRONG"]


def has(verdicts, verdict, *words):
    """Is there such a line with all of these words?"""
    return any(seen == verdict and all(word in line for word in words)
               for seen, line in verdicts)


def write(folder, text):
    path = folder / "document.txt"
    path.write_bytes(text)
    return path


# ---- plugins of docket itself pass ----


def test_a_parser_is_shown_and_stands_what_it_must():
    code, verdicts, others = run_trial(PLUGINS / "parser_text.so", LETTER)
    assert (code, wrongs(verdicts)) == (0, [])
    assert any(line.split() == ["charset", "UTF-8"] for line in others)
    assert any(line.split()[:1] == ["para-1"] for line in others)
    for words in ("it opens", "the same record when read again",
                  "the same record in a fresh process", "without a byte",
                  "cut in half", "bytes that are not UTF-8", "nothing but zeros",
                  "past the limit of text is set aside (limit)",
                  "closes cleanly"):
        assert has(verdicts, "ok", words), words


def test_an_annotator_shows_what_it_adds():
    code, verdicts, others = run_trial(PLUGINS / "annotator_language.so",
                                       SAMPLES / "mixed-en-fr.txt")
    assert (code, wrongs(verdicts)) == (0, [])
    assert ["language", "en"] in [line.split() for line in others]
    assert ["block", "p-4:", "fr"] in [line.split() for line in others]


def test_an_indexer_keeps_what_it_committed_and_leaves_nothing(tmp_path):
    code, verdicts, _ = run_trial(
        PLUGINS / "indexer_sqlite.so", LETTER, SAMPLES / "letter-zh.txt",
        "--query", "terrorisme", temporary=tmp_path)
    assert code == 1  # the letter does not say that
    assert all("0 of 0 hits" in line for line in wrongs(verdicts))
    code, verdicts, _ = run_trial(
        PLUGINS / "indexer_sqlite.so", LETTER, SAMPLES / "letter-zh.txt",
        temporary=tmp_path)
    assert (code, wrongs(verdicts)) == (0, [])
    assert has(verdicts, "ok", "then arrival 1 is 1 of 1 hits")
    assert has(verdicts, "ok", "put twice, arrival 1 is 1 of 1 hits")
    assert has(verdicts, "ok", "killed after a put, it goes on from 3")
    assert has(verdicts, "ok", "then arrival 1 is 0 of")
    assert list(tmp_path.iterdir()) == []


def test_a_notifier_is_told_an_event_of_each_of_its_topics(tmp_path):
    told = tmp_path / "told"
    code, verdicts, _ = run_trial(TEST_PLUGINS / "notifier_file.so", "--set",
                                  f"path={told}")
    assert (code, wrongs(verdicts)) == (0, [])
    topics = told.read_text(encoding="utf-8").splitlines()
    assert "document.parsed/letters/fr/letter" in topics
    # Reports of what other plugins did are for nobody but the bus.
    assert not any(topic.startswith("document.indexed") for topic in topics)
    assert topics[-3] == topics[-2]  # the same event once more


# ---- what is wrong is said ----


def test_a_fickle_parser_is_found_out_in_every_way(tmp_path):
    document = write(tmp_path, b"A document until its END")
    code, verdicts, _ = run_trial(TEST_PLUGINS / "parser_fickle.so", document)
    assert code == 1
    assert has(verdicts, "WRONG", "another record when read again")
    assert has(verdicts, "ok", "the same record in a fresh process")
    assert has(verdicts, "WRONG", "cut in half would be tried for ever")
    assert has(verdicts, "WRONG", "nothing but zeros", "signal 6", "fickle")
    assert has(verdicts, "WRONG", "does not close cleanly", "exit code 3")


CASES = [
    ("parser_crash", b"CRASH NOW", ["signal 11", "in plugin crash"]),
    ("parser_answer", b"4", ["plugin-broken", "found itself broken"]),
    ("parser_hang", b"HANG NOW", ["within 0.5 s", "in plugin hang"]),
    ("parser_mood", b"no such word", ["text/plain, and the plugin skips it"]),
    ("parser_plain", b"\x89PNG\r\n\x1a\n", ["image/png", "does not name"]),
]


@pytest.mark.parametrize("plugin,text,words", CASES,
                         ids=[case[0] for case in CASES])
def test_a_document_that_is_not_read_says_why(tmp_path, plugin, text, words):
    code, verdicts, _ = run_trial(TEST_PLUGINS / f"{plugin}.so", "--deadline",
                                  "500ms", write(tmp_path, text))
    assert code == 1
    assert has(verdicts, "WRONG", *words), verdicts


def test_an_index_that_claims_what_it_has_not_is_wrong():
    code, verdicts, _ = run_trial(TEST_PLUGINS / "indexer_list.so", "--set",
                                  "resumes_at=7")
    assert code == 1
    assert has(verdicts, "WRONG", "begins at 7 in an empty folder")
    assert has(verdicts, "WRONG", "closed, it goes on from 7")


def test_a_put_that_is_refused_is_wrong(tmp_path):
    code, verdicts, _ = run_trial(TEST_PLUGINS / "indexer_list.so",
                                  write(tmp_path, b"BROKEN NOW"))
    assert code == 1
    assert has(verdicts, "WRONG", "put and commit", "plugin-broken")
    assert has(verdicts, "ok", "closes cleanly")


def test_a_notifier_whose_world_is_not_there_is_wrong():
    code, verdicts, _ = run_trial(TEST_PLUGINS / "notifier_file.so", "--set",
                                  "path=/none/such")
    assert code == 1
    assert has(verdicts, "WRONG", "document.parsed/letters", "retry")


def test_options_are_checked_as_docketd_checks_them():
    code, verdicts, _ = run_trial(TEST_PLUGINS / "parser_mood.so", LETTER,
                                  "--set", "status=9")
    assert code == 1
    assert has(verdicts, "WRONG", "refused", "1 to 4")
    code, verdicts, _ = run_trial(TEST_PLUGINS / "parser_mood.so", LETTER,
                                  "--set", "stats=9")
    assert has(verdicts, "WRONG", "no option stats")


def test_what_cannot_be_tried_is_an_error_of_its_own(tmp_path):
    plain = TEST_PLUGINS / "parser_plain.so"
    assert run_trial(plain)[0] == 64
    assert run_trial(plain, LETTER, "--set", "novalue")[0] == 64
    assert run_trial(plain, tmp_path / "none.txt")[0] == 1
    assert run_trial(tmp_path / "none.so", LETTER)[0] == 1
    assert run_trial(TEST_PLUGINS / "parser_abi.so", LETTER)[0] == 1
