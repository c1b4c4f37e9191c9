"""The comparison of results with known answers: it must see every kind of difference."""

import json
from pathlib import Path
from typing import Any

import pytest

from installer.answers import Answers, compare, compare_imports, compare_people, complaints, load_answers
from installer.console import Stop

CASE = {
    "prisoner_no": "3300000001",
    "name": "测试甲",
    "conclusion": ["建议不予提请"],
    "findings": {"JX-T03": "违法", "JX-P01": "存疑"},
    "must_not": ["JX-T01"],
    "only_unlawful": ["JX-T03"],
}
PERSON = {"prisoner_no": "3300000001", "name": "测试甲"}
FOUND = [
    {"rule": "JX-T03", "level": "违法", "person": PERSON},
    {"rule": "JX-P01", "level": "存疑", "person": PERSON},
]
CONCLUDED = [{"conclusion": "建议不予提请", "person": PERSON}]


def finding(rule: str, level: str, prisoner_no: str = "3300000001") -> dict[str, Any]:
    return {"rule": rule, "level": level, "person": {"prisoner_no": prisoner_no}}


def test_agreement_has_no_complaints() -> None:
    assert complaints(CASE, FOUND, CONCLUDED) == []


def test_one_of_several_conclusions_is_right() -> None:
    assert complaints({**CASE, "conclusion": ["不能判断", "建议不予提请"]}, FOUND, CONCLUDED) == []


@pytest.mark.parametrize(
    ("findings", "conclusions", "said"),
    [
        (FOUND, [{"conclusion": "同意提请"}], "结论为同意提请，应为建议不予提请"),
        (FOUND, [], "没有结论，应为建议不予提请"),
        (FOUND, [*CONCLUDED, {"conclusion": "不能判断"}], "结论为不能判断，应为建议不予提请"),
        (FOUND[:1], CONCLUDED, "JX-P01 应为存疑，没有报出"),
        ([FOUND[0], finding("JX-P01", "提示")], CONCLUDED, "JX-P01 应为存疑，实为提示"),
        ([*FOUND, finding("JX-T01", "存疑")], CONCLUDED, "JX-T01 不应报出，实为存疑"),
        ([*FOUND, finding("JX-M02", "违法")], CONCLUDED, "JX-M02 多报违法"),
    ],
)
def test_every_difference_is_told(findings: list[Any], conclusions: list[Any], said: str) -> None:
    assert complaints(CASE, findings, conclusions) == [said]


def test_an_empty_list_allows_no_unlawful_finding() -> None:
    lawful = {"prisoner_no": "1", "only_unlawful": []}
    assert complaints(lawful, [finding("JX-T03", "违法")], []) == ["JX-T03 多报违法"]
    assert complaints(lawful, [finding("JX-T03", "存疑")], []) == []


def test_a_missing_unlawful_finding_is_told() -> None:
    assert complaints({"prisoner_no": "1", "only_unlawful": ["JX-T03"]}, [], []) == ["JX-T03 应报违法而没有报"]


def test_what_the_answer_does_not_say_is_not_asked() -> None:
    assert complaints({"prisoner_no": "1"}, [finding("JX-T03", "违法")], [{"conclusion": "不能判断"}]) == []


def test_persons_are_told_apart_by_their_number() -> None:
    second = {"prisoner_no": "3300000002", "name": "测试乙", "only_unlawful": []}
    compared = compare(Answers("2026-11-21", [CASE, second]), FOUND, CONCLUDED)
    assert [(each.subject, each.complaints) for each in compared] == [
        ("测试甲（3300000001）", []),
        ("测试乙（3300000002）", []),
    ]


SHEET = {
    "file": "a.xlsx",
    "sheet": "一",
    "table": "T02",
    "rows": 3,
    "accepted": 2,
    "rejected": [{"row": 4, "column": "姓名"}],
}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([SHEET], []),
        ([{**SHEET, "rejected": [{"row": 4, "column": "姓名", "value": "", "reason": "姓名为空"}]}], []),
        ([], ["没有导入"]),
        ([{**SHEET, "sheet": "二"}], ["没有导入", "不应有这张表"]),
        ([{**SHEET, "table": None}], ["表为None，应为T02"]),
        ([{**SHEET, "rows": 4, "accepted": 3}], ["行数为4，应为3", "收下为3，应为2"]),
        ([{**SHEET, "rejected": [{"row": 5, "column": "姓名"}]}], ["退回第5行姓名，应为第4行姓名"]),
        ([{**SHEET, "accepted": 3, "rejected": []}], ["收下为3，应为2", "退回无，应为第4行姓名"]),
    ],
)
def test_every_difference_of_an_import_is_told(given: list[Any], said: list[str]) -> None:
    compared = compare_imports(Answers("2026-11-21", [], [SHEET]), given)
    assert [text for each in compared for text in each.complaints] == said


def test_imports_nobody_knew_beforehand_are_not_asked() -> None:
    assert compare_imports(Answers("2026-11-21", []), [SHEET]) == []


def write(folder: Path, data: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answers.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_answers_of_all_folders_are_read(tmp_path: Path) -> None:
    write(tmp_path / "减刑 示例", {"as_of": "2026-11-21", "cases": [CASE]})
    write(tmp_path / "b" / "c", {"as_of": "2026-11-21", "cases": [{"prisoner_no": "2"}]})
    read = load_answers(tmp_path)
    assert read.as_of == "2026-11-21"
    assert {case["prisoner_no"] for case in read.cases} == {"3300000001", "2"}


def test_no_answers_is_not_agreement(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="没有"):
        load_answers(tmp_path)


def test_two_days_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a", {"as_of": "2026-11-21", "cases": [CASE]})
    write(tmp_path / "b", {"as_of": "2026-11-22", "expected_import": [SHEET]})
    with pytest.raises(Stop, match="2026-11-21、2026-11-22"):
        load_answers(tmp_path)


@pytest.mark.parametrize("data", [[], {"cases": [CASE]}, {"as_of": "2026-11-21", "cases": ["x"]}])
def test_another_shape_is_refused_in_words(tmp_path: Path, data: Any) -> None:
    write(tmp_path, data)
    with pytest.raises(Stop, match=r"answers\.json 读不懂"):
        load_answers(tmp_path)


@pytest.mark.parametrize("lists", [{}, {"cases": []}, {"cases": [], "expected_import": []}])
def test_answers_that_say_nothing_are_refused(tmp_path: Path, lists: Any) -> None:
    write(tmp_path, {"as_of": "2026-11-21", **lists})
    with pytest.raises(Stop, match="没有答案"):
        load_answers(tmp_path)


def test_a_case_without_a_number_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"as_of": "2026-11-21", "cases": [{"prisoner_no": "1"}, {"name": "测试丙"}]})
    with pytest.raises(Stop, match="第 2 条"):
        load_answers(tmp_path)


NUMBER = "110101199001010015"
KNOWN = {
    "name": "测试甲",
    "id_number": NUMBER,
    "findings": [{"rule": "SJ-01", "level": ["违法", "存疑"], "gravity": "重大"}],
    "allowed": ["SJ-07"],
    "must_not": ["SJ-15"],
}


def about(rule: str, level: str = "违法", gravity: str | None = "重大") -> dict[str, Any]:
    person = {"id_number": NUMBER}
    return {"rule": rule, "level": level, "gravity": gravity, "desk": "correction", "person": person}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([about("SJ-01")], []),
        ([about("SJ-01", "存疑", None), about("SJ-07"), about("SJ-20", "提示", None)], []),
        ([], ["SJ-01 应为违法或存疑重大，没有报出"]),
        ([about("SJ-01", "提示", None)], ["SJ-01 应为违法或存疑重大，实为提示"]),
        ([about("SJ-01", gravity="轻微")], ["SJ-01 应为违法或存疑重大，实为违法轻微"]),
        ([about("SJ-01"), about("SJ-15", "提示", None)], ["SJ-15 不应报出，实为提示"]),
        ([about("SJ-01"), about("BQ-02"), about("SJ-20", "存疑")], ["BQ-02 多报违法", "SJ-20 多报存疑"]),
    ],
)
def test_people_of_the_other_desks_are_compared_by_their_identity_number(given: list[Any], said: list[str]) -> None:
    somebody_else = {**about("SJ-20"), "person": {"id_number": "110101198505050012"}}
    (compared,) = compare_people(Answers("2026-11-21", [], people=[KNOWN]), [*given, somebody_else])
    assert (compared.subject, compared.complaints) == (f"测试甲（{NUMBER}）", said)


@pytest.mark.parametrize(("row", "said"), [(4, []), (5, ["DQ-01 应为数据，没有报出"])])
def test_what_quality_finds_is_compared_by_the_row(row: int, said: list[str]) -> None:
    place = {"file": "名册.xlsx", "sheet": "一"}
    wrong = {"name": "测试甲", "id_number": NUMBER, "rows": [{**place, "row": 4}]}
    wrong["findings"] = [{"rule": "DQ-01", "level": ["数据"]}]
    evidence = [{**place, "row": row}]
    given = {"rule": "DQ-01", "level": "数据", "gravity": None, "desk": "quality", "person": {}, "evidence": evidence}
    (compared,) = compare_people(Answers("2026-11-21", [], people=[wrong]), [given])
    assert compared.complaints == said


def test_people_and_districts_of_all_folders_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a", {"as_of": "2026-11-21", "district": "例县", "expected_findings": [KNOWN]})
    write(tmp_path / "b", {"as_of": "2026-11-21", "district": "例县", "expected_import": [SHEET]})
    read = load_answers(tmp_path)
    assert (read.people, read.districts) == ([KNOWN], ["例县"])


def test_somebody_without_an_identity_number_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"as_of": "2026-11-21", "expected_findings": [{**KNOWN, "id_number": ""}]})
    with pytest.raises(Stop, match="没有身份证号码"):
        load_answers(tmp_path)
