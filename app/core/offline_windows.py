"""Which connections a process has, asked of Windows (GetExtendedTcpTable, GetExtendedUdpTable of iphlpapi)."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterator
from typing import Any

INTERNET, INTERNET_6 = 2, 23
TCP_OF_PROCESSES, UDP_OF_PROCESSES = 5, 1  # TCP_TABLE_OWNER_PID_ALL, UDP_TABLE_OWNER_PID
TOO_SMALL = 122
TRIES = 5
# name, address family, function, kind of table, bytes of a row, where in it the owner stands
TABLES = (
    ("tcp", INTERNET, "GetExtendedTcpTable", TCP_OF_PROCESSES, 24, 20),
    ("tcp6", INTERNET_6, "GetExtendedTcpTable", TCP_OF_PROCESSES, 56, 52),
    ("udp", INTERNET, "GetExtendedUdpTable", UDP_OF_PROCESSES, 12, 8),
    ("udp6", INTERNET_6, "GetExtendedUdpTable", UDP_OF_PROCESSES, 28, 24),
)


def own_connections() -> tuple[str, ...] | None:
    """The network sockets of this process; None when Windows does not tell."""
    if sys.platform == "win32":
        try:
            return tuple(_own(ctypes.WinDLL("iphlpapi")))
        except OSError:
            return None
    return None


def _own(library: Any) -> Iterator[str]:
    """The kind of each; OSError when a table cannot be had."""
    for name, family, function, kind, size, place in TABLES:
        table = _table(getattr(library, function), family, kind)
        yield from (name for owner in owners(table, size, place) if owner == os.getpid())


def owners(table: bytes, size: int, place: int) -> Iterator[int]:
    """The process of each row of a table that begins with the number of its rows."""
    (count,) = struct.unpack_from("<I", table) if len(table) >= 4 else (0,)
    for row in range(min(count, (len(table) - 4) // size)):
        yield struct.unpack_from("<I", table, 4 + row * size + place)[0]


def _table(function: Any, family: int, kind: int) -> bytes:
    """The whole table; it may grow between asking for its length and reading it."""
    length = ctypes.c_ulong(0)
    buffer = ctypes.create_string_buffer(4)
    for _ in range(TRIES):
        code = function(buffer, ctypes.byref(length), False, family, kind, 0)
        if code == 0:
            return buffer.raw[: length.value]
        if code != TOO_SMALL:
            break
        buffer = ctypes.create_string_buffer(length.value)
    raise OSError("no table")
