# SPDX-License-Identifier: Apache-2.0
"""Many connections to the control socket: nobody takes them from others."""

import os
import subprocess

import pytest

from registry import IS_ROOT, NOBODY

STRANGER = 4711
STRANGERS_LIMIT = 8  # connections of one user without any right

# Connects so often and says how many docketd has hung up on; then keeps the
# others open until its input ends.
CROWD = """
import select, socket, sys
path, count, expected = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
sockets = [socket.socket(socket.AF_UNIX) for _ in range(count)]
for connection in sockets:
    connection.connect(path)
hung_up = set()
while len(hung_up) < expected:
    left = [c for c in sockets if c not in hung_up]
    ready = select.select(left, [], [], 10)[0]
    if not ready:
        break
    hung_up.update(c for c in ready if c.recv(1) == b"")
print(len(hung_up), len(select.select(
    [c for c in sockets if c not in hung_up], [], [], 0)[0]), flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not IS_ROOT, reason="it takes root to be several users")
def test_a_user_without_rights_has_few_connections(make_registry):
    registry = make_registry()
    registry.state.mkdir()
    os.chown(registry.state, NOBODY, NOBODY)
    registry.state.chmod(0o755)
    registry.start()
    (registry.state / "run").chmod(0o755)
    count = 30
    crowd = subprocess.Popen(
        ["setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}",
         "--clear-groups", "/usr/bin/python3", "-c", CROWD,
         registry.state / "run" / "control.sock", str(count),
         str(count - STRANGERS_LIMIT)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/")
    try:
        assert crowd.stdout.readline().split() == [
            str(count - STRANGERS_LIMIT), "0"]
        registry.move_in("letter.txt", b"Others are served meanwhile.\n")
        bus = registry.subscribe()
        while not registry.rows("list", "--state", "done"):
            bus.hear_tick()
    finally:
        crowd.communicate()
