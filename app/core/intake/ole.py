"""The container of old Office files: finds a named stream in it; chains that run in circles end."""

from __future__ import annotations

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
LAST_SECTOR = 0xFFFFFFFA  # numbers from here on are marks, not sectors
FIRST_TABLE, TABLES_IN_HEADER = 76, 109
ENTRY = 128
STREAM, ROOT = 2, 5


class OleFile:
    """An old Office file in memory; ValueError when it is too damaged to say what it holds."""

    def __init__(self, data: bytes) -> None:
        if len(data) < HEADER or not data.startswith(SIGNATURE):
            raise ValueError("no such container")
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("unknown sector size")
        self._data = data
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        mini_table, _, more_tables = struct.unpack_from("<III", data, 60)
        self._table = self._numbers(b"".join(map(self._sector, self._tables(more_tables))))
        self._mini_table = self._numbers(self._follow(mini_table))
        self._entries = dict(_entries(self._follow(directory)))
        root = next((place for kind, *place in self._entries.values() if kind == ROOT), None)
        self._minis = self._follow(root[0]) if root else b""

    def names(self) -> frozenset[str]:
        """The names of all streams."""
        return frozenset(name for name, entry in self._entries.items() if entry[0] == STREAM)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; what its chain does not reach is missing."""
        _, start, size = self._entries[name]
        if size >= self._cutoff:
            return self._follow(start)[:size]
        places = _chain(self._mini_table, start)
        return b"".join(self._minis[at * self._mini_size : (at + 1) * self._mini_size] for at in places)[:size]

    def _tables(self, more: int) -> Iterator[int]:
        """The sectors that hold the table of sectors."""
        yield from _sectors(struct.unpack_from(f"<{TABLES_IN_HEADER}I", self._data, FIRST_TABLE))
        seen: set[int] = set()
        while more < LAST_SECTOR and more not in seen:
            seen.add(more)
            numbers = self._numbers(self._sector(more))
            if not numbers:
                return
            yield from _sectors(numbers[:-1])
            more = numbers[-1]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _follow(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(self._table, start)))

    @staticmethod
    def _numbers(data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _sectors(numbers: tuple[int, ...]) -> Iterator[int]:
    return (each for each in numbers if each < LAST_SECTOR)


def _chain(table: tuple[int, ...], at: int) -> Iterator[int]:
    """The sectors from one on; the chain ends where it leaves the table or comes back."""
    seen: set[int] = set()
    while at < len(table) and at not in seen:
        seen.add(at)
        yield at
        at = table[at]


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Name → kind, first sector and size."""
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
        if kind in (STREAM, ROOT):
            yield name, (kind, start, size)
