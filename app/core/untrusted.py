"""Files that came from outside, read within bounds: their size, depth and unpacking, and names that stay in a folder.

Everything here raises FileUnreadable, in plain words, and nothing else, whatever the bytes are. Nothing is written and
nothing a file says is carried out.
"""

from __future__ import annotations

import io
import json
import re
import stat
import struct
import tomllib
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, NoReturn

from app.core.errors import FileUnreadable

LARGEST_TEXT = 8 << 20  # bytes of a mapping, model or law file; the largest of ours has a fortieth of it
LARGEST_PACKED = 512 << 20
LARGEST_UNPACKED = 1 << 30
MOST_MEMBERS = 2_000
LARGEST_RATIO = 200
SMALL_ENOUGH = 16 << 20  # an archive that unpacks to less may be packed as well as it likes
PIECE = 1 << 20
DEEPEST = 40  # brackets within brackets
LONGEST_DOTTED = 1_000  # dots in one line of TOML; a key of very many parts takes the reader minutes
LONGEST_NUMBER = 40  # digits
AGAIN = "请核对来源，让对方重新导出后再试"
_LONG_NUMBER = re.compile(rf"\d{{{LONGEST_NUMBER + 1}}}")
_LINK = 0xA000  # a symbolic link, in the upper half of an entry's attributes
# What the zip reader raises for a damaged or strange archive, and for a locked one (RuntimeError).
ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip


def read_bytes(path: Path, most: int = LARGEST_TEXT) -> bytes:
    """The bytes of an ordinary file, no more than `most`."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            _refuse(path.name, "不是普通文件", "请选择文件")
        if about.st_size > most:
            _refuse(path.name, f"超过 {_size(most)}，太大", "请核对是不是选错了文件")
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except (OSError, ValueError, MemoryError) as fault:
        raise FileUnreadable(f"文件打不开：{path.name}", do="请确认文件在，并且没有被其他程序占用") from fault
    if len(data) > most:  # it grew meanwhile
        _refuse(path.name, f"超过 {_size(most)}，太大", "请核对是不是选错了文件")
    return data


def read_text(data: bytes, name: str) -> str:
    """UTF-8 text, with or without its mark."""
    try:
        return data.decode("utf-8-sig")
    except ValueError:
        _refuse(name, "不是 UTF-8 文字", AGAIN)


def read_json(data: bytes, name: str) -> Any:
    """What a JSON text says; a key that stands twice, a number that is none and too deep a nesting are refused."""
    text = read_text(data, name)
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_number)
    except (ValueError, RecursionError):
        _refuse(name, "不是完好的 JSON", AGAIN)
    return _not_deep(found, name)


def read_toml(data: bytes, name: str) -> dict[str, Any]:
    """What a TOML text says."""
    text = read_text(data, name)
    if any(line.count(".") > LONGEST_DOTTED or _LONG_NUMBER.search(line) for line in text.splitlines()):
        _refuse(name, "有一行长得不正常", AGAIN)
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError, OverflowError):
        _refuse(name, "不是完好的 TOML", AGAIN)
    _not_deep(found, name)
    return found


def unpack(data: bytes, name: str, largest: int = LARGEST_UNPACKED) -> dict[str, bytes]:
    """Every file of a zip archive by its name within it, all of them no more than `largest` bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            _refuse_strange(entries, name)
            total, found = 0, {}
            for each in entries:
                found[each.filename] = _member(archive, each, largest - total, name)
                total += len(found[each.filename])
                if total > max(SMALL_ENOUGH, LARGEST_RATIO * len(data)):
                    _refuse(name, "展开以后大得不正常", AGAIN)
            return found
    except ZIP_FAULTS as fault:
        raise FileUnreadable(f"文件已损坏或者没有复制完整：{name}", do=AGAIN) from fault


def stays_inside(name: str) -> bool:
    """Whether a name leads to a place below the folder it is put into, on every system."""
    if not name or "\x00" in name or ":" in name:
        return False
    return all(
        not path.is_absolute() and not path.anchor and ".." not in path.parts
        for path in (PurePosixPath(name), PureWindowsPath(name))
    )


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int, name: str) -> bytes:
    """One file, piece by piece: what the archive says of its length is not trusted."""
    pieces, size = [], 0
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > most:
                _refuse(name, "展开以后大得不正常", AGAIN)
            pieces.append(piece)
    return b"".join(pieces)


def _refuse_strange(entries: Iterable[zipfile.ZipInfo], name: str) -> None:
    names: set[str] = set()
    for number, each in enumerate(entries):
        if number >= MOST_MEMBERS:
            _refuse(name, "里面的文件多得不正常", AGAIN)
        if not stays_inside(each.filename) or each.external_attr >> 16 & 0xF000 == _LINK:
            _refuse(name, "里面的文件指向文件夹以外", "请不要使用这个文件，并核对来源")
        if each.flag_bits & 1:
            _refuse(name, "加了密码", "请去掉密码后再试")
        if each.filename.casefold() in names:
            _refuse(name, "里面有同名的文件", AGAIN)
        names.add(each.filename.casefold())


def _not_deep(found: Any, name: str) -> Any:
    """The value itself, unless something in it lies too deep; looked through without going down the stack."""
    layer, depth = [found], 0
    while layer:
        if depth > DEEPEST:
            _refuse(name, "一层套一层，套得不正常", AGAIN)
        nested = [each for each in layer if isinstance(each, dict | list)]
        layer = [inner for each in nested for inner in (each.values() if isinstance(each, dict) else each)]
        depth += 1
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _number(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number of too many digits")
    return int(text)


def _size(size: int) -> str:
    return f"{size >> 20} MB"


def _refuse(name: str, why: str, do: str) -> NoReturn:
    raise FileUnreadable(f"文件不能使用：{name}（{why}）", do=do)
