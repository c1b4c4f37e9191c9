"""Whether the documents of a decision are there at all, and whether they are complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode, Kind
from app.core.checks.correction.deliveries import decisions_received, pending, registered
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Verdict
from app.core.law.duties import shipped
from app.core.records import Record
from app.core.sentence.workdays import deadline

CARRIED = ("case_no", "enforcement_notice_no", "documents_received_on", "document_kinds")
VAGUE = ("等", "全套", "材料", "法律文书")
NOTHING = ("", "无", "/", "-", "—")
JUDGMENT, NOTICE = ("判决书或者裁定书", ("判决", "裁定", "决定")), ("执行通知书", ("执行通知",))
# What must be there, and what is only worth a prompt when it is not named: words of the document's name.
MUST = {
    Kind.CONTROL: (JUDGMENT, NOTICE),
    Kind.PROBATION: (JUDGMENT, NOTICE),
    Kind.PAROLE: (("假释裁定书", ("裁定",)), ("假释证明书", ("证明",))),
    Kind.OUTSIDE: (("暂予监外执行决定书", ("决定",)),),
}
SHOULD = {
    Kind.PAROLE: (NOTICE,),
    Kind.OUTSIDE: (NOTICE, ("病情诊断书或者保证书", ("诊断", "鉴定", "保证"))),
}


def _on_file(case: Episode) -> str:
    if reason := on_roster(case):
        return reason
    return "上诉、抗诉未结，裁判尚未生效" if pending(case) else ""


@RULES.rule(
    "SJ-05",
    "名册有而无法律文书",
    *("CCL-20", "CCL-22", "CCM-16.2"),
    when=_on_file,
    about=("T02",),
    document="纠正违法通知书",
)
def no_documents(case: Episode, why: Why) -> Verdict:
    """A person on the roster has a judgment or notice by number, or documents in the register."""
    why.see(case.roster, "correction_kind", *CARRIED)
    if any(word_of(case.roster, each) for each in CARRIED):
        return why.lawful("名册载有裁判或者执行通知书")
    if received := decisions_received(case):
        why.see(received[0], "received_on", "documents")
        return why.lawful("收文登记有法律文书")
    if case.roster is not None and all(each not in case.roster.cells for each in CARRIED):
        raise Missing("判决书编号或者执行通知书文号")
    begun = case.effective or case.start or case.reported or day_of(case.roster, "accepted_on")
    if begun is None:
        raise Missing("文书生效日期、社区矫正开始日期或者报到时间")
    duty = shipped().duty("serve_documents")
    last = deadline(begun, int(duty.days), why.law.calendar)
    limit = (last.moved or last.plain) + timedelta(days=why.number(duty.grace, begun))
    why.step(f"{begun} ＋{duty.days}日，顺延并宽限后 → {limit}")
    if limit >= case.as_of:
        return why.lawful(f"到{case.as_of}尚未到期，不判断")
    case.lists.need("T04", limit, since=begun + timedelta(days=case.law.number("list_begin_slack_days", begun)))
    why.none_in(case.dossier, "T04", what="名册没有裁判文号和执行通知书文号，收文登记没有法律文书")
    return why.unlawful(
        f"名册列有此人，但到{limit}没有任何法律文书的记录：没有裁判文号、执行通知书文号，收文登记也没有"
    )


@RULES.rule(
    "SJ-10",
    "文书不齐",
    *("CPI-519.3", "CCM-16.2"),
    when=registered,
    about=("T04",),
    gravity=Gravity.SLIGHT,
    document="口头纠正",
)
def incomplete_documents(case: Episode, why: Why) -> Verdict:
    """The judgment and the notice of execution are there; parole and serving outside prison need their own papers."""
    if case.kind is None:
        raise Missing("矫正类别")
    rows = decisions_received(case)
    names = "、".join(text for each in rows if (text := word_of(each, "documents")))
    names = f"{names}、{word_of(case.roster, 'document_kinds')}"
    for each in rows:
        why.see(each, "documents", "complete", "missing_documents", "supplemented_on")
    why.see(case.roster, "document_kinds")
    lacking = [label for label, words in MUST[case.kind] if not any(word in names for word in words)]
    minor = [label for label, words in SHOULD.get(case.kind, ()) if not any(word in names for word in words)]
    stated = [word_of(each, "missing_documents") for each in rows if _stated_lacking(each)]
    open_ = [each for each in rows if _stated_lacking(each) and day_of(each, "supplemented_on") is None]
    why.step(f"收到的文书：{names.strip('、') or '没有写明'}")
    if open_ and (lacking or not names.strip("、") or any(each not in names for each in stated if each)):
        what = "、".join(dict.fromkeys([*(each for each in stated if each not in NOTHING), *lacking])) or "文书"
        return why.unlawful(f"收文登记为不齐，缺少{what}，没有补齐日期")
    if late := _late_supplement(case, why, [each for each in rows if _stated_lacking(each)]):
        named = "、".join(dict.fromkeys([*(each for each in stated if each not in NOTHING), *lacking]))
        return why.unlawful(f"法律文书送达时不齐，缺少{named or '文书'}，{late}才补齐，已超过送达期限")
    whole = any(each["complete"] is True or day_of(each, "supplemented_on") is not None for each in rows)
    if not names.strip("、"):
        if whole:
            return why.lawful("登记为齐全")
        raise Missing("文书名称")
    if not lacking and not minor:
        return why.lawful("应有的文书都在")
    what = "、".join([*lacking, *minor])
    if whole or not lacking or any(each in names for each in VAGUE):
        return why.hint(f"收文登记的文书名称里没有{what}，请核对是否收到")
    return why.unlawful(f"收到的法律文书不齐，没有{'、'.join(lacking)}")


def _late_supplement(case: Episode, why: Why, rows: Sequence[Record]) -> date | None:
    """The day documents stated as lacking came after the days for serving them; None when all came in time."""
    came = max((day for each in rows if (day := day_of(each, "supplemented_on")) is not None), default=None)
    if came is None or case.effective is None:
        return None
    last = deadline(case.effective, int(shipped().duty("serve_documents").days), why.law.calendar)
    limit = last.moved or last.plain
    why.step(f"裁判 {case.effective} 生效，送达期限至 {limit}，补齐日 {came}")
    return came if came > limit else None


def _stated_lacking(row: Record) -> bool:
    return row["complete"] is False or word_of(row, "missing_documents") not in NOTHING
