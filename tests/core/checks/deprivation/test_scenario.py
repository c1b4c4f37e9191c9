"""Many people at once: whoever was made to break a rule is found, and nobody else is accused."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from app.core.checks.deprivation.review import review
from app.core.checks.persons import Lists
from app.core.findings import Level
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.people.id_number import check_digit
from app.core.records import Cell, Record, Value
from app.core.sentence.terms import end_of_term
from app.core.values import Deprivation, Sentence, SentenceKind, Term

DAY = date(2026, 6, 30)
RELEASED, LISTED = 900, 750
ONE = timedelta(days=1)
Found = dict[str, set[str]]


def record(table: str, row: int, **values: Value) -> Record:
    labels = {each.id: each.name for each in tables()[table].fields}
    cells = {key: Cell(value, str(value or ""), labels[key]) for key, value in values.items()}
    return Record(table, f"{table}.xlsx", "表", row, cells)


def listing(number: int, who: dict[str, Value], released: date, term: Term, span: tuple[date, date]) -> Record:
    over = span[1] if span[1] < DAY else None
    return record(
        "T20",
        number,
        **who,
        police_station="样本派出所",
        officer="样本警一",
        released_on=released,
        deprivation=Deprivation(term),
        deprivation_start=span[0],
        deprivation_end=span[1],
        listed_on=released + 5 * ONE,
        announced_on=released + 6 * ONE,
        notice_signed=True,
        expiry_notified_on=over,
        delisted_on=over,
        status="撤管" if over else "在管",
    )


def people(seed: int) -> tuple[list[Record], Found]:
    """Lists of prison, police and four registers, and which rules each person was made to break."""
    chance, rows, truth = random.Random(seed), [], {}
    for number in range(RELEASED):
        first17 = (
            f"110101{chance.randrange(1960, 2000)}{chance.randrange(1, 13):02}{chance.randrange(1, 28):02}{number:03}"
        )
        who: dict[str, Value] = {"name": f"测试{chr(0x4E00 + number)}", "id_number": first17 + check_digit(first17)}
        released, term = date(2024, 1, 1) + timedelta(days=chance.randrange(700)), Term(chance.randrange(1, 5))
        fixed = Sentence(SentenceKind.FIXED_TERM, Term(5))
        case_no = f"（2019）样0101刑初{number}号"
        rows += [
            record(
                "T19",
                number,
                **who,
                case_no=case_no,
                sentence=fixed,
                deprivation=Deprivation(term),
                released_on=released,
                release_kind="刑满释放",
            ),
            record("T21", number, **who, released_on=released, sent_on=released - 40 * ONE, states_deprivation=True),
        ]
        if number >= LISTED:
            truth[str(who["id_number"])] = {"BQ-02"}
            continue
        start, told, broken = released, term, set()
        end = end_of_term(start, term)
        match number % 25:
            case 0:
                start, broken = released + 9 * ONE, {"BQ-11"}
                end = end_of_term(start, term)
            case 1:
                end, broken = end - 20 * ONE, {"BQ-12"}
            case 2:
                told, broken = Term(term.years + 1), {"BQ-15"}
                end = end_of_term(start, told)
            case 3:
                broken = {"BQ-20"}
                rows.append(record("T23", number, **who, constituency="样本镇", election_on=released + 30 * ONE))
            case 4:
                broken = {"BQ-22"}
                post: dict[str, Value] = {"employer_kind": "国有企业", "leading": True, "office_from": released}
                rows.append(record("T25", number, **who, employer="样本公司", **post))
            case _:
                rows.append(record("T23", number, **who, constituency="样本镇", election_on=end + 400 * ONE))
                rows.append(record("T24", number, **who, company="样本店", company_type="个体户", position="经营者"))
                rows.append(record("T25", number, **who, employer="样本公司", employer_kind="民营企业", leading=False))
        rows.append(listing(number, {**who, "case_no": case_no}, released, told, (start, end)))
        truth[str(who["id_number"])] = broken
    return rows, truth


@pytest.mark.parametrize("seed", [1, 2])
def test_everything_is_found_and_nobody_is_accused_wrongly(seed: int) -> None:
    rows, truth = people(seed)
    random.Random(seed).shuffle(rows)
    through = dict.fromkeys(("T14", "T15", "T18", "T19", "T20", "T21", "T22", "T23", "T24", "T25"), DAY)
    names = {key: (kind.name, kind.holder) for key, kind in tables().items()}
    found: Found = {each: set() for each in truth}
    for one in review(rows, shipped(), Lists(DAY, through, names), Ticket()):
        if not one.review.person.id_number:  # a lead about a unit
            continue
        found[one.review.person.id_number] |= {
            each.rule for each in one.review.verdicts if each.level is Level.UNLAWFUL
        }
    assert found == truth
