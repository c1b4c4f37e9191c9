"""The shape of the store, as named steps in order; each step and its record are one transaction.

A step that was released is never changed again: a new shape is a new step. Steps use plain SQL and nothing of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.errors import StoreTooNew
from app.core.store.migration_exchange import EXCHANGES
from app.core.store.migration_models import MODELS
from app.core.store.migration_search import SEARCH
from app.core.store.migration_tables import (
    AUDIT,
    BATCHES,
    CASES,
    LAW,
    OFFICE,
    PAPERS,
    PEOPLE,
    REPEATS,
    TEMPLATES,
)

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

SET_NAME = "store"

STEPS = (
    ("001_batches", BATCHES),
    ("002_cases", CASES),
    ("003_papers", PAPERS),
    ("004_audit", AUDIT),
    ("005_office", OFFICE),
    ("006_repeats", REPEATS),
    ("007_law", LAW),
    ("008_people", PEOPLE),
    ("009_templates", TEMPLATES),
    ("010_models", MODELS),
    ("011_search", SEARCH),
    ("012_exchange", EXCHANGES),
)


def steps() -> Migrations:
    """All steps, in order, as sqlite-utils runs them."""
    from sqlite_utils.migrations import Migrations

    found = Migrations(SET_NAME)
    for name, sql in STEPS:
        found(name=name)(_step(sql))
    return found


def pending(db: Database) -> list[str]:
    """The names of the steps a store still lacks; StoreTooNew when it has one that this program does not know."""
    all_steps = steps()
    done = {each.name for each in all_steps.applied(db)}
    if done - {name for name, _ in STEPS}:
        raise StoreTooNew("数据是由更新版本的程序写成的", do="请安装新版程序再打开")
    return [each.name for each in all_steps.pending(db)]


def newest_done(db: Database) -> str:
    """The name of the last step a store has taken; "" for a new one."""
    done = steps().applied(db)
    return done[-1].name if done else ""


def _step(sql: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        db.executescript(sql)

    return run
