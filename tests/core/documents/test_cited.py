"""Citations as documents write them."""

from __future__ import annotations

import pytest

from app.core.documents.cited import cited


@pytest.mark.parametrize(
    ("law", "says"),
    [
        ("刑法", "《刑法》第一条"),
        ("刑事诉讼法（2018）", "《刑事诉讼法》（2018）第一条"),
        ("社区矫正法实施办法（司发通〔2020〕59号）", "《社区矫正法实施办法》（司发通〔2020〕59号）第一条"),
        ("法释〔2016〕23号", "法释〔2016〕23号第一条"),
        ("司法部令第130号", "司法部令第130号第一条"),
        ("刑诉法解释（2021）", "《刑诉法解释》（2021）第一条"),
    ],
)
def test_a_law_stands_in_its_marks_and_an_issued_paper_by_its_number(law: str, says: str) -> None:
    assert cited(law, "第一条") == says


def test_a_notice_spells_a_shortened_title_out() -> None:
    told = cited("刑诉法解释（2021）", "第一条", full=True)
    assert told == "《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》（2021）第一条"
