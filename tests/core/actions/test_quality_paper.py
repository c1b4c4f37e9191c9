"""What the paper to the sender says: which file and sheet, what, how often, in which rows, and what is asked."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from app.core.actions.quality_paper import REFUSED_LISTED, Sender, quality_words
from app.core.checks.quality.report import SheetQuality
from app.core.documents.context import Office
from app.core.documents.dictionary import WordType, dictionary
from app.core.documents.fill import Template, compile_template
from app.core.documents.kinds import kind
from app.core.documents.templates import find_template
from tests.core.checks.quality.sheets import all_cases, report_of
from tests.core.documents.papers import text

DAY = date(2026, 11, 21)
OFFICE = Office(name="例县人民检察院", handler="某检察官")
SENDER = Sender("例县司法局", "2026年10月")
HEADER = ["姓名", "身份证号", "矫正类别", "判决日期"]
GOOD = ["测试甲一", "@1990-05-06男", "缓刑", "2026-03-02"]


@cache
def template() -> Template:
    return compile_template(find_template(kind("data_quality")))


def report(*rows: list[str]) -> tuple[SheetQuality, ...]:
    return report_of({"table": "T02", "grid": [HEADER, *rows]})


def paper(sheets: tuple[SheetQuality, ...], sender: Sender = SENDER, office: Office = OFFICE) -> str:
    return text(template().fill(quality_words(sheets, sender, office, DAY)))


def test_the_words_are_those_of_the_dictionary() -> None:
    made = quality_words(report(GOOD), SENDER, OFFICE, DAY)
    known = dictionary()
    own = {name for name, word in known.items() if word.of == "data_quality"}
    assert own <= made.keys() <= known.keys()
    for name in own:
        assert isinstance(made[name], {WordType.TEXT: str, WordType.FLAG: bool, WordType.ROWS: list}[known[name].type])


def test_it_names_sender_office_file_and_sheet() -> None:
    made = paper(report(GOOD)).split("\n")
    assert made[:2] == ["例县人民检察院", "数据体检单"]
    assert "例县司法局：" in made
    assert "（一）表1.xlsx\u3000名册" in made
    assert "例县人民检察院" in made[2:]


def test_a_list_in_order_is_said_to_be_so() -> None:
    made = paper(report(GOOD))
    assert "没有发现需要核实的事项" in made
    assert "各行均已读入" in made


def test_every_fault_is_told_with_its_rows_and_what_is_asked() -> None:
    made = paper(report(GOOD, [*GOOD[:3], "2026-02-30"], ["测试甲二", "", "普管", "2026-02-31"]))
    assert "日期读不出\nDQ-04" in made
    assert "第3、4行" in made.replace("\u200b", "")
    assert "没有这一天" in made
    assert "完整日期" in made
    assert "“普管”不是矫正类别" in made


def test_refused_rows_are_listed_up_to_a_number_and_the_rest_counted() -> None:
    made = paper(report(GOOD, *(["", GOOD[1], "缓刑", "2026-03-02"] for _ in range(REFUSED_LISTED + 2))))
    assert made.count("姓名为空") == REFUSED_LISTED
    assert "另有2行" in made


def test_what_is_not_known_is_left_to_be_filled_in() -> None:
    made = paper(report(GOOD), Sender(), Office())
    assert "【待填】：" in made
    assert "数据期间：【待填】" in made


def test_no_mark_of_the_template_is_left_and_nobody_is_accused() -> None:
    for case in all_cases():
        made = paper(report_of(case))
        assert not re.search(r"\{\{|\}\}|\{%|%\}|None|Undefined", made)
        assert not re.search("违法|违规|责令|必须", made)
