"""Asking for data: blank workbooks to be filled in, and the letter that says which columns are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.rights import needs
from app.core.actions.templates import template_for
from app.core.checks.names import spoken
from app.core.documents.context import Office
from app.core.documents.kinds import kind
from app.core.documents.phrases import on_paper
from app.core.files import safe_name, unique_path
from app.core.intake.blank import blank_workbook, example, how
from app.core.intake.declared import tables
from app.core.intake.wanted import useful
from app.core.jobs import Ticket
from app.core.records import TableKind
from app.core.store.database import Store

LETTER = "data_request"
OURSELVES = "人民检察院"  # holds tables of its own, for which no letter is written
BLANKS = "空白表"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is asked of whom: the ids of tables, the folder, our office, the day on the letter.

    `recipients` gives for each holder the office the letter goes to; `span`, `due` and `phone` are words of the
    letter. Empty words print 【待填】. `templates` are the office's own template folders.
    """

    tables: tuple[str, ...]
    folder: Path
    office: Office
    day: date
    recipients: Mapping[str, str] = field(default_factory=dict)
    span: str = ""
    due: str = ""
    phone: str = ""
    templates: tuple[Path, ...] = ()


def by_holder(table_ids: Sequence[str]) -> dict[str, list[TableKind]]:
    """The tables others hold, each holder's together, in the order given; our own are left out."""
    held: dict[str, list[TableKind]] = {}
    for each in table_ids:
        table = tables()[each]
        if table.holder != OURSELVES:
            held.setdefault(table.holder, []).append(table)
    return held


def save_blanks(table_ids: Sequence[str], folder: Path, *, ticket: Ticket) -> Done:
    """Write a blank workbook for each table; its value are the files."""
    files = []
    for number, each in enumerate(table_ids):
        table = tables()[each]
        ticket.step(number, len(table_ids), f"空白表 {table.name}")
        path = unique_path(folder, safe_name(f"{table.name}（{BLANKS}）"), ".xlsx")
        hand_out(path, blank_workbook(table, spoken))
        files.append(path)
    return Done(f"已保存{BLANKS} {len(files)} 张", value=files)


@needs("papers")
def write_letters(store: Store, inquiry: Inquiry, *, now: str, who: str, ticket: Ticket) -> Done:
    """Write for each holder a folder with the letter and the blank workbooks; its value are the letters.

    A template that cannot be used stops it before anything is written (TemplateFault).
    """
    wanted = kind(LETTER)
    template = template_for(store, wanted, inquiry.templates)
    letters: list[Path] = []
    for holder, held in by_holder(inquiry.tables).items():
        recipient = inquiry.recipients.get(holder, "").strip()
        folder = inquiry.folder / safe_name(f"调取数据_{recipient or holder}")
        ticket.step(len(letters), 0, f"{wanted.name} {recipient or holder}")
        path = unique_path(folder, safe_name(wanted.name), ".docx")
        hand_out(path, template.fill(letter_words(held, recipient, inquiry)))
        save_blanks([each.id for each in held], folder, ticket=ticket)
        letters.append(path)
        what = {"受文单位": recipient or holder, "表": [each.name for each in held], "文件": path.name}
        store.audit.note(f"生成{wanted.name}", what, at=now, who=who)
    return Done(f"已生成{wanted.name} {len(letters)} 份，{BLANKS}放在同一文件夹", value=letters)


def letter_words(held: Sequence[TableKind], recipient: str, inquiry: Inquiry) -> dict[str, object]:
    """The words of one letter."""
    return {
        "院名": inquiry.office.name,
        "简称": inquiry.office.short,
        "部门": inquiry.office.department,
        "检察室": inquiry.office.room,
        "承办人": inquiry.office.handler,
        "文书日期": on_paper(inquiry.day),
        "受文单位": recipient,
        "数据范围": inquiry.span,
        "报送期限": inquiry.due,
        "联系电话": inquiry.phone,
        "调取的表": [_table_words(number, each) for number, each in enumerate(held, 1)],
    }


def _table_words(number: int, table: TableKind) -> dict[str, object]:
    columns = [
        {
            "序号": str(place),
            "列名": each.name,
            "必填": "必填" if each.required else "",
            "怎样填写": how(each),
            "示例": example(each),
            "项数": f"{len(each.unlocks)} 项" if each.unlocks else "",
        }
        for place, each in enumerate(useful(table), 1)
    ]
    return {"序号": str(number), "名称": table.name, "列数": str(len(columns)), "各列": columns}
