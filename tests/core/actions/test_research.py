"""Research data say nothing by which a person, a unit or a case could be found."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from app.core.actions.receive import look, receive
from app.core.actions.research import ALIKE, LEFT_OUT, coarse, save_research
from app.core.actions.review import review
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.store.database import Store
from tests.core.workbooks import proposals

DAY, NOW, WHO = date(2026, 11, 21), "2026-11-21T09:00:00", "某检察官"


def save(tmp_path: Path) -> tuple[Path, list[str]]:
    rows = [
        {"罪犯编号": f"{9000000100 + n}", "姓名": f"测试甲{n}", "身份证号码": "", "监狱": "大例监狱", "监区": "九监区",
         "批次": "二〇二六年第九批", "报请日期": "2022-04-13"}
        for n in range(34)
    ]  # fmt: skip
    rows += [{"罪犯编号": "9000000999", "姓名": "测试乙", "监狱": "小例监狱", "报请日期": "2021-03-02"}]
    secret = sorted({str(value) for row in rows for name, value in row.items() if value and name != "报请日期"})
    path = tmp_path / "研究.xlsx"
    with Store.temporary() as store:
        plans, _ = look([proposals(tmp_path / "名单甲.xlsx", *rows)], ticket=Ticket())
        receive(store, plans, now=NOW, who=WHO, ticket=Ticket())
        review(store, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
        save_research(store, DAY, path, ticket=Ticket())
    return path, [*secret, "名单甲", WHO, "2022-04-13", "2021-03"]


def test_no_byte_of_the_file_tells_who_it_was(tmp_path: Path) -> None:
    path, secret = save(tmp_path)
    with zipfile.ZipFile(path) as packed:
        parts = [path.read_bytes(), *(packed.read(name) for name in packed.namelist())]
    for word in secret:
        for code in ("utf-8", "gb18030", "utf-16-le"):
            assert not any(word.encode(code) in part for part in parts), word


def test_every_column_stands_in_the_code_book(tmp_path: Path) -> None:
    path, _ = save(tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["案件", "线索", "编码本"]
    told = {(row[0], row[1]) for row in book["编码本"].iter_rows(min_row=2, values_only=True)}
    for name in ("案件", "线索"):
        assert {(name, cell.value) for cell in book[name][1]} <= told
    lone = [row for row in book["案件"].iter_rows(min_row=2, values_only=True) if row[2] == LEFT_OUT]
    assert [row[1:5] for row in lone] == [(LEFT_OUT,) * 4]


UNITS, MONTHS = st.sampled_from(["U001", "U000"]), st.sampled_from(["2026-01", "2025-12", ""])
TRAITS = st.tuples(st.sampled_from("ab"), UNITS, MONTHS, st.sampled_from(["减刑", "其他"]))


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁戊己庚"), TRAITS), max_size=60))
def test_whatever_is_told_is_shared_by_enough_people(rows: list[tuple[str, tuple[str, str, str, str]]]) -> None:
    told = coarse(rows)
    for each in set(told) - {(LEFT_OUT,) * 4}:
        assert len({person for (person, _), traits in zip(rows, told, strict=True) if traits == each}) >= ALIKE
