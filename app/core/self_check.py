"""What the program can show of itself: that it is offline, where it keeps its things, and which copy of it this is."""

from __future__ import annotations

import hashlib
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from app import __version__
from app.core import offline, paths

LIBRARIES = (
    "PySide6",
    "sqlcipher3-wheels",
    "sqlcipher3",
    "sqlite-utils",
    "argon2-cffi",
    "docxtpl",
    "lxml",
    "xlsxwriter",
)
WHY_LOADED = {
    "socket": "供本程序的几个进程之间传数据",
    "_ssl": "随 Python 装入，没有使用",
    "ssl": "随 Python 装入，没有使用",
}
GOOD, LOOK = "正常", "请留意"
PIECE = 1 << 20


class Line(NamedTuple):
    """One thing that was looked at: under which heading, what, what was found, and whether all is well."""

    part: str
    what: str
    found: str
    good: bool = True


def network_lines() -> list[Line]:
    """Whether anything reached for the network since the program began."""
    part, refused = "不连网", offline.refused()
    modules, connections = offline.network_modules(), offline.connections()
    loaded = "、".join(f"{each}（{WHY_LOADED.get(each, '不应装入')}）" for each in modules)
    if connections is None:
        held = "本系统查不到，以其他各项为准"
    else:
        held = f"{len(connections)} 个：{'；'.join(connections)}" if connections else "没有"
    return [
        Line(
            part,
            "联网拦截",
            "已开启：程序里任何部分都打不开网络连接" if offline.on_guard() else "没有开启",
            offline.on_guard(),
        ),
        Line(part, "被拦截的联网企图", f"{len(refused)} 次：{'、'.join(refused)}" if refused else "没有", not refused),
        Line(part, "本程序持有的网络连接", held, not connections),
        Line(part, "已装入的网络模块", loaded or "没有", all(each in WHY_LOADED for each in modules)),
    ]


def place_lines(store: Path, backups: Path, second: str) -> list[Line]:
    """Where everything lies."""
    part = "存放位置"
    return [
        Line(part, "数据", str(store)),
        Line(part, "备份", str(backups)),
        Line(part, "第二份备份", second or "没有设置", bool(second)),
        Line(part, "运行日志", str(paths.log_folder())),
        Line(part, "个人设置", str(paths.settings_file())),
        Line(part, "文书", str(paths.documents_folder())),
    ]


def program_lines(law: str) -> list[Line]:
    """Which copy of the program this is; reads the program file."""
    part = "程序"
    built = bool(getattr(sys, "frozen", False))
    file = Path(sys.executable) if built else paths.APP
    return [
        Line(part, "版本", __version__),
        Line(part, "法律数据", law),
        Line(part, "程序文件", str(file)),
        Line(part, "SHA-256", _digest(file) if built else _digest_of_all(file)),
        Line(part, "系统", f"{platform.system()} {platform.release()}，Python {platform.python_version()}"),
        Line(part, "组件", "，".join(_versions())),
    ]


def as_text(lines: list[Line], now: str) -> str:
    """All of it as a text to be kept or handed in."""
    told, part = [f"刑执智检自检结果　{now.replace('T', ' ')}"], ""
    for each in lines:
        if each.part != part:
            part = each.part
            told += ["", f"【{part}】"]
        told.append(f"{each.what}：{each.found}{'' if each.good else f'（{LOOK}）'}")
    return "\n".join(told) + "\n"


def _versions() -> list[str]:
    found = []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return found


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _digest_of_all(folder: Path) -> str:
    """One digest of all modules of a checkout, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{digest.hexdigest()}（全部源文件）"
