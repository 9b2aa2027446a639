# SPDX-License-Identifier: Apache-2.0
"""headers.py - every header compiles alone

The public ones as C11 and as C++20 without extensions, the others as the C that
docket is written in.
"""

import subprocess

import sources

PUBLIC = [
    ["gcc", "-x", "c", "-std=c11", "-pedantic-errors"],
    ["g++", "-x", "c++", "-std=c++20", "-pedantic-errors"],
]
INNER = [["gcc", "-x", "c", "-std=gnu11", "-D_GNU_SOURCE"]]
WARNINGS = ["-Wall", "-Wextra", "-Werror", "-fsyntax-only"]


def compile_alone(command, header):
    """The compiler's complaints, or ""."""
    include = f'#include "{header.name}"\n'
    if "include" in header.parts:
        include = f"#include <docket/{header.name}>\n"
    folders = [f"-I{sources.ROOT}/include", f"-I{sources.ROOT}/lib"]
    return subprocess.run(
        [*command, *WARNINGS, *folders, f"-I{header.parent}", "-"],
        input=include,
        capture_output=True,
        text=True,
    ).stderr


def main():
    complaints = []
    for header in sources.find(".h"):
        is_public = "include" in header.parts
        for command in PUBLIC if is_public else INNER:
            errors = compile_alone(command, header)
            if errors:
                complaints.append(f"{sources.name(header)} ({command[0]}):\n{errors}")
    sources.end(complaints)


if __name__ == "__main__":
    main()
