"""What the user asks to see: filters and searched words; and who can answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class Query:
    """Filters (column → values let through) and searched words; empty lets everything through."""

    filters: Mapping[str, Collection[str | int]] = field(default_factory=dict)
    search: str = ""

    def without(self, column: str) -> Query:
        """The same question with one filter left out."""
        return Query({name: values for name, values in self.filters.items() if name != column}, self.search)

    def __bool__(self) -> bool:
        return bool(self.filters) or bool(self.search)


class Source(Protocol):
    """Whoever holds the rows: `store.views` does; a test may."""

    def case_ids(
        self,
        desk: str,
        filters: Mapping[str, Collection[str | int]] = ...,
        search: str = ...,
        order_by: str = ...,
        descending: bool = ...,
    ) -> list[int]:
        """Ids in order."""

    def case_rows(self, ids: Iterable[int]) -> list[NamedTuple]:
        """The rows of these ids, in the order asked."""
