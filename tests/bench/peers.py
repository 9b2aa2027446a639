# SPDX-License-Identifier: Apache-2.0
"""peers.py - two indexers of files that Debian has, at their fastest

Neither copies what it indexes, nor tells anybody when a document is found: they
are asked how far they are.
"""

import os
import pathlib
import shutil
import time

from corpus import EVERYWHERE
from subject import Subject, Trouble, tree_bytes

READY_SECONDS = 60
SETTLE_SECONDS = 2  # after the first answer, until it watches its folder


def wait_until(is_true, what):
    deadline = time.monotonic() + READY_SECONDS
    while not is_true():
        if time.monotonic() > deadline:
            raise Trouble(f"{what} is not there after {READY_SECONDS} s")
        time.sleep(0.02)


class Peer(Subject):
    """One with a home of its own."""

    def __init__(self, folder):
        super().__init__(folder)
        self.home = folder / "home"
        self.home.mkdir()
        self.runtime = folder / "run"
        self.runtime.mkdir(mode=0o700)
        self.environment = {
            "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
            "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.runtime),
            "TMPDIR": str(self.runtime),
        }

    def spawn(self, *command, **options):
        return super().spawn(*command, env=self.environment, **options)


class Tracker(Peer):
    """tracker-miner-fs and tracker-extract on a D-Bus of their own."""

    name = "tracker"
    miner = pathlib.Path("/usr/libexec/tracker-miner-fs-3")
    extractor = pathlib.Path("/usr/libexec/tracker-extract-3")
    service = "org.freedesktop.Tracker3.Miner.Files"
    settings = """\
[org/freedesktop/tracker/miner/files]
index-recursive-directories=['{inbox}']
index-single-directories=@as []
index-applications=false
ignored-files=@as []
initial-sleep=0
throttle=0

[org/freedesktop/tracker/extract]
text-allowlist=['*.txt']
"""

    @classmethod
    def missing(cls):
        if not cls.miner.exists():
            return "tracker-miner-fs is not installed"
        try:
            import gi
            gi.require_version("Tracker", "3.0")
        except (ImportError, ValueError):
            return "python3-gi and gir1.2-tracker-3.0 are not installed"
        return None

    def __init__(self, folder):
        super().__init__(folder)
        if str(self.inbox).startswith("/tmp/"):
            raise Trouble("tracker indexes nothing below /tmp")
        self.connection = None
        keyfile = self.home / ".config/glib-2.0/settings/keyfile"
        keyfile.parent.mkdir(parents=True)
        keyfile.write_text(self.settings.format(inbox=self.inbox))
        self.bus = f"unix:path={self.runtime}/bus"
        self.environment |= {"GSETTINGS_BACKEND": "keyfile",
                             "DBUS_SESSION_BUS_ADDRESS": self.bus}

    def start(self):
        self.spawn("dbus-daemon", "--session", "--nofork",
                   f"--address={self.bus}")
        wait_until((self.runtime / "bus").exists, "dbus-daemon")
        self.spawn(self.miner, "--initial-sleep=0")
        self.connect()
        self.spawn(self.extractor)

    def connect(self):
        from gi.repository import Gio, GLib, Tracker as Sparql
        flags = Gio.DBusConnectionFlags
        bus = Gio.DBusConnection.new_for_address_sync(
            self.bus, flags.AUTHENTICATION_CLIENT |
            flags.MESSAGE_BUS_CONNECTION, None, None)
        ask = GLib.Variant("(s)", (self.service,))

        def is_there():
            return bus.call_sync(
                "org.freedesktop.DBus", "/org/freedesktop/DBus",
                "org.freedesktop.DBus", "NameHasOwner", ask, None, 0, -1,
                None).unpack()[0]

        wait_until(is_there, "tracker-miner-fs")
        self.connection = Sparql.SparqlConnection.bus_new(
            self.service, None, bus)

    def ask(self, query):
        """The first column of the first row as a number, 0 without one."""
        cursor = self.connection.query(query)
        number = cursor.get_integer(0) if cursor.next() else 0
        cursor.close()
        return number

    def wait_ready(self):
        folders = ("SELECT COUNT(?f) "
                   "{ GRAPH tracker:FileSystem { ?f a nfo:Folder } }")
        wait_until(lambda: self.ask(folders), "tracker's folder")
        time.sleep(SETTLE_SECONDS)

    def count(self):
        return self.ask("SELECT COUNT(?d) { GRAPH tracker:Documents "
                        "{ ?d nie:plainTextContent ?text } }")

    def is_found(self, token):
        return self.ask(f'SELECT COUNT(?d) {{ ?d fts:match "{token}" }}') > 0

    def sizes(self):
        return {"index": tree_bytes(self.home / ".cache")}

    def stop(self):
        self.connection = None
        super().stop()


class Recoll(Peer):
    """recollindex, which waits only a second before it indexes news."""

    name = "recoll"
    settings = """\
topdirs = {inbox}
loglevel = 1
indexstemminglanguages = arabic english french russian spanish
idxflushmb = 50
monixinterval = 1
monauxinterval = 3600
"""

    @classmethod
    def missing(cls):
        if shutil.which("recollindex") is None:
            return "recollcmd is not installed"
        try:
            import xapian
        except ImportError:
            return "python3-xapian is not installed"
        return None

    def __init__(self, folder):
        super().__init__(folder)
        config = self.home / "recoll"
        config.mkdir()
        (config / "recoll.conf").write_text(
            self.settings.format(inbox=self.inbox))
        self.index = config / "xapiandb"

    def start(self):
        # -m: watch; -D: as a child; -x: without X11; -w 0: at once
        self.spawn("recollindex", "-c", self.index.parent,
                   "-m", "-D", "-x", "-w", "0")

    def wait_ready(self):
        wait_until((self.index / "iamglass").exists, "recoll's index")
        time.sleep(SETTLE_SECONDS)

    def count_with(self, word):
        """Documents; 0 while the index is being made."""
        import xapian
        try:
            return xapian.Database(str(self.index)).get_termfreq(word)
        except xapian.Error:
            return 0

    def count(self):
        return self.count_with(EVERYWHERE)  # folders are documents, too

    def is_found(self, token):
        return self.count_with(token) > 0

    def sizes(self):
        return {"index": tree_bytes(self.index)}
