"""What the reviews of a desk say alike, kept once, so that each review takes a third of the room and of the time.

Reviews are deflated against these phrases, of which the stream itself names the check sum: it is their number here.
They hold what lawful answers and provisions say, and nothing of anybody; they stay as long as the store does.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from app.core.findings import CaseReview, Evidence, Outcome, Person
from app.core.memory import OnceEach
from app.core.store.link import Link
from app.core.store.verdicts import read_review, write_review

FAST = 1  # the level of compression; higher ones cost more time than the smaller file saves
WINDOW = 32_768  # bytes deflate looks back
NAMED, NUMBER = 0x20, slice(2, 6)  # where a deflated stream says that it needs phrases, and which
ALIKE = (Outcome.LAWFUL, Outcome.NOT_APPLICABLE)
MOST_CELLS = 4096  # looked at in one case
NONE = b""


class Phrases:
    """The phrases of all desks under all editions of the law."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._known: dict[int, bytes] = {}

    def of(self, desk: str, edition: str) -> bytes:
        """The phrases of a desk under an edition of the law; none when there are none yet."""
        sql = "SELECT words FROM phrases WHERE desk = ? AND law_edition = ?"
        found = self._link.row(sql, (desk, edition))
        return NONE if found is None else bytes(found[0])

    def keep(self, desk: str, edition: str, reviews: Iterable[CaseReview]) -> bytes:
        """Take the phrases of a desk, which has none yet under this edition, from the one of these that says most."""
        words = max(map(phrases_of, reviews), key=len, default=NONE)
        row = (zlib.adler32(words), desk, edition, words)
        self._link.change("INSERT OR IGNORE INTO phrases (id, desk, law_edition, words) VALUES (?, ?, ?, ?)", row)
        return self.of(desk, edition)

    def read(self, content: bytes) -> CaseReview:
        """A review that was kept."""
        if not content[1] & NAMED:
            return read_review(zlib.decompress(content))
        return read_review(_inflate(content, self._words(int.from_bytes(content[NUMBER]))))

    def _words(self, number: int) -> bytes:
        if number not in self._known:
            found = self._link.row("SELECT words FROM phrases WHERE id = ?", (number,))
            assert found is not None  # no step of the program takes phrases away
            self._known[number] = bytes(found[0])
        return self._known[number]


def deflate(review: CaseReview, phrases: bytes = NONE) -> bytes:
    """A review as it is kept; without phrases it can be read by itself."""
    text = write_review(review)
    if not phrases:
        return zlib.compress(text, FAST)
    stream = _begun(phrases).copy()
    return bytes(stream.compress(text) + stream.flush())


def phrases_of(review: CaseReview) -> bytes:
    """What others are likely to say as well: what was lawful or did not apply, and the law; nothing of the person.

    What stands last is found soonest.
    """
    nameless = OnceEach(_nameless, MOST_CELLS)
    alike = tuple(
        each._replace(evidence=tuple(map(nameless, each.evidence))) for each in review.verdicts if each.outcome in ALIKE
    )
    bare = replace(review, person=Person(""), case="", unit="", verdicts=alike, facts=None, days=(), unplaced=())
    text = write_review(bare)
    for each in (review.person.name, review.person.id_number, review.person.prisoner_no):
        text = text.replace(each.encode(), b"") if each else text
    return text[-WINDOW:]


def _nameless(cell: Evidence) -> Evidence:
    return cell._replace(file="", sheet="", raw="", value="")


@lru_cache(4)
def _begun(phrases: bytes) -> Any:
    return zlib.compressobj(FAST, zdict=phrases)


def _inflate(content: bytes, phrases: bytes) -> bytes:
    stream = zlib.decompressobj(zdict=phrases)
    return stream.decompress(content) + stream.flush()
