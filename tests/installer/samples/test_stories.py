"""Correction and deprivation samples: made by the script, read by the program cell for cell, with complete answers."""

import json
import re
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.core.actions.receive import SheetPlan, look
from app.core.intake.reading import TableRead, read_table
from app.core.jobs import Ticket
from app.core.records import Field, FieldType
from app.core.values import Deprivation, Money, Sentence, SentenceKind, Term
from installer.answers import compare_imports, load_answers
from installer.samples.__main__ import FOLDER, write
from installer.samples.desks import CORRECTION, DEPRIVATION, DESKS
from installer.samples.shared.days import Months
from installer.samples.shared.names import BRANCHES, STEMS
from installer.samples.stories.facts import Facts, Span, is_workday, roll, same_day, term_end
from installer.samples.stories.layout import Told, books, make, tables
from installer.samples.stories.story import Desk, people

RULE = re.compile(r"(SJ|BQ|DQ)-\d\d")
SAID_IN_FULL = {
    "无": Deprivation(),
    "一年四个月十八日": Deprivation(Term(1, 4, 18)),
    "86.40元": Money(8640),
    "91.20元": Money(9120),
}
# What the rosters of three people say and cannot be: a check digit, digits lost, a day there is not.
WRONG_ON_PURPOSE = [
    ("范戊午", "身份证号", None),
    ("范丙辰", "身份证号", "419999198701176254"),
    ("范丁巳", "报到时间", None),
]
LEVELS = {"违法", "存疑", "提示", "数据"}


def cells(file: Path) -> Any:
    if file.suffix != ".xlsx":
        return file.read_bytes()
    book = CalamineWorkbook.from_path(str(file))
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return [(sheet.name, sheet.to_python(), sheet.merged_cell_ranges) for sheet in sheets]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write(folder)
    return folder


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.id)
def test_committed_files_are_what_the_script_makes(made: Path, desk: Desk) -> None:
    names = {each.name for each in (FOLDER / desk.name).iterdir()}
    assert names - {"说明.md"} == {each.name for each in (made / desk.name).iterdir()}
    for name in names - {"说明.md"}:
        assert cells(made / desk.name / name) == cells(FOLDER / desk.name / name), name


def test_all_of_it_is_small() -> None:
    assert sum(each.stat().st_size for each in FOLDER.rglob("*") if each.is_file()) < 1_000_000


def read(folder: Path) -> dict[tuple[str, str], tuple[SheetPlan, TableRead]]:
    plans, problems = look([folder], ticket=Ticket())
    assert problems == []
    done = {}
    for plan in plans:
        assert plan.header is not None, plan.problem
        assert plan.mapping is not None, plan.problem
        done[plan.path.name, plan.sheet.name] = (plan, read_table(plan.sheet, plan.header, plan.mapping))
    return done


@pytest.fixture(scope="module")
def told_and_read(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Told, SheetPlan, TableRead]]:
    everybody = [person for desk in DESKS for person in people(desk)]
    done = []
    for desk in DESKS:
        folder = tmp_path_factory.mktemp(desk.id)
        told, found = make(folder, desk, everybody), read(folder)
        assert len(found) == len(told)
        done += [(each, *found[each.written.file, each.written.sheet]) for each in told]
    return done


def test_import_says_what_the_answers_say(told_and_read: list[tuple[Told, SheetPlan, TableRead]]) -> None:
    for told, plan, table in told_and_read:
        wanted, place = told.written, (told.written.file, told.written.sheet)
        assert plan.mapping is not None
        assert plan.mapping.table.id == wanted.table, place
        assert table.rows == wanted.rows, place
        assert {each.row: each.column for each in table.rejects} == dict(wanted.refused), place
        assert list(plan.mapping.unmapped) == [], place
        assert [each.row for each in table.records] == sorted(told.truths), place


def meant(said: Any, field: Field) -> Any:
    """What a story says, as the program should hold it in a field."""
    if said in (None, ""):
        return None
    if isinstance(said, Span):
        return said
    if isinstance(said, Months):
        term = Term(*divmod(said.count, 12))
        return {
            FieldType.SENTENCE: Sentence(SentenceKind.FIXED_TERM, term),
            FieldType.DEPRIVATION: Deprivation(term),
        }.get(field.type, term)
    if isinstance(said, str) and field.type in (FieldType.DEPRIVATION, FieldType.MONEY):
        return SAID_IN_FULL[said]
    if field.type is FieldType.SENTENCE:
        return Sentence(SentenceKind(said))
    return said == "是" if field.type is FieldType.BOOLEAN else said


def test_every_cell_is_read_as_meant(told_and_read: list[tuple[Told, SheetPlan, TableRead]]) -> None:
    other = []
    for told, plan, table in told_and_read:
        assert plan.mapping is not None
        fields = plan.mapping.by_label()
        for record, (label, word) in product(table.records, told.columns.items()):
            field, said = plan.mapping.table.field(fields[label]), told.truths[record.row].get(word)
            if isinstance(said, Span) or record.cells[field.id].raw == "/":
                continue
            if record[field.id] != meant(said, field):
                other.append((record["name"], word, record[field.id]))
    assert other == WRONG_ON_PURPOSE


def test_people_are_plainly_artificial_and_told_apart() -> None:
    everybody = [person for desk in DESKS for person in people(desk)]
    assert len({person.id_number for person in everybody}) == len(everybody)
    assert len({person.name for person in everybody}) == len(everybody)
    for person in everybody:
        assert re.fullmatch(f"[示范表试设][{STEMS}][{BRANCHES}]", person.name)
        assert person.id_number.startswith("419999")


@pytest.mark.parametrize(("desk", "count", "kinds"), [(CORRECTION, 138, 21), (DEPRIVATION, 66, 13)])
def test_people_and_tables_are_enough(desk: Desk, count: int, kinds: int) -> None:
    assert len(people(desk)) == count
    assert len(tables(desk)) == kinds
    assert sum(not person.findings for person in people(desk)) >= count / 4


@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.id)
def test_answers_agree_with_themselves(desk: Desk) -> None:
    data = json.loads((FOLDER / desk.name / "answers.json").read_text(encoding="utf-8"))
    assert (data["as_of"], data["desk"]) == ("2026-11-21", desk.id)
    for each in data["expected_findings"]:
        rules = [finding["rule"] for finding in each["findings"]]
        assert all(map(RULE.fullmatch, [*rules, *each["allowed"], *each["must_not"]])), each["name"]
        assert not set(each["must_not"]) & {*rules, *each["allowed"]}, each["name"]
        for finding in each["findings"]:
            assert set(finding["level"]) <= LEVELS
            assert finding.get("gravity") in (None, "重大", "较重", "轻微")
        assert each["why"]


def test_a_rule_that_is_planted_also_has_one_who_just_keeps_it() -> None:
    everybody = [person for desk in DESKS for person in people(desk)]
    planted = {rule for person in everybody for rule, said in person.findings.items() if said.startswith("违法")}
    kept = {rule for person in everybody for rule in person.told.get("must_not", ())}
    assert len(planted & kept) > len(planted) / 2


def test_everybody_stands_somewhere() -> None:
    held = {table for desk in DESKS for table in tables(desk)}
    for person in (person for desk in DESKS for person in people(desk)):
        assert person.tables & held, person.name
        assert person.tables <= held, (person.name, person.tables - held)


def test_the_demonstration_compares_every_sheet() -> None:
    answers = load_answers(FOLDER)
    assert len(answers.sheets) == 5 + sum(len(book.sheets) for desk in DESKS for book in books(desk))
    assert all(each.complaints == [] for each in compare_imports(answers, answers.sheets))


def test_an_unknown_fact_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="reportd"):
        Facts({"reported": date(2026, 3, 2), "late": "reportd+1"})["late"]
    with pytest.raises(RecursionError):
        Facts({"a": "b+1", "b": "a+1"})["a"]
    assert Facts({"reported": "", "late": "reported+1"})["late"] is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("day+1", date(2026, 10, 1)),
        ("day+1~", date(2026, 10, 8)),
        ("term(day,12)", date(2027, 9, 29)),
        ("term(day,count)-1", date(2027, 3, 29)),
        ("months:count", Months(6)),
        ("于{place}", "于例县"),
        ("day至day+2", Span(date(2026, 9, 30), date(2026, 10, 2))),
        ("刑事判决书", "刑事判决书"),
        ("", None),
    ],
)
def test_cells_say_facts(said: str, meant: Any) -> None:
    assert Facts({"day": date(2026, 9, 30), "count": 6, "place": "例县"}).value(said) == meant


def test_days_of_the_published_cases() -> None:
    """Days the authorities published: judged or served, then the first and the last day."""
    assert term_end(date(2019, 4, 22), 48) == date(2023, 4, 21)
    assert term_end(date(2016, 1, 31), 24) == date(2018, 1, 30)
    appeal = Facts({"served": date(2018, 3, 14)})["appeal_limit"]
    assert appeal == roll(date(2018, 3, 24)) == date(2018, 3, 26)
    assert same_day(date(2025, 9, 30), 18) == date(2027, 3, 31)
    assert same_day(date(2026, 1, 30), 1) == date(2026, 2, 28)
    assert is_workday(date(2026, 10, 10))
    assert not is_workday(date(2026, 10, 7))
