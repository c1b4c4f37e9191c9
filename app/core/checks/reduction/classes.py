"""Which class of prisoner a case belongs to, and how sure that is: the readings under which it is then judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.core.checks.dossier import text_of
from app.core.checks.reduction.case import TABLES, ReductionCase, Stage
from app.core.checks.reduction.history import HEAVY
from app.core.checks.reduction.paying import NONE_WORDS, Sure, refusing, row_refusal
from app.core.checks.reduction.told import said
from app.core.checks.why import Missing, Why
from app.core.law.book import LawGap, Row
from app.core.law.offences import shipped as offence_list
from app.core.values import Sentence, Term


@dataclass(frozen=True, slots=True)
class Reading:
    """One lawful way to classify the case: the table row that then answers, why, and how sure that is."""

    row: Row
    because: str
    sure: Sure = Sure.YES


DRUGS = "毒品"
SHIELDING = ("包庇", "纵容")  # of a gang, by an official: no violence of his own
# The columns that decide the class.
ANY = "any"  # the rows of the rules before 2017, which do not tell the classes apart
DECISIVE = (
    "offence",
    "sentence_kind",
    "sentence",
    "offence_terms",
    "recidivist",
    "drug_recidivist",
    "strict_classes",
    "restricted",
)


def classes(case: ReductionCase) -> dict[str, tuple[Sure, str]]:
    """The strict classes that hold or may hold, each with the reason (法释〔2016〕23号 第七条、第九条、第十一条)."""
    found: dict[str, tuple[Sure, str]] | None = case.memo.get("classes")
    if found is None:
        found = case.memo["classes"] = _classes(case)
    return found


def _classes(case: ReductionCase) -> dict[str, tuple[Sure, str]]:
    found: dict[str, tuple[Sure, str]] = {}

    def put(group: str, sure: Sure, because: str) -> None:
        if sure > found.get(group, (Sure.NO, ""))[0]:
            found[group] = (sure, because)

    for each in case.offences:
        if each.group != "V8":
            official = case.flag("official")
            if each.when_official and official is not True:
                continue
            certain = each.certain and not (each.graft and official is False)
            certain = certain or (each.graft and official is True)
            put(each.group, Sure.YES if certain else Sure.OPEN, f"罪名含{each.name}罪")
    flags = offence_list().flagged(text_of(case.proposal, "strict_classes"))
    for group in sorted(flags - {"V8", "N2"}):
        put(group, Sure.YES, f"从严情形载明{offence_list().class_names[group]}")
    if case.flag("recidivist"):
        put("K7", Sure.YES, "累犯")
    if case.flag("drug_recidivist"):
        put("K6", Sure.YES, "毒品再犯")
    if refusing(case) is Sure.YES:
        put("K8", Sure.YES, "有能力不履行财产性判项，情形尚未消失")
    for group, column in unsaid(case):
        put(group, Sure.UNSAID, f"未载明{column}")
    violence, because = violent(case)
    put("V8", violence, because)
    joinder, because = heavy_joinder(case)
    put("N2", joinder, because)
    return found


def unsaid(case: ReductionCase) -> list[tuple[str, str]]:
    """Classes that cannot be ruled out for want of a column, with that column; a filled 从严情形 rules them out."""
    if text_of(case.proposal, "strict_classes"):
        return []
    offence = text_of(case.proposal, "offence")
    found = [] if offence else [("K1", "罪名")]
    if case.flag("recidivist") is None:
        found.append(("K7", "累犯"))
    if case.flag("drug_recidivist") is None and DRUGS in offence:
        found.append(("K6", "毒品再犯"))
    return found


def maybe_restricted(case: ReductionCase) -> bool:
    """Whether it was not said if commutation is restricted, though 刑法第五十条第二款 would allow it here."""
    if case.restricted is not None:
        return False
    held = classes(case)
    return any(held.get(each, (Sure.NO, ""))[0] >= Sure.OPEN for each in ("K7", "V8"))


def violent(case: ReductionCase) -> tuple[Sure, str]:
    """Whether the case counts for one of the eight violent offences: ten years for that offence, or life and above."""
    named = [each for each in case.offences if each.group == "V8"]
    flagged = "V8" in offence_list().flagged(text_of(case.proposal, "strict_classes"))
    if not named and not flagged:
        return Sure.NO, ""
    what = "、".join(each.name for each in named) or "从严情形载明的暴力犯罪"
    if case.original_kind in HEAVY:
        return Sure.YES, f"{what}，被判{case.original_kind}"
    heavy = case.law.number("heavy_term", case.as_of)
    term = case.original_term
    if term is None or term.total_months < heavy:
        return Sure.NO, ""
    if not joined(case):
        return Sure.YES, f"因{what}被判{term}"
    violence = offence_list().find
    own = [each for each in case.offence_terms if any(one.group == "V8" for one in violence(each.offence))]
    if own:
        hit = any(_at_least(each.sentence, heavy) for each in own)
        return (Sure.YES, f"{what}本罪被判{Term.of_months(heavy)}以上") if hit else (Sure.NO, "")
    return Sure.OPEN, f"数罪并罚中有{what}，未提供该罪单独刑期"


def barring(case: ReductionCase) -> tuple[Sure, str]:
    """Whether the offence bars parole (刑法第八十一条第二款): as `violent`, or perhaps as a gang's organised violence.

    A gang member with ten years for one offence may have been sentenced for such violence; no list says so.
    """
    state, because = violent(case)
    gang = [each.name for each in case.offences if each.group == "K3" and not each.name.startswith(SHIELDING)]
    flagged = "K3" in offence_list().flagged(text_of(case.proposal, "strict_classes"))
    who = "涉黑" if gang or flagged else "恶势力" if said(case, "恶势力", "strict_classes") else ""
    if state is not Sure.NO or not who:
        return state, because
    heavy, term = case.law.number("heavy_term", case.as_of), case.original_term
    single = [each.sentence for each in case.offence_terms]
    if case.original_kind not in HEAVY:
        if term is None or term.total_months < heavy:
            return Sure.NO, ""
        if single and not any(_at_least(each, heavy) for each in single):
            return Sure.NO, ""
    return Sure.OPEN, f"{who}罪犯被判{term or case.original_kind}，可能属于有组织的暴力性犯罪"


def heavy_joinder(case: ReductionCase) -> tuple[Sure, str]:
    """Whether a joinder counts: two offences of ten years each for a fixed term, any joinder for life and above."""
    if not joined(case):
        return Sure.NO, ""
    if case.original_kind in HEAVY:
        return Sure.YES, f"数罪并罚被判{case.original_kind}"
    heavy = case.law.number("heavy_term", case.as_of)
    counts = case.law.number("heavy_counts", case.as_of)
    if case.original_term is None or case.original_term.total_months < heavy:
        return Sure.NO, ""
    if case.offence_terms:
        hits = sum(_at_least(each.sentence, heavy) for each in case.offence_terms)
        return (Sure.YES, f"数罪中{hits}罪各被判{Term.of_months(heavy)}以上") if hits >= counts else (Sure.NO, "")
    if "N2" in offence_list().flagged(text_of(case.proposal, "strict_classes")):
        return Sure.YES, f"从严情形载明数罪各{Term.of_months(heavy)}以上"
    return Sure.OPEN, f"数罪并罚{Term.of_months(heavy)}以上，未提供各罪刑期"


def joined(case: ReductionCase) -> bool:
    """Whether several offences were joined: said so, or several single terms given, or several offences named."""
    said = case.flag("joinder")
    named = said is None and offence_list().several(text_of(case.proposal, "offence"))
    return bool(said) or named or len(case.offence_terms) > 1


def graft(case: ReductionCase) -> tuple[Sure, str]:
    """Whether 法释〔2019〕6号 governs: chapter eight, an official, sentenced since the ninth amendment is in force."""
    named = [each for each in case.offences if each.graft]
    official = case.flag("official") or bool(_filled(case, "official_rank"))
    if not text_of(case.proposal, "offence") and (official or case.flag("official") is None):
        return Sure.UNSAID, "原国家工作人员，未载明罪名" if official else "未载明罪名和原国家工作人员身份"
    if not named or case.flag("official") is False:
        return Sure.NO, ""
    begin = case.law.parameter("graft_judged_from", case.as_of).value
    judged, effective = case.day("judged_on"), case.day("effective_on")
    crime = case.day("offence_date")
    if effective is not None and effective < begin:
        return Sure.NO, ""
    after = (judged is not None and judged >= begin) or (crime is not None and crime >= begin)
    because = f"{named[0].name}罪，判决于{judged or '刑法修正案九施行后'}"
    if after and official:
        return Sure.YES, because
    if after:
        return Sure.OPEN, f"{named[0].name}罪，未载明原国家工作人员身份"
    return Sure.OPEN, f"{named[0].name}罪，判决在 {begin} 以前而生效在后，或者判决日期不明"


def readings(case: ReductionCase, why: Why | None = None, on: date | None = None) -> list[Reading]:
    """Every lawful way to classify the case, the likeliest first; the steps say which class and why.

    Precedence: 限制减刑, 法释〔2019〕6号, strict, ordinary. LawGap when the book has no row for the filing date,
    Missing when the original sentence or the filing date is unknown; `on` is asked instead where nothing was filed.
    """
    found: list[Reading] | None = case.memo.get("readings") if on is None else None
    if found is None:
        found = _read(case, on)
        if on is None:
            case.memo["readings"] = found
    if why is not None:
        why.see(case.proposal, *DECISIVE)
        for refused in case.property_rows.records:
            if row_refusal(refused) is Sure.YES:
                why.see(refused, "refusal", "enforcement")
        for each in found:
            why.step(f"适用：{each.row.says}（{each.because}）")
    return found


def _read(case: ReductionCase, on: date | None) -> list[Reading]:
    table, months = TABLES.get(case.stage), 0
    # A past case is held to the rules of its ruling, one that waits for its own to those of its filing.
    filed = case.day("ruled_on") or case.filed or on
    if filed is None or (case.filed is None and on is None):
        raise Missing("报请日期")
    if table is None:
        raise LawGap("suspended death sentence not yet changed")
    if case.stage is Stage.FIXED:
        if case.term is None:
            raise Missing("原判刑期")
        months = case.term.total_months
    found: list[Reading] = []
    for group, because, sure in _groups(case, table, filed, months):
        row = case.law.row(table, group, filed, months)
        if row not in [each.row for each in found]:
            found.append(Reading(row, because, sure))
    return found


def _groups(case: ReductionCase, table: str, filed: date, months: int) -> list[tuple[str, str, Sure]]:
    groups: list[tuple[str, str, Sure]] = []
    if _has_row(case, table, ANY, filed, months):
        return [(ANY, "当时的规定不分类别写明数值", Sure.YES)]
    if table in ("C", "D-death"):
        if case.restricted:
            return [("restricted", "判决限制减刑", Sure.YES)]
        if maybe_restricted(case):
            groups.append(("restricted", "未载明是否限制减刑", Sure.UNSAID))
    special, because = graft(case)
    if special is not Sure.NO and _has_row(case, table, "graft", filed, months):
        groups.append(("graft", because, special))
        if special is Sure.YES:
            return groups
    held = classes(case)
    personal = [each for key, each in held.items() if key not in ("V8", "N2")]
    crimes = [each for key, each in held.items() if key in ("V8", "N2")]
    for group, members in (("strict", personal), ("violent" if table == "A" else "strict", crimes)):
        sure = max((each[0] for each in members), default=Sure.NO)
        if sure is not Sure.NO:
            groups.append((group, "、".join(each[1] for each in members if each[0] is sure), sure))
        if sure is Sure.YES:
            return groups
    return [*groups, ("ordinary", "如不属上述从严情形" if held else "未见从严情形", Sure.YES)]


def row_of(case: ReductionCase, row: Row, group: str) -> Row:
    """The row of another group that would hold for the same sentence on the same day."""
    months = case.term.total_months if case.term is not None else 0
    return case.law.row(row.table, group, case.rules_day, months)


def _has_row(case: ReductionCase, table: str, group: str, filed: date, months: int) -> bool:
    try:
        case.law.row(table, group, filed, months)
    except LawGap:
        return False
    return True


def _filled(case: ReductionCase, field_id: str) -> str:
    text = text_of(case.proposal, field_id)
    return "" if text in NONE_WORDS else text


def _at_least(sentence: Sentence, months: int) -> bool:
    """Whether a sentence for one offence is as long; life and death are longer than any term."""
    return sentence.term is None or sentence.term.total_months >= months
