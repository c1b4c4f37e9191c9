"""What if: the same review of a case with some cells changed, and which answers become others. Nothing is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.checks.dossier import Attached, Place, place_of
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.review import review_case, with_history
from app.core.findings import CaseReview, Level, Outcome, Verdict
from app.core.records import Cell, Record

# The facts that may be tried, in the order a prosecutor thinks of them.
PROPOSAL = (
    "filed_on", "ruled_on", "ruling_served_on", "delivered_on", "sentence_start", "sentence_end", "judged_on",
    "effective_on", "suspension_ended_on", "offence_date", "sentence_kind", "sentence", "offence", "offence_terms",
    "recidivist", "strict_classes", "restricted", "official", "merit", "lenient", "birth_date", "proposal_kind",
    "proposed", "proposed_term", "proposed_end", "proposed_deprivation", "commendations", "assessed_from",
    "assessed_to", "property_penalty", "amount_due", "amount_paid", "property_status", "monthly_spending", "remarks",
)  # fmt: skip
HISTORY = ("ruled_on", "served_on", "reduced", "term_after", "end_after")
PROPERTY = ("amount_due", "amount_paid", "paid_on", "enforcement", "refusal", "refusal_ended_on")
CRIMES = ("crime_kind", "final_on", "new_kind", "new_term")
WEIGHTS = tuple(Level)
Key = tuple[Place, str]  # a row and one of its fields


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell that may be tried otherwise: its row, its field, and its text as it came."""

    table: str
    place: Place
    field: str
    raw: str

    @property
    def key(self) -> Key:
        """What tells it from the others."""
        return self.place, self.field


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that became another; None where the rule gave no such answer."""

    rule: str
    name: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class Tried:
    """The review before and after, and the answers that differ: what became or was unlawful first."""

    before: CaseReview
    after: CaseReview
    differences: tuple[Difference, ...]


def facts(case: ReductionCase) -> list[Fact]:
    """What of a case may be tried: the proposal's facts, filled or not, then those of its rulings, items and crimes."""
    found = [_fact(case.proposal, each) for each in PROPOSAL]
    owed, crimes = case.property_rows.records, case.crimes.records
    for rows, fields in ((case.history, HISTORY), (owed, PROPERTY), (crimes, CRIMES)):
        # Rulings told in the proposal's own cell stand in its row, and are changed there.
        own = [row for row in rows if place_of(row) != place_of(case.proposal)]
        found += [_fact(row, each) for row in own for each in fields]
    if any(place_of(row) == place_of(case.proposal) for row in case.history):
        found.append(_fact(case.proposal, "history"))
    return found


def _fact(row: Record, field: str) -> Fact:
    cell = row.cells.get(field)
    return Fact(row.table, place_of(row), field, cell.raw if cell is not None else "")


def changed(case: ReductionCase, cells: Mapping[Key, Cell]) -> ReductionCase:
    """The case with these cells in place of its own; its earlier rulings are settled anew."""
    by_place: dict[Place, dict[str, Cell]] = defaultdict(dict)
    for (place, field), cell in cells.items():
        by_place[place][field] = cell

    def row(record: Record) -> Record:
        more = by_place.get(place_of(record))
        return record if more is None else replace(record, cells={**dict(record.cells.items()), **more})

    def rows(attached: Attached) -> Attached:
        return replace(attached, records=tuple(map(row, attached.records)))

    proposal = row(case.proposal)
    return with_history(
        replace(
            case,
            proposal=proposal,
            history_rows=rows(case.history_rows),
            awards=rows(case.awards),
            property_rows=rows(case.property_rows),
            crimes=rows(case.crimes),
            twins=() if proposal["ruled_on"] is not None else case.twins,
        )
    )


def what_if(case: ReductionCase, cells: Mapping[Key, Cell]) -> Tried:
    """Review a case as it is and with some cells changed."""
    before, after = review_case(case), review_case(changed(case, cells))
    return Tried(before, after, tuple(sorted(_differences(before.verdicts, after.verdicts), key=_weight)))


def _differences(before: Sequence[Verdict], after: Sequence[Verdict]) -> Iterator[Difference]:
    olds, news = _by_rule(before), _by_rule(after)
    for rule in sorted({*olds, *news}):
        first, second = olds.get(rule, []), news.get(rule, [])
        for place in range(max(len(first), len(second))):
            old = first[place] if place < len(first) else None
            new = second[place] if place < len(second) else None
            if _said(old) != _said(new):
                told = new or old
                assert told is not None
                yield Difference(rule, told.rule_name, old, new)


def _weight(each: Difference) -> int:
    levels = [verdict.level for verdict in (each.before, each.after) if verdict is not None]
    return min((WEIGHTS.index(level) for level in levels if level is not None), default=len(WEIGHTS))


def _by_rule(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = defaultdict(list)
    for each in verdicts:
        found[each.rule].append(each)
    return found


def _said(verdict: Verdict | None) -> object:
    """What counts as the same answer: the word, what it says and what is missing; other sums alone do not."""
    if verdict is None or verdict.outcome is Outcome.NOT_APPLICABLE:
        return None if verdict is None else verdict.outcome
    return verdict.outcome, verdict.level, verdict.gravity, verdict.harm, verdict.message, verdict.missing
