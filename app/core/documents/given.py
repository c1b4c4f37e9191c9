"""Which words a kind of document is given, and what is wrong with a template that asks for others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from app.core.answerable import Answerable
from app.core.documents.context import Office, case_context, office_words
from app.core.documents.dictionary import Word, dictionary
from app.core.documents.finding_words import finding_context
from app.core.documents.kinds import DocumentKind, Rests, kinds
from app.core.documents.kinds import kind as kind_of
from app.core.documents.lint import Complaint, Part
from app.core.findings import CaseReview, Conclusion, Person
from app.core.records import Record

NUMBER = "文号"
REDUCTION = "reduction"
ALWAYS = frozenset({NUMBER, "文书日期", "受文单位", "受送达人", "送达地址", "送达文书", "联名", "署名栏"})
BESIDES = frozenset({"听证问题", "裁定情况", "出处"})  # added to a document about a whole case


def given_words(kind: DocumentKind) -> frozenset[str]:
    """The names a document of a kind is given values for, of whatever desk its case is."""
    return _given(kind.id)


@cache
def _given(kind_id: str) -> frozenset[str]:
    kind = kind_of(kind_id)
    own = {each.name for each in dictionary().values() if each.of == kind.id}
    names = own | ALWAYS | set(office_words(Office(), ""))
    if not kind.desks:
        return frozenset(names & set(dictionary()))
    review = CaseReview(Person(""), "", "", Conclusion.UNDECIDED, (), ())
    standing = kind.standing and kind.rests is Rests.CASE
    if not standing:
        for desk in kind.desks:
            names |= set(finding_context(desk, review, (), (), kind, Office(), Answerable("", ""), date.min))
        names |= BESIDES
    if REDUCTION in kind.desks:
        names |= set(case_context(review, _nobody(), (), Office(), "", date.min))
    return frozenset(names & set(dictionary()))


def words_for(kind: DocumentKind) -> tuple[Word, ...]:
    """The words a template of a kind may use, in the order of the dictionary."""
    given = given_words(kind)
    return tuple(each for name, each in dictionary().items() if name in given)


def fitness(parts: list[Part], kind: DocumentKind) -> Iterator[Complaint]:
    """What does not fit the kind: words that are only filled in other documents, no place for its number."""
    given = given_words(kind)
    for part in parts:
        for name in part.use.inside:
            if name not in given:
                yield Complaint(
                    f"“{name}”在《{kind.name}》里永远填不上，只会印成空白或者【待填】",
                    _where_else(name),
                    part.place,
                    f"{{{{ {name} }}}}",
                    fatal=False,
                )
    used = {name for part in parts for name in part.use.inside}
    if (kind.series or kind.number_from) and NUMBER not in used:
        yield Complaint(
            f"没有写 {{{{ {NUMBER} }}}}，《{kind.name}》上不会印出文号",
            f"请在文号的位置写上 {{{{ {NUMBER} }}}}",
            "正文",
            "",
            False,
        )


def _where_else(name: str) -> str:
    others = [f"《{each.name}》" for each in kinds() if name in given_words(each)]
    return (
        f"这个词用于{'、'.join(others[:3])}{'等' if len(others) > 3 else ''}，请换成别的词"
        if others
        else "请换成别的词"
    )


def _nobody() -> Record:
    return Record("R1", "", "", 0, {})
