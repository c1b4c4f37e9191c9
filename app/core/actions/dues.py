"""What falls due and what is overdue: our own acts, the answers we wait for, looking back, and what is watched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.core.actions.due_line import DueLine, made, of_finding
from app.core.actions.law import law_in_force
from app.core.actions.paper_list import ISSUED, PaperLine, paper_lines
from app.core.checks.dossier import text_of
from app.core.findings import Level, State
from app.core.jobs import Ticket
from app.core.law.book import LawBook, LawGap
from app.core.law.limits import Limit, limits
from app.core.life import SERVED, Stage
from app.core.records import Record
from app.core.sentence.dues import Due, due
from app.core.store.database import Rooms
from app.core.store.rows import CaseRow, PaperState, StoredFinding

WATCHED = "持续关注到期"
LOOK_BACK = "look_back"
SETTLED = frozenset({State.EXCLUDED, State.CLOSED})


@dataclass(slots=True)
class _Asked:
    """What every search needs."""

    store: Rooms
    day: date
    law: LawBook
    papers: Sequence[PaperLine]
    by_case: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for each in self.papers:
            self.by_case[each.paper.case_id or 0].add(each.paper.kind)


def dues(store: Rooms, day: date, papers: Sequence[PaperLine] | None = None, *, ticket: Ticket) -> list[DueLine]:
    """Everything that has a last day, the most pressing first; `papers` are all documents, if they are at hand.

    What was put aside stands among them: `due_aside.split` tells it apart.
    """
    if papers is None:
        papers = paper_lines(store, ticket=ticket)
    made = [each for each in papers if each.paper.state is PaperState.ISSUED]
    asked = _Asked(store, day, law_in_force(store), made)
    lines: list[DueLine] = []
    for place, search in enumerate((_of_papers, _of_proposals, _of_mail, _watched, _put_right)):
        ticket.step(place, 5, "清点期限")
        lines += search(asked)
    return sorted(lines, key=lambda each: (each.last, each.what, each.who, each.about))


def reply_due(line: PaperLine, law: LawBook) -> Due | None:
    """The last day for an answer to a document, answered or not; None when it was not served or asks for none."""
    served = line.life.last(SERVED)
    wanted = [each for each in limits().values() if each.reply and line.paper.kind in each.papers]
    if served is None or not wanted:
        return None
    return _due(wanted[0], date.fromisoformat(served.day), law, **line.granted)


def _of_papers(asked: _Asked) -> Iterator[DueLine]:
    """Answers we wait for, and what we owe after an entry about a document."""
    for line in asked.papers:
        for limit in limits().values():
            start = _start(limit, line)
            if start is None:
                continue
            granted = line.granted if limit.reply else {}
            found = _due(limit, start, asked.law, **granted)
            if found is not None:
                about = f"《{line.name}》{line.paper.number}".rstrip()
                to = (line.to or line.person) if not limit.ours or limit.event != ISSUED else (line.person or line.to)
                yield _line(found, asked.day, to, about, line, _urged(line, limit))


def _start(limit: Limit, line: PaperLine) -> date | None:
    """The day a limit of a document runs from; None when it does not run, or ended."""
    if not limit.event or (limit.papers and line.paper.kind not in limit.papers):
        return None
    if line.life.stage is Stage.CLOSED:
        return None
    standing = line.life.standing
    if limit.event == ISSUED:
        begun, after = line.day, standing
    else:
        places = [place for place, each in enumerate(standing) if each.name == limit.event]
        if not places:
            return None
        begun, after = date.fromisoformat(standing[places[-1]].day), standing[places[-1] + 1 :]
    return None if any(each.name in limit.ends for each in after) else begun


def _urged(line: PaperLine, limit: Limit) -> str:
    """What was done about an answer that is late."""
    if limit.ours:
        return ""
    told = [each for each in line.life.standing if each.name in ("督促", "报告上一级")]
    return "，".join(f"{each.day}已{each.name}" for each in told)


def _of_proposals(asked: _Asked) -> Iterator[DueLine]:
    """Our opinions on proposals, and our objections to rulings, by the days the lists of proposals hold."""
    wanted = [each for each in limits().values() if each.table and not each.holds]
    for table in dict.fromkeys(each.table for each in wanted):
        cases = asked.store.casebook.case_of("reduction")
        found = [each for each in asked.store.batches.records(table) if each.id in cases]
        rows = {each.id: each for each in asked.store.views.case_rows([cases[each.id] for each in found])}
        for record in found:
            row = rows[cases[record.id]]
            for limit in (each for each in wanted if each.table == table):
                if _open(asked, limit, record, row):
                    yield from _ours(asked, limit, record, row)


def _open(asked: _Asked, limit: Limit, record: Record, row: CaseRow) -> bool:
    """Whether the limit of a case still runs: nothing in the list ends it, and we made no document that does."""
    if any(text_of(record, each) or record[each] is not None for each in limit.unless):
        return False
    if asked.by_case[row.id] & set(limit.made):
        return False
    if not limit.accused:
        return True
    if not row.n_unlawful + row.n_doubt:
        return False
    return any(_accuses(each) for each in asked.store.casebook.findings(row.id))


def _accuses(finding: StoredFinding) -> bool:
    unlawful = finding.verdict.level is Level.UNLAWFUL and finding.state not in SETTLED
    return unlawful or finding.state is State.CONFIRMED


def _of_mail(asked: _Asked) -> Iterator[DueLine]:
    """What the register of incoming mail shows that we must act on."""
    wanted = [each for each in limits().values() if each.holds]
    made: dict[str, set[str]] = defaultdict(set)
    rows = asked.store.views.case_rows([each for each in asked.by_case if each])
    for row in rows:
        for known in (row.id_number, row.name):
            made[known] |= asked.by_case[row.id]
    for limit in wanted:
        for record in asked.store.batches.records(limit.table):
            person = text_of(record, "id_number") or text_of(record, "name")
            if re.search(limit.holds, text_of(record, "documents")) and not made[person] & set(limit.made):
                yield from _ours(asked, limit, record, None)


def _ours(asked: _Asked, limit: Limit, record: Record, row: CaseRow | None) -> Iterator[DueLine]:
    """A limit that runs from a day of a list; a cell that holds no day begins nothing."""
    start = record[limit.day]
    if not isinstance(start, date):
        return
    found = _due(limit, start, asked.law)
    if found is None:
        return
    place = f"{record.file}《{record.sheet}》第{record.row}行"
    about = f"{row.batch or row.proposal} {row.filed_on}".strip() if row is not None else text_of(record, "documents")
    who = row.name if row is not None else text_of(record, "name") or text_of(record, "sender")
    desk, case_id = (row.desk, row.id) if row is not None else ("correction", 0)
    known = (row.prisoner_no or row.id_number) if row is not None else text_of(record, "id_number")
    token = "|".join((limit.id, desk, known or who, text_of(record, "documents"), start.isoformat()))
    yield made(found, asked.day, who, about, place, desk=desk, case_id=case_id, token=token)


def _watched(asked: _Asked) -> Iterator[DueLine]:
    """Findings that are watched until a day."""
    for each in _in_state(asked.store, State.WATCHED):
        if each.until:
            last = date.fromisoformat(each.until)
            yield of_finding(asked.day, each, WATCHED, "", "", last, each.why)


def _put_right(asked: _Asked) -> Iterator[DueLine]:
    """Findings somebody put down as put right, apart from any document: to be looked back at."""
    by_paper = {key for each in asked.papers if each.life.last("整改") for key in each.paper.finding_keys}
    for each in _in_state(asked.store, State.RECTIFIED):
        if each.key in by_paper:
            continue
        start = date.fromisoformat(each.decided_at[:10])
        found = _due(limits()[LOOK_BACK], start, asked.law)
        if found is not None:
            begins = f"{found.limit.begins} {start}"
            yield of_finding(asked.day, each, found.limit.name, begins, found.length, found.last, "")


def _in_state(store: Rooms, state: State) -> list[StoredFinding]:
    """The findings in a state, each once, wherever it was seen last."""
    found = store.casebook.findings(state=state, current=None)
    return list({each.key: each for each in sorted(found, key=lambda each: each.current)}.values())


def _due(limit: Limit, start: date, law: LawBook, **granted: int) -> Due | None:
    try:
        return due(limit, start, law, **granted)
    except LawGap:
        return None


def _line(found: Due, day: date, who: str, about: str, paper: PaperLine, note: str) -> DueLine:
    case_id = paper.paper.case_id or 0
    return made(found, day, who, about, note, desk=paper.desk, case_id=case_id, paper_id=paper.paper.id)
