"""What Qt needs from the system on Linux: its libraries, and a font with Chinese characters."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from shutil import which

from installer.console import last_lines, run_quietly, say

# library file → Debian/Ubuntu package
ALWAYS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
ON_SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
FONT_PACKAGES = ["fontconfig", "fonts-wqy-zenhei"]


def prepare(*, screen: bool) -> bool:
    """See that the libraries and the font are there, and install them where that is possible.

    `screen`: also what a window on a real display needs. False when a library is still missing;
    a missing font is only told, since the program runs without it (the characters show as boxes).
    """
    if not sys.platform.startswith("linux"):
        return True
    packages = missing_packages(screen=screen)
    if packages:
        obtain(packages)
    libraries = missing_libraries(screen=screen)
    if libraries:
        say(f"仍缺系统库：{'、'.join(libraries)}，窗口打不开。")
    elif not has_chinese_font():
        say("仍缺中文字体，窗口里的汉字可能显示为方块。")
    else:
        say("系统库和中文字体齐备。")
    return not libraries


def obtain(packages: list[str]) -> None:
    """Install as root on Debian and its kin; otherwise print what the person has to run."""
    commands = install_commands(packages)
    if which("apt-get") is None:
        say(f"缺少系统组件（Debian/Ubuntu 的包名）：{' '.join(packages)}。请用本机的包管理器安装。")
        return
    if os.geteuid() != 0:
        say("缺少系统组件，请执行：\n  " + " && ".join("sudo " + " ".join(command) for command in commands))
        return
    say(f"正在安装系统组件：{' '.join(packages)}……")
    for command in commands:
        status, text = run_quietly(command)
        if status != 0:
            say(f"“{' '.join(command)}”没有成功：\n{last_lines(text, 8)}")


def missing_libraries(*, screen: bool) -> list[str]:
    """The library files of the list that do not load here."""
    wanted = {**ALWAYS, **ON_SCREEN} if screen else ALWAYS
    return [name for name in wanted if not _loads(name)]


def missing_packages(*, screen: bool) -> list[str]:
    """The packages to install, in the names of Debian and Ubuntu."""
    packages = [{**ALWAYS, **ON_SCREEN}[name] for name in missing_libraries(screen=screen)]
    return packages + ([] if has_chinese_font() else FONT_PACKAGES)


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese characters."""
    status, text = run_quietly(["fc-list", ":lang=zh", "family"])
    return status == 0 and bool(text.strip())


def has_display() -> bool:
    """Whether a window could be shown to somebody."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def install_commands(packages: Iterable[str]) -> list[list[str]]:
    """The two commands that bring the packages; the list of packages is fetched first, it may be empty or old."""
    get = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return [["apt-get", "update"], get]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
