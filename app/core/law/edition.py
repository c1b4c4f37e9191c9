"""The office's own edition: changes of the law it made itself, laid over the shipped files.

The shipped files are never written: an update of the program replaces them, and the office's changes are laid over the
new ones. The changes are kept in the encrypted store and not as files beside it, because the store is what the people
of an office share, what is copied and handed on, and where the log is: a number of the law and the conclusions that
rest on it stay together, and nobody changes one without passphrase and trace. A change is taken back, never deleted.

Changes are laid on in their order, each checked against the law as the earlier ones left it. What does not fit (made
unreadable, or overtaken by an update) is left out together with all other changes of the same number, so that this
number stands as shipped; `LawBook.refused` tells it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.core.errors import UserError
from app.core.law import edition_checks as checks
from app.core.law import holidays
from app.core.law.book import LawBook, Parameter, Provision
from app.core.law.changes import AddRow, AddVersion, Change, EndRow, SetYear, Source, read_change
from app.core.law.edition_rows import end_version, lay_version
from app.core.law.local import LOCAL, locals_of

ONE_DAY = timedelta(days=1)


def lay_over(book: LawBook, changes: Iterable[tuple[int, str, Mapping[str, Any] | None]]) -> LawBook:
    """The book with the office's changes (number, kind, content); those that do not fit are named in `refused`."""
    by_target: dict[str, list[tuple[int, Change]]] = defaultdict(list)
    refused: list[str] = []
    spoilt: set[str] = set()
    for number, kind, content in changes:
        try:
            change = read_change(kind, content)
        except ValueError:
            target = str((content or {}).get("target", ""))
            spoilt.add(target)
            refused.append(f"本院第 {number} 处修改读不出来，没有采用")
        else:
            by_target[change.target].append((number, change))
    fitting = 0
    for target, group in by_target.items():
        try:
            if target in spoilt:
                raise UserError("同一数值的另一处修改读不出来", do="请撤回后重新填写")
            changed = book
            for number, change in group:
                changed = lay_on(changed, change, number)
        except UserError as fault:
            refused.append(f"本院对“{name_of(book, target)}”的修改没有采用，按程序自带的数值审查：{fault.what}")
        else:
            book, fitting = changed, fitting + len(group)
    edition = f"{book.edition}+本院修改{fitting}处" if fitting else book.edition
    return replace(book, edition=edition, refused=tuple(refused))


def lay_on(book: LawBook, change: Change, number: int) -> LawBook:
    """The book with one more change, under its number; UserError, with the field, for what cannot be."""
    match change:
        case AddRow():
            return _add(book, change, number)
        case AddVersion():
            return _add_version(book, change, number)
        case EndRow():
            return _end(book, change, number)
        case SetYear():
            checks.check_year(change.year, change.off, change.work)
            calendar = book.calendar
            off, work = {**calendar.off, change.year: change.off}, {**calendar.work, change.year: change.work}
            return replace(book, calendar=holidays.Calendar(off, work, calendar.read))


def _add(book: LawBook, change: AddRow, number: int) -> LawBook:
    rows = in_order(book.parameters.get(change.target, ()))
    local = locals_of(book).get(change.target)
    if not rows and local is None:
        raise UserError("法律数据里没有这一项数值", do="请从左边的列表里选择")
    checks.check_value(change.value, rows, local)
    checks.check_span(change.start, change.end)
    provisions, cite = _cited(book, change, number, local.says if local else rows[-1].says)
    unit, says = (rows[-1].unit, change.says or rows[-1].says) if rows else ("", change.says)
    if local is not None:
        unit, says = local.unit, change.says or local.says
    kept = [_closed(each, change, number) for each in rows]
    added = Parameter(change.target, change.value, unit, change.start, change.end, cite, says, number)
    checks.check_overlap(added, kept)
    origin = {**book.origin, change.target: book.origin.get(change.target, LOCAL)}
    group = in_order((*kept, added))
    return replace(book, provisions=provisions, parameters={**book.parameters, change.target: group}, origin=origin)


def _cited(book: LawBook, change: AddRow | AddVersion, number: int, says: str) -> tuple[dict[str, Provision], str]:
    """The provisions with the office's own, where it names one, and the id of the one relied on."""
    provisions, source = dict(book.provisions), change.cite
    if isinstance(source, Source):
        cite = f"OFFICE-{number}"
        checks.check_source(source.law, source.article, source.start)
        provisions[cite] = Provision(
            cite, source.law, source.article, source.start, None, source.certainty, change.says or says, office=True
        )
    else:
        cite = source
    checks.check_citation(provisions.get(cite), change.start)
    return provisions, cite


def _add_version(book: LawBook, change: AddVersion, number: int) -> LawBook:
    known = [each for each in book.rows if each.name == change.target]
    if not known:
        raise UserError("法律数据里没有这一行", do="请从左边的列表里选择")
    checks.check_span(change.start, None)
    provisions, cite = _cited(book, change, number, known[-1].says)
    changed = lay_version(book, change.target, change.numbers, change.start, cite, change.says, number)
    return replace(changed, provisions=provisions)


def _closed(row: Parameter, change: AddRow, number: int) -> Parameter:
    """A row that the new one takes over from, ended the day before."""
    open_before = row.end is None and (row.start is None or row.start < change.start)
    return replace(row, end=change.start - ONE_DAY, change=number) if change.closes and open_before else row


def _end(book: LawBook, change: EndRow, number: int) -> LawBook:
    if any(each.name == change.target for each in book.rows):
        return end_version(book, change.target, change.start, change.last, number)
    rows = book.parameters.get(change.target, ())
    row = next((each for each in rows if each.start == change.start), None)
    if row is None:
        raise UserError("没有这一行", do="请重新选择要终止的一行")
    checks.check_end(row, change.last)
    ended = replace(row, end=change.last, change=number)
    group = tuple(ended if each is row else each for each in rows)
    return replace(book, parameters={**book.parameters, change.target: group})


def in_order(rows: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Rows by their first day."""
    return tuple(sorted(rows, key=lambda each: each.start or date.min))


def name_of(book: LawBook, target: str) -> str:
    """What people call a number: its local name, or what it or the row says, or the year."""
    local = locals_of(book).get(target)
    if local is not None:
        return local.name
    row = next((each for each in book.rows if each.name == target), None)
    if row is not None:
        return f"{row.id} 行：{row.says}"
    rows = in_order(book.parameters.get(target, ()))
    return rows[-1].says if rows else f"{target}年节假日" if target.isdigit() else target
