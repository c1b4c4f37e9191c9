"""What the text of a sentence in one cell says of other fields: 有期徒刑三年，缓刑四年，并处罚金人民币贰万元."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import dataclass

from app.core.intake.marks import GARBLED
from app.core.intake.stated_parts import KIND, homeless, value_of
from app.core.records import CARRIED_FROM, Cell, Field, FieldType, Stated, TableKind, Value, show
from app.core.values.sentence_parts import SentenceText
from app.core.values.sentence_text import parse_sentence_text, unread_doubt
from app.core.values.term import Sentence
from app.core.values.term_text import parse_sentence

MOST_KEPT = 20_000  # readings a column
_NUMERAL = r"[\d〇零一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟半]"
# A cell that may state more than its own value; all others are left alone.
_SPEAKS = re.compile(
    rf"{_NUMERAL}\s*(?:年|个|月|日|天|元|圆|块|万)|罚金?{_NUMERAL}|判{_NUMERAL}+缓|终身|死刑|死缓|无期|没收|驱逐|限制减刑|禁止"
)
_SIMPLE = re.compile(
    r"(?P<kind>有期(?:徒刑)?|拘役|管制|无期(?:徒刑)?|死刑缓期[二两2]年执行|死缓)?[\s\d.年个月日天一二两三四五六七八九十零又半]*"
)
_TOLD = re.compile(r"有期|徒刑|拘役|管制|无期|死刑|死缓")
_READ_ALONE = (FieldType.TERM, FieldType.DEPRIVATION, FieldType.MONEY)  # such a cell is asked only when it is not read
_SUSPENDED = "缓刑"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a cell says of another field; `part` is the part of a sentence that field holds.

    A plain word such as 无期徒刑 among kinds of penalty does not fill another field, it only must not contradict it.
    """

    field: Field
    part: str
    cell: Cell
    fills: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says of other fields, and the cell itself once it is known what its words mean."""

    cell: Cell
    claims: tuple[Claim, ...]


class Source:
    """One column that may hold the text of a sentence: its cells are asked what they say of other fields."""

    def __init__(self, place: int, field: Field, stated: Stated, table: TableKind) -> None:
        self.place = place
        self._field = field
        self._fields = {part: table.field(field_id) for part, field_id in stated.parts.items()}
        self._known: dict[tuple[str, str], Reading | None] = {}

    def reading(self, cell: Cell) -> Reading | None:
        """What a cell says beyond its own value; None for a plain value, as nearly all are."""
        key = cell.raw, cell.doubt
        if key in self._known:
            return self._known[key]
        found = self._read(cell)
        if len(self._known) < MOST_KEPT:
            self._known[key] = found
        return found

    def _read(self, cell: Cell) -> Reading | None:
        kind = self._field.type
        simple = _SIMPLE.fullmatch(cell.raw)
        if simple is not None and (kind is FieldType.SENTENCE or (kind is not FieldType.TEXT and not simple["kind"])):
            return None
        if GARBLED in cell.raw or (kind is FieldType.SENTENCE and cell.value is not None and not cell.doubt):
            return None
        if not _SPEAKS.search(cell.raw) or (kind in _READ_ALONE and cell.value is not None):
            return None
        try:
            read = parse_sentence_text(cell.raw)
        except ValueError as fault:
            doubt = cell.doubt if kind in _READ_ALONE or str(fault) in cell.doubt else _joined(cell.doubt, str(fault))
            return Reading(cell._replace(doubt=doubt), ())
        return None if read.value is None else self._taken_apart(cell, read.value, read.doubt)

    def _taken_apart(self, cell: Cell, said: SentenceText, doubt: str) -> Reading | None:
        own, left = cell.value, said.unread
        if self._field.type is FieldType.SENTENCE and said.principal is None:
            left = tuple(each for each in said.unread if not _is_just(each, cell.value))
        doubt = _joined(doubt.removesuffix(unread_doubt(said.unread)).rstrip("；"), unread_doubt(left))
        fills = self._field.type is not FieldType.CHOICE or bool(cell.doubt)
        claims = []
        for part, field in self._fields.items():
            value = value_of(part, said, field, told=bool(_TOLD.search(cell.raw)))
            if value is None:
                continue
            if field is self._field:
                own = value if cell.value is None or cell.doubt else cell.value
            else:
                claims.append(Claim(field, part, Cell(value, cell.raw, cell.column, doubt), fills))
        if self._field.type is FieldType.SENTENCE and said.principal is not None and cell.doubt:
            own = said.principal
        if own is None and not claims:
            return None
        if self._field.type is not FieldType.TEXT:
            at_home = {*self._fields, "principal"} if self._field.type is FieldType.SENTENCE else set(self._fields)
            doubt = _joined(doubt, homeless(said, at_home))
        if own is None:
            doubt = _joined(cell.doubt, doubt)
        elif CARRIED_FROM in cell.doubt:
            doubt = _joined(doubt, CARRIED_FROM)
        return Reading(cell._replace(value=own, doubt=doubt), tuple(claims))


def sources_of(table: TableKind, places: Mapping[str, int]) -> list[Source]:
    """The columns of a sheet that may hold the text of a sentence, by the places of its fields."""
    return [
        Source(places[field_id], table.field(field_id), stated, table)
        for stated in table.stated
        for field_id in stated.sources
        if field_id in places
    ]


def spread(
    sources: Sequence[Source], places: Mapping[str, int], columns: MutableSequence[Sequence[Cell]], count: int
) -> dict[int, dict[str, Cell]]:
    """Let the cells of `count` rows say what they say: `columns` (cells by place) are changed where a cell is empty.

    Gives, by row, the cells of fields that have no column. What is stated twice and not alike is told, never chosen.
    """
    claimed: dict[int, list[Claim]] = {}
    for source in sources:
        column = columns[source.place]
        changed: list[Cell] | None = None
        for row in range(count):
            reading = source.reading(column[row])
            if reading is None:
                continue
            if reading.cell is not column[row]:
                changed = changed or list(column)
                changed[row] = reading.cell
            if reading.claims:
                claimed.setdefault(row, []).extend(reading.claims)
        columns[source.place] = changed or column
    extra: dict[int, dict[str, Cell]] = {}
    for row, claims in claimed.items():
        for field_id, of in _by_field(claims).items():
            place = places.get(field_id)
            own = None if place is None else columns[place][row]
            if own is None or not own.raw.strip():
                of = [each for each in of if each.fills]
                if not of:
                    continue
            settled = _settled(own, of)
            if place is None:
                extra.setdefault(row, {})[field_id] = settled
            elif settled is not own:
                column = columns[place]
                if not isinstance(column, list):
                    columns[place] = column = list(column)
                column[row] = settled
    return extra


def _by_field(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for each in claims:
        found.setdefault(each.field.id, []).append(each)
    return found


def _settled(own: Cell | None, claims: Sequence[Claim]) -> Cell:
    """The cell of a field: its own column goes first, an empty one is filled, and what does not agree is doubted."""
    if own is not None and own.raw.strip():
        others = [each for each in claims if not _agree(each, own)]
        notes = [f"“{each.cell.column}”栏写的是{show(each.cell.value)}，与本栏不一致" for each in others]
        return own._replace(doubt=_joined(own.doubt, *notes)) if others else own
    first = claims[0]
    if all(_agree(each, first.cell) for each in claims[1:]):
        return first.cell
    notes = [f"“{each.cell.column}”栏写的是{show(each.cell.value)}" for each in claims]
    return first.cell._replace(value=None, doubt=f"{'，'.join(dict.fromkeys(notes))}，互相矛盾")


def _agree(claim: Claim, other: Cell) -> bool:
    """Whether a cell says the same; free texts are not compared, nor a kind of penalty only taken for granted."""
    value, against = claim.cell.value, other.value
    if claim.field.type is FieldType.TEXT:
        return True
    if isinstance(value, Sentence) and isinstance(against, Sentence):
        told = _TOLD.search(claim.cell.raw) and _TOLD.search(other.raw)
        return value == against if told else value.term == against.term
    if claim.part == KIND:
        return _bare(value) == _bare(against)
    return value == against


def _bare(kind: Value) -> Value:
    return kind.removesuffix(_SUSPENDED) if isinstance(kind, str) else kind


def _is_just(text: str, value: Value) -> bool:
    """Whether a piece not understood as part of a judgment is the cell's own value: 减刑六个月."""
    try:
        read = parse_sentence(text)
    except ValueError:
        return False
    return not read.doubt and read.value == value


def _joined(*doubts: str) -> str:
    return "；".join(dict.fromkeys(filter(None, doubts)))
