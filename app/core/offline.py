"""The program proves that it stays offline: whatever would reach for the network is refused and put down.

Within the process the interpreter itself asks before a socket is made (PEP 578); from outside, the system is asked
which connections the process has.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

LOCAL = 1  # AF_UNIX: pipes between our own processes
HARMLESS = frozenset({"socket.gethostname"})
NETWORK_MODULES = (
    *("socket", "ssl", "_ssl", "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "asyncio"),
    *("ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc.client", "socketserver", "webbrowser"),
    *("PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets", "PySide6.QtQml"),
)
TABLES = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6")
MOST_KEPT = 100

_refused: list[str] = []
_standing = threading.Event()


class Offline(RuntimeError):
    """Something in this program reached for the network, which is a bug."""


def stand_guard() -> None:
    """From now on no socket of a network can be made in this process; for good, and once is enough."""
    if not _standing.is_set():
        _standing.set()
        sys.addaudithook(_watch)


def on_guard() -> bool:
    """Whether the guard stands."""
    return _standing.is_set()


def refused() -> tuple[str, ...]:
    """What reached for the network and was refused, oldest first."""
    return tuple(_refused)


def network_modules() -> tuple[str, ...]:
    """Modules that could reach for the network and are loaded, whether they do or not."""
    return tuple(each for each in NETWORK_MODULES if each in sys.modules)


def connections() -> tuple[str, ...] | None:
    """The network sockets this process holds, as the system tells it; None where the system does not."""
    if sys.platform == "win32":
        from app.core.offline_windows import own_connections

        return own_connections()
    try:
        ours = {_inode(each) for each in Path("/proc/self/fd").iterdir()}
        return tuple(
            f"{table} {line[1]} → {line[2]}"
            for table in TABLES
            for line in map(str.split, Path("/proc/self/net", table).read_text("ascii").splitlines()[1:])
            if line[9] in ours
        )
    except OSError:
        return None


def _inode(descriptor: Path) -> str:
    """The number of the socket behind a descriptor, "" for anything else."""
    try:
        target = str(descriptor.readlink())
    except OSError:  # closed meanwhile
        return ""
    return target.removeprefix("socket:[").removesuffix("]") if target.startswith("socket:[") else ""


def _watch(event: str, words: tuple[Any, ...]) -> None:
    if not event.startswith("socket.") or event in HARMLESS:
        return
    if event == "socket.__new__" and len(words) > 1 and words[1] == LOCAL:
        return
    if event in ("socket.connect", "socket.bind") and isinstance(words[1], str | bytes):
        return  # a local one: its address is a path
    if len(_refused) < MOST_KEPT:
        _refused.append(event)
    raise Offline(f"{event}: this program does not use the network")
