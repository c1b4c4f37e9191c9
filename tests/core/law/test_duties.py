"""The shipped duties rest on provisions and tables that exist; a broken file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.intake.declared import tables
from app.core.law import book, duties
from app.core.law.duties import Duty, Spot
from app.core.records import FieldType

TABLE = duties.shipped()
LAW = book.shipped()
ROW = """
[[rule]]
id = "TT-01"
name = "样本"
gravity = "轻微"
about = ["T04"]
[[duty]]
id = "one"
rule = "TT-01"
holder = "甲"
act = "通知{recipient}"
recipient = "乙"
on = "T04.received_on"
on_name = "收文日期"
days = 5
done_name = "回执日期"
done = ["T04.receipt_on"]
cites = ["CCL-20"]
"""


def spots(duty: Duty) -> list[Spot]:
    return [*duty.done, *duty.also, *duty.hints, *duty.beside, *([duty.row] if duty.row else [])]


@pytest.mark.parametrize("duty", TABLE.duties, ids=lambda each: each.id)
def test_every_duty_names_fields_and_law_that_exist(duty: Duty) -> None:
    assert duty.cites
    assert all(LAW.provision(each) for each in duty.cites)
    assert isinstance(duty.days, int) or duty.days in LAW.parameters
    assert not duty.grace or duty.grace in LAW.parameters
    assert duty.done
    for spot in spots(duty):
        known = {each.id: each.type for each in tables()[spot.table].fields}
        named = {name for key in (*spot.has, *spot.lacks) for name in key.split("+")}
        assert named | set(spot.fields) <= set(known)
    if duty.row is not None:
        kind = tables()[duty.row.table]
        assert all(kind.field(each).type is FieldType.DATE for each in duty.row.fields)
    assert "{" not in duty.owed
    assert duty.late or duty.absent, "nothing would ever be found"


def test_every_rule_has_duties() -> None:
    assert [each.id for each in TABLE.rules if not TABLE.of(each.id)] == []


@pytest.mark.parametrize(
    "text",
    [
        ROW + 'typo = "x"\n',
        ROW + 'counting = "weeks"\n',
        ROW + 'absent = "很重"\n',
        ROW + 'late = [[2, "轻微"]]\n',
        ROW.replace('rule = "TT-01"', 'rule = "TT-02"'),
        ROW + ROW[ROW.index("[[duty]]") :],
        ROW + ROW[: ROW.index("[[duty]]")],
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "duties.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"TT|one"):
        duties.load([file])


def test_a_row_can_differ_from_another_only_in_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "duties.toml"
    more = '[[duty]]\nlike = "one"\nid = "two"\ndays = 7\nkinds = ["假释"]\n'
    file.write_text(ROW + more, encoding="utf-8")
    one, two = duties.load([file]).duties
    assert (two.days, two.kinds, two.done, two.owed) == (7, ("假释",), one.done, "通知乙")


def test_an_unknown_duty_is_no_duty() -> None:
    with pytest.raises(KeyError):
        TABLE.duty("nothing")
