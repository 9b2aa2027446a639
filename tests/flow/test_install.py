# SPDX-License-Identifier: Apache-2.0
"""docket is installed over an older one, and into other places."""

import os
import subprocess

from registry import BUILD


def install(*words, root):
    return subprocess.run(["cmake", "--install", BUILD, *words], check=False,
                          env={**os.environ, "DESTDIR": str(root)},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          timeout=300)


def test_a_configuration_that_is_there_is_kept(tmp_path):
    assert install(root=tmp_path).returncode == 0
    config, = tmp_path.rglob("etc/docket/docket.conf")
    as_it_came, = tmp_path.rglob("doc/docket/docket.conf")
    assert config.read_bytes() == as_it_came.read_bytes()
    config.write_text("[inbox mine]\n", encoding="utf-8")
    done = install(root=tmp_path)
    assert done.returncode == 0 and b"Kept: " in done.stdout
    assert config.read_text(encoding="utf-8") == "[inbox mine]\n"


def test_programs_are_not_installed_where_they_would_not_find_each_other(
        tmp_path):
    done = install("--prefix", "/elsewhere", root=tmp_path)
    assert done.returncode != 0
    assert b"-DCMAKE_INSTALL_PREFIX=" in done.stdout
    assert not list(tmp_path.iterdir())
