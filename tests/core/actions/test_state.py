"""How a desk stands: how old its lists are, what is missing for which checks, and where the leads are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.state import WEIGHTS, desk_state
from app.core.jobs import Ticket
from app.core.store.database import Store
from tests.core.actions.test_endings import DESK, Play

BAD = {"社区矫正结束日期": "2028-03-13"}


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with Store.temporary() as store:
        yield Play(store, tmp_path)


def test_lists_lacks_and_units(play: Play) -> None:
    play.take(
        [
            {"file": "名册（截至2026年6月30日）.xlsx", "sheet": "名册", "rows": [BAD]},
            {"file": "判决.xlsx", "sheet": "法院裁判", "rows": [{}]},
        ]
    )
    play.review()
    shown = desk_state(play.store, DESK, date(2026, 7, 1), ticket=Ticket())
    lists = {each.table: each for each in shown.lists}
    assert (lists["T02"].until, lists["T02"].stated, lists["T02"].rows) == (date(2026, 6, 30), True, 1)
    assert (lists["T01"].until, lists["T01"].stated) == (date(2026, 7, 1), False)
    assert not lists["T04"].batches
    assert not lists["T02"].old
    assert desk_state(play.store, DESK, date(2026, 9, 1), ticket=Ticket()).lists[0].old
    assert [bool(each.batches) for each in shown.lists[:3]] == [True, True, False]
    assert 0 < shown.runs < shown.rules
    lack = next(each for each in shown.lacks if "法律文书接收登记" in each.item)
    assert lack.holder
    assert any(each.startswith("SJ-07") for each in lack.rules)
    (unit,) = [each for each in shown.units if each.unit == "样本县第一司法所"]
    assert sum(unit.counts[place] for place, each in enumerate(WEIGHTS) if each.startswith("违法")) >= 1
