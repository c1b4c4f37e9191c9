"""A model file into a model: a closed set of keys, every name checked against what the file declares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from app.core.findings import Gravity, Harm, Level
from app.core.models.parts import (
    FORMAT,
    Card,
    CaseKind,
    Expect,
    Ground,
    Lead,
    Model,
    ModelTable,
    Number,
    OwnCase,
    Subject,
)
from app.core.models.read_steps import read_steps
from app.core.models.read_tables import read_ways, table_kind
from app.core.models.strict import Fields, parse, refuse
from app.core.models.whole import check_whole
from app.core.records import TableKind

MODEL_ID = re.compile(r"MX-[0-9]{2,4}")
CERTAINTIES = ("V", "S", "M", "D")
LEVELS = (Level.UNLAWFUL.value, Level.DOUBT.value, Level.HINT.value)
DOCUMENTS = ("纠正违法通知书", "检察意见书", "检察建议书", "口头纠正", "线索移送函", "线索登记表")
EXPECTED = {
    CaseKind.POSITIVE: Expect.LEAD,
    CaseKind.NEGATIVE: Expect.NONE,
    CaseKind.EXCLUSION: Expect.NONE,
    CaseKind.NOT_EVALUATED: Expect.UNKNOWN,
}


def read_model(data: bytes, shared: Mapping[str, TableKind]) -> Model:
    """The model a file holds; ModelFault, which says where, for anything that is not as the format wants it.

    `shared` are the declared tables by id, which a model may use beside its own.
    """
    top = Fields(parse(data), "")
    if top.whole("format") != FORMAT:
        refuse("", f"文件格式不是第 {FORMAT} 版")
    model_id = top.text("id", most=8)
    if not MODEL_ID.fullmatch(model_id):
        refuse("", "“id”应当像 MX-101")
    tables = _tables(top, model_id, shared)
    grounds, numbers = _grounds(top), _numbers(top)
    one, steps = top.flag("one", False), read_steps(top, "step", most=30)
    least = top.whole("least", 1, least=1, most=12)
    model = Model(
        model_id,
        top.text("name", most=30),
        top.whole("version", least=1),
        top.text("author", most=60),
        top.day("changed", needed=True),  # type: ignore[arg-type]
        top.text("reason", most=200),
        _card(top.part("card", "card")),
        tables,
        _subject(top.part("subject", "subject"), {each.name for each in tables}),
        grounds,
        numbers,
        steps,
        tuple(_lead(each) for each in top.parts("lead", "段 lead", most=12, least=1)),
        one,
        least,
        tuple(_case(each) for each in top.parts("case", "段 case", most=120)),
        data.decode("utf-8"),
    )
    top.close()
    check_whole(model)
    return model


def _tables(top: Fields, model_id: str, shared: Mapping[str, TableKind]) -> tuple[ModelTable, ...]:
    found: list[ModelTable] = []
    for part in top.parts("table", "段 table", most=8, least=1):
        name, use, same = part.name("table"), part.text("use", "", most=20), part.name("same", "")
        if use and use not in shared:
            refuse(part.where, f"没有编号为“{use[:20]}”的表")
        if same and (not found or same != found[0].name or use):
            refuse(part.where, "“same”只能写第一张表的短名，不与“use”同写")
        kind = found[0].kind if same else shared[use] if use else table_kind(part, f"{model_id}.{name}")
        optional = part.flag("optional", False)
        ways = read_ways(part, found[0].kind, kind) if found else ()
        if not found and (optional or part.has("join")):
            refuse(part.where, "第一张表逐行来问，不写 join 和 optional")
        own = found[0].own if same else not use
        found.append(ModelTable(name, kind, own, ways, optional and not same, bool(same)))
        part.close()
    for words in ([each.name for each in found], [each.kind.name for each in found if not each.same]):
        _once(words, "table")
    return tuple(found)


def _subject(part: Fields, tables: set[str]) -> Subject:
    subject = Subject(
        part.word("table", sorted(tables)),
        part.name("name", "name"),
        part.name("number", ""),
        part.name("label", ""),
        part.name("unit", ""),
        part.name("day", ""),
        part.name("once", ""),
    )
    part.close()
    return subject


def _card(part: Fields) -> Card:
    card = Card(
        part.text("point", most=200),
        part.text("about", most=1000),
        part.text("published", "", most=400),
        part.text("advice", "", most=1000),
        part.texts("tags", most=8),
    )
    part.close()
    return card


def _grounds(top: Fields) -> dict[str, Ground]:
    found: list[Ground] = []
    for part in top.parts("basis", "段 basis", most=20, least=1):
        name, cite = part.name("id"), part.text("cite", "", most=40)
        ground = (
            Ground(name, cite)
            if cite
            else Ground(
                name,
                "",
                part.text("law", most=80),
                part.text("article", most=80),
                part.day("from"),
                part.day("to"),
                part.word("certainty", CERTAINTIES),
                part.text("says", most=400),
            )
        )
        if ground.start and ground.end and ground.end < ground.start:
            refuse(part.where, "“to”早于“from”")
        part.close()
        found.append(ground)
    _once([each.id for each in found], "basis")
    return {each.id: each for each in found}


def _numbers(top: Fields) -> dict[str, tuple[Number, ...]]:
    found: dict[str, tuple[Number, ...]] = {}
    for part in top.parts("number", "段 number", most=40):
        name, value = part.name("id"), part.any("value")
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            refuse(part.where, "“value”应当是数")
        unit, says = part.text("unit", "", most=10), part.text("says", "", most=200)
        days, basis = (part.day("from"), part.day("to")), part.name("basis", "")
        number = Number(name, value, unit, *days, basis, says, part.flag("local", False))
        part.close()
        if number.local and (number.start or number.end or found.get(name) or not number.says):
            refuse(part.where, "“local”的数值只写一次，写 says，不写 from、to")
        if any(
            each.holds(day) for each in found.get(name, ()) for day in (number.start, number.end) if day is not None
        ):
            refuse(part.where, f"“{name}”的两个数值日期重叠")
        if found.get(name) and number.start is None and number.end is None:
            refuse(part.where, f"“{name}”写了两次")
        found[name] = (*found.get(name, ()), number)
    return found


def _lead(part: Fields) -> Lead:
    level = Level(part.word("level", LEVELS))
    gravity = part.word("gravity", [each.value for each in Gravity], "")
    harm = part.word("harm", [each.value for each in Harm], "")
    lead = Lead(
        part.name("id"),
        part.text("name", most=40),
        level,
        Gravity(gravity) if gravity else None,
        Harm(harm) if harm else None,
        part.text("message", most=400),
        part.texts("basis", most=10),
        part.word("document", DOCUMENTS, "") or None,
        part.flag("disputed", False),
        read_steps(part, "step", most=20),
    )
    part.close()
    return lead


def _case(part: Fields) -> OwnCase:
    kind = CaseKind(part.word("kind", [each.value for each in CaseKind]))
    expected = EXPECTED.get(kind)
    expect = Expect(part.word("expect", [each.value for each in Expect], expected.value if expected else None))
    if expected is not None and expect is not expected:
        refuse(part.where, f"“{kind.value}”的案例不能期待“{expect.value}”")
    own = OwnCase(
        part.text("name", most=80),
        kind,
        part.day("as_of", needed=True),  # type: ignore[arg-type]
        expect,
        part.name("lead", ""),
        part.text("says", "", most=200),
        _rows(part),
    )
    part.close()
    return own


def _rows(part: Fields) -> dict[str, tuple[Mapping[str, object], ...]]:
    rows: dict[str, tuple[Mapping[str, object], ...]] = {}
    for table, given in part.part("rows", f"{part.where} rows").rest().items():
        if not isinstance(given, list) or len(given) > 60 or any(not isinstance(each, dict) for each in given):
            refuse(part.where, f"“rows.{table[:20]}”应当是一列行")
        rows[table] = tuple(given)
    return rows


def _once(words: list[str], what: str) -> None:
    twice = [word for word, times in Counter(words).items() if times > 1]
    if twice:
        refuse("", f"{what}“{twice[0]}”写了两次")
