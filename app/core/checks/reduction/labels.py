"""Family D, labels that must follow from the facts: strict classes, age, the court and who must look before it."""

from __future__ import annotations

import re

from app.core.checks.dossier import text_of
from app.core.checks.reduction.book import RULES
from app.core.checks.reduction.case import ReductionCase, Stage
from app.core.checks.reduction.classes import violent
from app.core.checks.reduction.history import HEAVY
from app.core.checks.reduction.paying import NONE_WORDS, Sure
from app.core.checks.reduction.procedure import allowed
from app.core.checks.reduction.timing import filing
from app.core.checks.reduction.told import REMARKS, said
from app.core.checks.why import Missing, Why
from app.core.findings import Harm, Verdict
from app.core.law.offences import plain
from app.core.law.offences import shipped as offence_list
from app.core.sentence.terms import age_on
from app.core.values import Sentence

OPINION = "减刑提请检察意见书"
OF_OFFENCE = frozenset({"K1", "K2", "K3", "K4", "K5"})
HIGH, MIDDLE = "高级人民法院", "中级人民法院"
_LEVELS = (
    (HIGH, re.compile(r"高级|高院|高法")),
    (MIDDLE, re.compile(r"中级|中院|中法")),
    ("基层人民法院", re.compile(r"[县区旗](?:人民)?法院")),
)
BUREAU = re.compile(r"省局|监狱管理局|监狱局|省级监狱|局审核|局复核")
NOT_REVIEWED = re.compile(r"(?:未经|未报|没有经|缺少|无|未)[^,，。；;]{0,6}(?:省局|监狱管理局|监狱局|省级监狱)")
RANKS = re.compile(r"县处|处级|厅局|厅级|局级|省部|部级|国级|地市级|地厅|[县处厅]长")
LEADS = re.compile(r"恶势力[^,，。；;]{0,6}首要分子")


@RULES.rule("JX-D12", "罪名与从严标签不符", "R16-7.1", "R16-9.1", "R16-11")
def strict_labels(case: ReductionCase, why: Why) -> Verdict:
    """The strict classes the offences make must be the ones the list names."""
    offence, label = text_of(case.proposal, "offence"), text_of(case.proposal, "strict_classes")
    why.see(case.proposal, "offence", "strict_classes", "sentence", "recidivist", "drug_recidivist")
    if not offence or not label:
        raise Missing(*(name for name, text in (("罪名", offence), ("从严情形", label)) if not text))
    named = {each.group: each for each in case.offences}
    flagged = offence_list().flagged(label)
    due = {each.group for each in case.offences if _certain(case, each.certain, each.graft)} & OF_OFFENCE
    state, because = violent(case)
    due |= {"V8"} if state is Sure.YES and "V8" in named else set()
    lacking = sorted(due - flagged)
    if lacking:
        why.step(f"罪名“{offence}”，从严情形“{label}”")
        told = "、".join(named[each].name for each in lacking)
        return why.data(f"罪名有{told}，属于{offence_list().name_all(lacking)}，从严情形没有写明")
    clash = [word for flag, group, word in FLAGS if case.flag(flag) is False and group in flagged]
    if clash:
        return why.data(f"从严情形写有{'、'.join(clash)}，而该栏填写为否，请核对")
    # 有组织的暴力性犯罪 is a class of its own that no offence name shows.
    shown = set(named) | ({"V8"} if "有组织" in plain(label) else set())
    surplus = sorted((flagged & (OF_OFFENCE | {"V8"})) - shown)
    if surplus:
        why.step(f"罪名“{offence}”中没有属于{offence_list().name_all(surplus)}的罪")
        return why.doubt(f"从严情形写有{offence_list().name_all(surplus)}，与罪名对不上，须核实判决书")
    return why.lawful(f"罪名与从严情形相符{f'（{because}）' if because else ''}")


FLAGS = (("recidivist", "K7", "累犯"), ("drug_recidivist", "K6", "毒品再犯"))


def _certain(case: ReductionCase, certain: bool, graft: bool) -> bool:
    official = case.flag("official")
    return (certain and not (graft and official is False)) or (graft and official is True)


@RULES.rule("JX-D13", "年龄与从宽标签不符", "R16-19", "R16-39", "R16-31", when=allowed)
def age_labels(case: ReductionCase, why: Why) -> Verdict:
    """Old and young are what the birth date makes them on the day of filing."""
    birth = case.birth
    label = text_of(case.proposal, "lenient")
    why.see(case.proposal, "birth_date", "id_number", "lenient")
    if birth is None:
        raise Missing("出生日期")
    filed = filing(case, why)
    age = age_on(birth, filed)
    minor, old, very_old = (why.number(each, filed) for each in ("minor_below", "old_from", "very_old_from"))
    why.step(f"出生日期 {birth}，报请日 {filed}，{age}周岁")
    if "老年" in label and age < old:
        return why.data(f"从宽情形写老年，报请时{age}周岁，未满{old}周岁")
    if "未成年" in label and age >= minor:
        delivered = case.day("delivered_on")
        if delivered is not None and age_on(birth, delivered) < minor:
            return why.lawful(f"送交执行时不满{minor}周岁")
        return why.data(f"从宽情形写未成年，报请时{age}周岁")
    blank = not label or label in NONE_WORDS
    if blank and (age < minor or age >= old):
        told = f"不满{minor}周岁" if age < minor else f"已满{very_old if age >= very_old else old}周岁"
        return why.hint(f"报请时{told}而从宽情形没有填写，请核对是否应当从宽")
    return why.lawful("年龄与从宽情形相符")


@RULES.rule("JX-D14", "报请层级或者法院不符", "R14-1", when=allowed, harm=Harm.PROCEDURE, document=OPINION)
def court_level(case: ReductionCase, why: Why) -> Verdict:
    """Life and suspended death go to the high court, terms to the intermediate one; some pass the bureau first."""
    filed = filing(case, why)
    if filed >= (why.law.provision("PL26-51").start or filed):
        why.cite("PL26-51")
    court = plain(text_of(case.proposal, "court"))
    why.see(case.proposal, "court", "sentence_kind", "sentence")
    heavy = case.stage in (Stage.LIFE, Stage.SUSPENDED, Stage.SUSPENDED_LIFE)
    wanted = HIGH if heavy else MIDDLE
    sentence = case.proposal["sentence"]
    if isinstance(sentence, Sentence) and (sentence.kind in HEAVY) is not (case.original_kind in HEAVY):
        raise Missing("原判刑种（与原判刑期冲突，见 JX-D10）")
    level = next((name for name, pattern in _LEVELS if pattern.search(court)), "")
    if level and level != wanted:
        why.step(f"{case.stage.value}，应由{wanted}管辖；报请的法院为{court}")
        return why.unlawful(f"应当报请{wanted}，报请了{court}")
    reasons = ["无期徒刑、死缓"] if heavy else []
    reasons += _bureau_first(case, why)
    if reasons:
        why.see(case.proposal, REMARKS)
        why.step(f"{'、'.join(reasons)}，应当先经省级监狱管理机关审核")
        if denied := said_plainly(case):
            return why.unlawful(f"应当先经省级监狱管理机关审核，备注写“{denied}”")
        if not said(case, BUREAU, REMARKS):
            raise Missing("省级监狱管理机关的审核意见")
    if not level:
        raise Missing("法院（全称）")
    return why.lawful(f"{case.stage.value}，报请{court}")


def said_plainly(case: ReductionCase) -> str:
    """The words of 备注 that the bureau has not looked at the case; "" when there are none."""
    match = NOT_REVIEWED.search(plain(text_of(case.proposal, REMARKS)))
    return match[0] if match else ""


def _bureau_first(case: ReductionCase, why: Why) -> list[str]:
    """Why the bureau of the province must look first, besides the kind of penalty."""
    reasons = []
    rank = text_of(case.proposal, "official_rank")
    office = {"K1"} & ({each.group for each in case.offences} | offence_list().flagged(_strict(case)))
    if office and RANKS.search(rank):
        why.cite("MJ38-3")
        why.see(case.proposal, "official_rank")
        reasons.append(f"原{rank}职务犯罪")
    leader = [each.name for each in case.offences if each.group == "K3" and re.match("组织|领导", each.name)]
    if leader or LEADS.search(plain(_strict(case))):
        heavy = case.law.number("heavy_term", case.as_of)
        term = case.original_term
        if case.parole or case.original_kind in HEAVY or (term is not None and term.total_months >= heavy):
            why.cite("AO21-36")
            reasons.append("黑社会性质组织的组织者、领导者或者恶势力首要分子")
    return reasons


def _strict(case: ReductionCase) -> str:
    return text_of(case.proposal, "strict_classes")
