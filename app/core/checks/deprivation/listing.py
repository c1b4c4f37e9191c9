"""Whom the police should list and do not, or list twice."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.appeals import appealed
from app.core.checks.deprivation.book import CORRECT, RULES, deprived, lacking, see_sources, wait
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.matters import lists_deprivation
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record, show
from app.core.sentence.deprivation import Ground
from app.core.sentence.terms import ONE_DAY
from app.core.sentence.workdays import deadline

LIST = "T20"
NAMED = re.compile(r"[省市县区旗州盟]")
PLACES = ("execution_place", "residence", "release_destination", "receiving_station", "registered_residence")


def _alone(case: Matter) -> str:
    if reason := deprived(case):
        return reason
    unknown = case.ground is None and case.judgment is not None and not case.revoked
    return "" if unknown or case.ground is Ground.ALONE else "不是单处剥夺政治权利"


def _released(case: Matter) -> str:
    if reason := deprived(case):
        return reason
    if case.release is None or case.ground is Ground.LIFE or case.alone or case.on_probation:
        return "不在刑满释放名单"
    if case.ground is Ground.PAROLE or case.kind_of(case.release) == "假释":
        return "假释的另行核查"
    if case.ground is Ground.OUTSIDE and case.outside:
        return "暂予监外执行的另行核查"
    return "特赦释放的须先查明剥夺政治权利是否一并赦免" if case.kind_of(case.release) == "特赦" else ""


def _paroled(case: Matter) -> str:
    return deprived(case) or ("" if case.paroled is not None and case.ground is Ground.PAROLE else "不是假释")


def _outside(case: Matter) -> str:
    if reason := deprived(case):
        return reason
    if not case.outside or case.ground is not Ground.OUTSIDE:
        return "没有暂予监外执行"
    back = any(each["recommitted_on"] or each["recommittal_decided_on"] for each in case.outside)
    return "已经收监，释放后另行核查" if back else ""


@RULES.rule(
    *("BQ-01", "单处剥夺政治权利未列管", "CPL-270", "PR19-625.5", "PR19-627", "PSP-302"),
    when=_alone,
    about=("T01",),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def alone_unlisted(case: Matter, why: Why) -> Verdict:
    """Deprivation imposed alone is on the police's list soon after the court had to serve the judgment."""
    effective = case.effective
    row = case.judgment
    if case.ground is None:
        why.see(row, "sentence_kind", "deprivation")
        raise Missing("主刑种类（是否单处）", holder="人民法院")
    if row is not None and effective is None:
        said = "已上诉、抗诉，判决生效日期" if appealed(row) else "判决生效日期"
        raise Missing(said, holder="人民法院")
    if effective is None:
        raise lacking(case)
    why.see(row, "effective_on", "deprivation", "supplementary", "remarks")
    days = why.number("deprivation_serve_days", effective)
    served = deadline(effective, days, why.law.calendar)
    why.step(f"判决生效 {effective} ＋{days}日送达 → {served.moved or served.plain}")
    return _unlisted(case, why, wait(why, "deprivation_alone_list_days", served.moved or served.plain), effective)


@RULES.rule(
    *("BQ-02", "刑满释放附加剥权未列管", "CL-58.1", "PR19-627", "PR19-628"),
    when=_released,
    about=("T19",),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def released_unlisted(case: Matter, why: Why) -> Verdict:
    """Whoever leaves prison with deprivation is on the police's list soon after."""
    return _freed(case, why)


@RULES.rule(
    *("BQ-03", "假释附加剥权未列管或者起算错误", "CL-58.1", "PR19-627", "PR19-628"),
    when=_paroled,
    about=("T19", "T22"),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def paroled_unlisted(case: Matter, why: Why) -> Verdict:
    """On parole the deprivation runs from the day of parole, and the police list it soon after."""
    if case.listing is None:
        return _freed(case, why)
    if (found := parole_end_taken(case)) is None:
        return why.lawful("公安已列管，起始日没有按考验期满计算")
    start, last = found
    see_sources(case, why)
    why.see(case.listing, "deprivation_start")
    for each in case.rulings:
        why.see(each, "parole_to")
    why.step(f"假释之日 {case.freed[0] if case.freed else ''}，考验期满 {last}，列管起始日 {start}")
    return why.unlawful(
        f"列管起始日{start}按假释考验期满计算，应自假释之日{case.freed[0] if case.freed else ''}起算",
        gravity=Gravity.SERIOUS,
        harm=Harm.RIGHTS,
    )


def parole_end_taken(case: Matter) -> tuple[date, date] | None:
    """The listed first day and the end of parole, where the list counts from that end."""
    start = day_of(case.listing, "deprivation_start")
    ends = [day for each in case.rulings if (day := day_of(each, "parole_to")) is not None]
    ends += [day for each in case.releases if (day := day_of(each, "current_end", "sentence_end")) is not None]
    if case.ground is not Ground.PAROLE or start is None or case.freed is None or start <= case.freed[0] + ONE_DAY:
        return None
    return next(((start, each) for each in ends if each <= start <= each + ONE_DAY), None)


@RULES.rule(
    *("BQ-04", "暂予监外执行期满附加剥权未列管", "CL-58.1", "PR19-627", "PR19-628"),
    when=_outside,
    about=("T11",),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def outside_unlisted(case: Matter, why: Why) -> Verdict:
    """After a sentence served outside prison the deprivation begins, and the police list it."""
    return _freed(case, why)


def _freed(case: Matter, why: Why) -> Verdict:
    """Whether somebody freed with deprivation is listed in time."""
    if case.freed is None or case.deprivation is None:
        raise lacking(case)
    see_sources(case, why)
    return _unlisted(case, why, wait(why, "deprivation_list_days", case.freed[0]), case.freed[0])


def _unlisted(case: Matter, why: Why, due: date, start: date) -> Verdict:
    if case.listing is not None:
        return why.lawful(f"公安已列管（{show(case.listing['police_station']) or '名单'}）")
    if case.dead_by(due):
        return why.lawful(f"{case.died[0] if case.died else ''}已死亡")
    if due > case.as_of:
        return why.lawful(f"至{due}才满期限，尚未到期")
    if reason := elsewhere(case):
        return why.not_applicable(reason)
    case.lists.need(LIST, due)
    why.none_in(case.dossier, LIST, what="公安列管名单中没有此人")
    message = f"{start}起应当执行{case.deprivation or '剥夺政治权利'}，至{due}公安机关仍未列管"
    if doubt := unlisted_because(case, due):
        return why.doubt(f"{message}；{doubt}，请核对")
    return why.unlawful(message + _whose(case, why))


def elsewhere(case: Matter) -> str:
    """Why the list of this office's police cannot have the person; "" when it should, or when that is not said."""
    places = [place for place in _places(case) if case.lists.inside(place) is not None]
    if places and not any(case.lists.inside(place) for place in places):
        return f"居住地（{places[0]}）不在本辖区"
    return ""


def _places(case: Matter) -> list[str]:
    rows = (*case.judgments, *case.releases, *case.rows("T02"))
    return [place for row in rows for each in PLACES if NAMED.search(place := word_of(row, each))]


def unlisted_because(case: Matter, due: date) -> str:
    """What may explain that somebody is not listed."""
    if case.last_end is not None and case.last_end < min(case.lists.through[LIST], case.kept_since):
        return f"{case.last_end}已经期满，名单可能不含已经撤管的人"
    if case.lists.districts and not any(case.lists.inside(place) for place in _places(case)):
        return "居住地是否在本辖区没有写明"
    for each in case.others:
        over = day_of(each, "delisted_on", "deprivation_end")
        if over is None or over >= due:
            return f"名单第{each.row}行有此人的另一条列管记录，可能是同一案件"
    for each in case.rows("T18"):
        moved = day_of(each, "moved_out_on")
        if moved is not None and moved <= due:
            return f"{moved}已迁出户籍"
    for each in case.rows("T14"):
        admitted, left = day_of(each, "admitted_on"), day_of(each, "left_on")
        if admitted is not None and admitted <= due and (left is None or left > due) and not _before(case, admitted):
            return f"{admitted}又被羁押"
    for each in case.rows("T15"):
        if (day := day_of(each, "effective_on", "judged_on")) is not None and not _before(case, day) and day <= due:
            return "期间又被判刑"
    return ""


def _before(case: Matter, day: date) -> bool:
    """Whether a day lies before the deprivation itself was executed: what happened then belongs to the old sentence."""
    first = case.freed[0] if case.freed else case.effective
    return first is None or day < first


def _whose(case: Matter, why: Why) -> str:
    """Whom the papers point to: whoever had to deliver them, or the police who received them."""
    sent = [each for each in case.rows("T21") if day_of(each, "served_on", "sent_on") is not None]
    if sent:
        why.see(sent[0], "sent_on", "served_on")
        why.step(f"法律文书已于 {day_of(sent[0], 'served_on', 'sent_on')} 送达公安机关")
        return "（文书已送达公安机关）"
    if not case.lists.has("T21"):
        return ""
    sender = "人民法院" if case.ground is Ground.ALONE else "监狱、看守所"
    why.step(f"文书送达登记中没有{sender}送达公安机关的记录")
    return f"（没有{sender}送达文书的记录，须先查明是否交付）"


@RULES.rule("BQ-32", "重复列管或者两地列管", "PSP-302", about=(LIST,), gravity=Gravity.SLIGHT)
def listed_twice(case: Matter, why: Why) -> Verdict:
    """One deprivation is executed by one police station."""
    if not case.first:
        return why.not_applicable("已在此人的另一案件中核对")
    rows = [each for each in (*case.listings, *case.others) if _active(each)]
    stations = {name for each in rows if (name := word_of(each, "police_station"))}
    for each in rows:
        why.see(each, "police_station", "case_no", "status", "deprivation_start", "deprivation_end")
    if len(rows) > 1 and len(stations) > 1:
        return why.hint(f"{'、'.join(sorted(stations))}同时列管，请核对由哪一处执行")
    if len(rows) > 1 and len({show(each["case_no"]) for each in rows}) > 1:
        return why.hint("同一人有几条在管记录而文书号不同，请核对是否取错案件")
    if rows and not stations and len(rows) > 1:
        raise Missing("管辖派出所", holder="公安机关")
    return why.lawful("在管记录只有一处")


def _active(row: Record) -> bool:
    return lists_deprivation(row) and row["delisted_on"] is None and word_of(row, "status") in ("", "在管")
