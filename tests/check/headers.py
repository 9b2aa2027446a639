# SPDX-License-Identifier: Apache-2.0
"""headers.py - every header compiles alone

The public ones as C11 and as C++20 without extensions, the others as the C that
docket is written in.
"""

import functools
import subprocess

import sources

PUBLIC = [
    ["gcc", "-x", "c", "-std=c11", "-pedantic-errors"],
    ["g++", "-x", "c++", "-std=c++20", "-pedantic-errors"],
]
INNER = [["gcc", "-x", "c", "-std=gnu11", "-D_GNU_SOURCE"]]
TESTED = ["daemon", "daemon/worker", "cli"]  # what tests look into
# Libraries whose headers are not where compilers look, for headers of plugins.
PACKAGES = ["gmime-3.0", "poppler-glib", "libxml-2.0"]
WARNINGS = ["-Wall", "-Wextra", "-Werror", "-fsyntax-only"]


def is_below(header, folder):
    return (sources.ROOT / folder) in header.parents


def is_public(header):
    return is_below(header, "include")


@functools.cache
def list_library_flags():
    flags = []
    for package in PACKAGES:
        done = subprocess.run(["pkg-config", "--cflags", package],
                              capture_output=True, text=True, check=False)
        flags += done.stdout.split()
    return flags


def compile_alone(command, header):
    """The compiler's complaints, or ""."""
    include = f'#include "{header.name}"\n'
    if is_public(header):
        include = f"#include <docket/{header.name}>\n"
    folders = ["include", "lib"]
    if is_below(header, "tests"):
        folders += TESTED
        command = [*command, f'-DSOURCE_FOLDER="{sources.ROOT}"']
    if is_below(header, "plugins"):
        command = [*command, *list_library_flags()]
        folders += ["plugins/phrases", "plugins/array"]
    paths = [header.parent, *(sources.ROOT / folder for folder in folders)]
    return subprocess.run(
        [*command, *WARNINGS, *(f"-I{path}" for path in paths), "-"],
        input=include,
        capture_output=True,
        text=True,
    ).stderr


def main():
    complaints = []
    for header in sources.find(".h"):
        for command in PUBLIC if is_public(header) else INNER:
            errors = compile_alone(command, header)
            if errors:
                complaints.append(f"{sources.name(header)} ({command[0]}):\n{errors}")
    sources.end(complaints)


if __name__ == "__main__":
    main()
