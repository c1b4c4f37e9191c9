"""Earlier commutations in one cell: every ruling is read, and what cannot be read is said."""

from __future__ import annotations

import pytest

from app.core.checks.reduction.cell_history import read_history, says_none
from app.core.records import Cell, Record, show


def proposal(text: str) -> Record:
    """A row of the list with this text under 历次减刑情况."""
    cells = {"name": Cell("样例甲", "样例甲", "姓名"), "history": Cell(text, text, "历次减刑情况")}
    return Record("R1", "R1.xlsx", "表", 2, cells)


def told(text: str) -> list[str]:
    """The rulings read: day, amount, day of service."""
    rows, _ = read_history(proposal(text))
    return [" ".join(filter(None, (show(each[key]) for key in ("ruled_on", "reduced", "served_on")))) for each in rows]


SIX, SEVEN = "2020-06-02 有期徒刑六个月", "2022-08-01 有期徒刑七个月"
SERVED = [f"{SIX} 2020-06-08", f"{SEVEN} 2022-08-05"]


@pytest.mark.parametrize(
    ("text", "rulings"),
    [
        ("2020年6月2日减刑六个月；2022.8.1减7个月", [SIX, SEVEN]),
        ("2020.6.2减刑6个月,2022.8.1减刑7个月", [SIX, SEVEN]),
        ("2020年6月2日减刑六个月、2022年8月1日减刑七个月", [SIX, SEVEN]),
        ("2020-06-02，减刑6个月；2022-08-01，减刑7个月", [SIX, SEVEN]),
        ("20200602减6个月；20220801减7个月", [SIX, SEVEN]),
        ("1.2020年6月2日减刑六个月\n2.2022年8月1日减刑七个月", [SIX, SEVEN]),
        ("第一次：2020年6月2日减刑六个月；第二次：2022年8月1日减刑七个月", [SIX, SEVEN]),
        ("减刑两次：2020年6月2日减刑六个月；2022年8月1日减刑七个月", [SIX, SEVEN]),
        ("2020年6月2日减刑六个月；减后刑期至2029年7月9日；2022年8月1日减刑七个月", [SIX, SEVEN]),
        ("2020年6月2日减刑六个月（2020年6月8日送达），2022年8月1日减刑七个月（2022年8月5日送达）", SERVED),
        ("2020-06-02减刑6个月，送达日期2020-06-08；2022-08-01减刑7个月，送达日期：2022-08-05", SERVED),
        ("2020年6月2日减刑六个月，于2020年6月8日送达；2022年8月1日减刑七个月，2022年8月5日送达", SERVED),
        ("2020年6月2日裁定减刑六个月，刑期至2029年7月9日止", [SIX]),
        ("2020年6月2日减去六个月，减为十一年六个月", [SIX]),
        ("经样例法院2020年6月2日以（2020）样07刑更123号刑事裁定减去有期徒刑六个月", [SIX]),
        ("2020.6.2减刑半年", [SIX]),
        ("2020年6月2日减刑1年6个月，剥夺政治权利改为3年", ["2020-06-02 有期徒刑一年六个月"]),
        ("二〇二〇年六月二日减刑六个月；二○二二年八月一日减刑七个月", [SIX, SEVEN]),
        ("二〇二〇年六月二日减刑六个月（二〇二〇年六月八日送达），2022.8.1减7个月（2022.8.5送达）", SERVED),
        ("2018年12月5日减为有期徒刑二十年", ["2018-12-05 有期徒刑二十年"]),
        ("2018年12月5日由无期徒刑减为有期徒刑二十年六个月", ["2018-12-05 有期徒刑二十年六个月"]),
        ("2016年8月10日减为无期徒刑；2019年12月5日减为有期徒刑二十五年（2019年12月10日送达）",
         ["2016-08-10 无期徒刑", "2019-12-05 有期徒刑二十五年 2019-12-10"]),
        ("2018年12月5日减为有期徒刑二十二年（12月10日送达）", ["2018-12-05 有期徒刑二十二年"]),
    ],
)  # fmt: skip
def test_every_ruling_is_read(text: str, rulings: list[str]) -> None:
    assert told(text) == rulings
    assert read_history(proposal(text))[1] == ""


@pytest.mark.parametrize(
    ("text", "read", "unread"),
    [
        ("2020年6月减刑六个月", 0, "2020年6月减刑六个月"),
        ("曾减刑一次", 0, "曾减刑一次"),
        ("2020年6月2日减刑六个月；去年又减七个月", 1, "去年又减七个月"),
        ("2020年6月2日减刑六个月，2022年8月减刑七个月", 1, "2022年8月减刑七个月"),
        ("2022年8月1日减去余刑", 0, "减去余刑"),
        ("减刑六个月（2020年6月2日）；减刑七个月（2022年8月1日）", 0, "减刑六个月（2020年6月2日）"),
        ("减刑三次：2020年6月2日减刑六个月；2022年8月1日减刑七个月", 0, "减刑三次"),
        ("2020年6月31日减刑六个月", 0, "2020年6月31日"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, read: int, unread: str) -> None:
    rows, gap = read_history(proposal(text))
    assert len(rows) == read
    assert unread in gap


@pytest.mark.parametrize("text", ["无", "没有", "/", "—", "-", "未减刑", "未曾减刑", " 无 "])
def test_none_is_said_in_words(text: str) -> None:
    assert says_none(proposal(text))
    assert read_history(proposal(text)) == ((), "")


def test_an_empty_cell_says_nothing() -> None:
    assert not says_none(proposal(""))
    assert read_history(proposal("")) == ((), "")
