"""Rows destroyed for good, with a certificate; a copy of the data is made before, and old copies may go as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.rights import needs
from app.core.actions.safekeep import backups, safe_before
from app.core.actions.settings import read_office
from app.core.actions.templates import template_for
from app.core.documents.context import Office
from app.core.documents.kinds import kind
from app.core.errors import Cancelled, UserError
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.store import keyring
from app.core.store.backup import Backup, Why
from app.core.store.database import Rooms, Store
from app.core.store.destruction import ACT, Destroyed
from app.core.store.rows import Batch
from app.core.values.dates import print_date

PAPER = "destruction"
WORD = "销毁"  # to be typed before anything happens
REMOVED_ACT = "删除含原始数据的备份"
NO_PAPER = "销毁证明没有写出（校验值已记入操作记录）"
REMOVED, KEPT, STUCK = "已删除", "仍保留，请另行处理", "没有删掉，请手工删除"
CHANGED = frozenset({"batches", "cases", "findings", "papers"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be destroyed and why: the batches, said in words, and whether the copies that hold them go too.

    `typed` is the word the user typed; `second` the other folder of copies, "" for none.
    """

    batches: tuple[int, ...]
    says: str
    why: str
    typed: str
    copies_too: bool
    second: str = ""


@dataclass(slots=True)
class Result:
    """What was destroyed, the copies that held it with what became of each, and the certificate."""

    made: Destroyed
    copies: list[tuple[Backup, str]] = field(default_factory=list)
    paper: Path | None = None


def before(store: Rooms, day: date) -> list[Batch]:
    """The batches imported before a day."""
    return [each for each in store.batches.all() if each.imported_at[:10] < day.isoformat()]


@needs("destroy")
def destroy(store: Store, wish: Wish, path: Path, *, now: str, who: str, ticket: Ticket) -> Done:
    """Destroy rows for good and write the certificate; its value is the Result.

    UserError or Cancelled, with nothing changed, without a reason, without the word typed, or when no copy can be made
    before. Once the rows are gone nothing is raised any more: what could not follow is told in the answer.
    """
    if wish.typed.strip() != WORD:
        raise UserError(f"没有输入“{WORD}”两个字，什么也没有销毁", do=f"确实要销毁的，请输入“{WORD}”")
    if not wish.why.strip():
        raise UserError("没有写明销毁的理由", do="请用一句话写明，例如“案件已办结归档”")
    safe_before(store, Why.DELETING, wish.second, now=now, who=who, ticket=ticket)
    holding = backups(store, wish.second) if store.lasting else []
    result = Result(store.destruction.destroy(wish.batches, now=now, who=who, ticket=ticket))
    ticket.no_way_back()  # the rows are gone: whatever fails from here on is told beside that
    says = [f"已销毁 {len(result.made.batches)} 张表的 {result.made.rows} 行原始数据"]
    result.copies = [(each, KEPT) for each in holding]
    try:
        ticket.step(0, 0, "重写数据文件")
        store.destruction.clean()
    except UserError as fault:  # the certificate would say that the file was written anew
        says.append(f"数据文件还没有清理干净，下次打开数据时接着清理：{fault.what}")
        says.append(NO_PAPER)
    else:
        says += _see_to_copies(store, result, wish, now=now, who=who, ticket=ticket)
        says.append(_certify(store, result, wish, path, now=now, who=who))
    return Done("；".join(says), CHANGED, result)


@needs("backup")  # which everybody may: it only ends what was begun
def finish(store: Store) -> Done | None:
    """Clean the file when the power failed after rows were destroyed; None when there is nothing to do."""
    if not store.destruction.unclean():
        return None
    store.destruction.clean()
    return Done("上次销毁原始数据时中断，现已清理完毕")


def certificate(result: Result, wish: Wish, office: Office, number: int, *, at: str, by: str) -> dict[str, object]:
    """The words of the certificate."""
    made, known = result.made, tables()
    day = date.fromisoformat(at[:10])
    lines = [
        {
            "序号": str(place),
            "文件": each.file,
            "工作表": each.sheet,
            "表名": known[each.table].name if each.table in known else each.table,
            "导入时间": each.imported_at[:10],
            "行数": str(each.accepted),
        }
        for place, each in enumerate(made.batches, 1)
    ]
    copies = [
        {"序号": str(place), "名称": each.path.name, "处理": became}
        for place, (each, became) in enumerate(result.copies, 1)
    ]
    return {
        "院名": office.name,
        "文书日期": print_date(day),
        "销毁时间": f"{print_date(day)}{at[11:16]}",
        "操作人": by,
        "销毁范围": wish.says,
        "销毁理由": wish.why.strip(),
        "销毁行数": str(made.rows),
        "退回行数": str(made.refused),
        "校验值": made.sha256,
        "操作记录号": str(number),
        "销毁的表": lines,
        "有备份": bool(copies),
        "备份": copies,
    }


def _see_to_copies(store: Store, result: Result, wish: Wish, *, now: str, who: str, ticket: Ticket) -> list[str]:
    """Put a copy without the rows in the place of those that hold them; what the user must be told of it."""
    if not wish.copies_too or not result.copies:
        return []
    ticket.step(0, 0, "另做一份备份")
    try:
        fresh = store.back_up(Why.ASKED, now=now, ticket=ticket)
    except UserError as fault:
        return [f"原有的备份没有删，因为新的备份没有做成：{fault.what}"]
    result.copies = [
        (each, REMOVED if _remove(each) else STUCK) for each, _ in result.copies if each.path != fresh.path
    ]
    gone = [each.path.name for each, became in result.copies if became == REMOVED]
    try:
        store.audit.note(REMOVED_ACT, {"备份": gone}, at=now, who=who)
    except UserError as fault:
        return [f"已删除 {len(gone)} 份备份，没有记入操作记录：{fault.what}"]
    return []


def _certify(store: Store, result: Result, wish: Wish, path: Path, *, now: str, who: str) -> str:
    """Write the certificate; what the user is told of it."""
    try:
        entry = store.audit.last(ACT)
        words = certificate(result, wish, read_office(store), 0 if entry is None else entry.id, at=now, by=who)
        hand_out(path, template_for(store, kind(PAPER), ()).fill(words))
    except Cancelled:
        return f"{NO_PAPER}：没有同意写出"
    except UserError as fault:
        return f"{NO_PAPER}：{fault.what}"
    result.paper = path
    return f"销毁证明：{path.name}"


def _remove(copy: Backup) -> bool:
    """Remove a copy with its key file; whether it could be."""
    try:
        copy.path.unlink()
    except OSError:
        return False
    keyring.drop_ring(copy.path)
    return True
