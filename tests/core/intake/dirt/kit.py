"""The list of dirty workbooks, and how pages become a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.core.intake.dirt import books, opened
from tests.core.intake.dirt.page import Expected, Page
from tests.core.intake.dirt.xls import xls

Made = tuple[bytes, list[Expected]]
CASES: dict[str, Callable[[], Made]] = {}


@dataclass(frozen=True)
class Case:
    """A dirty workbook: its file name (the dirt, in words), its bytes and what must be read from it."""

    name: str
    data: bytes
    expected: list[Expected]


def case(name: str) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """Put a maker of a workbook on the list, by its file name."""

    def put(make: Callable[[], Made]) -> Callable[[], Made]:
        if name in CASES:
            raise ValueError(name)
        CASES[name] = make
        return make

    return put


def file(kind: str, *pages: Page, **options: object) -> Made:
    """The pages as a file of a kind, with what is expected of each; pages of one grid share it."""
    grids = list({id(each.grid): each.grid for each in pages}.values())
    expected = [_whole(each) for each in pages]
    match kind:
        case "xlsx":
            return books.xlsx(grids, **options), expected
        case "xls":
            return xls(grids), expected
        case "ods":
            return opened.ods(grids), expected
        case "page":
            return books.page(grids, str(options.get("encoding", "gb2312"))), _named(expected)
        case "xml":
            return books.xml_2003(grids), expected
        case "text":
            encoding, mark = str(options.get("encoding", "gb18030")), str(options.get("mark", ","))
            return books.lines(grids[0], encoding, mark), [_text(each) for each in expected]
        case "sparse":
            return opened.sparse(grids[0], **options), expected  # type: ignore[arg-type]
    raise ValueError(kind)


def _whole(page: Page) -> Expected:
    page.expected.hidden = {
        "sheet": page.grid.hidden,
        "rows": page.grid.hidden_rows,
        "columns": page.grid.hidden_columns,
    }
    return page.expected


def _named(expected: Sequence[Expected]) -> list[Expected]:
    """Tables of a page have no names."""
    for number, each in enumerate(expected, 1):
        each.sheet = f"表{number}"
    return list(expected)


def _text(expected: Expected) -> Expected:
    """A text table is named by its file."""
    expected.sheet = ""
    return expected


def every() -> list[Case]:
    """All dirty workbooks."""
    from tests.core.intake.dirt import files, layouts, mixed, values

    if not all((files, layouts, mixed, values)):
        raise ImportError
    return [Case(name, *make()) for name, make in CASES.items()]
