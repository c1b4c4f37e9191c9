"""Every row of the tables of commutation, as the articles state it: times and amounts for every merit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from app.core.values import Term
from tests.core.checks.casefiles import FOLDER, bases, faults, review_of, spread

ROWS: list[dict[str, Any]] = json.loads((FOLDER / "rows.json").read_text(encoding="utf-8"))
MERITS = ("确有悔改表现", "立功", "确有悔改表现并立功", "重大立功", "确有悔改表现并重大立功")
MAJOR = MERITS[3:]
EXEMPT = {"yes": "合规", "silent": "存疑", "part": "存疑"}
WORDS = {"yes": "可以不受该时间限制", "silent": "未写明不受该时间限制", "part": "适当缩短"}


def months_after(day: str, months: int) -> date:
    """The same day some months on; the days used here exist in every month."""
    start = date.fromisoformat(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, start.day)


def in_words(months: int) -> str:
    """A number of months as a list writes it."""
    return str(Term.of_months(months))


def anchors(base: str) -> tuple[str, str]:
    """The earliest and the latest day a waiting time may run from."""
    row = bases()[base]["R1"]
    if row["原判刑种"] == "无期徒刑":
        return row["判决生效日期"], row["送交执行日期"]
    if row["原判刑种"] == "死刑缓期执行":
        return row["死缓期满日期"], bases()[base]["R2"][0]["裁定日期"]
    return row["送交执行日期"], row["送交执行日期"]


def waits() -> Iterator[tuple[str, dict[str, Any]]]:
    """Right at and just before the end of every waiting time, and just before it with major merit."""
    for row in ROWS:
        if "wait" not in row:
            continue
        rule = "T02" if "ranges" in row else "T01"
        early, late = (months_after(each, row["wait"]) for each in anchors(row["first"]))
        before = str(early - timedelta(days=1))
        name = f"{row['row']} {row['first']}"
        amount = _for_merit(row, 3)
        yield f"{name} due", _line(row["first"], {"报请日期": str(late)}, {rule: "合规"})
        yield f"{name} short", _line(row["first"], {"报请日期": before}, {rule: _broken(row)})
        for merit in MAJOR:
            changed = {"报请日期": before, "悔改立功情形": merit, **amount}
            line = _line(row["first"], changed, {rule: _lifted(row), "T13": _proof(row)})
            yield f"{name} short {merit}", {**line, "words": {rule: [WORDS[row["exempt"]]]}}


def intervals() -> Iterator[tuple[str, dict[str, Any]]]:
    """Right at and just before the end of every interval, and just before it with major merit."""
    for row in ROWS:
        if "interval" not in row:
            continue
        served = bases()[row["later"]]["R2"][-1]["送达日期"]
        day = months_after(served, row["interval"])
        before = str(day - timedelta(days=1))
        name = f"{row['row']} {row['later']}"
        yield f"{name} due", _line(row["later"], {"报请日期": str(day)}, {"T03": "合规"})
        yield f"{name} short", _line(row["later"], {"报请日期": before}, {"T03": _broken(row)})
        for merit in MAJOR:
            changed = {"报请日期": before, "悔改立功情形": merit}
            line = _line(row["later"], changed, {"T03": _lifted(row), "T13": _proof(row)})
            yield f"{name} short {merit}", {**line, "words": {"T03": [WORDS[row["exempt"]]]}}


def caps() -> Iterator[tuple[str, dict[str, Any]]]:
    """The largest amount for every merit, and a month more."""
    for row in ROWS:
        if "caps" not in row:
            continue
        base, rule = row.get("first", row.get("later")), "M06" if row.get("restricted") else "M01"
        for index, (merit, cap) in enumerate(zip(MERITS, row["caps"], strict=True)):
            for months, word in ((cap, "合规"), (cap + 1, _broken(row))):
                says = {rule: word, **_strict(row, index, months), **_misused(row, index, months, word)}
                changed = {"悔改立功情形": merit, "提请减刑幅度": in_words(months)}
                yield f"{row['row']} {base} {merit} {months}", _line(base, changed, says)


def _broken(row: dict[str, Any]) -> str:
    """The rules before 2017 are for orientation only: what they do not allow is a prompt."""
    return "提示" if row.get("former") else "违法"


def _lifted(row: dict[str, Any]) -> str:
    return "提示" if row.get("former") and row["exempt"] != "yes" else EXEMPT[row["exempt"]]


def _proof(row: dict[str, Any]) -> str:
    return "存疑" if row["exempt"] == "silent" and not row.get("former") else "提示"


def _strict(row: dict[str, Any], index: int, months: int) -> dict[str, str]:
    """Strict prisoners: more than a year is unlawful; as much as an ordinary prisoner might get must be looked at."""
    if "ordinary" not in row:
        return {}
    if months > 12:
        return {"M02": "违法"}
    return {"M02": "存疑" if months >= row["ordinary"][index] else "合规"}


def _misused(row: dict[str, Any], index: int, months: int, word: str) -> dict[str, str]:
    if "general" not in row:
        return {}
    return {"M07": "违法" if word == "违法" and months <= row["general"][index] else "合规"}


def ranges() -> Iterator[tuple[str, dict[str, Any]]]:
    """Both ends of the range for every merit, and a month beyond each."""
    for row in ROWS:
        if "ranges" not in row:
            continue
        for index, (merit, (low, high)) in enumerate(zip(MERITS, row["ranges"], strict=True)):
            longer = "存疑" if row.get("longer") == "open" else _broken(row)
            shorter = "存疑" if low - 1 >= row.get("least", low) else _broken(row)
            for months, word in ((low, "合规"), (high, "合规"), (low - 1, shorter), (high + 1, longer)):
                says = {"M03": word, **_misused_range(row, index, months, word)}
                changed = {"悔改立功情形": merit, **_to(months)}
                yield f"{row['row']} {merit} {months}", _line(row["first"], changed, says)
            if "least" in row:
                changed = {"悔改立功情形": merit, **_to(row["least"] - 1)}
                yield f"{row['row']} {merit} least", _line(row["first"], changed, {"M03": "违法"})


def _misused_range(row: dict[str, Any], index: int, months: int, word: str) -> dict[str, str]:
    if "general" not in row:
        return {}
    low, high = row["general"][index]
    return {"M07": "违法" if word == "违法" and low <= months <= high else "合规"}


def _to(months: int) -> dict[str, str]:
    return {"提请减刑幅度": f"减为有期徒刑{in_words(months)}", "减后刑期": in_words(months)}


def _for_merit(row: dict[str, Any], index: int) -> dict[str, str]:
    """A new term that is lawful for both kinds of major merit."""
    if "ranges" not in row:
        return {}
    first, second = row["ranges"][3], row["ranges"][4]
    return _to(max(first[0], second[0]))


def _line(base: str, changed: dict[str, str], says: dict[str, str]) -> dict[str, Any]:
    return {"id": base, "base": base, "set": changed, "says": says, "why": "by the article"}


LINES = dict([*waits(), *intervals(), *caps(), *ranges()])


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_row(line: dict[str, Any]) -> None:
    case = spread(line)
    assert faults(case, review_of(case)) == []


def test_every_row_of_the_tables_is_there() -> None:
    wanted = {"A1", "A2", "A3", "A4", "A4x", "A5", "A6", "A7", "B1", "B2", "B3", "C1", "C2", "C3", "C4"}
    former = {"R12-1", "R12-2", "R12-3", "R12-4", "R97-1", "R97-2", "R97-3", "R97-4"}
    assert {row["row"] for row in ROWS} == wanted | former | {"D1", "D2", "D3", "D4", "D5", "D6"}
    assert len(LINES) > 300
