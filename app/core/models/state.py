"""What is known while one row is asked: values by reference, conditions, and the proof that gathers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.findings import Basis, Evidence
from app.core.law.book import LawGap, Provision
from app.core.models.asking import Amount, Bundle, Group, Joined, Setting, Unknown
from app.core.models.comparing import compare, moved
from app.core.models.parts import Condition, Ground, Model, Term
from app.core.models.refs import Ref, read_ref
from app.core.models.words import affirmed, nothing
from app.core.records import Record, Value, show
from app.core.values import Sentence
from app.core.values import Term as Length
from app.core.values.money import FEN_IN_YUAN, Money

LAW_BOOK = "法规库"
TRUSTED = ("V", "S")
_refs: dict[str, Ref] = {}


class State:
    """One row being asked; `bare` leaves out words and proof."""

    def __init__(self, model: Model, bundle: Bundle, setting: Setting, *, bare: bool = False) -> None:
        self.model, self.bundle, self.setting, self.bare = model, bundle, setting, bare
        self.results: dict[str, Any] = {}
        self.bound: dict[str, Sequence[Joined]] = {}
        self.steps: list[str] = []
        self.doubts: list[str] = []
        self.groups: list[Group] = []
        self.weak = False
        self.unread = False  # whether a number used rests on a text that was not read
        self.used: dict[str, Basis] = {}
        self._seen: dict[tuple[str, str, int, str], Evidence] = {}
        day = bundle.subject[model.subject.day] if model.subject.day else setting.as_of
        self.day = day if isinstance(day, date) else setting.as_of

    def say(self, text: str) -> None:
        """Add a line of the sum."""
        if not self.bare and text not in self.steps:
            self.steps.append(text)

    def doubt(self, text: str) -> None:
        """Note what a person must verify before anybody is accused."""
        if text not in self.doubts:
            self.doubts.append(text)

    def evidence(self) -> tuple[Evidence, ...]:
        """Every cell looked at, each once."""
        return tuple(self._seen.values())

    def see(self, record: Record, *field_ids: str) -> None:
        """Take cells into the evidence."""
        if self.bare:
            return
        for each in field_ids:
            cell = record.cells.get(each)
            if cell is not None:
                place = (record.file, record.sheet, record.row, each)
                self._seen[place] = Evidence(*place[:3], cell.column, each, cell.raw, show(cell.value))

    def rows(self, table: str) -> Sequence[Joined]:
        """The rows of a table that stand for it: those a step found, else all joined."""
        return self.bound[table] if table in self.bound else self.bundle.rows.get(table, ())

    def value(self, text: str, row: Record | None = None, table: str = "") -> Any:
        """What a reference stands for; None when the cell is empty. `row` stands for `table` while it is tested."""
        ref = ref_of(text)
        match ref.kind:
            case "today":
                return self.setting.as_of
            case "step":
                return self.results.get(f"{ref.table}.{ref.field}")
            case "number" | "law":
                return self.number(ref)
            case "count":
                return len(self.rows(ref.table))
            case "column":
                return self._column(ref, row, table)
        return self._over(ref)

    def _column(self, ref: Ref, row: Record | None, table: str) -> Value:
        if ref.table == self.model.subject.table:
            record = self.bundle.subject
        elif row is not None and ref.table == table:
            record = row
        else:
            found = self.rows(ref.table)
            if not found:
                return None
            record = found[0].record
        self.see(record, ref.field)
        return record[ref.field]

    def _over(self, ref: Ref) -> Any:
        values = []
        for each in self.rows(ref.table):
            self.see(each.record, ref.field)
            values.append(each.record[ref.field])
        given = [each for each in values if each is not None]
        if ref.kind == "sum":
            if len(given) < len(values):
                raise self.lack(ref)
            if any(isinstance(each, Money) for each in given):
                return Money(sum(each.fen for each in given if isinstance(each, Money)))
            return sum(given, 0)  # type: ignore[arg-type]
        if not given:
            return None
        keyed = sorted(given, key=lambda each: each.fen if isinstance(each, Money) else each)  # type: ignore[arg-type,return-value]
        return keyed[0] if ref.kind in ("first", "min") else keyed[-1]

    def need(self, text: str, row: Record | None = None, table: str = "") -> Any:
        """As `value`; Unknown, under the column's name, when there is none."""
        value = self.value(text, row, table)
        if value is None:
            raise self.lack(ref_of(text))
        return value

    def lack(self, ref: Ref) -> Unknown:
        """What to raise when a reference has no value."""
        if ref.kind in ("step", "today", "number", "law"):
            return Unknown("前一步没有得出的数", "")
        kind = self.model.table(ref.table).kind
        return Unknown(kind.field(ref.field).name if ref.field else f"《{kind.name}》", kind.holder)

    def number(self, ref: Ref) -> Any:
        """A threshold on the day of the act, its basis noted; Unknown when there is none for that day."""
        if ref.kind == "law":
            try:
                parameter = self.setting.law.parameter(ref.table, self.day)
            except (LawGap, KeyError) as gap:
                raise Unknown("该日期适用的法律数值", LAW_BOOK) from gap
            provision = self.setting.law.provision(parameter.provision)
            self.rely(f"law:{provision.id}", basis_of(provision))
            return parameter.value
        for number in self.model.numbers[ref.table]:
            each, given = number, self.model.given
            if each.local and given is not None:
                if each.id not in given:
                    raise Unknown(f"本省标准“{each.says}”（在模型卡片上填写）", "本院")
                each = replace(each, value=given[each.id])
            if each.holds(self.day):
                if each.basis:
                    self.rely(each.basis, self.ground(self.model.grounds[each.basis]))
                return each.value
        raise Unknown(f"{self.day}适用的“{self.model.numbers[ref.table][0].says or ref.table}”", "模型")

    def rely(self, name: str, basis: Basis) -> None:
        """Rest a number on a basis."""
        self.used[name] = basis
        self.unread = self.unread or basis.certainty not in TRUSTED

    def ground(self, ground: Ground) -> Basis:
        """A ground of the model as a basis; Unknown when the law book has no such article."""
        if not ground.cite:
            return Basis(ground.law, ground.article, (ground.start, ground.end), ground.certainty, ground.says)
        try:
            return basis_of(self.setting.law.provision(ground.cite))
        except KeyError as gap:
            raise Unknown(f"法规库里没有“{ground.cite}”", LAW_BOOK) from gap

    def total(self, terms: Sequence[Term], row: Record | None = None, table: str = "") -> Amount:
        """A sum worked out; Unknown when a part of it is missing, or it divides by nothing or grows out of bounds."""
        try:
            return self._total(terms, row, table)
        except ArithmeticError as error:
            raise Unknown("过大的数", "") from error

    def _total(self, terms: Sequence[Term], row: Record | None, table: str) -> Amount:
        total, money = Decimal(0), False
        for term in terms:
            value, is_money = self._amount(term.of, row, table)
            money = money or is_money
            for each in term.times:
                factor, is_money = self._amount(each, row, table)
                value, money = value * factor, money or is_money
            for each in term.by:
                factor, _ = self._amount(each, row, table)
                if not factor:
                    raise Unknown(f"除数“{each}”为零", "")
                value /= factor
            total += -value if term.minus else value
        return Amount(total, money)

    def _amount(self, given: str | int | Decimal, row: Record | None, table: str) -> tuple[Decimal, bool]:
        value = self.need(given, row, table) if isinstance(given, str) else given
        if isinstance(value, Amount):
            return value.value, value.money
        if isinstance(value, Money):
            return Decimal(value.fen) / FEN_IN_YUAN, True
        length = value.term if isinstance(value, Sentence) else value
        if length is None or (isinstance(length, Length) and length.days):
            raise Unknown("整月的期限", "")
        if isinstance(length, Length):
            return Decimal(length.total_months), False
        return Decimal(value), False

    def all(self, conditions: Sequence[Condition], row: Record | None = None, table: str = "") -> bool | None:
        """Whether all conditions hold; None when that cannot be said, the first lack left in `self.lacking`."""
        unknown: Unknown | None = None
        for each in conditions:
            try:
                if not self._holds(each, row, table):
                    return False
            except Unknown as lack:
                unknown = unknown or lack
        self.lacking = unknown
        return None if unknown is not None else True

    def _holds(self, given: Condition, row: Record | None, table: str) -> bool:
        op = given.op
        if op == "any":
            return self._any(given, row, table)
        if op in ("has", "lacks", "empty", "affirms", "affirms_not", "nil"):
            return self._speaks(given, row, table)
        value = self.need(given.of, row, table)
        if op in ("is", "is_not"):
            return (show(value) in given.value) == (op == "is")
        if op == "yes":
            return bool(value) is bool(given.value)
        if op in ("same", "differs"):
            return (show(value) == show(self.need(given.value, row, table))) == (op == "same")
        if op in ("after", "before", "not_before", "not_after"):
            other = given.value if isinstance(given.value, date) else self.need(given.value, row, table)
            return compare(op, value, moved(other, given.plus, given.counting))
        left, _ = self._amount(given.of, row, table)
        right, _ = self._amount(given.value, row, table)
        return compare(op, left, right)

    def _any(self, given: Condition, row: Record | None, table: str) -> bool:
        unknown: Unknown | None = None
        for each in given.value:
            try:
                if self._holds(each, row, table):
                    return True
            except Unknown as lack:
                unknown = unknown or lack
        if unknown is not None:
            raise unknown
        return False

    def _speaks(self, given: Condition, row: Record | None, table: str) -> bool:
        """A question an empty cell answers too, but not a column that is not there."""
        ref = ref_of(given.of)
        value = self.value(given.of, row, table)
        if value is None and ref.kind == "column" and not self._there(ref, row, table):
            raise self.lack(ref)
        if given.op == "empty":
            return (value is None or value == "") is bool(given.value)
        if given.op == "nil":
            name = self.model.table(ref.table).kind.field(ref.field).name if ref.field else ""
            return nothing(show(value), name) is bool(given.value)
        if given.op in ("affirms", "affirms_not"):
            return affirmed(show(value), given.value) is (given.op == "affirms")
        return any(each in show(value) for each in given.value) is (given.op == "has")

    def _there(self, ref: Ref, row: Record | None, table: str) -> bool:
        if ref.table == self.model.subject.table:
            return ref.field in self.bundle.subject.cells
        if row is not None and ref.table == table:
            return ref.field in row.cells
        return any(ref.field in each.record.cells for each in self.rows(ref.table))

    lacking: Unknown | None = None


def ref_of(text: str) -> Ref:
    """A reference that was checked when the file was read."""
    found = _refs.get(text)
    if found is None:
        read = read_ref(text)
        if read is None:
            raise ValueError(text)
        if len(_refs) < 5000:
            _refs[text] = read
        found = read
    return found


def basis_of(each: Provision) -> Basis:
    """A provision of the law book as a basis."""
    return Basis(each.law, each.article, (each.start, each.end), each.certainty, each.says)


def said(value: Any) -> str:
    """A value in words."""
    if isinstance(value, Amount):
        if value.money:
            return str(Money(int((value.value * FEN_IN_YUAN).to_integral_value())))
        return f"{value.value.normalize():f}"
    return show(value) or "（未填）"
