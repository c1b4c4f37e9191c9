"""No workbook of ours ever has a formula made of the data: every writer is given hostile texts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from app.core.findings import CaseReview, Conclusion, Evidence, Level, Outcome, Person, State, Verdict
from app.core.findings.asked_again import Agreement, Backtested, Ruling
from app.core.intake.blank import blank_workbook
from app.core.intake.declared import tables
from app.core.intake.rejects import rejects_workbook
from app.core.records import Reject
from app.core.reports.backtest import backtest_workbook
from app.core.reports.ledger import ledger
from app.core.reports.tables import Sheet, tables_workbook
from app.core.store.rows import StoredFinding
from app.core.workbook import is_active, new_book

APP = Path(__file__).resolve().parents[2] / "app"
BAD = "=cmd|' /C calc'!A0"
HOSTILE = (BAD, "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1+1")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SAFE = "from app.core.workbook import"


def person(text: str) -> Person:
    return Person(text, text, text)


def verdict(text: str) -> Verdict:
    cell = Evidence(text, text, 1, text, "name", text, text)
    return Verdict(text, text, Outcome.FOUND, (text,), (cell,), level=Level.HINT, message=text, document=text)


def of_ledger(text: str) -> bytes:
    lead = StoredFinding(
        key="甲", desk="reduction", person=person(text), case=text, unit=text, verdict=verdict(text), case_id=1,
        state=State.OPEN, first_seen="", last_seen="", current=True, decided_at="", decided_by=text, why=text,
    )  # fmt: skip
    lacking = Verdict(text, text, Outcome.NOT_EVALUATED, missing=(text,), holder=text)
    return ledger([lead], [CaseReview(person(text), text, text, Conclusion.AGREE, (text,), (lacking,))])


def of_backtest(text: str) -> bytes:
    words = {"unit": text, "court": text, "file": text, "sheet": text, "asked_for": text, "reasons": (text,)}
    answers = {"ruling": Ruling.GRANTED, "conclusion": Conclusion.AGREE, "agreement": Agreement.DIFFERENT}
    day = {"row": 1, "ruled_on": date(2020, 1, 1), "law_edition": ""}
    return backtest_workbook([Backtested(person=person(text), **words, **answers, **day)])


def of_rejects(text: str) -> bytes:
    return rejects_workbook([text, text], [Reject(text, text, 1, text, text, text, (text, text, text))], text)


def of_blank(text: str) -> bytes:
    kind = next(iter(tables().values()))
    fields = tuple(replace(each, name=text) for each in kind.fields[:2])
    return blank_workbook(replace(kind, name=text, holder=text, fields=fields), lambda _: text)


def of_tables(text: str) -> bytes:
    return tables_workbook([Sheet("表", {text: 10, "二": 10}, [(text, text)])])


WRITERS: dict[str, Callable[[str], bytes]] = {
    "reports/ledger.py": of_ledger,
    "reports/backtest.py": of_backtest,
    "reports/tables.py": of_tables,
    "intake/rejects.py": of_rejects,
    "intake/blank.py": of_blank,
}
TRIED_ELSEWHERE = {"reports/forecast.py"}  # writes by the ledger's sheets only


def unsafe(book: bytes) -> list[str]:
    """Formulas, and active texts in cells that are not marked as text."""
    with zipfile.ZipFile(io.BytesIO(book)) as box:
        parts = {each: box.read(each) for each in box.namelist()}
    strings = [
        "".join(each.itertext(MAIN + "t")) for each in etree.fromstring(parts["xl/sharedStrings.xml"]).iter(MAIN + "si")
    ]
    forms = etree.fromstring(parts["xl/styles.xml"]).find(MAIN + "cellXfs")
    quoted = {str(n) for n, each in enumerate(forms) if each.get("quotePrefix") == "1"}
    said = []
    for name, xml in parts.items():
        if not re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            continue
        for cell in etree.fromstring(xml).iter(MAIN + "c"):
            if cell.find(MAIN + "f") is not None:
                said.append(f"{name} {cell.get('r')}: a formula")
            value = cell.findtext(MAIN + "v")
            if cell.get("t") == "s" and is_active(strings[int(value)]) and cell.get("s") not in quoted:
                said.append(f"{name} {cell.get('r')}: {strings[int(value)]!r}")
    return said


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", WRITERS)
def test_no_writer_makes_a_formula_of_the_data(name: str, text: str) -> None:
    assert unsafe(WRITERS[name](text)) == []


def test_a_cell_that_is_not_marked_is_seen() -> None:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, BAD)
        sheet.write_string(1, 0, BAD)
    assert len(unsafe(stream.getvalue())) == 2


def test_a_formula_is_refused() -> None:
    with new_book(io.BytesIO()) as book, pytest.raises(TypeError, match="no formula"):
        book.add_worksheet().write_formula(0, 0, "=1+1")


def test_a_plain_text_keeps_its_form() -> None:
    stream = io.BytesIO()
    with new_book(stream) as book:
        book.add_worksheet().write_string(0, 0, "测试甲", book.add_format({"bold": True}))
    assert b"quotePrefix" not in zipfile.ZipFile(stream).read("xl/styles.xml")


def test_every_writer_of_workbooks_is_tried() -> None:
    """Whoever makes a book by themselves must at least keep texts from becoming formulas."""
    found = {
        path.relative_to(APP / "core").as_posix(): text
        for path in (APP / "core").rglob("*.py")
        if path.name != "workbook.py" and (SAFE in (text := path.read_text("utf-8")) or "xlsxwriter.Workbook(" in text)
    }
    ours = {name for name, text in found.items() if SAFE in text}
    assert WRITERS.keys() | TRIED_ELSEWHERE >= ours
    assert all('"strings_to_formulas": False' in found[each] for each in found.keys() - ours)
    assert ours >= WRITERS.keys()
