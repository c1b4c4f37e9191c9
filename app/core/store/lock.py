"""One program a store: whoever opens it holds a small file beside it, which tells others who that is.

The system itself lets go of the file when the program ends, in whatever way; what a crash left behind is thus taken
over, and a process number that was given again deceives nobody. The file says who holds the store, on which computer,
as which process; since when is the day of the file itself.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from app.core.errors import FileInUse
from app.core.files import explain
from app.core.values.dates import print_moment

ENDING = ".使用中"
SEALED_BYTE = 1 << 20  # on Windows a locked byte cannot be read by others: one far behind the text is locked
LONGEST = 4096
DO = "请先在那里退出刑执智检，再打开"


class Lock:
    """Held from its making until `release`; FileInUse, with who holds it, when somebody else does.

    `left_by` is who let the file lie, "" for nobody: whoever ends in good order takes it away.
    """

    def __init__(self, store: Path) -> None:
        self.path = self.file_of(store)
        self.taken_over = self.path.exists()
        self.left_by = holder(self.path) if self.taken_over else ""
        try:
            self._file: BinaryIO | None = _seized(self.path)
        except PermissionError as fault:
            if self.taken_over:  # another user's, whose file we may only read
                raise FileInUse(f"数据正在使用中：{holder(self.path)}", do=DO) from fault
            raise explain(fault, self.path) from fault
        except OSError as fault:
            raise explain(fault, self.path) from fault
        if self._file is None:
            raise FileInUse(f"数据正在使用中：{holder(self.path)}", do=DO)
        try:
            self._file.truncate(0)
            self._file.write(json.dumps(_ourselves(), ensure_ascii=False).encode())
            self._file.flush()
        except OSError as fault:
            self.release()
            raise explain(fault, store) from fault

    @staticmethod
    def file_of(store: Path) -> Path:
        """The small file beside a store."""
        return store.with_name(store.name + ENDING)

    def release(self) -> None:
        """Let go, and take the file away; may be called again."""
        if self._file is None:
            return
        if sys.platform != "win32":
            self.path.unlink(missing_ok=True)  # while it is held, so that it is surely ours
        _let_go(self._file)
        self._file = None
        if sys.platform == "win32":
            try:
                self.path.unlink(missing_ok=True)
            except PermissionError:
                return  # somebody has opened it in between, and holds it now


def holder(path: Path) -> str:
    """Who holds a store, by the file beside it: 用户、计算机、从何时起."""
    try:
        said = json.loads(path.read_bytes()[:LONGEST])
        since = datetime.fromtimestamp(path.stat().st_mtime)
        user, machine = str(said["user"]), str(said["machine"])
    except (OSError, ValueError, KeyError, TypeError):
        return "不知道是谁"
    return f"用户“{user}”，计算机“{machine}”，{print_moment(since)}起"


def _ourselves() -> dict[str, str | int]:
    return {"user": _user(), "machine": _machine(), "process": os.getpid()}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "不详"


def _machine() -> str:
    """The name of this computer; asked of the system itself, since the library's way loads the network's module."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "不详")
    return os.uname().nodename


def _seized(path: Path) -> BinaryIO | None:
    """The file, open and locked; None when somebody else has it."""
    while True:
        file = _opened(path)
        if not _locked(file):
            file.close()
            return None
        if _still_there(file, path):
            return file
        file.close()  # whoever had it took it away just now


def _opened(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644), "r+b")


def _still_there(file: BinaryIO, path: Path) -> bool:
    """Whether it is still the file of that name; Windows lets nobody take away one that is open."""
    try:
        return sys.platform == "win32" or os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _locked(file: BinaryIO) -> bool:
        file.seek(SEALED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

    def _let_go(file: BinaryIO) -> None:
        file.seek(SEALED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        file.close()

else:
    import fcntl

    def _locked(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(file: BinaryIO) -> None:
        file.close()
