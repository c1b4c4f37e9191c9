"""The log of what was done: looked through, proven, taken out with its proof."""

from __future__ import annotations

from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.log_words import told
from app.core.actions.rights import needs
from app.core.errors import Cancelled, UserError
from app.core.jobs import Ticket
from app.core.store import audit_proof
from app.core.store.database import Rooms, Store
from app.core.untrusted import read_bytes, read_text

NOT_EXPORTED = "操作记录没有写出"
LARGEST = 1 << 30  # bytes of an exported log: one of many years is read
MOST = 20_000  # of the newest lines that are shown
Shown = tuple[str, str, str, str, str]


def log_lines(store: Rooms) -> list[Shown]:
    """Number, moment, person, act and particulars of the newest lines, the newest first."""
    return [
        (
            str(each.id),
            each.at.replace("T", " "),
            each.who,
            each.act,
            told(each.what),
        )
        for each in reversed(store.audit.entries(MOST))
    ]


def prove_log(store: Store, ticket: Ticket) -> Done:
    """Check the chain of all lines, and hold it against the newest copy of the data; the value are the faults."""
    ticket.step(0, 0, "正在核对操作记录")
    faults = [*store.audit.verify(), *store.log_against_copy()]
    last = store.audit.last()
    if faults:
        return Done(f"操作记录有 {len(faults)} 处问题：{faults[0]}", value=tuple(faults))
    if last is None:
        return Done("还没有操作记录", value=())
    return Done(f"操作记录共 {last.id} 条，前后相接，没有改动。校验码 {audit_proof.code_of(last.hash)}", value=())


@needs("log")
def export_log(store: Store, path: Path, *, now: str, who: str) -> Done:
    """Write the whole log with its proof into a file; the export is itself the last line of it."""
    store.audit.note("导出操作记录", {"文件": path.name}, at=now, who=who)
    entries = store.audit.entries()
    try:
        hand_out(path, "".join(audit_proof.written(entries)).encode(), maskable=False)
    except (Cancelled, UserError):
        store.audit.note(NOT_EXPORTED, {"文件": path.name}, at=now, who=who)  # the line before says that it was
        raise
    code = audit_proof.code_of(entries[-1].hash)
    return Done(f"已导出 {len(entries)} 条操作记录：{path.name}。校验码 {code}，请另外登记，日后核对用", value=code)


def check_exported(path: Path) -> Done:
    """Check a file of the log that somebody took out of a store; the value are the faults."""
    checked = audit_proof.check(read_text(read_bytes(path, LARGEST), path.name))
    if checked.faults:
        return Done(f"这份操作记录有 {len(checked.faults)} 处问题：{checked.faults[0]}", value=checked.faults)
    if not checked.lines:
        raise UserError("文件里没有操作记录", do="请选择“导出操作记录”保存的文件")
    says = f"这份操作记录共 {checked.lines} 条，前后相接，没有改动。请核对登记的校验码：{checked.code}"
    return Done(says, value=())
