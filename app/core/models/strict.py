"""Reading a file nobody vouches for: every key is asked for, everything has a limit, the rest is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from app.core.errors import UserError

MOST_BYTES = 256 * 1024
MOST_DEPTH = 12
MOST_VALUES = 20_000
LONGEST = 4000  # signs of one text
LARGEST = 10**15
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
MEND = "请改正这一处，或者向提供文件的单位索取正确的模型文件"


class ModelFault(UserError):
    """A model file cannot be used as it is."""


def refuse(where: str, what: str) -> NoReturn:
    """Say what is wrong in a model file, and where."""
    raise ModelFault(f"模型文件不能用：{where}{'：' if where else ''}{what}", do=MEND)


def parse(data: bytes) -> dict[str, Any]:
    """The content of a file within the limits of size, depth, number and length; ModelFault for anything else."""
    if len(data) > MOST_BYTES:
        refuse("", f"文件过大，最多 {MOST_BYTES // 1024} KB")
    try:
        text = data.decode("utf-8")
        found = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError:
        refuse("", "不是 UTF-8 文本")
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        refuse(f"第 {place[1]} 行第 {place[2]} 列" if place else "", "写法不合 TOML 格式")
    except (RecursionError, ValueError, OverflowError, ArithmeticError):
        refuse("", "嵌套过深，或者有过大的数")
    _measure(found)
    return found


def _measure(content: Mapping[str, Any]) -> None:
    """Refuse what is too deep, too much or too long; walked without recursion."""
    left: list[tuple[Any, int]] = [(content, 1)]
    seen = 0
    while left:
        value, depth = left.pop()
        seen += 1
        if seen > MOST_VALUES:
            refuse("", f"内容过多，最多 {MOST_VALUES} 项")
        if depth > MOST_DEPTH:
            refuse("", f"嵌套过深，最多 {MOST_DEPTH} 层")
        if isinstance(value, Mapping):
            left += [(each, depth + 1) for each in value.values()]
            left += [(each, depth + 1) for each in value]
        elif isinstance(value, list):
            left += [(each, depth + 1) for each in value]
        else:
            _plain(value)


def _plain(value: Any) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST:
            refuse("", f"有一段文字过长，最多 {LONGEST} 字")
        if _CONTROL.search(value):
            refuse(f"“{_CONTROL.sub('', value)[:20]}”", "有看不见的控制字符")
    elif isinstance(value, Decimal) and (not value.is_finite() or abs(value) > LARGEST or _digits(value) > 6):
        refuse("", "有过大或者过细的数")
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST:
        refuse("", "有过大的数")


def _digits(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else LARGEST


class Fields:
    """One table of the file; what was not asked for by the end is refused."""

    def __init__(self, data: Any, where: str) -> None:
        if not isinstance(data, dict):
            refuse(where, "这里应当是一组“名称 = 值”")
        self._data: dict[str, Any] = dict(data)
        self.where = where

    def has(self, key: str) -> bool:
        """Whether a key is there and was not asked for yet."""
        return key in self._data

    def close(self) -> None:
        """Refuse keys nobody knows."""
        if self._data:
            refuse(self.where, f"不认识的项目“{next(iter(self._data))[:40]}”")

    def any(self, key: str) -> Any:
        """A value of any kind; refused when absent."""
        if key not in self._data:
            refuse(self.where, f"缺少“{key}”")
        return self._data.pop(key)

    def text(self, key: str, default: str | None = None, *, most: int = 400) -> str:
        """A text; an empty one only where the default is."""
        if default is not None and key not in self._data:
            return default
        value = self.any(key)
        if not isinstance(value, str) or len(value) > most or (default is None and not value.strip()):
            refuse(self.where, f"“{key}”应当是不超过 {most} 字的文字")
        return str(value.strip())

    def name(self, key: str, default: str | None = None) -> str:
        """A name as the file uses among its own parts."""
        value = self.text(key, default, most=40)
        if value and not NAME.fullmatch(value):
            refuse(self.where, f"“{key}”只能用小写字母、数字和下划线，以字母开头")
        return value

    def word(self, key: str, among: Any, default: str | None = None) -> str:
        """One of some words."""
        value = self.text(key, default, most=40)
        if value not in among and value != default:
            refuse(self.where, f"“{key}”只能是{'、'.join(among)}之一")
        return value

    def texts(self, key: str, *, most: int = 60) -> tuple[str, ...]:
        """A list of texts; () when absent."""
        values = self._data.pop(key, [])
        if not isinstance(values, list) or len(values) > most or any(not isinstance(each, str) for each in values):
            refuse(self.where, f"“{key}”应当是不超过 {most} 项的一列文字")
        return tuple(each.strip() for each in values)

    def whole(self, key: str, default: int | None = None, *, least: int = 0, most: int = 100_000) -> int:
        """A whole number."""
        if default is not None and key not in self._data:
            return default
        value = self.any(key)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            refuse(self.where, f"“{key}”应当是 {least} 到 {most} 的整数")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._data.pop(key, default)
        if not isinstance(value, bool):
            refuse(self.where, f"“{key}”只能是 true 或者 false")
        return value

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """A day; None when absent and not needed."""
        if not needed and key not in self._data:
            return None
        value = self.any(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            refuse(self.where, f"“{key}”应当是日期，如 2026-01-31")
        return value

    def parts(self, key: str, what: str, *, most: int, least: int = 0) -> list[Fields]:
        """A list of tables, each to be read in turn."""
        values = self._data.pop(key, [])
        if not isinstance(values, list) or not least <= len(values) <= most:
            refuse(self.where, f"“{key}”应当有 {least} 到 {most} 段")
        inner = f"{self.where} " if self.where else ""
        return [Fields(each, f"{inner}第 {place} {what}") for place, each in enumerate(values, 1)]

    def part(self, key: str, what: str) -> Fields:
        """One table."""
        return Fields(self.any(key), what)

    def rest(self) -> dict[str, Any]:
        """Everything not asked for yet, taken as a whole."""
        data, self._data = self._data, {}
        return data
