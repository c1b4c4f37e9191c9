"""The program is killed in the midst of writing: what was committed is there, whole; what was not is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.core.store.database import Store
from tests.core.store.samples import OPINIONS

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = "口令"
RECORDS = 700
WRITER = f"""
import sys
from pathlib import Path
from app.core.store.database import Store
from tests.core.store.samples import NOW, OPINIONS, WHO, facts, records

store = Store.open(Path(sys.argv[1]), {PASSPHRASE!r})
while True:
    print("number", store.papers.reserve(OPINIONS, now=NOW), flush=True)
    with store.atomic():
        batch = store.batches.add(facts({RECORDS}), now=NOW, who=WHO)
        print("begun", batch, flush=True)
        store.batches.put_records(batch, records({RECORDS}))
        store.audit.note("导入", {{"batch": batch}}, at=NOW, who=WHO)
    print("committed", batch, flush=True)
"""


@pytest.mark.parametrize(("word", "times"), [("number", 2), ("begun", 3), ("committed", 4)])
def test_a_killed_program_loses_nothing_that_was_committed(tmp_path: Path, word: str, times: int) -> None:
    path = tmp_path / "数据.db"
    Store.create(path, PASSPHRASE).close()
    said = said_until_killed(path, word, times)
    committed = [number for what, number in said if what == "committed"]
    numbers = [number for what, number in said if what == "number"]
    with Store.open(path, PASSPHRASE) as store:
        assert store.problems() == ()
        batches = {each.id for each in store.batches.all()}
        assert batches >= set(committed)
        assert len(list(store.batches.records())) == RECORDS * len(batches)
        assert [entry.what["batch"] for entry in store.audit.entries()] == sorted(batches)
        assert store.audit.verify() == []
        assert store.papers.reserve(OPINIONS, now="") > max(numbers)
    assert len(numbers) == len(set(numbers))


def said_until_killed(path: Path, word: str, times: int) -> list[tuple[str, int]]:
    """Let a second process write, kill it as soon as it has said a word so often; everything it said."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        said: list[tuple[str, int]] = []
        for line in process.stdout:
            what, number = line.split()
            said.append((what, int(number)))
            if [each for each, _ in said].count(word) == times:
                process.kill()
        process.wait()
    assert [each for each, _ in said].count(word) >= times, said
    return said
