"""New versions of the rows of the commutation tables: other numbers from a day on, in months."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.core.errors import UserError
from app.core.law import edition_checks as checks
from app.core.law.book import LawBook, Row

ONE_DAY = timedelta(days=1)
MERITS = {
    "repentance": "悔改", "merit": "立功", "repentance_merit": "悔改并立功", "major": "重大立功",
    "repentance_major": "悔改并重大立功",
}  # fmt: skip
SINGLE = {
    "wait": "起始时间", "interval": "间隔时间", "absolute_cap": "从严一次最多", "floor": "减为有期徒刑不得少于",
}  # fmt: skip
CAP, LOW, HIGH = "cap", "low", "high"
# Who has more merit never gets less.
MORE = (
    ("repentance", "repentance_merit"), ("merit", "repentance_merit"), ("repentance", "major"), ("merit", "major"),
    ("repentance_merit", "repentance_major"), ("major", "repentance_major"),
)  # fmt: skip
CITED_FOR = {"wait": "wait", "interval": "interval", "absolute_cap": "cap", "floor": "range"}
SAME_FOR_ALL = ("any",)  # the rules before 2017 do not tell the classes apart


def numbers_of(row: Row) -> dict[str, int]:
    """The numbers of a row by name, such as `wait` or `cap major`."""
    found = {name: int(value) for name in SINGLE if (value := getattr(row, name)) is not None}
    found |= {f"{CAP} {merit}": months for merit, months in row.caps.items()}
    for merit, (low, high) in row.ranges.items():
        found |= {f"{LOW} {merit}": low, f"{HIGH} {merit}": high}
    return found


def words_of(name: str) -> str:
    """What people call one of these numbers."""
    kind, _, merit = name.partition(" ")
    if not merit:
        return SINGLE[kind]
    return f"{MERITS[merit]}{ {CAP: '至多', LOW: '最短', HIGH: '最长'}[kind] }"


def lay_version(
    book: LawBook, target: str, numbers: Mapping[str, int], start: date, cite: str, says: str, number: int
) -> LawBook:
    """The book with other numbers in a row from a day on; the row that holds ends on the day before.

    UserError, with the field in words, for what cannot be.
    """
    place, before = _holding(book, target, start)
    after = _with(before, numbers, start, cite, says, number)
    _check_numbers(before, after)
    _check_merits(after)
    ended = replace(before, end=start - ONE_DAY, change=number)
    rows = (*book.rows[:place], ended, after, *book.rows[place + 1 :])
    changed = replace(book, rows=rows)
    _check_classes(changed, after)
    return changed


def end_version(book: LawBook, target: str, start: date | None, last: date, number: int) -> LawBook:
    """The book with a last day for a row that has none."""
    found = [(place, each) for place, each in enumerate(book.rows) if each.name == target and each.start == start]
    if not found:
        raise UserError("没有这一行", do="请重新选择要终止的一行")
    [(place, row)] = found
    checks.check_end(row, last)
    ended = replace(row, end=last, change=number)
    return replace(book, rows=(*book.rows[:place], ended, *book.rows[place + 1 :]))


def _holding(book: LawBook, target: str, start: date) -> tuple[int, Row]:
    versions = [(place, each) for place, each in enumerate(book.rows) if each.name == target]
    for place, each in versions:
        if each.holds(start) and each.start < start and each.end is None:
            return place, each
    first = max(each.start for _, each in versions)
    raise UserError(
        f"这一行从 {first} 起施行，{start} 没有可以接着改的数值",
        do="新的起日要晚于现有的起日，而且现有的一行还没有终止",
        where="自某日起",
    )


def _with(row: Row, numbers: Mapping[str, int], start: date, cite: str, says: str, number: int) -> Row:
    known = numbers_of(row)
    if strange := sorted(set(numbers) - set(known)):
        raise UserError(f"这一行没有“{strange[0]}”这项数值", do="请重新选择要修改的一行")
    new = {**known, **numbers}
    changed = {name for name in known if new[name] != known[name]}
    if not changed:
        raise UserError("没有改动任何数值", do="请至少改一项", where=words_of(next(iter(known))))
    cites = dict(row.cites)
    for name in changed:
        kind, _, merit = name.partition(" ")
        cites[("cap" if kind == CAP else "range") if merit else CITED_FOR[kind]] = cite
    return replace(
        row,
        start=start,
        wait=new.get("wait"),
        interval=new.get("interval"),
        absolute_cap=new.get("absolute_cap"),
        floor=new.get("floor"),
        caps={merit: new[f"{CAP} {merit}"] for merit in row.caps},
        ranges={merit: (new[f"{LOW} {merit}"], new[f"{HIGH} {merit}"]) for merit in row.ranges},
        cites=cites,
        says=says or row.says,
        change=number,
    )


def _check_numbers(before: Row, after: Row) -> None:
    known = numbers_of(before)
    for name, value in numbers_of(after).items():
        checks.check_size(value, [known[name]], "月", words_of(name))


def _check_merits(row: Row) -> None:
    for less, more in MORE:
        if row.caps and row.caps[less] > row.caps[more]:
            raise UserError(
                f"{MERITS[more]}的上限不能低于{MERITS[less]}的上限", do="请核对", where=words_of(f"{CAP} {more}")
            )
        if row.ranges and row.ranges[more] > row.ranges[less]:
            raise UserError(
                f"{MERITS[more]}减为的刑期不能长于{MERITS[less]}减为的刑期",
                do="请核对",
                where=words_of(f"{LOW} {more}"),
            )
    for merit, (low, high) in row.ranges.items():
        if low > high:
            raise UserError(f"{MERITS[merit]}的最短长于最长", do="请核对", where=words_of(f"{LOW} {merit}"))


def _check_classes(book: LawBook, changed: Row) -> None:
    """No strict class may be treated more mildly than ordinary prisoners with the same sentence, from that day on."""
    for strict, usual in _pairs(book.rows, changed):
        for name in ("wait", "interval"):
            mild, hard = getattr(usual, name), getattr(strict, name)
            if mild is not None and hard is not None and hard < mild:
                raise UserError(
                    f"“{strict.says}”的{SINGLE[name]} {hard} 个月，会短于“{usual.says}”的 {mild} 个月",
                    do="从严的不能比普通的宽；请先修改另一行",
                    where=SINGLE[name],
                )
        for merit, most in strict.caps.items():
            mild = usual.caps.get(merit, most)
            if most > mild:
                raise UserError(
                    f"“{strict.says}”{MERITS[merit]}的上限 {most} 个月，会高于“{usual.says}”的 {mild} 个月",
                    do="从严的不能比普通的宽；请先修改另一行",
                    where=words_of(f"{CAP} {merit}"),
                )


def _pairs(rows: Sequence[Row], changed: Row) -> Iterator[tuple[Row, Row]]:
    """The strict rows beside the ordinary ones of the same table and sentence, of which one is the changed row."""
    for each in rows:
        if each.table != changed.table or each.group == changed.group or {each.group, changed.group} & {*SAME_FOR_ALL}:
            continue
        if not each.holds(changed.start) or not _meet(each.band, changed.band):
            continue
        if changed.group == "ordinary":
            yield each, changed
        elif each.group == "ordinary":
            yield changed, each


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
