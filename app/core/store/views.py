"""What the window and the reports ask: ids in order, rows when painted, counts, choices. SQL sorts and filters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from app.core.findings import Level, Outcome, State
from app.core.store.codec import pack
from app.core.store.link import Link
from app.core.store.rows import CaseRow, Ended, StoredFinding, Summary
from app.core.store.search import condition

__all__ = ["CaseRow", "Ended", "StoredFinding", "Summary", "Views"]

CHOSEN = ("id", "conclusion", "unit", "ward", "batch", "offence", "proposal", "batch_id")
LEVELS = {
    Level.UNLAWFUL.value: "n_unlawful",
    Level.DOUBT.value: "n_doubt",
    Level.HINT.value: "n_hint",
    Level.DATA.value: "n_data",
    Outcome.NOT_EVALUATED.value: "n_not_evaluated",
}
UNSAID = "unsaid"  # the filter for levels of findings nobody said a word about
HAS_UNSAID = f"""id IN (
    SELECT c.id FROM cases c LEFT JOIN (
        SELECT s.case_id AS said_id, count(*) AS said FROM findings f JOIN sightings s ON s.key = f.key
        WHERE f.desk = ? AND f.state <> '{State.OPEN}' AND s.current = 1
            AND s.content ->> '$.verdict.level' IN (SELECT value FROM json_each(?)) GROUP BY s.case_id
    ) ON said_id = c.id WHERE c.desk = ? AND {{found}} > coalesce(said, 0))"""  # those said something about are few
Place = tuple[str, str, int]
Filters = Mapping[str, Collection[str | int]]
NO_FILTERS: Filters = {}


class Views:
    """Questions about many cases at once."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def case_ids(
        self,
        desk: str,
        filters: Filters = NO_FILTERS,
        search: str = "",
        order_by: str = "id",
        descending: bool = False,
    ) -> list[int]:
        """The ids of the cases that pass the filters and hold every searched word, in order.

        `filters` goes from id, conclusion, unit, ward, batch, offence, proposal, batch_id to the values let through,
        from "level" to the levels (or 不能判断) of which a case must have one, and from `UNSAID` to those of which it
        must have one that nobody said a word about. ValueError for other columns.
        """
        if order_by not in CaseRow._fields:
            raise ValueError(f"cases cannot be sorted by {order_by}")
        passes, values = _condition(desk, filters, search)
        way = "DESC" if descending else "ASC"
        sql = f"SELECT id FROM cases WHERE {passes} ORDER BY {order_by} {way}, id {way}"
        return [number for (number,) in self._link.rows(sql, values)]

    def case_rows(self, ids: Iterable[int]) -> list[CaseRow]:
        """The rows of these cases, in the order asked; an id that is gone is left out."""
        wanted = list(ids)
        sql = f"SELECT {', '.join(CaseRow._fields)} FROM cases WHERE id IN (SELECT value FROM json_each(?))"
        found = {row[0]: CaseRow(*row) for row in self._link.rows(sql, (pack(wanted),))}
        return [found[each] for each in wanted if each in found]

    def summary(self, desk: str, filters: Filters = NO_FILTERS, search: str = "") -> Summary:
        """How many cases pass, by conclusion, and how many findings they have, by level."""
        passes, values = _condition(desk, filters, search)
        sums = ", ".join(f"sum({column})" for column in LEVELS.values())
        sql = f"SELECT conclusion, count(*), {sums} FROM cases WHERE {passes} GROUP BY conclusion"
        found = self._link.rows(sql, values)
        levels = {level: sum(row[2 + place] for row in found) for place, level in enumerate(LEVELS)}
        return Summary(sum(row[1] for row in found), {row[0]: row[1] for row in found}, levels)

    def conclusions(self, desk: str, filters: Filters = NO_FILTERS, search: str = "") -> dict[str, int]:
        """How many cases pass, by conclusion: what `summary` tells without its sums, which cost ten times as much."""
        passes, values = _condition(desk, filters, search)
        by = "+conclusion" if filters else "conclusion"  # its index leads through the rows in a slow order
        sql = f"SELECT conclusion, count(*) FROM cases WHERE {passes} GROUP BY {by}"
        return dict(self._link.rows(sql, values))

    def cases_at(self, desk: str, places: Iterable[Place]) -> list[int]:
        """The cases of a desk whose rows stand at these places (file, sheet, row), in the order of import."""
        sql = """
            SELECT DISTINCT c.id FROM json_each(?) p
            JOIN batches b ON b.file = json_extract(p.value, '$[0]') AND b.sheet = json_extract(p.value, '$[1]')
            JOIN records r ON r.batch_id = b.id AND r.row = json_extract(p.value, '$[2]')
            JOIN cases c ON c.record_id = r.id AND c.desk = ? ORDER BY c.id
        """
        return [number for (number,) in self._link.rows(sql, (pack([list(each) for each in places]), desk))]

    def identities(self) -> list[tuple[str, str, str]]:
        """Name, prisoner number and identity number of everybody who has a case, each once."""
        found = self._link.rows("SELECT DISTINCT name, prisoner_no, id_number FROM cases")
        return [(name, prisoner_no, id_number) for name, prisoner_no, id_number in found]

    def choices(self, desk: str, column: str) -> list[str]:
        """The different values of a filter column, without the empty one; ValueError for other columns."""
        _check(column)
        sql = f"SELECT DISTINCT {column} FROM cases WHERE desk = ? AND {column} <> '' ORDER BY {column}"
        return [value for (value,) in self._link.rows(sql, (desk,))]


def _condition(desk: str, filters: Filters, search: str) -> tuple[str, Sequence[str]]:
    parts, values = ["desk = ?"], [desk]
    for column, allowed in filters.items():
        if column == "level":
            parts.append(f"({' OR '.join(f'{LEVELS[str(each)]} > 0' for each in allowed) or '0'})")
        elif column == UNSAID:
            parts.append(HAS_UNSAID.format(found=" + ".join(LEVELS[str(each)] for each in allowed) or "0"))
            values += [desk, pack(list(allowed)), desk]
        else:
            _check(column)
            parts.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(pack(list(allowed)))
    if search.strip():
        holds, words = condition(desk, search)
        parts.append(holds)
        values += words
    return " AND ".join(parts), values


def _check(column: str) -> None:
    if column not in CHOSEN:
        raise ValueError(f"cases cannot be filtered by {column}")
