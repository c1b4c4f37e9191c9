"""Voters' lists and village and residents' committees: who may not be on them, and who may."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.checks.deprivation.book import ADVISE, CORRECT, RULES, deprived, periods
from app.core.checks.deprivation.case import Matter
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record, show
from app.core.sentence.terms import add_months

HOLDER = "选举委员会、乡镇人民政府、街道办事处"
CONGRESS = re.compile(r"人大|代表")
PARTY = re.compile(r"支部|书记|党委|党总支")
RESIDENTS = re.compile(r"居委|居民委员会|社区")
VILLAGE = re.compile(r"村")


@RULES.rule(
    *("BQ-20", "剥权期内登记为选民、参选或者当选", "CL-54", "CL-58.1"),
    when=deprived,
    about=("T23",),
    harm=Harm.RIGHTS,
    document=CORRECT,
)
def voting(case: Matter, why: Why) -> list[Verdict]:
    """Whoever is deprived of political rights is no voter, no candidate and not elected."""
    return [_vote(case, each, _fresh(why, place, "CL-54", "CL-58.1")) for place, each in enumerate(case.rows("T23"))]


def _fresh(why: Why, place: int, *cites: str) -> Why:
    """The proof of the first row as it is, of every further one a new one."""
    if not place:
        return why
    other = why.apart()
    other.cite(*cites)
    return other


def _vote(case: Matter, row: Record, why: Why) -> Verdict:
    published, election = day_of(row, "list_published_on"), day_of(row, "election_on")
    day = election or published
    chosen = bool(row["elected"]) or bool(row["candidate"])
    if day is None:
        if word_of(row, "position") and not chosen:
            return why.not_applicable("没有选举的日期")
        raise Missing("名单公布日、选举日", holder=HOLDER)
    if not case.known:
        periods(case, why)
    why.see(row, "constituency", "list_published_on", "election_on", "candidate", "elected", "position")
    periods(case, why)
    what = "当选" if row["elected"] else "被列为候选人" if row["candidate"] else "被列入选民名单"
    held = case.deprived(day)
    if held is False and published is not None and published != day and case.deprived(published):
        return why.hint(f"{published}公布选民名单时仍在剥夺政治权利期间，选举日{day}已经期满，请核对")
    if held is False and _serving(case, day):
        why.see(case.release, "sentence_start", "released_on")
        words = f"{day}正在执行主刑，剥夺政治权利的效力及于主刑执行期间，却{what}{_where(row)}"
        return why.doubt(f"{words}；没有列明裁判生效日，请核对当时裁判是否已经生效", fact=f"{day}{what}")
    if held is False:
        return why.lawful(f"{day}不在剥夺政治权利期间")
    message = f"剥夺政治权利期间（{day}）{what}{_where(row)}"
    fact = f"{day}{what}"
    if held is None:
        return why.hint(f"{message}；是否在期间内取决于起算的意见，请核对", fact=fact)
    if election is None and case.first_end is not None and case.first_end != date.max:
        margin = timedelta(days=why.number("deprivation_vote_margin_days", day))
        if day + margin > case.first_end:
            return why.doubt(f"{message}；没有选举日，公布后不久即期满，请核对选举日是否已经期满", fact=fact)
    _cite(row, day, why)
    return why.unlawful(message, gravity=Gravity.GRAVE if chosen else Gravity.SERIOUS, fact=fact)


def _serving(case: Matter, day: date) -> bool:
    """Whether the principal penalty was being served on a day, when nobody says since when the judgment is in force."""
    start = day_of(case.release, "sentence_start")
    return case.effective is None and start is not None and case.freed is not None and start <= day < case.freed[0]


def _where(row: Record) -> str:
    place = show(row["constituency"])
    return f"（{place}）" if place else ""


def _cite(row: Record, day: date, why: Why) -> None:
    words = show(row["constituency"]) + word_of(row, "position")
    if CONGRESS.search(words) or not (VILLAGE.search(words) or RESIDENTS.search(words)):
        why.cite_on(day, "EL-27")
    elif RESIDENTS.search(words):
        why.cite_on(day, "RCL26-16", "EL-27")
    else:
        why.cite_on(day, "VCL25-16", "EL-27")


@RULES.rule(
    *("BQ-24", "受过刑事处罚任村（居）委成员或者候选人", "CL-58.2"),
    when=deprived,
    about=("T23",),
    harm=Harm.RIGHTS,
    document=ADVISE,
)
def committee(case: Matter, why: Why) -> list[Verdict]:
    """Members sentenced leave their office; who was punished for a crime is no candidate any more."""
    return [_member(case, each, _fresh(why, place, "CL-58.2")) for place, each in enumerate(case.rows("T23"))]


def _member(case: Matter, row: Record, why: Why) -> Verdict:
    position, words = word_of(row, "position"), show(row["constituency"]) + word_of(row, "position")
    since, until = day_of(row, "office_from"), day_of(row, "office_to")
    chosen = bool(row["candidate"]) or bool(row["elected"])
    if CONGRESS.search(words) or (PARTY.search(position) and not re.search(r"村委|居委|村主任", position)):
        return why.not_applicable("不是村民委员会、居民委员会的职务")
    if not chosen and not (position and (since or until)):
        return why.not_applicable("只是选民")
    village, residents = bool(VILLAGE.search(words)), bool(RESIDENTS.search(words))
    if not village and not residents:
        raise Missing("村（居）名称", holder=HOLDER)
    judged = _judged(case)
    if judged is None:
        raise Missing("裁判生效日期", holder="人民法院")
    own = ("VCL25-18", "VCL25-22", "VCL18-18") if village and not residents else ("RCL26-18", "RCL26-23", "")
    why.see(row, "constituency", "position", "candidate", "elected", "election_on", "office_from", "office_to")
    why.step(f"受到刑事处罚 {judged}")
    last = min(until or case.as_of, case.as_of)
    if position and (since or until) and (since is None or since <= judged) and last > judged:
        holding = [each for each in own[1:] if each and any(why.law.provision(each).holds(d) for d in (judged, last))]
        if holding:
            why.cite_only(*holding)
            message = f"{judged}被判处刑罚，{last}仍任{_where(row)}{position}，职务应当自行终止"
            months = why.number("committee_term_months", judged)
            if until is None and (since is None or add_months(since, months) < case.as_of):
                return why.doubt(f"{message}；没有任职止日，请核对是否早已换届", fact=f"任职{position}")
            return why.unlawful(message, fact=f"任职{position}")
    chosen = chosen or bool(position and since is not None and since > judged)
    election = day_of(row, "election_on") or since
    if not chosen:
        return why.lawful("任职时没有这一限制，或者判刑以前已经离任")
    if election is None:
        raise Missing("选举日", holder=HOLDER)
    why.step(f"选举日 {election}")
    if election <= judged:
        return why.lawful("选举在判刑以前")
    if not why.law.provision(own[0]).holds(election):
        return why.lawful("选举当时没有这一限制")
    why.cite_only(own[0])
    what = "候选人" if row["candidate"] or row["elected"] else position
    message = f"{judged}因犯罪受过刑事处罚，{election}作为{_where(row)}村（居）委会{what}"
    return why.unlawful(message, fact=f"{election}候选人")


def _judged(case: Matter) -> date | None:
    """A day by which the person had surely been sentenced."""
    return day_of(case.judgment, "effective_on") or (case.freed[0] if case.freed else None)
