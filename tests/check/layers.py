# SPDX-License-Identifier: Apache-2.0
"""layers.py - who may include whom (docs/architecture.md, "Who sees whom")"""

import re

import sources

# A folder, and the folders whose headers its files may include. What is not
# listed may include everything: tests of the inside.
LAYERS = {
    "include/docket": ["include"],
    "lib": ["lib", "include"],
    "daemon": ["daemon", "lib", "include"],
    "daemon/worker": ["daemon/worker", "lib", "include"],
    "daemon/bus": ["daemon/bus", "lib", "include"],
    "cli": ["cli", "lib", "include"],
    "client": ["client", "lib", "include"],
    "plugins": ["include"],  # and plugins: a part may serve several
    "sdk": ["include"],
    "tests/plugins": ["include"],
    "tests/abi": [],  # they bring their own declarations
}

# A library's header, and the folders whose files alone may include it.
LIBRARIES = {
    "zmq.h": ["daemon/bus", "client"],
    "uv.h": ["daemon"],
    "dlfcn.h": ["daemon/worker"],
}

# Parts of docketd that meet in fact.h and nowhere else. A part is its name and
# everything that begins with it and an underscore.
PARTS = ["inbox", "intake", "pool", "follow", "control"]
# What an inbox and the claims on its files hold in common.
MEETING_PLACES = ["inbox_folder.h"]

# Headers that a folder sees, and must do without.
UNWANTED = [
    ("daemon", r"(word|query)[^/]*\.h", "docketd reads no words"),
    ("lib", r"log\.h", "lib never logs"),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def folder_of(path):
    return sources.name(path.parent)


def layer_of(path):
    """The longest listed folder that path is below, or None."""
    folders = [f for f in LAYERS if sources.name(path).startswith(f + "/")]
    return max(folders, key=len, default=None)


def part_of(header):
    return next(
        (p for p in PARTS if re.fullmatch(p + r"(_\w+)?\.[ch]", header)), None
    )


def find_header(path, header):
    """Where one of our headers is, wherever that is; None if it is not ours."""
    folders = [path.parent, *(sources.ROOT / f for f in ["", *LAYERS, "include"])]
    if folder_of(path).startswith("plugins/"):
        folders[1:1] = sorted((sources.ROOT / "plugins").iterdir())
    found = [folder / header for folder in folders if (folder / header).is_file()]
    return found[0].resolve() if found else None


def may_see(path, target, folders):
    """Is the header beside the file, or in one of the folders?"""
    folder = folder_of(target)
    if folder_of(path).startswith("plugins/") and folder.startswith("plugins/"):
        return True  # its CMakeLists.txt compiles what it sees
    if folder == "include/docket":
        folder = "include"
    return target.parent == path.parent or folder in folders


def judge_library(path, header):
    allowed = LIBRARIES.get(header)
    if allowed and folder_of(path) not in allowed:
        return f"only {' and '.join(allowed)} may include it"
    return None


def judge_own(path, header):
    layer, target = layer_of(path), find_header(path, header)
    if not layer or not target:
        return None  # a test of the inside, or made by the build
    if not may_see(path, target, LAYERS[layer]):
        return f"{layer} sees only {', '.join(LAYERS[layer])}"
    mine, other = part_of(path.name), part_of(target.name)
    if header in MEETING_PLACES:
        return None
    if layer == "daemon" and mine and other and mine != other:
        return f"{mine} and {other} meet in fact.h"
    for folder, pattern, reason in UNWANTED:
        is_its_own = path.stem == target.stem
        if layer == folder and not is_its_own and re.fullmatch(pattern, target.name):
            return reason
    return None


def main():
    complaints = []
    for path in sources.find(".c", ".h"):
        text = path.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start(2)) + 1
            is_own = match[1] == '"' or match[2].startswith("docket/")
            judge = judge_own if is_own else judge_library
            reason = judge(path, match[2])
            if reason:
                complaints.append(
                    f"{sources.name(path)}:{line}: includes {match[2]}: {reason}"
                )
    sources.end(complaints)


if __name__ == "__main__":
    main()
