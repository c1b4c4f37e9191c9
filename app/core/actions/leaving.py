"""The one way out: every file an action writes for the user is looked through for identity numbers before it leaves.

A file that stays in the program's own folders is written at once. One that goes elsewhere, or onto a stick, and holds
identity numbers is asked about first: written all the same, written without them, or not at all. What was chosen is
put into the log. Without a door (headless runs, tests) there is nobody to ask and files are written as they are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from app.core import paths
from app.core.actions.done import Done
from app.core.actions.leaving_scan import MASKABLE, SHORTEST, SHORTEST_NUMBER, Held, Known, held_in, without_numbers
from app.core.documents.identity import Kind, Masks
from app.core.errors import Cancelled, UserError
from app.core.files import unique_path, write_whole
from app.core.jobs import Question, Ticket
from app.core.store.database import Rooms, Store
from app.core.untrusted import read_bytes

ACT = "写出含身份证号码的文件"
AS_IT_IS, MASKED, CANCEL = "仍要写出", "改写去标识化的副本", "取消"
TOLD = "leaving.told"  # folders of which it was said that documents with identity numbers go there
MOST_SHOWN = 8
LARGEST = 1 << 30
REMOVABLE, REMOTE, DISC = 2, 4, 5  # what Windows calls kinds of drives
STICKS = ("/media", "/run/media", "/mnt", "/Volumes")
PLAIN = "文件离开本程序以后没有加密，谁拿到都能看。"
OPEN_WORDS = "“改写去标识化的副本”把姓名、身份证号码、罪犯编号换成甲某、×××；单位和日期不改，外传前请再通读。"


@dataclass(slots=True)
class Door:
    """What one job needs to ask and to put down: the ticket, the store, when and by whom, the program's own folders."""

    ticket: Ticket
    store: Store
    moment: Callable[[], str]
    who: Callable[[], str]
    inside: Sequence[Path]
    masks: Masks = field(default_factory=Masks)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked through."""

    path: Path
    held: Held


_door: ContextVar[Door | None] = ContextVar("door", default=None)


def own_folders() -> tuple[Path, ...]:
    """The program's own folders."""
    return (paths.data_folder(), paths.log_folder(), paths.documents_folder())


@contextmanager
def watched(door: Door) -> Iterator[None]:
    """Files handed out inside go through this door."""
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)


def hand_out(path: Path, data: bytes, *, maskable: bool = True) -> None:
    """Write one file for the user; errors as `write_whole`, Cancelled when he would rather not."""
    hand_out_all({path: data}, maskable=maskable)


def hand_out_all(files: Mapping[Path, bytes], *, maskable: bool = True) -> None:
    """Write several files after one question; `maskable` is false where a changed file would be worth nothing."""
    door = _door.get()
    if door is not None:
        files = _looked_at(door, files, maskable)
    for path, data in files.items():
        write_whole(path, data)


def must_hold(folder: Path, what: str, count: int = 0) -> None:
    """Say, once a folder, that documents which must hold identity numbers go there; Cancelled when they shall not.

    On a stick it is said each time.
    """
    door = _door.get()
    if door is None or not leaves(folder, door.inside):
        return
    known = _told(door.store)
    place, stick = str(folder.resolve()), on_stick(folder)
    if place in known and not stick:
        return
    many = f" {count} 份" if count else ""
    question = Question(
        f"{what}{many}要写到本程序的文件夹以外：{_place(folder)}",
        f"{what}必须写明姓名、身份证号码等，不能改写。{PLAIN}要带出去给人看的，请另做“去标识副本”。",
        (AS_IT_IS, CANCEL),
    )
    answer = str(door.ticket.ask(question))
    _note(door, {"文件": what, "份数": count, "地方": str(folder), "选择": answer})
    if answer != AS_IT_IS:
        raise Cancelled
    if not stick:
        door.store.settings.set(TOLD, json.dumps([*known, place], ensure_ascii=False))


def leaves(path: Path, inside: Sequence[Path]) -> bool:
    """Whether a file at this path is out of the program's folders or on a drive somebody may carry away."""
    place = path.resolve()
    for each in inside:
        home = each.resolve()
        if home == place or home in place.parents:
            return on_stick(place) and paths.portable_folder() is None
    return True


def on_stick(path: Path) -> bool:
    """Whether a path lies on a stick, a disc or another computer."""
    place = path.resolve()
    if sys.platform == "win32":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{place.drive}\\")
        return place.drive.startswith("\\\\") or kind in (REMOVABLE, REMOTE, DISC)
    return place.as_posix().startswith(tuple(f"{each}/" for each in STICKS))


def look_through(files: Sequence[Path], *, ticket: Ticket) -> list[Looked]:
    """Look through files that lie on the disk, those with most identity numbers first; UserError for one unreadable."""
    looked = []
    for number, path in enumerate(files):
        ticket.step(number, len(files), f"检查 {path.name}")
        looked.append(Looked(path, held_in(read_bytes(path, LARGEST), path.suffix)))
    return sorted(looked, key=lambda each: (-each.held.numbers, each.path.name))


def files_below(folder: Path, *, ticket: Ticket) -> list[Path]:
    """The files of a folder and of those in it, without hidden ones."""
    found: list[Path] = []
    for each in sorted(folder.rglob("*")):
        ticket.step(len(found), 0, "查找文件")
        if each.is_file() and not each.name.startswith("."):
            found.append(each)
    return found


def carry_out(files: Sequence[Path], folder: Path, *, ticket: Ticket) -> Done:
    """Copy finished files into another folder, through the door; names that are taken there get a number."""
    targets: dict[Path, bytes] = {}
    for number, path in enumerate(files):
        ticket.step(number, len(files), f"读 {path.name}")
        targets[unique_path(folder, path.stem, path.suffix, targets)] = read_bytes(path, LARGEST)
    hand_out_all(targets)
    return Done(f"已复制 {len(targets)} 个文件到 {folder}", value=list(targets))


def _looked_at(door: Door, files: Mapping[Path, bytes], maskable: bool) -> Mapping[Path, bytes]:
    """The files as they are to be written."""
    out = [path for path in files if leaves(path, door.inside)]
    held = {path: held_in(files[path], path.suffix) for path in out}
    some = {path: each for path, each in held.items() if each.numbers}
    if not some:
        return files
    can_mask = maskable and all(path.suffix.lower() in MASKABLE for path in some)
    answer = str(door.ticket.ask(_question(some, can_mask=can_mask)))
    what = {path.name: each.numbers for path, each in list(some.items())[:MOST_SHOWN]}
    count = sum(each.numbers for each in some.values())
    _note(door, {"文件": what, "号码": count, "地方": str(next(iter(some)).parent), "选择": answer})
    if answer == AS_IT_IS:
        return files
    if answer != MASKED or not can_mask:
        raise Cancelled
    known = _known(door.store)
    return {path: _masked(path, data, known, door.masks) if path in some else data for path, data in files.items()}


def _question(some: Mapping[Path, Held], *, can_mask: bool) -> Question:
    lines = [f"{path.name}：{each.numbers} 个身份证号码" for path, each in list(some.items())[:MOST_SHOWN]]
    lines += [f"……另有 {len(some) - MOST_SHOWN} 个文件"] if len(some) > MOST_SHOWN else []
    choices = (AS_IT_IS, MASKED, CANCEL) if can_mask else (AS_IT_IS, CANCEL)
    where = f"要写到：{_place(next(iter(some)).parent)}"
    more = "\n".join([*lines, where, PLAIN, *([OPEN_WORDS] if can_mask else [])])
    return Question("要写出的文件里有身份证号码。", more, choices)


def _masked(path: Path, data: bytes, known: Known, masks: Masks) -> bytes:
    made = without_numbers(data, path.suffix, known, masks)
    if made is None:
        what = f"“{path.name}”里的号码被格式拆开，改写不干净，没有写出"
        raise UserError(what, do="请在程序里查看，或者选“仍要写出”并妥善保管")
    return made


def _known(store: Rooms) -> Known:
    pieces: dict[str, Kind] = {}
    for name, prisoner_no, id_number in store.views.identities():
        for text, kind in ((name, Kind.PERSON), (prisoner_no, Kind.NUMBER), (id_number, Kind.NUMBER)):
            if len(text) >= (SHORTEST if kind is Kind.PERSON else SHORTEST_NUMBER):
                pieces[text] = kind
    return Known(pieces)


def _place(folder: Path) -> str:
    return f"{folder}（U盘、光盘或者网络位置）" if on_stick(folder) else str(folder)


def _told(store: Rooms) -> list[str]:
    return list(json.loads(store.settings.get(TOLD) or "[]"))


def _note(door: Door, what: Mapping[str, object]) -> None:
    door.store.audit.note(ACT, what, at=door.moment(), who=door.who())
