"""Rows destroyed for good: their cells are gone from the file, what was concluded from them stays.

A destroyed batch keeps its line and the numbers of its rows, so that conclusions still say where they came from; the
rows themselves are empty. Conclusions keep their words and sums; of the cells they quote only the places stay, and no
identity number is left in them. The journal is folded in and the file written anew, so that no freed page holds a row.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.core.errors import FolderUnwritable, UserError
from app.core.findings import CaseReview, Evidence, Finding, Verdict
from app.core.jobs import Ticket
from app.core.store.audit import Audit
from app.core.store.batches import Batches
from app.core.store.codec import pack
from app.core.store.link import Link, in_chunks
from app.core.store.phrases import Phrases, deflate
from app.core.store.rows import Batch
from app.core.store.verdicts import read_finding, write_finding

ACT = "销毁原始数据"
MEGABYTE = 1 << 20
GONE = "（原始数据已销毁）"
UNCLEAN = "destruction.unclean"  # the setting: rows are empty, freed pages may still hold them
ROWS = "SELECT id, row, cells FROM records WHERE batch_id = ? AND id > ? ORDER BY id LIMIT 1000"
REFUSED = "SELECT row, column_label, value, reason, texts FROM rejects WHERE batch_id = ? ORDER BY id"
EMPTIED = (
    "UPDATE records SET cells = '' WHERE batch_id = ?",
    "DELETE FROM rejects WHERE batch_id = ?",
    "DELETE FROM questions WHERE batch_id = ?",
    "DELETE FROM questions WHERE record_id IN (SELECT id FROM records WHERE batch_id = ?)",
    "DELETE FROM case_past WHERE batch_id = ?",
    "DELETE FROM case_past WHERE before_id = ?",
    "UPDATE cases SET id_number = '' WHERE batch_id = ?",
)
MARK = "UPDATE batches SET destroyed_at = ?, destroyed_by = ?, aside = '[]' WHERE id = ?"


class Destroyed(NamedTuple):
    """What was destroyed: the batches, how many rows and refused rows, and the SHA-256 over all of it."""

    batches: tuple[Batch, ...]
    rows: int
    refused: int
    sha256: str


class Destruction:
    """Destroys rows, and cleans the file afterwards."""

    def __init__(self, link: Link, audit: Audit, batches: Batches) -> None:
        self._link, self._audit, self._batches = link, audit, batches
        self._phrases = Phrases(link)

    def destroy(self, numbers: Sequence[int], *, now: str, who: str, ticket: Ticket) -> Destroyed:
        """Empty the rows of these batches, all or none; `clean` must follow.

        UserError without a batch, FolderUnwritable when there would be no room to write the file anew.
        """
        known = {each.id: each for each in self._batches.all()}
        wanted = tuple(known[each] for each in sorted(set(numbers)) if each in known)
        if not wanted:
            raise UserError("没有可以销毁的原始数据", do="请先选择要销毁的表")
        self._must_have_room()
        self._link.rows("PRAGMA secure_delete = ON")
        with self._link.atomic():
            digest, rows, refused = hashlib.sha256(), 0, 0
            for number, batch in enumerate(wanted):
                ticket.step(number, len(wanted), f"计算校验值 {batch.file}")
                for line in self._lines(batch):
                    digest.update(f"{line}\n".encode("utf-8", "surrogatepass"))
                rows, refused = rows + batch.accepted, refused + batch.rejected
            self._blank_conclusions(wanted, ticket)
            for batch in wanted:
                ticket.step(0, 0, f"销毁 {batch.file}")
                self._rename_cases(batch)
                for sql in EMPTIED:
                    self._link.change(sql, (batch.id,))
                self._link.change(MARK, (now, who, batch.id))
            self._link.change("INSERT OR REPLACE INTO settings (key, value) VALUES (?, '1')", (UNCLEAN,))
            made = Destroyed(wanted, rows, refused, digest.hexdigest())
            what = {"批次": [each.id for each in wanted], "行": rows, "退回行": refused, "SHA-256": made.sha256}
            self._audit.note(ACT, what, at=now, who=who)
        return made

    def unclean(self) -> bool:
        """Whether rows were emptied and the file was not cleaned yet, because the power failed between."""
        return self._link.row("SELECT 1 FROM settings WHERE key = ?", (UNCLEAN,)) is not None

    def clean(self) -> None:
        """Write the file anew without what was freed, and empty the journal; UserError when there is no room."""
        self._link.rewrite()
        self._link.change("DELETE FROM settings WHERE key = ?", (UNCLEAN,))
        self._link.fold()

    def _must_have_room(self) -> None:
        """The file is written into the journal once more before it is emptied."""
        path = self._link.path
        lacking = path.stat().st_size - shutil.disk_usage(path.parent).free
        if lacking > 0:
            what = f"销毁以后要重写数据文件，磁盘还缺 {lacking // MEGABYTE + 1} MB，什么也没有销毁"
            raise FolderUnwritable(what, do="请腾出空间，再试一次")

    def _lines(self, batch: Batch) -> Iterator[str]:
        last = 0
        while found := self._link.rows(ROWS, (batch.id, last)):
            for number, row, cells in found:
                yield pack([batch.id, row, cells])
                last = number
        yield from (pack([batch.id, *row]) for row in self._link.rows(REFUSED, (batch.id,)))

    def _rename_cases(self, batch: Batch) -> None:
        """Cases of people are known by keys that hold an identity number; from now on by the hash of the key."""
        found = self._link.rows("SELECT id, desk, key FROM cases WHERE batch_id = ? AND key <> ''", (batch.id,))
        names = [(f"destroyed:{hashlib.sha256(key.encode()).hexdigest()[:20]}", number) for number, _, key in found]
        self._link.change_many("UPDATE cases SET key = ? WHERE id = ?", names)
        ends = [(new, desk, key) for (new, _), (_, desk, key) in zip(names, found, strict=True)]
        self._link.change_many("UPDATE endings SET case_key = ? WHERE desk = ? AND case_key = ?", ends)

    def _blank_conclusions(self, batches: Iterable[Batch], ticket: Ticket) -> None:
        """Take the quoted cells and identity numbers out of everything that was concluded."""
        places = {(each.file, each.sheet) for each in batches}
        ids = {each.id for each in batches}
        cases = {number for number, batch in self._link.rows("SELECT id, batch_id FROM cases") if batch in ids}
        self._blank_reviews(places, cases, ticket)
        self._blank_findings(places, cases, ticket)
        for number, content in self._link.rows("SELECT id, content FROM overviews"):
            told = self._phrases.read(content)
            if (after := _without(told, places, whole=False)) != told:
                self._link.change("UPDATE overviews SET content = ? WHERE id = ?", (deflate(after), number))

    def _blank_reviews(self, places: set[tuple[str, str]], cases: set[int], ticket: Ticket) -> None:
        numbers = [number for (number,) in self._link.rows("SELECT case_id FROM reviews ORDER BY case_id")]
        for place, some in enumerate(in_chunks(numbers)):
            ticket.step(place, 0, "清理结论里引用的单元格")
            changed = []
            for number in some:
                (content,) = self._link.row("SELECT content FROM reviews WHERE case_id = ?", (number,)) or (b"",)
                told = self._phrases.read(content)
                after = _without(told, places, whole=number in cases)
                if after != told:
                    changed.append((deflate(after), number))
            self._link.change_many("UPDATE reviews SET content = ? WHERE case_id = ?", changed)

    def _blank_findings(self, places: set[tuple[str, str]], cases: set[int], ticket: Ticket) -> None:
        for table, case in (("sightings", "coalesce(case_id, 0)"), ("endings", "0")):
            numbers = [number for (number,) in self._link.rows(f"SELECT rowid FROM {table}")]
            for place, some in enumerate(in_chunks(numbers)):
                ticket.step(place, 0, "清理线索里引用的单元格")
                sql = f"SELECT rowid, {case}, content FROM {table} WHERE rowid IN (SELECT value FROM json_each(?))"
                changed = []
                for number, of, content in self._link.rows(sql, (pack(some),)):
                    after = _finding_without(content, places, whole=of in cases)
                    if after != content:
                        changed.append((after, number))
                self._link.change_many(f"UPDATE {table} SET content = ? WHERE rowid = ?", changed)
        for key, evidence in self._link.rows("SELECT key, evidence FROM endings"):
            cells = [Evidence(*each) for each in json.loads(evidence)]
            bare = [_blank(each, places) for each in cells]
            if bare != cells:
                self._link.change("UPDATE endings SET evidence = ? WHERE key = ?", (pack(bare), key))


def _without(told: CaseReview, places: set[tuple[str, str]], *, whole: bool) -> CaseReview:
    """A review without the cells of these sheets; `whole` if all of the case rests on them."""
    verdicts = tuple(_verdict_without(each, places) for each in told.verdicts)
    if not whole:
        return told if verdicts == told.verdicts else replace(told, verdicts=verdicts)
    return replace(told, verdicts=verdicts, person=replace(told.person, id_number=""), facts=None)


def _verdict_without(verdict: Verdict, places: set[tuple[str, str]]) -> Verdict:
    if not any((each.file, each.sheet) in places for each in verdict.evidence):
        return verdict
    return verdict._replace(evidence=tuple(_blank(each, places) for each in verdict.evidence))


def _blank(cell: Evidence, places: set[tuple[str, str]]) -> Evidence:
    return cell._replace(raw=GONE, value="") if (cell.file, cell.sheet) in places else cell


def _finding_without(content: str, places: set[tuple[str, str]], *, whole: bool) -> str:
    person, case, unit, verdict = read_finding(content)
    after = _verdict_without(verdict, places)
    who = replace(person, id_number="") if whole else person
    if after is verdict and who == person:
        return content
    return write_finding(Finding("", "", who, case, unit, after))
