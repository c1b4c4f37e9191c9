"""What the lists say differently about one person: each saying with its cell, who can tell, and the finding of it.

Nobody is accused by it: it is a finding about the data, under the number of the rule of identity it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.core.checks.desk import Reviewed, standing
from app.core.checks.entries import Disagreement, Saying, cell_of
from app.core.checks.persons import Dossier, Lists
from app.core.findings import Evidence, Level, Outcome, Verdict
from app.core.people.id_number import read_id_number
from app.core.people.identity import SOUND, identity_of
from app.core.people.index import place_of
from app.core.people.names import compare_form
from app.core.records import Record, Value, show


def _number(value: Value) -> str:
    """A sound number; one that was cut off or masked says nothing else than the whole one."""
    read = read_id_number(show(value))
    return read.number if read.state in SOUND else ""


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a person has only one of: its name, its rule of identity, and the form in which two sayings are the same."""

    what: str
    rule: str
    form: Callable[[Value], str]


COMPARED: Mapping[str, _Compared] = {
    "name": _Compared("姓名", "I-02", lambda value: compare_form(show(value))),
    "id_number": _Compared("身份证号", "I-05", _number),
    "birth_date": _Compared("出生日期", "I-12", show),
    "sex": _Compared("性别", "I-12", show),
}
CROWDED = "I-14"
NAMES = {
    "I-02": "几份名单所载姓名不一",
    "I-05": "归到一人的记录身份证号不一",
    "I-12": "几份名单所载出生日期、性别不一",
    CROWDED: "同一身份证号下有明显不是一人的记录",
}


def disagreements(dossier: Dossier) -> tuple[Disagreement, ...]:
    """What the person's rows say differently; empty cells say nothing, and a former name beside its own is no other."""
    found = []
    rows = sorted(dossier.someone.rows.items())
    for name, compared in COMPARED.items():
        if len({_raw(row, name) for _, group in rows for row in group} - {""}) < 2:
            continue
        other_names = _other_names(dossier) if name == "name" else frozenset[str]()
        sayings: dict[str, Saying] = {}
        for table, group in rows:
            source, holder = dossier.lists.names.get(table, (table, ""))
            for row in sorted(group, key=place_of):
                cell, same = cell_of(row, name), compared.form(row[name])
                if cell is not None and same and same not in other_names and same not in sayings:
                    sayings[same] = Saying(source, holder, cell)
        if len(sayings) > 1:
            found.append(Disagreement(compared.what, tuple(sayings.values())))
    return tuple(found)


def _raw(row: Record, name: str) -> str:
    cell = row.cells.get(name)
    return "" if cell is None else cell.raw.strip()


def _other_names(dossier: Dossier) -> frozenset[str]:
    """Former and other names that a row gives beside the person's own one."""
    rows = (row for group in dossier.someone.rows.values() for row in group)
    return frozenset(alias for row in rows for alias in identity_of(row, hints=False).aliases)


def told(dossier: Dossier) -> list[Verdict]:
    """A finding for each thing the lists say differently about the person, and one for rows that cannot be theirs."""
    rules = {each.what: each.rule for each in COMPARED.values()}
    found = [_verdict(rules[each.what], each) for each in disagreements(dossier)]
    crowd = dossier.someone
    strange = [
        (row, why)
        for rows in crowd.maybe.values()
        for row, why in rows
        if f"《{row.sheet}》第{row.row}行：{why}" in crowd.conflicts
    ]
    return [*found, _crowded(strange)] if strange else found


def _verdict(rule: str, apart: Disagreement) -> Verdict:
    steps = tuple(f"《{each.source}》{_place(each.cell)}：{each.cell.value}" for each in apart.sayings)
    said = "；".join(f"《{each.source}》为{each.cell.value}" for each in apart.sayings)
    ask = "、".join(apart.holders) or "报送单位"
    message = f"几份名单对本人的{apart.what}说法不一：{said}。请向{ask}按证件核对，核对以前不要据此认定其他问题"
    evidence = tuple(each.cell for each in apart.sayings)
    return _data(rule, message, steps, evidence, apart.what)


def _crowded(rows: Iterable[tuple[Record, str]]) -> Verdict:
    cells = [[cell_of(row, each) for each in COMPARED] for row, _ in rows]
    evidence = tuple(each for group in cells for each in group if each is not None)
    steps = tuple(f"《{row.sheet}》第{row.row}行 {show(row['name'])}：{why}" for row, why in rows)
    names = "、".join(dict.fromkeys(show(row["name"]) for row, _ in rows))
    message = f"同一身份证号下还有{names}的记录，明显不是一个人，没有采用。请先查明号码属于谁"
    return _data(CROWDED, message, steps, evidence, "号码")


def _data(rule: str, message: str, steps: tuple[str, ...], evidence: tuple[Evidence, ...], fact: str) -> Verdict:
    return Verdict(rule, NAMES[rule], Outcome.FOUND, steps, evidence, level=Level.DATA, message=message, fact=fact)


def _place(cell: Evidence) -> str:
    return f"第{cell.row}行“{cell.column}”"


def with_disagreements(reviewed: Iterable[Reviewed], lists: Lists) -> Iterator[Reviewed]:
    """All cases as they come, the first of each person with what the lists say differently about them."""
    before = ""
    for each in reviewed:
        key = each.someone.key if each.someone is not None else ""
        more = told(Dossier(each.someone, lists)) if each.someone is not None and key != before else []
        before = key
        yield _with(each, more) if more else each


def _with(reviewed: Reviewed, more: list[Verdict]) -> Reviewed:
    verdicts = (*reviewed.review.verdicts, *more)
    return replace(reviewed, review=replace(reviewed.review, verdicts=verdicts, conclusion=standing(verdicts)))
