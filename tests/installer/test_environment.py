"""The environment is built once, again when its lock changes, and never half noted."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from installer import environment
from installer.console import Stop

VERSION = f"{sys.version_info.major} {sys.version_info.minor}\n"


class Shell:
    """Stands in for the programs that are started: notes each command, answers (status, text) by a word in it."""

    def __init__(self, **answers: tuple[int, str]) -> None:
        self.answers = {"version_info": (0, VERSION), "venv": (0, ""), "install": (0, ""), **answers}
        self.commands: list[list[str]] = []

    def __call__(self, command: Sequence[Any], *, folder: Path | None = None) -> tuple[int, str]:
        words = [str(word) for word in command]
        self.commands.append(words)
        return next(answer for word, answer in self.answers.items() if any(word in each for each in words[1:]))

    def count(self, word: str) -> int:
        return sum(word in command for command in self.commands)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "检察 办案"
    (root / ".venv").mkdir(parents=True)
    (root / "requirements.txt").write_text("a==1\n", encoding="utf-8")
    (root / "requirements-dev.txt").write_text("a==1\nb==2\n", encoding="utf-8")
    return root


def prepare(root: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, lock: str = environment.RUNTIME) -> Path:
    monkeypatch.setattr(environment, "run_quietly", shell)
    return environment.prepare(root, lock)


def test_installs_with_hashes_from_the_lock(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    python = prepare(root, shell, monkeypatch)
    assert python == environment.venv_python(root)
    install = next(command for command in shell.commands if "install" in command)
    assert install[0] == str(python)
    assert install[-3:] == ["--require-hashes", "-r", str(root / "requirements.txt")]


def test_second_time_installs_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    prepare(root, shell, monkeypatch)
    prepare(root, shell, monkeypatch)
    assert shell.count("install") == 1
    assert shell.count("venv") == 0


def test_development_lock_covers_the_runtime(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    prepare(root, shell, monkeypatch, environment.DEVELOPMENT)
    prepare(root, shell, monkeypatch, environment.RUNTIME)
    assert shell.count("install") == 1


def test_runtime_does_not_cover_the_development_lock(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    prepare(root, shell, monkeypatch, environment.RUNTIME)
    prepare(root, shell, monkeypatch, environment.DEVELOPMENT)
    assert shell.count("install") == 2


def test_changed_lock_is_installed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    prepare(root, shell, monkeypatch)
    (root / "requirements.txt").write_text("a==2\n", encoding="utf-8")
    prepare(root, shell, monkeypatch)
    assert shell.count("install") == 2


def test_line_ends_do_not_count(root: Path) -> None:
    lock = root / "requirements.txt"
    before = environment.fingerprint(lock)
    lock.write_bytes(b"a==1\r\n")
    assert environment.fingerprint(lock) == before


@pytest.mark.parametrize("answer", [(127, "no such file"), (0, "3 9\n"), (1, "No module named pip")])
def test_unusable_environment_is_built_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, str]
) -> None:
    shell = Shell(version_info=answer)
    prepare(root, shell, monkeypatch)
    assert shell.count("venv") == 1


def test_failed_installation_is_told_and_not_noted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(root, Shell(), monkeypatch)
    (root / "requirements.txt").write_text("a==2\n", encoding="utf-8")
    with pytest.raises(Stop, match=r"没有装成.*\n.*no network(.|\n)*镜像"):
        prepare(root, Shell(install=(1, "no network")), monkeypatch)
    shell = Shell()
    prepare(root, shell, monkeypatch)
    assert shell.count("install") == 1


def test_missing_venv_module_is_obtained_where_that_can_be_done(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(version_info=(127, ""), venv=(1, "ensurepip is not available"))
    obtained: list[str] = []

    def obtain(packages: list[str]) -> None:
        obtained.extend(packages)
        shell.answers["venv"] = (0, "")

    monkeypatch.setattr(environment.sys, "platform", "linux")
    monkeypatch.setattr(environment.machine, "obtain", obtain)
    prepare(root, shell, monkeypatch)
    assert obtained == [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    assert shell.count("install") == 1


def test_environment_that_cannot_be_built_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.machine, "obtain", lambda _packages: None)
    with pytest.raises(Stop, match=r"没有建成(.|\n)*ensurepip"):
        prepare(root, Shell(version_info=(127, ""), venv=(1, "ensurepip is not available")), monkeypatch)


def test_unreadable_note_means_install(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / ".venv" / environment.STAMP).write_text("{", encoding="utf-8")
    shell = Shell()
    prepare(root, shell, monkeypatch)
    assert shell.count("install") == 1
