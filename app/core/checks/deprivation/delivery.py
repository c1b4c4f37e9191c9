"""Who had to send what to the police and to the procuratorate, and by when."""

from __future__ import annotations

from datetime import date

from app.core.checks.deprivation.book import ADVISE, CORRECT, RULES, deprived
from app.core.checks.deprivation.case import Matter
from app.core.checks.duties import enter
from app.core.checks.duty_account import Day, Terms
from app.core.checks.persons import day_of, first_day, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.law.duties import shipped
from app.core.records import Record
from app.core.sentence.deprivation import Ground
from app.core.sentence.terms import add_months

REGISTER = "T21"


def ordered_alone(case: Matter) -> str:
    """Applies to a judgment that imposes nothing but deprivation."""
    if reason := deprived(case):
        return reason
    if case.ground is not Ground.ALONE:
        return "不是单处剥夺政治权利"
    return "" if case.judgment is not None else "没有裁判"


def lives_here(case: Matter) -> str:
    """Applies to people of this office's districts."""
    place = word_of(case.judgment, "execution_place", "residence", "registered_residence")
    inside = case.lists.inside(place)
    if inside is None:
        raise Missing("居住地", holder="人民法院")
    return "" if inside else f"居住地（{place}）不在本辖区"


def _effective(case: Matter) -> Day:
    return day_of(case.judgment, "effective_on"), case.judgment, "effective_on"


TERMS: Terms[Matter] = Terms(
    kind=lambda case: case.ground.value if case.ground else None,
    days={"effective": _effective},
    conditions={"ordered_alone": ordered_alone, "lives_here": lives_here},
)
enter(RULES, shipped(), TERMS, "BQ-")


def _released(case: Matter) -> str:
    if reason := deprived(case):
        return reason
    if case.ground is not Ground.RELEASE or case.release is None:
        return "不是刑满释放"
    return "特赦释放的不在此列" if case.kind_of(case.release) == "特赦" else ""


@RULES.rule(
    *("BQ-09", "监狱未在释放前通知公安", "PR19-628"),
    when=_released,
    about=("T19",),
    harm=Harm.PROCEDURE,
    document=CORRECT,
)
def released_untold(case: Matter, why: Why) -> Verdict:
    """The prison tells the police before it releases somebody with deprivation; until 2026-11-01 a month before."""
    released = day_of(case.release, "released_on")
    if released is None:
        raise Missing("释放日期", holder="监狱、看守所")
    if released > case.as_of:
        return why.lawful("尚未释放")
    why.see(case.release, "released_on", "deprivation", "deprivation_after")
    new = case.law.provision("PL26-59.2").holds(released)
    if not new and not case.law.provision("OP09-DELIVER").holds(released):
        return why.not_applicable("释放时没有这一规定")
    case.lists.need(REGISTER, released)
    rows = [each for each in case.rows(REGISTER) if _this_release(case, each, released)]
    sent = first_day(rows, "sent_on") or first_day(rows, "served_on")
    why.step(f"释放 {released}")
    if new:
        why.cite("PL26-59.2")
        return _before_release(case, why, released, sent, rows)
    why.cite_only("OP09-DELIVER")
    if sent is None:
        return _none_before(case, why, released, rows)
    limit = add_months(released, -why.number("release_notice_months", released))
    why.see(sent[1], "sent_on", "served_on")
    why.step(f"释放前一个月 → {limit}；通知 {sent[0]}")
    if sent[0] <= limit:
        return why.lawful("提前一个月送达")
    return why.unlawful(
        f"{released}释放，应提前一个月（{limit}以前）把文书送达公安机关，{sent[0]}才送达", gravity=Gravity.SLIGHT
    )


def _before_release(
    case: Matter, why: Why, released: date, sent: tuple[date, Record] | None, rows: list[Record]
) -> Verdict:
    if sent is None:
        if rows and not any("sent_on" in each.cells or "served_on" in each.cells for each in rows):
            raise Missing("通知公安机关的日期", holder="监狱、看守所")
        why.none_in(case.dossier, REGISTER, what="文书送达登记中没有通知公安机关的日期")
        return why.unlawful(f"{released}释放，没有通知公安机关的记录")
    why.see(sent[1], "sent_on", "served_on")
    why.step(f"通知公安机关 {sent[0]}")
    if sent[0] <= released:
        return why.lawful("释放前已通知")
    if sent[1]["sent_on"] is None:
        return why.doubt(f"{released}释放，只登记{sent[0]}签收，须核对何时通知")
    return why.unlawful(f"{released}释放，{sent[0]}才通知公安机关，应在释放前通知")


def _none_before(case: Matter, why: Why, released: date, rows: list[Record]) -> Verdict:
    """Nothing was sent: grave only where the person was not listed either."""
    message = f"{released}释放，没有把文书送达公安机关的记录"
    if rows and not any("sent_on" in each.cells or "served_on" in each.cells for each in rows):
        raise Missing("通知公安机关的日期", holder="监狱、看守所")
    why.none_in(case.dossier, REGISTER, what="文书送达登记中没有送达公安机关的日期")
    if case.listing is not None:
        return why.hint(f"{message}，公安机关已经列管，请核对")
    if not case.lists.has("T20"):
        raise case.lists.lack("T20")
    why.none_in(case.dossier, "T20", what="公安列管名单中也没有此人")
    why.cite("PR19-628")
    return why.unlawful(message, gravity=Gravity.SERIOUS)


def _this_release(case: Matter, row: Record, released: date) -> bool:
    """Whether a row of the register belongs to this release."""
    other = day_of(row, "released_on")
    if other is not None:
        return abs((other - released).days) <= case.law.number("deprivation_same_release_days", released)
    return case.first and not case.alone


@RULES.rule(
    *("BQ-10", "释放文书未载明剥权期限、起止", "OP09-DELIVER"),
    about=("T21",),
    gravity=Gravity.SLIGHT,
    harm=Harm.PROCEDURE,
    document=ADVISE,
)
def period_not_stated(case: Matter, why: Why) -> Verdict:
    """The papers on release say for how long political rights are gone, and from when until when."""
    release = case.release
    if release is None or case.ground is Ground.PAROLE:
        return why.not_applicable("不是刑满释放")
    released = day_of(release, "released_on")
    if released is None:
        raise Missing("释放日期", holder="监狱、看守所")
    ordered = [each for each in (*case.judgments, *case.listings) if each["deprivation"]]
    if case.none_imposed or (case.deprivation is None and not ordered):
        return why.not_applicable("没有剥夺政治权利")
    rows = [each for each in case.rows(REGISTER) if _this_release(case, each, released)]
    stated = [each for each in rows if each["states_deprivation"] is not None]
    if not stated:
        raise Missing("是否载明剥权起止", holder="监狱、看守所")
    why.see(stated[0], "states_deprivation", "documents")
    why.see(release, "deprivation", "deprivation_after")
    if any(each["states_deprivation"] for each in stated):
        return why.lawful("文书载明剥夺政治权利的起止")
    return why.unlawful(f"{released}释放，送达公安机关的文书没有载明剥夺政治权利的期限、起止")
