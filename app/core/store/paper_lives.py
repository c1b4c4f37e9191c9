"""What became of documents: approved, served, answered, put right, looked back at, closed; their findings follow."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from app.core.errors import UserError
from app.core.life import ADOPTED, NAME, RANK, RECEIVER, SAID, WAY, Event, Stage, life
from app.core.store.audit import Audit
from app.core.store.codec import pack
from app.core.store.life_rows import PaperLife, PaperStep
from app.core.store.link import Link
from app.core.store.lives import Lives
from app.core.store.papers import Papers
from app.core.store.rows import Paper, PaperState

STEP = """
    INSERT INTO paper_events (paper_id, name, day, before, after, said, told, steps, at, who, undoes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
READ = """
    SELECT e.id, e.paper_id, e.name, e.day, e.before, e.after, e.said, e.told, e.at, e.who,
        EXISTS (SELECT 1 FROM paper_events u WHERE u.undoes = e.id)
    FROM paper_events e WHERE e.undoes IS NULL
"""
MADE_ON = """
    SELECT coalesce(r.asked ->> '$.day', substr(p.made_at, 1, 10)) FROM papers p
    LEFT JOIN fillings f ON f.paper_id = p.id LEFT JOIN paper_runs r ON r.id = f.run_id WHERE p.id = ?
"""
LACKING = {
    SAID: "没有写明情况",
    RECEIVER: "没有填写签收人",
    WAY: "没有选择送达方式",
    ADOPTED: "没有选择对方是否采纳",
    RANK: "没有选择是哪一级审批",
    NAME: "没有填写审批人",
}


class PaperLives:
    """What may be entered about documents that went out, and what was."""

    def __init__(self, link: Link, audit: Audit, papers: Papers, lives: Lives) -> None:
        self._link = link
        self._audit = audit
        self._papers = papers
        self._lives = lives

    def enter(
        self, paper_id: int, name: str, day: date, *, said: str = "", told: Mapping[str, str], now: str, who: str
    ) -> int:
        """Enter an event of life.toml about a document, with one line in the log; how many findings moved with it.

        UserError when the document's stage does not allow it, when something that must be told is lacking, or when its
        day cannot be. KeyError when there is no such document or event.
        """
        event, said = life().events[name], said.strip()
        given = {each: text.strip() for each, text in told.items() if text.strip() and each in event.needs}
        with self._link.atomic():
            paper, known = self._papers.paper(paper_id), self.life(paper_id)
            _allowed(paper, known, event)
            _complete(event, said, given)
            self._on_time(paper, known, event, day, now)
            after, moved = event.to or known.stage, list[int]()
            if event.finding is not None:
                why = f"{paper.number}{name}（{day.isoformat()}）：{said}"
                moved = self._lives.answered(paper.finding_keys, event.finding, paper_id, why, now=now, who=who)
            values = (paper_id, name, day.isoformat(), known.stage, after, said, pack(given), pack(moved))
            self._link.change(STEP, (*values, now, who, None))
            self._note(f"登记{name}", paper, {"day": day.isoformat(), "said": said, **given}, len(moved), now, who)
        return len(moved)

    def undo(self, paper_id: int, *, now: str, who: str) -> tuple[PaperStep, int]:
        """Take the last entry about a document back: its findings are what they were, unless somebody spoke since.

        The entry, and how many of the findings it had moved stay where they are now. UserError when nothing stands.
        """
        with self._link.atomic():
            paper, known = self._papers.paper(paper_id), self.life(paper_id)
            if not known.standing:
                raise UserError(f"文书{paper.number}没有可以撤销的登记", do="不必再操作")
            last = known.standing[-1]
            found = self._link.row("SELECT steps FROM paper_events WHERE id = ?", (last.id,))
            moved: list[int] = json.loads(found[0]) if found else []
            why = f"撤销{paper.number}的“{last.name}”"
            back = self._lives.unanswered(paper.finding_keys, moved, why, now=now, who=who) if moved else 0
            values = (paper_id, last.name, last.day, last.after, last.before, "", "{}", "[]", now, who, last.id)
            self._link.change(STEP, values)
            self._note(f"撤销登记{last.name}", paper, {"day": last.day}, back, now, who)
        return last, max(len(moved) - back, 0)

    def life(self, paper_id: int) -> PaperLife:
        """What became of one document."""
        return self._lives_of(f"{READ} AND e.paper_id = ? ORDER BY e.id", (paper_id,)).get(paper_id, NEW)

    def all(self) -> Mapping[int, PaperLife]:
        """What became of every document about which anything was entered, by its id."""
        return self._lives_of(f"{READ} ORDER BY e.id", ())

    def made_on(self, paper_id: int) -> date | None:
        """The day a document bears; None when it was not made."""
        found = self._link.row(MADE_ON, (paper_id,))
        return date.fromisoformat(found[0]) if found is not None and found[0] else None

    def _lives_of(self, sql: str, values: tuple[int, ...]) -> dict[int, PaperLife]:
        steps: dict[int, list[PaperStep]] = defaultdict(list)
        for number, paper, name, day, before, after, said, told, at, who, undone in self._link.rows(sql, values):
            known = (name, day, Stage(before), Stage(after), said, json.loads(told), at, who, bool(undone))
            steps[paper].append(PaperStep(number, paper, *known))
        return {paper: PaperLife(_stage(some), tuple(some)) for paper, some in steps.items()}

    def _on_time(self, paper: Paper, known: PaperLife, event: Event, day: date, now: str) -> None:
        """UserError for a day that is still to come, or lies before what happened already."""
        if day.isoformat() > now[:10]:
            raise UserError(f"“{event.name}”的日期{day}还没有到", do="请填写实际发生的日期")
        if event.to is None:
            return
        made = self.made_on(paper.id)
        if made is not None and day < made:
            raise UserError(f"“{event.name}”的日期{day}早于文书日期{made}", do="请核对日期")
        moved = [each for each in known.standing if each.before is not each.after]
        if moved and day.isoformat() < moved[-1].day:
            what = f"“{event.name}”的日期{day}早于{moved[-1].name}的日期{moved[-1].day}"
            raise UserError(what, do=f"请核对日期；{moved[-1].name}登记错了的，请先撤销")

    def _note(self, act: str, paper: Paper, what: Mapping[str, str], moved: int, now: str, who: str) -> None:
        named = {"paper": paper.id, "kind": paper.kind, "number": paper.number, "findings": moved}
        self._audit.note(act, named | dict(what), at=now, who=who)


NEW = PaperLife(Stage.UNSERVED, ())


def may_be_entered(paper: Paper, known: PaperLife) -> list[Event]:
    """What may be entered about a document now, in the order of the table."""
    return [each for each in life().events.values() if not _against(paper, known, each)]


def _stage(steps: Collection[PaperStep]) -> Stage:
    standing = [each for each in steps if not each.undone]
    return standing[-1].after if standing else Stage.UNSERVED


def _allowed(paper: Paper, known: PaperLife, event: Event) -> None:
    against = _against(paper, known, event)
    if against:
        raise UserError(f"文书{paper.number}{against}，不能登记“{event.name}”", do="请核对文书的办理情况")


def _against(paper: Paper, known: PaperLife, event: Event) -> str:
    """Why an event cannot be entered about a document; "" when it can."""
    if paper.state is not PaperState.ISSUED:
        return "还没有制作" if paper.state is PaperState.RESERVED else "已经作废"
    if known.stage not in event.before:
        return f"现在是“{known.stage}”"
    if event.after:
        asked = [each.name for each in known.standing if each.name in (event.after, event.name)]
        if not asked or asked[-1] != event.after:
            return f"没有待答复的“{event.after}”"
    return ""


def _complete(event: Event, said: str, told: Mapping[str, str]) -> None:
    """UserError when something is lacking that must be told with an event, or is not one of its list."""
    for need in sorted(event.needs):
        text = said if need == SAID else told.get(need, "")
        listed = life().lists.get(need)
        if not text or (listed is not None and text not in listed):
            raise UserError(LACKING[need], do="请补上，再确认")
