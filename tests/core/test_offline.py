"""The program stays offline: a run without and one with the window make no socket, and the guard does refuse them."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from pathlib import Path

from app.core.offline_windows import owners
from tests.core.workbooks import proposals

ROOT = Path(__file__).parents[2]
TRIED = """
import sys
from app.core import offline
offline.stand_guard()
offline.stand_guard()
import socket
said = []
for name, work in {
    "inet": lambda: socket.socket(),
    "inet6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
    "name": lambda: socket.getaddrinfo("example.invalid", 80),
    "host": lambda: socket.gethostbyname("localhost"),
    "between processes": lambda: [each.close() for each in socket.socketpair()],
    "own name": lambda: socket.gethostname(),
}.items():
    try:
        work()
    except offline.Offline:
        said.append(name)
print(said, len(offline.refused()), offline.on_guard(), "socket" in offline.network_modules(), offline.connections())
"""
SEEN = """
import sys
tried = []
def watch(event, words):
    if event.startswith("socket.") and not (event == "socket.__new__" and words[1] == 1):
        tried.append(event)
sys.addaudithook(watch)
from app.__main__ import main
from app.core import offline
status = main(sys.argv[1:])
import json
print(json.dumps([status, tried, offline.refused(), offline.connections(), offline.network_modules()]))
"""


def python(code: str, *words: str) -> str:
    """What a new process prints last."""
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.splitlines()[-1]


def test_the_guard_refuses_the_network_and_nothing_else() -> None:
    assert python(TRIED) == "['inet', 'inet6', 'name', 'host'] 4 True True ()"


def test_a_headless_run_opens_no_socket(tmp_path: Path) -> None:
    book = proposals(tmp_path / "名册.xlsx", {})
    status, tried, refused, connections, _ = json.loads(
        python(SEEN, "batch", str(book), "--out", str(tmp_path / "结果"), "--documents", "all")
    )
    assert (status, tried, refused, connections) == (0, [], [], [])


def test_a_run_with_the_window_opens_no_socket() -> None:
    status, tried, refused, connections, modules = json.loads(python(SEEN, "--smoke"))
    assert (status, tried, refused, connections) == (0, [], [], [])
    assert [each for each in modules if each.startswith("PySide6")] == []


def test_a_connection_is_seen_from_outside() -> None:
    code = (
        "import socket; from app.core import offline; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen();"
        "print(len(offline.connections()))"
    )
    assert python(code) == "1"


def test_the_owners_of_connections_are_read_from_the_table_of_windows() -> None:
    rows = [struct.pack("<6I", 2, 0, 0, 0, 0, owner) for owner in (4, 812, 4)]
    table = struct.pack("<I", len(rows)) + b"".join(rows)
    assert list(owners(table, 24, 20)) == [4, 812, 4]
    assert list(owners(table[:-1], 24, 20)) == [4, 812]
    assert list(owners(b"", 24, 20)) == []
