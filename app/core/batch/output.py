"""The JSON files of the headless run, in the shapes promised to the outside (contract §2)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from app import __version__
from app.core.actions.compare import Compared, Difference
from app.core.actions.receive import SheetResult
from app.core.checks.quality.report import Health, Remark, SheetQuality
from app.core.findings import Basis, CaseReview, Evidence, Finding, Outcome, Overview, Person, Verdict

FIRST_PLACES = 20


def findings_json(
    findings: Iterable[Finding],
    reviews: Sequence[CaseReview],
    as_of: date,
    edition: str,
    report: Iterable[SheetQuality] = (),
    overviews: Iterable[Overview] = (),
) -> bytes:
    """All findings, and what could not be evaluated of cases, whole batches and whole sheets, as one document."""
    return _write(
        {
            "as_of": as_of.isoformat(),
            "program": __version__,
            "law": {"edition": edition},
            "findings": [_finding(each) for each in findings],
            "not_evaluated": [
                *(row for each in reviews for row in _not_evaluated(each.person, each.case, each.verdicts)),
                *(row for each in overviews for row in _not_evaluated(Person(""), each.label, each.verdicts)),
                *(row for each in report for row in _not_asked(each)),
            ],
        }
    )


def conclusions_json(reviews: Iterable[CaseReview]) -> bytes:
    """One entry a case: conclusion, the rules it rests on, those passed, those not evaluated."""
    return _write([_conclusion(each) for each in reviews])


def import_json(
    results: Iterable[SheetResult],
    report: Iterable[SheetQuality] = (),
    changed: Callable[[int], Iterable[Difference]] = lambda _: (),
) -> bytes:
    """One entry a sheet; accepted + rejected = rows. The report on quality stands with the sheets it is about.

    A sheet that was compared with an earlier one tells how in "compared": new + changed + same = accepted; `changed`
    gives a batch's rows that came again with other values.
    """
    by_batch = {each.number: each for each in report}
    return _write([_sheet(each, changed) | _quality(by_batch.get(each.batch_id)) for each in results])


def _write(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")


def _finding(finding: Finding) -> dict[str, Any]:
    verdict = finding.verdict
    return {
        "key": finding.key,
        "rule": verdict.rule,
        "rule_name": verdict.rule_name,
        "desk": finding.desk,
        "level": verdict.level,
        "gravity": verdict.gravity,
        "harm": verdict.harm,
        "person": _person(finding.person),
        "case": finding.case,
        "unit": finding.unit,
        "message": verdict.message,
        "basis": [_basis(each) for each in verdict.basis],
        "steps": list(verdict.steps),
        "evidence": [_evidence(each) for each in verdict.evidence],
        "document": verdict.document,
    }


def _person(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "id_number": person.id_number,
        "prisoner_no": person.prisoner_no,
        "match": str(person.match),
    }


def _basis(basis: Basis) -> dict[str, Any]:
    begin, end = basis.in_force
    return {
        "law": basis.law,
        "article": basis.article,
        "in_force": [begin and begin.isoformat(), end and end.isoformat()],
        "certainty": basis.certainty,
    }


def _evidence(each: Evidence) -> dict[str, Any]:
    return {
        "file": each.file,
        "sheet": each.sheet,
        "row": each.row,
        "column": each.column,
        "field": each.field,
        "raw": each.raw,
        "value": each.value,
    }


def _not_evaluated(person: Person, case: str, verdicts: Iterable[Verdict]) -> Iterable[dict[str, Any]]:
    for each in verdicts:
        if each.outcome is Outcome.NOT_EVALUATED:
            yield {
                "rule": each.rule,
                "person": _person(person),
                "case": case,
                "missing": list(each.missing),
                "holder": each.holder,
            }


def _not_asked(sheet: SheetQuality) -> Iterable[dict[str, Any]]:
    for each in sheet.remarks:
        if each.health is Health.LACKING:
            yield {
                "rule": each.rule,
                "person": _person(Person("")),
                "case": sheet.place,
                "missing": list(each.missing),
                "holder": sheet.holder,
            }


def _conclusion(review: CaseReview) -> dict[str, Any]:
    of = {outcome: [each.rule for each in review.verdicts if each.outcome is outcome] for outcome in Outcome}
    return {
        "person": _person(review.person),
        "case": review.case,
        "conclusion": review.conclusion,
        "reasons": list(review.reasons),
        "passed": of[Outcome.LAWFUL],
        "not_evaluated": of[Outcome.NOT_EVALUATED],
        "largest_lawful": review.largest_lawful,
    }


def _sheet(result: SheetResult, changed: Callable[[int], Iterable[Difference]]) -> dict[str, Any]:
    told = {
        "file": result.file,
        "sheet": result.sheet,
        "table": result.table or None,
        "header_row": result.header_row,
        "mapping": dict(result.mapping),
        "unmapped": list(result.unmapped),
        "rows": result.rows,
        "accepted": result.accepted,
        "rejected": [
            {"row": each.row, "column": each.column, "value": each.value, "reason": each.reason}
            for each in result.rejected
        ],
        "hidden": {
            "sheet": result.hidden.sheet,
            "rows": list(result.hidden.rows),
            "columns": list(result.hidden.columns),
        },
    }
    if result.compared is not None:
        told["compared"] = _compared(result.compared, changed(result.batch_id))
    return told


def _quality(sheet: SheetQuality | None) -> dict[str, Any]:
    """What the checks of quality say of a sheet, and how far its columns are filled; empty for one not taken in."""
    if sheet is None:
        return {"quality": [], "coverage": {}}
    return {"quality": [_remark(each) for each in sheet.remarks], "coverage": _coverage(sheet)}


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "id": remark.rule,
        "name": remark.name,
        "result": remark.health,
        "count": remark.count,
        "rows": remark.rows,
        "says": remark.says,
        "do": remark.do,
        "first": [
            {"row": each.row, "column": each.column, "field": each.field, "value": each.raw, "reason": each.why}
            for each in remark.spots[:FIRST_PLACES]
        ],
    }


def _coverage(sheet: SheetQuality) -> dict[str, Any]:
    return {
        "accepted": sheet.accepted,
        "identified": sheet.identified,
        "columns": {
            each.column: {"field": each.field, "filled": each.filled, "readable": each.readable}
            for each in sheet.coverage
        },
    }


def _compared(compared: Compared, changed: Iterable[Difference]) -> dict[str, Any]:
    before = compared.before
    return {
        "before": {"file": before.file, "sheet": before.sheet, "imported_at": before.imported_at},
        "new": compared.new,
        "changed": [
            {
                "row": each.new.row,
                "before_row": each.old.row,
                "columns": {name: {"before": old, "after": new} for name, old, new in each.fields},
            }
            for each in changed
        ],
        "same": compared.same,
        "vanished": [
            {"file": each.file, "sheet": each.sheet, "row": each.row, "person": each.person, "question": each.what}
            for each in compared.missed
        ],
    }
