"""Phrases of documents: dates as official papers write them, what is proposed, what was imposed."""

from __future__ import annotations

import re
from datetime import date

from app.core.documents.dictionary import BLANK
from app.core.records import Cell, show
from app.core.values import Deprivation, Sentence, SentenceKind

ARROW = re.compile(r" ?→ ?")
ISO_DAY = re.compile(r" ?(\d{4})-(\d{2})-(\d{2}) ?")
BESIDE_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=\d) (?=[\u4e00-\u9fff])")
REPLACING, REDUCING = ("减为", "改为"), "减去"


def on_paper(day: date | None) -> str:
    """2026年3月5日, nothing padded; "" for None."""
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def in_words(text: str) -> str:
    """A sentence of a rule as official papers write it: days as 2026年3月5日, no arrows, gaps or full stop."""
    text = ARROW.sub("，即", text)
    text = ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", text)
    return BESIDE_NUMBER.sub("", text).rstrip("。").strip()


def written(cell: Cell | None) -> str:
    """A cell as it is printed; what could not be read stands in the table's own words, marked as such."""
    if cell is None:
        return ""
    if cell.value is None:
        raw = cell.raw.strip()
        return f"{raw}（表中原文）" if raw else ""
    return on_paper(cell.value) if isinstance(cell.value, date) else show(cell.value)


def between(first: str, last: str) -> str:
    """A stretch of days; "" when neither end is known, the unknown one left visibly blank otherwise."""
    return f"{first or BLANK}至{last or BLANK}" if first or last else ""


def proposal(cell: Cell | None, *, replaces: bool) -> str:
    """减去有期徒刑六个月, or 减为有期徒刑二十二年 when the penalty is replaced; "" when nothing is stated.

    The words of the table decide when they say which; `replaces` when they do not.
    """
    if cell is None:
        return ""
    text = written(cell)
    if not isinstance(cell.value, Sentence):
        return text
    life = cell.value.kind in (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)
    says_replacing = any(each in cell.raw for each in REPLACING)
    if life or says_replacing or (replaces and REDUCING not in cell.raw):
        return f"{REPLACING[0]}{text}"
    return f"{REDUCING}{text}"


def sentence_with_deprivation(penalty: str, cell: Cell | None) -> str:
    """有期徒刑三年，附加剥夺政治权利一年; what is unknown is left visibly blank, none is left out."""
    imposed = penalty or BLANK
    value = None if cell is None else cell.value
    if isinstance(value, Deprivation):
        return f"{imposed}，附加{value}" if value else imposed
    return f"{imposed}，附加剥夺政治权利{written(cell) or BLANK}"


def term_of_sentence(first: str, last: str, *, endless: bool) -> str:
    """自…起至…止; `endless` sentences have no last day unless one is stated."""
    if endless and not last:
        return f"自{first}起" if first else "无固定期限"
    return f"自{first or BLANK}起至{last or BLANK}止"
