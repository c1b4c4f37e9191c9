"""Cases to and from another office through the window: written, looked at, taken in, shown, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from app.core.actions.settings import write_office
from app.core.documents.context import Office
from app.core.store import keys
from app.core.store.database import Store
from app.ui import life_words
from app.ui.desk_tab import DeskTab
from app.ui.desk_work import DeskWork
from app.ui.exchange_dialog import NOTHING, ExchangeDialog
from app.ui.main_window import MainWindow
from app.ui.session import Session
from tests.core.actions.test_actions import EARLY, NOW, WHO, take
from tests.core.actions.test_exchange import PHRASE, THEIRS, sent
from tests.core.workbooks import proposals
from tests.ui.conftest import Person, cut_words

Wait = Callable[[], None]


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Passphrases are stretched next to not at all."""
    with patch.multiple(keys, ARGON_PASSES=1, ARGON_KIBIBYTES=64, ARGON_LANES=1):
        yield


def opened(work: DeskWork) -> ExchangeDialog:
    work.exchange.ask()
    assert work.exchange.dialog is not None
    return work.exchange.dialog


@pytest.mark.usefixtures("imported")
def test_chosen_cases_go_out_under_a_passphrase_typed_twice(
    tab: DeskTab, work: DeskWork, session: Session, person: Person, settled: Wait, tmp_path: Path
) -> None:
    write_office(session.store, Office(name="样市人民检察院"), now=NOW, who=WHO)
    tab.table.selectAll()
    dialog = opened(work)
    dialog.phrase.setText("短")
    dialog.send.click()
    assert "太短" in dialog.fault.text()
    dialog.phrase.setText(PHRASE)
    dialog.send.click()
    assert "不一样" in dialog.fault.text()
    dialog.again.setText(PHRASE)
    person.new_file = tmp_path / "移送.jhwj"
    dialog.send.click()
    settled()
    assert person.new_file.exists()
    assert dialog.sent.text().startswith("已导出 3 件（3 行")
    assert not dialog.phrase.text()


def test_a_file_is_looked_at_taken_in_and_taken_back(
    window: MainWindow, work: DeskWork, session: Session, person: Person, settled: Wait, tmp_path: Path
) -> None:
    with Store.temporary() as other:
        write_office(other, Office(name=THEIRS), now=NOW, who=WHO)
        take(other, proposals(tmp_path / "名册.xlsx", {}, EARLY))
        path = sent(other, tmp_path)
        key = other.casebook.findings()[0].key
    dialog = opened(work)
    assert not dialog.send.isEnabled()
    dialog.tabs.setCurrentIndex(1)
    dialog.unlock.click()
    assert "请先选择文件" in dialog.wrong.text()
    person.files = [path]
    dialog.choose.click()
    dialog.secret.setText("不是这个口令")
    dialog.unlock.click()
    settled()
    assert "交换口令不正确" in person.errors[-1].what
    assert dialog.found.text() == NOTHING
    dialog.secret.setText(PHRASE)
    dialog.unlock.click()
    settled()
    assert "可导入 2 行，不导入 0 行" in dialog.found.text()
    assert THEIRS in dialog.found.text()
    assert dialog.words.rowCount() > 0
    assert cut_words(dialog) == []
    dialog.take.click()
    settled()
    assert len(list(session.reader.batches.records())) == 2
    assert [dialog.past.item(0, column).text() for column in (1, 4, 5)] == [THEIRS, "2", "0"]
    work.review()
    settled()
    told = session.reader.lives.told(key)
    assert f"{THEIRS}（交换文件）：待核查" in life_words.others_html(told.others)
    dialog.tabs.setCurrentIndex(2)
    dialog.back.click()
    settled()
    assert list(session.reader.batches.records()) == []
    assert dialog.past.rowCount() == 0
    assert "已撤回" in window.bar.text()
