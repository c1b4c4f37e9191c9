"""Views of a list that were given a name: what is let through, what is searched, the order and the columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.findings import Level
from app.core.store.database import Rooms, Store
from app.core.store.views import UNSAID

PREFIX = "views."
LONGEST, MOST = 30, 50  # letters of a name; views of a desk


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name for filters (column → values let through), searched words, an order and columns.

    `order` is a column and whether it descends; `columns` is how the window writes them down, "" leaves them as they
    are.
    """

    name: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    search: str = ""
    order: tuple[str, bool] = ("id", False)
    columns: str = ""


SHIPPED = (
    SavedView("还没有核查的违法", {UNSAID: (Level.UNLAWFUL.value,)}, order=("n_unlawful", True)),
    SavedView("还没有核查的存疑", {UNSAID: (Level.DOUBT.value,)}, order=("n_doubt", True)),
)


def saved_views(store: Rooms, desk: str) -> list[SavedView]:
    """The views of a desk by the order they were saved in; what cannot be understood is passed over."""
    try:
        rows = json.loads(store.settings.get(PREFIX + desk, "[]"))
    except ValueError:
        return []
    found = (_read(each) for each in rows) if isinstance(rows, list) else ()
    return [each for each in found if each is not None]


def keep_view(store: Store, desk: str, view: SavedView) -> Done:
    """Save a view; one of the same name is replaced. UserError when the name will not do."""
    name = view.name.strip()
    if not name or len(name) > LONGEST:
        raise UserError(f"视图的名称要有 1 到 {LONGEST} 个字", do="请换一个名称")
    if name in {each.name for each in SHIPPED}:
        raise UserError(f"“{name}”是程序自带的视图", do="请换一个名称")
    with store.atomic():
        others = [each for each in saved_views(store, desk) if each.name != name]
        if len(others) >= MOST:
            raise UserError(f"已经有 {MOST} 个视图", do="请先在“视图 → 改名、删除”里删去不用的")
        _write(store, desk, [*others, SavedView(name, view.filters, view.search, view.order, view.columns)])
    return Done(f"已存为视图“{name}”", frozenset({"settings"}))


def keep_views(store: Store, desk: str, views: Sequence[SavedView]) -> Done:
    """Keep these views of a desk and no others."""
    _write(store, desk, views)
    return Done("已保存视图", frozenset({"settings"}))


def _write(store: Store, desk: str, views: Sequence[SavedView]) -> None:
    store.settings.set(PREFIX + desk, json.dumps([asdict(each) for each in views], ensure_ascii=False))


def _read(row: Any) -> SavedView | None:
    try:
        filters = {str(column): tuple(map(str, allowed)) for column, allowed in row["filters"].items()}
        field_, descending = row["order"]
        return SavedView(str(row["name"]), filters, str(row["search"]), (str(field_), bool(descending)), row["columns"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
