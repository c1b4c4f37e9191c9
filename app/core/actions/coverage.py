"""Which checks a sheet allows, asked of its first rows before it is taken in; the store is not touched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from app.core.actions.coverage_people import Answers, Sheets, asked_of_people
from app.core.actions.receive import SheetPlan, preview
from app.core.checks.dossier import Attached, text_of, usable
from app.core.checks.names import spoken
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import PROPOSALS, TABLES, build_cases, review_case
from app.core.findings import Outcome, Verdict
from app.core.intake.marks import shown
from app.core.intake.reading import read_table
from app.core.intake.wanted import rules_of
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.people.names import compare_form
from app.core.records import Record, TableKind

ROWS_A_STEP = 500
ALWAYS_READ = 3  # first rows of another sheet, so that it counts as delivered
NO_COLUMN = "（没有这一列）"


@dataclass(frozen=True, slots=True)
class RuleCover:
    """One check: of `asked` rows it can judge `judged`; rows it does not apply to are in neither.

    `lacking` says what the other rows miss and in how many of them, the most frequent first.
    """

    rule: str
    name: str
    asked: int
    judged: int
    lacking: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the first rows of a sheet allow: how many were looked at, and every check, the least covered first.

    `ran`: the checks were really run and `rows` are cases; else it is told from which of the columns they need are
    filled.
    """

    rows: int
    ran: bool
    rules: tuple[RuleCover, ...]

    def none(self) -> int:
        """Checks that can judge no row they apply to."""
        return sum(each.asked > 0 and not each.judged for each in self.rules)

    def partly(self) -> int:
        """Checks that can judge some rows and not others."""
        return sum(0 < each.judged < each.asked for each in self.rules)

    def whole(self) -> int:
        """Checks that can judge every row they apply to."""
        return sum(each.asked > 0 and each.judged == each.asked for each in self.rules)


def coverage(plan: SheetPlan, others: Iterable[SheetPlan], law: LawBook, as_of: date, *, ticket: Ticket) -> Coverage:
    """Ask the checks about the first rows of a sheet, together with the other sheets of the same import.

    Nothing for a plan without a table.
    """
    if plan.mapping is None:
        return Coverage(0, False, ())
    if plan.mapping.table.id in TABLES:
        found = _run(plan, plan.mapping.table, others, law, as_of, ticket)
        if found.rows:
            return found
    records = [each for each in preview(plan) if isinstance(each, Record)]
    if plan.mapping.table.id not in TABLES:
        found = _run_people(plan, plan.mapping.table, records, others, law, as_of, ticket)
        if found.rows:
            return found
    return _filled(plan.mapping.table, plan.mapping.field_ids(), records, ticket)


def _run(
    plan: SheetPlan, table: TableKind, others: Iterable[SheetPlan], law: LawBook, as_of: date, ticket: Ticket
) -> Coverage:
    """The rules of commutation, run as a review runs them: on the first proposals of this sheet, or on those of the
    others as far as this sheet says something about them."""
    sheets = [plan, *(each for each in others if not each.problem)]
    lists = [plan] if table.id == PROPOSALS else [each for each in sheets if _table(each) == PROPOSALS]
    proposals = [each for one in lists for each in preview(one) if isinstance(each, Record)]
    companions = [each for each in sheets if _table(each) in TABLES[1:]]
    cases = build_cases([*proposals, *_about(proposals, companions, ticket)], law, as_of)
    wanted = None
    if table.id != PROPOSALS:
        cases = [each for each in cases if _draws_on(each, plan)]
        wanted = rules_of(table)
    return _counted(_asked(cases, ticket), wanted)


def _run_people(
    plan: SheetPlan,
    table: TableKind,
    records: Sequence[Record],
    others: Iterable[SheetPlan],
    law: LawBook,
    as_of: date,
    ticket: Ticket,
) -> Coverage:
    """The rules about people in lists, run as a review runs them on everybody in the first rows of this sheet."""
    companions = [each for each in others if not each.problem and _table(each) not in (*TABLES, "")]
    sheets = Sheets([*records, *_about(records, companions, ticket)], {table.id, *map(_table, companions)}, as_of)
    place = (plan.sheet.file, plan.sheet.name)
    answers = asked_of_people(table.id, place, sheets, law, ticket)
    wanted = rules_of(table)
    return _counted([{**dict.fromkeys(wanted, ()), **each} for each in answers], wanted)


def _asked(cases: Sequence[ReductionCase], ticket: Ticket) -> Iterator[Answers]:
    for number, case in enumerate(cases):
        ticket.step(number, len(cases), f"试查 {case.person.name}")
        yield _answers(case)


def _counted(answers: Iterable[Answers], wanted: Collection[str] | None) -> Coverage:
    """How many cases each rule (None: every rule) can judge, and what it misses in the others."""
    asked: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    lacking: dict[str, Counter[str]] = defaultdict(Counter)
    number = 0
    for case in answers:
        number += 1
        for rule, verdicts in case.items():
            if wanted is not None and rule not in wanted:
                continue
            blind = [each for each in verdicts if each.outcome is Outcome.NOT_EVALUATED]
            applies = any(each.outcome is not Outcome.NOT_APPLICABLE for each in verdicts)
            asked[rule] += applies
            judged[rule] += applies and not blind
            lacking[rule].update({f"{item}（{each.holder}）" for each in blind for item in each.missing})
    rules = [_cover(rule, asked[rule], judged[rule], lacking[rule]) for rule in sorted(asked)]
    return Coverage(number, True, _ordered(rules))


def _table(plan: SheetPlan) -> str:
    return plan.mapping.table.id if plan.mapping is not None else ""


def _answers(case: ReductionCase) -> dict[str, list[Verdict]]:
    answers: dict[str, list[Verdict]] = defaultdict(list)
    for each in review_case(case).verdicts:
        answers[each.rule].append(each)
    return answers


def _draws_on(case: ReductionCase, plan: SheetPlan) -> bool:
    """Whether a case has a record of this sheet."""
    parts = (getattr(case, each.name) for each in fields(case))
    attached = (each for part in parts if isinstance(part, Attached) for each in part.records)
    place = (plan.sheet.file, plan.sheet.name)
    return any((each.file, each.sheet) == place for each in (*case.history, *attached))


def _about(proposals: Sequence[Record], others: Iterable[SheetPlan], ticket: Ticket) -> list[Record]:
    """The records of the other sheets that may belong to the people proposed."""
    keys = {compare_form(text_of(each, "name")) for each in proposals}
    keys |= {usable(text_of(each, field)) for each in proposals for field in ("prisoner_no", "id_number")}
    found: list[Record] = []
    for other in others:
        if other.mapping is None or other.header is None:
            continue
        fewer = replace(other.sheet, rows=_rows_about(other, keys - {""}, ticket))
        found += read_table(fewer, other.header, other.mapping, ticket=ticket).records
    return found


def _rows_about(plan: SheetPlan, keys: Collection[str], ticket: Ticket) -> Sequence[tuple[str, ...]]:
    """The rows of a sheet, those left empty that surely are about somebody else: long lists are read in a moment."""
    if plan.mapping is None or plan.header is None:
        return plan.sheet.rows
    telling = [place for place, each in plan.mapping.columns.items() if each.id in ("name", "prisoner_no", "id_number")]
    rows = list(plan.sheet.rows)
    for index in range(plan.header.last + ALWAYS_READ, len(rows)):
        if index % ROWS_A_STEP == 0:
            ticket.step(index, len(rows), f"查找《{plan.sheet.name}》")
        texts = [text for place in telling if place < len(rows[index]) and (text := shown(rows[index][place]).strip())]
        if texts and not any(usable(each) in keys or compare_form(each) in keys for each in texts):
            rows[index] = ()
    return tuple(rows)


def _filled(table: TableKind, given: frozenset[str], records: Sequence[Record], ticket: Ticket) -> Coverage:
    """Where no rules can be run yet: a check can judge a row when every column it needs has a value there."""
    needed: dict[str, list[str]] = defaultdict(list)
    for field in table.fields:
        for rule in field.unlocks:
            needed[rule].append(field.id)
    covers = []
    for number, (rule, columns) in enumerate(sorted(needed.items())):
        ticket.step(number, len(needed), spoken(rule))
        lacking: Counter[str] = Counter()
        judged = 0
        for record in records:
            empty = [each for each in columns if record[each] is None]
            judged += not empty
            lacking.update(table.field(each).name + ("" if each in given else NO_COLUMN) for each in empty)
        covers.append(_cover(rule, len(records), judged, lacking))
    return Coverage(len(records), False, _ordered(covers))


def _cover(rule: str, asked: int, judged: int, lacking: Counter[str]) -> RuleCover:
    return RuleCover(rule, spoken(rule), asked, judged, tuple(lacking.most_common()))


def _ordered(covers: Iterable[RuleCover]) -> tuple[RuleCover, ...]:
    """The least covered first, those that apply to no row last."""
    return tuple(
        sorted(covers, key=lambda each: (not each.asked, each.judged / each.asked if each.asked else 0, each.rule))
    )
