"""The right to do something, asked before an action begins; nothing else in the program asks it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Concatenate, ParamSpec, TypeVar

from app.core import rights
from app.core.errors import UserError
from app.core.store.database import Rooms

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=Rooms)
MARK = "deed"  # what a function that asks is marked with


class NotAllowed(UserError):
    """The account that signed in may not do this; `do` names who may."""


def ask(store: Rooms, deed: str) -> None:
    """NotAllowed when whoever signed in may not do a deed of rights.toml; KeyError when there is no such deed."""
    refused = rights.refusal(store.account, deed, store.people)
    if refused is not None:
        raise NotAllowed(refused[0], do=refused[1])


def why_not(store: Rooms, deed: str) -> str:
    """Why whoever signed in may not do it, as a sentence for a tooltip; "" when they may."""
    refused = rights.refusal(store.account, deed, store.people)
    return "" if refused is None else f"{refused[0]}。{refused[1]}。"


def check_way(store: Rooms, first: str) -> rights.CheckWay:
    """How a finding that `first` decided can be checked now; by a name alone only where there is one account."""
    if len(store.people) < 2:
        return rights.CheckWay.BY_NAME
    mine = store.account.name != first and not why_not(store, "check")
    return rights.CheckWay.SIGNED_IN if mine else rights.CheckWay.BESIDE


def needs(deed: str) -> Callable[[Callable[Concatenate[S, P], T]], Callable[Concatenate[S, P], T]]:
    """Let an action, whose first argument is the store, ask for the right to a deed before it begins."""
    assert deed in rights.rights().deeds, deed

    def mark(action: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
        @wraps(action)
        def asked(store: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
            ask(store, deed)
            return action(store, *args, **kwargs)

        setattr(asked, MARK, deed)
        assert next(iter(signature(action).parameters)) == "store", action
        return asked

    return mark
