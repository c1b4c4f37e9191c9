"""Which cell each word and each finding of a case rests on, for a page of proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.core.documents.context import case_sources
from app.core.documents.finding_words import person_cells
from app.core.documents.phrases import in_words
from app.core.documents.results import EMPTY_CELL
from app.core.findings import Evidence, Verdict
from app.core.records import Record, show

PROPOSALS = "R1"


def word_sources(desk: str, rows: Sequence[Record]) -> Mapping[str, Evidence]:
    """The cell each word of a case was taken from, by the word; words worked out of several cells are not in it."""
    proposal = next((each for each in rows if each.table == PROPOSALS), None)
    if proposal is not None:
        return case_sources(proposal)
    found = {}
    for word, (row, field_id) in person_cells(desk, rows).items():
        cell = row.cells[field_id]
        found[word] = Evidence(row.file, row.sheet, row.row, cell.column, field_id, cell.raw, show(cell.value))
    return found


def source_rows(words: Mapping[str, Evidence], verdicts: Sequence[Verdict]) -> list[dict[str, object]]:
    """The rows of the page: first the words, then the findings, each with every cell it rests on."""
    told = [(word, each) for word, each in words.items()]
    told += [(f"{verdict.rule} {verdict.rule_name}", each) for verdict in verdicts for each in verdict.evidence]
    return [
        {
            "序号": str(n),
            "用处": use,
            "内容": in_words(each.value),
            "文件": each.file,
            "工作表": each.sheet,
            "行": str(each.row),
            "列": each.column,
            "原文": each.raw.strip() or EMPTY_CELL,
        }
        for n, (use, each) in enumerate(told, 1)
    ]
