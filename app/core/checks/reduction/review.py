"""The desk's work: records become cases, every case is asked every rule, and a conclusion follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.core.checks.dossier import Attached, Place, Register, place_of, text_of, usable
from app.core.checks.reduction import (  # noqa: F401  importing a family enters its rules
    amount,
    arithmetic,
    assessment,
    bars,
    consistency,
    court,
    credit_checks,
    custody,
    deductions,
    enclosures,
    intervals,
    kinds,
    labels,
    later_judgments,
    monthly,
    pace,
    parole_terms,
    periods,
    points,
    procedure,
    property,
    punishments,
    relaxing,
    release,
    revoked,
    rights,
    served,
    spending,
    summaries,
    timing,
    withheld,
)
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase
from app.core.checks.reduction.case_facts import PAROLE
from app.core.checks.reduction.cell_history import read_history, says_none
from app.core.checks.reduction.conclusion import conclude
from app.core.checks.reduction.crediting import uncredited
from app.core.checks.reduction.custody_rows import TABLES as CUSTODY
from app.core.checks.reduction.day_ledger import day_ledger, day_spans
from app.core.checks.reduction.history import history_gap, not_in_table, settle
from app.core.checks.reduction.largest import largest_lawful
from app.core.checks.reduction.pace import alike
from app.core.checks.reduction.timing import OPINION
from app.core.checks.rule import run_rule
from app.core.findings import CaseReview, Conclusion, Match, Person, Verdict
from app.core.law.book import LawBook
from app.core.people.names import compare_form
from app.core.records import Record, show
from app.core.values import Sentence

DESK = "reduction"
HOLDER = "监狱"
PAROLE_OPINION = "假释提请检察意见书"
PROPOSALS, HISTORY, AWARDS, MONTHS, SPENDING, PROPERTY, CRIMES = TABLES = ("R1", "R2", "R3", "R4", "R5", "R6", "R7")
READ = (*TABLES, *CUSTODY)  # all tables a review draws on; those of other offices do not make a case


def build_cases(records: Iterable[Record], law: LawBook, as_of: date) -> list[ReductionCase]:
    """One case for each proposal among the records, in their order, with the person's other records attached."""
    return alike(gather_cases(records, law, as_of))


def gather_cases(records: Iterable[Record], law: LawBook, as_of: date) -> list[ReductionCase]:
    """The cases of the proposals among the records, each by itself: none knows of others like it."""
    by_table: dict[str, list[Record]] = defaultdict(list)
    for each in records:
        by_table[each.table].append(each)
    proposals = by_table[PROPOSALS]
    registers = {table: Register.of(by_table[table]) for table in READ[1:]}
    kin = _kin(proposals)
    payers = spending.remitters(by_table[SPENDING])
    namesakes: dict[str, set[str]] = defaultdict(set)
    for each in proposals:
        namesakes[compare_form(text_of(each, "name"))].add(_identity(each))
    return [
        _case(each, law.noting(), as_of, registers, kin.get(place_of(each), ()), namesakes, payers)
        for each in proposals
    ]


def _case(
    proposal: Record,
    law: LawBook,
    as_of: date,
    registers: Mapping[str, Register],
    kin: Sequence[Record],
    namesakes: Mapping[str, set[str]],
    payers: Mapping[str, frozenset[str]],
) -> ReductionCase:
    person = Person(text_of(proposal, "name"), text_of(proposal, "id_number"), text_of(proposal, "prisoner_no"))
    same_name = len(namesakes[compare_form(person.name)])
    found = {table: registers[table].of_person(person, same_name) for table in TABLES[1:]}
    others = (registers[table].of_person(person, same_name) for table in CUSTODY if registers[table].present)
    case = ReductionCase(
        proposal,
        person,
        as_of,
        law,
        history_rows=found[HISTORY],
        history_present=registers[HISTORY].present,
        awards=found[AWARDS],
        awards_present=registers[AWARDS].present,
        months=found[MONTHS],
        months_present=registers[MONTHS].present,
        spending=found[SPENDING],
        spending_present=registers[SPENDING].present,
        remitters=payers,
        property_rows=found[PROPERTY],
        property_present=registers[PROPERTY].present,
        crimes=found[CRIMES],
        crimes_present=registers[CRIMES].present,
        custody_rows=tuple(row for each in others for row in each.records if place_of(row) not in each.loose),
        twins=_pending(proposal, kin),
        kin=tuple(kin),
        strangers=tuple(each.doubt for each in found.values() if each.doubt),
        loose=frozenset().union(*(each.loose for each in found.values())),
    )
    return with_history(case)


def with_history(case: ReductionCase) -> ReductionCase:
    """The case with its earlier rulings settled from its rows, and why they may not be all."""
    proposal, law, as_of = case.proposal, case.law, case.as_of
    rulings, gap = _history(proposal, case.history_rows)
    if not gap and not rulings:
        told = case.history_present or says_none(proposal)
        limits = law.number("tolerance_days", as_of), law.number("reduction_least_days", as_of)
        gap = history_gap(proposal, case.original_kind, told, *limits, uncredited(case))
    return replace(case, history=rulings, history_gap=gap)


def _history(proposal: Record, attached: Attached) -> tuple[tuple[Record, ...], str]:
    """Earlier rulings, from the table or else from the proposal's own cell, and why they may not be all."""
    told, unread = read_history(proposal)
    if not attached.records:
        rulings, clash = settle(told)
        return rulings, unread or attached.doubt or clash
    rulings, clash = settle(attached.records)
    return rulings, attached.doubt or clash or not_in_table(rulings, told)


def _identity(proposal: Record) -> str:
    """What tells the people of one name apart: birth date and numbers as far as they were given."""
    number, id_number = usable(text_of(proposal, "prisoner_no")), usable(text_of(proposal, "id_number"))
    return number or id_number or str(proposal["birth_date"] or f"{proposal.sheet}{proposal.row}")


def _kin(proposals: Sequence[Record]) -> Mapping[Place, list[Record]]:
    """Other proposals about the same person, in order: same number, identity number, or name and birth date."""
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for each in proposals:
        for key in _kin_keys(each):
            groups[key].append(each)
    kin: dict[Place, dict[Place, Record]] = defaultdict(dict)
    for (kind, *_), group in groups.items():
        if len(group) > 1:
            for each, others in _alike(group) if kind == "name" else ((each, group) for each in group):
                kin[place_of(each)] |= {place_of(one): one for one in others if one is not each}
    return {place: sorted(others.values(), key=place_of) for place, others in kin.items()}


def _alike(group: Sequence[Record]) -> Iterator[tuple[Record, Sequence[Record]]]:
    """Each of these namesakes with those who may be the same: identity numbers, where both have one, must agree."""
    by_number: dict[str, list[Record]] = defaultdict(list)
    for each in group:
        by_number[usable(text_of(each, "id_number"))].append(each)
    for number, same in by_number.items():
        others = [*same, *by_number.get("", ())] if number else group
        yield from ((each, others) for each in same)


def _pending(proposal: Record, kin: Sequence[Record]) -> tuple[Record, ...]:
    """Those of a person's other proposals that wait for a ruling beside this one."""
    return tuple(each for each in kin if each["ruled_on"] is None) if proposal["ruled_on"] is None else ()


def _kin_keys(proposal: Record) -> list[tuple[str, ...]]:
    number, id_number = usable(text_of(proposal, "prisoner_no")), usable(text_of(proposal, "id_number"))
    keys: list[tuple[str, ...]] = [("number", number)] if number else []
    if id_number:
        keys.append(("id", id_number))
    if proposal["birth_date"] is not None:
        keys.append(("name", compare_form(text_of(proposal, "name")), str(proposal["birth_date"])))
    return keys


def review_case(case: ReductionCase) -> CaseReview:
    """Ask every rule about one case and conclude."""
    weak = case.loose
    verdicts: list[Verdict] = []
    for rule in RULES.all():
        for each in run_rule(rule, case, case.law, case.rules_day, weak=weak, holder=HOLDER):
            of_parole = case.parole and each.document == OPINION
            verdicts.append(each._replace(document=PAROLE_OPINION) if of_parole else each)
    conclusion, reasons = conclude(verdicts)
    largest = ""
    if conclusion is Conclusion.ADJUST or any(each in reasons for each in ("JX-S01", "JX-S02", "JX-S03", "JX-S04")):
        largest = largest_lawful(case)
    person = case.person
    if weak:
        person = Person(person.name, person.id_number, person.prisoner_no, Match.LIKELY)
    told = day_ledger(case)
    return CaseReview(
        person,
        case.label,
        case.unit,
        conclusion,
        reasons,
        tuple(verdicts),
        largest,
        days=day_spans(told),
        unplaced=told.unplaced,
        law_read=frozenset(case.law.read),
    )


def case_row(proposal: Record) -> dict[str, str]:
    """What the list of cases shows of a proposal, before and after its review."""
    filed = proposal["filed_on"]
    return {
        "prisoner_no": text_of(proposal, "prisoner_no"),
        "name": text_of(proposal, "name"),
        "id_number": text_of(proposal, "id_number"),
        "unit": text_of(proposal, "prison"),
        "ward": text_of(proposal, "ward"),
        "batch": text_of(proposal, "batch"),
        "offence": text_of(proposal, "offence"),
        "sentence": show(proposal["sentence"]) or show(proposal["sentence_kind"]),
        "proposal": _proposal_words(proposal),
        "filed_on": filed.isoformat() if isinstance(filed, date) else "",
        "court": text_of(proposal, "court"),
    }


def _proposal_words(proposal: Record) -> str:
    """减刑六个月, 减为有期徒刑二十二年 or 假释; what could not be read stands as it was written."""
    kind, proposed = text_of(proposal, "proposal_kind") or "减刑", proposal["proposed"]
    if kind == PAROLE:
        return kind
    if not isinstance(proposed, Sentence):
        return kind + (proposal.cells["proposed"].raw.strip() if "proposed" in proposal.cells else "")
    changes = "减为" in proposal.cells["proposed"].raw or proposed.term is None
    return f"减为{proposed}" if changes else f"{kind}{proposed.term}"
