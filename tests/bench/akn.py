# SPDX-License-Identifier: Apache-2.0
"""akn.py - is what docket says in Akoma Ntoso valid, and does it read back?

    akn.py --docket PATH --schema akomantoso30.xsd FILE_OR_FOLDER...

For each file: read it, write it as Akoma Ntoso, ask xmllint, read that back,
compare parts, numbers and text (white space apart). Prints a line for each file
that is not as it should be, and the counts.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

OK, SKIPPED = "ok", "not read"


def run(*command):
    return subprocess.run(command, capture_output=True, timeout=120)


def parse(docket, path, *options):
    out = run(docket, "parse", *options, str(path))
    return out.stdout if out.returncode == 0 else None


def walk(parts):
    for part in parts:
        yield part
        yield from walk(part["parts"])


def squeeze(text):
    """Without white space, and without what a note's mark is set off by."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(text.replace("[", "").replace("]", "").split())


def outermost(blocks):
    """Those that lie in no other."""
    reached = -1
    for block in blocks:
        if block["start"] >= reached:
            reached = block["end"]
            yield block


def describe(image):
    """Parts as (kind, number), numbers of paragraphs, the words."""
    record = json.loads(image)
    text = record["text"].encode()
    parts = [p for p in walk(record["parts"]) if p["end"] > p["start"]]
    annexes = [(p["kind"], p["number"]) for p in parts
               if p["kind"] not in ("cover", "body")]
    numbers = [b["number"] for p in parts for b in p["blocks"]
               if b.get("number") and b["kind"] in ("paragraph", "item")]
    words = [squeeze(text[b["start"]:b["end"]].decode())
             for p in parts for b in outermost(p["blocks"])]
    return annexes, sorted(numbers), sorted("".join(words))


def check(docket, schema, path, folder):
    image = parse(docket, path, "--json")
    if image is None:
        return SKIPPED, ""
    akn = parse(docket, path, "--akn")
    file = folder / "document.xml"
    file.write_bytes(akn or b"")
    lint = run("xmllint", "--nonet", "--huge", "--noout", "--schema", schema,
               str(file))
    if lint.returncode:
        return "invalid", lint.stderr.decode(errors="replace")[:300]
    again = parse(docket, file, "--json")
    if again is None:
        return "valid, does not read back", ""
    names = ("parts", "numbers", "text")
    wrong = [n for n, a, b in zip(names, describe(image), describe(again))
             if a != b]
    if wrong:
        return "valid, reads back with other " + " and ".join(wrong), ""
    return OK, ""


def find(paths):
    for path in map(pathlib.Path, paths):
        yield from sorted(p for p in path.rglob("*") if p.is_file()) \
            if path.is_dir() else [path]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docket", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in find(options.paths):
            answer, why = check(options.docket, options.schema, path,
                                pathlib.Path(folder))
            counts[answer] = counts.get(answer, 0) + 1
            if answer not in (OK, SKIPPED):
                print(f"{path}: {answer} {why}")
    for answer, count in sorted(counts.items(), key=lambda x: -x[1]):
        print(f"{count:6} {answer}")
    return any(a.startswith("invalid") for a in counts)


if __name__ == "__main__":
    sys.exit(main())
