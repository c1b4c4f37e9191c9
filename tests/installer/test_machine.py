"""What Qt needs from the system: found out by trying, installed by root, otherwise told exactly."""

from collections.abc import Sequence
from typing import Any

import pytest

from installer import machine


@pytest.fixture(autouse=True)
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian machine whatever the real one is."""
    monkeypatch.setattr(machine.sys, "platform", "linux")
    monkeypatch.setattr(machine, "which", lambda _name: "apt-get")
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0, raising=False)


class System:
    """Stands in for the system: what is installed, and apt-get that installs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, missing: set[str], *, font: bool = True, works: bool = True):
        self.missing, self.font, self.works = missing, font, works
        self.commands: list[list[str]] = []
        monkeypatch.setattr(machine, "_loads", lambda name: name not in self.missing)
        monkeypatch.setattr(machine, "run_quietly", self.run)

    def run(self, command: Sequence[Any]) -> tuple[int, str]:
        if command[0] == "fc-list":
            return 0, "WenQuanYi Zen Hei\n" if self.font else ""
        self.commands.append(list(command))
        if not self.works:
            return 100, "Temporary failure resolving"
        if "install" in command:
            self.missing, self.font = set(), True
        return 0, ""


def test_nothing_is_done_when_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    system = System(monkeypatch, set())
    assert machine.prepare(screen=True)
    assert system.commands == []


def test_root_gets_what_is_missing_after_an_update(monkeypatch: pytest.MonkeyPatch) -> None:
    system = System(monkeypatch, {"libEGL.so.1"}, font=False)
    assert machine.prepare(screen=False)
    assert [command[:2] for command in system.commands] == [["apt-get", "update"], ["apt-get", "install"]]
    assert system.commands[1][-3:] == ["libegl1", "fontconfig", "fonts-wqy-zenhei"]


def test_libraries_of_the_screen_are_asked_for_only_with_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    System(monkeypatch, {"libxcb-cursor.so.0"})
    assert machine.missing_packages(screen=False) == []
    assert machine.missing_packages(screen=True) == ["libxcb-cursor0"]


def test_failed_installation_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    System(monkeypatch, {"libGL.so.1"}, works=False)
    assert not machine.prepare(screen=False)
    said = capsys.readouterr().out
    assert "Temporary failure" in said
    assert "仍缺系统库：libGL.so.1" in said


def test_others_get_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    system = System(monkeypatch, {"libGL.so.1"})
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000, raising=False)
    assert not machine.prepare(screen=False)
    assert system.commands == []
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1"
    assert command in capsys.readouterr().out


def test_without_apt_the_packages_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    System(monkeypatch, {"libGL.so.1"})
    monkeypatch.setattr(machine, "which", lambda _name: None)
    assert not machine.prepare(screen=False)
    assert "libgl1" in capsys.readouterr().out


def test_missing_font_is_told_but_no_hindrance(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    System(monkeypatch, set(), font=False, works=False)
    assert machine.prepare(screen=False)
    assert "方块" in capsys.readouterr().out


def test_other_systems_need_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    system = System(monkeypatch, {"libGL.so.1"}, font=False)
    monkeypatch.setattr(machine.sys, "platform", "win32")
    assert machine.prepare(screen=True)
    assert system.commands == []
    assert machine.has_display()


def test_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not machine.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert machine.has_display()


def test_a_library_that_is_nowhere_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert not machine._loads("libnot-there-at-all.so.9")
