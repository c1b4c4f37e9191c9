"""The log: a rotating file and the last lines in memory, with identity numbers masked in both."""

from __future__ import annotations

import logging
import platform
import re
from collections import deque
from collections.abc import Iterable
from logging.handlers import RotatingFileHandler
from pathlib import Path

LINES_IN_MEMORY = 2000
LARGEST_FILE = 1 << 20
FILES_KEPT = 5
_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{2})(\d{15}[0-9Xx]|\d{12}[0-9Xx])(?![0-9A-Za-z])")


def mask(text: str) -> str:
    """Hide identity numbers of 18 or 15 digits: the first two digits stay, the rest become asterisks."""
    return _ID_NUMBER.sub(lambda match: match[1] + "*" * len(match[2]), text)


class _Masking(logging.Formatter):
    """A line of the log with its traceback, masked as a whole."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it is written."""
        return mask(super().format(record))


class Ring(logging.Handler):
    """The newest lines, for the crash report and the view inside the program."""

    def __init__(self, length: int = LINES_IN_MEMORY) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=length)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self._lines.append(self.format(record))

    def lines(self) -> tuple[str, ...]:
        """The lines kept, oldest first."""
        return tuple(self._lines)


def start(folder: Path | None) -> Ring:
    """Log to a rotating file in the folder and to memory; without a usable folder, to memory only."""
    stop()
    ring = Ring()
    handlers: list[logging.Handler] = [ring]
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "运行日志.txt"
            handlers.append(RotatingFileHandler(path, "a", LARGEST_FILE, FILES_KEPT, encoding="utf-8", delay=True))
        except OSError:
            handlers = [ring]
    logger = logging.getLogger("app")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    for each in handlers:
        each.setFormatter(_Masking("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logger.addHandler(each)
    return ring


def stop() -> None:
    """End logging and close the file."""
    logger = logging.getLogger("app")
    for each in list(logger.handlers):
        logger.removeHandler(each)
        each.close()


def crash_report(fault: str, version: str, lines: Iterable[str]) -> str:
    """The text a user may save and hand on: version, system, what happened and the newest lines; masked."""
    head = f"刑执智检 {version}\n系统：{platform.platform()}\nPython {platform.python_version()}\n"
    return mask(f"{head}\n【出错内容】\n{fault.strip()}\n\n【最近的运行记录】\n" + "\n".join(lines) + "\n")
