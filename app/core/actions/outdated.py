"""Documents whose data changed after they were made: the words they were filled with, and what they would be now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.actions.case_files import CaseFiles
from app.core.actions.drafts import Drafting
from app.core.documents.context import Office
from app.core.documents.kinds import Rests, kind
from app.core.documents.syntax import Use
from app.core.documents.words import kept
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.store.database import Rooms
from app.core.store.rows import Paper, PaperState

# What belongs to the paper itself or to our own office, and tells nothing of the case.
OURS = frozenset({"文号", "文书日期", "院名", "简称", "部门", "检察室", "承办人", "送达文书", "附件", "联名", "署名栏"})

MOST_TOLD = 3  # words that changed, in one sentence


@dataclass(frozen=True, slots=True)
class Change:
    """One word of a document: what it says, and what it would say now."""

    word: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """A document that would be another now; `why` says so where it would not be made at all."""

    paper: Paper
    changes: tuple[Change, ...]
    why: str = ""


def outdated(store: Rooms, case_ids: Sequence[int], *, ticket: Ticket) -> list[Outdated]:
    """The documents made for these cases that no longer say what the data say; those without kept words are left out.

    The day on the document stays the day it is judged by: that time went by makes no document out of date.
    """
    by_day: dict[tuple[date, Office], dict[int, list[Paper]]] = defaultdict(lambda: defaultdict(list))
    for case_id in case_ids:
        for paper in store.papers.all(case_id=case_id, state=PaperState.ISSUED):
            run = store.runs.run_of(paper.id)
            if run is not None:
                made_by = date.fromisoformat(run.asked["day"]), Office(**run.asked["office"])
                by_day[made_by][case_id].append(paper)
    found: list[Outdated] = []
    for (day, office), cases in by_day.items():
        files = CaseFiles(store, day, list(cases))
        drafting = Drafting(files, office, day)
        for number, (case_id, papers) in enumerate(cases.items()):
            ticket.step(number, len(cases), "比对文书与现在的数据")
            found += _of_case(store, files, drafting, case_id, papers)
    return sorted(found, key=lambda each: each.paper.id)


def told(each: Outdated) -> str:
    """One document that is out of date, in a sentence."""
    what = f"《{kind(each.paper.kind).name}》{each.paper.number}".rstrip()
    some = "；".join(f"{change.word}由“{change.then}”变为“{change.now}”" for change in each.changes[:MOST_TOLD])
    more = f"等 {len(each.changes)} 处" if len(each.changes) > MOST_TOLD else ""
    return f"{what} 已过时：{each.why or some + more}"


def _of_case(
    store: Rooms, files: CaseFiles, drafting: Drafting, case_id: int, papers: Sequence[Paper]
) -> Iterator[Outdated]:
    try:
        file = files.open(case_id)
    except UserError:
        for paper in papers:
            yield Outdated(paper, (), "数据有变化，案件还没有重新审查")
        return
    for paper in papers:
        then = store.runs.words_of(paper.id) or {}
        wanted = kind(paper.kind)
        if wanted.rests is Rests.PAPER:
            continue  # it says only what went with it
        try:
            drafts = list(drafting.drafts(file, wanted, paper.finding_keys or None))
        except UserError as fault:
            yield Outdated(paper, (), f"现在不会再制作这份文书：{fault.what}")
            continue
        same = [each for each in drafts if set(each.keys) == set(paper.finding_keys)] or drafts
        options = [tuple(changes(then, each.words)) for each in same]
        closest = min(options, key=len, default=())
        if closest:
            yield Outdated(paper, closest)


def changes(then: Mapping[str, object], now: Mapping[str, object]) -> Iterator[Change]:
    """The words that differ, each as a text; words of our own office and of the paper itself are passed over."""
    today = kept(_use_of(then), now)
    for word, before in then.items():
        if word not in OURS and before != today[word]:
            yield Change(word, _text(before), _text(today[word]))


def _use_of(words: Mapping[str, object]) -> Use:
    use = Use()
    _enter(use, words)
    return use


def _enter(use: Use, words: Mapping[str, object]) -> None:
    """Put down which words there are, those of lists inside their list."""
    for word, value in words.items():
        inside = use.of(word)
        for row in value if isinstance(value, list) else ():
            if isinstance(row, Mapping):
                _enter(inside, row)


def _text(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case list():
            return "；".join(_text(each) for each in value)
        case dict():
            return "，".join(f"{name}：{_text(each)}" for name, each in value.items() if each)
    return str(value) or "（空）"
