"""Numbers that differ from province to province: a model waits for them until the office fills them in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from app.core.actions.done import Done
from app.core.actions.rights import needs
from app.core.errors import UserError
from app.core.models.parts import Model
from app.core.models.strict import LARGEST
from app.core.store.database import Rooms, Store

SETTING = "models.numbers"
CHANGED = frozenset({"models"})
FINEST = 6  # digits after the point


def with_given(store: Rooms, model: Model) -> Model:
    """A model with the numbers the office filled in, none of the file's in their place."""
    kept = _kept(store).get(model.id, {})
    return replace(model, given={each.id: Decimal(kept[each.id]) for each in model.local_numbers() if each.id in kept})


def unfilled(model: Model) -> list[str]:
    """What the office has yet to fill in, in words."""
    return [each.says for each in model.local_numbers() if each.id not in (model.given or {})]


@needs("models")
def fill_in(store: Store, model: Model, texts: Mapping[str, str], *, now: str, who: str) -> Done:
    """Keep the office's numbers (as typed, by id; an empty one is taken back); UserError for one that is no number."""
    known = {each.id: each for each in model.local_numbers()}
    values = {name: _number(known[name].says, text) for name, text in texts.items() if text.strip()}
    every = _kept(store) | {model.id: values}
    with store.atomic():
        store.settings.set(SETTING, json.dumps(every, ensure_ascii=False))
        told = {known[name].says: f"{value}{known[name].unit}" for name, value in values.items()}
        store.audit.note("填写监督模型的本省标准", {"模型": model.id, "名称": model.name, **told}, at=now, who=who)
    left = len(known) - len(values)
    more = f"，还有 {left} 项没有填，涉及的线索不能判断" if left else "，下次运行时生效"
    return Done(f"已保存“{model.name}”的本省标准{more}", CHANGED)


def _number(says: str, text: str) -> str:
    try:
        value = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise UserError(f"“{says}”填的“{text.strip()[:20]}”不是数", do="请只填数字，如 60 或者 0.015") from error
    fine = value.is_finite() and abs(value) <= LARGEST and value == round(value, FINEST)
    if not fine or value < 0:
        raise UserError(f"“{says}”填的数过大、过细或者小于零", do="请核对本省规定后再填")
    return f"{value:f}"


def _kept(store: Rooms) -> dict[str, dict[str, str]]:
    return dict(json.loads(store.settings.get(SETTING, "{}")))
