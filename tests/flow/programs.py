# SPDX-License-Identifier: Apache-2.0
"""Programs as plugins of a test: a script each, and its section."""

import pathlib
import subprocess
import tempfile


class Programs:
    """A folder of scripts that docketd's user may run, and docket.conf's part."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="dk-exec-"))
        self.folder.chmod(0o755)
        self.sections = []

    def write(self, name, script):
        path = self.folder / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)
        return path

    def add(self, name, script, kind="parser", **options):
        """A shell script [plugin NAME]; a parser reads *.NAME."""
        path = self.write(name, "#!/bin/sh\n" + script)
        if kind == "parser":
            options.setdefault("names", f"*.{name}")
        self.section(name, exec=path, kind=kind, **options)

    def section(self, name, **options):
        lines = "".join(f"{key} = {value}\n" for key, value in options.items())
        self.sections.append(f"\n[plugin {name}]\n{lines}")

    def configure(self, registry):
        text = registry.config.read_text(encoding="utf-8")
        registry.config.write_text(text + "".join(self.sections),
                                   encoding="utf-8")

    def running(self):
        """Processes that are one of the scripts, or were started by one."""
        listing = subprocess.run(["ps", "-eo", "pid=,args="], check=False,
                                 capture_output=True, text=True).stdout
        return [line for line in listing.splitlines()
                if str(self.folder) in line]
