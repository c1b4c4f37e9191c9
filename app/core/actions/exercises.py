"""Exercises on the sample data: what is asked, and the right answer as the program finds it at that moment."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.core.errors import UserError
from app.core.findings import CaseReview, Conclusion, Gravity, Level, Outcome, Standing, Verdict
from app.core.manual import FOLDER
from app.core.store.database import Rooms

NOTHING = "没有这个问题"
LEVELS = (*(f"{Level.UNLAWFUL}·{each}" for each in Gravity), *map(str, (Level.DOUBT, Level.HINT, Level.DATA)), NOTHING)
REDUCTION = "reduction"
MISSING = UserError("示例数据没有导入，或者还没有审查", do="请打开练习库（“文件 → 打开练习库”），等它准备好")


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question about the sample data; what the fields mean stands at the head of 练习.toml."""

    title: str
    desk: str
    ask: str
    question: str
    explain: str
    page: str
    name: str = ""
    rule: str = ""
    field: str = ""
    word: str = ""
    table: str = ""
    hint: str = ""
    wrong: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The right answer, the choices offered (none: it is written), the case it is about (0 for none), the article."""

    right: str
    choices: tuple[str, ...] = ()
    case_id: int = 0
    law: str = ""
    article: str = ""

    def accepts(self, said: str) -> bool:
        """Whether an answer is right; width, blanks and a unit behind a number do not matter."""
        return _bare(said) == _bare(self.right)


@cache
def exercises() -> tuple[Exercise, ...]:
    """All exercises, in their order."""
    listed = tomllib.loads((FOLDER / "练习.toml").read_text(encoding="utf-8"))["exercise"]
    return tuple(
        Exercise(**{**each, "wrong": tuple(each.get("wrong", ())), "names": tuple(each.get("names", ()))})
        for each in listed
    )


def answer_to(store: Rooms, exercise: Exercise) -> Answer:
    """The right answer to an exercise; UserError when the sample data are not there or not reviewed."""
    if exercise.ask in _WHOLE:
        return _WHOLE[exercise.ask](store, exercise)
    if exercise.ask == "who":
        found = [each for each in exercise.names if _found(_review(store, exercise, each)[1], exercise.rule)]
        if len(found) != 1:
            raise MISSING
        case_id, review = _review(store, exercise, found[0])
        return _with(Answer(found[0], exercise.names, case_id), _found(review, exercise.rule))
    case_id, review = _review(store, exercise, exercise.name)
    verdict = _found(review, exercise.rule)
    right, choices = _OF_CASE[exercise.ask](exercise, review, verdict)
    return _with(Answer(right, tuple(sorted(choices)) if exercise.wrong else tuple(choices), case_id), verdict)


def _review(store: Rooms, exercise: Exercise, name: str) -> tuple[int, CaseReview]:
    for row in store.views.case_rows(store.views.case_ids(exercise.desk)):
        if row.name == name and (review := store.casebook.review_of(row.id)) is not None:
            return row.id, review
    raise MISSING


def _found(review: CaseReview, rule: str) -> Verdict | None:
    """The answer of a rule that says something: found before not judged."""
    told = [each for each in review.verdicts if each.rule == rule]
    for outcome in (Outcome.FOUND, Outcome.NOT_EVALUATED):
        for each in told:
            if each.outcome is outcome:
                return each
    return None


def _with(answer: Answer, verdict: Verdict | None) -> Answer:
    basis = verdict.basis[0] if verdict is not None and verdict.basis else None
    law, article = (basis.law, basis.article) if basis is not None else ("", "")
    return Answer(answer.right, answer.choices, answer.case_id, law, article)


def _conclusion(exercise: Exercise, review: CaseReview, _: Verdict | None) -> tuple[str, Sequence[str]]:
    words = Conclusion if exercise.desk == REDUCTION else Standing
    return review.conclusion.value, [each.value for each in words]


def _level(_: Exercise, __: CaseReview, verdict: Verdict | None) -> tuple[str, Sequence[str]]:
    if verdict is None or verdict.level is None:
        return NOTHING, LEVELS
    return f"{verdict.level}·{verdict.gravity}" if verdict.gravity is not None else str(verdict.level), LEVELS


def _article(exercise: Exercise, _: CaseReview, verdict: Verdict | None) -> tuple[str, Sequence[str]]:
    if verdict is None or not verdict.basis:
        raise MISSING
    right = verdict.basis[0].law + verdict.basis[0].article
    return right, [right, *(each for each in exercise.wrong if each != right)]


def _holder(exercise: Exercise, _: CaseReview, verdict: Verdict | None) -> tuple[str, Sequence[str]]:
    if verdict is None or not verdict.holder:
        raise MISSING
    return verdict.holder, [verdict.holder, *(each for each in exercise.wrong if each != verdict.holder)]


def _rule(exercise: Exercise, _: CaseReview, verdict: Verdict | None) -> tuple[str, Sequence[str]]:
    if verdict is None:
        raise MISSING
    right = f"{verdict.rule} {verdict.rule_name}"
    return right, [right, *exercise.wrong]


def _largest(_: Exercise, review: CaseReview, __: Verdict | None) -> tuple[str, Sequence[str]]:
    if not review.largest_lawful:
        raise MISSING
    return review.largest_lawful, ()


def _cell(exercise: Exercise, _: CaseReview, verdict: Verdict | None) -> tuple[str, Sequence[str]]:
    for each in verdict.evidence if verdict is not None else ():
        if each.field == exercise.field:
            return each.raw, ()
    raise MISSING


def _count(store: Rooms, exercise: Exercise) -> Answer:
    counts = store.views.conclusions(exercise.desk)
    if not counts:
        raise MISSING
    return Answer(str(counts.get(exercise.word, 0)))


def _refused(store: Rooms, exercise: Exercise) -> Answer:
    batches = [each for each in store.batches.all() if each.table == exercise.table]
    if not batches:
        raise MISSING
    return Answer(str(sum(each.rejected for each in batches)))


_WHOLE: Mapping[str, Callable[[Rooms, Exercise], Answer]] = {"count": _count, "refused": _refused}
_OF_CASE: Mapping[str, Callable[[Exercise, CaseReview, Verdict | None], tuple[str, Sequence[str]]]] = {
    "conclusion": _conclusion,
    "level": _level,
    "article": _article,
    "holder": _holder,
    "rule": _rule,
    "largest": _largest,
    "cell": _cell,
}


def _bare(text: str) -> str:
    """What is compared of an answer."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    number = plain.rstrip("件行个条")
    return number if number.isdecimal() else plain.removeprefix("“").removesuffix("”")
