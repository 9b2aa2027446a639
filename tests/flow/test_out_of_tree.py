# SPDX-License-Identifier: Apache-2.0
"""A plugin by somebody who has include/docket and a compiler, no more."""

import pathlib
import shutil
import subprocess
import textwrap

from registry import BUILD

ROOT = pathlib.Path(__file__).resolve().parents[2]


def readme_plugin():
    """The parser that README.md shows, as it stands there."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    begin = text.index("    #include <docket/parser.h>")
    end = text.index("    cc -shared", begin)
    return textwrap.dedent(text[begin:end])


def test_the_parser_of_the_readme_builds_alone_and_reads(make_registry):
    registry = make_registry()
    plugins = registry.folder / "plugins"
    plugins.mkdir(mode=0o755)
    for plugin in (BUILD / "plugins").glob("*.so"):
        shutil.copy(plugin, plugins)
    source = registry.folder / "plain.c"
    source.write_text(readme_plugin(), encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-Wall", "-Werror",
                    f"-I{ROOT}/include", "-o", plugins / "parser_plain.so",
                    source], check=True)
    registry.config.write_text(
        registry.config.read_text(encoding="utf-8").replace(
            "[daemon]\n", f"[daemon]\nplugins = {plugins}\n"),
        encoding="utf-8")
    registry.start()
    bus = registry.subscribe()
    registry.move_in("note.txt", b"A note.\n\nIts second paragraph.\n")
    bus.wait("document.indexed", name="note.txt")
    record = registry.rows("show", "1")[0]
    assert record["parser"].startswith("plain ")
    assert len(record["parts"][0]["blocks"]) == 2


def test_every_plugin_of_the_build_describes_itself():
    plugins = sorted((BUILD / "plugins").glob("*.so"))
    assert len(plugins) >= 3
    done = subprocess.run([BUILD / "bin" / "docket-worker", "--describe",
                           *plugins], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
