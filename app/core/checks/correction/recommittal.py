"""After a revocation or recommittal: the person is sent in, and custody before the ruling does not last too long."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode
from app.core.checks.persons import day_of, first_day, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record

REVOKING = re.compile(r"撤销缓刑|撤销假释|收监")
GRANTED = re.compile(r"撤销|收监|准|同意|支持")
REFUSED = re.compile(r"不|驳回|未")
PURSUED = re.compile(r"追逃|在逃|网上|通缉|追捕")
PURSUIT_CELLS = (
    ("T02", "remarks"),
    ("T03", "recommittal_reason"),
    ("T06", "result"),
    ("T07", "result"),
    ("T13", "outcome"),
    ("T13", "measure_change"),
)
Moment = tuple[date, Record, str]


def revoked(case: Episode) -> Moment | None:
    """The first day on which revocation or recommittal stood: the day, the row and the field."""
    found: list[Moment] = []
    for each in case.rows("T07"):
        day, result = day_of(each, "ruled_on"), word_of(each, "result")
        proposed = f"{word_of(each, 'proposal_kind')}{word_of(each, 'award')}"
        if day and REVOKING.search(proposed) and GRANTED.search(result) and not REFUSED.search(result):
            found.append((day, each, "ruled_on"))
    for each in case.rows("T15"):
        day = day_of(each, "effective_on")
        if day and REVOKING.search(word_of(each, "revocation")):
            found.append((day, each, "effective_on"))
    for each in case.rows("T22"):
        day = day_of(each, "ruled_on")
        if day and word_of(each, "recommittal_reason"):
            found.append((day, each, "ruled_on"))
    for each in case.outside:
        if day := day_of(each, "recommittal_decided_on"):
            found.append((day, each, "recommittal_decided_on"))
    if not found:
        for each in case.closings:
            day = day_of(each, "terminated_on")
            if day and REVOKING.search(word_of(each, "termination_kind")):
                found.append((day, each, "terminated_on"))
    return min(found, key=lambda moment: moment[0]) if found else None


def _revoked(case: Episode) -> str:
    return "" if revoked(case) is not None else "没有撤销缓刑、假释或者收监执行的裁定、决定"


def _sent_in(case: Episode, since: date) -> tuple[date | None, Record, str] | None:
    """When and where it is seen that the person was taken in, or was in custody when the decision came."""
    for each in case.dossier.rows("T14"):
        came, left = day_of(each, "admitted_on"), day_of(each, "left_on")
        if came is not None and (came >= since or left is None or left >= since):
            return max(came, since), each, "admitted_on"
    for row in (*case.closings, *case.outside):
        if (day := day_of(row, "recommitted_on")) is not None:
            return day, row, "recommitted_on"
        if row["recommitted"] is True:
            return None, row, "recommitted"
    return None


@RULES.rule(
    "SJ-54",
    "裁定撤销或者决定收监后未送交",
    *("CCL-48.3", "CCL-49.3", "CCL-50", "PR19-644"),
    when=_revoked,
    about=("T03", "T07", "T11", "T15", "T22"),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def not_sent_in(case: Episode, why: Why) -> Verdict:
    """Who is to be taken in is sent to prison or a detention house at once, or is pursued."""
    moment = revoked(case)
    if moment is None:
        raise Missing("裁定、决定日期")
    day, row, field = moment
    why.see(row, field, "result", "revocation", "termination_kind", "recommittal_reason")
    days = why.number("send_in_days", day)
    limit = day + timedelta(days=days)
    why.step(f"裁定、决定日 {day}，应当及时送交执行，以{days}日计 → {limit}")
    death = first_day([*case.rows("T18"), *case.closings], "death_date")
    if death is not None and death[0] <= limit:
        return why.not_applicable("送交执行前已死亡")
    sent = _sent_in(case, day)
    if sent is not None:
        taken, where, cell = sent
        why.see(where, cell)
        if taken is None or taken <= limit:
            return why.lawful(f"已经送交{f'（{taken}）' if taken else ''}")
        return why.hint(f"裁定、决定日{day}，{taken}才送交执行，相隔{(taken - day).days}日，请核对是否及时")
    if limit >= case.as_of:
        return why.lawful(f"到{case.as_of}尚未届满，不判断")
    for table, name in PURSUIT_CELLS:
        for each in case.rosters if table == "T02" else case.closings if table == "T03" else case.rows(table):
            if PURSUED.search(word_of(each, name)):
                why.see(each, name)
                return why.hint(f"裁定、决定日{day}，没有入所记录，但记有追逃，请核对追捕情况")
    case.lists.need("T14", limit, since=day + timedelta(days=case.law.number("list_begin_slack_days", day)))
    why.none_in(case.dossier, "T14", what=f"监所出入没有{day}以后的入所记录，也没有追逃的记录")
    return why.unlawful(f"{day}已裁定撤销或者决定收监，到{limit}没有送交执行，也没有追逃")


def _arrest_proposed(case: Episode) -> str:
    return "" if _proposal(case) is not None or _own_cause(case) is not None else "没有提请逮捕"


def _own_cause(case: Episode) -> Record | None:
    """An arrest the police entered as one for a revocation, whatever the office's own list of proposals names."""
    for each in case.rows("T13"):
        if word_of(each, "measure") == "逮捕" and REVOKING.search(word_of(each, "case_cause")):
            return each
    return None


def _proposal(case: Episode) -> Record | None:
    """The proposal to arrest together with a revocation."""
    for each in case.rows("T07"):
        if "逮捕" in f"{word_of(each, 'proposal_kind')}{word_of(each, 'award')}":
            return each
    return None


def _arrested(case: Episode, since: date) -> Moment | None:
    """The arrest that followed the proposal, not one for a new crime."""
    found: list[Moment] = []
    for each in case.rows("T13"):
        day = day_of(each, "executed_on", "decided_on")
        own = day_of(each, "offence_date") is None or REVOKING.search(word_of(each, "case_cause"))
        if day and day >= since and word_of(each, "measure") == "逮捕" and own:
            found.append((day, each, "executed_on"))
    for each in case.rows("T14"):
        day = day_of(each, "admitted_on")
        if day and day >= since and word_of(each, "admission_reason") == "逮捕":
            found.append((day, each, "admitted_on"))
    return min(found, key=lambda moment: moment[0]) if found else None


@RULES.rule(
    "SJ-56",
    "逮捕后羁押超过三十日",
    "CCL-47",
    when=_arrest_proposed,
    about=("T07", "T13"),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_LONG,
    document="纠正违法通知书",
)
def held_before_ruling(case: Episode, why: Why) -> Verdict:
    """Custody after an arrest for revocation ends within thirty days, holidays or not."""
    proposal, own = _proposal(case), _own_cause(case)
    filed = day_of(proposal, "filed_on", "awarded_on") or day_of(own, "decided_on", "executed_on")
    if filed is None:
        raise Missing("提请逮捕建议书日期")
    why.see(proposal, "proposal_kind", "award", "filed_on")
    why.see(own, "case_cause", "measure", "decided_on")
    if not (case.lists.has("T13") or case.lists.has("T14")):
        raise case.lists.lack("T13", "T14")
    moment = _arrested(case, filed)
    if moment is None:
        return why.not_applicable("没有逮捕的记录")
    day, row, field = moment
    why.see(row, field, "decided_on", "measure", "admission_reason")
    days = why.number("revocation_custody_days", day)
    limit = day + timedelta(days=days)
    why.step(f"逮捕日 {day}，＋{days}日 → {limit}")
    ended = _ended(case, day)
    if ended is not None:
        why.see(ended[1], ended[2])
        why.step(f"裁定或者释放 {ended[0]}")
        if ended[0] <= limit:
            return why.lawful("在期限内")
        return why.unlawful(f"{day}逮捕，{ended[0]}才裁定或者释放，羁押超过{days}日，超{(ended[0] - limit).days}日")
    if limit >= case.as_of:
        return why.lawful(f"到{case.as_of}尚未届满，不判断")
    case.lists.need("T07", limit)
    if not case.lists.has("T14"):
        return why.doubt(f"{day}逮捕，到{limit}没有裁定；没有监所出入记录，须核对是否仍在羁押")
    case.lists.need("T14", limit)
    return why.unlawful(f"{day}逮捕，到{limit}没有裁定也没有释放，羁押超过{days}日")


def _ended(case: Episode, since: date) -> Moment | None:
    """The ruling on revocation, or the release, after an arrest."""
    found: list[Moment] = []
    for each in case.rows("T07"):
        ruled = day_of(each, "ruled_on")
        if ruled and ruled >= since and REVOKING.search(f"{word_of(each, 'proposal_kind')}{word_of(each, 'award')}"):
            found.append((ruled, each, "ruled_on"))
    for table, field in (("T14", "left_on"), ("T13", "lifted_on")):
        for each in case.rows(table):
            if (day := day_of(each, field)) is not None and day >= since:
                found.append((day, each, field))
    return min(found, key=lambda moment: moment[0]) if found else None
