"""The proof of one verdict, gathered while the rule computes: steps, cells, provisions."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.core.findings import Basis, Evidence, Gravity, Harm, Level, Outcome, Verdict
from app.core.law.book import LawBook, Provision
from app.core.memory import OnceEach
from app.core.records import Record, Value, show

if TYPE_CHECKING:
    from app.core.checks.persons import Dossier


UNCHECKED = "（依据待核）"
Place = tuple[str, str, int, str]  # file, sheet, row, field
MOST_KEPT = 8192  # objects of a kind that many verdicts share
RECORDS_KEPT = 512  # whose cells are told: those of the last few cases
SEEN = ("V", "S")  # read word for word, or seen in part or second hand


NOBODY = "-"  # the holder of what no office could deliver, such as a larger number of cases


class Missing(Exception):
    """A rule needs an item that was not delivered; `holder` is the office that has it, "" for the usual one."""

    def __init__(self, *items: str, holder: str = "") -> None:
        super().__init__("、".join(items))
        self.items = items
        self.holder = holder


class Why:
    """What a rule writes its proof into, and makes its verdict from."""

    def __init__(self, rule: str, name: str, law: LawBook, day: date, holder: str) -> None:
        self.law = law
        self.day = day
        self._rule = rule
        self._name = name
        self._holder = holder
        self._steps: list[str] = []
        self._looked_at: list[tuple[Record, tuple[str, ...]]] = []
        self._basis: dict[str, Provision] = {}
        self._possible = ""
        self.bare = False  # whether a lawful answer goes without its proof
        self.turns: set[date] = set()
        self._remembered = False  # whether it rests on a number the office entered without having the text before it

    def apart(self) -> Why:
        """A fresh proof for one more verdict of the same rule, with nothing in it yet."""
        other = Why(self._rule, self._name, self.law, self.day, self._holder)
        other.bare = self.bare
        return other

    def step(self, text: str) -> None:
        """Add one line of the sum, as a prosecutor reads it."""
        if text not in self._steps:
            self._steps.append(text)

    def turn(self, *days: date) -> None:
        """Note days on which the answer may become another: between two of them it stays as it is."""
        self.turns.update(days)

    def see(self, record: Record | None, *field_ids: str) -> None:
        """Take the cells of a record into the evidence; fields the record lacks are passed over."""
        if record is not None:
            self._looked_at.append((record, field_ids))

    def _evidence(self) -> tuple[Evidence, ...]:
        """The cells seen, each once, in the order in which they were first looked at."""
        cells: dict[Place, Evidence] = {}
        for record, field_ids in self._looked_at:
            known = _seen(record)
            for field_id in field_ids:
                found = known.get(field_id)
                if found is None:
                    cell = record.cells.get(field_id)
                    if cell is None:
                        continue
                    place = record.file, record.sheet, record.row, field_id
                    evidence = Evidence(*place[:3], cell.column, field_id, cell.raw, show(cell.value))
                    found = known[field_id] = (place, evidence)
                cells[found[0]] = found[1]
        return tuple(cells.values())

    def cite(self, *provision_ids: str) -> None:
        """Rely on provisions."""
        for each in provision_ids:
            self._basis[each] = self.law.provisions[each]  # noted with the verdict, if it is one

    def cite_only(self, *provision_ids: str) -> None:
        """Rely on these provisions and drop those cited before."""
        self._basis.clear()
        self.cite(*provision_ids)

    def cite_on(self, day: date, *provision_ids: str) -> None:
        """Rely on those of these provisions that are in force on a day."""
        self.cite(*[each for each in provision_ids if self.law.provisions[each].holds(day)])

    @property
    def cited(self) -> bool:
        """Whether anything is relied on."""
        return bool(self._basis)

    def number(self, parameter_id: str, day: date | None = None) -> int:
        """A number of the law on a day (the run's day by default), with its provision taken into the basis."""
        parameter = self.law.parameter(parameter_id, day or self.day)
        self.cite(parameter.provision)
        provision = self.law.provisions[parameter.provision]
        self._remembered = self._remembered or (provision.office and provision.certainty not in SEEN)
        return int(parameter.value)

    def none_in(self, dossier: Dossier, *tables: str, what: str) -> None:
        """Rely on it that these lists have no row of the person; what follows is a doubt where one may be theirs.

        Missing when a list is not loaded.
        """
        for each in tables:
            dossier.lists.need(each)
        self.step(what)
        for row, reason in dossier.maybe(*tables)[:1]:
            self._possible = f"《{row.sheet}》第{row.row}行可能是同一人（{reason}）"
            self.step(f"{self._possible}，须先核对")

    def lawful(self, *steps: str) -> Verdict:
        """The case keeps the rule."""
        return self._verdict(Outcome.LAWFUL, steps)

    def not_applicable(self, reason: str) -> Verdict:
        """The rule does not concern this case."""
        return not_applicable(self._rule, self._name, reason)

    def not_evaluated(self, missing: tuple[str, ...], holder: str = "") -> Verdict:
        """The rule could not be asked for want of these items."""
        asked = "" if holder == NOBODY else holder or self._holder
        return self._verdict(Outcome.NOT_EVALUATED, (), missing=missing, holder=asked)

    def unlawful(
        self, message: str, *, gravity: Gravity | None = None, harm: Harm | None = None, fact: str = ""
    ) -> Verdict:
        """On the data given the case conflicts with a binding text; a doubt when a row may have been overlooked."""
        if self._possible:
            return self.doubt(f"{message}（{self._possible}，须先核对）", fact=fact)
        if self._remembered:
            message, gravity = message + UNCHECKED, Gravity.SLIGHT
        return self._found(Level.UNLAWFUL, message, fact, gravity=gravity, harm=harm)

    def doubt(self, message: str, *, fact: str = "") -> Verdict:
        """A person must verify."""
        return self._found(Level.DOUBT, message, fact)

    def hint(self, message: str, *, fact: str = "") -> Verdict:
        """A prompt, or something that must be looked at."""
        return self._found(Level.HINT, message, fact)

    def data(self, message: str, *, fact: str = "") -> Verdict:
        """The data is defective."""
        return self._found(Level.DATA, message, fact)

    def _found(self, level: Level, message: str, fact: str, **more: Any) -> Verdict:
        return self._verdict(Outcome.FOUND, (), level=level, message=message, fact=fact, **more)

    def _verdict(self, outcome: Outcome, steps: tuple[str, ...], **more: Any) -> Verdict:
        self.law.read.update(self._basis)
        if self.bare and outcome is Outcome.LAWFUL:
            return Verdict(self._rule, self._name, outcome, (*self._steps, *steps))
        return Verdict(
            self._rule,
            self._name,
            outcome,
            (*self._steps, *steps),
            self._evidence(),
            tuple([_basis(each) for each in self._basis.values()]),
            **more,
        )


@lru_cache(MOST_KEPT)
def not_applicable(rule: str, name: str, reason: str) -> Verdict:
    """That a rule does not concern a case; many cases share the reason."""
    return Verdict(rule, name, Outcome.NOT_APPLICABLE, (reason,))


# Many rules look at the same cells and rest on the same provisions: one object tells each.


def _no_cells(_: Record) -> dict[str, tuple[Place, Evidence]]:
    return {}


def _basis_of(each: Provision) -> Basis:
    return Basis(each.law, each.article, (each.start, each.end), each.certainty, each.says)


_seen = OnceEach(_no_cells, RECORDS_KEPT)
_basis = OnceEach(_basis_of, MOST_KEPT)


def need(record: Record, field_id: str, label: str, holder: str = "") -> Value:
    """The value of a field; Missing, under its label, when it was not delivered or could not be read."""
    value = record[field_id]
    if value is None:
        raise Missing(label, holder=holder)
    return value
