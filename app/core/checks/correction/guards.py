"""What keeps a rule from accusing wrongly: custody, death, a move, an ending, a pending revocation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.core.checks.correction.case import Episode
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Why
from app.core.records import Record

REFUSED = ("不同意", "不予", "不接收", "退回")
REVOKING = ("撤销缓刑", "撤销假释", "收监执行", "逮捕")
NOT_GRANTED = ("不予", "驳回", "不同意", "不批准")
HELD = ("刑事拘留", "逮捕", "监视居住", "指定居所监视居住", "取保候审")
EXCUSED = re.compile(
    r"不可抗力|住院|隔离|疫情|突发疾病|急病|重病|车祸|手术|洪水|洪灾|地震|暴雨|暴雪|封控|封闭管理|羁押|拘留|自然灾害"
)


def custody(case: Episode, first: date, last: date) -> Record | None:
    """A stay in a place of custody that touches the days from `first` to `last`."""
    for row in case.dossier.rows("T14"):
        came, went = day_of(row, "admitted_on"), day_of(row, "left_on")
        if came is not None and came <= last and (went is None or went >= first):
            return row
    return None


def died(case: Episode) -> tuple[date, Record] | None:
    """The day of death, by the registry of deaths or the list of endings."""
    for table in ("T18", "T03"):
        for row in case.dossier.rows(table):
            day = day_of(row, "death_date")
            if day is not None:
                return day, row
    return None


def moved_away(case: Episode) -> Record | None:
    """A change of the place of execution to another district that was agreed to."""
    for row in case.dossier.rows("T09"):
        agreed = day_of(row, "decided_on", "file_transferred_on", "file_received_on") is not None
        refused = any(each in word_of(row, "opinion") for each in REFUSED)
        inward = bool(case.lists.districts) and case.lists.inside(word_of(row, "new_place")) is True
        if agreed and not refused and not inward:
            return row
    return None


def excused(case: Episode) -> str:
    """A reason the roster gives that may excuse a late report; "" when it gives none."""
    for text in (word_of(case.roster, "late_report_reason"), word_of(case.roster, "remarks")):
        found = EXCUSED.search(text)
        if found and not re.search(rf"(?:无|没有|未)[^，。；]{{0,2}}{found[0]}", text):
            return text
    return ""


def absent(case: Episode, why: Why, day: date) -> str:
    """Why somebody cannot be expected on the roster or at the office around a day; "" when nothing says so."""
    death = died(case)
    if death is not None and death[0] <= day:
        why.see(death[1], "death_date")
        return f"{death[0]} 已死亡"
    if (row := moved_away(case)) is not None:
        why.see(row, "decided_on", "new_place")
        return f"执行地已变更至{word_of(row, 'new_place') or '外地'}"
    begin = case.effective or case.begins or day
    stay = custody(case, begin, day)
    went = day_of(stay, "left_on")
    # Once let go, somebody has the same time again.
    if stay is not None and (went is None or went + (day - begin) > case.as_of):
        why.see(stay, "admitted_on", "left_on", "admission_reason")
        return f"{day_of(stay, 'admitted_on')} 起在押（{word_of(stay, 'admission_reason', 'facility') or '监所出入'}）"
    if case.closed is not None and case.closed[0] <= day:
        return f"{case.closed[0]} 已解除或者终止社区矫正"
    return ""


def unsettled(case: Episode, end: date) -> Iterator[tuple[Record, tuple[str, ...], str]]:
    """What was still open when the period ended: a proposal to revoke, a coercive measure, custody, a new judgment."""
    for row in case.dossier.rows("T07"):
        kind = word_of(row, "proposal_kind") + word_of(row, "award")
        asked = day_of(row, "filed_on", "awarded_on")
        refused = any(each in word_of(row, "result") for each in NOT_GRANTED)
        if any(each in kind for each in REVOKING) and not refused and (asked is None or asked <= end):
            yield row, ("proposal_kind", "award", "filed_on", "result"), "已提请撤销或者收监"
    for row in case.dossier.rows("T13"):
        taken, lifted = day_of(row, "decided_on", "executed_on"), day_of(row, "lifted_on")
        if word_of(row, "measure") in HELD and taken is not None and taken <= end and (lifted is None or lifted > end):
            yield row, ("measure", "decided_on", "lifted_on"), f"正被采取{word_of(row, 'measure')}"
    if (stay := custody(case, end, end)) is not None:
        yield stay, ("admitted_on", "left_on", "admission_reason"), "期满时在押"
    for row in case.dossier.rows("T15"):
        if "撤销" in word_of(row, "revocation") and not word_of(row, "revocation").startswith("未"):
            yield row, ("revocation", "judged_on"), "新判决已撤销"
