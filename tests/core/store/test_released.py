"""Stores of every released version, and of this one: opened, brought up to date, nothing in them changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.core.errors import StoreTooNew
from app.core.store import backup, migrations
from app.core.store.database import Store
from tests.core.store import released
from tests.core.store.samples import NOW, OPINIONS, stored_batch

KEPT = sorted(released.STORES.glob("*.db"))


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as this version writes it."""
    path = tmp_path_factory.mktemp("本版") / "本版.db"
    released.write(path)
    return path


def copied(source: Path, folder: Path) -> Path:
    """A copy to open; the kept file stays as it is."""
    return Path(shutil.copyfile(source, folder / source.name))


@pytest.fixture
def expected(present: Path, tmp_path: Path) -> dict[str, object]:
    """What is read from a store of this version."""
    with Store(copied(present, tmp_path), released.KEY) as store:
        return released.told(store)


def test_what_is_written_is_read(expected: dict[str, object]) -> None:
    assert len(expected["records"]) == released.RECORDS + released.CASES
    assert len(expected["cases"]) == released.CASES
    assert expected["log"] == []


@pytest.mark.parametrize("kept", [*KEPT, None], ids=lambda kept: kept.stem if kept else "present")
def test_a_released_store_opens_unchanged_and_goes_on(
    kept: Path | None, present: Path, tmp_path: Path, expected: dict[str, object]
) -> None:
    folder = tmp_path / "旧版"
    folder.mkdir()
    with Store(copied(kept or present, folder), released.KEY) as store:
        assert released.told(store) == expected
        assert store.problems() == ()
        stored_batch(store, 3)
        assert store.papers.reserve(OPINIONS, now=NOW) == 3


def test_a_later_step_upgrades_it_and_the_copy_before_is_what_it_was(
    present: Path, tmp_path: Path, expected: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied(present, tmp_path)
    later = ("900_later", "ALTER TABLE batches ADD COLUMN later TEXT NOT NULL DEFAULT '';")
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", (*migrations.STEPS, later))
        with Store(path, released.KEY) as store:
            assert released.told(store) == expected
            assert store.upgrade_copy is not None
            copy = store.upgrade_copy
    with Store(copied(copy, tmp_path), released.KEY) as store:
        assert released.told(store) == expected
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="更新版本"):
        Store(path, released.KEY)
    assert path.read_bytes() == before
    assert backup.listed(backup.folder_of(path), path.stem)
