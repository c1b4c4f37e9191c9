"""The law as people read it: everything the files hold is there once, with a value, a source and words to find."""

from __future__ import annotations

from app.core.law import duties, offences
from app.core.law.book import shipped
from app.core.law.catalogue import DUTY, LOCAL_NUMBER, NUMBER, OFFENCES, PROVISION, TABLE_ROW, catalogue
from app.core.law.local import locals_of

LAW = shipped()
ENTRIES = catalogue(LAW)


def of(kind: str) -> set[str]:
    return {each.id for each in ENTRIES if each.kind == kind}


def test_everything_stands_there_once() -> None:
    assert len({each.id for each in ENTRIES}) == len(ENTRIES)
    assert of(NUMBER) == set(LAW.parameters)
    assert of(LOCAL_NUMBER) == set(locals_of(LAW))
    assert of(TABLE_ROW) == {each.name for each in LAW.rows}
    assert of(PROVISION) == set(LAW.provisions)
    assert len(of(DUTY)) == len(duties.shipped().duties)
    told = "、".join(line.says for each in ENTRIES if each.kind == OFFENCES for line in each.lines).split("、")
    assert set("、".join(each.name for each in offences.shipped().all).split("、")) == set(told)


def test_every_entry_can_be_read() -> None:
    for each in ENTRIES:
        assert each.name
        assert each.group
        assert each.kind == LOCAL_NUMBER or each.lines
        for line in each.lines:
            assert line.article
            assert line.certainty
            assert line.value or each.kind == PROVISION
            assert all(word in each.words for word in (line.article, line.says))


def test_a_divisor_is_told_as_a_fraction() -> None:
    (entry,) = (each for each in ENTRIES if each.id == "parole_divisor")
    assert [line.value for line in entry.lines] == ["二分之一"]
