"""Documents of the desks of people: one an office that answers, none on a doubt, a class with all its people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.decide import decide
from app.core.actions.issue import issue
from app.core.actions.order import Issued, Order
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.actions.suggest import asked_for
from app.core.documents.context import Office
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.actions.test_people_desks import DAY, NOW, RIGHT, ROSTER, SECOND, WHO
from tests.core.documents.papers import text
from tests.core.workbooks import write_book

OFFICE = Office("样本县人民检察院", "样本", "刑执", "", "检察员甲")
THIRD = {"社区矫正对象编号": "9900003", "姓名": "测试丙·买买提", "身份证号": "110101199001010058"}


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


def take(store: Store, path: Path, *rows: Mapping[str, object], day: date = DAY) -> list[int]:
    """Receive a roster of these rows and review it; the cases."""
    book = write_book(path, ("名册", [{**ROSTER, **row} for row in rows]))
    plans, _ = look([book], ticket=Ticket())
    receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
    review(store, shipped(), "correction", day, now=NOW, who=WHO, ticket=Ticket())
    return store.views.case_ids("correction")


def make(
    store: Store, ids: list[int], kinds: tuple[str, ...] | None, folder: Path, keys: set[str] | None = None
) -> Issued:
    order = Order(folder, OFFICE, DAY, NOW, WHO)
    done = issue(store, ids, kinds, order, ticket=Ticket(), keys=keys).value
    assert isinstance(done, Issued)
    return done


def said(path: Path) -> str:
    return text(path.read_bytes())


def test_a_breach_makes_a_notice_to_the_office_that_answers(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {})
    made = make(store, ids, None, tmp_path / "文书")
    notice = next(each for each in made.files if "纠正违法通知书" in each.name)
    told = said(notice)
    for each in (
        "样本检刑执纠违〔2026〕1号",
        "样本县第一司法所：",
        "社区矫正对象测试甲，男",
        "（一）考验期止日错误",
        "名册止日2028年3月13日，应为2028年3月12日，多算1日。",
        "社区矫正结束日期“2028-03-13”",
        "1.《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》（2021）第二百零二条第二款（2021年3月1日起施行）",
        "请依法更正矫正期限的止日，并告知本人和有关单位。",
        "请你单位在收到本通知书之日起十五日内",
    ):
        assert each in told, each
    assert "本程序约定" not in told
    receipt = next(each for each in made.files if "送达回证" in each.name)
    assert "1.纠正违法通知书（样本检刑执纠违〔2026〕1号），1份" in said(receipt)
    assert all(each.finding_keys for each in store.papers.all())


def test_a_case_without_a_finding_makes_nothing_and_is_counted(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {}, {**SECOND, **RIGHT})
    made = make(store, ids, ("notice",), tmp_path / "文书")
    assert (len(made.files), made.problems, made.idle) == (1, [], 1)
    [lawful] = [each.id for each in store.views.case_rows(ids) if each.name == "测试乙"]
    alone = make(store, [lawful], ("notice",), tmp_path / "文书")
    assert "没有需要制发《纠正违法通知书》的线索" in alone.problems[0].what
    assert len(store.papers.all()) == 1


def test_what_somebody_excluded_accuses_nobody(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {})
    for each in store.casebook.findings(ids[0]):
        decide(store, each.key, State.EXCLUDED, who=WHO, why="已核对原件", now=NOW)
    assert make(store, ids, None, tmp_path / "文书").files == []
    assert asked_for(store, "correction", ids, ticket=Ticket()) == {ids[0]: frozenset()}


def test_chosen_findings_alone_are_told(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {"报到时间": "2026-05-16", "宣告日期": "2026-06-20"})
    findings = [each for each in store.casebook.findings(ids[0]) if each.verdict.level == "违法"]
    assert len(findings) > 1
    chosen = next(each for each in findings if each.verdict.rule == "SJ-20")
    made = make(store, ids, ("notice",), tmp_path / "文书", {chosen.key})
    [paper] = store.papers.all()
    assert paper.finding_keys == (chosen.key,)
    assert "（二）" not in said(made.files[0])


def test_many_people_at_one_office_make_one_advice_with_all_of_them(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {}, SECOND, THIRD)
    [lead] = [each.id for each in store.views.case_rows(ids) if each.proposal == "类案"]
    assert "class_advice" in asked_for(store, "correction", ids, ticket=Ticket())[lead]
    made = make(store, [lead], None, tmp_path / "文书")
    advice = next(each for each in made.files if "建议" in each.name)
    told = said(advice)
    for each in (
        "样本县第一司法所：",
        "共查明3人存在“考验期止日错误”的问题",
        "涉及人员名单（3人）",
        "测试丙·买买提",
        "两个月内",
    ):
        assert each in told, each
    wrong = make(store, [lead], ("notice",), tmp_path / "文书")
    assert "是多人的类案线索" in wrong.problems[0].what


def test_a_page_of_proofs_names_file_row_column_and_raw_text(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {})
    told = said(make(store, ids, ("sources",), tmp_path / "文书").files[0])
    assert "SJ-20 考验期止日错误\n2028年3月13日\n名册.xlsx（名册）\n2\n社区矫正结束日期\n2028-03-13" in told
    assert "罪名\n盗窃罪\n名册.xlsx（名册）" in told


def test_papers_about_a_whole_case_are_made_without_findings_too(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", RIGHT)
    kinds = ("interview", "hearing_notice", "hearing_told", "hearing_opinion")
    made = make(store, ids, kinds, tmp_path / "文书")
    assert len(made.files) == 4
    assert all(not re.search(r"\{\{|\}\}|\{%|%\}|None", said(each)) for each in made.files)
    assert store.papers.all()[0].number == ""


def test_temporary_execution_outside_prison_has_papers_of_its_own(store: Store, tmp_path: Path) -> None:
    kinds = ("outside_report", "outside_opinion", "wrong_outside")
    ids = take(store, tmp_path / "名册.xlsx", {"矫正类别": "暂予监外执行", "缓刑考验期限": ""})
    made = make(store, ids, kinds, tmp_path / "文书")
    assert {each.parent.name for each in made.files} == {
        "暂予监外执行审查报告",
        "暂予监外执行提请检察意见书",
        "纠正不当暂予监外执行决定意见书",
    }
    # What is wrong with how it is carried out does not make the decision wrong.
    assert "（一）" not in said(next(each for each in made.files if "纠正不当" in each.name))


def test_other_matters_have_none_of_them(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {})
    made = make(store, ids, ("outside_report",), tmp_path / "文书")
    assert made.files == []
    assert "不是暂予监外执行案件" in made.problems[0].what


def test_what_must_be_approved_has_a_sheet_for_it(store: Store, tmp_path: Path) -> None:
    ids = take(store, tmp_path / "名册.xlsx", {})
    made = make(store, ids, ("notice", "approval"), tmp_path / "文书")
    sheet = said(next(each for each in made.files if "审批" in each.name))
    for each in ("纠正违法通知书", "样本检刑执纠违〔2026〕1号", "样本县第一司法所", "多算1日", "检察长意见"):
        assert each in sheet, each
