"""Leaving the country during correction, reporting somebody as not allowed to leave, and travel documents."""

from __future__ import annotations

from datetime import date, timedelta

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.conduct import for_each, last_day, within
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Outcome, Verdict
from app.core.records import Record

SERVING = (Kind.CONTROL, Kind.OUTSIDE)
RULE_38 = ("EEA12-12.2", "NIA21")


@RULES.rule(
    "SJ-37",
    "在矫期间出境",
    "EEA12-12.2",
    "CCL-27.1",
    when=on_roster,
    about=("T16",),
    gravity=Gravity.GRAVE,
    document="纠正违法通知书",
)
def left_the_country(case: Episode, why: Why) -> Verdict:
    """Nobody whose penalty is not yet executed leaves the country, with leave or without."""
    inside: list[tuple[date, Record]] = []
    abroad: list[Record] = []
    for row in case.rows("T16"):
        day, back = day_of(row, "exited_on"), day_of(row, "entered_on")
        if day is None:
            continue
        if within(case, day):
            inside.append((day, row))
        elif back is not None and case.begins is not None and day < case.begins < back:
            abroad.append(row)
    for row in (*(row for _, row in inside), *abroad):
        why.see(row, "exited_on", "entered_on", "port", "destination")
    if not inside and not abroad:
        return why.lawful("矫正期间没有出境记录")
    why.step(f"矫正期间 {case.begins} 至 {last_day(case)}")
    if not inside:
        return why.hint("矫正开始以前出境，矫正开始后才入境，请了解报到和监管情况")
    for day, row in inside:
        where = "，".join(filter(None, (word_of(row, "port"), word_of(row, "destination"))))
        why.step(f"{day} 出境{f'（{where}）' if where else ''}，入境 {day_of(row, 'entered_on') or '没有记录'}")
    if any(row["leave_from"] is not None for row in case.dossier.rows("T08")):
        why.step("外出批准不能代替出境许可：刑罚没有执行完毕的，不准出境")
    first = inside[0][0]
    count = f"共 {len(inside)} 次" if len(inside) > 1 else f"{first}"
    return why.unlawful(f"在矫期间出境（{count}），刑罚没有执行完毕的不准出境", fact=str(first))


@RULES.rule(
    "SJ-38",
    "未报备或者证件未收",
    *RULE_38,
    when=on_roster,
    about=("T16",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document="口头纠正",
)
def exit_ban(case: Episode, why: Why) -> list[Verdict]:
    """The office reports people in correction as not allowed to leave, and no passport is issued to those serving."""
    filed = why.apart()
    for each in RULE_38:
        filed.cite(each)
    try:
        ban = _ban_filed(case, filed)
    except Missing as lack:
        ban = filed.not_evaluated(lack.items, lack.holder)
    issued = for_each(
        why, ("PPL-13.4",), [row for row in case.rows("T16") if row["issued_on"]], lambda row, x: _issued(case, x, row)
    )
    told = [each for each in (ban, *issued) if each.outcome in (Outcome.FOUND, Outcome.NOT_EVALUATED)]
    return told or [ban]


def _ban_filed(case: Episode, why: Why) -> Verdict:
    rows = case.dossier.rows("T16")
    for row in rows:
        why.see(row, "exit_ban_filed_on")
        day = day_of(row, "exit_ban_filed_on")
        if day is not None:
            return why.lawful(f"{day} 已报备")
    if not any("exit_ban_filed_on" in row.cells for row in rows):
        raise Missing("报备日期", holder="出入境管理机构、社区矫正机构")
    begin = max((day for day in (case.begins, case.reported) if day is not None), default=None)
    if begin is None:
        raise Missing("社区矫正开始日期")
    limit = begin + timedelta(days=why.number("exit_ban_filing_days"))
    why.step(f"入矫 {begin}，报备查到 {limit}")
    last = last_day(case)
    if limit > case.as_of or (last is not None and last < limit):
        return why.lawful("报备期限没有届满，或者矫正已经结束")
    case.lists.need("T16", limit)
    if any(row["exit_ban_lifted_on"] is not None for row in rows):
        return why.lawful("有撤控日期，曾经报备")
    return why.unlawful(f"入矫 {begin} 以后没有报备为法定不准出境人员的记录", fact="报备")


def _issued(case: Episode, why: Why, row: Record) -> Verdict:
    why.see(row, "travel_document", "issued_on")
    day = day_of(row, "issued_on")
    if day is None:
        raise Missing("签发日期")
    if not within(case, day):
        return why.lawful(f"证件签发 {day}，不在矫正期间")
    document = word_of(row, "travel_document") or "出入境证件"
    why.step(f"{document}签发 {day}，在矫正期间（{case.begins} 至 {last_day(case)}）")
    if document == "普通护照" and case.kind in SERVING:
        return why.unlawful(f"在矫期间 {day} 签发{document}", gravity=Gravity.SERIOUS, fact=f"签发{day}")
    reason = f"{case.kind}是否属于正在服刑有不同理解" if document == "普通护照" else "护照法没有规定这种证件"
    return why.hint(f"在矫期间 {day} 签发{document}；{reason}，请核实证件是否已由矫正机构保管", fact=f"签发{day}")
