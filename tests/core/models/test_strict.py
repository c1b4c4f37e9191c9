"""A hostile model file can do nothing but fail with a UserError."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.actions.model_files import FOLDER
from app.core.intake.declared import tables
from app.core.law.book import shipped as law
from app.core.models.read import read_model
from app.core.models.strict import MOST_BYTES, ModelFault
from app.core.models.trying import try_cases

GOOD = (FOLDER / "MX-23.toml").read_bytes()
TEXT = GOOD.decode()

HOSTILE = {
    "too large": GOOD + b"#" * MOST_BYTES,
    "no text": b"\xff\xfe\x00",
    "no toml": b"format = ",
    "deep": b"a = " + b"[" * 5000 + b"]" * 5000,
    "deep tables": b"a = " + b"{a=" * 900 + b"1" + b"}" * 900,
    "large number": b"format = " + b"9" * 5000,
    "large exponent": TEXT.replace("value = 24", "value = 1e999999").encode(),
    "not a number": TEXT.replace("value = 24", "value = nan").encode(),
    "many values": b"a = [" + b"1," * 40_000 + b"]",
    "long text": TEXT.replace("首次提供", "甲" * 5000).encode(),
    "hidden letters": TEXT.replace("首次提供", "首次\\u202e提供").encode(),
    "unknown key": TEXT.replace("format = 1", 'format = 1\nrun = "calc"').encode(),
    "unknown step": TEXT.replace('do = "threshold"', 'do = "python"').encode(),
    "unknown column": TEXT.replace("-settled.paid", "-settled.__class__").encode(),
    "unknown slot": TEXT.replace("{@gap.value}", "{@gap.value.__globals__}").encode(),
    "braces": TEXT.replace("{@gap.value}", "{{@gap.value}").encode(),
    "path as id": TEXT.replace('id = "MX-23"', 'id = "MX-23/../../x"').encode(),
    "other format": TEXT.replace("format = 1", "format = 2").encode(),
    "unknown basis": TEXT.replace('basis = ["resume"]', 'basis = ["law"]').encode(),
    "a step nobody took": TEXT.replace("{@gap.value}", "{@gone.value}").encode(),
    "days of text": TEXT.replace('from = "settled.due_on"', 'from = "settled.how"').encode(),
    "money of days": TEXT.replace('"-settled.paid"', '"-settled.due_on"').encode(),
    "row of no table": TEXT.replace("settled = [{", "stolen = [{").encode(),
    "row of no column": TEXT.replace("paid = 20000", "gone = 20000").encode(),
    "value of another kind": TEXT.replace("due = 50000, paid = 20000", "due = [1], paid = 20000").encode(),
    "moment for a day": TEXT.replace("changed = 2026-11-22", "changed = 2026-11-22T00:00:00").encode(),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused(case: str) -> None:
    with pytest.raises(ModelFault) as fault:
        try_cases(read_model(HOSTILE[case], tables()), law())
    assert fault.value.do
    assert not re.search(r"Traceback|Error", str(fault.value))


def test_what_was_changed_is_there() -> None:
    assert all(each != GOOD for each in HOSTILE.values())
    assert read_model(GOOD, tables()).id == "MX-23"


LINES = TEXT.splitlines()


@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.sampled_from(LINES), st.text(max_size=12))
def test_damaged_file_fails_politely(place: int, other: str, noise: str) -> None:
    for line in (other, LINES[place] + noise, ""):
        lines = [*LINES[:place], line, *LINES[place + 1 :]]
        with suppress(ModelFault):
            read_model("\n".join(lines).encode("utf-8", "surrogatepass"), tables())
