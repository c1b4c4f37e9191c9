"""De-identified copies from the window: two folders are asked for, and the key goes into the other one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.ui import talk
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from tests.ui.conftest import Person


def test_copies_are_written_and_the_key_lies_elsewhere(
    tab: DeskTab,
    work: DeskWork,
    imported: Path,
    settled: Callable[[], None],
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folders: Iterator[Path | None] = iter((tmp_path / "副本", tmp_path / "副本", tmp_path / "副本", tmp_path / "另存"))
    monkeypatch.setattr(talk, "choose_folder", lambda *_: next(folders))
    tab.table.go_to(tab.model.ids[0])
    tab.more["masked"].trigger()
    settled()
    assert [each.what for each in person.errors] == ["选中的案件还没有生成文书"]
    work.papers.ask()
    settled()
    work.papers.dialog.accept()
    settled()
    person.errors.clear()
    tab.more["masked"].trigger()
    settled()
    assert [each.what for each in person.errors] == ["对照表不能与去标识副本放在一起"]
    tab.more["masked"].trigger()
    settled()
    assert len(list((tmp_path / "副本").rglob("*.docx"))) == 3
    assert len(list((tmp_path / "另存").rglob("*.xlsx"))) == 1
    assert person.said[-1].startswith("去标识副本 3 份；对照表另存在")
