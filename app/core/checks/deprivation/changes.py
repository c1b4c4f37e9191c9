"""How long it may be, what rulings changed, and whether court, prison and police say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.checks.deprivation.book import APPEAL, CORRECT, RULES, deprived, listed
from app.core.checks.deprivation.case import Matter
from app.core.checks.deprivation.matters import FOR_LIFE
from app.core.checks.deprivation.sources import Stated, kind_in, stated_in
from app.core.checks.persons import day_of
from app.core.checks.why import Missing, Why
from app.core.findings import Gravity, Harm, Verdict
from app.core.records import Record
from app.core.sentence.deprivation import Ground
from app.core.values import Deprivation, Sentence, SentenceKind, Term

NAMES = {"T01": "裁判", "T19": "释放名单", "T20": "列管名单", "T22": "减刑裁定", "T02": "矫正名册"}


def _length(case: Matter) -> str:
    if reason := deprived(case):
        return reason
    return "管制附加的与管制等长，另行核查" if case.ground is Ground.CONTROL else ""


@dataclass(frozen=True, slots=True)
class _Fault:
    """A length that no reading of the law allows; `doubt` where the original penalty is not known."""

    said: str
    row: Record
    field: str
    doubt: bool = False


@RULES.rule(
    *("BQ-13", "剥权期限长度违法", "CL-55.1", "CL-57.1"),
    when=_length,
    about=("T01", "T19", "T20", "T22"),
    gravity=Gravity.GRAVE,
    harm=Harm.RIGHTS,
    document=APPEAL,
)
def wrong_length(case: Matter, why: Why) -> Verdict:
    """The term keeps between the least and the most the law allows for the principal penalty."""
    if case.stated is None:
        raise Missing("剥夺政治权利的期限", holder="人民法院、监狱")
    faults = [*_by_rulings(case, why), *_as_judged(case, why)]
    for each in faults:
        why.see(each.row, each.field, "sentence", "sentence_before", "sentence_kind")
    if sure := [each for each in faults if not each.doubt]:
        return why.unlawful("；".join(each.said for each in sure))
    if faults:
        return why.doubt("；".join(each.said for each in faults))
    why.see(case.stated.row, case.stated.field)
    return why.lawful(f"{NAMES.get(case.stated.row.table, '')}{case.stated.value}，在法定期限以内")


def _by_rulings(case: Matter, why: Why) -> Iterator[_Fault]:
    """Lengths that rulings of commutation fixed."""
    for row in case.rulings:
        found, ruled = stated_in(row, "deprivation_after"), day_of(row, "ruled_on")
        if found is None or not found.value:
            continue
        before = row["sentence_before"]
        from_life = isinstance(before, Sentence) and before.kind in FOR_LIFE
        term, label = found.value.term, f"{ruled or ''}减刑裁定"
        if found.value.life:
            continue
        if from_life and _made_fixed(row):
            day = ruled or why.day
            old = "" if ruled is not None and why.law.provision("R16-17.2").holds(ruled) else "_before"
            least, most = (why.number(f"deprivation_{each}_changed{old}", day) for each in ("least", "most"))
            if not _within(term, least, most):
                low, high = Term.of_months(least), Term.of_months(most)
                yield _Fault(
                    f"{label}把{before}减为有期徒刑，剥夺政治权利{term}，应为{low}以上{high}以下", row, found.field
                )
            continue
        least = why.number("deprivation_least_final" if case.lifelong else "deprivation_least")
        if term < Term.of_months(least):
            yield _Fault(f"{label}把剥夺政治权利改为{term}，不得少于{Term.of_months(least)}", row, found.field)


def _made_fixed(ruling: Record) -> bool:
    """Whether a ruling made a fixed term of a life sentence."""
    return day_of(ruling, "end_after", "start_after") is not None


def _within(term: Term, least: int, most: int) -> bool:
    return Term.of_months(least) <= term <= Term.of_months(most)


def _as_judged(case: Matter, why: Why) -> Iterator[_Fault]:
    """The length as judged, or as the prison or the police state it."""
    found = next(
        (each for row in (*case.judgments, *case.releases, *case.listings) if (each := stated_in(row, "deprivation"))),
        None,
    )
    if found is None or not found.value or (found.row.table == "T20" and case.change is not None):
        return
    name, value = NAMES[found.row.table], found.value
    sentence = found.row["sentence"]
    for_life = kind_in(found.row) in FOR_LIFE or (isinstance(sentence, Sentence) and sentence.kind in FOR_LIFE)
    if for_life:
        if value.life or case.rulings or case.change is not None:
            return
        ordered = found.row.table == "T01"
        least, most = why.number("deprivation_least_changed_before"), why.number("deprivation_most_changed_before")
        if ordered or not _within(value.term, least, most):
            said = f"{name}的主刑是{case.sentence or '无期徒刑、死缓'}，剥夺政治权利{value.term}，应当为终身"
            yield _Fault(said + ("" if ordered else "或者已依法变更"), found.row, found.field, doubt=not ordered)
        return
    if value.life:
        yield from _life_for_less(case, found)
    if value.life or not value.term:
        return
    least, most = why.number("deprivation_least"), why.number("deprivation_most")
    low, high = Term.of_months(least), Term.of_months(most)
    why.step(f"{name}剥夺政治权利{value.term}，法定{low}以上{high}以下")
    if value.term < low:
        unsure = found.row.table == "T20" and case.sentence is None and not case.kinds
        yield _Fault(f"{name}剥夺政治权利{value.term}，少于{low}", found.row, found.field, doubt=unsure)
    elif value.term > high:
        joined = any(each["joinder"] for each in case.judgments)
        if joined:
            why.cite("CL-69.3")
        sure = not joined and not case.lifelong and _fixed(case, found)
        more = "；数罪并罚能否超过五年有不同意见" if joined else "" if sure else "；须先查明原判主刑"
        yield _Fault(f"{name}剥夺政治权利{value.term}，超过{high}{more}", found.row, found.field, doubt=not sure)


def _life_for_less(case: Matter, found: Stated) -> Iterator[_Fault]:
    """Deprivation for life goes with life and death alone; Missing where the principal penalty is not known."""
    row, sentence = found.row, found.row["sentence"]
    kind = kind_in(row) or (sentence.kind if isinstance(sentence, Sentence) else None)
    if case.lifelong:
        return
    if kind is None and not (row.table == "T01" and (case.alone or case.on_probation)):
        raise Missing("原判主刑", holder="人民法院、监狱")
    said = f"{NAMES[row.table]}的主刑是{case.sentence or kind or '无'}，剥夺政治权利终身，终身只适用于死刑、无期徒刑"
    yield _Fault(said, row, found.field, doubt=row.table != "T01")


def _fixed(case: Matter, found: Stated) -> bool:
    """Whether it is known that the principal penalty as judged was a fixed term, detention or none."""
    if found.row.table == "T01" and (case.alone or case.on_probation):
        return True
    sentence = found.row["sentence"]
    kind = kind_in(found.row) or (sentence.kind if isinstance(sentence, Sentence) else None)
    return found.row.table != "T20" and kind in (SentenceKind.FIXED_TERM, SentenceKind.DETENTION)


def _changed(case: Matter) -> str:
    if reason := listed(case):
        return reason
    ruled = case.change is not None and case.change.row.table == "T22"
    return "" if ruled else "没有变更剥夺政治权利的裁定"


@RULES.rule("BQ-14", "减刑裁定变更剥权未更新", "CL-58.1", "R16-17.1", when=_changed, about=("T22",), document=CORRECT)
def not_updated(case: Matter, why: Why) -> Verdict:
    """The police list the term the last ruling fixed."""
    change, told = case.change, _told(case)
    assert change is not None
    if told is None:
        raise Missing("剥权期限", holder="公安机关")
    why.see(change.row, change.field, "ruled_on")
    why.see(told.row, told.field)
    why.step(f"{day_of(change.row, 'ruled_on') or ''}裁定{change.value}，列管名单{told.value}")
    if _same(change.value, told.value):
        return why.lawful("列管期限已更新")
    if any(_same(each.value, told.value) for each in _joined(case)):
        return why.lawful("列管期限与后来并罚的判决一致")
    return why.unlawful(f"减刑裁定已变更为{change.value}，列管仍为{told.value}", harm=Harm.RIGHTS)


def _told(case: Matter) -> Stated | None:
    return stated_in(case.listing, "deprivation")


def _joined(case: Matter) -> list[Stated]:
    rows = case.rows("T15")
    return [each for row in rows for name in ("deprivation", "remaining_deprivation") if (each := stated_in(row, name))]


def _same(one: Deprivation, other: Deprivation) -> bool:
    if one.life or other.life:
        return one.life and other.life
    return (one.term.total_months, one.term.days) == (other.term.total_months, other.term.days)


def _three(case: Matter) -> str:
    if case.ground is Ground.CONTROL:
        return "管制附加的另行核查"
    told = _told(case)
    if told is None and not case.releases:
        return "只有一处写明期限"
    if case.change is not None and case.change.row.table == "T22":
        return "期限已由裁定变更，另行核查"
    own = case.original
    return "裁判没有剥夺政治权利，另行核查" if own is not None and own.row.table == "T01" and not own.value else ""


@RULES.rule(
    *("BQ-15", "裁判、释放、列管三方期限不一致", "CL-58.1", "PR19-627"),
    when=_three,
    about=("T19", "T20"),
    document=CORRECT,
    harm=Harm.RIGHTS,
)
def three_terms(case: Matter, why: Why) -> Verdict:
    """Court, prison and police state the same term while no ruling changed it."""
    judged = next((each for row in case.judgments if (each := stated_in(row, "deprivation"))), None)
    prison = next((each for row in case.releases if (each := stated_in(row, "deprivation"))), None)
    after = next((each for row in case.releases if (each := stated_in(row, "deprivation_after")) and each.value), None)
    said = [each for each in (judged, prison, after, _told(case)) if each is not None]
    if len({each.row.table for each in said}) < 2:
        raise Missing("裁判、释放、列管三处写明的剥夺政治权利期限", holder="人民法院、监狱、公安机关")
    for each in said:
        why.see(each.row, each.field)
        why.step(f"{NAMES[each.row.table]}{'变更后' if each.field.endswith('after') else ''}：{each.value}")
    first = [each for each in (judged, prison) if each is not None]
    last = [each for each in (after or prison or judged, _told(case)) if each is not None]
    odd = [pair for pair in (first, last) if len(pair) > 1 and not _same(pair[0].value, pair[1].value)]
    if not odd:
        return why.lawful("期限一致")
    one, other = odd[0]
    message = f"{NAMES[one.row.table]}{one.value}，{NAMES[other.row.table]}{other.value}，期限不一致"
    if any(_same(each.value, other.value) for each in _joined(case)):
        return why.lawful("列管期限与后来并罚的判决一致")
    reduced = any(each["reductions"] or each["reduced"] for each in case.releases)
    if reduced and not case.lists.has("T22"):
        return why.doubt(f"{message}；期间有减刑，未见裁定，须先查明是否变更")
    return why.unlawful(message)
