"""The time line of one person: everything the lists tell, and every duty with its last day and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from app.core.checks.disagreement import disagreements
from app.core.checks.duties import starts, unconcerned, verdict
from app.core.checks.duty_account import Done, Start, Terms, find, last_day, settle
from app.core.checks.entries import DutyState, Entry, EntryKind, TimeLine, cell_of
from app.core.checks.events import events_of, names_of
from app.core.checks.matter import PersonMatter
from app.core.checks.persons import Dossier
from app.core.checks.rule import Book, Rule, run_rule
from app.core.checks.why import Missing, Why
from app.core.findings import Finding, Level, Outcome, Verdict
from app.core.law.book import LawBook, LawGap
from app.core.law.duties import Duty, DutyRule, shipped
from app.core.records import Record

MatterT = TypeVar("MatterT", bound=PersonMatter)
Spot = tuple[Record, str]  # a row and a field of it
LACKING_LAW = "该日期适用的法律数值（法规库未收录）"


@dataclass(frozen=True, slots=True)
class DeskDuties(Generic[MatterT]):
    """What a desk's duties are asked with: its rules, the beginning of their ids, its terms, who holds what is missing.

    `matters` brings a person's rows to matters; `own` gives the events that begin duties a rule asks itself. `days`
    are the day fields of lists that show from when on a list tells.
    """

    rules: Book[MatterT]
    prefix: str
    terms: Terms[MatterT]
    holder: str
    matters: Callable[[Dossier, LawBook], Sequence[MatterT]]
    own: Mapping[str, Callable[[MatterT], Sequence[Start]]] = field(default_factory=dict)
    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def time_line(
    desk: DeskDuties[MatterT], dossier: Dossier, law: LawBook, tables: Sequence[str], findings: Sequence[Finding]
) -> TimeLine:
    """All days and duties of a person on a desk that asks these tables; `findings` are the person's open ones."""
    matters = desk.matters(dossier, law)
    entries = events_of(dossier, findings)
    for each in matters:
        case = each.label if len(matters) > 1 else ""
        mine = [one for one in findings if one.case == each.label]
        entries += [replace(one, case=case) for one in dict.fromkeys(_duties(desk, each, mine))]
    entries.sort(key=lambda each: (each.day or date.max, each.kind is EntryKind.DUTY))
    lists = dossier.lists
    absent = tuple(lists.names.get(each, (each, "")) for each in tables if not lists.has(each))
    doubts = tuple(dict.fromkeys(dossier.someone.conflicts))
    return TimeLine(dossier.person, lists.as_of, tuple(entries), absent, disagreements(dossier), doubts)


def _duties(desk: DeskDuties[MatterT], case: MatterT, findings: Sequence[Finding]) -> Iterator[Entry]:
    """The duties of one matter, as far as its rows raise them."""
    for rule in shipped().rules:
        if not rule.id.startswith(desk.prefix) or not any(case.dossier.rows(table) for table in rule.about):
            continue
        mine = [each for each in findings if each.verdict.rule == rule.id]
        for duty in shipped().of(rule.id):
            yield from _Account(desk, rule, duty, case, mine).entries()


@dataclass(frozen=True, slots=True)
class _Account(Generic[MatterT]):
    """One duty of one matter."""

    desk: DeskDuties[MatterT]
    rule: DutyRule
    duty: Duty
    case: MatterT
    findings: Sequence[Finding]

    def entries(self) -> Iterator[Entry]:
        """A line for each event that begins the duty; one without a day where it is not known whether it began."""
        try:
            begun = self._begun()
        except Missing as lack:
            yield self._undated(lack.items, lack.holder)
            return
        for start, row in begun:
            if start is None:
                if not self.duty.optional:
                    yield self._undated((self.duty.on_name,), "", row)
            elif self.duty.holds(start) and start <= self.case.as_of:
                yield self._begun_on(start, row)

    def _begun(self) -> Sequence[Start]:
        """The events that begin it, none when it does not concern the matter."""
        conditions = (self.desk.terms.conditions[each] for each in self.rule.only)
        if any(each(self.case) for each in conditions) or unconcerned(self.duty, self.case, self.desk.terms):
            return ()
        if self.rule.id in self.desk.own:
            return self.desk.own[self.rule.id](self.case)
        return tuple(starts(self.duty, self.case, self.desk.terms))

    def _undated(self, missing: tuple[str, ...], holder: str, row: Record | None = None) -> Entry:
        says = f"{self.duty.holder}应当{self.duty.owed}"
        table = row.table if row is not None else ""
        holder = holder or self.case.lists.names.get(table, ("", self.desk.holder))[1]
        return self._entry(None, says, DutyState.UNKNOWN, self._opening(row), missing=missing, holder=holder)

    def _begun_on(self, start: date, row: Record | None) -> Entry:
        duty, case, law = self.duty, self.case, self.case.law
        try:
            last = last_day(duty, start, Why(self.rule.id, self.rule.name, law, case.as_of, ""))
        except LawGap:
            return self._undated((LACKING_LAW,), "法规库", row)
        until = last.moved or last.plain
        day = None if until == date.max else until
        done = find(duty, (*duty.done, *duty.also), start, row, case)
        said = self._ask(start, row)
        state = _state(said, done)
        limit = f"至迟应于{day}" if day is not None else "应当"
        says = f"{duty.holder}{limit}{duty.owed}（{duty.on_name}{start}）"
        told = self._told(state, said, done, until)
        spot = (done.row, done.field) if done is not None else self._opening(row)
        entry = self._entry(day, says, state, spot, told, said.missing, said.holder)
        if said.outcome is not Outcome.FOUND:
            return entry
        resting = [each for each in self.findings if not each.verdict.fact or str(start) in each.verdict.fact]
        return replace(entry, findings=names_of(resting))

    def _ask(self, start: date, row: Record | None) -> Verdict:
        """What the duty alone comes to, held to the honest levels as every rule is."""

        def ask(case: MatterT, why: Why) -> Verdict:
            return verdict(self.rule, [settle(self.duty, start, row, case, self.desk.terms, why)], why)

        entered: Rule[MatterT] = replace(self.desk.rules[self.rule.id], ask=ask, when=None)
        case = self.case
        (said,) = run_rule(entered, case, case.law, case.as_of, weak=case.loose, holder=self.desk.holder)
        return said

    def _told(self, state: DutyState, said: Verdict, done: Done | None, until: date) -> str:
        name = self.duty.done_name
        if state is DutyState.UNKNOWN:
            return said.message
        if done is not None:
            day = f"{name}：{done.day or '已登记'}"
            late = f"，逾期{(done.day - until).days}日" if state is DutyState.LATE and done.day is not None else ""
            return day + late
        if state is DutyState.ABSENT:
            return f"已导入的名单中没有{name}的记录"
        waits = "还没有到期" if until >= self.case.as_of else "期限已过，留给登记的时间还没有过"
        return f"{waits}；到{self.case.as_of}没有{name}的记录"

    def _opening(self, row: Record | None) -> Spot | None:
        """Where the day stands that begins it."""
        duty = self.duty
        if row is not None:
            names = duty.row.fields if duty.row is not None else DECIDED
            return row, next((each for each in names if row[each] is not None), names[0])
        if duty.on in self.desk.terms.days:
            _, said, name = self.desk.terms.days[duty.on](self.case)
            return (said, name) if said is not None else None
        return None

    def _entry(
        self,
        day: date | None,
        says: str,
        state: DutyState,
        spot: Spot | None,
        told: str = "",
        missing: tuple[str, ...] = (),
        holder: str = "",
    ) -> Entry:
        cell = cell_of(*spot) if spot is not None else None
        source = self.case.lists.names.get(spot[0].table, ("", ""))[0] if spot is not None and cell else ""
        return Entry(day, EntryKind.DUTY, says, state, told, missing, holder if missing else "", cell, source)


DECIDED = ("decided_on", "executed_on", "admitted_on")  # the day of a detention, the surest field first


def _state(said: Verdict, done: Done | None) -> DutyState:
    if said.outcome is Outcome.LAWFUL:
        return DutyState.KEPT if done is not None else DutyState.WAITING
    if said.outcome is Outcome.FOUND and said.level is Level.UNLAWFUL:
        return DutyState.LATE if done is not None else DutyState.ABSENT
    return DutyState.UNKNOWN
