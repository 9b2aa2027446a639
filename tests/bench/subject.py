# SPDX-License-Identifier: Apache-2.0
"""subject.py - a program that is measured, in folders of its own"""

import os
import signal
import subprocess
import time

import family

# Without one more document: it will not find the rest. Recoll shows what it has
# only after each 50 MB of text.
STALL_SECONDS = 300
STOP_SECONDS = 30


class Trouble(Exception):
    """It cannot be measured; the sentence says why."""


class Subject:
    """What every one of them can do. A new one for each run."""

    name = ""
    poll_seconds = 0.25  # between two questions how far it is

    def __init__(self, folder):
        self.folder = folder
        self.inbox = folder / "inbox"
        self.log = folder / "log"
        self.children = []
        self.inbox.mkdir(parents=True, exist_ok=True)

    @classmethod
    def missing(cls):
        """Why it cannot be run on this machine, or None."""
        raise NotImplementedError

    def start(self):
        """Start it; files may lie in the inbox already."""
        raise NotImplementedError

    def wait_ready(self):
        """Until an empty inbox is watched."""

    def count(self):
        """Documents that a search finds now."""
        raise NotImplementedError

    def is_found(self, token):
        """Does a search find that word now?"""
        raise NotImplementedError

    def let_go(self):
        """Is there anybody who listens to it? Not any more."""
        return False

    def sizes(self):
        """{"index": bytes, ...} of what it keeps; after the end."""
        raise NotImplementedError

    def spawn(self, *command, **options):
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, cwd=self.folder, **options)
        self.children.append(child)
        return child

    def check_alive(self):
        for child in self.children:
            if child.poll() is not None:
                raise Trouble(f"{child.args[0]} ended with {child.returncode}")

    def wait_all(self, count):
        """Until so many are found: (when the last one was, how many)."""
        before, since = 0, time.monotonic()
        while True:
            self.check_alive()
            found, now = self.count(), time.monotonic()
            if found > before:
                before, since = found, now
            if found >= count or now - since > STALL_SECONDS:
                return since, found
            time.sleep(self.poll_seconds)

    def complaint(self):
        """What was wrong with it, though it did its work; after the end."""

    def stop(self):
        """All that it has started ends, whatever it takes."""
        for child in self.children:
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            try:
                child.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
        self.end_orphans()

    @staticmethod
    def end_orphans():
        while orphans := family.find():
            for pid in orphans:
                try:
                    os.kill(pid, signal.SIGKILL)
                    os.waitpid(pid, 0)
                except (ProcessLookupError, ChildProcessError):
                    continue


def tree_bytes(folder):
    """What its files hold, allocated or not."""
    return sum(path.stat().st_size for path in folder.rglob("*")
               if path.is_file())
