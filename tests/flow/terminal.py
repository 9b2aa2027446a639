# SPDX-License-Identifier: Apache-2.0
"""terminal.py - run a program as a person would, on a terminal."""

import os
import pty
import subprocess


def run(*command, term="xterm"):
    """Its exit code, and everything that the person sees."""
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": term, "NO_COLOR": ""},
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            data = os.read(main, 65536)
        except OSError:  # the last who had the terminal has ended
            break
        seen += data
    os.close(main)
    return process.wait(timeout=20), seen.decode().replace("\r\n", "\n")
