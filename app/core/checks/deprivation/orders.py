"""Whether deprivation was ordered where it must be, and is not executed where no judgment orders it."""

from __future__ import annotations

import re

from app.core.checks.appeals import appealed
from app.core.checks.deprivation.book import APPEAL, CORRECT, RULES
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.matters import must_deprive, number_of
from app.core.checks.deprivation.sources import stated_in
from app.core.checks.persons import day_of, word_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.terms import age_on

YOUNG = re.compile(
    r"犯罪时[^,，;；。]{0,6}?(?:不满十八|未满十八|未成年|不满18|未满18|十[四五六七]周?岁|1[4-7]周?岁)|未成年"
)
AGE = re.compile(r"\d{1,3}")
NEVER_YOUNG = re.compile(r"(?:非|不是|不属于)未成年")


def _unjudged(case: Matter) -> str:
    if not case.listings or not case.judgments:
        return "没有可以对照的裁判和列管记录"
    return ""


@RULES.rule(
    *("BQ-31", "未判剥权却列管", "CL-54", "NPC83-5"),
    when=_unjudged,
    about=("T20",),
    document=CORRECT,
    harm=Harm.RIGHTS,
)
def listed_without_order(case: Matter, why: Why) -> Verdict:
    """Nobody is listed whom no judgment deprives of political rights."""
    row, judgment = case.listing, case.judgment
    assert row is not None
    assert judgment is not None
    found = stated_in(judgment, "deprivation") or stated_in(judgment, "supplementary")
    words = word_of(judgment, "supplementary")
    if (found is not None and found.value) or "剥夺政治权利" in words or case.alone:
        return why.lawful("裁判判处剥夺政治权利")
    if found is None and not words:
        raise Missing("裁判的附加刑、剥权期限", holder="人民法院")
    why.see(judgment, "deprivation", "supplementary", "case_no")
    why.see(row, "case_no", "deprivation", "deprivation_start", "listed_on")
    why.step("裁判没有剥夺政治权利，列管名单却按剥夺政治权利列管")
    message = "裁判没有判处剥夺政治权利，公安机关却列管"
    others = [*case.rulings, *case.releases]
    told = [stated_in(each, name) for each in others for name in ("deprivation", "deprivation_after")]
    if any(each is not None and each.value for each in told):
        return why.doubt(f"{message}；释放名单或者裁定写有剥夺政治权利，须核对裁判原文")
    same = number_of(row) and number_of(row) == number_of(judgment)
    return why.unlawful(message) if same else why.doubt(f"{message}；列管记录没有相同的案号，须先核对是否同一案件")


@RULES.rule(
    *("BQ-33", "应附加未附加，或者不应附加而附加", "CL-56.1", "CL-57.1"),
    about=("T01",),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=APPEAL,
)
def must_impose(case: Matter, why: Why) -> Verdict:
    """State security, life and suspended death bring deprivation; people under age usually get none."""
    judgment = case.judgment
    if judgment is None:
        return why.not_applicable("没有裁判")
    why.see(judgment, "offence", "sentence_kind", "sentence", "supplementary", "deprivation")
    reason, young = must_deprive(judgment), _young(judgment, why)
    found = stated_in(judgment, "deprivation") or stated_in(judgment, "supplementary")
    has = (found is not None and bool(found.value)) or "剥夺政治权利" in word_of(judgment, "supplementary")
    if reason and not has:
        if found is None and not word_of(judgment, "supplementary"):
            raise Missing("附加刑、剥权期限", holder="人民法院")
        message = f"{reason}应当剥夺政治权利，裁判没有判处"
        if appealed(judgment) and day_of(judgment, "effective_on") is None:
            return why.hint(f"{message}；判决尚未生效，请在上诉、抗诉期内核对")
        return why.unlawful(message)
    if has and young and not reason:
        why.cite("JUV06-14")
        return why.hint(f"{young}，一般不判处附加剥夺政治权利，请核对")
    return why.lawful(f"{reason}，已判处剥夺政治权利" if reason else "不属于应当附加的情形")


def _young(judgment: Record, why: Why) -> str:
    """What says that somebody was under eighteen at the offence."""
    remarks = word_of(judgment, "remarks")
    if (match := YOUNG.search(remarks)) and not NEVER_YOUNG.search(remarks):
        why.see(judgment, "remarks")
        return f"备注“{match[0]}”"
    adult = why.number("adult_age")
    if (stated := AGE.match(word_of(judgment, "offence_age"))) and int(stated[0]) < adult:
        why.see(judgment, "offence_age")
        return f"犯罪时{stated[0]}周岁"
    birth = day_of(judgment, "birth_date")
    for field_id, word in (("offence_date", "犯罪"), ("judged_on", "宣判")):
        day = day_of(judgment, field_id)
        if birth is not None and day is not None and age_on(birth, day) < adult:
            why.see(judgment, "birth_date", field_id)
            return f"{birth}出生，{word}时{age_on(birth, day)}周岁"
    return ""
