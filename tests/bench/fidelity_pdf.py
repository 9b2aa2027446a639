# SPDX-License-Identifier: Apache-2.0
"""fidelity_pdf.py - the words of PDF documents, against pdftotext's

recall is the share of pdftotext's words that are in docket's record, precision
the reverse. pdftotext swaps letters of Arabic ligatures, so Arabic words are
compared by their letters, and against the text that a document was made from,
where it lies beside it, letter by letter. Not judged are Arabic texts with
vowel signs, at which pdftotext tears words apart, and documents some pages of
which docket leaves out since their fonts lie.
"""

import collections
import shutil
import subprocess

import words

MARK = {"Arabic": 0.97, "Chinese": 0.97}
OTHERS = 0.99
SCRIPTS = {
    "Arabic": ("\u0600", "\u06ff"),
    "Chinese": ("\u3400", "\u9fff"),
    "Cyrillic": ("\u0400", "\u04ff"),
}


def find_script(text):
    counts = {
        name: sum(first <= c <= last for c in text)
        for name, (first, last) in SCRIPTS.items()
    }
    counts["Latin"] = sum(c.isascii() and c.isalpha() for c in text)
    return max(counts, key=counts.get)


def read_with_pdftotext(path):
    result = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True
    )
    return result.stdout.decode("utf-8", "replace")


def bag_of_characters(text):
    return collections.Counter(c for c in words.normalise(text) if c.isalnum())


def compare(ours, theirs, script):
    if script == "Chinese":
        # Words are what stands between spaces, which there are hardly any.
        mine, other = bag_of_characters(ours), bag_of_characters(theirs)
    elif script == "Arabic":
        mine, other = words.bag_of_letters(ours), words.bag_of_letters(theirs)
    else:
        mine, other = words.bag(ours), words.bag(theirs)
    return words.share(other, mine), words.share(mine, other)


def compare_with_source(path, text, script):
    """Recall of the words of the text beside it, in their own letters."""
    source = path.with_suffix(".txt")
    if not source.exists():
        return None
    bag = bag_of_characters if script == "Chinese" else words.bag
    return words.share(bag(source.read_text("utf-8", "replace")), bag(text))


def judge_one(docket, path):
    record, reason = words.read_with_docket(docket, path)
    if not record:
        return None, reason
    if any("fonts do not say" in w for w in record.get("warnings", [])):
        return None, "not judged: " + record["warnings"][0]
    if words.is_vocalised(record["text"]):
        return None, "not judged: it has vowel signs"
    theirs = read_with_pdftotext(path)
    script = find_script(record["text"])
    recall, precision = compare(record["text"], theirs, script)
    source = compare_with_source(path, record["text"], script)
    swapped = compare_with_source(path, theirs, script)
    return (script, recall, precision, source, swapped), None


def percent(value):
    return "    -" if value is None else f"{100 * value:5.1f}"


def print_row(name, row):
    _, recall, precision, source, swapped = row
    print(
        f"  {percent(recall)}  {percent(precision)}  {percent(source)}"
        f"  {percent(swapped)}  {name}"
    )


def print_script(script, rows, is_listing):
    mark = MARK.get(script, OTHERS)
    below = [(name, row) for name, row in rows if (row[1] or 0) < mark]
    mean = sum(row[1] or 0 for _, row in rows) / len(rows)
    print(
        f"{script}: {len(rows)} documents, mean recall {percent(mean)} %, "
        f"{len(below)} below {100 * mark:.0f} %"
    )
    print("  recall  precis  source  theirs")
    for name, row in sorted(rows if is_listing else below, key=lambda r: r[1][1] or 0):
        print_row(name, row)
    return mean >= mark


def judge(docket, folders, is_listing):
    if not shutil.which("pdftotext"):
        print("pdftotext is missing: apt-get install poppler-utils")
        return False
    by_script = collections.defaultdict(list)
    refused = []
    for path in sorted(p for f in folders for p in f.rglob("*.pdf")):
        row, reason = judge_one(docket, path)
        if row:
            by_script[row[0]].append((path.name, row))
        else:
            refused.append((path.name, reason))
    marks = [
        print_script(script, rows, is_listing)
        for script, rows in sorted(by_script.items())
    ]
    print(f"not read, or not judged: {len(refused)}")
    for name, reason in refused:
        print(f"  {name}: {reason.split(' was not read ')[-1]}")
    return all(marks)
