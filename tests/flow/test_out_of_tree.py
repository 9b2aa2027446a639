# SPDX-License-Identifier: Apache-2.0
"""Plugins by somebody who has docket's package and a compiler, no more."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import textwrap

import pytest

from registry import BUILD, SAMPLES

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCKET = BUILD / "bin" / "docket"
PAGE = ROOT / "docs" / "plugin-authors.md"
DOCUMENT = b"A letter of 2003-10-10.\n\nIt condemns terrorism.\n"


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, encoding="utf-8", timeout=300, **options)
    assert done.returncode == 0, (words, done.stdout)
    return done.stdout


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """What a package docket-dev would have in it, in a prefix of its own."""
    prefix = tmp_path_factory.mktemp("prefix")
    run("cmake", "--install", BUILD, "--component", "development", "--prefix",
        prefix)
    return prefix


def pkg_config(package, *words):
    paths = ":".join(str(path) for path in package.rglob("pkgconfig"))
    return run("pkg-config", f"--define-variable=prefix={package}", *words,
               "docket", env={**os.environ, "PKG_CONFIG_PATH": paths}).split()


def compile_plugin(package, source, target):
    run("cc", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-pedantic",
        *pkg_config(package, "--cflags"), "-o", target, source)


def build_folder(package, folder):
    """By find_package(), with the docket that is tested."""
    build = folder / "build"
    run("cmake", "-G", "Ninja", "-S", folder, "-B", build,
        f"-DCMAKE_PREFIX_PATH={package}", f"-Ddocket_PROGRAM={DOCKET}",
        "-DCMAKE_C_FLAGS=-Werror")
    run("cmake", "--build", build)
    return build


def readme_plugin():
    """The parser that README.md shows, as it stands there."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    begin = text.index("    #include <docket/parser.h>")
    end = text.index("    cc -shared", begin)
    return textwrap.dedent(text[begin:end])


def write_page_plugins(folder):
    """The plugins of the page and the example beside it, as files."""
    text = PAGE.read_text(encoding="utf-8")
    for code, name in re.findall(r"```c\n(/\* (\w+\.c) - .*?)```", text,
                                 re.DOTALL):
        (folder / name).write_text(code, encoding="utf-8")
    cmake, = re.findall(r"```cmake\n(.*?)```", text, re.DOTALL)
    cmake += "docket_add_plugin(indexer_memory indexer_memory.c)\n"
    (folder / "CMakeLists.txt").write_text(cmake, encoding="utf-8")


@pytest.fixture
def page(package, tmp_path):
    write_page_plugins(tmp_path)
    shutil.copy(next(package.rglob("examples/indexer_memory.c")), tmp_path)
    return tmp_path


def start_with(registry, plugins, config=""):
    """A docketd that has these plugins and docket's own in one folder."""
    folder = registry.folder / "plugins"
    folder.mkdir(mode=0o755)
    for plugin in plugins:
        shutil.copy(plugin, folder)
    text = registry.config.read_text(encoding="utf-8").replace(
        "[daemon]\n", f"[daemon]\nplugins = {folder}\n")
    registry.config.write_text(text + config, encoding="utf-8")
    registry.start()


def test_the_package_says_where_things_are(package):
    version, = re.findall(r"project\(docket VERSION (\S+)",
                          (ROOT / "CMakeLists.txt").read_text())
    assert pkg_config(package, "--modversion") == [version]
    assert pkg_config(package, "--libs") == []
    plugins, = pkg_config(package, "--variable=plugindir")
    assert plugins.startswith(f"{package}/") and plugins.endswith("/plugins")
    data, = pkg_config(package, "--variable=datadir")
    assert (pathlib.Path(data) / "template" / "CMakeLists.txt").is_file()


def test_the_parser_of_the_readme_builds_alone_and_reads(package,
                                                         make_registry):
    registry = make_registry()
    source = registry.folder / "plain.c"
    source.write_text(readme_plugin(), encoding="utf-8")
    plugin = registry.folder / "parser_plain.so"
    compile_plugin(package, source, plugin)
    run(DOCKET, "plugins", "test", plugin, SAMPLES / "letter-en.txt")
    start_with(registry, [plugin, *(BUILD / "plugins").glob("*.so")])
    bus = registry.subscribe()
    registry.move_in("note.txt", b"A note.\n\nIts second paragraph.\n")
    bus.wait("document.indexed", name="note.txt")
    record = registry.rows("show", "1")[0]
    assert record["parser"].startswith("plain ")
    assert len(record["parts"][0]["blocks"]) == 2


def test_every_plugin_of_the_page_builds_by_pkg_config_and_passes(package,
                                                                  page):
    sources = sorted(page.glob("*.c"))
    kinds = [source.name.split("_")[0] for source in sources]
    assert kinds == ["annotator", "indexer", "notifier", "parser"]
    for source in sources:
        plugin = source.with_suffix(".so")
        compile_plugin(package, source, plugin)
        run(DOCKET, "plugins", "test", plugin, SAMPLES / "letter-en.txt")
        described = json.loads(run(DOCKET, "plugins", "describe", "--json",
                                   plugin))
        assert f"{described['kind']}_{described['name']}" == source.stem


def test_all_four_kinds_built_by_find_package_work_in_docketd(package, page,
                                                              make_registry):
    build = build_folder(package, page)
    registry = make_registry()
    diary = registry.folder / "diary"
    start_with(registry, build.glob("*.so"),
               f"\n[plugin diary]\npath = {diary}\n")
    bus = registry.subscribe()
    registry.move_in("letter.txt", DOCUMENT)
    bus.wait("document.indexed", name="letter.txt")
    record = registry.rows("show", "1")[0]
    assert record["parser"].startswith("plain ")
    assert [(mark["kind"], mark["value"]) for mark in record["marks"]] == [
        ("date", "2003-10-10")]
    hit, = registry.rows("search", "terrorism 2003-10-10")
    assert hit["name"] == "letter.txt"
    assert registry.docket("search", "peace", check=False).stdout == b""
    bus.wait("notification.sent", plugin="diary")
    told = [json.loads(line) for line in
            diary.read_text(encoding="utf-8").splitlines()]
    assert told[0]["type"] == "document.received"


def test_the_template_works_wherever_it_is_copied(package, tmp_path):
    folder = tmp_path / "my plugin"
    shutil.copytree(next(package.rglob("template")), folder)
    build = build_folder(package, folder)
    run("ctest", "--test-dir", build, "--output-on-failure")
    run("cmake", "--install", build,
        env={**os.environ, "DESTDIR": str(tmp_path / "root")})
    installed, = (tmp_path / "root").rglob("parser_csv.so")
    assert installed.parent.name == "plugins"


def test_every_plugin_of_the_build_describes_itself():
    plugins = sorted((BUILD / "plugins").glob("*.so"))
    assert len(plugins) >= 3
    done = subprocess.run([BUILD / "bin" / "docket-worker", "--describe",
                           *plugins], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
