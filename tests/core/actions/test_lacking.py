"""What is lacking: every item the rules name has a place, and the place tells how far it was delivered."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import app.core.checks
from app.core.actions.lacking import Delivered, columns_of, explained, lacking
from app.core.actions.model_book import model_tables
from app.core.actions.receive import look, receive
from app.core.actions.review import review
from app.core.findings import Outcome, Verdict
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.manual import chapters
from app.core.store.database import Store
from tests.core.workbooks import PROPOSAL, write_book

DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "测试员"
NAMELESS = ("《", "approval_unit", "未载明")  # made of a list's name at run time, or no item but a word taken off


def items() -> Iterator[str]:
    """Every item a rule says is missing, as the code writes it; what is put in at run time is left out."""
    for file in Path(app.core.checks.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Missing":
                yield from (text for each in node.args for text in texts(each))


def texts(node: ast.AST) -> Iterator[str]:
    """The texts of an argument, each whole."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "0" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    else:
        for each in ast.iter_child_nodes(node):
            yield from texts(each)


def test_every_item_has_a_column_or_a_reason() -> None:
    found = set(items())
    assert len(found) > 150
    lost = [each for each in found if not columns_of(each, "", "") and explained(each) is None]
    assert [each for each in lost if not each.startswith(NAMELESS)] == []


def test_a_column_is_that_of_the_rule_before_any_other_of_its_name() -> None:
    assert [(table.id, field.name) for table, field in columns_of("缴纳日期（财产性判项表）", "JX-F02", "监狱")] == [
        ("R6", "缴纳日期")
    ]
    assert [table.id for table, _ in columns_of("《社区矫正对象名册》", "SJ-01", "")] == ["T02"]
    assert [table.id for table, _ in columns_of("生效日期", "SJ-01", "人民法院")][:1] == ["T01"]


def test_how_far_it_was_delivered(tmp_path: Path) -> None:
    empty = {**PROPOSAL, "法院立案日期": ""}
    book = write_book(tmp_path / "提请.xlsx", ("名单", [empty]), title="例县监狱提请名单")
    with Store.temporary() as store:
        plans, _ = look([book], ticket=Ticket())
        receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
        case = store.views.case_ids("reduction")[0]
        row = store.views.case_rows([case])[0]

        def told(*items: str) -> list[tuple[str, str, Delivered]]:
            verdict = Verdict("JX-G01", "名称", Outcome.NOT_EVALUATED, missing=items, holder="人民法院")
            return [
                (spot.table, spot.column, spot.delivered)
                for each in lacking(store, verdict, row)
                for spot in each.spots
            ]

        assert told("法院立案日期") == [("R1", "法院立案日期", Delivered.EMPTY)]
        assert told("法院公示止日") == [("R1", "法院公示止日", Delivered.NO_COLUMN)]
        assert told("月考核表") == [("R4", "", Delivered.NO_LIST)]
        (local,) = lacking(
            store,
            Verdict("JX-G01", "名称", Outcome.NOT_EVALUATED, missing=("该日期适用的法律数值（法规库未收录）",)),
            row,
        )
        assert local.spots == ()
        assert "填写" in local.says
        assert local.page.startswith("法律依据与节假日#")


def test_every_answer_of_a_review_tells_what_to_do(tmp_path: Path) -> None:
    book = write_book(tmp_path / "提请.xlsx", ("名单", [PROPOSAL]), title="例县监狱提请名单")
    with Store.temporary() as store:
        plans, _ = look([book], ticket=Ticket())
        receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
        review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
        case = store.views.case_ids("reduction")[0]
        row = store.views.case_rows([case])[0]
        found = store.casebook.review_of(case)
        assert found is not None
        blind = [each for each in found.verdicts if each.outcome is Outcome.NOT_EVALUATED]
        assert blind
        for each in blind:
            for lack in lacking(store, each, row):
                assert lack.spots or lack.says, (each.rule, lack.item)


def test_a_models_lists_are_its_own() -> None:
    with Store.temporary() as store:
        model_tables(store)
        assert [table.id for table, _ in columns_of("履行情况", "MX-05", "监狱")] == ["MX-05.parts"]
        every = [
            table.id for item in ("姓名", "案号", "生效日期") for table, _ in columns_of(item, "SJ-01", "人民法院")
        ]
        assert every
        assert not [each for each in every if each.startswith("MX-")]
    for item in ("本省标准“岗位年限”（在模型卡片上填写）", "2026-01-01适用的“判实未执的期限”", "该年的假日表"):
        assert explained(item) is not None


def test_every_page_named_is_in_the_manual() -> None:
    headings = {page.name: [heading for heading, _ in page.sections()] for each in chapters() for page in each.pages}
    pages = {
        told[1]
        for each in ("本省标准", "该年的假日表", "某某的归属", "该日期适用的法律数值")
        if (told := explained(each))
    }
    for place in pages:
        page, _, heading = place.partition("#")
        assert not heading or heading in headings[page], place
