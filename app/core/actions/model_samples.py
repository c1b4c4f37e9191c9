"""The models' sample workbooks among what is loaded: which are there, and taking them back as a whole."""

from __future__ import annotations

from app.core.actions.done import Done
from app.core.actions.model_files import SAMPLE
from app.core.actions.rights import needs
from app.core.store.database import Rooms, Store
from app.core.store.rows import Batch

CHANGED = frozenset({"batches", "cases", "findings", "papers", "models"})


def sampled(store: Rooms, model_id: str) -> list[Batch]:
    """The lists that were loaded from a model's sample."""
    return [each for each in store.batches.all() if each.file == f"{SAMPLE}{model_id}.xlsx"]


@needs("import")
def take_back(store: Store, model_id: str, *, now: str, who: str) -> Done:
    """Withdraw every list of a model's sample; UserError, and nothing is done, once a paper was issued from one."""
    batches = sampled(store, model_id)
    with store.atomic():
        for each in batches:
            store.batches.withdraw(each.id, now=now, who=who)
    return Done(f"已撤回样例数据 {len(batches)} 张表", CHANGED, len(batches))
