"""Earlier commutations: what each ruling did, which rows tell of the same ruling, and whether the whole is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.core.checks.dossier import text_of
from app.core.records import Record
from app.core.sentence.terms import end_of_term
from app.core.values import Sentence, SentenceKind

CHANGE_TO_LIFE = "减为无期徒刑"
CHANGE_TO_TERM = "减为有期徒刑"
REDUCTION = "减刑"
HEAVY = (SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH)
TOLD = ("served_on", "reduced", "term_after")


def ruling_kind(ruling: Record) -> str:
    """What an earlier ruling did: 减刑, 减为有期徒刑 or 减为无期徒刑; by its words where the kind is not stated."""
    stated = text_of(ruling, "ruling_kind")
    if stated:
        return stated
    after, reduced = ruling["term_after"], ruling["reduced"]
    if isinstance(after, Sentence) and after.kind is SentenceKind.LIFE:
        return CHANGE_TO_LIFE
    if isinstance(reduced, Sentence):
        if reduced.kind is SentenceKind.LIFE:
            return CHANGE_TO_LIFE
        return CHANGE_TO_TERM if "减为" in ruling.cells["reduced"].raw else REDUCTION
    return CHANGE_TO_TERM if isinstance(after, Sentence) else REDUCTION


def kinds(rulings: Sequence[Record], heavy: bool) -> tuple[str, ...]:
    """What each of a person's rulings did, in their order.

    Where the kind is not stated, a term that was left means a change of kind only for who was under a heavier kind:
    an original fixed term, or one already put in place of life, can but have been reduced.
    """
    found: list[str] = []
    for each in rulings:
        kind = ruling_kind(each)
        fixed = not heavy or CHANGE_TO_TERM in found
        if kind == CHANGE_TO_TERM and fixed and not text_of(each, "ruling_kind"):
            kind = REDUCTION
        found.append(kind)
    return tuple(found)


def settle(rulings: Iterable[Record]) -> tuple[tuple[Record, ...], str]:
    """Earlier rulings by date, each once though several lists tell of it; and where the lists contradict each other.

    Undated ones stand last. Of rows about one ruling the one that tells most is kept.
    """
    ordered = sorted(rulings, key=lambda each: (each["ruled_on"] is None, str(each["ruled_on"] or ""), each.row))
    kept: dict[tuple[object, ...], Record] = {}
    faults: list[str] = []
    for each in ordered:
        day = each["ruled_on"]
        key = (day, ruling_kind(each)) if day is not None else (each.file, each.sheet, each.row)
        before = kept.setdefault(key, each)
        if before is each:
            continue
        if any(before[name] is not None and each[name] not in (None, before[name]) for name in TOLD):
            faults.append(f"{day}有两条内容不同的裁定记录")
        elif _told(each) > _told(before):
            kept[key] = each
    return tuple(kept.values()), "；".join(dict.fromkeys(faults))


def _told(ruling: Record) -> int:
    return sum(cell.value is not None for cell in ruling.cells.values())


def not_in_table(table: Sequence[Record], cell: Sequence[Record]) -> str:
    """Which rulings the proposal's own cell names that the table of commutations lacks; "" when none."""
    known = {each["ruled_on"] for each in table}
    lacking = [str(each["ruled_on"]) for each in cell if each["ruled_on"] not in known]
    return f"案件表写有{'、'.join(lacking)}的裁定，历次减刑表中没有" if lacking else ""


def history_gap(proposal: Record, kind: SentenceKind | None, told: bool, slack: int, least: int, moved: int = 0) -> str:
    """Why it is not known that there was no earlier commutation, for a person without any; "" when it is.

    An end date that still follows from the original sentence (within `slack` days, or later) shows that none was
    granted; one earlier by `least` days or more shows that some was, whatever else was delivered. In between, and
    without dates, what was `told` (a table without a row, or the word 无) counts. Custody before the start brings the
    end back (`moved` below nought).
    """
    end, start, sentence = proposal["sentence_end"], proposal["sentence_start"], proposal["sentence"]
    if kind in HEAVY:
        if end is not None:
            return "原判无期徒刑或者死缓而有刑期止日，应有减为有期徒刑的裁定而没有提供"
        return "" if told or _asks_change(proposal) else "未提供历次减刑表，也没有刑期止日"
    if isinstance(end, date) and isinstance(start, date) and isinstance(sentence, Sentence) and sentence.term:
        early = (end_of_term(start, sentence.term) - end).days + min(moved, 0)
        if early >= least:
            return "现刑期止日明显早于按原判计算的止日，应有减刑而没有提供"
        return "" if told or early <= slack else "现刑期止日早于按原判计算的止日，又未提供历次减刑表"
    return "" if told else "未提供历次减刑表，也无法由刑期起止推知"


def _asks_change(proposal: Record) -> bool:
    """Whether a change of life imprisonment or suspended death is proposed, so that it cannot have happened yet."""
    proposed = proposal.cells.get("proposed")
    changed = proposed is not None and (
        "减为" in proposed.raw or (isinstance(proposed.value, Sentence) and not proposed.value.term)
    )
    return changed or proposal["proposed_term"] is not None
