"""Streams for a program without a console: a windowed exe starts with none, and nothing may fail for want of them."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

PARENT = -1  # ATTACH_PARENT_PROCESS
LINES = "命令行输出.txt"


def speak(folder: Path | None) -> None:
    """Give the program streams that take Chinese.

    Those it has are kept; else the console it was started from; else a file in `folder`; else, or without a folder,
    what it prints is lost.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdout is not None and sys.stderr is not None:
        return
    into = (folder and (_parent_console() or _file(folder))) or _nowhere()
    sys.stdout = sys.stdout or into
    sys.stderr = sys.stderr or into


def _parent_console() -> TextIO | None:
    """The console of the program that started this one; None where there is none."""
    if sys.platform != "win32":
        return None
    import ctypes

    if not ctypes.windll.kernel32.AttachConsole(PARENT):
        return None
    try:
        return open("CONOUT$", "w", encoding="utf-8", errors="replace", buffering=1)
    except OSError:
        return None


def _file(folder: Path) -> TextIO | None:
    """A file that holds what this run prints, in the place of the last run's; None where nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / LINES).open("w", encoding="utf-8", errors="replace", buffering=1)
    except OSError:
        return None


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
