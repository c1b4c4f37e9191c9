"""Two runs are the same only when every file and every part of one is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from installer.compare import differences, main


def written(folder: Path, **parts: str) -> Path:
    folder.mkdir()
    (folder / "findings.json").write_text(parts.pop("findings", "[]"), encoding="utf-8")
    with zipfile.ZipFile(folder / "报告.docx", "w") as packed:
        for name, text in parts.items():
            packed.writestr(f"{name}.xml", text)
    return folder


def test_equal_parts_are_equal_files(tmp_path: Path) -> None:
    moment = '<dcterms:created xsi:type="x">2026-11-21</dcterms:created>'
    one = written(tmp_path / "a", document="甲", core=moment)
    other = written(tmp_path / "b", document="甲", core=moment.replace("21", "22"))
    for folder, at in ((one, "09:00"), (other, "10:00")):
        (folder / "import.json").write_text(f'{{"rows": 3, "imported_at": "2026-11-21T{at}"}}', encoding="utf-8")
    assert list(differences(one, other)) == []
    assert main([str(one), str(other)]) == 0


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"document": "乙"}, "报告.docx document.xml: not the same"),
        ({"document": "甲", "more": "丙"}, "报告.docx more.xml: only in"),
        ({"document": "甲", "findings": "[1]"}, "findings.json : not the same"),
    ],
)
def test_every_difference_is_told(tmp_path: Path, parts: dict[str, str], told: str) -> None:
    one, other = written(tmp_path / "a", document="甲"), written(tmp_path / "b", **parts)
    (found,) = differences(one, other)
    assert found.startswith(told)
    assert main([str(one), str(other)]) == 1


def test_nothing_at_all_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert main([str(tmp_path / "a"), str(tmp_path / "a")]) == 1
