"""Where somebody was seen: nights in hotels, journeys, sightings; a second layer that speaks only with care.

A night in a hotel or a sighting of the person counts. A ticket may not have been used and a car may be driven by
others: they raise a question, and a car that is not the person's raises none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode
from app.core.checks.correction.conduct import free
from app.core.checks.correction.leave import OFTEN, covering, homes, leaves
from app.core.checks.persons import day_of, word_of
from app.core.checks.places import Place, away, read_place, same_place
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Verdict
from app.core.people.names import compare_form
from app.core.records import Record
from app.core.sentence.terms import ONE_DAY

RULE = ("CCL-27.1", "CL-75", "CCM-26", "PR19-643.3")
LODGING = ("hotel", "address", "checked_in_on", "checked_out_on")
JOURNEY = ("service_no", "departure", "arrival", "travelled_on")
SIGHTING = ("plate", "vehicle_owner", "place", "seen_on")


@dataclass(frozen=True, slots=True)
class Trace:
    """One sighting: its day, the place, whether it surely is the person's own, the words and cells."""

    day: date
    place: Place
    sure: bool
    words: str
    row: Record
    fields: tuple[str, ...]


def traces(case: Episode) -> Iterator[Trace]:
    """Every sighting of the person, a hotel night each; cars of others are left out."""
    for row in case.dossier.rows("T17"):
        first, last = day_of(row, "checked_in_on"), day_of(row, "checked_out_on")
        where = word_of(row, "address")
        if first is not None:
            place = read_place(where or word_of(row, "hotel"))
            nights = max((last - first).days, 1) if last is not None else 1
            for night in range(nights):
                yield Trace(first + night * ONE_DAY, place, True, where or word_of(row, "hotel"), row, LODGING)
        day = day_of(row, "travelled_on")
        if day is not None:
            for each in ("departure", "arrival"):
                if station := word_of(row, each):
                    yield Trace(day, read_place(station, station=True), False, f"车票{station}", row, JOURNEY)
        day = day_of(row, "seen_on")
        if day is not None and not others_car(case, row):
            where = word_of(row, "place") or where
            yield Trace(day, read_place(where), not word_of(row, "plate"), where, row, SIGHTING)


def others_car(case: Episode, row: Record) -> bool:
    """Whether a sighting is of a car that is not known to be the person's."""
    if not word_of(row, "plate"):
        return False
    return compare_form(word_of(row, "vehicle_owner")) != compare_form(case.person.name)


@RULES.rule("SJ-39", "未批准跨市县", *RULE, when=on_roster, about=("T17",), document="纠正违法通知书")
def away_without_leave(case: Episode, why: Why) -> Verdict:
    """Nobody leaves the city or county of residence without leave; districts of one city are one place."""
    known = homes(case)
    if not known:
        raise Missing("固定居住地或者执行地", holder="社区矫正机构")
    out: list[Trace] = []
    near: list[Trace] = []
    unclear: list[Trace] = []
    slack = why.law.number("leave_cover_days", case.as_of)
    for each in traces(case):
        answer = away(known, each.place)
        if answer is False or not free(case, each.day):
            continue
        case.lists.need("T08", each.day)
        if covering(case, each.day) is not None:
            continue
        if answer is None:
            unclear.append(each)
        else:
            (near if covering(case, each.day, slack) is not None else out).append(each)
    why.step(f"执行地：{'、'.join(dict.fromkeys(each.text for each in known))}")
    if any(others_car(case, row) for row in case.dossier.rows("T17") if row["seen_on"] is not None):
        why.step("有号牌记录不是本人的车或者没有写车主，只说明车辆到过，不作认定")
    if out:
        return _out(case, why, out)
    if near:
        _show(why, near)
        return why.hint("外出时间只比请假的起止早或者晚一日，可能是当日往返或者深夜入住", fact="一日")
    if unclear:
        _show(why, unclear)
        texts = "、".join(dict.fromkeys(each.words for each in unclear))
        return why.hint(f"{texts}：写法不能与执行地比较，也没有请假，请看是否离开了所居住的市、县", fact="地点")
    return why.lawful("行踪都在执行地，或者在请假期间")


def _out(case: Episode, why: Why, out: list[Trace]) -> Verdict:
    _show(why, out)
    why.none_in(case.dossier, "T08", what="这些日子没有请假")
    sure = [each for each in out if each.sure]
    if not sure:
        why.step("只有车票或者本人车辆的记录：须排除购票未乘、他人冒用、车辆借用")
        return why.doubt("没有请假，有离开所居住市、县的车票或者车辆记录，须核实本人是否到过", fact=_fact(out))
    times = len({(each.row.sheet, each.row.row) for each in sure})
    days = len({each.day for each in sure})
    why.step(f"没有请假离开所居住的市、县 {times} 次，{days} 日")
    if days >= why.number("away_grave_days"):
        gravity = Gravity.GRAVE
    elif times >= why.number("away_serious_times") or days >= why.number("away_serious_days"):
        gravity = Gravity.SERIOUS
    else:
        gravity = Gravity.SLIGHT
    places = list(dict.fromkeys(each.words for each in sure))
    where = places[0] + ("等地" if len(places) > 1 else "")
    return why.unlawful(
        f"没有请假离开所居住的市、县，到{where}，{times} 次共 {days} 日", gravity=gravity, fact=_fact(sure)
    )


def _fact(found: list[Trace]) -> str:
    return str(min(each.day for each in found))


def _show(why: Why, found: list[Trace]) -> None:
    for each in found:
        why.see(each.row, *each.fields)
        why.step(f"{each.day} {each.words}")


@RULES.rule("SJ-43", "批而不符", "CCM-28", when=on_roster, about=("T08",), gravity=Gravity.SLIGHT, document="口头纠正")
def elsewhere_than_allowed(case: Episode, why: Why) -> Verdict | list[Verdict]:
    """Somebody on leave goes where leave was given for."""
    rows = [row for row in leaves(case) if row["leave_from"] is not None]
    if not rows:
        return why.not_applicable("没有外出的批准")
    case.lists.need("T17")
    if not any(word_of(row, "destination") for row in rows):
        raise Missing("目的地", holder="社区矫正机构")
    wrong: list[tuple[Record, Trace, bool]] = []
    for each in traces(case):
        leave = covering(case, each.day)
        if leave is None or not each.sure or away(homes(case), each.place) is False:
            continue
        places = [read_place(part) for part in _destinations(leave)]
        answers = [same_place(place, each.place) for place in places if place.known]
        if answers and not any(answers) and None not in answers:
            far = all(place.city != each.place.city or place.province != each.place.province for place in places)
            edge = each.day in (leave["leave_from"], leave["leave_to"])
            wrong.append((leave, each, far and not edge))
    if not wrong:
        return why.lawful("外出期间的行踪与批准的目的地没有不符")
    firm = [each for each in wrong if each[2]]
    for leave, each, _ in firm or wrong:
        why.see(leave, "destination", "leave_from", "leave_to", "leave_kind")
        _show(why, [each])
    leave, first, _ = (firm or wrong)[0]
    kind = "经常性活动" if word_of(leave, "leave_kind") == OFTEN else "外出"
    text = f"批准{kind}到{word_of(leave, 'destination')}，{first.day} 却在{first.words}"
    if firm:
        return why.unlawful(text, fact=str(first.day))
    return why.hint(f"{text}；在同一市内或者在起止当日，可能是途中停留", fact=str(first.day))


def _destinations(leave: Record) -> list[str]:
    """The places a cell of destinations names."""
    text = word_of(leave, "destination")
    for sign in "；;，,及和/":
        text = text.replace(sign, "、")
    return [each for each in text.split("、") if each.strip()]
