"""The .docx package: members read once, unchanged ones copied as the compressed bytes they are, times fixed."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.errors import FileUnreadable, TemplateFault
from app.core.untrusted import ZIP_FAULTS

CONTENT_TYPES = "[Content_Types].xml"
WORD_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and .docx locked by a password
FIRST_DAY = 33  # 1980-01-01, so that the same content always gives the same bytes
VERSION, UTF8_NAME = 20, 0x800
LOCKED = 0x1
# The most an honest template comes to; beyond it the file is damaged or made to fill the memory.
LARGEST = 64 << 20
MOST_MEMBERS = 2000
LEVEL = 2  # a tenth larger than the usual 6, in less than half the time
OTHER_FILES = (  # how a file begins that is no .docx, and what it is
    (b"{\\rtf", "RTF 文档"),
    (b"%PDF", "PDF 文件"),
    (b"<?xml", "XML 格式的文档"),
    (b"<html", "网页"),
    (b"<!DOC", "网页"),
)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "请在 Word 或 WPS 中打开，另存为“Word 文档（*.docx）”"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package as it is stored: compressed bytes with their checksum and sizes."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes

    @classmethod
    def pack(cls, name: str, plain: bytes) -> Member:
        """Compress plain bytes into a member."""
        packer = Packer()
        packer.add(plain)
        return packer.member(name)

    def plain(self) -> bytes:
        """The bytes themselves."""
        if self.method == zipfile.ZIP_STORED or not self.size:
            return self.data if self.size else b""
        # never more than the package says it is, whatever the compressed bytes would come to
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(self.data, self.size)


class Packer:
    """Compresses a member piece by piece, so that the whole of it never lies in memory."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._packed: list[bytes] = []
        self._crc = self._size = 0

    def add(self, plain: bytes) -> None:
        """The next piece."""
        self._packed.append(self._deflate.compress(plain))
        self._crc = zlib.crc32(plain, self._crc)
        self._size += len(plain)

    def member(self, name: str) -> Member:
        """All pieces as one member; nothing can be added afterwards."""
        self._packed.append(self._deflate.flush())
        return Member(name, zipfile.ZIP_DEFLATED, self._crc, self._size, b"".join(self._packed))


def read_template(path: Path) -> bytes:
    """The bytes of a template; FileUnreadable when it cannot be read, TemplateFault when it is no .docx."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileUnreadable("模板不是普通文件", do="请选择 .docx 文件", where=path.name)
        if about.st_size > LARGEST:
            raise TemplateFault("模板文件太大", do="请检查是不是选错了文件；图片请先压缩", where=path.name)
        raw = path.read_bytes()
    except OSError as error:
        raise FileUnreadable("模板文件打不开", do="请确认文件存在、没有被别的程序占用", where=path.name) from error
    refuse_other_files(raw, path.name)
    return raw


def refuse_other_files(raw: bytes, where: str) -> None:
    """TemplateFault, with what to do, for bytes that are another kind of file by how they begin."""
    if raw.startswith(OLD_WORD):
        if ENCRYPTED in raw:
            raise TemplateFault("模板加了打开密码", do="请在 Word 或 WPS 中去掉密码，再另存为 .docx", where=where)
        raise TemplateFault(
            "模板是旧版 .doc（或者 .wps）文件，也可能加了密码", do=f"{SAVE_AS}，有密码的先去掉", where=where
        )
    head = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, what in OTHER_FILES:
        if head[: len(start)].lower() == start.lower():
            raise TemplateFault(f"文件是{what}，不是 .docx 文档", do=SAVE_AS, where=where)


def read_package(raw: bytes, where: str = "") -> list[Member]:
    """All members in their order; TemplateFault when the bytes are no sound .docx package."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as box:
            entries = [each for each in box.infolist() if not each.is_dir()]
            if any(each.flag_bits & LOCKED for each in entries):
                raise TemplateFault("文件加了密码", do="请去掉密码，再另存为 .docx", where=where)
            if sum(each.file_size for each in entries) > LARGEST or len(entries) > MOST_MEMBERS:
                raise TemplateFault(
                    "文件展开以后大得不正常", do="请检查文件来历；图片太多的，请压缩图片后另存为 .docx", where=where
                )
            members = [_member(raw, each, box) for each in entries]
    except ZIP_FAULTS as error:
        raise TemplateFault(
            "文件不是完好的 .docx 文档", do="请在 Word 或 WPS 中打开后另存为 .docx", where=where
        ) from error
    if CONTENT_TYPES not in {each.name for each in members}:
        raise TemplateFault("文件不是 .docx 文档", do=SAVE_AS, where=where)
    return members


def _member(raw: bytes, entry: zipfile.ZipInfo, box: zipfile.ZipFile) -> Member:
    plain = box.read(entry)  # checks the checksum, too
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Member.pack(entry.filename, plain)
    name_size, extra_size = struct.unpack_from("<HH", raw, entry.header_offset + 26)
    start = entry.header_offset + 30 + name_size + extra_size
    packed = raw[start : start + entry.compress_size]
    return Member(entry.filename, entry.compress_type, entry.CRC, entry.file_size, packed)


def write_package(members: Sequence[Member]) -> bytes:
    """The package as bytes, members in the order given."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for each in members:
        name = each.name.encode()
        flag = 0 if name.isascii() else UTF8_NAME
        facts = (flag, each.method, 0, FIRST_DAY, each.crc, len(each.data), each.size, len(name), 0)
        header = struct.pack("<4s5H3I2H", b"PK\x03\x04", VERSION, *facts) + name
        directory.append(struct.pack("<4s6H3I5H2I", b"PK\x01\x02", VERSION, VERSION, *facts, 0, 0, 0, 0, offset) + name)
        body += (header, each.data)
        offset += len(header) + len(each.data)
    listing = b"".join(directory)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(members), len(members), len(listing), offset, 0)
    return b"".join((*body, listing, end))


def part_names(members: Sequence[Member], *kinds: str) -> list[str]:
    """Names of the parts of these kinds (`document.main+xml`, `header+xml` …), by the package's own list of types."""
    types = next(each for each in members if each.name == CONTENT_TYPES)
    present = {each.name for each in members}
    listed = [
        (each.get("ContentType"), each.get("PartName")) for each in parse_xml(types.plain()) if each.get("PartName")
    ]
    return [
        name.lstrip("/")
        for kind in kinds
        for type_, name in listed
        if type_ == WORD_ML + kind and name.lstrip("/") in present
    ]


def parse_xml(xml: bytes, where: str = "") -> Any:
    """The root of an XML part; TemplateFault when it is not well-formed, too deep, or defines entities of its own."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise TemplateFault("文档内部有损坏的内容", do="请在 Word 或 WPS 中打开后另存为 .docx", where=where) from error
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise TemplateFault(
            "文档内部定义了不正常的内容（DTD 实体）", do="这不是 Word 存出的文件，请不要使用", where=where
        )
    return root
