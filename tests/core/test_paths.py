"""Where things are kept: in the user's own folders, in one named folder, or beside a program that is carried about."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.core import paths


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a built program lies in."""
    folder = tmp_path / "U 盘"
    folder.mkdir()
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "XingzhiZhijian.exe"))
    return folder


@pytest.mark.parametrize("marker", ["portable", "portable.txt"])
def test_with_the_marker_everything_lies_beside_the_program(stick: Path, marker: str) -> None:
    (stick / marker).touch()
    home = stick / "刑执智检数据"
    assert paths.default_store() == home / "刑执智检.db"
    assert paths.settings_file() == home / "设置.toml"
    assert paths.log_folder() == home / "日志"
    assert paths.documents_folder() == home / "文书"


def test_without_the_marker_nothing_lies_beside_the_program(stick: Path) -> None:
    places = (paths.default_store(), paths.settings_file(), paths.log_folder(), paths.documents_folder())
    assert not any(each.is_relative_to(stick) for each in places)


def test_a_checkout_is_never_portable(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stick / "portable").touch()
    monkeypatch.delattr(sys, "frozen")
    assert paths.portable_folder() is None


def test_on_another_drive_the_store_beside_the_program_is_opened(stick: Path) -> None:
    (stick / "portable").touch()
    assert paths.store_to_open(str(stick / "旧盘符" / "刑执智检.db")) == paths.default_store()


def test_a_store_opened_before_is_opened_again(stick: Path) -> None:
    (stick / "portable").touch()
    other = stick / "别处.db"
    other.touch()
    assert paths.store_to_open(str(other)) == other


def test_without_a_stick_a_store_that_is_gone_is_still_asked_for(tmp_path: Path) -> None:
    assert paths.store_to_open(str(tmp_path / "没有了.db")) == tmp_path / "没有了.db"
    assert paths.store_to_open("") == paths.default_store()


def test_resources_are_where_the_program_looks() -> None:
    assert (paths.RESOURCES / "samples").is_dir()
