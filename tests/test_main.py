"""The door: what the command line asks for, and what a fault of the program looks like from outside."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import main
from tests.core.workbooks import proposals

ROOT = Path(__file__).parents[1]


def test_the_headless_run_as_a_process(tmp_path: Path) -> None:
    book = proposals(tmp_path / "带 空格 的文件夹" / "名册.xlsx", {})
    words = [sys.executable, "-m", "app", "batch", str(book), "--out", str(tmp_path / "结 果")]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, check=False, env={"PYTHONUTF8": "1", "PATH": ""})
    assert (run.returncode, run.stderr.decode()) == (0, "")
    assert (tmp_path / "结 果" / "findings.json").exists()


def test_without_a_display_the_window_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for each in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([]) == 1
    assert "显示器" in capsys.readouterr().err


def test_a_bug_is_one_line_and_a_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError("an inner fault")

    monkeypatch.setenv("XZZJ_HOME", str(tmp_path))
    monkeypatch.setattr("app.core.batch.main", broken)
    assert main(["batch", "x", "--out", "y"]) == 1
    said = capsys.readouterr().err
    assert "程序出错" in said
    assert "Traceback" not in said
    [log] = (tmp_path / "日志").glob("*.txt")
    assert "an inner fault" in log.read_text(encoding="utf-8")


def test_a_packed_helper_never_opens_the_window() -> None:
    door = ast.parse((ROOT / "app" / "__main__.py").read_text(encoding="utf-8")).body[-1]
    assert isinstance(door, ast.If)
    packed, opens = door.body
    assert isinstance(packed, ast.If)
    assert ast.unparse(packed.test) == "hasattr(sys, 'frozen')"
    assert ast.unparse(packed.body[-1]) == "multiprocessing.freeze_support()"
    assert "main(" in ast.unparse(opens)
