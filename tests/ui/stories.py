"""What the whole way is gone with on each desk: a list of an office that names one column as nobody does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.core.actions.test_people_desks import ROSTER
from tests.core.checks.deskcases import spread
from tests.core.workbooks import PROPOSAL, write_book

DAY = date(2026, 6, 30)
ODD, NAME = "服刑对象", "姓名"
RELEASED = spread("deprivation", {"id": "way", "base": "release", "why": "the way"})["tables"]


@dataclass(frozen=True, slots=True)
class Story:
    """A desk's title, its list and what kind of table that is; whom it finds fault with, by which rule and cell.

    `paper` is the document that goes out, `about` a word that stands in it, `more` the other lists sent with it.
    """

    desk: str
    table: str
    rows: Sequence[Mapping[str, object]]
    person: str
    rule: str
    column: str
    paper: str
    about: str
    more: Mapping[str, Sequence[Mapping[str, object]]]

    def books(self, folder: Path) -> list[Path]:
        """The workbooks as they were sent: a title row, and the names in a column nobody calls so."""
        odd = [{ODD if key == NAME else key: value for key, value in row.items()} for row in self.rows]
        paths = [write_book(folder / "送来的.xlsx", ("表一", odd), title="例县送来的名单")]
        for name, rows in self.more.items():
            paths.append(write_book(folder / f"{name}.xlsx", ("名单", list(rows))))
        return paths


def _person(row: Mapping[str, object], name: str, number: str, **changes: object) -> dict[str, object]:
    return {NAME: name, "身份证号": number, **row, **changes}


STORIES = (
    Story(
        desk="减刑审查",
        table="提请减刑(假释)案件表",
        rows=(PROPOSAL, {**PROPOSAL, "罪犯编号": "9000000002", NAME: "钱样二", "报请日期": "2022.2.20"}),
        person="钱样二",
        rule="JX-T01",
        column="报请日期",
        paper="减刑提请检察意见书",
        about="钱样二",
        more={},
    ),
    Story(
        desk="社区矫正",
        table="社区矫正对象名册",
        rows=(ROSTER,),
        person="测试甲",
        rule="SJ-20",
        column="社区矫正结束日期",
        paper="纠正违法通知书",
        about="测试甲",
        more={},
    ),
    Story(
        desk="剥夺政治权利",
        table="刑满释放(假释)附加剥权名单",
        rows=(_person(RELEASED["T19"][0], "测试乙", "110101199002020012"),),
        person="测试乙",
        rule="BQ-02",
        column="释放日期",
        paper="纠正违法通知书",
        about="测试乙",
        more={"列管": [_person(RELEASED["T20"][0], "测试丙", "110101199003030019")]},
    ),
)
