"""The card of hearing officers: three questions in plain words, empty told apart from none and nought."""

from __future__ import annotations

from app.core.documents.hearing import UNSAID, hearing_questions
from app.core.findings import Conclusion, Level
from app.core.values import Money
from tests.core.documents import samples
from tests.core.documents.test_context import words


def card(*changes: tuple[str, object], **found: object) -> list[dict[str, object]]:
    record = samples.proposal(**dict(changes))  # type: ignore[arg-type]
    case = found.get("case", samples.AGREED)
    return hearing_questions(case, words(record))  # type: ignore[arg-type]


def test_three_questions_with_what_the_material_says() -> None:
    repentance, property_, conduct = card()
    assert "监狱认定的表现：确有悔改表现。" in repentance["答"]
    assert "判项：罚金5000元。" in property_["答"]
    assert "考核期间：2024年1月1日至2024年9月30日。" in conduct["答"]
    assert conduct["留意"] == []


def test_nought_and_none_are_said_and_an_empty_cell_is_called_so() -> None:
    told = str(card(("amount_paid", Money(0)), ("commendations", 0))[1:])
    assert "已缴0" in told
    assert "获得表扬：0次" in told
    assert "从宽情形：无" in str(card())
    assert f"判项：（{UNSAID}）" in str(card(("property_penalty", None)))


def test_what_was_found_stands_beside_its_question_and_a_doubt_is_called_so() -> None:
    doubt = samples.found(Level.DOUBT, "JX-F02", "确有能力不履行", "账户余额较多而没有缴纳。")
    lack = samples.lacking("JX-K02", "考核期重叠或者断档", "月考核表")
    case = samples.case(Conclusion.INVESTIGATE, doubt, lack)
    asked = card(case=case)
    assert asked[1]["留意"] == ["账户余额较多而没有缴纳（存疑，尚须核实）。"]
    assert asked[2]["留意"] == ["考核期重叠或者断档：缺少月考核表，还不能判断。"]
