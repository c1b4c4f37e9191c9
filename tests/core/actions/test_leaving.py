"""The way out: files with identity numbers are asked about, masked or let be, and no action writes past the door."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.core import log
from app.core.actions import leaving
from app.core.actions.export import export_ledger
from app.core.actions.leaving import AS_IT_IS, CANCEL, MASKED, Door, carry_out, look_through
from app.core.actions.leaving_scan import Known, held_in, masked_text, numbers_in, without_numbers
from app.core.actions.log_book import export_log
from app.core.actions.review import review
from app.core.documents.identity import Kind, Masks
from app.core.errors import Cancelled
from app.core.jobs import Question, Ticket
from app.core.law.book import shipped
from app.core.people.id_number import check_digit
from app.core.reports.tables import Sheet, tables_workbook
from app.core.store.database import Store
from tests.core.actions.test_actions import DAY, NOW, WHO, take
from tests.core.documents.papers import docx, p
from tests.core.workbooks import proposals

ROOT = Path(__file__).parents[3]


def number(place: int = 0) -> str:
    """An artificial identity number that is right in itself."""
    first = f"990101199{place % 10}0506{place % 1000:03}"
    return first + check_digit(first)


OLD = "990101900506123"


class Window:
    """Answers what a job asks."""

    def __init__(self, answer: str) -> None:
        self.answer, self.asked = answer, list[Question]()


class Asked(Ticket):
    """A ticket whose questions are answered at once."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window

    def ask(self, question: Question) -> str:
        self._window.asked.append(question)
        assert self._window.answer in question.choices
        return self._window.answer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.temporary() as each:
        take(
            each,
            proposals(tmp_path / "名册.xlsx", *[{"姓名": f"测试某甲{n}", "身份证号码": number(n)} for n in range(3)]),
        )
        review(each, shipped(), "reduction", DAY, now=NOW, who=WHO, ticket=Ticket())
        yield each


def door(store: Store, answer: str, *inside: Path) -> tuple[Door, Window]:
    window = Window(answer)
    return Door(Asked(window), store, lambda: NOW, lambda: WHO, inside), window


@pytest.mark.parametrize(
    "data",
    [
        f"号码{number()}。".encode(),
        f"号码{number()}".encode("gb18030"),
        f"姓名,号码\n某,{number()}".encode("utf-16"),
        number().translate(str.maketrans("0123456789", "０１２３４５６７８９")).encode(),
        f"{number()[:6]} {number()[6:14]} {number()[14:]}".encode(),
        f"旧号{OLD}".encode(),
        b"\xd0\xcf\x11\xe0\x00" + number().encode("utf-16-le"),
        tables_workbook([Sheet("表", {"号码": 20}, [(number(),)])]),
        docx(p(f"罪犯某，{number()}")),
    ],
)
def test_a_number_is_found_in_every_kind_of_file(data: bytes) -> None:
    assert held_in(data).numbers == 1


def test_a_number_split_by_formatting_and_one_in_an_archive_of_archives_is_found() -> None:
    xml = f"<w:p><w:r><w:t>{number()[:9]}</w:t></w:r><w:r><w:t>{number()[9:]}</w:t></w:r></w:p>"
    assert list(numbers_in(xml, markup=True)) == [number()]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as box:
        box.writestr("文书/一.docx", docx(p(number(1))))
        box.writestr("二.csv", f"{number(2)}\n{number(2)}")
    assert held_in(stream.getvalue()) == (2, 3, True)


@pytest.mark.parametrize(
    "text",
    [
        number()[:-1] + ("1" if number()[-1] != "1" else "2"),
        "0.123456789012345",
        "6222021234567890123",
        "990101901306123",
        f"A{number()}",
        "a" + "1" * 18 + "f",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert held_in(text.encode()).numbers == 0


@given(st.binary(max_size=400))
def test_no_bytes_at_all_upset_it(data: bytes) -> None:
    held_in(data)
    held_in(b"PK\x03\x04" + data)


def test_a_ledger_is_asked_about_written_masked_or_let_be(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "外面" / "台账.xlsx"
    each, window = door(store, CANCEL, tmp_path / "里面")
    with leaving.watched(each), pytest.raises(Cancelled):
        export_ledger(store, "reduction", path, ticket=Ticket())
    assert not path.exists()
    assert "3 个身份证号码" in window.asked[0].more
    each, _ = door(store, AS_IT_IS, tmp_path / "里面")
    with leaving.watched(each):
        export_ledger(store, "reduction", path, ticket=Ticket())
    assert held_in(path.read_bytes()).numbers == 3
    each, _ = door(store, MASKED, tmp_path / "里面")
    with leaving.watched(each):
        export_ledger(store, "reduction", path, ticket=Ticket())
    assert held_in(path.read_bytes()).numbers == 0
    shown = "".join(str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row)
    assert "测试某甲" not in shown
    assert "甲某" in shown
    notes = [each.what["选择"] for each in store.audit.entries() if each.act == leaving.ACT]
    assert notes == [CANCEL, AS_IT_IS, MASKED]


def test_inside_the_programs_folder_nobody_is_asked(store: Store, tmp_path: Path) -> None:
    each, window = door(store, CANCEL, tmp_path)
    with leaving.watched(each):
        export_ledger(store, "reduction", tmp_path / "台账.xlsx", ticket=Ticket())
    assert not window.asked


def test_on_a_stick_it_is_asked_even_in_the_programs_own_folder(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "on_stick", lambda _: True)
    each, window = door(store, AS_IT_IS, tmp_path)
    with leaving.watched(each):
        export_ledger(store, "reduction", tmp_path / "台账.xlsx", ticket=Ticket())
    assert "U盘" in window.asked[0].more


def test_a_file_without_numbers_leaves_in_silence(store: Store, tmp_path: Path) -> None:
    each, window = door(store, CANCEL)
    with leaving.watched(each):
        export_log(store, tmp_path / "操作记录.txt", now=NOW, who=WHO)
    assert not window.asked


def test_documents_say_once_a_folder_that_they_hold_numbers(store: Store, tmp_path: Path) -> None:
    each, window = door(store, AS_IT_IS, tmp_path / "里面")
    with leaving.watched(each):
        leaving.must_hold(tmp_path / "里面", "文书")
        leaving.must_hold(tmp_path / "外面", "文书", 2)
        leaving.must_hold(tmp_path / "外面", "文书")
    assert [one.what.count("文书 2 份") for one in window.asked] == [1]
    each, _ = door(store, CANCEL)
    with leaving.watched(each), pytest.raises(Cancelled):
        leaving.must_hold(tmp_path / "别处", "文书")


def test_files_are_looked_through_and_carried_out(store: Store, tmp_path: Path) -> None:
    (tmp_path / "一.docx").write_bytes(docx(p(f"测试某甲1，{number(1)}")))
    (tmp_path / "二.txt").write_text("没有", encoding="utf-8")
    (tmp_path / "去").mkdir()
    files = leaving.files_below(tmp_path, ticket=Ticket())
    looked = look_through([each for each in files if each.suffix != ".xlsx"], ticket=Ticket())
    assert [(each.path.name, each.held.numbers) for each in looked] == [("一.docx", 1), ("二.txt", 0)]
    each, _ = door(store, MASKED)
    with leaving.watched(each):
        done = carry_out([each.path for each in looked], tmp_path / "去", ticket=Ticket())
    assert [path.name for path in done.value] == ["一.docx", "二.txt"]
    assert held_in((tmp_path / "去" / "一.docx").read_bytes()).numbers == 0


def test_a_split_number_is_not_written_as_if_it_were_masked() -> None:
    data = docx(f"<w:p><w:r><w:t>{number()[:9]}</w:t></w:r><w:r><w:t>{number()[9:]}</w:t></w:r></w:p>")
    assert without_numbers(data, ".docx", Known({}), Masks()) is None


def test_people_are_masked_alike_all_through_and_other_words_stay() -> None:
    known, masks = Known({"测试某甲": Kind.PERSON, "9912": Kind.NUMBER}), Masks()
    text = masked_text(f"测试某甲与测试某甲，编号9912，共99123元，{number()}", known, masks)
    assert text == "甲某与甲某，编号×××1，共99123元，×××2"


def test_a_crash_report_holds_no_number() -> None:
    report = log.crash_report(f"出错：{number()}", "0", [f"第 {OLD} 行"])
    assert held_in(report.encode("utf-8-sig")).numbers == 0


# Documents are asked about once a run (`must_hold`); a PDF lies beside the document it was made of.
PAST_THE_DOOR = {"leaving.py", "writer.py", "printing.py", "masked.py"}


def test_no_action_writes_past_the_door() -> None:
    writing = set()
    for path in (ROOT / "app" / "core" / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", getattr(node, "id", "")) if isinstance(node, ast.Attribute | ast.Name) else ""
            if name in {"write_whole", "write_bytes", "write_text", "copyfile", "copy2", "copytree"}:
                writing.add(path.name)
    assert writing == PAST_THE_DOOR
