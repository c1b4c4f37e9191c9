"""What is killed besides: taking in an exchange file and taking it back, and destroying rows for good."""

from __future__ import annotations

from pathlib import Path

from app.core.actions.destroy import finish
from app.core.actions.exchange_in import look_in, take_back, take_in
from app.core.actions.exchange_out import send
from app.core.actions.settings import write_office
from app.core.documents.context import Office
from app.core.jobs import Ticket
from app.core.store import keys
from app.core.store.database import Store
from tests.tools.kill_base import DESK, Say, opened, prepare_reviewed, quick_stretching, sound
from tests.tools.power_cut import NOW, WHO, prepared

PHRASE, FILE = "电话里约定的口令", "移送.jhwj"


def prepare_exchange(folder: Path) -> None:
    """Reviewed cases, and a file of another office."""
    prepare_reviewed(folder)
    other = folder / "对方"
    other.mkdir()
    with quick_stretching(), Store(other / "数据.db", keys.random_key()) as store:
        prepared(store, other, 4)
        write_office(store, Office(name="例县人民检察院"), now=NOW, who=WHO)
        ids = store.views.case_ids("reduction")
        file = folder / FILE
        send(store, ids, file, PHRASE, words=True, papers=True, now=NOW, who=WHO, ticket=Ticket())


def do_exchange(folder: Path, say: Say) -> None:
    """Taken in and taken back, three times."""
    with quick_stretching(), opened(folder) as store:
        for each in store.exchanges.all():
            take_back(store, each.id, now=NOW, who=WHO)
        shown = look_in(store, folder / FILE, PHRASE, ticket=Ticket())
        for _ in range(3):
            take_in(store, shown, now=NOW, who=WHO, ticket=Ticket())
            say("taken")
            take_back(store, store.exchanges.all()[-1].id, now=NOW, who=WHO)
            say("back")


def check_exchange(folder: Path, _: list[str]) -> list[str]:
    """All of the file is there or nothing of it; the store takes it in afterwards."""
    with opened(folder) as store:
        wrong, standing = sound(store), store.exchanges.all()
        wrong += [f"{len(standing)} exchanges"] if len(standing) > 1 else []
        ours = {each.id: each for each in store.batches.all()}
        for each in standing:
            there = [ours[number] for number in each.batches if number in ours]
            if sum(batch.rows for batch in there) != each.rows or not store.exchanges.words(each.id):
                wrong.append("half an exchange")
            take_back(store, each.id, now=NOW, who=WHO)
        if [each for each in store.batches.all() if "例县人民检察院" in each.file]:
            wrong.append("rows of an exchange that is gone")
        return wrong


def do_destroy(folder: Path, say: Say) -> None:
    """Destroyed and cleaned; what was cut short before is finished."""
    with opened(folder) as store:
        numbers = [each.id for each in store.batches.all()]
        if numbers:
            store.destruction.destroy(numbers, now=NOW, who=WHO, ticket=Ticket())
            say("destroyed")
        finish(store)
        say("clean")


def check_destroy(folder: Path, said: list[str]) -> list[str]:
    """The rows are all there or all gone; conclusions stay; what was begun is finished."""
    with opened(folder) as store:
        gone, there = store.batches.destroyed(), store.batches.all()
        wrong = ["some lists are gone, some are not"] if gone and there else []
        if "destroyed" in said and not gone:
            wrong.append("it was destroyed and is not")
        finish(store)
        if store.destruction.unclean():
            wrong.append("it cannot be cleaned")
        if not all(each.conclusion for each in store.views.case_rows(store.views.case_ids(DESK))):
            wrong.append("a conclusion is lost")
        return wrong + sound(store)
