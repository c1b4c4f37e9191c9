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
from app.core.models.words import affirmed, nothing

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
    "number beyond bounds": TEXT.replace("value = 24", "value = 10000000000000000").encode(),
    "number too fine": TEXT.replace("value = 24", "value = 0.00000001").encode(),
    "limit beyond bounds": TEXT.replace("length = 0", "length = 40001").encode(),
    "limit below nothing": TEXT.replace("length = 0", "length = -1").encode(),
    "days beyond the calendar": TEXT.replace('"@today" }', '"@today", plus_days = 9999999 }').encode(),
    "SQL as a column": TEXT.replace('id = "due_on"', 'id = "due_on); DROP TABLE models; --"').encode(),
    "SQL as a table": TEXT.replace('table = "settled"', 'table = "settled\' OR 1=1"').encode(),
    "SQL in a reference": TEXT.replace("settled.resumed_on", "settled.resumed_on; DROP TABLE x").encode(),
    "a slot with an index": TEXT.replace("{settled.name}", "{0}").encode(),
    "a slot with a conversion": TEXT.replace("{settled.name}", "{settled.name!r}").encode(),
    "a slot with a width": TEXT.replace("{settled.name}", "{settled.name:>999999999}").encode(),
    "a sum of itself": TEXT.replace('"-settled.paid"', '"-@gap.value"').encode(),
    "a number as its own limit": TEXT.replace('length = "#resume_months"', 'length = "@clock.length"').encode(),
    "too many steps": (TEXT + '\n[[step]]\ndo = "match"\ntable = "settled"' * 40).encode(),
    "more leads than there are": TEXT.replace("one = true", "least = 9").encode(),
    "any in any": TEXT.replace(
        '{ of = "settled.how", has = ["和解", "终结"] }',
        "{ any = [{ any = [{ of = 'settled.how', has = ['a'] }, { of = 'settled.how', has = ['b'] }] },"
        " { of = 'settled.how', has = ['c'] }] }",
    ).encode(),
    "the same of another table": TEXT.replace("[subject]", '[[table]]\ntable = "x"\nsame = "y"\n[subject]').encode(),
    "once by nothing": TEXT.replace('label = "case_no"', 'label = "case_no"\nonce = "gone"').encode(),
    "a local number with days": TEXT.replace("value = 24", "value = 24\nlocal = true\nfrom = 2020-01-01").encode(),
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


def test_words_of_a_model_are_words_and_no_patterns() -> None:
    assert not affirmed("a" * 30_000, ["(a+)+$"])
    assert not affirmed("未" + "累犯" * 30, ["累犯", "犯累"])
    assert affirmed("未" + "累犯" * 15_000, ["累犯"])  # beyond what is looked at, but soon


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("累犯", "累犯", True), ("非累犯", "累犯", False), ("不构成累犯", "累犯", False), ("累犯：否", "累犯", False),
        ("无累犯、涉黑情形", "涉黑", False), ("无期徒刑，累犯", "累犯", True), ("没有自伤自残", "自残", False),
        ("吞食异物，未取出", "异物", True), ("未执行完毕", "执行完毕", False), ("未经批准缓缴", "缓缴", False),
        ("无故脱逃", "脱逃", True),
    ],
)  # fmt: skip
def test_a_word_that_is_denied_is_not_said(text: str, word: str, said: bool) -> None:
    assert affirmed(text, [word, "自伤"] if word == "自残" else [word]) is said


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("", True), ("无", True), ("没有", True), ("未发现从重情形", True), ("否", True), ("/", True),
        ("经查无第十条规定的从重情节", True), ("无证驾驶", False), ("造成事故", False), ("不按规定让行", False),
    ],
)  # fmt: skip
def test_nothing_is_told_from_something_that_begins_alike(text: str, none: bool) -> None:
    assert nothing(text, "从重情形") is none


LINES = TEXT.splitlines()


@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(LINES) - 1), st.sampled_from(LINES), st.text(max_size=12))
def test_damaged_file_fails_politely(place: int, other: str, noise: str) -> None:
    for line in (other, LINES[place] + noise, ""):
        lines = [*LINES[:place], line, *LINES[place + 1 :]]
        with suppress(ModelFault):
            read_model("\n".join(lines).encode("utf-8", "surrogatepass"), tables())
