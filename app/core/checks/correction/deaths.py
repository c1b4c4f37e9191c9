"""Death: the roster ends correction, and nobody signs in after it."""

from __future__ import annotations

from datetime import timedelta

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode
from app.core.checks.correction.custody import NOT_NORMAL
from app.core.checks.correction.guards import died
from app.core.checks.correction.trajectory import traces
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Outcome, Verdict

RULE = ("CCL-45", "CCL-51")


def dead(case: Episode) -> str:
    """Applies to people the registry or the office says have died during correction."""
    if reason := on_roster(case):
        return reason
    death = died(case)
    if death is None:
        return "没有死亡日期"
    end = case.end
    return "死亡在矫正期满以后" if end is not None and death[0] > end else ""


@RULES.rule(
    "SJ-52",
    "死亡后仍在册或者有报到",
    *RULE,
    when=dead,
    about=("T03", "T18"),
    harm=Harm.PROCEDURE,
    document="纠正违法通知书",
)
def after_death(case: Episode, why: Why) -> list[Verdict]:
    """The dead are taken off the roster, and what is signed in their name after the day of death is not true."""
    verdicts = []
    for ask in (_seen, _listed):
        proof = why.apart()
        for each in RULE:
            proof.cite(each)
        try:
            verdicts.append(ask(case, proof))
        except Missing as lack:
            verdicts.append(proof.not_evaluated(lack.items, lack.holder))
    found = [each for each in verdicts if each.outcome in (Outcome.FOUND, Outcome.NOT_EVALUATED)]
    return found or [why.lawful(*dict.fromkeys(step for each in verdicts for step in each.steps))]


def _seen(case: Episode, why: Why) -> Verdict:
    death = died(case)
    assert death is not None
    day, row = death
    other = [when for each in (*case.dossier.rows("T18"), *case.closings) if (when := day_of(each, "death_date"))]
    last = max(other, default=day)
    why.see(row, "death_date")
    why.step(f"死亡日期 {day}" + (f"，另一处写 {last}" if last != day else ""))
    contacts = [
        each
        for each in case.dossier.rows("T06")
        if (when := day_of(each, "contact_on")) is not None and when > last
        if not NOT_NORMAL.search(word_of(each, "result"))
    ]
    nights = [each for each in traces(case) if each.day > last]
    for each in contacts:
        why.see(each, "contact_on", "contact_mode", "result")
        why.step(f"{day_of(each, 'contact_on')} 有报到记录")
    for trace in nights:
        why.see(trace.row, *trace.fields)
        why.step(f"{trace.day} {trace.words}")
    if contacts:
        return why.unlawful(f"{last} 死亡以后仍有 {len(contacts)} 次报到记录", gravity=Gravity.GRAVE, fact="报到")
    if any(each.sure for each in nights):
        return why.unlawful(f"{last} 死亡以后仍有住宿等行踪，须查是否冒用", gravity=Gravity.GRAVE, fact="行踪")
    if nights:
        return why.doubt(f"{last} 死亡以后有车票或者车辆记录，须查是否他人使用", fact="行踪")
    return why.lawful("死亡以后没有报到和行踪")


def _listed(case: Episode, why: Why) -> Verdict:
    death = died(case)
    assert death is not None
    day, row = death
    why.see(row, "death_date")
    why.see(case.roster, "status")
    status = word_of(case.roster, "status")
    due = day + timedelta(days=why.number("death_grace_days"))
    why.step(f"{day} 死亡，名册查到 {due}")
    if case.closed is not None or (status and status != "在矫"):
        return why.lawful(f"已登记{status or '终止'}")
    if due >= case.as_of:
        return why.lawful("终止尚在办理期间")
    if not status:
        raise Missing("状态", holder="社区矫正机构")
    case.lists.need("T02", due)
    return why.unlawful(f"{day} 已死亡，名册仍写在矫，没有终止", gravity=Gravity.SERIOUS, fact="在册")
