"""Electronic devices on the body: for what, with whose approval, for how long. A telephone is no device."""

from __future__ import annotations

import re
from datetime import date

from app.core.checks.correction.book import RULES, on_roster
from app.core.checks.correction.case import Episode
from app.core.checks.correction.conduct import for_each, last_day
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.records import Record
from app.core.sentence.terms import ONE_DAY, due

RULE = ("CCL-29",)
PHONE = re.compile(r"手机|电话|App|APP|app|微信|小程序|软件")
GROUNDS = re.compile(r"禁止令|离开|擅离|外出|越界|报告|警告|治安|处罚|撤销|收监|提请")
CHIEF = re.compile(
    r"司法(?:局|厅|行政)[^所]*(?:负责人|局长|厅长|领导|书记)|^(?:[\u4e00-\u9fff]{0,6}县|区|市)?(?:副)?局长$"
)
NOT_CHIEF = re.compile(r"所长|司法所|所$|股长|科长|大队长|中队长|工作人员|社工")


@RULES.rule(
    "SJ-47",
    "电子定位违规",
    *RULE,
    when=on_roster,
    about=("T10",),
    harm=Harm.RIGHTS,
    document="纠正违法通知书",
)
def device(case: Episode, why: Why) -> list[Verdict]:
    """A device is worn three months at most unless prolonged in time, for one of five grounds, by the chief's word."""
    return for_each(why, RULE, case.rows("T10"), lambda row, proof: _device(case, proof, row))


def _device(case: Episode, why: Why, row: Record) -> Verdict:
    kind = word_of(row, "device")
    why.see(row, "device", "ground", "approver", "approved_on", "monitoring_from", "monitoring_to")
    why.see(row, "extension_approved_on", "extended_to", "lifted_on")
    if not kind:
        raise Missing("装置类型", holder="社区矫正机构")
    if PHONE.search(kind):
        why.cite("CCM-37")
        return why.lawful(f"{kind}不是专门的电子定位装置，不受三个月限制")
    first = day_of(row, "monitoring_from", "approved_on")
    if first is None:
        raise Missing("电子定位起日", holder="社区矫正机构")
    faults = list(filter(None, (_too_long(case, why, row, first), _wrong_chief(why, row))))
    if faults:
        return why.unlawful(f"{kind}：{'；'.join(faults)}", fact=str(first))
    ground = word_of(row, "ground")
    if ground and not GROUNDS.search(ground):
        return why.doubt(f"{kind}的适用情形写作“{ground}”，看不出属于法定五种情形，须核实", fact=str(first))
    return why.lawful("期限和批准没有发现问题")


def _too_long(case: Episode, why: Why, row: Record, first: date) -> str:
    """What is wrong with how long the device was worn; "" when nothing."""
    months = why.number("monitoring_months", first)
    grace = why.law.number("monitoring_grace_days", first)
    limit = due(first, months).late
    stated = day_of(row, "monitoring_to") or limit
    prolonged, approved = day_of(row, "extended_to"), day_of(row, "extension_approved_on")
    ended = day_of(row, "lifted_on") or prolonged or day_of(row, "monitoring_to")
    if ended is None:
        ended = min(filter(None, (case.as_of, case.lists.through.get("T10"), last_day(case))))
    why.step(f"{first} 起满 {months} 个月为 {limit}，实际到 {ended}")
    if ended <= limit + grace * ONE_DAY:
        return ""
    if approved is None:
        return f"{first} 至 {ended}，超过 {months} 个月，没有延期批准"
    prior = min(stated, limit)
    why.step(f"延期批准 {approved}，原定到 {prior}")
    if approved > limit + grace * ONE_DAY:
        return f"{approved} 才批准延期，原期限 {limit} 已经届满"
    again = max(due(prior, months).late, due(limit, months).late)
    why.step(f"延期一次满 {months} 个月为 {again}")
    if ended > again + grace * ONE_DAY:
        return f"延期到 {ended}，超过 {months} 个月"
    return ""


def _wrong_chief(why: Why, row: Record) -> str:
    approver = word_of(row, "approver")
    if not approver:
        why.step("没有写批准人，未作判断")
        return ""
    if NOT_CHIEF.search(approver) and not CHIEF.search(approver):
        return f"由{approver}批准，应当由县级司法行政部门负责人批准"
    if not CHIEF.search(approver):
        why.step(f"批准人写作{approver}，看不出职务，未作判断")
    return ""
