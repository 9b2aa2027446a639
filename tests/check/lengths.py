# SPDX-License-Identifier: Apache-2.0
"""lengths.py - no function over 90 lines, no file over 700; what they are now

A table is data: the lines of a file's initialisers, and of a function's static
const ones, are not counted.
"""

import json
import re
import statistics
import subprocess

import sources

FUNCTION_LIMIT = 90
FILE_LIMIT = 700

TABLE_BEGIN = re.compile(r"(?:[^\s#/].*|\tstatic const .*|\t[^\t]*\] )= \{$")


def find_tables(lines):
    """Numbers, from 1, of the lines that are in tables."""
    inside = set()
    indent = None
    for number, line in enumerate(lines, 1):
        if indent is None and TABLE_BEGIN.match(line):
            indent = "\t" if line.startswith("\tstatic") else ""
        if indent is not None:
            inside.add(number)
            if re.match(indent + r"\t?\};", line):
                indent = None
    return inside


def list_functions(paths):
    """(path, name, first line, last line), as ctags sees them."""
    command = ["ctags", "--output-format=json", "--fields=+ne", "--kinds-C=f"]
    output = subprocess.run(
        [*command, "--languages=C", "--langmap=C:.c.h", "-o", "-", *paths],
        check=True,
        capture_output=True,
        text=True,
        cwd=sources.ROOT,
    ).stdout
    for line in output.splitlines():
        tag = json.loads(line)
        if tag.get("_type") == "tag" and "end" in tag:
            yield tag["path"], tag["name"], tag["line"], tag["end"]


def summarise(what, lengths):
    """One line; lengths are (lines, name) pairs."""
    counts = sorted(count for count, _ in lengths)
    p95 = counts[min(len(counts) - 1, len(counts) * 95 // 100)]
    longest, where = max(lengths)
    print(
        f"{len(counts)} {what}: median {statistics.median(counts):g} lines, "
        f"95 % up to {p95}, longest {longest} ({where})"
    )


def main():
    paths = [sources.name(path) for path in sources.find(".c", ".h")]
    tables = {}
    files = []
    for path in paths:
        lines = (sources.ROOT / path).read_text(encoding="utf-8").splitlines()
        tables[path] = find_tables(lines)
        files.append((len(lines) - len(tables[path]), path))
    functions = [
        (sum(n not in tables[path] for n in range(first, last + 1)),
         f"{path}:{first} {name}")
        for path, name, first, last in list_functions(paths)
    ]  # fmt: skip
    summarise("files", files)
    summarise("functions", functions)
    sources.end(
        [
            f"{where}: {count} lines, the limit is {limit}"
            for lengths, limit in [(files, FILE_LIMIT), (functions, FUNCTION_LIMIT)]
            for count, where in sorted(lengths, reverse=True)
            if count > limit
        ]
    )


if __name__ == "__main__":
    main()
