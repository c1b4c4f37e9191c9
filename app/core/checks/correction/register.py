"""Who should be on the roster and is not: judgments, paroles, releases from prison, documents received."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.core.checks.correction.book import RULES
from app.core.checks.correction.case import Episode
from app.core.checks.correction.effect import COURT, effect_of, show_effect
from app.core.checks.correction.guards import absent
from app.core.checks.correction.spans import lawful_ends
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.workdays import deadline

PLACES = (
    ("T19", ("release_destination", "registered_residence")),
    ("T01", ("residence",)),
    ("T20", ("residence", "registered_residence")),
    ("T21", ("served_police",)),
)
ORDERS = re.compile(r"判决|裁定|执行通知|暂予监外执行决定|假释证明|决定书")
LETTERS = re.compile(r"调查|评估|核实|征求|变更执行地|居住地|委托|减刑|撤销|收监|不予|解除|处罚|更正")


def _missing_person(kind: str) -> str:
    return f"没有{kind}的判决、裁定或者决定"


def _judged(case: Episode) -> str:
    if case.judgment is None:
        return _missing_person("管制、缓刑")
    return "在名册中" if case.roster is not None else ""


def _paroled(case: Episode) -> str:
    if not case.paroles:
        return _missing_person("假释")
    return "在名册中" if case.roster is not None else ""


def _released(case: Episode) -> str:
    if not case.outside:
        return _missing_person("暂予监外执行")
    return "在名册中" if case.roster is not None else ""


def _delivered(case: Episode) -> str:
    return "在名册中" if case.roster is not None else ""


@RULES.rule(
    "SJ-01",
    "判处非监禁刑未入名册（漏管）",
    "CCL-20",
    "CCL-21.1",
    "CPI-519",
    "PR19-625.5",
    "PR19-642",
    when=_judged,
    about=("T01",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def judged_not_listed(case: Episode, why: Why) -> Verdict:
    """Whoever was sentenced to control or on probation stands on the roster soon after the judgment took effect."""
    effect = effect_of(case)
    if effect.pending:
        return why.not_applicable(effect.pending)
    if effect.day is None or (day_of(case.judgment, "effective_on", "appeal_pronounced_on") is None):
        raise Missing("生效日期", holder=COURT)
    place = word_of(case.judgment, "execution_place") or word_of(case.judgment, "residence")
    inside = case.lists.inside(place)
    if inside is False:
        return why.not_applicable(f"执行地{place}不在本辖区")
    if inside is None:
        raise Missing("执行地", holder=COURT)
    kind = case.kind.value if case.kind else "非监禁刑"
    why.see(case.judgment, "case_no", "sentence_kind", "probation", "effective_on", "execution_place", "residence")
    show_effect(case, why, effect)
    last = effect.latest or effect.day
    return _not_listed(case, why, last, f"判处{kind}的判决 {effect.day} 生效")


@RULES.rule(
    "SJ-02",
    "假释未入名册",
    "CCL-21.1",
    "PR19-628",
    when=_paroled,
    about=("T22",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def paroled_not_listed(case: Episode, why: Why) -> Verdict:
    """Whoever was paroled to this district stands on the roster soon after."""
    effect = effect_of(case)
    if effect.day is None:
        raise Missing("出监日期", holder="监狱")
    if effect.day > case.as_of:
        return why.not_applicable(f"假释之日 {effect.day} 尚未到")
    ruling = case.paroles[0]
    why.see(ruling, "case_no", "ruled_on", "parole_from", "released_on", "parole_to")
    place, source = _place(case)
    inside = case.lists.inside(place)
    if inside is None and (came := _papers_came(case)) is not None:
        inside, source = True, came
        why.step(f"执行的法律文书已送到本辖区（《{came.sheet}》第{came.row}行）")
    if inside is False:
        return why.not_applicable(f"释放后去向{place}不在本辖区")
    show_effect(case, why, effect)
    why.see(source, "release_destination", "registered_residence", "residence", "served_police", "sender")
    verdict = _not_listed(case, why, effect.day, f"{effect.day} 假释")
    if inside is None and verdict.level is not None:
        why.step("假释裁定没有写明执行地")
        return why.doubt(f"{effect.day} 假释，名册中没有此人，但执行地不明，须先核实是否在本辖区")
    return verdict


@RULES.rule(
    "SJ-03",
    "暂予监外执行未入名册",
    "CCL-21.2",
    "CCL-21.3",
    "PR19-629.4",
    when=_released,
    about=("T11",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def released_not_listed(case: Episode, why: Why) -> Verdict:
    """Whoever may serve outside is handed over within ten days and then stands on the roster."""
    row = case.outside[0]
    received = day_of(row, "decision_received_on")
    if received is None:
        raise Missing("收到决定日", holder="看守所、监狱")
    why.see(row, "decision_no", "decided_on", "decision_received_on", "handed_over_on")
    back = day_of(row, "recommitted_on", "recommittal_decided_on")
    if back is not None:
        return why.not_applicable(f"{back} 已决定收监执行")
    due = deadline(received, why.number("correction_handover_days", received), why.law.calendar)
    last = due.moved or due.plain
    why.step(f"收到决定 {received}，移送期限 {last}")
    grace = why.number("correction_handover_grace_days")
    return _not_listed(case, why, last, f"{received} 收到暂予监外执行决定", grace)


@RULES.rule(
    "SJ-04",
    "文书已收而无名册",
    "CCL-22",
    "PR19-625.5",
    when=_delivered,
    about=("T04",),
    gravity=Gravity.GRAVE,
    harm=Harm.HELD_TOO_SHORT,
    document="纠正违法通知书",
)
def documents_without_person(case: Episode, why: Why) -> Verdict:
    """Whose documents were received is registered."""
    rows = [row for row in case.rows("T04") if _orders(row)]
    received = [(day, row) for row in rows if (day := day_of(row, "received_on")) is not None]
    if not rows:
        return why.not_applicable("没有收到交付执行的法律文书")
    if not received:
        raise Missing("收文日期", holder="社区矫正机构")
    effect = effect_of(case)
    if effect.pending:
        return why.not_applicable(effect.pending)
    day, row = min(received, key=lambda pair: pair[0])
    place = word_of(case.judgment, "execution_place")
    if place and case.lists.inside(place) is False:
        return why.not_applicable(f"执行地{place}不在本辖区")
    why.see(row, "received_on", "sender", "documents", "document_no")
    why.step(f"{day} 收到{word_of(row, 'sender')}《{word_of(row, 'documents') or '法律文书'}》")
    grace = why.number("correction_documents_grace_days")
    return _not_listed(case, why, day, f"{day} 已收到法律文书", grace)


def _orders(row: Record) -> bool:
    """Whether the documents of a row order an execution in the community; a row that names none may."""
    names = word_of(row, "documents")
    parts = [each for each in re.split(r"[、,，;；]", names) if not LETTERS.search(each)]
    return not names or any(ORDERS.search(each) for each in parts)


def _papers_came(case: Episode) -> Record | None:
    """The row that shows that the papers of a parole came here: to the office, or from the prison to the procuratorate.

    A court sends its rulings to the procuratorate of the prison too.
    """
    rows = [*case.rows("T04"), *(each for each in case.rows("T05") if "法院" not in word_of(each, "sender"))]
    return next((each for each in rows if word_of(each, "documents") and _orders(each)), None)


def _place(case: Episode) -> tuple[str, Record | None]:
    """Where a paroled person went, by the prison's list of releases, else by the court's list."""
    for table, fields in PLACES:
        for row in case.dossier.rows(table):
            if place := word_of(row, *fields):
                return place, row
    return "", None


def _not_listed(case: Episode, why: Why, day: date, what: str, grace: int | None = None) -> Verdict:
    """Nobody on the roster although `day` lies longer back than the grace: the verdict, after every guard."""
    days = why.number("correction_roster_grace_days") if grace is None else grace
    last = day + timedelta(days=days)
    if last > case.as_of:
        return why.lawful(f"{day} 后 {days} 日为 {last}，尚未到")
    case.lists.need("T02", last)
    reason = absent(case, why, last)
    if reason:
        return why.not_applicable(reason)
    if case.closings:
        return why.not_applicable("解除、终止名单中有此人")
    near = timedelta(days=case.law.number("correction_same_episode_days", case.as_of))
    for row in case.dossier.rows("T02"):
        begin, end = day_of(row, "correction_start", "reported_on"), day_of(row, "correction_end")
        if begin is None or abs(begin - day) <= near:
            why.see(row, "correction_start", "case_no")
            return why.lawful(f"名册《{row.sheet}》第{row.row}行有此人同期的矫正记录，案号不同，请核对案号")
        if begin <= day and (end is None or end >= day):
            why.see(row, "correction_start", "correction_end", "case_no")
            why.step(f"名册另有一次矫正：{begin}至{end or '未写明'}")
            return why.doubt(f"{what}，名册中只有另一案的矫正记录，请核实本案是否已经执行或者并罚")
    known = case.lists.through["T02"]
    why.none_in(case.dossier, "T02", what=f"名册截至 {known}，没有此人（宽限 {days} 日至 {last}）")
    revoked = [row for row in case.dossier.rows("T15") if "撤销" in word_of(row, "revocation")]
    over = max(lawful_ends(case), default=None)
    if revoked and not word_of(revoked[0], "revocation").startswith("未"):
        why.see(revoked[0], "case_no", "revocation")
        return why.doubt(f"{what}，名册中没有此人；另有新判决写明撤销，请核实本案是否曾经执行")
    if over is not None and over <= known:
        if not case.lists.has("T03"):
            raise case.lists.lack("T03")
        why.none_in(case.dossier, "T03", what=f"矫正期限至 {over} 已满，解除、终止名单中也没有此人")
        return why.doubt(f"{what}，名册和解除名单中都没有此人；期限已满，须核实名册是否只列在矫人员")
    who = "矫正机构已收到文书" if case.rows("T04") else ""
    return why.unlawful("，".join(filter(None, (what, who, f"截至 {known} 名册中没有此人"))))
