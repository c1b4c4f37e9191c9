"""What goes into the built program and what stays out; read by app.spec, by build.py and by the tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM, SHOWN = "XingzhiZhijian", "刑执智检"
MADE_BY = "刑执智检 contributors"

# Read by Path(__file__) or imported by name at run time, which PyInstaller cannot see.
HIDDEN = ("_cffi_backend",)
WITH_DATA = ("pypinyin", "chinese_calendar")

NOT_IMPORTED = (
    *("tests", "installer", "pytest", "hypothesis", "mypy", "ruff", "test", "unittest", "doctest", "pdb", "pydoc"),
    *("pip", "setuptools", "pkg_resources", "distutils", "PyInstaller", "wheel", "ensurepip", "venv", "lib2to3"),
    *("tkinter", "_tkinter", "turtle", "idlelib", "IPython", "numpy", "pandas", "PIL", "matplotlib", "tzdata"),
    *("lxml.objectify", "lxml.isoschematron", "sqlite_utils.cli", "sqlite_utils.__main__"),
    *(f"PySide6.{each}" for each in ("QtNetwork", "QtQml", "QtQuick", "QtOpenGL", "QtDBus", "QtSql", "QtTest")),
    *("ssl", "_ssl", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib"),
)

# Qt's hook brings these along with the three modules that are used; none is wanted, some listen or call out.
_PARTS = r"(Network|Qml|Quick|Pdf|VirtualKeyboard|Sql|Test|Designer|Help|OpenGLWidgets|EglF[Ss]|Wl|Wayland)"
_NOT_PACKED = (
    rf"(^|/)(lib)?Qt6?{_PARTS}",
    r"(^|/)(opengl32sw|d3dcompiler_\d+)\.dll$",
    r"plugins/(tls|networkinformation|generic|sqldrivers|qmltooling|egldeviceintegrations|wayland[^/]*)/",
    r"plugins/platforms/(lib)?q(direct2d|minimal|minimalegl|eglfs|linuxfb|vnc|vkkhrdisplay|wayland[^/]*)\.",
    r"plugins/platforminputcontexts/(lib)?qtvirtualkeyboard",
    r"plugins/imageformats/(lib)?q(icns|pdf|tga|tiff|wbmp|webp|svg)",
    r"plugins/platformthemes/libqgtk3",
    r"translations/(?!qtbase_zh_CN\.qm$)",
    r"(^|/)libssl",
    r"(^|/)(tests?|tzdata)/",
    r"(^|/)lxml/(isoschematron|includes)/",
)
_LEFT_OUT = tuple(re.compile(each) for each in _NOT_PACKED)


def left_out(name: str) -> bool:
    """Whether a file stays out of the program, by its place there (either slash)."""
    place = name.replace("\\", "/")
    return any(each.search(place) for each in _LEFT_OUT)


def own_files() -> list[tuple[Path, str]]:
    """The project's files that are not code: law, tables, templates, samples, pictures; each with its folder there."""
    found = [
        each
        for top in ("app", "resources")
        for each in sorted((ROOT / top).rglob("*"))
        if each.is_file() and each.suffix not in (".py", ".pyc") and "__pycache__" not in each.parts
    ]
    return [(each, each.parent.relative_to(ROOT).as_posix()) for each in found]


def missing(names: Iterable[str]) -> list[str]:
    """The project's own files that an archive with these names lacks."""
    there = {each.replace("\\", "/") for each in names}
    return [place for file, folder in own_files() if (place := f"{folder}/{file.name}") not in there]


def unwanted(names: Iterable[str]) -> list[str]:
    """What an archive with these names should not hold: files left out above, and modules never to be imported."""
    never = {*NOT_IMPORTED}
    return [each for each in names if left_out(each) or any(f == each or each.startswith(f"{f}.") for f in never)]


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """A version such as 0.1.0 as the four numbers of Windows."""
    numbers = [int(each) for each in re.findall(r"\d+", version)][:4]
    one, two, three, four = numbers + [0] * (4 - len(numbers))
    return one, two, three, four


def version_resource(version: str) -> str:
    """What Windows shows under 属性 → 详细信息, in the notation PyInstaller reads."""
    numbers = version_numbers(version)
    strings = {
        "CompanyName": MADE_BY,
        "FileDescription": SHOWN,
        "FileVersion": version,
        "InternalName": PROGRAM,
        "LegalCopyright": "MIT License",
        "OriginalFilename": f"{PROGRAM}.exe",
        "ProductName": SHOWN,
        "ProductVersion": version,
    }
    listed = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('080404B0', [{listed}])]), "
        "VarFileInfo([VarStruct('Translation', [0x0804, 1200])])])\n"
    )
