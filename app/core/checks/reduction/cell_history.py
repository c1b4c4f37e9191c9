"""Earlier commutations written into one cell of the proposal list, read into rows of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from app.core.records import Cell, Record
from app.core.values import Term
from app.core.values.dates import parse_date
from app.core.values.numerals import NUMERAL, read_number
from app.core.values.term_text import parse_sentence

LONGEST = Term(3)
_DIGITS = "〇○零一二三四五六七八九十"
DAY = (
    r"(?:\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?|(?<!\d)\d{8}(?!\d)"
    rf"|[{_DIGITS}]{{4}}年[{_DIGITS}]{{1,3}}月[{_DIGITS}]{{1,3}}日)"
)
_DATE = re.compile(DAY)
_SERVED_AFTER = re.compile(r"\s*(?:已|向本人|予以)?送达")
_SERVED_BEFORE = re.compile(r"送达(?:日期|日|时间|于)?[:：]?\s*$")
# Days that are no ruling: ends of a term, starts of one, filing.
_OTHER_BEFORE = re.compile(r"(?:刑期[自起止至]*|[自至到]|止日|起日|报请(?:日期?|于)?|提请(?:日期?|于)?)[:：为]?\s*$")
_OTHER_AFTER = re.compile(r"\s*(?:[止起]|刑满|期满|报请|提请)")
_AMOUNT = re.compile(
    rf"(?P<words>(?:减为|减去|减刑|减)\s*(?:无期徒刑|无期|(?:有期徒刑)?\s*"
    rf"(?:{NUMERAL}\s*年半?)?[零又]?(?:{NUMERAL}\s*(?:个半月|个月|月))?[零又]?(?:{NUMERAL}\s*[日天])?(?:半年)?))"
)
_COUNT = re.compile(r"减刑?\s*([\d一二两三四五六七八九十]+)次")
# A term right behind the day, and nothing else: what was taken off, for nothing longer was ever taken off at once.
_BARE = re.compile(
    rf"[\s,，:：]*(?P<words>(?:{NUMERAL}\s*年半?)?[零又]?(?:{NUMERAL}\s*(?:个半月|个月|月))?[零又]?(?:{NUMERAL}\s*[日天])?)[\s,，；;。]*"
)
# What else stands between the day and a bare term: that it was ruled then, and when that was served.
_RULED = re.compile(
    rf"^\s*裁定|[（(,，]?\s*(?:送达(?:日期|日|时间|于)?[:：]?\s*{DAY}|{DAY}\s*(?:已|向本人|予以)?送达)\s*[）)]?"
)
_ORDINAL = re.compile(r"(?:第[\d一二三四五六七八九十]+次(?:减刑)?|[一二三四五六七八九十]减|首次减刑|首减)\s*[:：]")
NOTHING = frozenset(
    {
        "",
        "无",
        "没有",
        "/",
        "—",
        "-",
        "未减刑",
        "未曾减刑",
        "无减刑",
        "没有减刑",
        "无减刑记录",
        "未减过刑",
        "未曾减过刑",
        "从未减刑",
        "无历次减刑",
        "0次",
        "减刑0次",
        "首次减刑",
        "首次提请",
    }
)


def read_history(proposal: Record) -> tuple[tuple[Record, ...], str]:
    """The rulings a 历次减刑情况 cell names, as R2 records standing at that cell; and what could not be read of it."""
    cell = proposal.cells.get("history")
    text = str(cell.value).strip() if cell is not None and cell.value is not None else ""
    if cell is None or text in NOTHING:
        return (), ""
    text = _ORDINAL.sub("", text)
    rows: list[Mapping[str, Cell]] = []
    unread = []
    for part in _rulings(text):
        read = _ruling(part, cell)
        if read is not None:
            rows.append(read)
        if read is None or _amounts(part) > 1:
            unread.append(part.strip(" ，,；;。、\n"))
    records = tuple(
        Record("R2", proposal.file, proposal.sheet, proposal.row, {"name": proposal.cells["name"], **cells})
        for cells in rows
    )
    return records, f"有未能读懂的内容：{'；'.join(unread)}" if unread else ""


def says_none(proposal: Record) -> bool:
    """Whether the cell says in words that there was no earlier commutation."""
    cell = proposal.cells.get("history")
    return cell is not None and cell.value is not None and str(cell.value).strip() in NOTHING - {""}


def _rulings(text: str) -> Iterator[str]:
    """The text cut before every day a ruling was made on; what speaks of a reduction without its day is a piece too."""
    starts = [match.start() for match in _DATE.finditer(text) if _is_ruling(text, match.start(), match.end())]
    lead = text[: starts[0]] if starts else text
    if "减" in lead and not _heading(lead, len(starts)):
        # With the amount in front of its day nobody can tell which goes with which.
        yield text
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if starts else ():
        # What follows the first clause is part of the ruling unless it speaks of another reduction.
        first, *rest = re.split(r"(?<=[；;。\n])", text[start:end])
        yield first + "".join(each for each in rest if not _another(each))
        yield from (each for each in rest if _another(each))


def _heading(lead: str, count: int) -> bool:
    """Whether words before the first ruling only announce what follows, such as 减刑两次："""
    said = _COUNT.search(lead)
    if said is not None:
        return read_number(said[1]) == count
    return not re.search(r"减(?:去|为)|减刑?\s*[\d一二三四五六七八九十两半]", lead) and (count > 0)


def _another(clause: str) -> bool:
    return "减" in clause and not re.search(r"减后|刑期", clause)


def _is_ruling(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    if _SERVED_AFTER.match(after) or _SERVED_BEFORE.search(before):
        return False
    return not (_OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after))


def _ruling(part: str, cell: Cell) -> Mapping[str, Cell] | None:
    """One ruling; None when its day or its amount cannot be read."""
    day = _DATE.search(part)
    words = _AMOUNT.search(part) or (_BARE.fullmatch(_RULED.sub("", part[day.end() :])) if day is not None else None)
    if day is None or words is None or part[: day.start()].strip(" ，,；;。、\n"):
        return None
    try:
        ruled = parse_date(day[0]).value
        sentence = parse_sentence(words["words"]).value
    except ValueError:
        return None
    if ruled is None or sentence is None:
        return None
    if words.re is _BARE and (sentence.term is None or sentence.term > LONGEST):
        return None
    cells = {"ruled_on": Cell(ruled, day[0], cell.column), "reduced": Cell(sentence, words["words"], cell.column)}
    served = _served(part[day.end() :])
    if served is not None:
        cells["served_on"] = Cell(served, part.strip(), cell.column)
    return cells


def _amounts(part: str) -> int:
    """How many reductions a piece speaks of; 减为 after 减去 only tells what was left."""
    words = [match["words"] for match in _AMOUNT.finditer(part) if len(match["words"].strip()) > len("减去")]
    taken = [each for each in words if not each.startswith("减为")]
    return len(taken) or len(words)


def _served(text: str) -> date | None:
    for match in _DATE.finditer(text):
        if _SERVED_AFTER.match(text[match.end() :]) or _SERVED_BEFORE.search(text[: match.start()]):
            try:
                return parse_date(match[0]).value
            except ValueError:
                return None
    return None
