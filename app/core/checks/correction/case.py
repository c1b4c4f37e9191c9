"""One episode of community correction of one person: the judgment, the roster's row, what happened, how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from app.core.checks.case_numbers import case_key
from app.core.checks.matter import PersonMatter
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import RECORDS_KEPT
from app.core.memory import OnceEach
from app.core.people.index import place_of
from app.core.records import Record
from app.core.values import Sentence, SentenceKind, Term

JUDGMENTS, ROSTER, CLOSINGS, PAROLES, OUTSIDE, DELIVERIES = "T01", "T02", "T03", "T22", "T11", "T04"

# Lists of the office that begin a case where nothing says what is executed, the register of documents first.
STRAY = (DELIVERIES, CLOSINGS, "T07", "T08", "T09", "T10", "T26")

# The day a row of a list tells of, the surest field first.
EVENT_DAYS = {
    "T04": ("received_on", "sent_on", "notified_on"),
    "T05": ("received_on",),
    "T06": ("contact_on", "lost_from", "search_from"),
    "T07": ("awarded_on", "filed_on", "misconduct_on", "ruled_on"),
    "T08": ("leave_from", "applied_on"),
    "T09": ("decided_on", "applied_on"),
    "T10": ("monitoring_from", "approved_on"),
    "T12": ("violated_on", "decided_on"),
    "T13": ("decided_on", "case_filed_on", "offence_date"),
    "T14": ("admitted_on",),
    "T15": ("offence_date", "judged_on"),
    "T16": ("exited_on", "issued_on"),
    "T17": ("checked_in_on", "travelled_on", "seen_on"),
}


class Kind(StrEnum):
    """Why somebody is in community correction."""

    CONTROL = "管制"
    PROBATION = "缓刑"
    PAROLE = "假释"
    OUTSIDE = "暂予监外执行"


# A result of the second instance that names a penalty to be served inside, or none at all.
ELSEWHERE = re.compile(r"改判[^。；;]*(?:徒刑|拘役|死刑|实刑|罚金|无罪|免予|免除)|宣告无罪|免予刑事处罚|免除刑罚")
NO_PROBATION = re.compile(r"(?:撤销|取消|不适用|不予适用|去掉)[^，,。；;]*缓刑[^，,。；;]*")

FREEING = re.compile(r"单处|免予刑事处罚|免除刑罚|免予处罚|无罪")

KINDS, PENALTIES = frozenset(Kind), tuple(SentenceKind)


@dataclass(frozen=True)
class Episode(PersonMatter):
    """One execution of one decision outside prison; rows of every list, oldest first.

    `alone` says that the person has no other episode, so that every row of theirs belongs here; `freeing` are
    judgments that order nothing to be executed in the community or in prison.
    """

    judgments: tuple[Record, ...] = ()
    rosters: tuple[Record, ...] = ()
    closings: tuple[Record, ...] = ()
    paroles: tuple[Record, ...] = ()
    outside: tuple[Record, ...] = ()
    alone: bool = True
    freeing: tuple[Record, ...] = ()

    @property
    def stray(self) -> bool:
        """Whether nothing says what is executed."""
        return not (self.rosters or self.judgments or self.paroles or self.outside)

    @property
    def judgment(self) -> Record | None:
        """The court's row, if the court's list has one."""
        return self.judgments[0] if self.judgments else None

    @property
    def roster(self) -> Record | None:
        """The roster's row, if the person is on it."""
        return self.rosters[0] if self.rosters else None

    @property
    def anchor(self) -> Record:
        """The row the episode is known by: the roster's, else what ordered it, else the first the office has."""
        ordered = (*self.rosters, *self.judgments, *self.paroles, *self.outside, *self.freeing)
        return ordered[0] if ordered else next(row for table in STRAY for row in self.dossier.rows(table))

    @cached_property
    def kind(self) -> Kind | None:
        """Why the person is in correction, by the roster, else by what ordered it; None when that is not said."""
        stated = word_of(self.roster, "correction_kind")
        if stated in KINDS:
            return Kind(stated)
        if self.paroles:
            return Kind.PAROLE
        if self.outside:
            return Kind.OUTSIDE
        return kind_of(self.judgment) if self.judgment is not None else None

    @property
    def case_no(self) -> str:
        """The case number as written."""
        return word_of(self.judgment, "case_no") or word_of(self.roster, "case_no")

    @cached_property
    def label(self) -> str:
        """What the episode is called: the case number, else the day it begins, else the paper that ordered it."""
        if self.case_no:
            return self.case_no
        if self.freeing:
            return word_of(self.freeing[0], "case_no") or "裁判后释放"
        if begin := self.start or self.effective:
            return f"矫正起日{begin}"
        papers = (self.anchor, *self.dossier.rows(DELIVERIES)[:1])
        number = next((text for each in papers if (text := word_of(each, "decision_no", "document_no"))), "")
        if number:
            return number
        return f"{day}文书" if (day := event_day(self.anchor)) else f"《{self.anchor.sheet}》第{self.anchor.row}行"

    @property
    def unit(self) -> str:
        """The office of correction, or else the court, whose work is looked at."""
        return word_of(self.roster, "correction_office") or word_of(self.judgment, "court")

    @cached_property
    def effective(self) -> date | None:
        """The day the decision took effect, as stated: by the court, else by the roster."""
        stated = day_of(self.judgment, "effective_on") or day_of(self.roster, "effective_on")
        if stated is None and self.paroles:
            return day_of(self.paroles[0], "parole_from", "released_on", "ruled_on")
        return stated

    @cached_property
    def start(self) -> date | None:
        """The first day of correction, as the roster states it."""
        return day_of(self.roster, "correction_start")

    @cached_property
    def begins(self) -> date | None:
        """The first day of correction: stated by the roster, else the day the decision took effect."""
        return self.start or self.effective

    @cached_property
    def end(self) -> date | None:
        """The last day of correction, as the roster states it."""
        return day_of(self.roster, "correction_end")

    @cached_property
    def closed(self) -> tuple[date, Record] | None:
        """The day the episode was closed by discharge or termination, and the row that says so."""
        days = [
            (day, each)
            for each in self.closings
            if (day := day_of(each, "terminated_on", "discharged_on", "recommitted_on")) is not None
        ]
        return min(days, key=lambda pair: pair[0]) if days else None

    @cached_property
    def reported(self) -> date | None:
        """The day the person reported to the office."""
        return day_of(self.roster, "reported_on")

    @cached_property
    def original(self) -> Sentence | None:
        """The penalty of the judgment."""
        return penalty_of(self.judgment) or penalty_of(self.roster)

    @cached_property
    def probation(self) -> Term | None:
        """The probation period, by the court, else by the roster."""
        for each in (self.judgment, self.roster):
            value = each["probation"] if each is not None else None
            if isinstance(value, Term):
                return value
        return None

    @property
    def words(self) -> dict[str, str]:
        """What the list of cases shows: offence, penalty, why in correction, first day."""
        return {
            "offence": word_of(self.roster, "offence") or word_of(self.judgment, "offence"),
            "sentence": str(self.original) if self.original else "",
            "proposal": self.kind.value if self.kind else "",
            "filed_on": str(self.begins or ""),
            "court": word_of(self.judgment, "court"),
        }

    def inside(self, day: date) -> bool | None:
        """Whether a day lies in correction: from its begin to its end or closing; None when that is not known."""
        last = self.closed[0] if self.closed else self.end
        if self.begins is None or last is None:
            return None if self.begins is None or day >= self.begins else False
        return self.begins <= day <= last

    def rows(self, table: str) -> tuple[Record, ...]:
        """The person's rows of a list that belong to this episode, oldest first; rows without a day stand last."""
        found = self._rows.get(table)
        if found is None:
            rows = self.dossier.rows(table)
            mine = rows if self.alone else [each for each in rows if self._mine(each)]
            found = tuple(sorted(mine, key=lambda each: (event_day(each) or date.max, *place_of(each))))
            self._rows[table] = found
        return found

    @cached_property
    def _rows(self) -> dict[str, tuple[Record, ...]]:
        return {}

    def _mine(self, record: Record) -> bool:
        """By its case number, else by its day; a row with neither belongs to every episode of the person."""
        number = case_key(word_of(record, "case_no")) if record.table in ("T04", "T05") else ""
        if number and self.case_no:
            return number == case_key(self.case_no)
        day = event_day(record)
        if day is None or self.begins is None:
            return True
        slack = timedelta(days=self.law.number("correction_episode_slack_days", self.as_of))
        last = self.closed[0] if self.closed else self.end
        return self.begins - slack <= day and (last is None or day <= last + slack)


def event_day(record: Record) -> date | None:
    """The day a row tells of."""
    return day_of(record, *EVENT_DAYS.get(record.table, ()))


def _penalty_of(row: Record) -> Sentence | None:
    """The principal penalty a row states; the column of its kind decides when the term's own column names none."""
    value, word = row["sentence"], word_of(row, "sentence_kind").removesuffix("缓刑")
    kind = SentenceKind(word) if word in PENALTIES else None
    if not isinstance(value, Sentence):
        return Sentence(kind) if kind in (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH) else None
    named = any(map(row.cells["sentence"].raw.__contains__, PENALTIES))
    return Sentence(kind, value.term) if kind is not None and value.term is not None and not named else value


_penalties = OnceEach(_penalty_of, RECORDS_KEPT)


def penalty_of(row: Record | None) -> Sentence | None:
    """The principal penalty a row states; None without a row, or when it states none."""
    return None if row is None else _penalties(row)


def frees(judgment: Record) -> bool:
    """Whether a judgment sets free at once: no guilt, no penalty, or a supplementary one alone."""
    if kind_of(judgment) is not None or penalty_of(judgment) is not None:
        return False
    named = ("sentence_kind", "sentence", "supplementary", "remarks")
    texts = [judgment.cells[each].raw if each in judgment.cells else "" for each in named]
    return texts[0].strip() == "无" or any(map(FREEING.search, texts))


def kind_of(judgment: Record) -> Kind | None:
    """What a judgment orders to be executed in the community; None for anything else, as after a change on appeal."""
    result = NO_PROBATION.sub("", word_of(judgment, "appeal_result"))
    if ELSEWHERE.search(result) and not any(each in result for each in (Kind.PROBATION, Kind.CONTROL)):
        return None
    if isinstance(judgment["probation"], Term) or "缓刑" in word_of(judgment, "sentence_kind"):
        return Kind.PROBATION
    sentence = judgment["sentence"]
    stated = sentence.kind if isinstance(sentence, Sentence) else None
    if stated is SentenceKind.CONTROL or word_of(judgment, "sentence_kind") == Kind.CONTROL:
        return Kind.CONTROL
    return None
