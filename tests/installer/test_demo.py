"""The demonstration without the program itself: a stand-in writes what the program would write."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from installer import demo
from installer.console import Stop

PERSON = {"prisoner_no": "1", "name": "测试甲"}
FINDINGS = {
    "findings": [{"desk": "reduction", "rule": "JX-T03", "level": "违法", "person": PERSON}],
    "not_evaluated": [{"rule": "JX-M01", "person": PERSON, "missing": ["原判刑期"]}],
}
IMPORTED = [
    {
        "file": "名册.xlsx",
        "sheet": "一",
        "table": "R1",
        "rows": 2,
        "accepted": 1,
        "rejected": [{"row": 3, "column": "姓名"}],
    }
]
CONCLUSIONS = [{"conclusion": "建议不予提请", "person": PERSON}]


class Program:
    """Stands in for `python -m app batch`: notes how it was called, writes the results, answers a status."""

    def __init__(self, status: int = 0) -> None:
        self.status = status
        self.command: list[str] = []
        self.environment: dict[str, str] = {}

    def __call__(self, command: Sequence[Any], *, folder: Path, extra: dict[str, str]) -> int:
        self.command, self.environment = [str(word) for word in command], extra
        out = Path(self.command[self.command.index("--out") + 1])
        (out / "documents" / "减刑").mkdir(parents=True)
        (out / "documents" / "减刑" / "意见书.docx").write_bytes(b"")
        (out / "findings.json").write_text(json.dumps(FINDINGS, ensure_ascii=False), encoding="utf-8")
        (out / "conclusions.json").write_text(json.dumps(CONCLUSIONS, ensure_ascii=False), encoding="utf-8")
        (out / "import.json").write_text(json.dumps(IMPORTED, ensure_ascii=False), encoding="utf-8")
        return self.status


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout in a path with Chinese and a blank, with one known answer."""
    root = tmp_path / "检察 办案"
    samples = root / "resources" / "samples"
    samples.mkdir(parents=True)
    case = {**PERSON, "conclusion": ["建议不予提请"], "only_unlawful": ["JX-T03"]}
    (samples / "answers.json").write_text(
        json.dumps({"as_of": "2026-11-21", "cases": [case], "expected_import": IMPORTED}), encoding="utf-8"
    )
    return root


def review(root: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr(demo, "run", program)
    return demo.review_samples(root, Path("python"), root / "out" / "demo")


def test_agreement_is_success(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    program = Program()
    assert review(root, program, monkeypatch)
    said = capsys.readouterr().out
    assert "审查案件：1 件（建议不予提请 1）" in said
    assert "发现线索：1 条（违法 1）" in said
    assert "不能判断：1 项" in said
    assert "写出文书：1 份" in said
    assert "减刑假释：1 张表 2 行，收下 1 行，退回 1 行" in said
    assert "导入行数与已知答案一致：1/1" in said
    assert "\n与已知答案一致：1/1" in said
    assert demo.PASSPHRASE in said


def test_the_program_is_called_as_promised(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program()
    review(root, program, monkeypatch)
    out = root / "out" / "demo"
    head = ["python", "-m", "app", "batch", str(root / "resources" / "samples"), "--out", str(out)]
    assert program.command == [
        *head, "--as-of", "2026-11-21", "--documents", "all", "--store", str(out / "演示数据.db")
    ]  # fmt: skip
    assert program.environment == {"XZZJ_PASSPHRASE": demo.PASSPHRASE}


def test_difference_is_failure_and_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = root / "resources" / "samples" / "answers.json"
    answers.write_text(answers.read_text(encoding="utf-8").replace("JX-T03", "JX-T04"), encoding="utf-8")
    assert not review(root, Program(), monkeypatch)
    said = capsys.readouterr().out
    assert "与已知答案一致：0/1" in said
    assert "测试甲（1） JX-T03 多报违法" in said


def test_another_import_is_failure_and_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = root / "resources" / "samples" / "answers.json"
    answers.write_text(answers.read_text(encoding="utf-8").replace('"accepted": 1', '"accepted": 2'), encoding="utf-8")
    assert not review(root, Program(), monkeypatch)
    said = capsys.readouterr().out
    assert "导入行数与已知答案一致：0/1" in said
    assert "名册.xlsx《一》 收下为1，应为2" in said


def test_a_failed_run_is_failure(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not review(root, Program(status=4), monkeypatch)


def test_it_can_be_run_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert review(root, Program(), monkeypatch)
    assert review(root, Program(), monkeypatch)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "我的.docx").write_bytes(b"x")
    with pytest.raises(Stop, match="--out"):
        demo.clear(tmp_path)
    assert (tmp_path / "我的.docx").exists()


def test_an_empty_folder_is_welcome(tmp_path: Path) -> None:
    demo.clear(tmp_path)
    demo.clear(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [("findings.json", "[]"), ("conclusions.json", "{}"), ("import.json", "{}"), ("findings.json", "{")],
)
def test_results_of_another_shape_are_not_agreement(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    out = root / "out" / "demo"
    review(root, Program(), monkeypatch)
    (out / name).write_text(text, encoding="utf-8")
    with pytest.raises(Stop, match=name):
        demo.report(out, demo.load_answers(root))


def test_long_lists_of_differences_are_cut(tmp_path: Path) -> None:
    many = [demo.Compared("测试甲（1）", [f"第{number}处" for number in range(demo.COMPLAINTS_SHOWN + 3)])]
    lines = demo.summary({"findings": [], "not_evaluated": []}, [], 0, many)
    assert lines[-1].strip() == "……另有 3 处"
