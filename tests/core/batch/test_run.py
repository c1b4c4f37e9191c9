"""The headless run keeps its promises to the outside."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.core.batch import main
from tests.core.documents.papers import text
from tests.core.workbooks import proposals, write_book

TODAY, NOW = date(2026, 11, 21), "2026-11-21T09:00:00"
SHORT = {
    "罪犯编号": "9000000002",
    "姓名": "钱样二",
    "报请日期": "2022-04-13",
    "检察院收到日期": "2022-04-14",
    "公示起日": "2022-03-01",
    "公示止日": "2022-03-10",
    "考核止日": "2022-02-28",
}


def run(*argv: object) -> int:
    return main([str(each) for each in argv], today=TODAY, now=NOW)


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_findings_carry_level_law_sum_and_cell(tmp_path: Path) -> None:
    book = proposals(tmp_path / "名 册.xlsx", {}, SHORT)
    assert run(book, "--out", tmp_path / "果") == 0
    report = read(tmp_path / "果", "findings.json")
    assert set(report) == {"as_of", "program", "law", "findings", "not_evaluated"}
    assert report["as_of"] == "2026-11-21"
    [finding] = [each for each in report["findings"] if each["level"] == "违法"]
    assert finding["rule"] == "JX-T01"
    assert finding["person"] == {"name": "钱样二", "id_number": "", "prisoner_no": "9000000002", "match": "M1"}
    assert any("＋18个月 → 2022-04-14" in step for step in finding["steps"])
    assert finding["gravity"] == "较重"
    assert "第六条第一款" in [each["article"] for each in finding["basis"]]
    sheet = openpyxl.load_workbook(book)["提请"]
    labels = {cell.value: cell.column for cell in sheet[2]}
    for each in finding["evidence"]:
        assert each["file"] == "名 册.xlsx"
        assert str(sheet.cell(each["row"], labels[each["column"]]).value) == each["raw"]


def test_conclusions_and_imports_have_one_entry_each(tmp_path: Path) -> None:
    book = proposals(tmp_path / "a.xlsx", {}, SHORT, {"姓名": ""})
    assert run(book, "--out", tmp_path / "果") == 0
    by_name = {each["person"]["name"]: each for each in read(tmp_path / "果", "conclusions.json")}
    assert by_name["赵样一"]["conclusion"] == "同意提请"
    assert "JX-T01" in by_name["赵样一"]["passed"]
    assert by_name["钱样二"]["conclusion"] == "建议不予提请"
    assert by_name["钱样二"]["reasons"] == ["JX-T01"]
    [sheet] = read(tmp_path / "果", "import.json")
    assert (sheet["table"], sheet["header_row"], sheet["rows"], sheet["accepted"]) == ("R1", 2, 3, 2)
    assert [(each["row"], each["column"]) for each in sheet["rejected"]] == [(5, "姓名")]
    assert sheet["mapping"]["报请日期"] == "filed_on"


def test_what_is_wrong_with_the_data_stands_with_the_sheet_and_among_the_findings(tmp_path: Path) -> None:
    ahead = {"罪犯编号": "9000000002", "姓名": "钱样二", "判决日期": "2062-03-01"}
    unread = {"罪犯编号": "9000000003", "姓名": "孙样三", "判决日期": "2020年9月"}
    book = proposals(tmp_path / "a.xlsx", {}, ahead, unread)
    assert run(book, "--out", tmp_path / "果") == 0
    [sheet] = read(tmp_path / "果", "import.json")
    quality = {each["id"]: each for each in sheet["quality"]}
    assert list(quality) == [f"DQ-{number:02}" for number in range(1, 21)]
    assert (quality["DQ-06"]["result"], quality["DQ-06"]["count"]) == ("有问题", 1)
    assert [(each["row"], each["column"], each["value"]) for each in quality["DQ-04"]["first"]] == [
        (5, "判决日期", "2020年9月")
    ]
    assert quality["DQ-10"]["result"] == "不适用"
    assert sheet["coverage"]["columns"]["判决日期"] == {"field": "judged_on", "filled": 3, "readable": 2}
    report = read(tmp_path / "果", "findings.json")
    told = {each["rule"]: each for each in report["findings"] if each["desk"] == "quality"}
    assert {each["level"] for each in told.values()} == {"数据"}
    found = told["DQ-06"]
    assert set(found) == set(report["findings"][0])
    assert found["person"] == {"name": "", "id_number": "", "prisoner_no": "", "match": "M1"}
    assert found["evidence"] == [
        {
            "file": "a.xlsx",
            "sheet": "提请",
            "row": 4,
            "column": "判决日期",
            "field": "judged_on",
            "raw": "2062-03-01",
            "value": "2062-03-01",
        }
    ]
    assert (found["document"], found["unit"]) == ("数据体检单", "监狱")
    assert len({each["key"] for each in report["findings"]}) == len(report["findings"])


def test_a_check_without_its_column_is_said_not_to_be_evaluated(tmp_path: Path) -> None:
    roster = {"姓名": "测试甲一", "矫正类别": "缓刑", "缓刑考验期限": "二年", "社区矫正开始日期": "2026-01-05"}
    assert run(write_book(tmp_path / "a.xlsx", ("名册", [roster])), "--out", tmp_path / "果") == 0
    told = {each["rule"]: each for each in read(tmp_path / "果", "findings.json")["not_evaluated"]}
    assert told["DQ-20"]["missing"] == ["判决日期", "报到时间"]
    assert (told["DQ-20"]["case"], told["DQ-20"]["holder"]) == ("a.xlsx《名册》", "社区矫正机构")
    assert "DQ-09" not in told


def test_documents_are_one_a_case_and_a_kind(tmp_path: Path) -> None:
    book = proposals(tmp_path / "a.xlsx", {}, SHORT)
    assert run(book, "--out", tmp_path / "果", "--documents", "all") == 0
    assert len(list((tmp_path / "果" / "documents").rglob("*.docx"))) == 6
    assert len(list((tmp_path / "果" / "合并打印").glob("*.docx"))) == 3
    assert not list((tmp_path / "果").rglob("*.part"))


def test_the_paper_on_quality_is_one_for_each_file_with_something_to_mend(tmp_path: Path) -> None:
    unread = {"判决日期": "2020年9月"}
    proposals(tmp_path / "表" / "甲" / "a.xlsx", unread)
    proposals(tmp_path / "表" / "乙" / "a.xlsx", {**unread, "监狱": "邻县监狱"})
    proposals(tmp_path / "表" / "b.xlsx", {})
    assert run(tmp_path / "表", "--out", tmp_path / "果", "--documents", "数据体检单") == 0
    made = sorted((tmp_path / "果" / "documents").rglob("*.docx"))
    assert [each.name for each in made] == ["数据体检单_a(2).docx", "数据体检单_a.docx"]
    assert {each.parent.name for each in made} == {"数据体检单"}
    lines = {line for each in made for line in text(each.read_bytes()).split("\n")}
    assert {each for each in lines if each.endswith("监狱：")} == {"例县监狱：", "邻县监狱："}


@pytest.mark.parametrize("name", ["判决书", "调取数据函"])
def test_a_document_that_is_not_made_of_this_is_wrong_usage(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(proposals(tmp_path / "a.xlsx", {}), "--out", tmp_path / "果", "--documents", name) == 2
    assert f"没有名为“{name}”的文书" in capsys.readouterr().err


def test_wrong_usage_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--no-such") == 2
    assert "用法不对" in capsys.readouterr().err
    assert run(tmp_path, "--out", tmp_path, "--as-of", "昨天") == 2
    assert "不是日期" in capsys.readouterr().err
    assert run(tmp_path) == 2
    assert capsys.readouterr().err == "用法不对：缺少 --out。请用 --help 查看说明。\n"


def bad_files(folder: Path) -> dict[str, Path]:
    """One of each kind of file that cannot be imported."""
    good = proposals(folder / "good.xlsx", {}).read_bytes()
    word = folder / "word.xlsx"
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    files = {
        "空文件": b"",
        "截断": good[: len(good) // 2],
        "加密": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "乱码": bytes(range(256)) * 8,
    }
    paths = {name: folder / f"{name}.xlsx" for name in files}
    for name, data in files.items():
        paths[name].write_bytes(data)
    paths["空表"] = write_book(folder / "空表.xlsx", ("Sheet1", []))
    paths["无表头"] = write_book(folder / "无表头.xlsx", ("Sheet1", [{"甲": 1, "乙": 2}, {"甲": 3, "乙": 4}]))
    (folder / "good.xlsx").unlink()
    return {**paths, "文书": word, "不存在": folder / "没有这个文件.xlsx"}


@pytest.mark.parametrize("name", ["空文件", "截断", "加密", "乱码", "空表", "无表头", "文书", "不存在"])
def test_a_bad_file_is_one_clear_line_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    bad = bad_files(tmp_path / "坏")[name]
    good = proposals(tmp_path / "好.xlsx", {})
    assert run(bad, good, "--out", tmp_path / "果") == 4
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert bad.name in lines[0]
    assert "请" in lines[0]
    assert "Traceback" not in lines[0]
    assert len(read(tmp_path / "果", "conclusions.json")) == 1
    assert run(bad, "--out", tmp_path / "果2") == 3


def test_the_same_file_twice_is_received_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = proposals(tmp_path / "a.xlsx", {})
    (tmp_path / "b.xlsx").write_bytes(first.read_bytes())
    assert run(tmp_path, "--out", tmp_path / "果") == 0
    assert "内容相同" in capsys.readouterr().err
    assert len(read(tmp_path / "果", "conclusions.json")) == 1


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "果").write_text("不是文件夹", encoding="utf-8")
    assert run(proposals(tmp_path / "a.xlsx", {}), "--out", tmp_path / "果") != 0
    assert "请换一个文件夹" in capsys.readouterr().err


def test_a_store_keeps_what_was_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XZZJ_PASSPHRASE", "测试口令一二三")
    store = tmp_path / "数据.db"
    assert run(proposals(tmp_path / "a.xlsx", {}), "--out", tmp_path / "一", "--store", store) == 0
    assert run(proposals(tmp_path / "b.xlsx", SHORT), "--out", tmp_path / "二", "--store", store) == 0
    assert len(read(tmp_path / "二", "conclusions.json")) == 2
    assert "钱样二".encode() not in store.read_bytes()


def test_a_store_without_its_passphrase_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("XZZJ_PASSPHRASE", raising=False)
    assert run(proposals(tmp_path / "a.xlsx", {}), "--out", tmp_path / "果", "--store", tmp_path / "x.db") == 2
    assert "口令" in capsys.readouterr().err


def test_a_mapping_file_names_columns_nobody_knows(tmp_path: Path) -> None:
    rows = [{"囚号": "9000000001", "名": "赵样一", "哪天报的": "2022-09-20"}]
    book = write_book(tmp_path / "a.xlsx", ("表", rows))
    mapping = tmp_path / "m.json"
    columns = {"囚号": "prisoner_no", "名": "姓名", "哪天报的": "filed_on"}
    mapping.write_text(json.dumps({"mappings": [{"table": "R1", "columns": columns}]}), encoding="utf-8")
    assert run(book, "--out", tmp_path / "果") == 3
    assert run(book, "--out", tmp_path / "果", "--mapping", mapping) == 0
    assert read(tmp_path / "果", "import.json")[0]["mapping"]["哪天报的"] == "filed_on"


def test_what_the_list_hides_is_read_and_said(tmp_path: Path) -> None:
    path = proposals(tmp_path / "a.xlsx", {}, SHORT)
    book = openpyxl.load_workbook(path)
    book["提请"].row_dimensions[3].hidden = True
    book["提请"].column_dimensions["B"].hidden = True
    book["提请"].sheet_state = "hidden"
    book.create_sheet("空")
    book.save(path)
    assert run(path, "--out", tmp_path / "果") == 0
    [sheet] = read(tmp_path / "果", "import.json")
    assert sheet["hidden"] == {"sheet": True, "rows": [3], "columns": [2]}
    assert sheet["accepted"] == 2


def test_registers_are_written_when_asked_for(tmp_path: Path) -> None:
    book = proposals(
        tmp_path / "名册.xlsx", {"检察院收到日期": "2026-11-16"}, {**SHORT, "检察院收到日期": "2026-11-16"}
    )
    assert run(book, "--out", tmp_path / "果", "--registers") == 0
    names = ("待办期限", "文书台账", "检察建议台账", "一账三表", "月报季报", "线索台账")
    books = {each: openpyxl.load_workbook(tmp_path / "果" / f"{each}.xlsx") for each in names}
    rows = list(books["待办期限"].active.iter_rows(values_only=True))
    assert [each[3] for each in rows[1:]] == ["提出减刑、假释检察意见"] * 2
    assert [each.title for each in books["一账三表"]][-1] == "减刑情况登记表"
    assert len(list(books["一账三表"]["减刑情况登记表"].iter_rows())) == 3
