"""Talking to the person at the terminal and starting other programs, the same way everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path

NOT_FOR_CHILDREN = ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")


class Stop(Exception):
    """The command cannot go on; the text tells the person what happened and what to do."""


def speak_utf8() -> None:
    """Make Chinese printable whatever the terminal or pipe was set to."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """Print one line now, so that it stands before what a child prints next."""
    print(text, flush=True)


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment for children: UTF-8 throughout and nothing that bends their Python."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_CHILDREN}
    return {**kept, "PYTHONUTF8": "1", **(extra or {})}


def run(command: Sequence[str | Path], *, folder: Path, extra: Mapping[str, str] | None = None) -> int:
    """Run a program that prints for itself; its exit status. It gets no standard input."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=child_environment(extra), stdin=subprocess.DEVNULL, check=False)
    return done.returncode


def run_quietly(command: Sequence[str | Path], *, folder: Path | None = None) -> tuple[int, str]:
    """Run a program and keep what it prints: exit status and text. A program that is not there answers 127."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            env=child_environment({"DEBIAN_FRONTEND": "noninteractive"}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout.decode("utf-8", errors="replace")


def last_lines(text: str, count: int = 25) -> str:
    """The end of a long output, where the reason usually stands."""
    return "\n".join(text.rstrip().splitlines()[-count:])
