"""What below a header is no data: repeated headers, totals, footers, column numbers, rows that only count."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.core.intake.headers import Header
from app.core.intake.marks import shown
from app.core.intake.words import EXAMPLE, FOOTER, TOTAL, label_form, label_key

SAME_AS_HEADER = 0.7
LEAST_WIDE = 4  # columns, for a row with one text to be a line across the table
LONGEST_NAME = 4  # characters; longer ones have a dot or are titles
FEW = 3  # totals stand in one of the first cells
LEAST_NUMBERED = 3
LETTERS = "甲乙丙丁戊己庚辛壬癸ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_COUNT = re.compile(r"[(（]?[共计]?\s*[\d零一二两三四五六七八九十百]+\s*(?:人次|[人名件条次户笔])[)）]?")
_COLUMN_NUMBER = re.compile(rf"[(（]?(\d{{1,2}}|[{LETTERS}])[)）]?")

# Such a name is a label's own key; any with one of these characters may be a word about days.
_PLAIN_NAME = re.compile(r"(?:(?![日期间起始开算截止终结束届满时])[\u4e00-\u9fff]){2,4}")


class Below:
    """Judges the rows below one header; `names` are columns a record cannot be without.

    A row with a proper value in one of `names` is data, whatever else it says.
    """

    def __init__(self, header: Header, names: Collection[int] = ()) -> None:
        self._header = header
        self._names = tuple(names)
        words = (label_key(text) for group in (header.labels, header.lower, header.upper) for text in group)
        self._words = frozenset(filter(None, words))
        self._titles = frozenset(form for text in header.above if len(form := label_form(text)) > LONGEST_NAME)

    def reason(self, texts: Sequence[str]) -> str | None:
        """Why a row is no data: None for a data row, "" for a blank one, else the reason."""
        if self._is_named(texts):
            return None
        filled = [(column, shown(text).strip()) for column, text in enumerate(texts) if text and not text.isspace()]
        if not filled:
            return ""
        if self._repeats(filled):
            return "重复的表头"
        if len(filled) == 1 and self._is_title(*filled[0]):
            return "重复的标题" if label_form(filled[0][1]) in self._titles else "表中标题"
        if all(column in self._header.serial and text.isdecimal() for column, text in filled):
            return "只有序号的空行"
        if _numbers_columns([text for _, text in filled]):
            return "栏次"
        first = filled[0][1]
        if EXAMPLE.fullmatch(first):
            return "填写示例"
        if any(TOTAL.fullmatch(text) for _, text in filled[:FEW]):
            return "合计、小计"
        return "表尾" if FOOTER.fullmatch(first) else None

    def _is_title(self, column: int, text: str) -> bool:
        """Whether the only text of a row is a line across the table and not one lonely value."""
        if label_form(text) in self._titles:
            return True
        if FOOTER.fullmatch(text) or TOTAL.fullmatch(text) or EXAMPLE.fullmatch(text):
            return False
        wide = sum(map(bool, self._header.labels)) >= LEAST_WIDE
        leftmost = column <= next((at for at, label in enumerate(self._header.labels) if label), 0)
        return wide and leftmost and column not in self._names and re.search(r"[\u4e00-\u9fff]", text) is not None

    def _is_named(self, texts: Sequence[str]) -> bool:
        for column in self._names:
            text = shown(texts[column]).strip() if column < len(texts) else ""
            if not text or text.isdecimal() or len(text) == 1 or _COUNT.fullmatch(text):
                continue
            if (
                TOTAL.fullmatch(text)
                or FOOTER.fullmatch(text)
                or (len(text) > LONGEST_NAME and label_form(text) in self._titles)
            ):
                continue
            plain = _PLAIN_NAME.fullmatch(text)
            keys = (text, text[:FEW]) if plain else (label_key(text), label_key(text[:FEW]))
            if not self._words.intersection(keys):
                first = next((each for each in texts if each and not each.isspace()), "")
                return not EXAMPLE.fullmatch(shown(first).strip())
        return False

    def _repeats(self, filled: Sequence[tuple[int, str]]) -> bool:
        """Whether the row says again what the header's lines say."""
        row = [""] * (1 + filled[-1][0])
        for column, text in filled:
            row[column] = text
        return repeats(row, (self._header.labels, self._header.lower, self._header.upper))


def repeats(row: Sequence[str], lines: Sequence[Sequence[str]]) -> bool:
    """Whether a row says, column by column, what one of a header's lines says."""
    same = count = 0
    for column, text in enumerate(row):
        key = label_key(text) if text and not text.isspace() else ""
        count += bool(key)
        same += bool(key) and any(key == label_key(line[column]) for line in lines if column < len(line))
    return same > 1 and same >= SAME_AS_HEADER * count


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1 2 3 …, A B C …, 甲 乙 1 2 …"""
    found = [match[1] for text in texts if (match := _COLUMN_NUMBER.fullmatch(text))]
    if len(texts) < LEAST_NUMBERED or len(found) < len(texts):
        return False
    numbers = [int(each) for each in found if each.isdecimal()]
    letters = [LETTERS.index(each) for each in found if not each.isdecimal()]
    return numbers == list(range(1, len(numbers) + 1)) and letters == sorted(set(letters))
