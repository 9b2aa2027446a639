# SPDX-License-Identifier: Apache-2.0
"""sources.py - the tree's source files, and how a check ends"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["include", "lib", "daemon", "cli", "client", "plugins", "sdk", "tests"]


def find(*suffixes):
    """Paths below ROOT, sorted, of files that people wrote."""
    return sorted(
        path
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes and path.is_file()
    )


def name(path):
    return path.relative_to(ROOT).as_posix()


def end(complaints):
    """Exit with 1 and the complaints, file:line: sentence, or with 0."""
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    sys.exit(1 if complaints else 0)
