"""The office's own templates: one in use a kind, earlier ones kept and never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from app.core.store import keys
from app.core.store.database import Store

NOW, LATER, WHO = "2026-11-21T09:00:00", "2026-11-22T09:00:00", "承办人甲"


def test_one_is_in_use_and_the_earlier_ones_stay(tmp_path: Path) -> None:
    key = keys.random_key()
    with Store(tmp_path / "数据.db", key) as store:
        first = store.templates.use("opinion", "甲.docx", b"one", now=NOW, who=WHO)
        second = store.templates.use("opinion", "乙.docx", b"two", now=LATER, who=WHO)
        other = store.templates.use("notice", "丙.docx", b"three", now=NOW, who=WHO)
    with Store(tmp_path / "数据.db", key) as store:
        found = store.templates.current("opinion")
        assert found is not None
        assert (found.id, found.file, found.added_at, found.added_by) == (second, "乙.docx", LATER, WHO)
        assert [(each.id, each.ended_at) for each in store.templates.history("opinion")] == [
            (second, ""),
            (first, LATER),
        ]
        assert [store.templates.content(each) for each in (first, second, other)] == [b"one", b"two", b"three"]
        assert store.templates.end("opinion", now=LATER, who=WHO)
        assert not store.templates.end("opinion", now=LATER, who=WHO)
        assert store.templates.current("opinion") is None
        assert store.templates.current("notice") is not None
        assert store.templates.content(first) == b"one"
        assert store.problems() == ()
        with pytest.raises(KeyError):
            store.templates.content(99)


@pytest.mark.parametrize("sql", ["DELETE FROM templates", "UPDATE templates SET content = x'00'"])
def test_nothing_is_deleted_or_rewritten(sql: str) -> None:
    with Store.temporary() as store:
        store.templates.use("opinion", "甲.docx", b"one", now=NOW, who=WHO)
        with pytest.raises(IntegrityError, match="a template is replaced"):
            store._link.change(sql)
