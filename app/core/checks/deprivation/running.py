"""While it runs and when it ends: announced, told of its end, taken off the list in time, handed over."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.deprivation.begin import END, period_is_wrong
from app.core.checks.deprivation.book import CORRECT, POLICE, RULES, SPEAK, column, listed, periods, wait
from app.core.checks.deprivation.case import Matter
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.sentence.deprivation import Ground

DELISTED = "撤管日期"
TOLD = (
    ("expiry_person_notified_on", "本人"),
    ("expiry_workplace_notified_on", "所在单位"),
    ("expiry_community_notified_on", "居住地基层组织"),
)
CLOSED_EARLY = re.compile(r"死亡|减刑|特赦|赦免|再审|改判|撤销原判|无罪|收监|迁|移交|转出|转移|重复|误")
OFF = ("迁出", "收监", "死亡")


def _ended(case: Matter) -> str:
    if reason := listed(case):
        return reason
    if case.ground is Ground.LIFE:
        return "剥夺政治权利终身"
    return f"已{word_of(case.listing, 'status')}" if word_of(case.listing, "status") in OFF else ""


@RULES.rule(
    *("BQ-16", "期满未书面通知", "PR19-627"),
    when=_ended,
    about=("T20",),
    gravity=Gravity.SLIGHT,
    harm=Harm.RIGHTS,
    document=SPEAK,
)
def not_told_of_end(case: Matter, why: Why) -> Verdict:
    """When it ends, the person, their employer and the local body are told in writing."""
    row = case.listing
    assert row is not None
    end = column(row, "deprivation_end", END)
    last = max((each for each in (end, case.last_end) if each is not None), default=None)
    if last is None:
        raise Missing(END, holder=POLICE)
    why.cite_on(last, "CPL-270", "CPL12-259", "PSP-314")
    why.see(row, "deprivation_end")
    if case.open_stop:
        return why.not_applicable("又犯罪执行有期徒刑期间停止计算，期满日未定")
    if case.dead_by(last):
        return why.not_applicable("期满以前已经死亡")
    if wait(why, "deprivation_expiry_notice_days", last) >= case.as_of:
        return why.lawful("尚未期满，或者期满后的通知期限未到")
    if period_is_wrong(case) and end != last:
        return why.not_applicable("列管起止日期有误，先予改正")
    lack = _untold(case)
    if not lack:
        return why.lawful("期满已书面通知")
    why.see(row, "expiry_notified_on", *(name for name, _ in TOLD), "workplace")
    why.step(f"没有书面通知{'、'.join(lack)}的记录")
    late = (case.as_of - last).days > why.number("deprivation_expiry_late_days", last)
    verdict = f"剥夺政治权利{last}期满，没有书面通知{'、'.join(lack)}"
    return why.unlawful(verdict, gravity=Gravity.SERIOUS if late else Gravity.SLIGHT)


def _untold(case: Matter) -> list[str]:
    """Who was not told; Missing when the list has no column for it."""
    row = case.listing
    assert row is not None
    columns = [(name, who) for name, who in TOLD if name in row.cells]
    if row["expiry_notified_on"] is not None:
        return []
    if not columns:
        if "expiry_notified_on" not in row.cells:
            raise Missing("期满通知日期", holder=POLICE)
        return ["本人及其所在单位、居住地基层组织"]
    return [
        who
        for name, who in columns
        if row[name] is None and (name != "expiry_workplace_notified_on" or word_of(row, "workplace"))
    ]


@RULES.rule(
    *("BQ-17", "提前撤管", "CL-58.2", "PR19-627"),
    when=listed,
    about=("T20",),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def delisted_early(case: Matter, why: Why) -> Verdict:
    """Nobody is taken off the list before the deprivation has ended by every reading."""
    row = case.listing
    assert row is not None
    off = column(row, "delisted_on", DELISTED)
    if off is None:
        return why.lawful("没有撤管")
    why.see(row, "delisted_on", "delisting_reason", "status", "deprivation_end")
    why.cite_on(off, "CPL-270", "CPL12-259")
    if not case.periods:
        stated = day_of(row, "deprivation_end")
        if stated is None or off >= stated:
            periods(case, why)
            return why.lawful("没有早于名单所列截止日")
    periods(case, why)
    first = case.first_end
    assert first is not None
    why.step(f"撤管 {off}，最早期满 {first if first != date.max else '终身'}")
    if off >= first:
        return why.lawful("期满当日或者以后撤管")
    reason = word_of(row, "delisting_reason")
    if CLOSED_EARLY.search(reason) or word_of(row, "status") in OFF:
        return why.lawful(f"撤管原因：{reason or word_of(row, 'status')}")
    if case.dead_by(off):
        return why.lawful("撤管前已经死亡")
    stated = day_of(row, "deprivation_end")
    if stated is not None and off >= stated and period_is_wrong(case):
        return why.not_applicable("按名单所列截止日撤管，截止日有误已另行指出")
    message = f"{off}撤管，剥夺政治权利{'终身' if first == date.max else f'至{first}才期满'}"
    joined = [each for each in case.rows("T15") if day_of(each, "judged_on", "effective_on")]
    if joined and not case.stops:
        return why.doubt(f"{message}；期间又被判刑，须先查明是否并罚")
    if not reason and not all(map(case.lists.has, ("T18", "T22"))):
        return why.doubt(f"{message}；没有写撤管原因，须先核对有无死亡、减刑")
    return why.unlawful(message)


@RULES.rule(
    *("BQ-18", "超期列管", "CL-54", "PR19-627"), when=_ended, about=("T20",), harm=Harm.RIGHTS, document=CORRECT
)
def listed_too_long(case: Matter, why: Why) -> Verdict:
    """Whoever has served it is taken off the list."""
    row = case.listing
    assert row is not None
    off = column(row, "delisted_on", DELISTED)
    if off is not None:
        return why.lawful(f"{off}已撤管")
    periods(case, why)
    why.see(row, "delisted_on", "status", "deprivation_end")
    if case.open_stop:
        return why.not_applicable("又犯罪执行有期徒刑期间停止计算，期满日未定")
    if case.died is not None:
        return why.not_applicable("已经死亡，另行核查")
    stated = day_of(row, "deprivation_end")
    last = max(each for each in (case.last_end, stated) if each is not None)
    why.cite_on(last, "PSP-314", "EL-27")
    if last == date.max or wait(why, "deprivation_delist_days", last) >= case.as_of:
        return why.lawful("尚未期满，或者期满不久")
    if word_of(row, "status") == "撤管":
        return why.hint(f"{last}期满，状态为撤管而没有撤管日期，请补齐")
    return why.unlawful(f"{last}已经期满，至{case.as_of}仍在列管")


@RULES.rule(
    *("BQ-19", "未宣布、未建档或者无告知书", "PR19-627"),
    when=listed,
    about=("T20",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document=SPEAK,
)
def not_announced(case: Matter, why: Why) -> Verdict:
    """Soon after listing the police announce it, have the notice signed and name an officer."""
    row = case.listing
    assert row is not None
    since = column(row, "listed_on", "列管日期")
    if since is None:
        raise Missing("列管日期", holder=POLICE)
    signed = [name for name in ("notice_signed", "notice_signed_on") if name in row.cells]
    asked = {
        "宣布日期": (["announced_on"], row["announced_on"] is not None),
        "告知书签收": (signed, any(row[each] not in (None, False) for each in signed)),
        "责任民警": (["officer"], bool(word_of(row, "officer"))),
    }
    columns = {label: done for label, (names, done) in asked.items() if names and all(n in row.cells for n in names)}
    if not columns:
        raise Missing(*asked, holder=POLICE)
    why.cite_on(since, "PSP-311", "PSP12-ANNOUNCE")
    why.see(row, "listed_on", "announced_on", *signed, "officer")
    if wait(why, "deprivation_announce_days", since) >= case.as_of:
        return why.lawful("列管不久，尚未到期")
    lack = [label for label, done in columns.items() if not done]
    if lack:
        return why.unlawful(f"{since}列管，没有{'、'.join(lack)}")
    return why.lawful("已宣布，登记齐全")


def _moved(case: Matter) -> str:
    return listed(case) or ("" if any(day_of(each, "moved_out_on") for each in case.rows("T18")) else "没有迁出")


@RULES.rule(
    *("BQ-27", "迁居或者户籍变更未交接", "HRR-14", "PR19-627"),
    when=_moved,
    about=("T18",),
    harm=Harm.PROCEDURE,
    document=CORRECT,
)
def not_handed_over(case: Matter, why: Why) -> Verdict:
    """When the person moves away while it runs, the police of the new place take over."""
    row = case.listing
    assert row is not None
    move = next(each for each in case.rows("T18") if day_of(each, "moved_out_on"))
    day, where = day_of(move, "moved_out_on"), word_of(move, "moved_to")
    assert day is not None
    why.see(move, "moved_out_on", "moved_to")
    if not where:
        raise Missing("迁往地", holder=POLICE)
    periods(case, why)
    if not all(each.start <= day <= each.first_end for each in case.known):
        return why.lawful(f"{day}迁出时不在剥夺政治权利执行期间")
    why.see(row, "police_station", "status", "delisted_on", "remarks")
    limit = wait(why, "deprivation_handover_days", day)
    ends = case.first_end
    if limit >= case.as_of or (ends is not None and ends <= limit):
        return why.lawful("迁出不久，或者即将期满")
    new = [each for each in (*case.listings, *case.others) if (day_of(each, "listed_on") or date.min) >= day]
    over = word_of(row, "status") in OFF or (day_of(row, "delisted_on") or date.max) <= limit
    if new or over or re.search(r"移交|转出|迁出|交接", word_of(row, "remarks")):
        return why.lawful("已移交，或者新地已经列管")
    inside = case.lists.inside(where) if case.lists.districts else None
    if inside:
        return why.hint(f"{day}迁往{where}，仍在本辖区，请核对由哪个派出所执行")
    why.step(f"迁往{where}后，名单中没有新的列管，原派出所也没有移交记录")
    return why.unlawful(f"剥夺政治权利期间{day}迁往{where}，没有交接，新居住地没有列管")
