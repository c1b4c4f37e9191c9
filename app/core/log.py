"""The log: a rotating file and the last lines in memory, with identity numbers masked and no names in either."""

from __future__ import annotations

import logging
import re
import traceback
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

LINES_IN_MEMORY = 2000
LARGEST_FILE = 1 << 20
FILES_KEPT = 5
LEVELS = {"INFO": "一般", "WARNING": "注意", "ERROR": "出错", "CRITICAL": "出错"}
_HEAD = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[,.]\d{3} (INFO|WARNING|ERROR|CRITICAL) [\w.]+ ")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_LONG_NUMBER = re.compile(r"\d{6,}[Xx]?")
_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(\d{2})(\d{15}[0-9Xx]|\d{12}[0-9Xx])(?![0-9A-Za-z])")


def mask(text: str) -> str:
    """Hide identity numbers of 18 or 15 digits: the first two digits stay, the rest become asterisks."""
    return _ID_NUMBER.sub(lambda match: match[1] + "*" * len(match[2]), text)


def hide_words(text: str) -> str:
    """Leave of a text only what no name can stand in: all but ASCII, and every longer number, becomes an asterisk."""
    return _LONG_NUMBER.sub("*", _NOT_ASCII.sub("*", text))


def traceback_text(fault: BaseException) -> str:
    """Where a fault came from, with those behind it; of what they say only what no name can stand in."""
    told: list[str] = []
    seen: set[int] = set()
    each: BaseException | None = fault
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        lines = "".join(traceback.format_tb(each.__traceback__))
        told.append(f"{lines}{type(each).__name__}: {hide_words(str(each))}\n")
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    return "\n此前：\n".join(told)


def place_of(fault: BaseException) -> str:
    """The kind of a fault and where it was raised, without a word of what it says, which may hold names."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f"（{Path(frames[-1].filename).name} 第 {frames[-1].lineno} 行）" if frames else ""
    return f"{type(fault).__name__}{place}"


class _Masking(logging.Formatter):
    """A line of the log with its traceback, masked as a whole."""

    def formatException(self, ei: Any) -> str:
        """Where the fault came from."""
        return traceback_text(ei[1]).rstrip()

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


def lines() -> list[str]:
    """The lines of all log files there are, oldest first; without a file, those in memory."""
    told: list[str] = []
    memory: tuple[str, ...] = ()
    for each in logging.getLogger("app").handlers:
        if isinstance(each, RotatingFileHandler):
            base = Path(each.baseFilename)
            for path in (*(base.with_name(f"{base.name}.{n}") for n in range(FILES_KEPT, 0, -1)), base):
                if path.exists():
                    told += path.read_text(encoding="utf-8", errors="replace").splitlines()
        elif isinstance(each, Ring):
            memory = each.lines()
    return told or [line for text in memory for line in text.splitlines()]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the log tells: when (ISO to the second), its level in Chinese, what; a traceback has many lines."""

    at: str
    level: str
    text: str


def entries(told: Iterable[str]) -> list[Entry]:
    """Lines put together to what they tell, the newest first; what begins in no known way belongs to what is above."""
    found: list[Entry] = []
    for line in told:
        head = _HEAD.match(line)
        if head:
            found.append(Entry(head[1], LEVELS.get(head[2], head[2]), line[head.end() :]))
        elif found:
            last = found.pop()
            found.append(Entry(last.at, last.level, f"{last.text}\n{line}"))
    return found[::-1]


def to_hand_on(text: str) -> str:
    """A text as it may leave the computer: identity numbers hidden, and the folder named after its user."""
    return mask(text.replace(str(Path.home()), "~"))


def stop() -> None:
    """End logging and close the file."""
    logger = logging.getLogger("app")
    for each in list(logger.handlers):
        logger.removeHandler(each)
        each.close()


def crash_report(fault: str, version: str, lines: Iterable[str]) -> str:
    """The text a user may save and hand on: version, system, what happened and the newest lines; masked."""
    import platform

    head = f"刑执智检 {version}\n系统：{platform.platform()}\nPython {platform.python_version()}\n"
    return to_hand_on(f"{head}\n【出错内容】\n{fault.strip()}\n\n【最近的运行记录】\n" + "\n".join(lines) + "\n")
