"""What the store hands out: batches, case rows, findings with a person's word, papers, log entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.findings import Evidence, Finding, Overview, State
from app.core.records import Aside

BOTH = ","  # in a mapping, between the fields of a column that holds both days of a range


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFacts:
    """One sheet that was read: where it lay, how its columns were understood, and how many rows came through.

    `mapping` goes from column label to field id; `rows` = `accepted` + `rejected`, else ValueError. `header_row` is the
    header's lowest row, `header_first` its highest (from 1); `aside` are the rows below it that are no data.
    `unit` says whose list it is; several units are joined by 、.
    """

    file: str
    sha256: str
    sheet: str
    table: str
    header_row: int
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    rows: int
    accepted: int
    rejected: int
    header_first: int = 1
    hidden: bool = False
    aside: tuple[Aside, ...] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        if self.rows != self.accepted + self.rejected:
            raise ValueError(f"{self.rows} rows, but {self.accepted} accepted and {self.rejected} rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(BatchFacts):
    """A stored sheet: its number, the batch it was compared with (0 for none), who imported it when (ISO text)."""

    id: int
    imported_at: str
    imported_by: str
    before: int = 0

    def labels(self) -> dict[str, str]:
        """Field id → column label.

        Of two columns read into one field the first counts, cells of the other carry their own.
        """
        labels: dict[str, str] = {}
        for label, fields in self.mapping.items():
            for field_id in fields.split(BOTH):
                labels.setdefault(field_id, label)
        return labels


class CaseRow(NamedTuple):
    """One line of the case list; dates are ISO text, `conclusion` is "" until the case was reviewed."""

    id: int
    record_id: int
    batch_id: int
    desk: str
    prisoner_no: str
    name: str
    id_number: str
    unit: str
    ward: str
    batch: str
    offence: str
    sentence: str
    proposal: str
    filed_on: str
    court: str
    conclusion: str
    n_unlawful: int
    n_doubt: int
    n_hint: int
    n_data: int
    n_not_evaluated: int
    reviewed_as_of: str


class Summary(NamedTuple):
    """The line above the case list: cases, cases by conclusion ("" = not reviewed), findings by level."""

    cases: int
    by_conclusion: dict[str, int]
    by_level: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding(Finding):
    """A finding with its case (0: it is about a whole batch) and what people said to it.

    `current` is false when the last review did not find it; `shelved` is the state it had before its facts changed.
    """

    case_id: int
    state: State
    first_seen: str
    last_seen: str
    current: bool
    decided_at: str
    decided_by: str
    why: str
    code: str = ""
    until: str = ""
    checked_by: str = ""
    shelved: str = ""


class Ending(StrEnum):
    """Why a lead is no longer found."""

    ANSWERED = "已由新数据回答"
    WITHDRAWN = "依据的数据已撤回"
    AGAIN = "待重新核查"
    LACKING = "现在缺少数据"
    PEOPLE = "人员合并或者拆分"
    JOINED = "已并入另一条线索"
    RULES = "规则有变化"
    DAY = "核查日不同"
    OTHER = "不再成立"


@dataclass(frozen=True, slots=True)
class Ended:
    """A lead that the last review did not find again: why, in one sentence, and the cells that say so.

    `batch` is the import that answered it, 0 for none; `case_key` the case it belongs to now.
    """

    finding: StoredFinding
    case_key: str
    how: Ending
    says: str
    evidence: tuple[Evidence, ...]
    batch: int
    ended_at: str


@dataclass(frozen=True, slots=True)
class StoredOverview(Overview):
    """What was said of a whole batch, under its number, with the day it was looked at and what people said to it."""

    id: int
    as_of: str
    findings: tuple[StoredFinding, ...]


class PaperState(StrEnum):
    """A document's life: its number is taken, it was made, it counts no longer."""

    RESERVED = "预留"
    ISSUED = "已制作"
    VOID = "作废"


class Series(NamedTuple):
    """What one counter counts: the kind of number, the year and the office (or department)."""

    id: str
    year: int
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document: what it is, its number, its case (None when the batch was withdrawn) and how far it got.

    `series` and `n` are None for a paper that has no counter of its own.
    """

    id: int
    kind: str
    template: str
    case_id: int | None
    series: Series | None
    n: int | None
    number: str
    state: PaperState
    finding_keys: tuple[str, ...]
    reserved_at: str
    made_at: str
    file: str
    sha256: str
    void_why: str


class QuestionState(StrEnum):
    """Whether somebody has found out about it."""

    OPEN = "待核实"
    ANSWERED = "已说明"


class Question(NamedTuple):
    """What is asked about a row a list lacks: the batch that lacks it, the row, whom it is about, and the answer.

    `back_in` is the later batch in which the row came again, 0 for none.
    """

    id: int
    batch_id: int
    record_id: int
    person: str
    what: str
    state: QuestionState
    asked_at: str
    answered_at: str
    answered_by: str
    note: str
    back_in: int


class LawChange(NamedTuple):
    """One change the office made to the law: what it says (None: unreadable), who made it when and why.

    `undone_at` is "" while it stands.
    """

    id: int
    kind: str
    content: Mapping[str, Any] | None
    why: str
    made_at: str
    made_by: str
    undone_at: str
    undone_by: str
    undone_why: str


class Word(StrEnum):
    """What somebody says of two who may be one."""

    SAME = "同一人"
    APART = "不是同一人"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A word by hand on two keys of people (sorted): how both looked then, why, what was warned of, and its end."""

    id: int
    one: str
    other: str
    one_says: str
    other_says: str
    word: Word
    why: str
    warning: str
    judged_at: str
    judged_by: str
    undone_at: str
    undone_by: str
    undone_why: str


class Resting(NamedTuple):
    """A conclusion that rests on something of the law: whose, what it says, when and by which edition it was reached.

    `case_id` is 0 for what was said of a whole batch; `papers` counts the documents made for the case, and `current` is
    false for a conclusion that a newer list of the case left behind.
    """

    desk: str
    case_id: int
    name: str
    prisoner_no: str
    unit: str
    batch: str
    conclusion: str
    as_of: str
    law_edition: str
    made_at: str
    papers: int
    current: bool


class AuditEntry(NamedTuple):
    """One line of the log: when, who, what was done, the particulars, and the hash over it and the line before."""

    id: int
    at: str
    who: str
    act: str
    what: Mapping[str, Any]
    hash: str
