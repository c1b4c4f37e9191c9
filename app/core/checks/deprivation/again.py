"""Judged again while it runs, or dead: whether the list and the new judgment take account of it."""

from __future__ import annotations

from app.core.checks.deprivation.book import APPEAL, CORRECT, RULES, deprived, listed, periods, wait
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.sources import kind_in, offence_days, stated_in
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.deprivation import Stop, off_by, remaining_days
from app.core.values import SentenceKind

COURT = "人民法院"
REMAINDER = "剥夺政治权利"


def _changed_by_fate(case: Matter) -> str:
    if reason := listed(case):
        return reason
    return "" if case.died is not None or case.rows("T15") else "没有死亡、又犯罪的记录"


@RULES.rule(
    *("BQ-28", "死亡未撤管或者又犯罪仍连续计算", "RE09-2", "PR19-627"),
    when=_changed_by_fate,
    about=("T15", "T18"),
    document=CORRECT,
    harm=Harm.RIGHTS,
)
def still_running(case: Matter, why: Why) -> Verdict:
    """The dead leave the list, and a sentence of imprisonment for a new crime stops the days."""
    row = case.listing
    assert row is not None
    if case.died is not None:
        return _dead(case, why)
    if not case.known:
        periods(case, why)
    if not case.stops:
        return _no_stop(case, why)
    end = day_of(row, "deprivation_end")
    if end is None:
        raise Missing("剥权截止日期", holder="公安机关")
    judgment, _ = case.stops[-1]
    why.see(row, "deprivation_start", "deprivation_end")
    periods(case, why)
    judged = day_of(judgment, "effective_on", "judged_on")
    for each, stop in case.stops:
        _tell(each, stop, why)
    if judged is None:
        raise Missing("新罪判决生效日期", holder=COURT)
    if wait(why, "deprivation_death_days", judged) > case.as_of:
        return why.lawful("新罪判决不久，名单尚可更正")
    olds = {each for period in case.base for each in period.ends}
    if end in olds or end < min(olds):
        more = "" if case.open_stop else f"，应顺延至{case.first_end}" + _or(case)
        return why.unlawful(f"又犯罪被判处有期徒刑，列管截止日{end}没有停止计算、顺延{more}")
    if case.open_stop or any(each.first_end <= end <= each.last_end for each in case.periods):
        return why.lawful("截止日已经顺延")
    return why.doubt(f"又犯罪执行有期徒刑后，列管截止日{end}与推算的{case.first_end}{_or(case)}不一致，请核对")


def _or(case: Matter) -> str:
    return f"至{case.last_end}之间" if case.last_end != case.first_end else ""


def _tell(judgment: Record, stop: Stop, why: Why) -> None:
    why.see(judgment, "offence_date", "sentence", "judgment_text", "detention_span", "effective_on")
    why.step(f"新罪有期徒刑可能的执行之日：{'、'.join(map(str, stop.begins)) or '不明'}；恢复之日："
             f"{'、'.join(map(str, stop.resumes)) or '不明'}")  # fmt: skip


def _dead(case: Matter, why: Why) -> Verdict:
    row, died = case.listing, case.died
    assert row is not None
    assert died is not None
    why.see(died[1], "death_date")
    why.see(row, "status", "delisted_on")
    if wait(why, "deprivation_death_days", died[0]) >= case.as_of:
        return why.lawful("死亡不久，名单尚可更正")
    if row["delisted_on"] is not None or word_of(row, "status") not in ("", "在管"):
        return why.lawful("名单已撤")
    if case.last_end is not None and case.last_end < died[0]:
        return why.not_applicable("死亡以前已经期满")
    why.cite_only("PR19-627", "CPL-270")
    return why.unlawful(f"{died[0]}已死亡，列管名单没有撤下", gravity=Gravity.SLIGHT, harm=Harm.PROCEDURE)


def _no_stop(case: Matter, why: Why) -> Verdict:
    """A later sentence that is no imprisonment, or for an offence outside the period."""
    for each in case.rows("T15"):
        days = offence_days(each)
        if days is None:
            raise Missing("新罪的犯罪时间", holder=COURT)
        if case.deprived(days[1]) and kind_in(each) in (SentenceKind.DETENTION, SentenceKind.CONTROL):
            why.see(each, "sentence_kind", "sentence", "offence_date")
            kind = kind_in(each)
            return why.hint(f"期间又犯罪被判处{kind}：剥夺政治权利是否停止计算，批复只提到有期徒刑，请核对")
    return why.lawful("没有使剥夺政治权利停止计算的新判决")


def _again(case: Matter) -> str:
    return deprived(case) or ("" if case.rows("T15") else "没有新罪裁判")


@RULES.rule(
    *("BQ-29", "新罪判决遗漏并罚剩余剥权", "CL-71", "RE09-1"),
    when=_again,
    about=("T15",),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=APPEAL,
)
def remainder_forgotten(case: Matter, why: Why) -> Verdict:
    """A judgment for an offence during the deprivation joins what was left of it."""
    if not case.base and not case.known:
        periods(case, why)
    lacking, late = [], False
    for judgment in case.rows("T15"):
        days = offence_days(judgment)
        if days is None:
            lacking.append("新罪的犯罪时间")
            continue
        held = [each.holds(days[1]) for each in case.base or case.known]
        if not any(each is not False for each in held):
            continue
        late = True
        text = word_of(judgment, "judgment_text")
        remainder = stated_in(judgment, "remaining_deprivation")
        if (remainder is not None and remainder.value) or REMAINDER in text:
            continue
        own = stated_in(judgment, "deprivation")
        if not text and judgment["combined"] is not False and remainder is None:
            lacking.append("新罪判决主文")
            continue
        why.see(judgment, "offence_date", "judgment_text", "combined", "remaining_deprivation")
        for each in case.base or case.known:
            why.step(f"{each.says}：{each.start} 起至 {each.first_end}")
        why.step(f"犯罪日 {days[1]} 在剥夺政治权利期间，主文没有前罪剩余的剥夺政治权利")
        message = f"剥夺政治权利期间{days[1]}又犯罪，新判决没有并罚前罪剩余的剥夺政治权利"
        unsure = (own is not None and own.value) or judgment["combined"] or not all(held) or judgment["revocation"] in (
            "撤销缓刑", "撤销假释")  # fmt: skip
        return why.doubt(f"{message}；请核对主文") if unsure else why.unlawful(message)
    if lacking:
        raise Missing(*dict.fromkeys(lacking), holder=COURT)
    return why.lawful("已并罚前罪剩余的剥夺政治权利" if late else "新罪不在剥夺政治权利期间")


def _remainder(case: Matter) -> str:
    if reason := _again(case):
        return reason
    stated = any((each := stated_in(row, "remaining_deprivation")) and each.value for row in case.rows("T15"))
    return "" if stated else "新判决没有写明前罪剩余的剥夺政治权利"


@RULES.rule(
    *("BQ-30", "并罚后剩余剥权计算错误", "RE09-2", "CL-71"),
    when=_remainder,
    about=("T15",),
    harm=Harm.RIGHTS,
    document=APPEAL,
)
def wrong_remainder(case: Matter, why: Why) -> Verdict:
    """What the new judgment says is left is what was left on the day the new sentence began."""
    if not case.base:
        periods(case, why)
        raise Missing("剥夺政治权利的起止", holder=COURT)
    stops = {id(row): stop for row, stop in case.stops}
    for judgment in case.rows("T15"):
        told = stated_in(judgment, "remaining_deprivation")
        if told is None or not told.value:
            continue
        stop = stops.get(id(judgment))
        if stop is None:
            return why.not_applicable("新罪不在剥夺政治权利期间，或者不是有期徒刑")
        why.see(judgment, "remaining_deprivation", "judgment_text", "detention_span", "effective_on")
        ends = {end for period in case.base for end in period.ends}
        for day in stop.begins:
            why.step(f"自 {day} 停止计算：至 {min(ends)} 剩余 {remaining_days(min(ends), day)} 日")
        off = [each for end in ends for each in off_by(end, stop.begins, told.value.term)]
        why.step(f"判决写明剩余{told.value.term}")
        if told.value.life or not off:
            return why.hint("前罪剩余的剥夺政治权利无法推算，请核对")
        if 0 in off:
            return why.lawful("与推算一致")
        if min(off) < 0 < max(off) or min(abs(each) for each in off) == 1:
            return why.hint("剩余期限在几种停止日期推算的范围以内，请核对从哪一日停止计算")
        if len(stop.begins) < len(("execution", "judgment")):
            raise Missing("新罪刑期起日、羁押起日", holder=COURT)
        near = min(off, key=abs)
        return why.unlawful(
            f"判决写明前罪剩余剥夺政治权利{told.value.term}，比推算{'多' if near > 0 else '少'}{abs(near)}日"
        )
    return why.lawful("没有写明剩余期限")
