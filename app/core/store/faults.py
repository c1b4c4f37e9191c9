"""What the database reports, told once to the user: full, locked, read-only, damaged; the rest is a bug."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import FileInUse, FolderUnwritable, StoreDamaged, UserError

Sentence = tuple[type[UserError], str, str]

DAMAGED: Sentence = (StoreDamaged, "数据文件已损坏：{name}", "请用备份恢复，并保留这个文件备查")
BUSY: Sentence = (FileInUse, "数据文件正被另一个程序使用：{name}", "请关闭另一个窗口，再试一次")

# by the primary result code of SQLite (sqlite.org/rescode.html), which is the low byte of the extended ones
SENTENCES: dict[int, Sentence] = {
    5: BUSY,
    6: BUSY,
    8: (FolderUnwritable, "数据文件只能读、不能写：{name}", "请取消它的只读属性，或者请管理员开放写入权限"),
    10: (FolderUnwritable, "读写数据文件时磁盘出错：{name}", "请检查磁盘或U盘是否连好、是否已满，再试一次"),
    11: DAMAGED,
    13: (FolderUnwritable, "磁盘已满，这一步没有保存", "请腾出空间后重做这一步，此前的数据完好"),
    14: (FolderUnwritable, "数据文件打不开：{name}", "请检查文件夹是否存在、是否有权限"),
    26: DAMAGED,
}


# SQLite's own words for some of them; a copy that fails comes without the code
CODES = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the database raises inside into a UserError about the store at `path`, where the user can mend it."""
    from sqlcipher3 import dbapi2

    try:
        yield
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) or CODES.get(str(error), 0)
        sentence = SENTENCES.get(code & 0xFF)
        if sentence is None:
            raise
        raise in_words(sentence, path) from error
    except UnicodeEncodeError as error:
        raise UserError("内容里有无法保存的残缺字符", do="请清除该字符或给文件改名，再试一次") from error


def in_words(sentence: Sentence, path: Path) -> UserError:
    """The error a sentence stands for, about the store at `path`."""
    kind, what, do = sentence
    return kind(what.format(name=path.name), do=do)
