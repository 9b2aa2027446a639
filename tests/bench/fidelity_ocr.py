# SPDX-License-Identifier: Apache-2.0
"""fidelity_ocr.py - how much of a scanned text comes back

Texts are typeset by LibreOffice, made pictures of, as a scanner would, and read
by `docket parse`: each text is the answer to its own pictures. What counts is
recall, the share of the text's words that were read; for Chinese, which parts
no words, of its characters.

    DOCKET_BUILD=build/release tests/bench/fidelity_ocr.py [--dpi N] [TEXT...]

Without texts, the sample letters in six languages.
"""

import argparse
import collections
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("DOCKET_BUILD", ROOT / "build/release"))
SAMPLES = sorted((ROOT / "tests/samples").glob("letter-??.txt"))
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
HAN = re.compile("[\u3400-\u9fff]")
WORD = re.compile(r"\w+")


def run(*command):
    subprocess.run([str(word) for word in command], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def is_mostly(pattern, text):
    letters = [c for c in text if c.isalpha()]
    return len(pattern.findall(text)) * 2 > len(letters)


def typeset(text, folder):
    """The text as a page of proportional type, in PDF."""
    direction = "rtl" if is_mostly(RIGHT_TO_LEFT, text) else "ltr"
    lines = "\n".join(f"<p>{html.escape(line)}</p>"
                      for line in text.splitlines() if line.strip())
    page = folder / "page.html"
    page.write_text(
        f'<html dir="{direction}"><head><meta charset="utf-8"></head>'
        f'<body style="font-size: 12pt">{lines}</body></html>',
        encoding="utf-8")
    run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/lo",
        "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder, page)
    return folder / "page.pdf"


def scan(page, folder, dpi):
    run("pdftoppm", "-r", dpi, "-gray", "-png", page, folder / "scan")
    return sorted(folder.glob("scan*.png"))


def read(pictures):
    done = subprocess.run([BUILD / "bin/docket", "parse", "--json", *pictures],
                          capture_output=True, check=False)
    sys.stderr.buffer.write(done.stderr)
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    return "\n".join(document["text"] for document in documents)


def count_units(text, by_character):
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    found = WORD.findall(text)
    if by_character:
        found = [c for word in found for c in word]
    return collections.Counter(found)


def measure(path, dpi):
    text = path.read_text(encoding="utf-8")
    by_character = is_mostly(HAN, text)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pictures = scan(typeset(text, folder), folder, dpi)
        began = time.monotonic()
        got = read(pictures)
        seconds = (time.monotonic() - began) / max(1, len(pictures))
    wanted = count_units(text, by_character)
    common = wanted & count_units(got, by_character)
    return {
        "units": wanted.total(),
        "kind": "characters" if by_character else "words",
        "recall": common.total() / wanted.total(),
        "pages": len(pictures),
        "seconds": seconds,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("texts", nargs="*", type=pathlib.Path, default=SAMPLES)
    options = parser.parse_args()
    print(f"{'text':40} {'pages':>5} {'s/page':>7} {'units':>6} "
          f"{'of':10} {'recall':>7}")
    for path in options.texts:
        row = measure(path, options.dpi)
        print(f"{path.name[:40]:40} {row['pages']:5} {row['seconds']:7.2f} "
              f"{row['units']:6} {row['kind']:10} {row['recall']:7.1%}",
              flush=True)


if __name__ == "__main__":
    main()
