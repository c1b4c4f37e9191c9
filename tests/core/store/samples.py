"""Artificial sheets, cases and reviews for the store's tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.core.findings import (
    Basis,
    CaseReview,
    Conclusion,
    Evidence,
    Finding,
    Gravity,
    Harm,
    Level,
    Match,
    Outcome,
    Person,
    Verdict,
)
from app.core.records import Cell, Record
from app.core.store.database import Store
from app.core.store.rows import BatchFacts, Series
from app.core.store.written import Written, write

NOW = "2026-11-21T09:30:00"
LATER = "2026-11-22T10:00:00"
WHO = "示例检察官"
DAY = date(2026, 11, 21)
FILE, SHEET = "示例提请表.xlsx", "第一页"
LABELS = {"罪犯编号": "prisoner_no", "罪犯姓名": "name", "报请日": "filed_on"}
OPINIONS = Series("commutation_opinion", 2026, "执检")


def record(number: int, table: str = "R1", sheet: str = SHEET) -> Record:
    """A record that differs from every other in its row, number and name."""
    cells = {
        "prisoner_no": Cell(f"0033{number:05d}", f"0033{number:05d}", "罪犯编号"),
        "name": Cell(f"赵样{number}", f" 赵样{number}", "罪犯姓名"),
        "filed_on": Cell(date(2026, 10, 1 + number % 28), f"2026.10.{1 + number % 28}", "报请日", "年月日以点分隔"),
    }
    return Record(table, FILE, sheet, number + 2, cells)


def records(count: int, table: str = "R1") -> Iterator[Record]:
    """Records 1 to `count`."""
    return (record(number, table) for number in range(1, count + 1))


def facts(accepted: int, rejected: int = 0, *, table: str = "R1", sha256: str = "ab" * 32) -> BatchFacts:
    """What is known of a sheet with so many rows."""
    return BatchFacts(
        file=FILE,
        sha256=sha256,
        sheet=SHEET,
        table=table,
        header_row=2,
        mapping=LABELS,
        unmapped=("从严情形说明",),
        rows=accepted + rejected,
        accepted=accepted,
        rejected=rejected,
    )


def stored_batch(store: Store, count: int, *, table: str = "R1") -> int:
    """A batch of so many records in the store; its number."""
    batch = store.batches.add(facts(count, table=table), now=NOW, who=WHO)
    store.batches.put_records(batch, records(count, table))
    return batch


def stored_cases(store: Store, count: int) -> Sequence[int]:
    """Cases of the reduction desk on a batch of their own; their ids."""
    batch = store.batches.add(facts(count), now=NOW, who=WHO)
    ids = store.batches.put_records(batch, records(count))
    return store.casebook.open_cases(
        {
            "record_id": record_id,
            "batch_id": batch,
            "desk": "reduction",
            "name": str(each["name"]),
            "prisoner_no": str(each["prisoner_no"]),
            "filed_on": str(each["filed_on"]),
        }
        for record_id, each in zip(ids, records(count), strict=True)
    )


def verdict(rule: str, level: Level | None = None, message: str = "", fact: str = "") -> Verdict:
    """A lawful verdict, or one that found something of a level."""
    found = level is not None
    return Verdict(
        rule,
        f"规则{rule}",
        Outcome.FOUND if found else Outcome.LAWFUL,
        ("上次裁定送达日 2024-03-15", "＋12个月 → 2025-03-15"),
        (Evidence(FILE, SHEET, 5, "报请日", "filed_on", "2025.3.14", "2025-03-14"),),
        (Basis("示例规定", "第六条", (date(2017, 1, 1), None), "V", "间隔不得少于一年"),),
        level=level,
        gravity=Gravity.SERIOUS if level is Level.UNLAWFUL else None,
        harm=Harm.HELD_TOO_SHORT if found else None,
        message=message,
        document="检察意见书" if found else None,
        fact=fact,
    )


def not_evaluated(rule: str) -> Verdict:
    """A verdict that could not be given."""
    return Verdict(rule, f"规则{rule}", Outcome.NOT_EVALUATED, missing=("裁定送达日期",), holder="监狱")


def review(number: int, *verdicts: Verdict, conclusion: Conclusion = Conclusion.REFUSE) -> CaseReview:
    """A review of the case of sample person `number`."""
    person = Person(f"赵样{number}", "", f"0033{number:05d}", Match.LIKELY)
    return CaseReview(
        person,
        f"{number}号案",
        "例县监狱",
        conclusion,
        tuple(each.rule for each in verdicts),
        verdicts,
        "六个月",
        {"甲": "乙"},
    )


def findings_of(found: CaseReview) -> list[Finding]:
    """The findings of a review, the way a desk makes them: rule, person and fact make the key."""
    return [
        Finding(
            f"{each.rule}|{found.person.prisoner_no}|{each.fact}",
            "reduction",
            found.person,
            found.case,
            found.unit,
            each,
        )
        for each in found.verdicts
        if each.outcome is Outcome.FOUND
    ]


def put(store: Store, *reviews: tuple[int, CaseReview], now: str = NOW) -> int:
    """Keep reviews the way the action does."""
    return store.casebook.put_reviews(map(written, reviews), as_of=DAY, law_edition="示例版", now=now)


def written(reviewed: tuple[int, CaseReview]) -> tuple[int, Written]:
    """The review of a case as it is kept."""
    case, found = reviewed
    return case, write(found, findings_of(found))
