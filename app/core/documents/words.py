"""Making words ready for paper: every word used gets a value, a visible blank or nothing, and is clean XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.core.documents.dictionary import Word, WordType
from app.core.documents.syntax import EACH, Use

# XML 1.0 has no place for these, and Word refuses the whole document for one of them.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\u0085")
BREAKS = re.compile("[\n\t]")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as the value of a word: its file's bytes and its width on paper in millimetres."""

    data: bytes
    width_mm: int


@dataclass(slots=True)
class Prepared:
    """The words of one document, ready to render; `breaks` when a value holds line ends or tabs."""

    words: dict[str, object] = field(default_factory=dict)
    breaks: bool = False
    pictures: bool = False


def clean(text: str) -> str:
    """Text without what XML cannot hold, line ends as \\n, no blank edges."""
    if text.isprintable():
        return text.strip()
    return ILLEGAL.sub("", LINE_ENDS.sub("\n", text)).strip()


class Plan:
    """How the words of one template are made ready, worked out once for all its documents."""

    def __init__(self, use: Use, words: Mapping[str, Word]) -> None:
        """KeyError when a word is used that is not among `words`."""
        self._texts: list[tuple[str, Word, object]] = []
        self._flags: list[str] = []
        self._lines: list[tuple[str, Word]] = []
        self._rows: list[tuple[str, Word, Plan]] = []
        for name, each in use.inside.items():
            word = words[name]
            match word.type:
                case WordType.FLAG:
                    self._flags.append(name)
                case WordType.TEXT:
                    self._texts.append((name, word, word.empty))
                case WordType.TEXTS:
                    self._lines.append((name, word))
                case WordType.ROWS:
                    self._rows.append((name, word, Plan(each, word.inside)))

    def ready(self, context: Mapping[str, object]) -> Prepared:
        """A value for every word used. TypeError when a list is wanted and something else is given, or the reverse."""
        prepared = Prepared()
        prepared.words = self._row(context, prepared)
        return prepared

    def _row(self, context: Mapping[str, object], prepared: Prepared) -> dict[str, object]:
        row: dict[str, object] = {}
        for name, word, empty in self._texts:
            value = context.get(name)
            if not value and (value is None or value == ""):
                row[name] = empty
            elif type(value) is str and value.isprintable():
                row[name] = value.strip() or empty
            else:
                row[name] = _text(word, value, prepared)
        for name in self._flags:
            row[name] = bool(context.get(name))
        for name, word in self._lines:
            items = _items(word, context.get(name))
            row[name] = [text for each in items if (text := _text(word, each, prepared))]
        for name, word, plan in self._rows:
            row[name] = [plan._row(_as_row(word, each), prepared) for each in _items(word, context.get(name))]
        return row


def prepare(use: Use, words: Mapping[str, Word], context: Mapping[str, object]) -> Prepared:
    """A value for every word used, for one document; as `Plan.ready`."""
    return Plan(use, words).ready(context)


def _text(word: Word, value: object, prepared: Prepared) -> object:
    if isinstance(value, Picture):
        prepared.pictures = True
        return value
    if isinstance(value, bool) or (value is not None and not isinstance(value, str | int)):
        raise TypeError(f"{word.name} wants text, got {type(value).__name__}")
    text = "" if value is None else clean(str(value))
    if not text:
        return word.empty if word.type is WordType.TEXT else ""
    prepared.breaks = prepared.breaks or BREAKS.search(text) is not None
    return text


def _items(word: Word, value: object) -> tuple[object, ...] | list[object]:
    if value is None:
        return ()
    if not isinstance(value, tuple | list):
        raise TypeError(f"{word.name} wants a list, got {type(value).__name__}")
    return value


def _as_row(word: Word, value: object) -> Mapping[str, object]:
    if type(value) is not dict and not isinstance(value, Mapping):
        raise TypeError(f"{word.name} wants rows, got {type(value).__name__}")
    return value


def kept(use: Use, context: Mapping[str, object]) -> dict[str, object]:
    """The words used as plain data, to tell later what a document said: cleaned texts, flags, lists of these."""
    return {name: _plain(each, context.get(name)) for name, each in use.inside.items()}


def _plain(use: Use, value: object) -> object:
    if type(value) is str and value.isprintable():
        return value.strip()
    if isinstance(value, bool):
        return value
    if isinstance(value, str | int):
        return clean(str(value))
    if isinstance(value, tuple | list):
        return [kept(use, each) if isinstance(each, Mapping) else clean(str(each)) for each in value]
    return ""


def lacking(use: Use, words: Mapping[str, Word], context: Mapping[str, object]) -> tuple[str, ...]:
    """The words used that print 【待填】, each once; a list's words as 审查事项.结论."""
    return tuple(dict.fromkeys(_lacking(use, words, context, "")))


def _lacking(use: Use, words: Mapping[str, Word], context: Mapping[str, object], before: str) -> Iterator[str]:
    for name, each in use.inside.items():
        word, value = words[name], context.get(name)
        if word.type is WordType.ROWS:
            for row in _items(word, value):
                yield from _lacking(each, word.inside, _as_row(word, row), f"{before}{name}.")
        elif word.type is WordType.TEXT and not word.blank and (value is None or not clean(str(value))):
            yield before + name


def printed(use: Use, words: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Name and text of every value that must be visible in the document, whatever its conditions are."""
    for name, each in use.inside.items():
        value = words[name]
        if isinstance(value, str):
            if each.printed:
                yield name, value
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, Mapping):
                    yield from printed(each, row)
                elif each.inside[EACH].printed and isinstance(row, str):
                    yield name, row
