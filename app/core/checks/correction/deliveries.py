"""Documents and notices that must arrive in time: what duties ask of an episode, and the rules resting on them."""

from __future__ import annotations

from app.core.checks.appeals import appealed
from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode
from app.core.checks.correction.guards import REFUSED
from app.core.checks.correction.leave import Rank, rank_of
from app.core.checks.correction.places import above_county, same_place
from app.core.checks.duties import enter
from app.core.checks.duty_account import Day, Terms, fits
from app.core.checks.matter import once
from app.core.checks.persons import day_of, first_day, word_of
from app.core.checks.why import Missing
from app.core.law.duties import shipped
from app.core.records import Record

ABOVE = "决定机关在县级以上，是否与执行地在同一地方须人工判断"
_ENDED = ("维持", "改判", "撤回", "准许", "终审", "驳回")


@once
def decisions_received(case: Episode) -> list[Record]:
    """The rows of the office's register that tell of the decision executed, oldest first."""
    (spot,) = shipped().duty("serve_documents").done
    return [each for each in case.rows("T04") if fits(each, spot)]


def pending(case: Episode) -> bool:
    """Whether an appeal is running: the judgment has not taken effect."""
    judgment = case.judgment
    if judgment is None or not appealed(judgment) or day_of(judgment, "appeal_pronounced_on") is not None:
        return False
    result = word_of(judgment, "appeal_result")
    return not any(each in result for each in _ENDED)


def handed_over(case: Episode) -> str:
    """Applies to decisions in force that the court handed to an office here."""
    if case.stray and not decisions_received(case):
        return "没有交付社区矫正执行的裁判、决定"
    if case.roster is None and case.lists.inside(word_of(case.judgment, "execution_place")) is False:
        return "执行地不在本院辖区"
    if pending(case):
        return "上诉、抗诉未结，裁判尚未生效"
    if case.effective is None:
        raise Missing("裁判生效日", holder="人民法院")
    if case.effective > case.as_of:
        return "裁判尚未生效"
    death = first_day(case.rows("T18"), "death_date")
    if death is not None and death[0] <= case.effective:
        return "裁判生效前已死亡"
    if case.roster is None and case.lists.has("T02") and not decisions_received(case):
        return "不在名册，也没有收到文书，见漏管的核查"
    return "由外地变更执行地迁入，文书由原执行地移交" if moved_in(case) else ""


@once
def moved_in(case: Episode) -> bool:
    """Whether the person came from another office, which handed the documents on."""
    received = decisions_received(case)
    if received and any(each in word_of(received[0], "sender") for each in ("社区矫正", "司法局", "司法所")):
        return True
    first = first_day(received, "received_on", "sent_on")
    came = first[0] if first is not None else case.reported
    agreed = (each for each in case.rows("T09") if not any(no in word_of(each, "opinion") for no in REFUSED))
    changes = (day_of(each, "decided_on") for each in agreed)
    return came is not None and any(each is not None and each <= came for each in changes)


def decided_here(case: Episode) -> str:
    """Applies where the authority that decided sits at the place of execution."""
    if above_county(case):
        return ABOVE
    same = same_place(case)
    if same is None:
        raise Missing("决定机关名称和执行地")
    return "" if same else "决定机关与执行地不在同一地方，文书由矫正机构转送"


def decided_elsewhere(case: Episode) -> str:
    """Applies where the authority that decided sits in another place."""
    if above_county(case):
        return ABOVE
    same = same_place(case)
    if same is None:
        raise Missing("决定机关名称和执行地")
    return "决定机关与执行地在同一地方" if same else ""


def registered(case: Episode) -> str:
    """Applies when the office has registered the documents."""
    return "" if decisions_received(case) else "没有法律文书收文记录"


def came_incomplete(case: Episode) -> str:
    """Applies unless the office registered all documents as complete and asked for none."""
    rows = decisions_received(case)
    whole = rows and all(each["complete"] is True and each["supplement_requested_on"] is None for each in rows)
    return "收到的文书登记为齐全" if whole else ""


def _effective(case: Episode) -> Day:
    said = day_of(case.judgment, "effective_on") is not None
    row = case.judgment if said else case.roster or case.anchor
    return case.effective, row, "effective_on"


def _reported(case: Episode) -> Day:
    return case.reported, case.roster, "reported_on"


TERMS = Terms[Episode](
    kind=lambda case: case.kind,
    days={"effective": _effective, "reported": _reported},
    conditions={
        "handed_over": handed_over,
        "same_place": decided_here,
        "other_place": decided_elsewhere,
        "documents_registered": registered,
        "came_incomplete": came_incomplete,
    },
    fits={"approved_above": lambda case, row: rank_of(case, row) is Rank.ABOVE},
)

enter(RULES, shipped(), TERMS, "SJ-")
