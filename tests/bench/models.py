"""How long a model over two lists of a million rows takes, and its memory; beside it a pandas merge of the same rows.

Run: python -m tests.bench.models [rows]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.core.actions.model_answers import Answers
from app.core.actions.model_join import setting_of
from app.core.intake.declared import shipped_tables
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.models.parts import Model
from app.core.models.read import read_model
from app.core.models.sharing import declared
from app.core.records import Cell, Cells, Record
from app.core.store.database import Store
from app.core.store.rows import BatchFacts

FIRST = date(2015, 1, 1)
AS_OF = date(2026, 11, 1)
MODEL = """
format = 1
id = "MX-900"
name = "死亡后仍在领取"
version = 1
author = "测试"
changed = 2026-11-22
reason = "测速"
[card]
point = "死亡以后仍在发放"
about = "死亡名单与发放名单按身份证号对照"
[[table]]
table = "paid"
name = "发放名单"
holder = "人社部门"
[[table.field]]
id = "id_number"
name = "身份证号"
type = "id_number"
required = true
[[table.field]]
id = "name"
name = "姓名"
type = "name"
[[table.field]]
id = "paid_on"
name = "发放日期"
type = "date"
[[table]]
table = "dead"
name = "死亡名单"
holder = "民政部门"
join = ["id_number"]
[[table.field]]
id = "id_number"
name = "身份证号"
type = "id_number"
required = true
[[table.field]]
id = "died_on"
name = "死亡日期"
type = "date"
[subject]
table = "paid"
number = "id_number"
[[basis]]
id = "b"
law = "社会保险法"
article = "第八十八条"
certainty = "M"
says = "骗取社会保险待遇应当退回"
[[step]]
do = "match"
table = "dead"
[[step]]
do = "deadline"
id = "late"
from = "dead.died_on"
length = 30
done = "paid.paid_on"
[[lead]]
id = "a"
name = "死亡后仍在发放"
level = "存疑"
message = "{paid.name}{dead.died_on}死亡，{paid.paid_on}仍在发放"
basis = ["b"]
document = "检察建议书"
"""


def fill(store: Store, model: Model, rows: int, shared: float) -> None:
    """Two lists; of the second list that part is in the first, and one in a hundred of these was paid after death."""
    missing = int(rows * (1 - shared))
    for place, table in enumerate(model.tables):
        labels = {each.name: each.id for each in table.kind.fields}
        facts = BatchFacts(
            file=table.kind.name, sha256=str(place), sheet="1", table=table.kind.id, header_row=1, mapping=labels,
            unmapped=(), rows=rows, accepted=rows, rejected=0,
        )  # fmt: skip
        batch = store.batches.add(facts, now="", who="")
        store.batches.put_records(batch, _records(table.kind.id, table.kind.name, labels, rows, missing * place))


def _records(table: str, file: str, labels: dict[str, str], rows: int, first: int) -> Iterator[Record]:
    places = {field: place for place, field in enumerate(labels.values())}
    names = {field: label for label, field in labels.items()}
    for row in range(rows):
        who = row + first
        died = FIRST + timedelta(days=who % 3000)
        late = 60 if who % 100 == 0 else -60
        given: dict[str, Any] = {
            "id_number": f"11010119{who:010d}",
            "name": f"测试{who % 5000}",
            "paid_on": died + timedelta(days=late),
            "died_on": died,
        }
        cells = tuple(Cell(given[field], str(given[field]), names[field]) for field in places)
        yield Record(table, file, "1", row + 2, Cells(places, cells))


def ours(store: Store, model: Model) -> tuple[int, float]:
    """How many leads the model finds, and the seconds it takes, from the rows in the store to the whole proof."""
    homes = declared([model]).of
    law = shipped()
    start = time.perf_counter()
    asked = Answers(store, model, homes, law, setting_of(store, model, homes, law, AS_OF), Ticket())
    with store.atomic():
        found = sum(1 for _ in asked.leads())
    return found, time.perf_counter() - start


def theirs(store: Store) -> tuple[int, float]:
    """The same by a pandas merge, from the rows in the store."""
    import pandas as pd

    start = time.perf_counter()
    frames = []
    for batch in store.batches.all():
        fields = [each for each in batch.labels() if each != "name"]
        rows = [[each[field] for field in fields] for each in store.batches.records(batch.table)]
        frames.append(pd.DataFrame(rows, columns=fields))
    both = frames[0].merge(frames[1], on="id_number")
    late = (pd.to_datetime(both.paid_on) - pd.to_datetime(both.died_on)).dt.days
    return int((late > 30).sum()), time.perf_counter() - start


def main(rows: int) -> None:
    """Fill, run, print."""
    model = read_model(MODEL.encode(), shipped_tables())
    for shared in (0.1, 1.0):
        with Store.temporary() as store:
            fill(store, model, rows, shared)
            before = _peak()
            found, seconds = ours(store, model)
            print(f"{rows} + {rows} rows, {shared:.0%} shared: {found} leads in {seconds:.1f} s,", end=" ")
            print(f"memory {before} → {_peak()} MB")
            if shared == 1.0:
                merged, took = theirs(store)
                print(f"pandas merge: {merged} leads in {took:.1f} s, memory {_peak()} MB")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
