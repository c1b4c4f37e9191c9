"""The zip archive around newer workbooks: is it one, does it stay within bounds, its parts read and replaced."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from app.core.errors import FileUnreadable
from app.core.untrusted import ZIP_FAULTS

LARGEST_PART = 600 << 20
LARGEST_UNPACKED = 1 << 30
LARGEST_RATIO = 300
SMALL_ENOUGH = 50 << 20
PACKED_PIECE = 1 << 18
CHUNK = 4 << 20
LOCAL_HEADER = struct.Struct("<4s22xHH")


def too_large(name: str) -> FileUnreadable:
    """What is said of an archive that blows up when it is unpacked."""
    return FileUnreadable(f"文件展开后过大，可能有问题：{name}", do="请让报送单位分成几个文件重新导出")


class Archive:
    """The parts of a zipped workbook in memory, by name; UserError when it is none or would blow up."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
        except ZIP_FAULTS:
            raise FileUnreadable(
                f"文件已损坏或者没有复制完整：{name}", do="请重新复制，或者让报送单位重新导出"
            ) from None
        self.data, self.name = data, name
        self._parts = {each.filename: each for each in entries}
        _refuse_blown(entries, len(data), name)
        _refuse_others(entries, name)

    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def find(self, name: str) -> str | None:
        """The part of that name, however its capitals and slashes are written."""
        wanted = name.lower()
        return next((each for each in self._parts if each.replace("\\", "/").lower() == wanted), None)

    def size(self, part: str) -> int:
        """How long a part says it is, in bytes."""
        return self._parts[part].file_size

    def read(self, part: str) -> bytes:
        """A whole part; empty when it is damaged from its start."""
        return b"".join(self.pieces(part))

    def pieces(self, part: str) -> Iterator[bytes]:
        """A part, piece by piece; a damaged one ends early, one longer than it says it is refused.

        The archive's own statement of a part's length is not trusted: the reader of workbooks unpacks to the end.
        """
        entry = self._parts[part]
        size = 0
        try:
            for piece in _unpacked(self.data, entry):
                size += len(piece)
                if size > min(LARGEST_PART, max(entry.file_size, SMALL_ENOUGH)):
                    raise too_large(self.name)
                yield piece
        except (zlib.error, struct.error):
            return

    def replaced(self, parts: Mapping[str, bytes]) -> bytes:
        """The archive with some parts' content exchanged; all others stay packed as they are."""
        stream = io.BytesIO(self.data)
        with zipfile.ZipFile(stream, "a") as archive:
            archive.filelist = [each for each in archive.filelist if each.filename not in parts]
            for part, content in parts.items():
                archive.NameToInfo.pop(part, None)
                archive.writestr(part, content)
        return stream.getvalue()


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    signature, name_length, extra_length = LOCAL_HEADER.unpack_from(data, entry.header_offset)
    start = entry.header_offset + 30 + name_length + extra_length
    if signature != b"PK\x03\x04" or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + CHUNK]) for at in range(0, len(packed), CHUNK))
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), PACKED_PIECE):
        rest: bytes | memoryview = packed[at : at + PACKED_PIECE]
        while rest:
            piece = unpacker.decompress(rest, CHUNK)
            rest = unpacker.unconsumed_tail
            if piece:
                yield piece
            if unpacker.eof:
                return


def _refuse_blown(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    unpacked = sum(each.file_size for each in entries)
    packed = max(min(packed, sum(each.compress_size for each in entries)), 1)
    blown = unpacked > SMALL_ENOUGH and unpacked / packed > LARGEST_RATIO
    if blown or unpacked > LARGEST_UNPACKED or any(each.file_size > LARGEST_PART for each in entries):
        raise too_large(name)


def _refuse_others(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [each.filename.replace("\\", "/").lower() for each in entries]
    for folder, kind in (("word/", "Word 文档"), ("ppt/", "演示文稿")):
        if any(each.startswith(folder) for each in names):
            raise FileUnreadable(f"这是 {kind}，不是表格：{name}", do="请报送电子表格")
    if any(each.flag_bits & 1 for each in entries):
        raise FileUnreadable(f"压缩文件有密码：{name}", do="请解压后导入其中的表格文件")
    if "xl/workbook.bin" in names:
        raise FileUnreadable(f"这是二进制工作簿（xlsb）：{name}", do="请用 WPS 或 Excel 打开后另存为 xlsx，再导入")
    if not any(each.startswith("xl/") for each in names) and "content.xml" not in names:
        raise FileUnreadable(f"这个压缩文件里没有表格：{name}", do="请先解压，再导入其中的表格文件")
