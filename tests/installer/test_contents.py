"""What the built program holds: all of the project's own files, none of Qt's network, and the version Windows shows."""

from __future__ import annotations

import ast
import re

import pytest

from app import __version__
from installer import contents


def own_names() -> list[str]:
    return [f"{folder}/{file.name}" for file, folder in contents.own_files()]


def test_law_tables_and_templates_go_in_and_code_does_not() -> None:
    names = own_names()
    assert {name.rpartition(".")[2] for name in names} >= {"toml", "docx", "png", "xlsx"}
    assert not [name for name in names if name.endswith((".py", ".pyc"))]
    assert contents.missing(names) == []
    assert contents.unwanted(names) == []


def test_the_manual_with_its_pictures_goes_in() -> None:
    names = own_names()
    assert {"resources/manual/目录.toml", "resources/manual/使用手册.md", "resources/manual/图-导入.png"} <= set(names)
    manual = [file for file, folder in contents.own_files() if folder == "resources/manual" and file.suffix == ".png"]
    assert sum(file.stat().st_size for file in manual) < 500_000


def test_an_archive_of_windows_is_read_with_its_slashes() -> None:
    assert contents.missing(name.replace("/", "\\") for name in own_names()) == []


@pytest.mark.parametrize("ending", [".toml", ".docx", ".xlsx"])
def test_a_file_that_was_forgotten_is_named(ending: str) -> None:
    first = next(name for name in own_names() if name.endswith(ending))
    assert contents.missing(set(own_names()) - {first}) == [first]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6\\Qt6Network.dll",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6.QtNetwork",
        "PySide6\\plugins\\tls\\qschannelbackend.dll",
        "PySide6\\plugins\\platforms\\qdirect2d.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6\\Qt6VirtualKeyboard.dll",
        "PySide6/translations/qtbase_de.qm",
        "libssl-3.dll",
        "pip",
        "pip._internal",
        "tests.core.test_paths",
        "installer.build",
        "PyInstaller.building",
        "_ssl",
    ],
)
def test_these_stay_out(name: str) -> None:
    assert contents.unwanted([name]) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6\\Qt6Core.dll",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/lib/libQt6DBus.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6\\translations\\qtbase_zh_CN.qm",
        "app.core.paths",
        "pipes",
    ],
)
def test_these_stay(name: str) -> None:
    assert contents.unwanted([name]) == []


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("2.10", (2, 10, 0, 0)), ("1.2.3rc4", (1, 2, 3, 4))]
)
def test_versions_become_four_numbers(version: str, numbers: tuple[int, int, int, int]) -> None:
    assert contents.version_numbers(version) == numbers


def test_windows_shows_the_version_of_the_program() -> None:
    said = contents.version_resource(__version__)
    assert said.count(f"'{__version__}'") == 2
    assert re.findall(r"filevers=(\(.*?\))", said) == [str(contents.version_numbers(__version__))]
    assert "'刑执智检'" in said


def test_nothing_the_program_imports_is_left_out() -> None:
    for file in (contents.ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = [each.name for each in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if isinstance(node, ast.ImportFrom):
                named = [node.module or "", *(f"{node.module}.{each}" for each in named)]
            wanted = [each for each in named if each in contents.NOT_IMPORTED]
            assert not wanted, (file, wanted)
