"""The project's own Python environment (.venv), built from a lock file and left alone while it is up to date."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

from installer import machine
from installer.console import Stop, last_lines, run_quietly, say

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
STAMP = "installed.json"
COVERS = {RUNTIME: (RUNTIME,), DEVELOPMENT: (RUNTIME, DEVELOPMENT)}


def prepare(root: Path, lock: str) -> Path:
    """Make .venv hold what the lock file names; the path of its Python. Does nothing when that is so already."""
    python = venv_python(root)
    if not _usable(python):
        _create(root)
    if _stamp(root).get(lock) == fingerprint(root / lock):
        say(f"依赖已是最新（{lock}）。")
        return python
    _install(root, python, lock)
    return python


def venv_python(root: Path) -> Path:
    """Where the environment's Python stands on this system."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(lock: Path) -> str:
    """SHA-256 of a lock file's text; line ends do not count, since git may change them on Windows."""
    return hashlib.sha256(lock.read_text(encoding="utf-8").encode("utf-8")).hexdigest()


def _usable(python: Path) -> bool:
    """Whether the environment starts, has pip and is of this interpreter's version."""
    status, text = run_quietly([python, "-c", "import sys, pip; print(*sys.version_info[:2])"])
    return status == 0 and text.split() == [str(part) for part in sys.version_info[:2]]


def _create(root: Path) -> None:
    say("正在建立独立的 Python 环境（.venv）……")
    base = getattr(sys, "_base_executable", sys.executable) or sys.executable
    command = [base, "-m", "venv", "--clear", root / ".venv"]
    status, text = run_quietly(command)
    if status != 0 and sys.platform.startswith("linux"):
        # Debian and Ubuntu keep the venv module in a package of its own.
        machine.obtain([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
        status, text = run_quietly(command)
    if status != 0:
        raise Stop(f"Python 环境没有建成：\n{last_lines(text)}\n请按上面的提示处理后，再运行一次本命令。")


def _install(root: Path, python: Path, lock: str) -> None:
    count = sum("==" in line for line in (root / lock).read_text(encoding="utf-8").splitlines())
    say(f"正在安装 {count} 个依赖（{lock}，逐个核对哈希；首次需要几分钟）……")
    stamp = _stamp_file(root)
    stamp.unlink(missing_ok=True)
    pip: list[str | Path] = [python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    status, text = run_quietly([*pip, "--require-hashes", "-r", root / lock], folder=root)
    if status != 0:
        raise Stop(
            f"依赖没有装成：\n{last_lines(text)}\n"
            "请检查网络；需要镜像时先设置环境变量 PIP_INDEX_URL，再运行一次本命令。"
        )
    stamp.write_text(json.dumps({name: fingerprint(root / name) for name in COVERS[lock]}), encoding="utf-8")
    say("依赖已装好。")


def _stamp_file(root: Path) -> Path:
    return root / ".venv" / STAMP


def _stamp(root: Path) -> dict[str, str]:
    """What was installed last, by lock file; empty when nothing was or the note cannot be read."""
    try:
        noted = json.loads(_stamp_file(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}
