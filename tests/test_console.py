"""A program without streams: whatever it prints must not fail for want of one, and is kept where that is possible."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from app import console
from app.__main__ import main


@contextmanager
def silent() -> Iterator[None]:
    """No streams, as in a windowed exe that nobody started from a console (a fixture would be undone by capturing)."""
    kept = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = None
    try:
        yield
        sys.stdout.close()  # one file for both
    finally:
        sys.stdout, sys.stderr = kept


def test_what_is_said_goes_to_a_file(tmp_path: Path) -> None:
    with silent():
        console.speak(tmp_path / "日 志")
        print("第一行")
        print("第二行", file=sys.stderr)
    assert (tmp_path / "日 志" / console.LINES).read_text(encoding="utf-8") == "第一行\n第二行\n"


def test_without_a_place_to_write_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "是文件").write_text("", encoding="utf-8")
    with silent():
        console.speak(tmp_path / "是文件")
        print("没有人看见")
        assert sys.stdout.name == os.devnull


def test_streams_that_are_there_are_kept_and_take_chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    raw = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(raw, encoding="ascii"))
    console.speak(tmp_path)
    print("刑执智检", flush=True)
    assert raw.getvalue().decode("utf-8") == "刑执智检\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (["batch", "没有这个文件.xlsx", "--out", "结果"], 3, "没有这个文件"),
        (["batch"], 2, "用法不对"),
        (["--help"], 0, "刑执智检"),
        (["--version"], 0, "."),
    ],
)
def test_every_command_line_runs_without_streams(
    argv: list[str], status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XZZJ_HOME", str(tmp_path / "家"))
    monkeypatch.chdir(tmp_path)
    with silent():
        try:
            given = main(argv)
        except SystemExit as end:
            given = int(end.code or 0)
    assert given == status
    assert said in (tmp_path / "家" / "日志" / console.LINES).read_text(encoding="utf-8")
