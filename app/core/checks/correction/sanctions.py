"""How the office answers misconduct: penalties of the police, admonitions, warnings, proposals to revoke."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.conduct import (
    ADMONITION,
    REVOCATION,
    SUPERVISION,
    WARNING,
    Misconduct,
    answered,
    answers,
    dropped,
    for_each,
    last_day,
    minor,
    misconducts,
    window,
    within,
)
from app.core.checks.correction.late import Sanction
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record

NOTICE = "纠正违法通知书"
INTENT = re.compile(r"拘留|强制隔离戒毒|吸毒|吸食|注射毒品|戒毒")
REVOKED = {Kind.PROBATION: "撤销缓刑", Kind.PAROLE: "撤销假释", Kind.OUTSIDE: "收监执行"}
RULE_30 = ("CCL-28", "CCL-59", "PR19-643.4")


@RULES.rule("SJ-30", "在矫违法受处罚未处置", *RULE_30, when=on_roster, about=("T12",), document=NOTICE)
def penalty_unanswered(case: Episode, why: Why) -> list[Verdict]:
    """The office answers a violation for which the police punished somebody during correction."""
    return for_each(why, RULE_30, case.rows("T12"), lambda row, proof: _penalty(case, proof, row))


def _penalty(case: Episode, why: Why, row: Record) -> Verdict:
    why.see(row, "violated_on", "case_cause", "penalty", "decided_on", "office_notified_on")
    violated, decided = day_of(row, "violated_on"), day_of(row, "decided_on")
    if violated is None:
        if decided is not None and case.begins is not None and decided < case.begins:
            return why.lawful(f"{decided} 的处罚决定在矫正开始以前")
        raise Missing("违法行为发生时间", holder="公安机关")
    if not within(case, violated):
        return why.lawful(f"违法行为 {violated}，不在矫正期间（{case.begins} 至 {last_day(case)}）")
    if reason := dropped(row):
        return why.lawful(f"{violated} 的行为：{reason}")
    if not why.law.provision(RULE_30[0]).holds(violated):
        return why.not_evaluated((f"{violated} 适用的处置规定（法规库未收录）",), "法规库")
    words = word_of(row, "case_cause") or word_of(row, "penalty")
    why.step(f"违法行为 {violated}（{words}），在矫正期间（{case.begins} 至 {last_day(case)}）")
    if decided is not None and why.law.provision("PSA25-136").holds(decided):
        why.step("治安违法记录已封存，所用数据应当凭调取手续取得，只用于办案")
    if minor(row):
        return why.hint(f"{violated} 因{words}受处罚，属轻微交通或者简易程序处罚，可以了解情况", fact=_fact(row))
    known = day_of(row, "office_notified_on") or decided
    if known is None:
        raise Missing("决定日期", holder="公安机关")
    limit = window(case, why, known)
    why.step(f"矫正机构应当知道之日 {known}，处置记录查到 {limit}（天数为本程序约定）")
    return _judge(case, why, row, violated, limit)


def _judge(case: Episode, why: Why, row: Record, violated: date, limit: date) -> Verdict:
    case.lists.need("T07")
    found = answered(case, why, violated, ADMONITION)
    if found is not None and found.day <= limit:
        return why.lawful(f"{found.day} 已{found.words}")
    if limit > case.as_of:
        return why.lawful(f"{limit} 尚未到，不作线索")
    case.lists.need("T07", limit)
    words = word_of(row, "case_cause") or word_of(row, "penalty")
    if found is not None:
        why.step(f"{found.day} 已{found.words}")
        return why.hint(f"{violated} 违法（{words}），{found.day} 才{found.words}，处置较晚", fact=_fact(row))
    why.none_in(case.dossier, "T07", what=f"奖惩记录中 {violated} 以后没有训诫、警告、治安处罚或者提请{_revoked(case)}")
    last = last_day(case)
    if last is not None and last < limit:
        return why.hint(f"{violated} 违法（{words}），矫正在 {last} 结束，没有处置记录，请了解原因", fact=_fact(row))
    if row["office_notified"] is False:
        why.step("公安机关没有通知矫正机构，矫正机构何时知道须核实")
    grave = INTENT.search(word_of(row, "penalty") + word_of(row, "case_cause")) is not None
    return why.unlawful(
        f"在矫期间 {violated} 违法（{words}）受处罚，矫正机构没有处置",
        gravity=Gravity.GRAVE if grave else Gravity.SERIOUS,
        harm=Harm.PROCEDURE,
        fact=_fact(row),
    )


def _fact(row: Record) -> str:
    return f"{day_of(row, 'violated_on')} {word_of(row, 'decision_no')}".strip()


def _revoked(case: Episode) -> str:
    return REVOKED.get(case.kind, "治安管理处罚") if case.kind else "撤销、收监"


def revocable(case: Episode) -> str:
    """Applies where misconduct can end correction."""
    return on_roster(case) or ("管制没有撤销的问题" if case.kind is Kind.CONTROL else "")


def _counted(case: Episode, word: str) -> list[Sanction]:
    """Admonitions or warnings of this episode; two rows of one day under one number are one."""
    seen: dict[tuple[date, str], Sanction] = {}
    for each in answers(case):
        if each.row.table == "T07" and word in word_of(each.row, "award") and within(case, each.day):
            seen.setdefault((each.day, word_of(each.row, "document_no")), each)
    return list(seen.values())


def _after(case: Episode, day: date) -> Misconduct | None:
    return next((each for each in misconducts(case) if each.day > day), None)


@RULES.rule(
    "SJ-33",
    "警告累计应评估撤销",
    "PR19-644.1",
    when=revocable,
    about=("T07",),
    gravity=Gravity.GRAVE,
    harm=Harm.PROCEDURE,
    document=NOTICE,
)
def warned_twice(case: Episode, why: Why) -> Verdict:
    """After two warnings a further violation calls for a proposal to revoke or to recommit."""
    given = _counted(case, "警告")
    enough = why.law.number("warnings_before_revocation", case.as_of)
    for each in given:
        why.see(each.row, "awarded_on", "award", "misconduct_on", "reason")
    if len(given) < enough:
        return why.lawful(f"本次矫正期间警告 {len(given)} 次")
    beyond = _beyond(case, given)
    second = given[enough - 1] if beyond is None else beyond[0]
    why.step(f"警告 {len(given)} 次：{'、'.join(str(each.day) for each in given)}")
    asked = answered(case, why, second.day, REVOCATION)
    own = "CPI-516" if case.kind is Kind.OUTSIDE else "CPI-543"
    why.cite_on(beyond[1].day if beyond else case.as_of, own, "CPI12-458")
    if beyond is None:
        if asked is not None:
            return why.lawful(f"{asked.day} 已{asked.words}")
        return why.hint("已受两次警告，之后没有再违规的记录，应当评估是否符合撤销、收监条件")
    return _further(case, why, *beyond, asked)


_TIMES = {2: "两次", 3: "三次"}


def _beyond(case: Episode, given: Sequence[Sanction]) -> tuple[Sanction, Misconduct] | None:
    """The first violation after as many warnings as the law of its day asks for, with the last of these warnings."""
    for each in misconducts(case):
        before = [one for one in given if one.day < each.day]
        if before and len(before) >= (enough := case.law.number("warnings_before_revocation", each.day)):
            return before[enough - 1], each
    return None


def _further(case: Episode, why: Why, second: Sanction, later: Misconduct, asked: Sanction | None) -> Verdict:
    why.see(later.row, *later.fields)
    why.step(f"此后 {later.day} 又违规（{later.words}）")
    enough = why.law.number("warnings_before_revocation", later.day)
    times = _TIMES.get(enough, f"{enough}次")
    limit = window(case, why, max(second.day, later.day))
    if asked is not None and asked.day <= limit:
        return why.lawful(f"{asked.day} 已{asked.words}")
    if asked is not None:
        return why.hint(f"{times}警告后 {later.day} 又违规，{asked.day} 才{asked.words}，提请较晚")
    if limit > case.as_of:
        return why.hint(f"{times}警告后 {later.day} 又违规，应当评估是否提请{_revoked(case)}（查到 {limit}）")
    case.lists.need("T07", limit)
    last = last_day(case)
    if last is not None and last < limit:
        return why.hint(f"{times}警告后 {later.day} 又违规，矫正在 {last} 结束，没有提请的记录，请了解原因")
    why.none_in(case.dossier, "T07", what=f"到 {limit} 没有提请{_revoked(case)}的记录")
    return _said(why, later, f"{times}警告后 {later.day} 又违规（{later.words}），没有提请{_revoked(case)}")


def _said(why: Why, later: Misconduct, message: str, fact: str = "") -> Verdict:
    """Unlawful; a doubt where the day of the later violation is not known."""
    if later.dated:
        return why.unlawful(message, fact=fact)
    return why.doubt(f"{message}；违规行为日期没有写明，须核实是否在后", fact=fact)


@RULES.rule(
    "SJ-34",
    "训诫2次后再违规未警告",
    "CCM-35",
    when=on_roster,
    about=("T07",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document="口头纠正",
)
def admonished_twice(case: Episode, why: Why) -> Verdict:
    """After two admonitions a further violation calls for a warning."""
    given = _counted(case, "训诫")
    enough = why.law.number("admonitions_before_warning", case.as_of)
    for each in given:
        why.see(each.row, "awarded_on", "award", "misconduct_on", "reason")
    if len(given) < enough:
        return why.lawful(f"本次矫正期间训诫 {len(given)} 次")
    second = given[enough - 1]
    why.step(f"训诫 {len(given)} 次，第二次 {second.day}")
    later = _after(case, second.day)
    if later is None:
        return why.lawful("之后没有再违规的记录")
    case.law.number("admonitions_before_warning", later.day)  # the law of that day, or a gap
    why.see(later.row, *later.fields)
    why.step(f"第二次训诫以后，{later.day} 又违规（{later.words}）")
    found = answered(case, why, later.day, WARNING)
    if found is not None:
        return why.lawful(f"{found.day} 已{found.words}")
    limit = window(case, why, later.day)
    if limit > case.as_of:
        return why.lawful(f"{limit} 尚未到，不作线索")
    case.lists.need("T07", limit)
    why.none_in(case.dossier, "T07", what=f"{later.day} 以后没有警告或者更重的处分")
    return _said(why, later, f"两次训诫后 {later.day} 又违规（{later.words}），没有警告")


def punishable(case: Episode) -> str:
    """Applies where the penal law on public order names the kind of supervision: not to parole."""
    if reason := revocable(case):
        return reason
    return "治安管理处罚法的这一项没有列假释" if case.kind is Kind.PAROLE else ""


@RULES.rule(
    "SJ-35",
    "治安处罚后仍不改正未提请",
    "PR19-644.1",
    when=punishable,
    about=("T12",),
    gravity=Gravity.SERIOUS,
    harm=Harm.PROCEDURE,
    document=NOTICE,
)
def punished_and_again(case: Episode, why: Why) -> list[Verdict] | Verdict:
    """After a penalty for breaking the supervision's rules a further violation calls for a proposal."""
    rows = [row for row in case.rows("T12") if SUPERVISION.search(word_of(row, "case_cause", "penalty"))]
    if not rows:
        return why.not_applicable("没有因违反监督管理规定受治安处罚")
    cites = ("PR19-644.1", "CPI-516" if case.kind is Kind.OUTSIDE else "CPI-543")
    return for_each(why, cites, rows, lambda row, proof: _again(case, proof, row))


def _again(case: Episode, why: Why, row: Record) -> Verdict:
    why.see(row, "violated_on", "case_cause", "penalty", "decided_on")
    violated, decided = day_of(row, "violated_on"), day_of(row, "decided_on")
    if decided is None or violated is None:
        raise Missing(*(["决定日期"] if decided is None else []), *(["违法行为发生时间"] if violated is None else []))
    if not within(case, violated):
        return why.lawful(f"违法行为 {violated} 不在矫正期间")
    if reason := dropped(row):
        return why.lawful(f"{decided} 的处罚：{reason}")
    article = next((each for each in ("PSA12-60.4", "PSA25-72.4") if why.law.provision(each).holds(violated)), "")
    if article:
        why.cite(article)
    why.step(f"{decided} 因违反监督管理规定受治安处罚")
    later = _after(case, decided)
    if later is None:
        return why.lawful("处罚以后没有再违规的记录")
    why.see(later.row, *later.fields)
    why.step(f"处罚以后，{later.day} 又违规（{later.words}）")
    case.lists.need("T07")
    asked = answered(case, why, decided, REVOCATION)
    if asked is not None:
        return why.lawful(f"{asked.day} 已{asked.words}")
    limit = window(case, why, later.day)
    if limit > case.as_of:
        return why.lawful(f"{limit} 尚未到，不作线索")
    case.lists.need("T07", limit)
    why.none_in(case.dossier, "T07", what=f"到 {limit} 没有提请{_revoked(case)}的记录")
    last = last_day(case)
    if last is not None and last < limit:
        return why.hint(f"受治安处罚后 {later.day} 又违规，矫正在 {last} 结束，没有提请的记录", fact=_fact(row))
    return _said(why, later, f"受治安处罚后 {later.day} 又违规（{later.words}），没有提请{_revoked(case)}", _fact(row))
