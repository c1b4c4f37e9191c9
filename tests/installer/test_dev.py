"""The command line of dev.py: what each command does in which order, and its exit status."""

import ast
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from installer import console, dev

ROOT = Path(dev.__file__).resolve().parent.parent


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been run; they all succeed."""
    commands: list[list[str]] = []

    def run(command: Sequence[Any], **_words: Any) -> int:
        commands.append([str(word) for word in command[1:]])
        return 0

    monkeypatch.setattr(dev, "run", run)
    monkeypatch.setattr(dev.environment, "prepare", lambda _root, lock: Path(lock))
    monkeypatch.setattr(dev.machine, "prepare", lambda *, screen: True)
    return commands


def test_test_runs_the_checks_then_the_suite(ran: list[list[str]]) -> None:
    assert dev.main(["test", "tests/core", "-k", "间隔", "-x"]) == 0
    assert [command[1] for command in ran] == ["ruff", "ruff", "mypy", "pytest"]
    assert ran[-1][2:] == ["-n", str(os.cpu_count() or 1), "tests/core", "-k", "间隔", "-x"]


@pytest.mark.parametrize("broken", ["ruff", "mypy", "pytest"])
def test_any_failure_fails_but_the_suite_is_run(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    succeed = dev.run
    monkeypatch.setattr(dev, "run", lambda command, **words: succeed(command, **words) or int(broken in command))
    assert dev.main(["test"]) == 1
    assert ran[-1][1] == "pytest"


def test_run_opens_the_window_on_the_users_own_store(ran: list[list[str]]) -> None:
    assert dev.main(["run"]) == 0
    assert ran == [["-m", "app"]]


class Demo:
    """Stands in for the demonstration: notes whether the window was shown."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, good: bool = True, store: bool = True) -> None:
        self.good, self.store = good, store
        self.shown = False
        monkeypatch.setattr(dev.demo, "review_samples", self.review)
        monkeypatch.setattr(dev.demo, "show", self.show)

    def review(self, _root: Path, _python: Path, out: Path) -> bool:
        out.mkdir(parents=True)
        if self.store:
            (out / dev.demo.STORE).write_bytes(b"")
        return self.good

    def show(self, _root: Path, _python: Path, _out: Path) -> bool:
        self.shown = True
        return True


@pytest.mark.parametrize(
    ("words", "display", "shown"),
    [
        ([], True, True),
        ([], False, False),
        (["--no-window"], True, False),
        (["--window"], False, True),
    ],
)
def test_window_of_the_demonstration(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], display: bool, shown: bool
) -> None:
    demo = Demo(monkeypatch)
    monkeypatch.setattr(dev.machine, "has_display", lambda: display)
    assert dev.main(["demo", "--out", str(tmp_path / "out"), *words]) == 0
    assert demo.shown is shown


def test_differences_fail_even_when_the_window_was_fine(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    demo = Demo(monkeypatch, good=False)
    assert dev.main(["demo", "--window", "--out", str(tmp_path / "out")]) == 1
    assert demo.shown


def test_no_window_without_data(ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    demo = Demo(monkeypatch, good=False, store=False)
    assert dev.main(["demo", "--window", "--out", str(tmp_path / "out")]) == 1
    assert not demo.shown


def test_a_reason_to_stop_is_told_without_traceback(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_root: Path, _lock: str) -> Path:
        raise console.Stop("依赖没有装成")

    monkeypatch.setattr(dev.environment, "prepare", stop)
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().out == "依赖没有装成\n"


@pytest.mark.parametrize("words", [[], ["dmeo"], ["demo", "--what"], ["demo", "--window", "--no-window"], ["run", "x"]])
def test_wrong_usage_is_told_in_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        dev.main(words)
    assert left.value.code == 2
    said = capsys.readouterr()
    assert "命令写得不对" in said.out
    assert "usage" not in said.out + said.err


@pytest.mark.parametrize("name", ["dev", "console", "environment", "machine", "answers", "demo"])
def test_standard_library_only(name: str) -> None:
    tree = ast.parse((ROOT / "installer" / f"{name}.py").read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {each.split(".")[0] for each in plain | from_} <= {*sys.stdlib_module_names, "installer"}


def test_help_needs_no_environment_and_survives_a_plain_terminal(tmp_path: Path) -> None:
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, str(ROOT / "installer" / "dev.py"), "demo", "--help"]
    done = subprocess.run(command, cwd=tmp_path, env=plain, capture_output=True, check=True)
    assert "不打开窗口" in done.stdout.decode("utf-8")


def test_children_speak_utf8_and_are_not_bent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONIOENCODING", "")
    folder = tmp_path / "检察 办案"
    folder.mkdir()
    status, text = console.run_quietly([sys.executable, "-c", "import os; print(os.getcwd())"], folder=folder)
    assert (status, Path(text.strip()).name) == (0, "检察 办案")
    assert "PYTHONPATH" not in console.child_environment()


def test_a_program_that_is_not_there_is_no_crash() -> None:
    assert console.run_quietly(["not-there-at-all"])[0] == 127
