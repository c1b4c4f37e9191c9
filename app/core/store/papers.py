"""Documents and their numbers: a number is taken before the document is filled, and never given twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any

from app.core.errors import UserError
from app.core.store.audit import Audit
from app.core.store.codec import pack
from app.core.store.link import Link
from app.core.store.rows import Paper, PaperState, Series

COLUMNS = (
    "id, kind, template, case_id, series, year, office, n, number, state, finding_keys,"
    " reserved_at, made_at, file, sha256, void_why"
)
OF_CASE = "(SELECT batch_id FROM cases WHERE id = ?)"  # whose row a document about a case is made from


class Papers:
    """The documents of all desks."""

    def __init__(self, link: Link, audit: Audit) -> None:
        self._link = link
        self._audit = audit

    def reserve(self, series: Series, *, now: str) -> int:
        """Take the next number of a series; it is committed at once and never comes back, whatever happens after."""
        with self._link.alone():
            return self._take(series, now)

    def reserve_for(  # noqa: PLR0913  what a paper is, and who took it
        self,
        case_id: int,
        kind: str,
        series: Series,
        number: Callable[[int], str],
        *,
        template: str,
        finding_keys: Sequence[str] = (),
        taken: Collection[int] = (),
        now: str,
        who: str,
    ) -> Paper:
        """Take a number for a document about a case, or go on with the one that was reserved and not made.

        `number` writes the whole document number around the counter's value. Whoever holds the transaction commits it
        before a file bears the number. `taken` are papers that others of the same run go on with.
        """
        with self._link.atomic():
            draft = self._draft(case_id, kind, series, finding_keys, taken)
            if draft is not None:
                return self._refresh(draft, template, finding_keys)
            n = self._take(series, now)
            counted: dict[str, str | int] = {"series": series.id, "year": series.year, "office": series.office}
            return self._add(case_id, kind, template, number(n), finding_keys, counted | {"n": n}, now=now, who=who)

    def draft_for(
        self,
        case_id: int,
        kind: str,
        *,
        template: str,
        number: str = "",
        finding_keys: Sequence[str] = (),
        taken: Collection[int] = (),
        now: str,
        who: str,
    ) -> Paper:
        """Enter a document without a counter of its own (送达回证), or go on with the one that was not made."""
        with self._link.atomic():
            draft = self._draft(case_id, kind, None, finding_keys, taken)
            if draft is not None:
                self._link.change("UPDATE papers SET number = ? WHERE id = ?", (number, draft.id))
                return self._refresh(draft, template, finding_keys)
            return self._add(case_id, kind, template, number, finding_keys, {}, now=now, who=who)

    def claim(self, paper_id: int, *, file: str, sha256: str) -> None:
        """Put down which file a reserved document is about to be written to, so that it is known after a power cut."""
        self._link.change("UPDATE papers SET file = ?, sha256 = ? WHERE id = ?", (file, sha256, paper_id))

    def mark_issued(self, paper_id: int, *, file: str, sha256: str, now: str, who: str) -> None:
        """Put down that the document was written, under which name and with which bytes."""
        with self._link.atomic():
            paper = self.paper(paper_id)
            if paper.state is not PaperState.RESERVED:
                raise UserError(f"文书{paper.number}的状态是“{paper.state}”，不能再次登记制作", do="请另行制作一份")
            self._link.change(
                f"UPDATE papers SET state = ?, file = ?, sha256 = ?, made_at = ?, batch_id = {OF_CASE} WHERE id = ?",
                (PaperState.ISSUED, file, sha256, now, paper.case_id, paper_id),
            )
            self._note("制作文书", paper, now, who, file=file, sha256=sha256)

    def void(self, paper_id: int, *, why: str, now: str, who: str) -> None:
        """Declare a document void; its number stays taken."""
        with self._link.atomic():
            paper = self.paper(paper_id)
            if paper.state is PaperState.VOID:
                raise UserError(f"文书{paper.number}已经作废", do="不必再操作")
            sql = "UPDATE papers SET state = ?, void_why = ? WHERE id = ?"
            self._link.change(sql, (PaperState.VOID, why, paper_id))
            self._note("作废文书", paper, now, who, why=why)

    def paper(self, paper_id: int) -> Paper:
        """One document; KeyError when there is none under this id."""
        found = self._select("id = ?", (paper_id,))
        if not found:
            raise KeyError(f"no paper {paper_id}")
        return found[0]

    def all(self, case_id: int | None = None, state: PaperState | None = None) -> list[Paper]:
        """Documents, oldest first: of one case, in one state, or all."""
        wanted = (("case_id = ?", case_id), ("state = ?", state))
        where = [(condition, value) for condition, value in wanted if value is not None]
        return self._select(" AND ".join(each for each, _ in where) or "1", [value for _, value in where])

    def of_batch(self, batch_id: int) -> list[Paper]:
        """The documents made, or to be made, from the rows of one batch."""
        return self._select("batch_id = ? AND case_id IS NOT NULL", (batch_id,))

    def _take(self, series: Series, now: str) -> int:
        found = self._link.row("SELECT max(n) FROM numbers WHERE series = ? AND year = ? AND office = ?", series)
        n = int((found and found[0]) or 0) + 1
        self._link.change(
            "INSERT INTO numbers (series, year, office, n, taken_at) VALUES (?, ?, ?, ?, ?)", (*series, n, now)
        )
        return n

    def _draft(
        self, case_id: int, kind: str, series: Series | None, keys: Sequence[str], taken: Collection[int]
    ) -> Paper | None:
        """A document that was reserved and not made, one on the same findings first."""
        drafts = self._select("case_id = ? AND kind = ? AND state = ?", (case_id, kind, PaperState.RESERVED))
        free = [each for each in drafts if each.series == series and each.id not in taken]
        return min(free, key=lambda each: each.finding_keys != tuple(keys), default=None)

    def _refresh(self, draft: Paper, template: str, finding_keys: Sequence[str]) -> Paper:
        self._link.change(
            "UPDATE papers SET template = ?, finding_keys = ? WHERE id = ?",
            (template, pack(list(finding_keys)), draft.id),
        )
        return self.paper(draft.id)

    def _add(
        self,
        case_id: int,
        kind: str,
        template: str,
        number: str,
        finding_keys: Sequence[str],
        counted: dict[str, str | int],
        *,
        now: str,
        who: str,
    ) -> Paper:
        values = {
            "kind": kind,
            "template": template,
            "case_id": case_id,
            "number": number,
            "state": PaperState.RESERVED.value,
            "finding_keys": pack(list(finding_keys)),
            "reserved_at": now,
        }
        paper_id = self._link.insert("papers", values | counted)
        self._link.change(f"UPDATE papers SET batch_id = {OF_CASE} WHERE id = ?", (case_id, paper_id))
        paper = self.paper(paper_id)
        self._note("预留文书", paper, now, who)
        return paper

    def _note(self, act: str, paper: Paper, now: str, who: str, **more: Any) -> None:
        what = {"paper": paper.id, "kind": paper.kind, "number": paper.number, "case": paper.case_id}
        self._audit.note(act, what | more, at=now, who=who)

    def _select(self, condition: str, values: Sequence[Any]) -> list[Paper]:
        sql = f"SELECT {COLUMNS} FROM papers WHERE {condition} ORDER BY id"
        return [_read_paper(row) for row in self._link.rows(sql, values)]


def _read_paper(row: Sequence[Any]) -> Paper:
    number_id, kind, template, case_id, series, year, office, n, number, state, keys, reserved, made, *rest = row
    file, sha256, void_why = rest
    return Paper(
        id=number_id,
        kind=kind,
        template=template,
        case_id=case_id,
        series=None if series is None else Series(series, year, office),
        n=n,
        number=number,
        state=PaperState(state),
        finding_keys=tuple(json.loads(keys)),
        reserved_at=reserved,
        made_at=made,
        file=file,
        sha256=sha256,
        void_why=void_why,
    )
