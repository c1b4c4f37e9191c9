"""Every action that changes the data asks for the right to do so, before it looks at anything else."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

from app.core import actions
from app.core.actions.rights import MARK, NotAllowed, needs, why_not
from app.core.rights import Account, Role, rights
from app.core.store.database import Rooms, Store

# What is given the writing store and changes nothing in it, or must be open to whoever sits there.
FREE = {
    "accounts.second_person": "counts wrong passphrases, changes nothing",
    "log_book.prove_log": "reads",
    "model_author.answers_of": "reads",
    "model_author.changes": "reads",
    "model_author.next_id": "reads",
    "model_author.preview": "reads",
    "model_exchange.export_model": "writes a file outside",
    "safekeep.replace_broken": "opens nothing before the passphrase is right",
    "safekeep.rescue": "opens nothing before the passphrase is right",
    "safekeep.safe_before": "asks `back_up`",
    "saved_views.keep_view": "how a list is looked at",
    "saved_views.keep_views": "how a list is looked at",
    "sign_in.unlock": "is how one comes in",
}
LOOKER = Account("9", "测试只读", frozenset({Role.LOOK}))


def all_actions():
    for each in pkgutil.iter_modules(actions.__path__):
        module = importlib.import_module(f"{actions.__name__}.{each.name}")
        for name, what in vars(module).items():
            if inspect.isfunction(what) and what.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{each.name}.{name}", what


def may_write(action):
    """Whether it is given the writing store, or by whom something is done."""
    told = inspect.signature(action).parameters
    return {"who", "now"} <= set(told) or any(str(each.annotation) == Store.__name__ for each in told.values())


@pytest.fixture(scope="module")
def looked_at():
    """A store somebody looks at who may change nothing."""
    with pytest.MonkeyPatch.context() as patch, Store.temporary() as store:
        patch.setattr(Rooms, "account", LOOKER)
        yield store


def test_every_action_that_writes_names_its_deed():
    silent = {name for name, each in all_actions() if may_write(each) and not hasattr(each, MARK)}
    assert silent == set(FREE)


def test_every_deed_of_the_table_is_asked_or_waits_for_its_room():
    assert {getattr(each, MARK) for _, each in all_actions() if hasattr(each, MARK)} <= set(rights().deeds)


@pytest.mark.parametrize(
    ("name", "action"),
    [
        each
        for each in all_actions()
        if getattr(each[1], MARK, "") and Role.LOOK not in rights().deeds[each[1].deed].roles
    ],
)
def test_who_only_looks_is_stopped_before_anything_happens(looked_at, name, action):
    with pytest.raises(NotAllowed, match="测试只读") as refused:
        action(looked_at)  # it asks before it misses the rest
    assert refused.value.do
    assert looked_at.audit.last() is None


def test_the_reason_for_a_grey_button_is_what_the_refusal_says(looked_at):
    assert why_not(looked_at, "backup") == ""
    with pytest.raises(NotAllowed) as refused:
        needs("law")(lambda store: None)(looked_at)
    assert why_not(looked_at, "law") == str(refused.value)


def test_an_action_cannot_name_a_deed_the_table_does_not_know():
    with pytest.raises(AssertionError):
        needs("nothing of the kind")
