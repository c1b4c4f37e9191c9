"""The words of templates: each explained, each from a column that exists."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.core.documents.dictionary import BLANK, Word, WordType, dictionary
from app.core.findings import Conclusion

TABLES = Path(__file__).parents[3] / "app" / "core" / "intake" / "tables"


def every(words: Mapping[str, Word]) -> Iterator[Word]:
    for each in words.values():
        yield each
        yield from every(each.inside)


def test_every_word_is_explained_and_can_be_written_in_a_template() -> None:
    for each in every(dictionary()):
        assert each.says
        assert each.name.isidentifier()


def test_words_of_table_r1_bear_the_names_of_its_columns_and_none_is_left_out() -> None:
    columns = tomllib.loads((TABLES / "R1.toml").read_text(encoding="utf-8"))["field"]
    words = {each.source: each.name for each in dictionary().values() if each.source}
    assert words == {each["id"]: each["name"] for each in columns}


def test_every_conclusion_is_a_flag() -> None:
    assert {each.value for each in Conclusion} <= {
        each.name for each in dictionary().values() if each.type is WordType.FLAG
    }


def test_only_words_declared_so_may_stay_empty() -> None:
    assert dictionary()["姓名"].empty == BLANK
    assert dictionary()["备注"].empty == ""
    assert dictionary()["同意提请"].empty is False
    assert dictionary()["审查事项"].empty == ()


def test_lists_share_their_rows() -> None:
    assert dictionary()["审查事项"].inside.keys() == dictionary()["违法问题"].inside.keys()
    assert "原文" in dictionary()["违法问题"].inside["证据"].inside
