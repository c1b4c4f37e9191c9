"""Free search: cases that hold every searched word, in their facts, in what was found, or in a document's number."""

from __future__ import annotations

from collections.abc import Sequence

# Small letters and half-width signs, as the searched columns have them (of the letters only the Latin ones).
WIDE = {0xFF01 + place: chr(0x21 + place).lower() for place in range(94) if chr(0x21 + place).isalnum()}
HOLDS_WORD = """(instr(words, ?)
    OR id IN (SELECT case_id FROM sightings INDEXED BY sightings_searched WHERE current = 1 AND instr(told, ?))
    OR id IN (SELECT case_id FROM papers INDEXED BY papers_searched WHERE instr(lower(number), ?)))"""
PLACES = 3


def words_of(search: str) -> list[str]:
    """The words somebody typed: apart by blanks, letters and digits small and half-width."""
    return search.translate(WIDE).lower().split()


def condition(desk: str, search: str) -> tuple[str, Sequence[str]]:
    """The condition on the id of a case that holds every word, and its values; the words' own index answers it."""
    words = words_of(search)
    holds = " AND ".join(["desk = ?", *[HOLDS_WORD] * len(words)])
    sql = f"id IN (SELECT id FROM cases INDEXED BY cases_searched WHERE {holds})"
    return sql, [desk, *(word for word in words for _ in range(PLACES))]
