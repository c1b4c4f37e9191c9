"""Any file becomes sheets of text cells; the first bytes decide what it is, not the name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.core.errors import FileInUse, FileUnreadable
from app.core.intake.markup import is_markup, read_markup
from app.core.intake.old_workbooks import read_old_workbook
from app.core.intake.ole import SIGNATURE
from app.core.intake.ooxml import prepare
from app.core.intake.opendocument import CONTENT, read_opendocument
from app.core.intake.sheet import Sheet
from app.core.intake.texts import read_delimited
from app.core.intake.workbooks import damaged, read_workbook
from app.core.intake.zipped import Archive
from app.core.jobs import Ticket, apart
from app.core.untrusted import LARGEST_PACKED

__all__ = ["SUFFIXES", "Sheet", "iter_files", "read_sheets"]

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".et", ".csv", ".txt"})
LEFTOVERS = ("~$", ".", "._")
ZIP, EMPTY_ZIP = b"PK\x03\x04", b"PK\x05\x06"
OLD_BARE = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05")  # a BIFF stream without its OLE shell
SAVE_AS = "请用 WPS 或 Excel 打开后另存为 xlsx，再导入"
OTHERS = (
    (b"%PDF", " PDF 文件", "请报送电子表格"),
    (b"\xff\xd8\xff", "图片", "请报送电子表格"),
    (b"\x89PNG", "图片", "请报送电子表格"),
    (b"GIF8", "图片", "请报送电子表格"),
    (b"Rar!", "压缩文件", "请先解压，再导入其中的表格文件"),
    (b"7z\xbc\xaf", "压缩文件", "请先解压，再导入其中的表格文件"),
    (b"\x1f\x8b", "压缩文件", "请先解压，再导入其中的表格文件"),
    (b"MIME-Version", "单个文件网页", SAVE_AS),
    (b"{\\rtf", "写字板文档", "请报送电子表格"),
)
ENOUGH_TO_TELL = 4096


def iter_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to read, each once: those named, and every table below the folders named, sorted, leftovers skipped."""
    seen: set[Path] = set()
    for path in paths:
        for each in _below(path) if path.is_dir() else (path,):
            if (real := each.resolve()) not in seen:
                seen.add(real)
                yield each


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith(LEFTOVERS):
                yield Path(place, name)


def read_sheets(path: Path, ticket: Ticket | None = None) -> list[Sheet]:
    """All sheets of a file, hidden and empty ones too; UserError when the file cannot be read."""
    ticket = ticket or Ticket()
    data, name = _bytes(path), path.name
    if not data.strip(b"\x00 \r\n\t"):
        raise FileUnreadable(f"文件是空的：{name}", do="请让报送单位重新导出")
    if data.startswith((ZIP, EMPTY_ZIP)):
        archive = Archive(data, name)
        if archive.find(CONTENT) is not None:
            return read_opendocument(archive, ticket)
        return read_workbook(apart(ticket, lambda: prepare(archive)), name, ticket)
    if data.startswith((SIGNATURE, *OLD_BARE)):
        return read_old_workbook(data, name, ticket)
    for head, kind, what_to_do in OTHERS:
        if data.startswith(head):
            raise FileUnreadable(f"这是{kind}，不是表格：{name}", do=what_to_do)
    if is_markup(data[:ENOUGH_TO_TELL]):
        return read_markup(data, name)
    if data[:2] == b"PK":
        raise damaged(name)
    return [Sheet(name, path.stem, read_delimited(data, name))]


def _bytes(path: Path) -> bytes:
    """The file's bytes; UserError, in plain words, when it is gone, a folder, or held by another program."""
    if path.is_dir():
        raise FileUnreadable(f"“{path.name}”是文件夹", do="请选择其中的表格文件")
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileUnreadable(f"“{path.name}”不是普通文件", do="请选择表格文件")
        if about.st_size > LARGEST_PACKED:
            raise MemoryError
        return path.read_bytes()
    except FileNotFoundError:
        raise FileUnreadable(f"找不到文件：{path.name}", do="请确认文件没有被移动或者改名") from None
    except PermissionError:
        raise FileInUse(
            f"文件打不开，可能正被其他程序占用：{path.name}", do="请在 WPS 或 Excel 中关闭它，再试一次"
        ) from None
    except MemoryError:
        raise FileUnreadable(f"文件太大：{path.name}", do="请让报送单位分成几个文件重新导出") from None
    except OSError as fault:
        raise FileUnreadable(
            f"文件读取失败：{path.name}（{fault.strerror or fault}）", do="请把文件复制到本机硬盘再试"
        ) from None
