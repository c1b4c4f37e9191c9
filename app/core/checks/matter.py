"""What the cases of the desks of people have in common: one matter of one person, and the law it is judged by."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any, TypeVar

from app.core.checks.persons import Dossier, Lists
from app.core.findings import Person
from app.core.law.book import LawBook
from app.core.people.index import Place
from app.core.records import Record

Made = TypeVar("Made")


@dataclass(frozen=True)
class PersonMatter(ABC):
    """One matter of one person."""

    dossier: Dossier
    law: LawBook

    @property
    def lists(self) -> Lists:
        """The loaded lists."""
        return self.dossier.lists

    @property
    def as_of(self) -> date:
        """The day taken as today."""
        return self.lists.as_of

    @property
    def person(self) -> Person:
        """Whom it is about."""
        return self.dossier.person

    @property
    def loose(self) -> frozenset[Place]:
        """The rows that are the person's only probably."""
        return self.dossier.loose

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What several rules work out, each under its name or the function that does."""
        return {}

    @abstractmethod
    def rows(self, table: str) -> Sequence[Record]:
        """The rows of a list that belong to the matter."""

    @property
    @abstractmethod
    def label(self) -> str:
        """What the matter is called."""

    @property
    @abstractmethod
    def unit(self) -> str:
        """The office whose work is looked at."""

    @property
    @abstractmethod
    def anchor(self) -> Record:
        """The row the matter is known by."""

    @property
    @abstractmethod
    def begins(self) -> date | None:
        """The day it begins, so that what was done before is not about it; None while that is not known."""

    @property
    @abstractmethod
    def words(self) -> Mapping[str, str]:
        """What the list of cases shows: offence, sentence, proposal (what kind of matter), filed_on."""


MatterT = TypeVar("MatterT", bound=PersonMatter)
_UNASKED = object()


def once(ask: Callable[[MatterT], Made]) -> Callable[[MatterT], Made]:
    """A question about a matter that many rules put: worked out once for each; what it raises is raised each time."""

    @wraps(ask)
    def asked(case: MatterT) -> Made:
        found: Any = case.memo.get(ask, _UNASKED)
        if found is _UNASKED:
            found = case.memo[ask] = ask(case)
        made: Made = found
        return made

    return asked
