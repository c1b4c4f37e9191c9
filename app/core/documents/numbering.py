"""Document numbers as text: a pattern and its words printed and read back; reserving a number is the store's work."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.documents.dictionary import BLANK

OFFICE, DEPARTMENT, YEAR, SERIAL = "院", "部门", "年", "n"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NEEDED = (YEAR, SERIAL)
KNOWN = (OFFICE, DEPARTMENT, YEAR, SERIAL)
OPENING, CLOSING = "[〔（(［\\[]", "[〕）)］\\]]"
PARTS: Mapping[str, str] = {
    OFFICE: r"(?P<office>.+?)",
    DEPARTMENT: r"(?P<department>.*?)",
    YEAR: r"(?P<year>\d{4})",
    SERIAL: r"第?0*(?P<n>\d+)",
}
YEARS = range(1900, 10000)


@dataclass(frozen=True, slots=True)
class Series:
    """A row of numbers of its own: counted per year and department; `pattern` is the default an office may change."""

    id: str
    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Number:
    """The words of one document number."""

    office: str
    department: str
    year: int
    n: int


@cache
def all_series() -> tuple[Series, ...]:
    """Every number series, as numbering.toml has them."""
    raw = tomllib.loads(Path(__file__).with_name("numbering.toml").read_text(encoding="utf-8"))
    return tuple(Series(each["id"], each["name"], each["pattern"]) for each in raw["series"])


def series(series_id: str) -> Series:
    """One series by its id; KeyError when there is none such."""
    for each in all_series():
        if each.id == series_id:
            return each
    raise KeyError(series_id)


def pattern_faults(pattern: str) -> list[str]:
    """What is wrong with a pattern, in Chinese; empty when it can be used."""
    words = PLACEHOLDER.findall(pattern)
    faults = [
        f"文号中有不认识的“{{{each}}}”，只能用 {{院}} {{部门}} {{年}} {{n}}" for each in words if each not in KNOWN
    ]
    faults += [f"文号缺少“{{{each}}}”" for each in NEEDED if each not in words]
    faults += [f"“{{{each}}}”只能出现一次" for each in KNOWN if words.count(each) > 1]
    rest = PLACEHOLDER.sub("", pattern)
    if "{" in rest or "}" in rest:
        faults.append("文号的花括号不成对")
    if re.search(r"[(（\[［]\s*\{年\}", pattern):
        faults.append("年份应当用六角括号〔〕")
    if "第{n}" in pattern:
        faults.append("序号前不加“第”")
    if any(ord(each) < ord(" ") for each in pattern):
        faults.append("文号中有换行等不可见字符")
    return faults


def format_number(pattern: str, office: str, department: str, year: int, n: int) -> str:
    """Print a number: no padding, no 第. An empty office or department shows as 【待填】.

    ValueError for a pattern with faults, a year outside 1900–9999 or a number below 1.
    """
    faults = pattern_faults(pattern)
    if faults or n < 1 or year not in YEARS:
        raise ValueError("；".join(faults) or f"no number {year}/{n}")
    words = {OFFICE: office or BLANK, DEPARTMENT: department or BLANK, YEAR: str(year), SERIAL: str(n)}
    return PLACEHOLDER.sub(lambda found: words[found[1]], pattern)


def parse_number(pattern: str, text: str) -> Number | None:
    """Read a number of this pattern, forgiving other brackets, padding, 第 and blanks; None when it is another."""
    found = re.fullmatch(_regex(pattern), re.sub(r"\s", "", text))
    if found is None:
        return None
    words = found.groupdict()
    office, department = words.get("office", ""), words.get("department", "")
    return Number(
        "" if office == BLANK else office,
        "" if department == BLANK else department,
        int(words["year"]),
        int(words["n"]),
    )


def _regex(pattern: str) -> str:
    """A regular expression that reads what the pattern prints."""
    out, end = "", 0
    for each in PLACEHOLDER.finditer(pattern):
        out += _literal(pattern[end : each.start()]) + PARTS[each[1]]
        end = each.end()
    return out + _literal(pattern[end:])


def _literal(text: str) -> str:
    written = re.escape(re.sub(r"\s", "", text))
    return written.replace("〔", OPENING).replace("〕", CLOSING)
