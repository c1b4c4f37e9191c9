"""The report on quality is put together from the store and becomes findings and a paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.quality import PaperOrder, quality, quality_findings, save_quality
from app.core.actions.quality_paper import Sender
from app.core.actions.receive import look, receive
from app.core.checks.quality.report import Health, SheetQuality
from app.core.documents.context import Office
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.store.database import Store
from tests.core.documents.papers import text
from tests.core.workbooks import proposals

DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "测试员"
WRONG = {"罪犯编号": "9000000002", "姓名": "钱样二", "判决日期": "2020-02-30", "公示止日": "2022-08-01"}
NAMELESS = {"姓名": ""}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def take(store: Store, *paths: Path) -> tuple[SheetQuality, ...]:
    """Receive files and ask for the report on all that is there."""
    plans, problems = look(paths, ticket=Ticket())
    assert not problems
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    report: tuple[SheetQuality, ...] = quality(store, None, DAY, ticket=Ticket()).value
    return report


def order(path: Path) -> PaperOrder:
    return PaperOrder(path, Sender("例县监狱", "2022年9月"), Office(name="例县人民检察院"), DAY, NOW, WHO)


def test_the_report_counts_rows_and_names_the_places(store: Store, tmp_path: Path) -> None:
    (sheet,) = take(store, proposals(tmp_path / "a.xlsx", {}, WRONG, NAMELESS))
    assert (sheet.rows, sheet.accepted, [row for row, *_ in sheet.rejects]) == (3, 2, [5])
    assert [(each.rule, each.first_rows) for each in sheet.faults] == [("DQ-04", (4,)), ("DQ-05", (4,))]
    assert [each.rule for each in sheet.told] == ["DQ-14"]
    judged = next(each for each in sheet.coverage if each.field == "judged_on")
    assert (judged.rows, judged.filled, judged.readable) == (2, 2, 1)


def test_only_the_sheets_asked_for_are_looked_at(store: Store, tmp_path: Path) -> None:
    take(store, proposals(tmp_path / "a.xlsx", {}), proposals(tmp_path / "b.xlsx", WRONG))
    second = store.batches.all()[1].id
    done = quality(store.reader(), [second], DAY, ticket=Ticket())
    assert [each.file for each in done.value] == ["b.xlsx"]
    assert done.says == "体检 1 张表，请核对 2 处"


def test_a_finding_keeps_its_key_and_sheets_of_one_name_have_keys_of_their_own(store: Store, tmp_path: Path) -> None:
    report = take(store, proposals(tmp_path / "1" / "a.xlsx", WRONG), proposals(tmp_path / "2" / "a.xlsx", {}, WRONG))
    keys = [each.key for each in quality_findings(report)]
    assert len(keys) == len(set(keys)) == 6
    assert keys == [each.key for each in quality_findings(quality(store, None, DAY, ticket=Ticket()).value)]
    alone = quality_findings(report[:1])
    assert [each.key for each in alone] == keys[: len(alone)]


def test_every_check_that_came_upon_something_is_a_finding(store: Store, tmp_path: Path) -> None:
    report = take(store, proposals(tmp_path / "a.xlsx", WRONG))
    found = {each.verdict.rule: each.verdict for each in quality_findings(report)}
    assert set(found) == {each.rule for each in report[0].remarks if each.health in (Health.FAULTY, Health.TOLD)}
    assert [(each.row, each.column, each.raw) for each in found["DQ-04"].evidence] == [(3, "判决日期", "2020-02-30")]
    assert "a.xlsx《提请》" in found["DQ-05"].message


def test_the_paper_is_saved_and_entered_in_the_log(store: Store, tmp_path: Path) -> None:
    report = take(store, proposals(tmp_path / "a.xlsx", WRONG))
    path = tmp_path / "体检单.docx"
    assert save_quality(store, report, order(path), ticket=Ticket()).value == path
    made = text(path.read_bytes())
    assert all(each in made for each in ("例县监狱", "2022年9月", "a.xlsx", "日期读不出", "判决日期"))
    assert store.audit.entries()[-1].act == "生成数据体检单"


def test_a_paper_that_cannot_be_written_is_not_in_the_log(store: Store, tmp_path: Path) -> None:
    report = take(store, proposals(tmp_path / "a.xlsx", WRONG))
    before = len(store.audit.entries())
    (tmp_path / "占用").mkdir()
    with pytest.raises(UserError):
        save_quality(store, report, order(tmp_path / "占用"), ticket=Ticket())
    assert len(store.audit.entries()) == before
