"""The data kept safe: copies made, proven, thinned and put back; damage mended; the program's proof about itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.core.actions.done import Done
from app.core.actions.law import law_in_force
from app.core.actions.leaving import hand_out
from app.core.actions.rights import needs
from app.core.errors import FileUnreadable, StoreDamaged, UserError
from app.core.jobs import Ticket
from app.core.self_check import Line, as_text, network_lines, place_lines, program_lines
from app.core.store import backup, restore
from app.core.store.backup import Backup, Why
from app.core.store.database import Rooms, Store
from app.core.store.health import Report

EVERYTHING = frozenset({"batches", "cases", "findings", "papers", "settings", "law"})


@needs("backup")
def back_up(store: Store, why: Why, second: str = "", *, now: str, who: str, ticket: Ticket) -> Done:
    """Make a proven copy, another in the second folder ("" for none), and remove those that have had their time.

    UserError when the copy cannot be made; a second folder that is not there is only told of. Its value is the copy.
    """
    store.audit.note("备份", {"原因": why}, at=now, who=who)
    made = store.back_up(why, now=now, ticket=ticket)
    today = datetime.fromisoformat(now).date()
    backup.thin(made.path.parent, store.path, today)
    says = f"已备份并检查：{made.path.name}"
    if not second or Path(second) == made.path.parent:
        return Done(says, value=made)
    try:
        backup.elsewhere(made, Path(second), now=now, ticket=ticket)
    except UserError as fault:
        return Done(f"{says}；没有另存第二份：{fault.what}", value=made)
    backup.thin(Path(second), store.path, today)
    return Done(f"{says}，并另存到 {second}", value=made)


def backups(store: Rooms, second: str = "") -> list[Backup]:
    """All copies of the store, newest first, those of the second folder after those beside the store."""
    stem = store.path.stem
    found_in = backup.folder_of(store.path)
    found = backup.listed(found_in, stem)
    return found + (backup.listed(Path(second), stem) if second and Path(second) != found_in else [])


@needs("backup")
def check_backups(store: Store, copies: Sequence[Backup], *, now: str, ticket: Ticket) -> Done:
    """Open copies again and look through all of each; its value are the copies with what was found."""
    checked = [store.check_backup(each, now=now, ticket=ticket) for each in copies]
    bad = [each for each in checked if each.faults]
    if bad:
        return Done(
            f"{len(checked)} 份备份中有 {len(bad)} 份损坏：{bad[0].path.name}（{bad[0].faults[0]}）", value=checked
        )
    return Done(f"检查了 {len(checked)} 份备份，都能打开，内容完好", value=checked)


@needs("restore")
def put_back(store: Store, copy: Path, passphrase: str = "", *, now: str, who: str, ticket: Ticket) -> Done:
    """Let the store become what a copy holds; the present state is kept as a copy of its own, numbers stay taken.

    WrongPassphrase when the copy has another key; UserError, with nothing changed, when it will not do.
    """
    done = store.become(copy, passphrase, restore.Note(now, who), ticket)
    says = f"已恢复到 {copy.name}。恢复前的数据保存为 {done.before.name}"
    if done.numbers is None:
        says += "。原数据已损坏，读不出用过的文号：编号前请核对已发出文书的文号"
    elif done.numbers:
        says += f"。此后用过的 {done.numbers} 个文号仍然占用，不会重号"
    return Done(says, EVERYTHING, done)


def replace_broken(path: Path, copy: Path, passphrase: str, *, now: str, who: str, ticket: Ticket) -> Done:
    """Put a copy in the place of a store that does not open any more; its value is where the broken one lies now."""
    aside = restore.replace(path, copy, passphrase, restore.Note(now, who), ticket)
    says = f"已用 {copy.name} 恢复，损坏的文件保存为 {aside.name}。编号前请核对已发出文书的文号"
    return Done(says, EVERYTHING, aside)


def rescue(path: Path, passphrase: str, *, now: str, who: str, ticket: Ticket) -> Done:
    """As `replace_broken`, with the newest copy that is sound; StoreDamaged when none is."""
    last: UserError = StoreDamaged("没有完好的备份", do="请在另外的文件夹或者U盘上找找备份")
    for each in backup.listed(backup.folder_of(path), path.stem):
        try:
            return replace_broken(path, each.path, passphrase, now=now, who=who, ticket=ticket)
        except (StoreDamaged, FileUnreadable) as fault:
            last = fault
    raise last


@needs("restore")
def repair(store: Store, found: Report, *, now: str, who: str, ticket: Ticket) -> Done:
    """Mend what a full check found; its value is what was mended, where the state before lies and what is left."""
    mended = store.repair(found, restore.Note(now, who), ticket)
    if mended.aside is None:
        return Done("没有需要修复的", value=mended)
    return Done(f"修复完成，修复前的文件保存为 {mended.aside.name}", EVERYTHING, mended)


def self_check(store: Rooms, second: str) -> list[Line]:
    """What the program can show of itself; reads the program file."""
    return [
        *network_lines(),
        *place_lines(store.path, backup.folder_of(store.path), second),
        *program_lines(law_in_force(store).edition),
    ]


def save_self_check(lines: list[Line], path: Path, *, now: str) -> Done:
    """Write it into a text file."""
    hand_out(path, as_text(lines, now).encode("utf-8-sig"))
    return Done(f"已保存自检结果：{path.name}", value=path)


def safe_before(store: Store, why: Why, second: str = "", *, now: str, who: str, ticket: Ticket) -> Done | None:
    """A copy before something that cannot be undone; None for a store that does not outlive the program."""
    return back_up(store, why, second, now=now, who=who, ticket=ticket) if store.lasting else None
