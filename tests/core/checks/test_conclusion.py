"""What the office is advised to answer, by the table of the contract: the first line that applies."""

from __future__ import annotations

import pytest

from app.core.checks.reduction.conclusion import conclude
from app.core.findings import Conclusion, Level, Outcome, Verdict

UNLAWFUL, DOUBT, HINT, DATA = Level.UNLAWFUL, Level.DOUBT, Level.HINT, Level.DATA


def verdict(said: str) -> Verdict:
    """T03违法 and the like as a verdict; 合规 and 不能判断 are outcomes."""
    rule, word = f"JX-{said[:3]}", said[3:]
    if word in {each.value for each in Level}:
        return Verdict(rule, "", Outcome.FOUND, level=Level(word))
    return Verdict(rule, "", Outcome(word))


@pytest.mark.parametrize(
    ("said", "conclusion", "reasons"),
    [
        ("", Conclusion.AGREE, []),
        ("T01合规 M01合规 S01合规", Conclusion.AGREE, []),
        ("R02提示 T13提示 D07提示 D02数据", Conclusion.AGREE, []),
        ("T01违法", Conclusion.REFUSE, ["T01"]),
        ("S01违法", Conclusion.REFUSE, ["S01"]),
        ("B01违法", Conclusion.REFUSE, ["B01"]),
        ("F02违法", Conclusion.REFUSE, ["F02"]),
        ("J04违法", Conclusion.REFUSE, ["J04"]),
        ("K03违法", Conclusion.REFUSE, ["K03"]),
        ("T03违法 M01违法 T01不能判断", Conclusion.REFUSE, ["T03"]),
        ("M01违法", Conclusion.ADJUST, ["M01"]),
        ("P01违法 M02违法", Conclusion.ADJUST, ["P01", "M02"]),
        ("D09违法", Conclusion.ADJUST, ["D09"]),
        ("M01违法 T03不能判断", Conclusion.ADJUST, ["M01"]),
        ("M01违法 T10存疑", Conclusion.ADJUST, ["M01"]),
        ("T01不能判断", Conclusion.UNDECIDED, ["T01"]),
        ("M03不能判断 T10存疑", Conclusion.UNDECIDED, ["M03"]),
        ("S04不能判断", Conclusion.UNDECIDED, ["S04"]),
        ("J05不能判断", Conclusion.UNDECIDED, ["J05"]),
        ("T11不能判断 K03不能判断 D09不能判断", Conclusion.AGREE, []),
        ("T12不能判断", Conclusion.UNDECIDED, ["T12"]),
        ("M09不能判断 D14不能判断 J08不能判断 B09不能判断", Conclusion.AGREE, []),
        ("T07违法 M04违法", Conclusion.REFUSE, ["T07"]),
        ("M04违法 M05存疑", Conclusion.ADJUST, ["M04"]),
        ("D14违法", Conclusion.INVESTIGATE, ["D14"]),
        ("B09提示 J10提示 M13提示", Conclusion.AGREE, []),
        ("T10存疑", Conclusion.INVESTIGATE, ["T10"]),
        ("R08提示", Conclusion.INVESTIGATE, ["R08"]),
        ("R08合规", Conclusion.AGREE, []),
        ("R07违法", Conclusion.INVESTIGATE, ["R07"]),
        ("R01违法 T13提示", Conclusion.INVESTIGATE, ["R01"]),
    ],
)
def test_conclusion(said: str, conclusion: Conclusion, reasons: list[str]) -> None:
    given = conclude([verdict(each) for each in said.split()])
    assert given == (conclusion, tuple(f"JX-{each}" for each in reasons))
