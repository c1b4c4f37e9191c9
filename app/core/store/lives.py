"""The lives of findings: every step a person, a document or the program makes, kept with what stood before.

When a matter comes back. A finding keeps its key from review to review, so the same matter is never raised twice. Its
state is a person's word and no review changes it, with two exceptions that are both written into its history:

* it was watched until a day, and the day has come: it is 待核查 again;
* it was 排除 or 办结, and the facts it rests on are others now: the values of the cells it quotes, whatever file and
  row they stand in, are not those the word was given on. Then it is 待核查 again, with the earlier word shown beside
  it. Should the facts be again what they were, the earlier word holds again.

With the same facts an excluded finding stays excluded, however often it is found.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from datetime import date

from app.core.errors import UserError
from app.core.findings import Level, State
from app.core.life import CODE, UNTIL, WHY, By, Life, Move, life
from app.core.store.audit import Audit
from app.core.store.codec import pack
from app.core.store.exchanges import of_finding
from app.core.store.life_book import LifeBook
from app.core.store.life_rows import UNDOABLE, Line, Step, StepKind, Told, Word
from app.core.store.link import Link
from app.core.store.repeats import DESTROYED

WATCHED = f"SELECT key FROM findings WHERE desk = ? AND state = '{State.WATCHED}' AND until <= ?"
CLOSED = f"""
    SELECT key FROM findings WHERE desk = ?
    AND (state IN ('{State.EXCLUDED}', '{State.CLOSED}') OR (shelved <> '' AND state = '{State.OPEN}'))
    AND NOT EXISTS (SELECT 1 FROM sightings s JOIN cases c ON c.id = s.case_id
        WHERE s.key = findings.key AND c.batch_id IN {DESTROYED})
"""
OTHER_PAPER = """
    SELECT 1 FROM papers p, json_each(p.finding_keys) k
    WHERE k.value = ? AND p.id <> ? AND p.made_at <> '' AND p.void_why = ''
        AND p.kind IN (SELECT value FROM json_each(?))
"""
TAKEN_BACK = """
    SELECT 1 FROM paper_events e, json_each(e.steps) s
    WHERE s.value = ? AND e.id IN (SELECT undoes FROM paper_events WHERE undoes IS NOT NULL)
"""
VOID = "SELECT 1 FROM papers WHERE id = ? AND void_why <> ''"
UNPROVEN = "未以第二账户核对"
LEVELS = "check.levels"  # the setting: whose findings need a second person's word


class Lives:
    """What may be done with findings, what was done, and by whom."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit
        self._book = LifeBook(link, audit)

    def levels(self) -> frozenset[Level]:
        """The levels whose findings need a second person's word."""
        found = self._link.row("SELECT value FROM settings WHERE key = ?", (LEVELS,))
        return frozenset(Level(each) for each in json.loads(found[0])) if found else frozenset()

    def set_levels(self, levels: Collection[Level], *, now: str, who: str) -> None:
        """Choose those levels, and log it."""
        listed = [each.value for each in Level if each in levels]
        with self._link.atomic():
            self._link.change("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (LEVELS, pack(listed)))
            self._audit.note("修改复核范围", {"级别": listed}, at=now, who=who)

    def move(
        self, key: str, after: State, *, who: str, now: str, why: str = "", code: str = "", until: str = ""
    ) -> None:
        """Put down a person's word on a finding and log it.

        UserError when its state does not allow the move, a second person must look first, or something that must be
        said with it is lacking; `until` is an ISO day. KeyError when there is no such finding.
        """
        with self._link.atomic():
            word = self._book.word(key)
            move = _allowed(life(), State(word.state), after, By.PERSON)
            _complete(move, why, code, until, now)
            if self._waits(key, word, after):
                raise UserError("这条线索还没有经第二人复核", do="请先由另一位同志复核“属实”，再往下办理")
            self._say(key, word, after, Line(StepKind.WORD, who, now, why.strip(), code, until))

    def check(self, key: str, *, agrees: bool, why: str, who: str, now: str, proven: bool = True) -> None:
        """Put down a second person's word: agreed, or sent back to 核查中 with a reason.

        `proven`: it was said from an account of their own; otherwise their name is kept with a note that it was not.
        UserError when none is needed, when it is the same person's, or when a reason is lacking.
        """
        who, why = who.strip(), why.strip()
        with self._link.atomic():
            word = self._book.word(key)
            if not self._needs(key, word):
                raise UserError("这条线索不需要复核，或者已经复核", do="不必再操作")
            if not who:
                raise UserError("没有填写复核人", do="请填写复核人的姓名")
            if _same(who, word.decided_by):
                raise UserError(f"复核人不能就是核查人（{word.decided_by}）", do="请由另一位同志复核")
            if not agrees and not why:
                raise UserError("退回要写明理由", do="请用一句话写明为什么退回，再确认")
            who = who if proven else f"{who}（{UNPROVEN}）"
            if agrees:
                kept = word._replace(checked_at=now, checked_by=who)
                self._book.write(key, word, kept, Line(StepKind.CHECK, who, now, why))
            else:
                self._say(key, word, State.CHECKING, Line(StepKind.RETURN, who, now, why))

    def needs_check(self, key: str) -> bool:
        """Whether the word that stands on a finding waits for a second person."""
        return self._needs(key, self._book.word(key))

    def waiting(self, keys: Collection[str]) -> list[str]:
        """Of these findings those about which no document may go out before a second person looked."""
        if not self.levels():
            return []
        return [each for each in self._book.heirs(keys) if self._waits(each, self._book.word(each), State.ISSUED)]

    def undo(self, key: str, *, who: str, now: str, why: str = "", sending: Collection[str] = ()) -> State:
        """Take the last step of a person back; what stood before stands again. UserError when there is none such.

        Had that come from a document that is void by now (none other of the kinds `sending` stands), or from an entry
        about one that was taken back, it goes too.
        """
        with self._link.atomic():
            word, last = self._book.word(key), self._book.last(key)
            if last is not None and last[0].kind in (StepKind.PAPER, StepKind.ANSWER):
                raise UserError("上一步是随文书登记的，不能在这里撤销", do="文书有误的，请在文书列表中作废或者更正登记")
            if last is None or last[0].kind not in UNDOABLE:
                raise UserError("没有可以撤销的步骤", do="如需改变，请直接选择新的状态")
            step, prior = last
            self._book.write(key, word, prior, Line(StepKind.UNDO, who, now, why.strip(), undoes=step.id))
            self._fall_back(key, Line(StepKind.UNDO, who, now, "文书已作废或者撤销了登记"), sending)
            return State(self._book.word(key).state)

    def undoable(self, key: str) -> Step | None:
        """The step `undo` would take back; None when it would refuse."""
        last = self._book.last(key)
        return last[0] if last is not None and last[0].kind in UNDOABLE else None

    def told(self, key: str) -> Told:
        """What the window shows of a finding's life; KeyError when there is no such finding."""
        others = tuple(of_finding(self._link, key))
        return Told(tuple(self._book.history(key)), self.undoable(key), self.needs_check(key), others)

    def issued(self, keys: Collection[str], paper: int, number: str, *, now: str, who: str) -> None:
        """A document about findings was made: those that may move are 已制发 now, the others stay as they are."""
        line = Line(StepKind.PAPER, who, now, f"制发{number}" if number else "制发文书", paper=paper)
        self._follow(keys, State.ISSUED, line)

    def answered(self, keys: Collection[str], after: State, paper: int, why: str, *, now: str, who: str) -> list[int]:
        """The addressee of a document did something: its findings move on, where they may; the steps they made.

        The log is the caller's: one line for the document, whatever the number of its findings.
        """
        return self._follow(keys, after, Line(StepKind.ANSWER, who, now, why, paper=paper), log=False)

    def unanswered(self, keys: Collection[str], steps: Collection[int], why: str, *, now: str, who: str) -> int:
        """Take those steps of these findings back; how many. What somebody said of a finding since then stays."""
        with self._link.atomic():
            last = {key: self._book.behind(key) for key in self._book.heirs(keys)}
            back = {key: found for key, found in last.items() if found is not None and found[0].id in steps}
            for key, (step, prior) in back.items():
                line = Line(StepKind.UNDO, who, now, why, paper=step.paper, undoes=step.id)
                self._take_back(key, prior, line, log=False)
                self._fall_back(key, line, ())
        return len(back)

    def voided(
        self, keys: Collection[str], paper: int, sending: Collection[str], why: str, *, now: str, who: str
    ) -> None:
        """A document is void: its findings are what they were, unless another one (of the kinds `sending`) stands."""
        with self._link.atomic():
            last = {key: self._book.behind(key) for key in self._book.heirs(keys)}
            for key, found in last.items():
                other = self._link.row(OTHER_PAPER, (key, paper, pack(list(sending))))
                if other is None and found is not None and found[0].kind is StepKind.PAPER:
                    line = Line(StepKind.VOID, who, now, why, undoes=found[0].id)
                    self._take_back(key, found[1], line)
                    self._fall_back(key, line, sending)

    def settle(self, desk: str, day: date, *, now: str, who: str) -> Counter[StepKind]:
        """After a review: wake what was watched until a day, reopen what rests on other facts; how many of each."""
        told: Counter[StepKind] = Counter()
        with self._link.atomic():
            for (key,) in self._link.rows(WATCHED, (desk, day.isoformat())):
                word = self._book.word(key)
                kept = word._replace(state=State.OPEN, until="")
                self._book.write(key, word, kept, Line(StepKind.DUE, who, now))
                told[StepKind.DUE] += 1
            for (key,) in self._link.rows(CLOSED, (desk,)):
                word, seen = self._book.word(key), self._book.seals(key, current=True)
                holds = seen <= set(json.loads(word.seals))
                if not seen or holds is not bool(word.shelved):
                    continue
                after = State(word.shelved) if holds else State.OPEN
                kept = word._replace(state=after, shelved="" if holds else word.state)
                kind = StepKind.AGAIN if holds else StepKind.CHANGED
                self._book.write(key, word, kept, Line(kind, who, now))
                told[kind] += 1
        return told

    def _follow(self, keys: Collection[str], after: State, line: Line, *, log: bool = True) -> list[int]:
        steps: list[int] = []
        with self._link.atomic():
            for key in self._book.heirs(keys):
                word = self._book.word(key)
                if life().move(State(word.state), after, By.PAPER) is not None:
                    steps.append(self._say(key, word, after, line, log=log))
        return steps

    def _take_back(self, key: str, prior: Word, line: Line, *, log: bool = True) -> None:
        """Put the word back that stood before; under the finding's earlier key the step that is undone is another's."""
        own = self._book.last(key)
        self._book.write(key, self._book.word(key), prior, line._replace(undoes=own and own[0].id), log=log)

    def _fall_back(self, key: str, line: Line, sending: Collection[str]) -> None:
        """Pass by the steps that stand on nothing any more: of void documents, of entries that were taken back."""
        while (found := self._book.last(key)) is not None:
            step, prior = found
            if step.kind is StepKind.ANSWER:
                gone = self._link.row(TAKEN_BACK, (step.id,)) is not None
            elif step.kind is StepKind.PAPER and sending:
                void = self._link.row(VOID, (step.paper,)) is not None
                gone = void and self._link.row(OTHER_PAPER, (key, step.paper, pack(list(sending)))) is None
            else:
                gone = False
            if not gone:
                return
            self._book.write(key, self._book.word(key), prior, line._replace(undoes=step.id))

    def _say(self, key: str, word: Word, after: State, line: Line, *, log: bool = True) -> int:
        """A new word on a finding, given on the facts as they are seen."""
        seals = pack(sorted(self._book.seals(key, current=False)))
        kept = Word(after, line.now, line.who, line.why, line.code, line.until, "", "", "", seals)
        if after not in life().unsettled | life().second:
            kept = kept._replace(checked_at=word.checked_at, checked_by=word.checked_by)
        return self._book.write(key, word, kept, line, log=log)

    def _needs(self, key: str, word: Word) -> bool:
        levels = self.levels()
        return bool(levels) and State(word.state) in life().second and not word.checked_by and self._one_of(key, levels)

    def _waits(self, key: str, word: Word, after: State) -> bool:
        """Whether this move must wait for a second person."""
        before, levels = State(word.state), self.levels()
        if not levels or after not in life().final or before not in life().unsettled:
            return False
        return self._one_of(key, levels) and not (before is State.CONFIRMED and word.checked_by)

    def _one_of(self, key: str, levels: Collection[Level]) -> bool:
        return self._book.level(key) in levels


def _allowed(table: Life, before: State, after: State, by: By) -> Move:
    move = table.move(before, after, by)
    if move is not None:
        return move
    if before is after:
        raise UserError(f"这条线索已经是“{before}”", do="不必再改")
    if after is State.ISSUED:
        raise UserError("“已制发”由生成文书时登记", do="请生成文书")
    if before is State.ISSUED:
        raise UserError(f"这条线索已制发文书，不能改为“{after}”", do="文书有误的，请在文书列表中作废，再另行处理")
    ways = "、".join(f"“{each.after}”" for each in table.steps(before))
    raise UserError(f"线索不能从“{before}”直接改为“{after}”", do=f"现在可以改为{ways}")


def _complete(move: Move, why: str, code: str, until: str, now: str) -> None:
    """UserError when something is lacking that must come with a move."""
    reason = life().reasons.get(code)
    if CODE in move.needs and reason is None:
        raise UserError("排除一条线索要选一个理由", do="请选择理由，再确认")
    if (WHY in move.needs or (reason is not None and reason.sentence)) and not why.strip():
        raise UserError(f"没有写明{'理由' if reason else '情况'}", do="请用一句话写明，再确认")
    if UNTIL in move.needs and (not until or until <= now[:10]):
        raise UserError("持续关注要有一个今后的日子", do="请选择关注到哪一天，到期后线索自动回到待核查")


def _same(one: str, other: str) -> bool:
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()
