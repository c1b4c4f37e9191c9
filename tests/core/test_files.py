"""Files are written whole or not at all, named for every system, and handed on to other programs."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import files
from app.core.errors import FileInUse, FolderUnwritable, UserError
from app.core.files import open_with_system, safe_name, unique_path, write_whole


def test_a_file_is_written_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "新 文件夹" / "名册.docx"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["名册.docx"]


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.ENOSPC, FolderUnwritable, "磁盘已满"),
        (errno.EROFS, FolderUnwritable, "不允许写入"),
        (errno.EACCES, FileInUse, "占用"),
        (errno.EIO, FolderUnwritable, "无法保存"),
    ],
)
def test_a_failure_is_said_and_the_good_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[UserError], words: str
) -> None:
    path = tmp_path / "名册.docx"
    path.write_bytes(b"good")

    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(kind) as caught:
        write_whole(path, b"new")
    assert words in caught.value.what
    assert caught.value.do.startswith("请")
    assert path.read_bytes() == b"good"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "果").write_bytes(b"")
    with pytest.raises(FolderUnwritable):
        write_whole(tmp_path / "果" / "a.docx", b"x")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("检察意见书（张某）", "检察意见书（张某）"),
        ('a<b>:"c"/d\\e|f?g*', "a_b___c__d_e_f_g_"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        (" .末尾. ", "末尾"),
        ("", "_"),
        ("...", "_"),
        ("第一行\n第二行", "第一行_第二行"),
    ],
)
def test_names_every_system_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=200))
def test_any_text_becomes_a_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert len(name) <= files.LONGEST_NAME + 1
    assert not set(name) & set('<>:"/\\|?*\n')
    assert name == name.strip(" .")


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    for expected in ("书.docx", "书(2).docx", "书(3).docx"):
        path = unique_path(tmp_path, "书", ".docx")
        assert path.name == expected
        path.write_bytes(b"")


def test_a_file_is_handed_to_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "书.docx"
    path.write_bytes(b"")
    seen: list[list[str]] = []

    def run(command: list[str], **_: Any) -> None:
        seen.append(command)

    monkeypatch.setattr(files.sys, "platform", "linux")
    monkeypatch.setattr(files.shutil, "which", lambda name: f"bin/{name}")
    monkeypatch.setattr(subprocess, "run", run)
    open_with_system(path)
    open_with_system(path, "print")
    assert seen == [["bin/xdg-open", str(path)], ["bin/lp", str(path)]]


@pytest.mark.parametrize("verb", ["open", "print"])
def test_no_program_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    path = tmp_path / "书.docx"
    path.write_bytes(b"")
    monkeypatch.setattr(files.sys, "platform", "linux")
    monkeypatch.setattr(files.shutil, "which", lambda _: None)
    with pytest.raises(UserError, match="没有程序能"):
        open_with_system(path, verb)


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到文件"):
        open_with_system(tmp_path / "没有.docx")
