"""Files of this computer: written whole or not at all, named for every system, handed to other programs."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Collection
from pathlib import Path

from app.core.errors import FileInUse, FolderUnwritable, UserError

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
LONGEST_NAME = 80
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC})


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and swap it in, so that nobody ever sees half of it.

    FileInUse when another program holds the file, FolderUnwritable when nothing can be written there.
    """
    beside = _beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    except OSError as fault:
        drop(beside)
        raise explain(fault, path) from fault


def drop_unfinished(path: Path) -> None:
    """Remove what a power cut left of a file on its way."""
    drop(_beside(path))


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def explain(fault: OSError, path: Path) -> UserError:
    """Say in plain words why a file could not be written."""
    if fault.errno in NO_ROOM:
        return FolderUnwritable(f"磁盘已满，无法保存“{path.name}”", do="请腾出空间，或者换一个文件夹，再试一次")
    if isinstance(fault, PermissionError) and path.is_file() and os.access(path.parent, os.W_OK):
        return FileInUse(f"文件正被其他程序占用：{path.name}", do="请在 Word 或 WPS 中关闭它，再试一次")
    if isinstance(fault, PermissionError) or fault.errno == errno.EROFS:
        return FolderUnwritable(f"文件夹不允许写入：{path.parent}", do="请换一个可以写入的文件夹，再试一次")
    if isinstance(fault, (NotADirectoryError, FileExistsError)):
        return FolderUnwritable(f"“{path.parent}”不是文件夹", do="请换一个文件夹，再试一次")
    return FolderUnwritable(f"无法保存“{path.name}”（{fault.strerror or fault}）", do="请换一个文件夹，再试一次")


def drop(path: Path) -> None:
    """Remove a file if it is there and can be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def safe_name(text: str) -> str:
    """A file name (without ending) that Windows, Linux and WPS all take."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text)).strip(" .")[:LONGEST_NAME].strip(" .")
    return f"_{name}" if not name or _RESERVED.match(name) else name


def unique_path(folder: Path, stem: str, suffix: str, taken: Collection[Path] = ()) -> Path:
    """A path in a folder that is not taken yet, nor among `taken`: 名称.docx, 名称(2).docx …"""
    path, number = folder / f"{stem}{suffix}", 2
    while path in taken or path.exists():
        path, number = folder / f"{stem}({number}){suffix}", number + 1
    return path


def open_with_system(path: Path, verb: str = "open") -> None:
    """Hand a finished file to the system to be opened or printed; UserError when no program answers."""
    if not path.exists():
        raise UserError(f"找不到文件：{path.name}", do="请重新生成，再试一次")
    import subprocess

    try:
        if sys.platform == "win32":
            os.startfile(path, verb)
            return
        program = _program(verb)
        subprocess.run([program, str(path)], check=True, timeout=60, stdin=subprocess.DEVNULL, capture_output=True)
    except (OSError, subprocess.SubprocessError) as fault:
        word = "打印" if verb == "print" else "打开"
        raise UserError(
            f"没有程序能{word}“{path.name}”", do="请安装 WPS 或 Word，或者自行打开所在文件夹处理"
        ) from fault


def print_pages(path: Path, pages: str, copies: int) -> None:
    """Hand some pages (`1-3,5`) of a file to the printing program; UserError where the system cannot choose them."""
    if not path.exists():
        raise UserError(f"找不到文件：{path.name}", do="请重新生成，再试一次")
    program = shutil.which("lp")
    if sys.platform == "win32" or program is None:
        raise UserError(
            "这台电脑的打印由 Word 或 WPS 办理，不能在这里选页", do="请点“用办公软件打开”，在它的打印窗口里选页"
        )
    import subprocess

    words = [program, "-n", str(copies), "-P", pages, str(path)]
    try:
        subprocess.run(words, check=True, timeout=60, stdin=subprocess.DEVNULL, capture_output=True)
    except (OSError, subprocess.SubprocessError) as fault:
        raise UserError(f"没有程序能打印“{path.name}”", do="请安装 WPS 或 Word，或者自行打开所在文件夹处理") from fault


def _program(verb: str) -> str:
    for name in ("lp", "lpr") if verb == "print" else ("xdg-open",):
        found = shutil.which(name)
        if found:
            return found
    raise OSError(f"no program for {verb}")
