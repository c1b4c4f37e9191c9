"""Money in whole fen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from app.core.values.numerals import read_number
from app.core.values.reading import UNKNOWN, Read, plain

FEN_IN_YUAN = 100
UNITS = {"": 1, "元": 1, "百": 100, "千": 1_000, "千元": 1_000, "万": 10_000, "万元": 10_000, "亿": 100_000_000}
_LEAD = re.compile(
    r"^(?:(?:并处|单处)?罚金|追缴|责令退赔|退赔|没收(?:个人)?财产|人民币|RMB|CNY|[¥￥:：共计为])+", re.IGNORECASE
)
_TAIL = re.compile(r"(?:人民币|RMB|[/每]月|整|正)+$", re.IGNORECASE)
_DIGITS = re.compile(
    r"([-+负]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(万|千|百|亿)?(?:(\d)千)?(?:(\d)百)?(\d{1,4})?(?:元|圆|块)?"
)
_WORDS = re.compile(
    r"([零〇一二两三四五六七八九十百千万亿壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬]+)(?:元|圆|块)?整?零?"
    r"(?:([零一二三四五六七八九壹贰叁肆伍陆柒捌玖])角)?零?(?:([一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?"
)
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[Ee]\+?\d+")
_MIXED = re.compile(r"(?<=\d)[佰仟萬]")  # 3仟元
_PLAIN_UNITS = {"佰": "百", "仟": "千", "萬": "万"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole fen."""

    fen: int

    def __str__(self) -> str:
        yuan, rest = divmod(abs(self.fen), FEN_IN_YUAN)
        sign = "-" if self.fen < 0 else ""
        return f"{sign}{yuan}元" if not rest else f"{sign}{yuan}.{rest:02d}元"


@lru_cache(maxsize=20_000)
def parse_money(text: str, unit: str = "") -> Read[Money]:
    """Read 5000, 1,234.50元, 2万元, 2万5千元, 人民币贰万元整, 无 (nothing due); blanks give None.

    `unit` is 万元 or 千元 when the column's header states it for bare numbers. Parts of a fen are rounded with a doubt.
    ValueError, in Chinese, for other text and for several amounts.
    """
    read = plain(text)
    if read in UNKNOWN:
        return Read(None)
    if read in ("无", "没有"):
        return Read(Money(0))
    body = _TAIL.sub("", _LEAD.sub("", read)).rstrip("。;,")
    if _SCIENTIFIC.fullmatch(body):
        raise ValueError(f"“{text.strip()}”是科学计数，金额可能已失真，请以常规格式重新导出")
    body = _MIXED.sub(lambda found: _PLAIN_UNITS[found[0]], body)
    if match := _DIGITS.fullmatch(body):
        return _from_digits(match, text, "" if re.search(r"[元圆块万千百]", body) else unit)
    if match := _WORDS.fullmatch(body):
        fen = read_number(match[1]) * FEN_IN_YUAN
        fen += sum(read_number(match[group]) * worth for group, worth in ((2, 10), (3, 1)) if match[group])
        return Read(Money(fen))
    if len(re.findall(r"\d[\d,.]*", body)) > 1:
        raise ValueError(f"“{text.strip()}”不止一个金额")
    raise ValueError(f"“{text.strip()}”不是能读懂的金额")


def _from_digits(match: re.Match[str], text: str, unit: str) -> Read[Money]:
    sign, number, scale, thousands, hundreds, rest = match.groups()
    if (thousands or rest or hundreds) and scale != "万":
        raise ValueError(f"“{text.strip()}”不是能读懂的金额")
    if rest and (hundreds or not thousands) and len(rest) == 1:
        raise ValueError(f"“{text.strip()}”末位没有写明单位")
    yuan = Decimal(number.replace(",", "")) * UNITS[scale or unit]
    yuan += int(thousands or 0) * UNITS["千"] + int(hundreds or 0) * UNITS["百"] + int(rest or 0)
    exact = yuan * FEN_IN_YUAN
    fen = int(exact.to_integral_value(ROUND_HALF_UP))
    doubt = "" if fen == exact else f"“{text.strip()}”不足一分的部分四舍五入"
    return Read(Money(-fen if sign in ("-", "负") else fen), doubt)
