"""The report on the quality of what was imported: put together from the store, told as findings, written as a paper."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.law import law_in_force
from app.core.actions.leaving import hand_out
from app.core.actions.quality_paper import Sender, quality_words, unit_of
from app.core.actions.rights import needs
from app.core.actions.templates import template_for
from app.core.checks.quality.check import SheetFacts
from app.core.checks.quality.report import Remark, SheetQuality, Spot
from app.core.checks.quality.run import inspect
from app.core.documents.context import Office
from app.core.documents.kinds import kind
from app.core.files import safe_name
from app.core.findings import Evidence, Finding, Level, Outcome, Person, Verdict
from app.core.intake.declared import tables
from app.core.intake.mapping import BETWEEN
from app.core.jobs import Ticket
from app.core.store.database import Rooms, Store
from app.core.store.rows import Batch

DESK = "quality"
PAPER = "data_quality"
KEY_LENGTH = 20


def quality(store: Rooms, batch_ids: Collection[int] | None, day: date, *, ticket: Ticket) -> Done:
    """Ask every check of quality of some imported sheets (None: of all); the value is a tuple of SheetQuality.

    The sheets are compared with each other. A sheet whose table this program does not know is left out.
    """
    wanted = [
        each for each in store.batches.all() if each.table in tables() and (batch_ids is None or each.id in batch_ids)
    ]
    sheets = [(_facts(store, each), store.batches.records_of(each.id)) for each in wanted]
    report = inspect(sheets, law_in_force(store), day, ticket)
    faults = sum(remark.count for sheet in report for remark in sheet.faults)
    found = f"请核对 {faults} 处" if faults else "没有需要核对的地方"
    return Done(f"体检 {len(report)} 张表，{found}", value=report)


def _facts(store: Rooms, batch: Batch) -> SheetFacts:
    fields: dict[str, str] = {}
    for label, wanted in batch.mapping.items():
        for each in wanted.split(BETWEEN):
            fields.setdefault(each, label)
    return SheetFacts(
        batch.id,
        batch.file,
        batch.sheet,
        tables()[batch.table],
        batch.header_first,
        batch.header_row,
        fields,
        batch.hidden,
        batch.unmapped,
        store.batches.rejects(batch.id),
        batch.aside,
    )


def quality_findings(report: Iterable[SheetQuality]) -> list[Finding]:
    """What every check came upon, one finding for each check of a sheet, under a key that stays the same."""
    alike: Counter[tuple[str, str]] = Counter()
    found = []
    for sheet in report:
        alike[sheet.file, sheet.sheet] += 1
        found += [_finding(sheet, each, alike[sheet.file, sheet.sheet]) for each in sheet.remarks if each.count]
    return found


def _finding(sheet: SheetQuality, remark: Remark, nth: int) -> Finding:
    """A finding about a sheet, the nth of those whose file and sheet have the same names."""
    verdict = Verdict(
        remark.rule,
        remark.name,
        Outcome.FOUND,
        steps=tuple(f"第{each.row}行{_quoted(each.column)}：{each.why}" for each in remark.spots),
        evidence=tuple(_evidence(sheet, each) for each in remark.spots),
        basis=remark.basis,
        level=Level.DATA,
        message=f"{sheet.place}{remark.name}：{remark.says}。{remark.do}。",
        document=kind(PAPER).name,
    )
    said = (remark.rule, sheet.file, sheet.sheet, *([str(nth)] if nth > 1 else ()))
    key = hashlib.sha256("|".join(said).encode()).hexdigest()[:KEY_LENGTH]
    return Finding(key, DESK, Person(""), sheet.place, sheet.holder, verdict)


def _quoted(column: str) -> str:
    return f"“{column}”" if column else ""


def _evidence(sheet: SheetQuality, spot: Spot) -> Evidence:
    return Evidence(sheet.file, sheet.sheet, spot.row, spot.column, spot.field, spot.raw, spot.value)


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """How the paper is to be made: the file, to whom, by which office, the day on it, when and by whom.

    `templates` are the office's own template folders.
    """

    path: Path
    sender: Sender
    office: Office
    day: date
    now: str
    who: str
    templates: tuple[Path, ...] = ()


@needs("papers")
def save_quality(store: Store, sheets: Sequence[SheetQuality], order: PaperOrder, *, ticket: Ticket) -> Done:
    """Write the paper that goes back to the sender of some sheets, and enter it in the log; the value is the file.

    TemplateFault when the office's own template cannot be used, FileInUse or FolderUnwritable when nothing is written.
    """
    path = order.path
    ticket.step(0, 0, f"生成数据体检单：{path.name}")
    template = template_for(store, kind(PAPER), order.templates)
    hand_out(path, template.fill(quality_words(sheets, order.sender, order.office, order.day)))
    with store.atomic():
        what = {"文件": path.name, "批次": [each.number for each in sheets]}
        store.audit.note("生成数据体检单", what, at=order.now, who=order.who)
    return Done(f"数据体检单已保存：{path.name}", value=path)


@needs("papers")
def save_by_file(store: Store, report: Iterable[SheetQuality], order: PaperOrder, *, ticket: Ticket) -> Done:
    """One paper for each delivered file that has something to be mended, in the folder `order.path`; the value is them.

    A paper goes to whom the file's own lists name, if they name one.
    """
    bytes_of = {each.id: each.sha256 for each in store.batches.all()}
    by_file: dict[str, list[SheetQuality]] = {}
    for sheet in report:
        by_file.setdefault(bytes_of[sheet.number], []).append(sheet)
    made: list[Path] = []
    for sheets in by_file.values():
        if any(each.faults or each.rejects for each in sheets):
            stem = safe_name(f"{kind(PAPER).name}_{Path(sheets[0].file).stem}")
            path, number = order.path / f"{stem}.docx", 2
            while path in made:
                path, number = order.path / f"{stem}({number}).docx", number + 1
            own = replace(order, path=path, sender=Sender(unit_of(sheets), order.sender.period))
            made.append(save_quality(store, sheets, own, ticket=ticket).value)
    return Done(f"写出{kind(PAPER).name} {len(made)} 份", value=tuple(made))
