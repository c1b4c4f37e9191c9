"""The office's own words: what is filled in comes back, its rank too."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.core.documents.context import Office
from app.core.documents.levels import Rank
from app.ui.office_form import OfficeForm


def test_the_words_and_the_rank_come_back(qtbot: QtBot) -> None:
    office = Office("样本县人民检察院", "样本", "刑执", "", "检察员甲", "样本县", Rank.DISTRICT)
    form = OfficeForm(office)
    qtbot.addWidget(form)
    assert form.office() == office
    form.level.setCurrentIndex(0)
    assert form.office().level == ""


def test_an_unknown_rank_is_none(qtbot: QtBot) -> None:
    form = OfficeForm(Office(level="别的"))
    qtbot.addWidget(form)
    assert form.office() == Office()
