"""One line of what falls due, the list as a workbook, and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.reports.tables import Sheet, tables_workbook
from app.core.sentence.dues import SOON, Due, Urgency
from app.core.store.rows import StoredFinding

WORKBOOK = "待办期限.xlsx"
WEAK, OWN = frozenset("MD"), "LOCAL"  # certainties that are not enough; the provision of the office's own practice
COLUMNS = {
    "情况": 11,
    "距届满": 9,
    "期限届满": 12,
    "要办的事": 26,
    "由谁办": 8,
    "人员或者单位": 20,
    "文书、案件": 30,
    "起算": 26,
    "期限": 9,
    "依据": 34,
    "说明": 34,
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that falls due: by when, whose it is to do, whom and what it is about, and why by then.

    `case_id` and `paper_id` are 0 for none; `key` is that of a finding, "" for none. `token` tells it from all others
    where it can be put aside, else ""; `aside` says why it was, `rule` what the provision demands.
    """

    what: str
    ours: bool
    who: str
    about: str
    begins: str
    length: str
    last: date
    left: int
    urgency: Urgency
    basis: str
    note: str
    desk: str = ""
    case_id: int = 0
    paper_id: int = 0
    key: str = ""
    token: str = ""
    aside: str = ""
    rule: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The line as `COLUMNS` name its parts."""
        whose = "本院" if self.ours else "对方"
        left = f"{self.left} 日" if self.left >= 0 else f"逾期 {-self.left} 日"
        state, note = ("已办", self.aside) if self.aside else (str(self.urgency), self.note)
        found = (state, left, self.last.isoformat(), self.what, whose, self.who, self.about)
        return (*found, self.begins, self.length, self.basis, note)


def due_sheet(lines: Sequence[DueLine]) -> Sheet:
    """The list as a sheet."""
    return Sheet("待办期限", COLUMNS, [each.texts for each in lines])


def save_dues(lines: Sequence[DueLine], path: Path) -> Done:
    """Write the list as a workbook."""
    hand_out(path, tables_workbook([due_sheet(lines)]))
    return Done(f"待办期限已保存：{path.name}（{len(lines)} 项）", value=path)


def says(lines: Sequence[DueLine]) -> str:
    """How many there are of each urgency, in a sentence."""
    late = sum(each.urgency is Urgency.OVERDUE for each in lines)
    soon = sum(each.urgency in (Urgency.TODAY, Urgency.SOON) for each in lines)
    if not lines:
        return "没有待办的期限"
    return f"待办 {len(lines)} 项：已逾期 {late} 项，{SOON.days} 日内到期 {soon} 项"


def made(found: Due, day: date, who: str, about: str, note: str, **more: str | int) -> DueLine:
    """The line of a limit as it stands on a day; `more` are desk, case_id, paper_id and token."""
    limit, basis = found.limit, found.basis
    longer = f"可以延长至 {found.latest}" if found.latest is not None else ""
    unsure = "" if found.sure else "当年节假日安排没有录入，未顺延"
    weak = "依据待核" if basis.certainty in WEAK and basis.id != OWN else ""
    return DueLine(
        what=limit.name,
        ours=limit.ours,
        who=who,
        about=about,
        begins=f"{limit.begins} {found.start}",
        length=found.length,
        last=found.last,
        left=found.left(day),
        urgency=found.urgency(day),
        basis=f"{basis.law}{basis.article}" if basis.id != OWN else "本院工作安排",
        note="；".join(each for each in (note, longer, unsure, weak) if each),
        rule=basis.says if basis.id != OWN else "",
        **more,  # type: ignore[arg-type]  # names of the fields
    )


def of_finding(day: date, each: StoredFinding, what: str, begins: str, length: str, last: date, note: str) -> DueLine:
    """The line of a finding whose last day is known."""
    urgency = (
        Urgency.OVERDUE
        if last < day
        else Urgency.TODAY
        if last == day
        else Urgency.SOON
        if last <= day + SOON
        else Urgency.LATER
    )
    about = f"{each.verdict.rule_name}（{each.case}）" if each.case else each.verdict.rule_name
    who = each.person.name or each.unit
    return DueLine(what, True, who, about, begins, length, last, (last - day).days, urgency, "", note, each.desk,
                   each.case_id, 0, each.key)  # fmt: skip
