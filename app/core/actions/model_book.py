"""Which supervision models the office has: shipped ones, its own and imported ones, and which of them run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from app.core.actions.done import Done
from app.core.actions.law import law_in_force
from app.core.actions.model_files import shipped
from app.core.actions.model_numbers import with_given
from app.core.actions.rights import needs
from app.core.errors import UserError
from app.core.intake.declared import declare, shipped_tables
from app.core.models.parts import Model
from app.core.models.read import read_model
from app.core.models.sharing import Declared, declared
from app.core.models.trying import faults
from app.core.store.database import Rooms, Store
from app.core.store.model_book import StoredModel

SHIPPED = "随程序提供"
OWN = "本院编写"
CHANGED = frozenset({"models"})


@dataclass(frozen=True, slots=True)
class Known:
    """A model the office has: the version that holds, where it came from, its number in the store (0 when shipped)."""

    model: Model
    origin: str
    number: int
    running: bool


@lru_cache(maxsize=200)
def _read(content: bytes) -> Model:
    return read_model(content, shipped_tables())


def known(store: Rooms) -> Mapping[str, Known]:
    """Every model by its id; the office's version goes before a shipped one. Shipped ones run unless switched off."""
    switches = store.models.switches()
    found = {each.id: Known(each, SHIPPED, 0, switches.get(each.id, True)) for each in shipped().values()}
    for one in store.models.standing():
        found[one.model] = Known(_read(one.content), one.origin, one.id, switches.get(one.model, False))
    return {each.model.id: replace(each, model=with_given(store, each.model)) for _, each in sorted(found.items())}


def model_tables(store: Rooms) -> Declared:
    """The tables of all known models, told to the intake so that it recognises them."""
    tables = declared(each.model for each in known(store).values())
    declare(tables.kinds)
    return tables


@needs("models")
def add_model(store: Store, content: bytes, *, origin: str, now: str, who: str) -> Done:
    """Take a version of a model in; its value is the model. It keeps its switch, but one that fails is off.

    ModelFault when the file cannot be used; UserError when this version is there already with other words.
    """
    model = _read(content)
    same = [each for each in store.models.versions(model.id) if each.version == model.version]
    if any(each.content != content for each in same):
        raise UserError(f"“{model.name}”第 {model.version} 版已经有了，内容不同", do="请把版本号加一，并写明修改理由")
    wrong = faults(model, law_in_force(store))
    with store.atomic():
        if same:
            store.models.stand(same[0].id, now=now, who=who)
        else:
            store.models.put(model.id, model.version, model.name, content, origin=origin, now=now, who=who)
        if wrong and store.models.switches().get(model.id, model.id in shipped()):
            store.models.switch(model.id, False, now=now, who=who)
    model_tables(store)
    told = f"；{len(wrong)} 处案例没有通过，不能启用" if wrong else ""
    return Done(f"已采用“{model.name}”第 {model.version} 版{told}", CHANGED, model)


@needs("models")
def switch(store: Store, model_id: str, on: bool, *, now: str, who: str) -> Done:
    """Switch a model on or off; UserError, with the first fault, when one that fails is to be switched on."""
    one = known(store)[model_id]
    if on and (wrong := faults(one.model, law_in_force(store))):
        raise UserError(f"“{one.model.name}”不能启用：{wrong[0]}", do="请先改正模型或者案例，再启用")
    store.models.switch(model_id, on, now=now, who=who)
    word = "已启用" if on else "已停用"
    return Done(f"{word}“{one.model.name}”，下次运行时生效", CHANGED)


@needs("models")
def roll_back(store: Store, number: int, *, now: str, who: str) -> Done:
    """Let an earlier version hold again; 0 with a model's id cannot be said here, see `retire`."""
    store.models.stand(number, now=now, who=who)
    model_tables(store)
    return Done("已退回所选的版本，下次运行时生效", CHANGED)


@needs("models")
def retire(store: Store, model_id: str, *, now: str, who: str) -> Done:
    """Give the office's version up; a shipped model is as it was shipped, another one is gone from the list."""
    store.models.retire(model_id, now=now, who=who)
    model_tables(store)
    return Done("已恢复为随程序提供的版本" if model_id in shipped() else "已移出，以前的版本还可以找回", CHANGED)


def history(store: Rooms, model_id: str) -> list[StoredModel]:
    """Every version of a model the office ever had, the newest first."""
    return store.models.versions(model_id)
