"""How sheets were read, as somebody agreed to it: offered again, handed on as a file, taken over from one."""

from __future__ import annotations

from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.leaving import hand_out
from app.core.actions.rights import needs
from app.core.errors import UserError
from app.core.intake.mapping import Remembered
from app.core.intake.mapping_file import read_mapping_file, write_mappings
from app.core.store.database import Rooms, Store


def remembered(store: Rooms) -> tuple[Remembered, ...]:
    """The mappings somebody agreed to before."""
    return tuple(
        Remembered(each.table, each.mapping, each.fingerprint, unit=each.unit) for each in store.mappings.known()
    )


def save_mappings(store: Rooms, path: Path) -> Done:
    """Write what was agreed to into a file; UserError when there is nothing yet."""
    known = remembered(store)
    if not known:
        raise UserError("还没有记住过列的对应关系", do="导入表格时修改过一次列的对应关系，程序就会记住")
    hand_out(path, write_mappings(known))
    return Done(f"已保存 {len(known)} 种表头的对应关系：{path.name}", value=path)


@needs("office")
def load_mappings(store: Store, path: Path, *, now: str, who: str) -> Done:
    """Remember what such a file says, all or nothing; UserError when it is none or has no fingerprint of a header."""
    read = read_mapping_file(path)
    if not all(each.fingerprint for each in read):
        raise UserError(f"映射文件没有写明是哪种表头：{path.name}", do="请使用本程序导出的映射文件")
    with store.atomic():
        for each in read:
            store.mappings.remember(each.fingerprint, each.unit, each.table, each.columns)
        store.audit.note("导入列的对应关系", {"file": path.name, "headers": len(read)}, at=now, who=who)
    return Done(f"已记住 {len(read)} 种表头的对应关系：{path.name}", value=len(read))
