"""A duty is a row of data: added to a file it is judged, by row and by person, without any code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.core.checks.duties import enter
from app.core.checks.duty_account import Terms
from app.core.checks.persons import Dossier, Lists, day_of
from app.core.checks.rule import Book, run_rule
from app.core.findings import Gravity, Level, Outcome, Verdict
from app.core.law import duties
from app.core.law.book import LawBook, shipped
from app.core.people.index import find_people
from app.core.records import Cell, Record, Value

DAY = date(2026, 6, 30)
RULE = """
[[rule]]
id = "TT-01"
name = "样本"
gravity = "较重"
about = ["T20"]
documents = ["口头纠正", "纠正违法通知书"]
"""
DUTY = """
[[duty]]
id = "sample"
rule = "TT-01"
holder = "样本机关"
act = "向{recipient}送达{document}"
recipient = "样本单位"
document = "样本文书"
on_name = "释放日期"
done_name = "送达日"
late = [[1, "轻微"], [6, "较重"]]
absent = "较重"
cites = ["CCL-20"]
"""
BY_DAY = DUTY + 'on = "released"\ndays = 5\ndone = [{ at = "T21.sent_on", has = { documents = ["判决"] } }]\n'
BY_ROW = DUTY + 'on = "T21.sent_on"\ndays = 5\ndone = ["T21.served_on"]\n'


@dataclass(frozen=True)
class Sample:
    """A case of another desk than correction: a dossier and nothing else."""

    dossier: Dossier
    law: LawBook
    memo: dict[object, Any] = field(default_factory=dict)

    def rows(self, table: str) -> list[Record]:
        return self.dossier.rows(table)


TERMS = Terms[Sample](
    kind=lambda case: "甲类",
    days={"released": lambda case: (day_of(case.rows("T20")[0], "released_on"), case.rows("T20")[0], "released_on")},
    conditions={"never": lambda case: "从不适用"},
    fits={},
)


def record(table: str, row: int = 2, **values: Value) -> Record:
    cells = {"name": "测试甲", "id_number": "110101199001010015", **values}
    return Record(
        table, f"{table}.xlsx", "表", row, {key: Cell(value, str(value), key) for key, value in cells.items()}
    )


def ask(folder: Path, text: str, *records: Record, as_of: date = DAY, since: date | None = None) -> list[Verdict]:
    file = folder / "more.toml"
    file.write_text(text, encoding="utf-8")
    book: Book[Sample] = Book()
    enter(book, duties.load([file]), TERMS, "TT-")
    lists = Lists(as_of, {"T20": as_of, "T21": as_of}, since={"T21": since} if since else {})
    rows = [record("T20", released_on=date(2026, 3, 2)), *records]
    case = Sample(Dossier(find_people(rows).all[0], lists), shipped())
    return run_rule(book["TT-01"], case, shipped(), as_of, weak=frozenset(), holder="样本")


def sent(day: date | None, documents: str = "判决书", **more: Value) -> Record:
    return record("T21", sent_on=day, documents=documents, **more)


@pytest.mark.parametrize(
    ("day", "gravity"),
    [
        (date(2026, 3, 9), None),  # the fifth day is a Saturday, moved to Monday
        (date(2026, 3, 10), Gravity.SLIGHT),
        (date(2026, 3, 14), Gravity.SLIGHT),
        (date(2026, 3, 15), Gravity.SERIOUS),
    ],
)
def test_a_duty_added_to_a_file_is_judged_by_its_days(tmp_path: Path, day: date, gravity: Gravity | None) -> None:
    (found,) = ask(tmp_path, RULE + BY_DAY, sent(day))
    assert (found.outcome is Outcome.FOUND) is (gravity is not None)
    assert found.gravity is gravity
    if gravity is not None:
        owed = "释放日期2026-03-02，样本机关至迟应于2026-03-09向样本单位送达样本文书"
        assert found.message == f"{owed}，送达日为{day}，逾期{(day - date(2026, 3, 9)).days}日"
        assert (found.document == "口头纠正") is (gravity is Gravity.SLIGHT)
        assert {each.field for each in found.evidence} == {"released_on", "sent_on"}


def test_what_another_row_says_counts_and_other_documents_do_not(tmp_path: Path) -> None:
    (kept,) = ask(tmp_path, RULE + BY_DAY, sent(date(2026, 3, 5)), replace(sent(date(2026, 4, 5)), row=3))
    (absent,) = ask(tmp_path, RULE + BY_DAY, sent(date(2026, 3, 5), "样本清单"))
    assert (kept.outcome, absent.level) == (Outcome.LAWFUL, Level.UNLAWFUL)
    assert "没有送达日的记录" in absent.message


def test_what_was_done_before_the_day_counts_for_a_day_of_the_case(tmp_path: Path) -> None:
    (kept,) = ask(tmp_path, RULE + BY_DAY, sent(date(2026, 2, 27)))
    assert kept.outcome is Outcome.LAWFUL


def test_each_row_of_a_list_is_judged_by_itself(tmp_path: Path) -> None:
    rows = [sent(date(2026, 4, 1), served_on=date(2026, 4, 3))]
    rows += [replace(sent(date(2026, 5, 11), served_on=date(2026, 5, 19)), row=3)]
    rows += [replace(sent(date(2026, 6, 1), served_on=None), row=4)]
    found = ask(tmp_path, RULE + BY_ROW, *rows)
    assert [(each.level, each.gravity) for each in found] == [
        (Level.UNLAWFUL, Gravity.SLIGHT),
        (Level.UNLAWFUL, Gravity.SERIOUS),
    ]
    assert len({each.fact for each in found}) == 2


def test_nothing_is_missed_before_it_is_due_or_where_the_list_cannot_tell(tmp_path: Path) -> None:
    (waiting,) = ask(tmp_path, RULE + BY_DAY, as_of=date(2026, 3, 9))
    (young,) = ask(tmp_path, RULE + BY_DAY, sent(date(2026, 6, 1), "样本清单"), since=date(2026, 5, 1))
    assert waiting.outcome is Outcome.LAWFUL
    assert young.outcome is Outcome.NOT_EVALUATED
    assert "从2026-05-01开始" in young.missing[0]


def test_an_unknown_year_of_holidays_gives_a_doubt(tmp_path: Path) -> None:
    rows = [sent(date(2030, 6, 7), served_on=date(2030, 6, 20))]
    (found,) = ask(tmp_path, RULE + BY_ROW, *rows, as_of=date(2030, 12, 31))
    assert (found.level, found.gravity) == (Level.DOUBT, None)
    (kept,) = ask(
        tmp_path, RULE + BY_ROW, sent(date(2030, 6, 7), served_on=date(2030, 6, 12)), as_of=date(2030, 12, 31)
    )
    assert kept.outcome is Outcome.LAWFUL


def test_months_workdays_and_conditions(tmp_path: Path) -> None:
    months = BY_ROW.replace("days = 5", 'days = 1\ncounting = "months"')
    workdays = BY_ROW.replace("days = 5", 'days = 5\ncounting = "workdays"')
    last = sent(date(2026, 1, 31), served_on=date(2026, 2, 28))
    assert ask(tmp_path, RULE + months, last)[0].outcome is Outcome.LAWFUL
    late = sent(date(2026, 3, 2), served_on=date(2026, 3, 10))
    assert "逾期1日" in ask(tmp_path, RULE + workdays, late)[0].message
    other = BY_ROW + 'kinds = ["乙类"]\n'
    assert ask(tmp_path, RULE + other, late)[0].steps == ("不适用于甲类",)
    never = BY_ROW + 'only = ["never"]\n'
    assert ask(tmp_path, RULE + never, late)[0].steps == ("从不适用",)


def test_a_duty_that_is_not_in_force_is_not_judged(tmp_path: Path) -> None:
    old = BY_ROW + "to = 2020-12-31\n"
    newer = old + BY_ROW.replace('"sample"', '"newer"').replace("days = 5", "days = 15") + "from = 2021-01-01\n"
    late = sent(date(2026, 3, 2), served_on=date(2026, 3, 12))
    assert ask(tmp_path, RULE + old, late)[0].outcome is Outcome.NOT_EVALUATED
    assert ask(tmp_path, RULE + newer, late)[0].outcome is Outcome.LAWFUL
