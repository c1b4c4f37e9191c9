"""The store to practise in: opened without a passphrase, filled with the sample lists, thrown away whole.

It holds artificial people only, so that a passphrase would protect nothing and could only be forgotten.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.core import paths
from app.core.actions.desks import PEOPLE_DESKS
from app.core.actions.done import Done
from app.core.actions.law import law_in_force
from app.core.actions.receive import SheetPlan, look, receive
from app.core.actions.review import review
from app.core.actions.rights import needs
from app.core.actions.settings import write_office
from app.core.checks.reduction.review import DESK
from app.core.documents.context import Office
from app.core.errors import StoreDamaged, StoreTooNew, UserError, WrongPassphrase
from app.core.files import explain
from app.core.jobs import Ticket
from app.core.store.database import Rooms, Store
from app.core.store.practice import open_practice_store

DAY = date(2026, 11, 21)  # the day the sample lists were drawn up; their answers hold for no other
OFFICE = Office("例县人民检察院（练习）", "（练习）例", "刑执", "例县检察院驻例县监狱检察室", "例承办", "例县")
READY = "practice.ready"  # the setting that says whether the store was filled to the end


def open_practice(path: Path) -> Store:
    """Open the store; one that cannot be read any more is made anew, since nothing in it is worth keeping.

    FileInUse when another window has it, FolderUnwritable when it cannot be made.
    """
    try:
        return open_practice_store(path)
    except (StoreDamaged, StoreTooNew, WrongPassphrase):
        remove_practice(path)
        return open_practice_store(path)


def remove_practice(path: Path) -> None:
    """Take the store away with its folder and all that lies there; nobody may have it open. UserError otherwise."""
    if path.name != paths.practice_store().name:
        raise ValueError(f"{path.name} is no store of artificial people")
    try:
        shutil.rmtree(path.parent)
    except FileNotFoundError:
        return
    except OSError as fault:
        what = f"练习库没有删干净：{path.parent}"
        raise UserError(what, do="请关闭在那个文件夹里打开的文件，再删一次") from fault


def is_ready(store: Rooms) -> bool:
    """Whether all sample lists are in it and reviewed."""
    return store.settings.get(READY) != ""


@needs("import")
def fill(store: Store, *, now: str, who: str, ticket: Ticket) -> Done:
    """Take in every sample list by the ordinary way and review all desks; what was begun before is gone on with."""
    plans, _ = look([_samples()], ticket=ticket)
    received = receive(store, plans, now=now, who=who, ticket=ticket)
    write_office(store, OFFICE, now=now, who=who)
    cases = 0
    for desk in (DESK, *PEOPLE_DESKS):
        ticket.step(0, 0, "审查")
        cases += review(store, law_in_force(store), desk, DAY, now=now, who=who, ticket=ticket).value
    store.settings.set(READY, DAY.isoformat())
    return Done(f"练习库已经备好：{len(plans)} 张表，审查 {cases} 件，都是编造的", received.changed | {"cases"}, cases)


def strangers(plans: Sequence[SheetPlan]) -> list[str]:
    """The names of the files among these that did not come with the program."""
    ours = {_digest(each) for each in _samples().rglob("*") if each.is_file()}
    return list(dict.fromkeys(each.path.name for each in plans if each.sha256 not in ours))


def _samples() -> Path:
    return paths.RESOURCES / "samples"


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as fault:
        raise explain(fault, path) from fault
