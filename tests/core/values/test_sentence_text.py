"""One text, several parts: each part read, none invented, and no word of the text lost."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.values import Deprivation, Money, OffenceTerm, Sentence, SentenceKind, Term
from app.core.values.pieces import pieces_of
from app.core.values.reading import Read, plain
from app.core.values.sentence_parts import SentenceText, print_sentence_text
from app.core.values.sentence_text import parse_sentence_text

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("sentence_texts.toml").read_text(encoding="utf-8")
)["case"]
SPANS = ("span", "probation_span")
WORDS = re.compile(r"[^,;。、()\[\]+/|]+")

TERMS = st.builds(Term, st.integers(0, 25), st.integers(0, 11), st.integers(0, 30)).filter(bool)
TIMED = st.builds(
    Sentence, st.sampled_from([SentenceKind.CONTROL, SentenceKind.DETENTION, SentenceKind.FIXED_TERM]), TERMS
)
ENDLESS = st.builds(Sentence, st.sampled_from([SentenceKind.LIFE, SentenceKind.SUSPENDED_DEATH]))
OFFENCES = st.lists(
    st.builds(OffenceTerm, st.sampled_from(["盗窃罪", "走私、贩卖、运输、制造毒品罪", "强奸罪"]), TIMED | ENDLESS),
    max_size=3,
)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
SPAN = st.none() | st.tuples(DAYS, DAYS).map(lambda days: (min(days), max(days)))
MONEY = st.none() | st.builds(Money, st.integers(0, 10**11))
DEPRIVED = st.none() | st.builds(Deprivation, TERMS) | st.just(Deprivation(life=True))
INJUNCTIONS = st.sampled_from(["", "禁止进入夜总会、酒吧", "禁止在缓刑考验期限内进入网吧，接触同案人员", "不得饮酒"])
RESTITUTION = st.sampled_from(["", "责令退赔被害人人民币5000元", "追缴违法所得；扣押的手机予以没收"])
FREE_PARTS = {
    "deprivation": DEPRIVED,
    "remaining": DEPRIVED,
    "fine": MONEY,
    "confiscation": st.sampled_from(["", "没收个人全部财产", "没收财产人民币30000元"]),
    "restriction": st.booleans(),
    "life_without_release": st.booleans(),
    "exempted": st.booleans(),
    "expulsion": st.booleans(),
    "injunction": INJUNCTIONS,
    "occupational_ban": st.sampled_from(["", "禁止其自刑罚执行完毕之日起从事教育工作，期限为五年"]),
    "restitution": RESTITUTION,
    "span": SPAN,
    "probation_span": SPAN,
}
NO_PRINCIPAL = st.builds(SentenceText, probation=st.none() | TERMS, fine_only=st.booleans(), **FREE_PARTS)
PRISON = st.sampled_from([SentenceKind.DETENTION, SentenceKind.FIXED_TERM])
SUSPENDED = st.builds(
    SentenceText,
    principal=st.builds(Sentence, PRISON, TERMS),
    probation=TERMS,
    offences=OFFENCES.map(tuple),
    **FREE_PARTS,
)
SERVED = st.builds(
    SentenceText,
    principal=TIMED | ENDLESS,
    offences=OFFENCES.map(tuple),
    **{name: part for name, part in FREE_PARTS.items() if name != "probation_span"},
)

# A known piece and the part it must be found in, unless another piece contradicts it; noise must be told as unread.
KNOWN = [
    *(
        "判处有期徒刑三年",
        "缓刑四年",
        "并处罚金人民币贰万元",
        "剥夺政治权利一年",
        "附加剥夺政治权利终身",
        "限制减刑",
        "免予刑事处罚",
    ),
    *(
        "驱逐出境",
        "并处没收个人全部财产",
        "责令退赔被害人5000元",
        "禁止令：禁止进入KTV",
        "犯盗窃罪",
        "决定执行有期徒刑五年",
        "判三缓四",
    ),
    *(
        "刑期自2022年8月21日起至2025年8月20日止",
        "罚金5,000元",
        "宣告缓刑",
        "单处罚金",
        "死刑",
        "死刑，缓期二年执行",
        "管制一年",
    ),
    *(
        "三年",
        "减刑六个月",
        "总和刑期五年",
        "一、",
        "2.",
        "缓刑考验期限，从判决确定之日起计算",
        "曾因盗窃罪被判处拘役三个月",
    ),
]
NOISE = [
    "甲乙丙",
    "认罪态度好",
    "QX",
    "约1.6",
    "不",
    "或者",
    "以上",
    "2022年",
    "系累犯",
    "见附件",
    "的",
]
TEXTS = st.lists(st.sampled_from([*KNOWN, *NOISE, "，", "；", "。", "（", "）", "、", " ", "\n"]), max_size=9).map(
    "".join
)


def printed(value: Any, name: str) -> Any:
    if name in SPANS and value:
        return " ".join(map(str, value))
    if name in ("beside", "unread"):
        return list(value)
    if name == "offences":
        return "；".join(map(str, value))
    return value if isinstance(value, bool) else str(value or "")


@pytest.mark.parametrize("case", [each for each in CASES if "refused" not in each], ids=lambda each: each["text"])
def test_every_part_and_no_other(case: dict[str, Any]) -> None:
    read = parse_sentence_text(case["text"])
    assert read.value is not None
    parts = {each.name: printed(getattr(read.value, each.name), each.name) for each in fields(SentenceText)}
    wanted = {key: value for key, value in case.items() if key not in ("text", "doubt")}
    assert {name: part for name, part in parts.items() if part} == wanted
    assert bool(read.doubt) == ("doubt" in case)
    assert case.get("doubt", "") in read.doubt


@pytest.mark.parametrize("case", [each for each in CASES if "refused" in each], ids=lambda each: each["text"])
def test_refused_with_the_reason(case: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=case["refused"]):
        parse_sentence_text(case["text"])


@pytest.mark.parametrize("text", ["", " ", "/", "—", "不详", "无"])
def test_blanks(text: str) -> None:
    assert parse_sentence_text(text) == Read(None)


@given(NO_PRINCIPAL | SUSPENDED | SERVED)
def test_what_is_printed_is_read_back(said: SentenceText) -> None:
    if said == SentenceText():
        return
    text = print_sentence_text(said)
    read = parse_sentence_text(text)
    assert read.value is not None
    assert {name: getattr(read.value, name) for name in FREE_PARTS} == {
        name: getattr(said, name) for name in FREE_PARTS
    }
    assert read.value == said


@given(TEXTS)
def test_pieces_and_stops_are_the_whole_text(text: str) -> None:
    read = plain(text)
    left = list(read)
    end = 0
    for piece in pieces_of(read):
        assert piece.start >= end
        assert read[piece.start : piece.end] == piece.text
        left[piece.start : piece.end] = "|" * len(piece.text)
        end = piece.end
    assert not WORDS.search("".join(left))


def keeps_noise(said: SentenceText, text: str) -> bool:
    """Every noise word of a text stands in a part that holds words, or inside a known piece."""
    kept = plain(
        "".join(
            [*said.unread, *said.beside, said.confiscation, said.injunction, said.restitution, said.occupational_ban]
        )
    )
    kept += "".join(each.offence for each in said.offences)
    read = plain(text)
    return all(
        read.count(each) <= kept.count(each) + sum(read.count(plain(piece)) * piece.count(each) for piece in KNOWN)
        for each in NOISE
    )


@given(TEXTS)
@example("判处有期徒刑三年2022年管制一年决定执行有期徒刑五年")
def test_no_noise_vanishes(text: str) -> None:
    with suppress(ValueError):
        said = parse_sentence_text(text).value
        assert said is None or keeps_noise(said, text)


@given(st.lists(st.sampled_from(NOISE[:3]), min_size=1, max_size=3), st.lists(st.sampled_from(KNOWN[1:9]), unique=True))
def test_noise_between_stops_is_unread_and_the_rest_is_read(noise: list[str], known: list[str]) -> None:
    between = [noise[at % len(noise)] for at in range(len(known))]
    mixed = [each for pair in zip(known, between, strict=True) for each in pair]
    said = parse_sentence_text("；".join([*mixed, *noise])).value
    clean = parse_sentence_text("；".join(known)).value if known else SentenceText()
    assert said is not None
    assert clean is not None
    assert [each for each in said.unread if each not in clean.unread] == [
        each for each in [*mixed, *noise] if each in NOISE
    ]
    for name in FREE_PARTS:
        assert getattr(said, name) == getattr(clean, name)
