"""Take a whole import back."""

from __future__ import annotations

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.store.database import Store


@needs("import")
def withdraw(store: Store, batch_id: int, *, now: str, who: str) -> Done:
    """Withdraw a batch with its cases and findings; refused once a document was issued from it."""
    store.batches.withdraw(batch_id, now=now, who=who)
    return Done("已撤回这次导入", frozenset({"batches", "cases", "findings", "papers"}), batch_id)
